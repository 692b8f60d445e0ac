"""Holds data against the bounds that the method declares for them, constants or other data (有效范围)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scoring.condition import Absent, Decision, Value
from scoring.location import Location
from scoring.method import DATE, Fact, Method
from scoring.operators.base import Literal, Named
from scoring.points import Rational
from scoring.reading.dossier import Desk, Dossier
from scoring.reading.layers import Weighed, WeighedRow
from scoring.reading.values import in_tens_of_thousands, in_words
from scoring.scope import Expression, Horizon, Scope
from scoring.timeline import UNDONE, Calendar, day_of, whole_day


class Undecided(LookupError):
    """Raised inside this file only: a bound that rests on a question nobody here can answer."""


def _undecided(decision: Decision, values: tuple[Value, ...]) -> int:
    raise Undecided


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a method: which facts have any, in an order in which a bound is judged before what it bounds."""

    method: Method
    horizon: Horizon
    plain: tuple[str, ...]
    derived: Mapping[str, Expression]

    @staticmethod
    def of(method: Method, horizon: Horizon | None) -> Bounds:
        order: dict[str, None] = {}
        for name in method.facts:
            _visit(method, name, order, set())
        bounded = tuple(name for name in order if _bounded(method.facts[name]))
        derived = {name: fact.derived for name, fact in method.facts.items() if fact.derived is not None}
        return Bounds(method, horizon or Horizon(_undecided, Calendar()), bounded, derived)


def _bounded(fact: Fact) -> bool:
    return fact.given and (fact.at_least is not None or fact.at_most is not None)


def _visit(method: Method, name: str, order: dict[str, None], open_: set[str]) -> None:
    """Depth first: what the bounds of a fact name comes before it. A circle is cut where it closes."""
    fact = method.facts.get(name)
    if fact is None or name in order or name in open_:
        return
    open_.add(name)
    for expression in (fact.at_least, fact.at_most, fact.derived):
        for other in named(expression):
            _visit(method, other, order, open_)
    order[name] = None


def named(expression: Expression | None) -> Iterator[str]:
    """The facts an expression names, itself or in what it is made of."""
    if isinstance(expression, Named):
        yield expression.name
    elif expression is not None:
        for inner in expression.inputs():
            yield from named(inner)


@dataclass(slots=True)
class Holding:
    """The data of one department, held against their bounds; what lies outside loses its place and is said."""

    desk: Desk
    dossier: Dossier
    bounds: Bounds
    facts: dict[str, Weighed]
    lists: dict[str, list[WeighedRow]]
    _scope: Scope | None = field(default=None)

    def hold(self) -> None:
        for name, rows in self.lists.items():
            fields = [each for each in self.bounds.method.facts[name].fields.values() if _bounded(each)]
            for row in rows if fields else ():
                for each in fields:
                    if each.name in row.fields:
                        self.one(row.fields[each.name], name, row)
        for name in self.bounds.plain:
            if name in self.facts:
                self.one(self.facts[name])

    def one(self, weighed: Weighed, name: str = "", row: WeighedRow | None = None) -> None:
        """Take away the highest word as long as it lies outside; a field's record is `row` of the list `name`."""
        while weighed.usable:
            value = weighed.usable[-1].value
            if value is None or isinstance(value, Absent) or (weighed.fact.type == DATE and value == UNDONE):
                return
            outside = next(self.outside(weighed.fact, value, name, row), None)
            if outside is None:
                return
            relation, bound, limit = outside
            self.say(weighed, value, relation, bound, limit)
            weighed.usable.pop()
            self._scope = None

    def outside(
        self, fact: Fact, value: Rational, name: str, row: WeighedRow | None
    ) -> Iterator[tuple[str, Expression, Rational]]:
        """The bounds that the value breaks; one that is not known is not broken."""
        for relation, bound in (("below", fact.at_least), ("above", fact.at_most)):
            limit = None if bound is None else self.limit(bound, name, row)
            if bound is None or limit is None:
                continue
            held = day_of(value) if fact.type == DATE and whole_day(limit) else value
            if held < limit if relation == "below" else held > limit:
                yield relation, bound, limit

    def limit(self, bound: Expression, name: str, row: WeighedRow | None) -> Rational | None:
        if isinstance(bound, Literal):
            return bound.number
        try:
            scope = self.scope()
            value = bound.value(scope if row is None else self.record(name, row, scope))
        except LookupError:
            return None
        return None if isinstance(value, Absent) else value

    def say(self, weighed: Weighed, value: Rational, relation: str, bound: Expression, limit: Rational) -> None:
        word, name = weighed.usable[-1], bound.name if isinstance(bound, Named) else ""
        other = self.facts.get(name)
        meant = in_tens_of_thousands(weighed.fact, value, limit) if relation == "above" else ""
        if weighed.fact.type == DATE:
            relation = {"above": "late", "below": "early"}[relation]
        place = word.place(self.dossier.department.name, weighed.label)
        self.desk.add(
            "K312",
            place,
            self.dossier,
            _place_of(other),
            name=weighed.label,
            text=in_words(weighed.fact, value),
            relation=relation,
            limit=in_words(weighed.fact, limit),
            limit_name=name,
            meant=meant,
        )

    def scope(self) -> Scope:
        """What a bound can see: the department's data as they count so far."""
        if self._scope is None:
            department = self.dossier.department
            method = self.bounds.method
            self._scope = Scope(
                self.bounds.horizon,
                department.code,
                method.group_number(department.group),
                {name: weighed.value for name, weighed in self.facts.items()},
                self.bounds.derived,
                selected={name: fact.selected for name, fact in method.facts.items() if fact.selected is not None},
            )
            for name, rows in self.lists.items():
                self._scope.lists[name] = tuple(self.record(name, each, self._scope) for each in rows)
        return self._scope

    def record(self, name: str, row: WeighedRow, up: Scope) -> Scope:
        fields = self.bounds.method.facts[name].fields
        return Scope(
            up.horizon,
            up.department,
            up.group,
            {each: weighed.value for each, weighed in row.fields.items()},
            {each: fact.derived for each, fact in fields.items() if fact.derived is not None},
            texts={each: word.text for each, word in row.texts.items()},
            key=row.key,
            up=up,
        )


def _place_of(weighed: Weighed | None) -> Location | None:
    return weighed.usable[-1].place(weighed.label) if weighed is not None and weighed.usable else None
