"""What the solver found, tried out: the rule itself is asked with plain values, as in scoring (以实际数值复核).

The solver is believed where it says that there is nothing. Where it shows something, that is shown to nobody before the
ordinary evaluation of the same data has come out the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scoring.check_method.data import MINUTES, Data, Name
from scoring.check_method.reach import Reach
from scoring.check_method.solver import Model, Term
from scoring.check_method.span import Span
from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Value
from scoring.engine.plain_matcher import PlainMatcher
from scoring.method import DATE, Fact
from scoring.operators.base import RateOf, ScoreOf
from scoring.points import Rational, decimals_of, rounded
from scoring.scope import Expression, Horizon, Scope
from scoring.timeline import UNDONE, Calendar, day_of, whole_day

Free = tuple[Expression, str]


@dataclass(frozen=True, slots=True)
class Case:
    """Plain values for all that was unknown: given facts, and what was taken as free."""

    given: Mapping[Name, Value]
    free: Mapping[Free, Value]


def case_of(data: Data, model: Model) -> Case | None:
    """The values of a model; None where one of them cannot be written."""

    def value(above: Term, absent: Term) -> Value:
        found = NOT_APPLICABLE if model.holds(absent) else model.number(above)
        return MISSING if found is None else found

    given = {name: value(each.above, each.absent) for name, each in data.given.items()}
    free = {key: value(each.above, each.absent) for key, each in data.free.items()}
    return None if MISSING in (*given.values(), *free.values()) else Case(given, free)


@dataclass(slots=True)
class Trial:
    """One department's data, and what the method makes of them. `source` is the list whose record is asked."""

    data: Data
    source: str = ""

    @property
    def reach(self) -> Reach:
        return self.data.reach

    def scope(self, case: Case, source: str | None = None) -> Scope:
        """The department, or the record of the list."""
        source = self.source if source is None else source
        facts = self.reach.method.facts
        known: dict[str, Value] = {name: value for (name, home), value in case.given.items() if home == source}
        for (name, home), key in self.data.stands_for.items():
            if home == source:
                known[name] = case.free[key]
        fields = facts[source].fields if source else facts
        derived = {fact.name: fact.derived for fact in fields.values() if fact.derived is not None}
        up = self.scope(case, "") if source else None
        matcher = PlainMatcher()
        found = Scope(Horizon(matcher.match, Calendar()), "", self.reach.group, known, derived, up=up)
        if up is None:
            found.score_of = _asked(case, ScoreOf)
            found.rate_of = _asked(case, RateOf)
        return found

    def values(self, case: Case, reads: tuple[Expression, ...]) -> list[Value]:
        """What a decision reads."""
        scope = self.scope(case)
        return [self._value(case, each, scope) for each in reads]

    def _value(self, case: Case, read: Expression, scope: Scope) -> Value:
        free = case.free.get((read, self.source))
        return free if free is not None else read.value(scope)

    def tidied(self, case: Case, so: Callable[[Case], bool]) -> Case | None:
        """The same with rounder values where it comes out the same way; None where the case itself does not."""
        if not self.allowed(case) or not so(case):
            return None
        for name, value in case.given.items():
            for near in rounder(value, self._rate(name)):
                other = Case({**case.given, name: near}, case.free)
                if self.allowed(other) and so(other):
                    case = other
                    break
        for key, value in case.free.items():
            for near in rounder(value, key[0].kind.unit == "%"):
                other = Case(case.given, {**case.free, key: near})
                if self.allowed(other) and so(other):
                    case = other
                    break
        return case

    def _rate(self, name: Name) -> bool:
        fact = self._fact(name)
        return fact.unit == "%"

    def _fact(self, name: Name) -> Fact:
        fact, _ = self.reach.fact(*name)
        assert fact is not None
        return fact

    def allowed(self, case: Case) -> bool:
        """Whether data may say so: types, decimals and bounds, and the spans of what is free."""
        for key, value in case.free.items():
            span = self.reach.span(*key)
            if not _within(span, value):
                return False
        return all(self._allows(case, name, value) for name, value in case.given.items())

    def _allows(self, case: Case, name: Name, value: Value) -> bool:
        fact, home = self._fact(name), name[1]
        if not _within(self.reach.given(fact, home), value):
            return False
        if isinstance(value, Absent):
            return True
        if fact.type == DATE:
            return (value * MINUTES).denominator == 1 and self._bounded(case, fact, home, value)
        places = decimals_of(value)
        most = None if fact.decimals is None else fact.decimals + (2 if fact.unit == "%" else 0)
        return (most is None or (places is not None and places <= most)) and self._bounded(case, fact, home, value)

    def _bounded(self, case: Case, fact: Fact, home: str, value: Rational) -> bool:
        if value == UNDONE:
            return "未完成" in fact.may_be
        scope = self.scope(case, home)
        for bound, sign in ((fact.at_least, 1), (fact.at_most, -1)):
            limit = None if bound is None else bound.value(scope)
            if limit is None or isinstance(limit, Absent):
                continue
            held = day_of(value) if fact.type == DATE and whole_day(limit) else value
            if (held - limit) * sign < 0:
                return False
        return True


def _within(span: Span, value: Value) -> bool:
    if isinstance(value, Absent):
        return span.not_applicable
    return span.holds(value) and (not span.whole or value.denominator == 1)


def _asked(case: Case, kind: type[ScoreOf | RateOf]) -> Callable[[str], Value]:
    known = {each.code: value for (each, _), value in case.free.items() if isinstance(each, kind)}
    return lambda code: known.get(code, MISSING)


def rounder(value: Value, rate: bool) -> Iterator[Rational]:
    """Numbers near a value with fewer decimals than it has, the roundest first."""
    if isinstance(value, Absent):
        return
    for places in range(2, 5) if rate else range(3):
        near = rounded(value, places)
        if near != value:
            yield near
