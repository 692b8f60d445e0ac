"""The term of every operator that is plain arithmetic (运算的式子); the others have none and are taken as free."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple, Protocol

from scoring.check_method.reach import Reach
from scoring.check_method.solver import Solver, Term
from scoring.condition import ABOVE, AT_LEAST, AT_MOST, EQUAL, Absent, Test, Value
from scoring.operators import arithmetic, base, dates, lists
from scoring.points import HALF_UP, UP, divide
from scoring.scope import Expression
from scoring.timeline import UNDONE


class Amount(NamedTuple):
    """A value as a quotient, so that a rate compared with a threshold stays linear.

    `below` is above 0, and None for 1. Where the value is `absent` both say nothing.
    """

    above: Term
    below: Term | None
    absent: Term


class Says(NamedTuple):
    """When a test holds and when it fails; else it is unknown."""

    holds: Term
    fails: Term


class Unknowns(Protocol):
    """What a formula is made from."""

    @property
    def solver(self) -> Solver: ...

    @property
    def reach(self) -> Reach: ...

    def amount(self, expression: Expression, source: str = "") -> Amount: ...

    def says(self, test: Test, reads: list[Amount]) -> Says: ...

    def compared(self, one: Amount, relation: str, other: Amount) -> Term: ...


def _all(data: Unknowns, operator: Any, source: str) -> list[Amount]:
    return [data.amount(each, source) for each in operator.operands]


def _lacks(data: Unknowns, amounts: list[Amount]) -> Term:
    return data.solver.some(each.absent for each in amounts)


def literal(data: Unknowns, value: Value) -> Amount:
    """A number of the rule, or its 不适用."""
    if isinstance(value, Absent):
        return Amount(data.solver.number(0), None, data.solver.true)
    return Amount(data.solver.number(value), None, data.solver.false)


def _plain(amount: Amount) -> Term:
    """The value as a number by itself."""
    return amount.above if amount.below is None else amount.above / amount.below


def _times(one: Term | None, other: Term | None) -> Term | None:
    if one is None or other is None:
        return one if other is None else other
    return one * other


def plus(one: Amount, other: Amount, sign: int = 1) -> tuple[Term, Term | None]:
    """The sum of two, or their difference, as a quotient."""
    left = one.above if other.below is None else one.above * other.below
    right = other.above if one.below is None else other.above * one.below
    return (left + right if sign > 0 else left - right), _times(one.below, other.below)


def chosen(data: Unknowns, condition: Term, then: Amount, otherwise: Amount) -> Amount:
    """One amount where a condition holds, another where it does not."""
    solver, below = data.solver, None
    if then.below is not None or otherwise.below is not None:
        one = solver.number(1)
        below = solver.pick(condition, *(one if each.below is None else each.below for each in (then, otherwise)))
    return Amount(
        solver.pick(condition, then.above, otherwise.above),
        below,
        solver.pick(condition, then.absent, otherwise.absent),
    )


def _sum(data: Unknowns, operator: arithmetic.Sum, source: str) -> Amount:
    amounts = _all(data, operator, source)
    start = literal(data, 0)
    above, below = start.above, start.below
    for each in amounts:
        above, below = plus(Amount(above, below, each.absent), each)
    return Amount(above, below, _lacks(data, amounts))


def _difference(data: Unknowns, operator: arithmetic.Difference, source: str) -> Amount:
    one, other = amounts = _all(data, operator, source)
    return Amount(*plus(one, other, -1), _lacks(data, amounts))


def _product(data: Unknowns, operator: arithmetic.Product, source: str) -> Amount:
    amounts = _all(data, operator, source)
    above, below = amounts[0].above, amounts[0].below
    for each in amounts[1:]:
        above, below = above * each.above, _times(below, each.below)
    return Amount(above, below, _lacks(data, amounts))


def _ratio(data: Unknowns, operator: arithmetic.Ratio, source: str) -> Amount:
    solver, (one, other) = data.solver, _all(data, operator, source)
    above = one.above if other.below is None else one.above * other.below
    below = other.above if one.below is None else other.above * one.below
    span = data.reach.span(operator.operands[1], source)
    if span.low is None or span.low < 0:
        negative = other.above < solver.number(0)
        above, below = solver.pick(negative, -above, above), solver.pick(negative, -below, below)
    quotient = Amount(above, below, solver.false)
    if span.holds(0):
        nothing = other.above == solver.number(0)
        quotient = chosen(data, nothing, literal(data, operator.if_zero), quotient)
    return quotient._replace(absent=solver.some((one.absent, other.absent, quotient.absent)))


def _absolute(data: Unknowns, operator: arithmetic.Absolute, source: str) -> Amount:
    (of,) = _all(data, operator, source)
    return of._replace(above=data.solver.pick(of.above < data.solver.number(0), -of.above, of.above))


def _mean(data: Unknowns, operator: arithmetic.Mean, source: str) -> Amount | None:
    if operator.lowest or operator.highest:
        return None
    solver, amounts = data.solver, _all(data, operator, source)
    weights = [literal(data, weight) for weight in operator.weights or (1,) * len(amounts)]
    skipping = operator.not_applicable == arithmetic.SKIP
    nothing = literal(data, 0)
    total, counted = nothing, []
    for each, weight in zip(amounts, weights, strict=True):
        taken = each._replace(above=each.above * weight.above)
        if skipping:
            taken = chosen(data, each.absent, nothing, taken)
            counted.append(solver.pick(each.absent, solver.number(0), weight.above))
        total = Amount(*plus(total, taken), solver.false)
    if not skipping:
        whole = sum(operator.weights or (1,) * len(amounts))
        share = literal(data, divide(1, whole)) if whole > 0 else None
        lacks = _lacks(data, amounts)
        return None if share is None else Amount(total.above * share.above, total.below, lacks)
    below = solver.total(counted)
    return Amount(total.above, _times(total.below, below), below == solver.number(0))


def _extreme(data: Unknowns, operator: arithmetic.Extreme, source: str) -> Amount:
    amounts = _all(data, operator, source)
    relation = AT_LEAST if operator.largest else AT_MOST
    found = reduce(lambda one, other: _further(data, one, relation, other), amounts)
    if operator.not_applicable == arithmetic.SKIP:
        return found._replace(absent=data.solver.every(each.absent for each in amounts))
    return found._replace(absent=_lacks(data, amounts))


def _further(data: Unknowns, one: Amount, relation: str, other: Amount) -> Amount:
    """Of two the larger or smaller one, or the one that is there."""
    solver = data.solver
    first = solver.every((solver.no(one.absent), data.compared(one, relation, other)))
    return chosen(data, solver.some((other.absent, first)), one, other)


def _clamp(data: Unknowns, operator: arithmetic.Clamp, source: str) -> Amount:
    found = of = data.amount(operator.of, source)
    amounts = [of]
    for bound, relation in ((operator.at_least, AT_LEAST), (operator.at_most, AT_MOST)):
        if bound is not None:
            limit = data.amount(bound, source)
            amounts.append(limit)
            found = chosen(data, data.compared(found, relation, limit), found, limit)
    return found._replace(absent=_lacks(data, amounts))


def _rounded(data: Unknowns, operator: arithmetic.Rounded, source: str) -> Amount:
    solver, of = data.solver, data.amount(operator.of, source)
    scale = solver.number(10**operator.decimals)
    scaled = _plain(of) * scale
    negative = scaled < solver.number(0)
    size = solver.pick(negative, -scaled, scaled)
    if operator.mode == HALF_UP:
        size = solver.floor(size + solver.number(divide(1, 2)))
    else:
        size = -solver.floor(-size) if operator.mode == UP else solver.floor(size)
    return Amount(solver.pick(negative, -size, size) / scale, None, of.absent)


def _first(data: Unknowns, operator: arithmetic.First, source: str) -> Amount:
    *before, found = _all(data, operator, source)
    for each in reversed(before):
        found = chosen(data, each.absent, found, each)
    return found


def _lookup(data: Unknowns, operator: arithmetic.Lookup, source: str) -> Amount:
    by = data.amount(operator.by, source)
    found = literal(data, Absent.NOT_APPLICABLE)
    for state, row in enumerate(operator.rows):
        given = row if row is not None else operator.otherwise
        if given is not None:
            so = data.compared(by, EQUAL, literal(data, state))
            found = chosen(data, so, data.amount(given, source), found)
    return found._replace(absent=data.solver.some((by.absent, found.absent)))


def _count(data: Unknowns, operator: lists.CountConditions, source: str) -> Amount:
    solver = data.solver
    held = []
    for condition in operator.conditions:
        said = data.says(condition.rows[0], [data.amount(each, source) for each in condition.reads])
        held.append(solver.pick(said.holds, solver.number(1), solver.number(0)))
    return Amount(solver.total(held), None, solver.false)


def _as_of_day(data: Unknowns, operator: base.AsOfDay, source: str) -> Amount:
    solver = data.solver
    of, against = data.amount(operator.of, source), data.amount(operator.against, source)
    whole = solver.every((solver.no(against.absent), against.above == solver.floor(against.above)))
    return of._replace(above=solver.pick(whole, solver.floor(of.above), of.above))


def _done(data: Unknowns, source: str, *dates_: Expression) -> bool:
    """Whether dates are always dates: 未完成 gives no interval."""
    spans = [data.reach.span(each, source) for each in dates_]
    return all(each.high is not None and each.high < UNDONE for each in spans)


def _days(data: Unknowns, operator: dates.Days, source: str) -> Amount | None:
    if operator.count != dates.CALENDAR or not _done(data, source, operator.start, operator.end):
        return None
    start, end = amounts = [data.amount(each, source) for each in operator.inputs()]
    floor = data.solver.floor
    return Amount(floor(end.above) - floor(start.above), None, _lacks(data, amounts))


def _days_late(data: Unknowns, operator: dates.DaysLate, source: str) -> Amount | None:
    moved = operator.if_holiday == dates.MOVES or operator.count != dates.CALENDAR
    if moved or (operator.if_not_done is None and not _done(data, source, operator.done)):
        return None
    solver = data.solver
    due, done = data.amount(operator.due, source), data.amount(operator.done, source)
    if operator.if_not_done is not None:
        undone = solver.every((solver.no(done.absent), done.above == solver.number(UNDONE)))
        done = chosen(data, undone, data.amount(operator.if_not_done, source), done)
    day, last = solver.floor(done.above), solver.floor(due.above)
    if operator.due_day == dates.LATE:
        last = last - solver.number(1)
    hour = solver.every((due.above > solver.floor(due.above), done.above > due.above))
    late = solver.pick(solver.every((day == last, hour)), solver.number(1), solver.number(0))
    days = solver.pick(solver.compare(day, ABOVE, last), day - last, late)
    return Amount(days, None, _lacks(data, [due, done]))


FORMULAS: dict[type, Callable[[Any, Any, str], Amount | None]] = {
    base.Literal: lambda data, each, source: literal(data, each.number),
    base.GroupOf: lambda data, each, source: literal(data, data.reach.group),
    base.AsOfDay: _as_of_day,
    arithmetic.Sum: _sum,
    arithmetic.Difference: _difference,
    arithmetic.Product: _product,
    arithmetic.Ratio: _ratio,
    arithmetic.Absolute: _absolute,
    arithmetic.Mean: _mean,
    arithmetic.Extreme: _extreme,
    arithmetic.Clamp: _clamp,
    arithmetic.Rounded: _rounded,
    arithmetic.First: _first,
    arithmetic.Lookup: _lookup,
    lists.CountConditions: _count,
    dates.Days: _days,
    dates.DaysLate: _days_late,
}
"""The term of each kind of operator, from those of its operands. What is not here has none."""
