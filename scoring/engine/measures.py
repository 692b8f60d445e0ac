"""Measures and codes: what a decision compares with constants, brought to small whole numbers without rounding.

A measure is a read, or the difference of two reads that are compared with each other (against 0). Let D be the common
denominator of its thresholds t. Then for every rational x, with code(x) = floor(x·D) + ceil(x·D),

    x >= t  ⟺  code >= 2tD        x > t  ⟺  code >= 2tD + 1
    x <= t  ⟺  code <= 2tD        x < t  ⟺  code <= 2tD - 1

so that open and closed ends alike become closed intervals of whole numbers. Codes are cut one step outside the
thresholds. Beyond them, above or below, stands 不适用, and beyond that 未报. A state (选项) is its own code.

On which side the absent values stand decides how many boxes a long `all` or `any` comes to: next to the values that
leave it open they make one interval with them, on the other side two, and twice as many boxes with every further read.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import lcm
from typing import TypeAlias

from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    EQUAL,
    MISSING,
    UNKNOWN_MISSING,
    UNKNOWN_NOT_APPLICABLE,
    Absent,
    All,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
    Value,
)
from scoring.engine.matcher import FAILS, HOLDS, Contradiction, value_texts
from scoring.points import Rational, exact

Atom: TypeAlias = Compare | IsOneOf | IsNotApplicable

Coder: TypeAlias = Callable[[Sequence[Value]], int]

_RELATIONS: dict[str, Callable[[Rational, Rational], bool]] = {
    AT_LEAST: operator.ge,
    ABOVE: operator.gt,
    AT_MOST: operator.le,
    BELOW: operator.lt,
    EQUAL: operator.eq,
}

_TURNED = {AT_LEAST: AT_MOST, AT_MOST: AT_LEAST, ABOVE: BELOW, BELOW: ABOVE, EQUAL: EQUAL}


@dataclass(frozen=True, slots=True)
class Measure:
    """`reads[left]`, or `reads[left] - reads[right]`, and the thresholds (`edges`, ascending) it is compared with.

    `states` is how many states there are, each an edge; it is 0 for a number. `whole`: only whole numbers occur.
    `unit` is D; `low` and `high` are the ends of the codes of values that are there.
    """

    left: int
    right: int | None
    edges: tuple[Rational, ...]
    states: int
    whole: bool
    unit: int
    low: int
    high: int
    absent_above: bool = False

    @property
    def not_applicable(self) -> int:
        return self.high + 1 if self.absent_above else self.low - 1

    @property
    def missing(self) -> int:
        return self.high + 2 if self.absent_above else self.low - 2

    def at(self, threshold: Rational) -> Rational:
        """Where on the scale of codes a threshold lies."""
        return threshold if self.states else exact(2 * threshold * self.unit)

    def spans(self) -> list[tuple[int, int]]:
        """The cells as closed intervals of codes, ascending: within one, no test can tell two values apart."""
        there, below = [], self.low
        for edge in () if self.states else self.edges:
            at = int(self.at(edge))
            there += [(below, at - 1), (at, at)]
            below = at + 1
        there += [(code, code) for code in range(self.states)] or [(below, self.high)]
        absent = [(code, code) for code in (self.missing, self.not_applicable)]
        return [*there, *absent[::-1]] if self.absent_above else [*absent, *there]

    def says(self, atom: Atom) -> Callable[[int], int]:
        """What a test of this measure says of codes."""
        at = frozenset(map(self.at, thresholds(atom)))
        compares = _RELATIONS[atom.relation] if isinstance(atom, Compare) else None

        def verdict(code: int) -> int:
            if code == self.missing:
                return UNKNOWN_MISSING
            if code == self.not_applicable:
                return HOLDS if isinstance(atom, IsNotApplicable) else UNKNOWN_NOT_APPLICABLE
            holds = all(compares(code, edge) for edge in at) if compares else code in at
            return HOLDS if holds else FAILS

        return verdict


def states_of(kind: str) -> int:
    """How many states a kind has: 3 for "states:3", 0 for the kinds that are numbers."""
    return int(kind.removeprefix("states:")) if kind.startswith("states:") else 0


def upright(atom: Atom) -> Atom:
    """The same test with its reads in order, so that a < b and b > a speak of one measure."""
    if isinstance(atom, Compare) and atom.right is not None and atom.right < atom.left:
        return Compare(atom.right, _TURNED[atom.relation], 0, atom.left)
    return atom


def side(atom: Atom) -> tuple[int, int | None]:
    """Which reads a test speaks of."""
    return atom.left, atom.right if isinstance(atom, Compare) else None


def thresholds(atom: Atom) -> tuple[Rational, ...]:
    """The constants a test compares its measure with."""
    if isinstance(atom, Compare):
        return (atom.bound if atom.right is None else 0,)
    return atom.states if isinstance(atom, IsOneOf) else ()


def atoms(test: Test) -> Iterator[Atom]:
    """The comparisons a test is made of, upright, in the order written."""
    return (atom for atom, _ in _atoms(test, False, None))


def _atoms(test: Test, negated: bool, leaves_open: bool | None) -> Iterator[tuple[Atom, bool | None]]:
    """The same, each with what it must say (whether it holds) to leave open the `all` or `any` that it stands in."""
    if isinstance(test, Compare | IsOneOf | IsNotApplicable):
        yield upright(test), None if leaves_open is None else leaves_open != negated
        return
    negated = negated != isinstance(test, None_)
    if len(test.parts) > 1:
        leaves_open = isinstance(test, All) != negated
    for part in test.parts:
        yield from _atoms(part, negated, leaves_open)


def _open_above(atom: Atom, holds: bool, states: int) -> bool | None:
    """Whether an atom says so of the highest values, rather than of the lowest; None where of both or neither."""
    if isinstance(atom, IsNotApplicable) or (isinstance(atom, Compare) and atom.relation == EQUAL):
        return None
    if isinstance(atom, Compare):
        return (atom.relation in (AT_LEAST, ABOVE)) == holds
    lowest, highest = 0 in atom.states, states - 1 in atom.states
    return None if lowest == highest else highest == holds


def measures(decision: Decision) -> tuple[Measure, ...]:
    """What a decision compares, in the order in which its rows first speak of it."""
    found: dict[tuple[int, int | None], set[Rational]] = {}
    above: dict[tuple[int, int | None], bool] = {}
    for row in decision.rows:
        for atom, holds in _atoms(row, False, None):
            found.setdefault(side(atom), set()).update(thresholds(atom))
            leans = None if holds is None else _open_above(atom, holds, states_of(decision.kinds[atom.left]))
            if leans is not None:
                above.setdefault(side(atom), leans)
    return tuple(_measure(decision, reads, sorted(edges), above.get(reads, False)) for reads, edges in found.items())


def _measure(decision: Decision, reads: tuple[int, int | None], edges: list[Rational], above: bool) -> Measure:
    left, right = reads
    kinds = [decision.kinds[read] for read in (left, right) if read is not None]
    whole = all(kind == "count" or states_of(kind) for kind in kinds)
    states = states_of(kinds[0]) if right is None else 0
    if states:
        every = tuple(sorted({*edges, *range(states)}))
        return Measure(left, right, every, states, whole, 1, 0, states - 1, above)
    unit = lcm(*(edge.denominator for edge in edges))
    low, high = (int(2 * edges[0] * unit) - 1, int(2 * edges[-1] * unit) + 1) if edges else (0, 0)
    return Measure(left, right, tuple(edges), 0, whole, unit, low, high, above)


def coder(measure: Measure, address: str) -> Coder:
    """The function that codes a decision's values for one of its measures."""
    if measure.right is not None:
        return _difference(measure.left, measure.right, measure.missing, measure.not_applicable)
    left, code = measure.left, value_coder(measure, address)
    return lambda values: code(values[left])


