"""The span of every operator (运算的取值范围)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import Any, Protocol

from scoring.check_method.span import (
    NEVER,
    Span,
    add,
    larger,
    magnitude,
    mapped,
    meet,
    multiply,
    negate,
    point,
    quotient,
    scaled,
    smaller,
    union,
)
from scoring.condition import Absent, Value
from scoring.operators import arithmetic, base, dates, lists
from scoring.operators.across import AVERAGE, Across
from scoring.points import divide, rounded
from scoring.scope import Expression
from scoring.timeline import UNDONE, day_of


class Reaching(Protocol):
    """What the span of an operator is made from."""

    @property
    def group(self) -> int: ...

    @property
    def scores(self) -> Callable[[str], Span]: ...

    @property
    def rates(self) -> Callable[[str], Span]: ...

    def span(self, expression: Expression, source: str = "") -> Span: ...

    def named(self, name: str, source: str) -> Span: ...

    def at_most(self, one: Expression, other: Expression, source: str) -> bool: ...


def value_span(value: Value) -> Span:
    """What a rule says in a special case: a number, or 不适用."""
    return NEVER.absent() if isinstance(value, Absent) else point(value)


def _all(reach: Reaching, operator: Any, source: str) -> list[Span]:
    return [reach.span(each, source) for each in operator.operands]


def _difference(reach: Reaching, operator: arithmetic.Difference, source: str) -> Span:
    one, other = operator.operands
    found = add((reach.span(one, source), negate(reach.span(other, source))))
    if reach.at_most(other, one, source):
        found = meet(found, Span(0).absent())
    if reach.at_most(one, other, source):
        found = meet(found, Span(None, 0).absent())
    return found


def _ratio(reach: Reaching, operator: arithmetic.Ratio, source: str) -> Span:
    one, other = operator.operands
    above, below = reach.span(one, source), reach.span(other, source)
    found = quotient(above, below)
    if min(above.bottom, below.bottom) >= (0, 0):
        if reach.at_most(one, other, source):
            found = meet(found, Span(None, 1).absent())
        if reach.at_most(other, one, source):
            found = meet(found, Span(1).absent())
    return union((found, value_span(operator.if_zero))) if below.holds(0) else found


def _mean(reach: Reaching, operator: arithmetic.Mean, source: str) -> Span:
    spans = _all(reach, operator, source)
    weights = operator.weights or (1,) * len(spans)
    if operator.not_applicable == arithmetic.SKIP and any(each.not_applicable for each in spans):
        sure = sum(not each.not_applicable for each in spans)
        return union(each.absent(False) for each in spans).absent(sure <= operator.lowest + operator.highest)
    whole = sum(weights)
    if whole == 0:
        return NEVER.absent()
    if operator.lowest or operator.highest:
        found = union(each.absent(False) for each in spans)
        return found if len(spans) > operator.lowest + operator.highest else NEVER.absent()
    return scaled(add(map(scaled, spans, weights)), divide(1, whole))


def _extreme(reach: Reaching, operator: arithmetic.Extreme, source: str) -> Span:
    spans = _all(reach, operator, source)
    pick = larger if operator.largest else smaller
    if operator.not_applicable != arithmetic.SKIP or not any(each.not_applicable for each in spans):
        return reduce(pick, spans)
    found = union(each.absent(False) for each in spans)
    sure = [each for each in spans if not each.not_applicable]
    if sure:
        found = meet(found, Span(found.low, reduce(smaller, sure).high) if not operator.largest else _from(sure))
    return found.absent(not sure)


def _from(sure: list[Span]) -> Span:
    return Span(reduce(larger, sure).low)


def _clamp(reach: Reaching, operator: arithmetic.Clamp, source: str) -> Span:
    found = reach.span(operator.of, source)
    if operator.at_least is not None:
        found = larger(found, reach.span(operator.at_least, source))
    if operator.at_most is not None:
        found = smaller(found, reach.span(operator.at_most, source))
    return found


def _rounded(reach: Reaching, operator: arithmetic.Rounded, source: str) -> Span:
    decimals, mode = operator.decimals, operator.mode
    of = reach.span(operator.of, source)
    return mapped(of, lambda x: rounded(x, decimals, mode), whole=of.whole or decimals == 0)


def _first(reach: Reaching, operator: arithmetic.First, source: str) -> Span:
    taken: list[Span] = []
    for each in _all(reach, operator, source):
        taken.append(each.absent(False))
        if not each.not_applicable:
            return union(taken)
    return union(taken).absent()


def _lookup(reach: Reaching, operator: arithmetic.Lookup, source: str) -> Span:
    by = reach.span(operator.by, source)
    rows = [operator.rows[state] or operator.otherwise for state in range(len(operator.rows)) if by.holds(state)]
    found = union(NEVER.absent() if row is None else reach.span(row, source) for row in rows)
    return found.absent(found.not_applicable or by.not_applicable)


def _share(reach: Reaching, operator: lists.Share, source: str) -> Span:
    return union((Span(0, 1), value_span(operator.if_empty)))


def _over(reach: Reaching, operator: lists.Over, source: str) -> Span:
    each = reach.span(operator.of, operator.source).absent(False)
    if operator.name == "sum":
        low = 0 if each.present and each.low is not None and each.low >= 0 else None
        high = 0 if each.present and each.high is not None and each.high <= 0 else None
        found = Span(low, high, whole=each.whole)
        return union((found, value_span(operator.if_empty))) if operator.needs else found
    if operator.name == "mean":
        each = replace(each, whole=False)
    return union((each, value_span(operator.if_empty)))


def _days(reach: Reaching, operator: dates.Days, source: str) -> Span:
    end, start = _dates(reach, operator.end, source), _dates(reach, operator.start, source)
    return replace(add((mapped(end, day_of), negate(mapped(start, day_of)))), whole=True)


def _dates(reach: Reaching, expression: Expression, source: str) -> Span:
    """Real dates: 未完成 gives no interval."""
    span = reach.span(expression, source)
    return Span(span.low, None, not_applicable=span.not_applicable) if span.high == UNDONE else span


def _days_late(reach: Reaching, operator: dates.DaysLate, source: str) -> Span:
    due, done = (reach.span(each, source) for each in (operator.due, operator.done))
    most = None
    if done.high is not None and done.high != UNDONE and due.low is not None:
        most = max(day_of(done.high) - day_of(due.low) + 1, 0)
    missing = due.not_applicable or done.not_applicable
    return Span(0, most, whole=True, not_applicable=missing)


def _months(reach: Reaching, operator: dates.Months, source: str) -> Span:
    missing = any(reach.span(each, source).not_applicable for each in operator.inputs())
    return Span(whole=operator.partial != "按比例", not_applicable=missing)


def _date_after(reach: Reaching, operator: dates.DateAfter, source: str) -> Span:
    return Span(whole=True, not_applicable=any(reach.span(each, source).not_applicable for each in operator.inputs()))


def _across(reach: Reaching, operator: Across, source: str) -> Span:
    of = reach.span(operator.of, source)
    statistic = operator.statistic
    if statistic == "个数":
        return Span(0, whole=True)
    if statistic == "名次":
        return Span(1, whole=operator.ties != AVERAGE, not_applicable=of.not_applicable)
    missing = of.not_applicable or operator.condition is not None
    if statistic == "标准差":
        return Span(0, not_applicable=missing or operator.divisor == "n-1")
    if statistic == "合计":
        low = 0 if of.low is not None and of.low >= 0 else None
        return Span(low, 0 if of.high is not None and of.high <= 0 else None, not_applicable=missing)
    return replace(of, whole=False, not_applicable=missing)


def _as_of_day(moment: Span) -> Span:
    return union((mapped(moment, day_of), moment))


SPANS: dict[type, Callable[[Any, Any, str], Span]] = {
    base.Literal: lambda reach, each, source: point(each.number),
    base.Named: lambda reach, each, source: reach.named(each.name, source),
    base.ScoreOf: lambda reach, each, source: reach.scores(each.code),
    base.RateOf: lambda reach, each, source: reach.rates(each.code),
    base.SelfScoreOf: lambda reach, each, source: Span(None, None) if each.excess else Span(0, None),
    base.GroupOf: lambda reach, each, source: point(reach.group),
    base.EvidenceFor: lambda reach, each, source: Span(0, 1, whole=True),
    base.AsOfDay: lambda reach, each, source: _as_of_day(reach.span(each.of, source)),
    arithmetic.Sum: lambda reach, each, source: add(_all(reach, each, source)),
    arithmetic.Difference: _difference,
    arithmetic.Product: lambda reach, each, source: reduce(multiply, _all(reach, each, source)),
    arithmetic.Ratio: _ratio,
    arithmetic.Absolute: lambda reach, each, source: magnitude(reach.span(each.operands[0], source)),
    arithmetic.Mean: _mean,
    arithmetic.Extreme: _extreme,
    arithmetic.Clamp: _clamp,
    arithmetic.Rounded: _rounded,
    arithmetic.First: _first,
    arithmetic.Lookup: _lookup,
    lists.Count: lambda reach, each, source: Span(0, whole=True),
    lists.CountConditions: lambda reach, each, source: Span(0, len(each.conditions), whole=True),
    lists.Share: _share,
    lists.Over: _over,
    dates.Days: _days,
    dates.Months: _months,
    dates.DaysLate: _days_late,
    dates.DateAfter: _date_after,
    Across: _across,
}
"""The span of each kind of operator, from its operands; what is not here is a score."""
