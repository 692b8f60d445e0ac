"""The decisions of a method: what the rules engine is asked, and inside which list (判定)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from scoring.condition import Decision
from scoring.mechanisms.scale import Scale
from scoring.method import Fact, Method


def decisions_in(method: Method) -> Iterator[Decision]:
    """Every decision of the method, each once: what the rules engine is given when a run begins."""
    seen: set[int] = set()
    for decision, _ in asked_in(method):
        if id(decision) not in seen:
            seen.add(id(decision))
            yield decision


def asked_in(method: Method) -> Iterator[tuple[Decision, str]]:
    """The same, as often as they are met, each with the list of whose records it is asked ("" for the department)."""
    return _walk(method, "")


def scales_in(method: Method) -> set[str]:
    """The addresses of the decisions that only ask which stretch of a scale a value lies in."""
    return {
        each.decision.address for each in values_in(method) if isinstance(each, Scale) and each.decision is not None
    }


def values_in(value: object) -> Iterator[object]:
    """Every dataclass below a value of the method, itself included."""
    if isinstance(value, dict):
        for each in value.values():
            yield from values_in(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from values_in(each)
    elif is_dataclass(value):
        yield value
        for each in fields(value):
            yield from values_in(getattr(value, each.name))


def _walk(value: object, source: str) -> Iterator[tuple[Decision, str]]:
    """The decisions below any value of the method, in its order."""
    if isinstance(value, Decision):
        yield value, source
        for read in value.reads:
            yield from _walk(read, source)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _walk(each, source)
    elif isinstance(value, tuple):
        for each in value:
            yield from _walk(each, source)
    elif isinstance(value, Fact):
        yield from _walk(value.derived, source)
        yield from _walk(value.selected, source)
        yield from _walk((value.at_least, value.at_most), source)
        for field in value.fields.values() if value.selected is None else ():
            yield from _walk(field, value.name)
    elif is_dataclass(value):
        within = getattr(value, "source", "") or source
        for each in fields(value):
            yield from _walk(getattr(value, each.name), within)
