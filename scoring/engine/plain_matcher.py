"""The plain matcher: evaluates the tests as they are written, on the rationals, with the method's own thresholds.

It is the oracle and the second opinion for the engine, and does all that the engine does wherever that is absent. It
knows nothing of codes and boxes: what both matchers say was found in two ways.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    EQUAL,
    MISSING,
    NO_ROW,
    NOT_APPLICABLE,
    UNKNOWN_MISSING,
    UNKNOWN_NOT_APPLICABLE,
    Absent,
    All,
    Any_,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
    Value,
)
from scoring.engine.matcher import FAILS, HOLDS, Matcher

Says: TypeAlias = Callable[[Sequence[Value]], int]
"""What a test says of values (HOLDS, FAILS, UNKNOWN_…), or a decision (its outcome). A value that does not matter
any more is not looked at: the proof of the boxes counts on it."""

_RELATIONS: dict[str, Callable[[int, int], bool]] = {
    AT_LEAST: operator.ge,
    ABOVE: operator.gt,
    AT_MOST: operator.le,
    BELOW: operator.lt,
    EQUAL: operator.eq,
}


class PlainMatcher(Matcher):
    """Answers by evaluating. `asked` counts the questions."""

    name = "plain"

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.asked = 0
        self._known = {decision: answer(decision) for decision in decisions}

    def match(self, decision: Decision, values: tuple[Value, ...]) -> int:
        self.asked += 1
        known = self._known.get(decision)
        if known is None:
            known = self._known[decision] = answer(decision)
        return known(values)

    def match_each(self, decision: Decision, values: Sequence[Value]) -> list[int]:
        self.asked += len(values)
        known = self._known.get(decision)
        if known is None:
            known = self._known[decision] = answer(decision)
        return [known((value,)) for value in values]

    def __reduce__(self) -> tuple[object, ...]:
        return PlainMatcher, (tuple(self._known),)


def answer(decision: Decision) -> Says:
    """The function that answers a decision."""
    rows = row_tests(decision)
    return _first_to_hold(rows) if decision.ordered else _any_to_hold(rows)


def row_tests(decision: Decision) -> tuple[Says, ...]:
    """What each row says by itself: with it a linter can tell rows that overlap, or never hold."""
    return tuple(says(row) for row in decision.rows)


def _first_to_hold(rows: tuple[Says, ...]) -> Says:
    def outcome(values: Sequence[Value]) -> int:
        for index, row in enumerate(rows):
            said = row(values)
            if said != FAILS:
                return index if said == HOLDS else said
        return NO_ROW

    return outcome


def _any_to_hold(rows: tuple[Says, ...]) -> Says:
    def outcome(values: Sequence[Value]) -> int:
        unknown = NO_ROW
        for index, row in enumerate(rows):
            said = row(values)
            if said == HOLDS:
                return index
            if said == UNKNOWN_MISSING or (said != FAILS and unknown == NO_ROW):
                unknown = said
        return unknown

    return outcome


def says(test: Test) -> Says:
    """The function that says whether a test holds."""
    if isinstance(test, Compare):
        if test.right is not None:
            return _one_with_other(test.left, test.relation, test.right)
        return _with_bound(test.left, test.relation, test.bound.numerator, test.bound.denominator)
    if isinstance(test, IsOneOf):
        return _one_of(test.left, frozenset(test.states))
    if isinstance(test, IsNotApplicable):
        return _not_applicable(test.left)
    parts = tuple(says(part) for part in test.parts)
    if isinstance(test, All):
        return _joined(parts, FAILS, settled=FAILS, unsettled=HOLDS)
    if isinstance(test, Any_):
        return _joined(parts, HOLDS, settled=HOLDS, unsettled=FAILS)
    assert isinstance(test, None_)
    return _joined(parts, HOLDS, settled=FAILS, unsettled=HOLDS)


def _with_bound(left: int, relation: str, above: int, below: int) -> Says:
    # a/b >= c/d is a·d >= c·b, denominators being positive: the same comparison without making a fraction of it.
    holds = _RELATIONS[relation]

    def verdict(values: Sequence[Value]) -> int:
        value = values[left]
        if isinstance(value, Absent):
            return UNKNOWN_MISSING if value is MISSING else UNKNOWN_NOT_APPLICABLE
        return HOLDS if holds(value.numerator * below, above * value.denominator) else FAILS

    return verdict


def _one_with_other(left: int, relation: str, right: int) -> Says:
    holds = _RELATIONS[relation]

    def verdict(values: Sequence[Value]) -> int:
        one = values[left]
        if one is MISSING:
            return UNKNOWN_MISSING
        other = values[right]
        if other is MISSING:
            return UNKNOWN_MISSING
        if isinstance(one, Absent) or isinstance(other, Absent):
            return UNKNOWN_NOT_APPLICABLE
        return HOLDS if holds(one.numerator * other.denominator, other.numerator * one.denominator) else FAILS

    return verdict


def _one_of(left: int, states: frozenset[int]) -> Says:
    def verdict(values: Sequence[Value]) -> int:
        value = values[left]
        if isinstance(value, Absent):
            return UNKNOWN_MISSING if value is MISSING else UNKNOWN_NOT_APPLICABLE
        return HOLDS if value in states else FAILS

    return verdict


def _not_applicable(left: int) -> Says:
    def verdict(values: Sequence[Value]) -> int:
        value = values[left]
        if value is MISSING:
            return UNKNOWN_MISSING
        return HOLDS if value is NOT_APPLICABLE else FAILS

    return verdict


def _joined(parts: tuple[Says, ...], settles: int, *, settled: int, unsettled: int) -> Says:
    """Parts of which one that says `settles` makes it `settled`; else the worst unknown, else `unsettled`."""

    def verdict(values: Sequence[Value]) -> int:
        unknown = unsettled
        for part in parts:
            said = part(values)
            if said == settles:
                return settled
            if said == UNKNOWN_MISSING or (said == UNKNOWN_NOT_APPLICABLE and unknown == unsettled):
                unknown = said
        return unknown

    return verdict
