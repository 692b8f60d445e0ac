"""Boxes as the engine's rules: lists of conditions on codes that share their beginnings, and never run into a limit.

The engine keeps all conditions that may follow one another in a tree, and while it walks down, it remembers at each
level those that hold and still wait: at most 64. Side by side, the intervals of a long table of bands would exceed
that, so intervals are bracketed in fours, and brackets in fours again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scoring.engine.boxes import Branch, Diagram

AT_LEAST, AT_MOST, EQUALS = "$gte", "$lte", "$eq"

SIDE_BY_SIDE = 4


class Comparison(NamedTuple):
    """The code of `measure` is at least, at most or exactly `code`."""

    relation: str
    measure: int
    code: int


class Rule(NamedTuple):
    """A box as the engine holds it; all conditions must hold."""

    conditions: tuple[Comparison, ...]
    outcome: int


def rules(diagram: Diagram) -> Iterator[Rule]:
    """One rule a box, in the order of the boxes."""
    if isinstance(diagram, int):
        yield Rule((), diagram)
        return
    for narrowed, then in _narrowed(diagram.measure, diagram.branches):
        for conditions, outcome in rules(then):
            yield Rule((*narrowed, *conditions), outcome)


def _narrowed(measure: int, branches: Sequence[Branch]) -> Iterator[tuple[tuple[Comparison, ...], Diagram]]:
    """The conditions that lead to each branch, and what follows."""
    if len(branches) <= SIDE_BY_SIDE:
        for low, high, then in branches:
            yield _interval(measure, low, high), then
        return
    length = SIDE_BY_SIDE
    while length * SIDE_BY_SIDE < len(branches):
        length *= SIDE_BY_SIDE
    for start in range(0, len(branches), length):
        bracketed = branches[start : start + length]
        bracket = _interval(measure, bracketed[0].low, bracketed[-1].high)
        for conditions, then in _narrowed(measure, bracketed):
            yield (*bracket, *conditions), then


def _interval(measure: int, low: int, high: int) -> tuple[Comparison, ...]:
    if low == high:
        return (Comparison(EQUALS, measure, low),)
    return Comparison(AT_LEAST, measure, low), Comparison(AT_MOST, measure, high)
