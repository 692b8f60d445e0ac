"""Which way a value moves when a datum gets better: signs multiplied along the graph of a method (方向).

A direction is a set of signs for each fact that has a better side: rises with it, falls with it, both, or cannot be
told. A fact of which neither side is better has none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Protocol, TypeAlias

from scoring.check_method.reach import Reach
from scoring.check_method.span import Span, multiply, point
from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    Absent,
    All,
    Any_,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
)
from scoring.method import Fact
from scoring.operators import arithmetic, base, dates, lists
from scoring.operators.across import Across
from scoring.reading.facts import Scored
from scoring.scope import Expression

UP, DOWN, UNSURE = 1, 2, 4
Signs: TypeAlias = int
Directions: TypeAlias = dict[str, Signs]
"""By fact ("完成率", or "项目.完成日期" for a field): how a value moves when the fact gets better."""

BETTER = {"多": UP, "晚": UP, "少": DOWN, "早": DOWN, "列前": DOWN}


class Compass(Protocol):
    """What the direction of an operator is made from."""

    @property
    def reach(self) -> Reach: ...

    def of(self, expression: Expression, source: str = "") -> Directions: ...

    def named(self, name: str, source: str) -> Directions: ...

    def score(self, code: str) -> Directions: ...

    def scored(self, scored: Scored, source: str) -> Directions: ...

    def settles_zero(self, ratio: arithmetic.Ratio) -> bool: ...


def join(*all_: Directions) -> Directions:
    """What moves with any of them."""
    found: Directions = {}
    for each in all_:
        for name, signs in each.items():
            found[name] = found.get(name, 0) | signs
    return found


def turned(directions: Directions, by: Signs) -> Directions:
    """How something moves that moves with these `by` a sign."""
    found = {}
    for name, signs in directions.items():
        swapped = (signs & UNSURE) | (DOWN if signs & UP else 0) | (UP if signs & DOWN else 0)
        moved = (signs if by & UP else 0) | (swapped if by & DOWN else 0) | (UNSURE if by & UNSURE else 0)
        if moved:
            found[name] = moved
    return found


def opposite(signs: Signs) -> Signs:
    """The other way."""
    return {UP: DOWN, DOWN: UP}.get(signs, signs)


def both(directions: Directions) -> Directions:
    """Either way."""
    return turned(directions, UP | DOWN)


def sign_of(span: Span) -> Signs:
    """The signs that values of a span have."""
    if not span.present:
        return 0
    above = span.high is None or span.high > 0
    below = span.low is None or span.low < 0
    return (UP if above else 0) | (DOWN if below else 0)


def order_of(before: Span, after: Span) -> Signs:
    """How points move from one span to another: 0 where they stay, UNSURE where the spans overlap."""
    if not before.present or not after.present:
        return 0
    rises, falls = before.top <= after.bottom, before.bottom >= after.top
    if rises and falls:
        return 0
    return UP if rises else DOWN if falls else UNSURE


def given(fact: Fact, home: str) -> Directions:
    """A datum itself: more is better, or less, or neither."""
    sign = BETTER.get(fact.better, 0)
    return {f"{home}.{fact.name}" if home else fact.name: sign} if sign else {}


def truth(compass: Compass, decision: Decision, source: str) -> Directions:
    """How the truth of a condition moves: from not holding to holding is up."""
    return _test(compass, decision, decision.rows[0], source)


def _test(compass: Compass, decision: Decision, test: Test, source: str) -> Directions:
    if isinstance(test, (All, Any_, None_)):
        found = join(*(_test(compass, decision, part, source) for part in test.parts))
        return turned(found, DOWN) if isinstance(test, None_) else found
    if isinstance(test, IsNotApplicable):
        return {}
    left = decision.reads[test.left]
    if isinstance(test, IsOneOf):
        return turned(compass.of(left, source), _states(test, compass.reach.span(left, source)))
    if test.right is not None:
        right = decision.reads[test.right]
        sign = {AT_LEAST: UP, ABOVE: UP, AT_MOST: DOWN, BELOW: DOWN}.get(test.relation, UP | DOWN)
        return join(turned(compass.of(left, source), sign), turned(compass.of(right, source), opposite(sign)))
    return turned(compass.of(left, source), _compared(test, compass.reach.span(left, source)))


def _compared(test: Compare, span: Span) -> Signs:
    if test.relation in (AT_LEAST, ABOVE):
        return UP
    if test.relation in (AT_MOST, BELOW):
        return DOWN
    return DOWN if test.bound == span.low else UP if test.bound == span.high else UP | DOWN


def _states(test: IsOneOf, span: Span) -> Signs:
    """States that are the first ones hold less the further down the choices one is; the last ones, more."""
    states = range(int(span.low or 0), int(span.high or 0) + 1)
    held = [state in test.states for state in states]
    return DOWN if held == sorted(held, reverse=True) else UP if held == sorted(held) else UP | DOWN


def _records(compass: Compass, source: str) -> Directions:
    """How the number of records of a list moves: of one that is selected, with its condition."""
    fact = compass.reach.method.facts.get(source)
    select = fact.selected if fact is not None else None
    if not isinstance(select, lists.Select):
        return {}
    own = {} if select.where is None else truth(compass, select.where, select.source)
    return join(own, _records(compass, select.source))


def _where(compass: Compass, operator: Any) -> Directions:
    own = {} if operator.where is None else truth(compass, operator.where, operator.source)
    return join(own, _records(compass, operator.source))


def _product(compass: Compass, operator: arithmetic.Product, source: str) -> Directions:
    found: list[Directions] = []
    for place, each in enumerate(operator.operands):
        others = [compass.reach.span(other, source) for at, other in enumerate(operator.operands) if at != place]
        found.append(turned(compass.of(each, source), sign_of(reduce(multiply, others, point(1)))))
    return join(*found)


def _ratio(compass: Compass, operator: arithmetic.Ratio, source: str) -> Directions:
    one, other = operator.operands
    above, below = compass.reach.span(one, source), compass.reach.span(other, source)
    lower = turned(compass.of(other, source), opposite(sign_of(above)))
    if not isinstance(operator.if_zero, Absent) and below.holds(0) and not compass.settles_zero(operator):
        lower = both(lower)
    return join(turned(compass.of(one, source), sign_of(below)), lower)


def _share(compass: Compass, operator: lists.Share, source: str) -> Directions:
    among = {} if operator.among is None else truth(compass, operator.among, operator.source)
    by = {} if operator.by is None else compass.of(operator.by, operator.source)
    return join(_where(compass, operator), both(join(among, by, _records(compass, operator.source))))


def _over(compass: Compass, operator: lists.Over, source: str) -> Directions:
    of = compass.of(operator.of, operator.source)
    where = _where(compass, operator)
    if operator.name == "sum":
        return join(of, turned(where, sign_of(compass.reach.span(operator.of, operator.source))))
    if operator.name == "mean":
        weight = {} if operator.weight is None else compass.of(operator.weight, operator.source)
        return join(of, both(join(where, weight)))
    return join(of, turned(where, UP if operator.name == "largest" else DOWN))


def _lookup(compass: Compass, operator: arithmetic.Lookup, source: str) -> Directions:
    rows = [row or operator.otherwise for row in operator.rows]
    found = [compass.of(row, source) for row in rows if row is not None]
    by = compass.of(operator.by, source)
    if by:
        spans = [compass.reach.span(row, source) for row in rows if row is not None]
        signs = 0
        for place, one in enumerate(spans):
            for other in spans[place + 1 :]:
                signs |= order_of(one, other)
        found.append(turned(by, signs))
    return join(*found)


def _days_late(compass: Compass, operator: dates.DaysLate, source: str) -> Directions:
    undone = {} if operator.if_not_done is None else compass.of(operator.if_not_done, source)
    return join(compass.of(operator.done, source), undone, turned(compass.of(operator.due, source), DOWN))


def _across(compass: Compass, operator: Across, source: str) -> Directions:
    """One's own place moves with one's own value; how one moves the others' figures is left aside."""
    if operator.statistic != "名次":
        return {}
    read = [(operator.of, operator.highest_first), *operator.tie_breaks]
    return join(*(turned(compass.of(each, source), DOWN if first else UP) for each, first in read))