def value_coder(measure: Measure, address: str) -> Callable[[Value], int]:
    """The function that codes a single value, for a measure that is no difference."""
    return _state(measure, address) if measure.states else _number(measure)


def column_coder(measure: Measure, address: str) -> Callable[[Sequence[Value]], list[int]]:
    """The function that codes one value after another, for a measure that is no difference."""
    code, unit, low, high = value_coder(measure, address), measure.unit, measure.low, measure.high

    def one_by_one(values: Sequence[Value]) -> list[int]:
        return [code(value) for value in values]

    def numbers(values: Sequence[Value]) -> list[int]:
        try:
            pairs = [value.as_integer_ratio() for value in values]  # type: ignore[union-attr]
        except AttributeError:  # some are absent
            return one_by_one(values)
        codes = [above * unit // below - -above * unit // below for above, below in pairs]
        return [low if code < low else high if code > high else code for code in codes]

    return one_by_one if measure.states else numbers


def _number(measure: Measure) -> Callable[[Value], int]:
    unit, low, high = measure.unit, measure.low, measure.high
    missing, not_applicable = measure.missing, measure.not_applicable

    def code(value: Value) -> int:
        if isinstance(value, Absent):
            return missing if value is MISSING else not_applicable
        above, below = value.as_integer_ratio()
        floor, rest = divmod(above * unit, below)
        code = floor + floor + 1 if rest else floor + floor
        return low if code < low else high if code > high else code

    return code


def _difference(left: int, right: int, missing: int, not_applicable: int) -> Coder:
    # Cut one step outside its only threshold, the code of a difference is its sign.
    def code(values: Sequence[Value]) -> int:
        one, other = values[left], values[right]
        if isinstance(one, Absent) or isinstance(other, Absent):
            return missing if one is MISSING or other is MISSING else not_applicable
        above = one.numerator * other.denominator - other.numerator * one.denominator
        return (above > 0) - (above < 0)

    return code


def _state(measure: Measure, address: str) -> Callable[[Value], int]:
    left, states, missing, not_applicable = measure.left, measure.states, measure.missing, measure.not_applicable

    def code(value: Value) -> int:
        if type(value) is int and 0 <= value < states:
            return value
        if isinstance(value, Absent):
            return missing if value is MISSING else not_applicable
        if value.denominator != 1 or not 0 <= value < states:
            what = f"read {left} has {states} states, and this is none of them"
            raise Contradiction(what, address=address, values=value_texts((value,)))
        return value.numerator

    return code