def _mean(compass: Compass, operator: arithmetic.Mean, source: str) -> Directions:
    """Where the ends are left out and weights differ, a rise of one may hand its weight to another."""
    found = _all(compass, operator, source)
    return both(found) if operator.weights and (operator.lowest or operator.highest) else found


def _all(compass: Compass, operator: Any, source: str) -> Directions:
    return join(*(compass.of(each, source) for each in operator.inputs()))


def _none(compass: Compass, operator: Any, source: str) -> Directions:
    return {}


MOVES: dict[type, Callable[[Any, Any, str], Directions]] = {
    base.Literal: _none,
    base.GroupOf: _none,
    base.SelfScoreOf: _none,
    base.EvidenceFor: _none,
    base.Named: lambda compass, each, source: compass.named(each.name, source),
    base.ScoreOf: lambda compass, each, source: compass.score(each.code),
    base.RateOf: lambda compass, each, source: compass.score(each.code),
    base.AsOfDay: lambda compass, each, source: compass.of(each.of, source),
    arithmetic.Sum: _all,
    arithmetic.Mean: _mean,
    arithmetic.Extreme: _all,
    arithmetic.Clamp: _all,
    arithmetic.Rounded: _all,
    arithmetic.First: _all,
    arithmetic.Difference: lambda compass, each, source: join(
        compass.of(each.operands[0], source), turned(compass.of(each.operands[1], source), DOWN)
    ),
    arithmetic.Product: _product,
    arithmetic.Ratio: _ratio,
    arithmetic.Absolute: lambda compass, each, source: turned(
        compass.of(each.operands[0], source), sign_of(compass.reach.span(each.operands[0], source))
    ),
    arithmetic.Lookup: _lookup,
    lists.Count: lambda compass, each, source: _where(compass, each),
    lists.CountConditions: lambda compass, each, source: join(
        *(truth(compass, condition, source) for condition in each.conditions)
    ),
    lists.Share: _share,
    lists.Over: _over,
    dates.Days: lambda compass, each, source: join(
        compass.of(each.end, source), turned(compass.of(each.start, source), DOWN)
    ),
    dates.Months: lambda compass, each, source: join(
        compass.of(each.end, source), turned(compass.of(each.start, source), DOWN)
    ),
    dates.DaysLate: _days_late,
    dates.DateAfter: _all,
    Across: _across,
    Scored: lambda compass, each, source: compass.scored(each, source),
}
"""How each kind of operator moves with what it is made of."""
