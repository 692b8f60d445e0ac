"""The data of one department as unknowns of the solver, and all that is derived from them, exactly (数据的式子).

What a fact's type, decimals and bounds allow is all that is claimed of it. An amount whose operator has no term here
(lists, statistics over departments, calendars, scores) is free within its span: what is proven with it holds, what is
found with it is looked at once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scoring.check_method.decisions import values_in
from scoring.check_method.formulas import FORMULAS, Amount, Says, literal
from scoring.check_method.reach import Reach
from scoring.check_method.solver import Solver, Term
from scoring.check_method.span import Span
from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    EQUAL,
    All,
    Any_,
    Compare,
    IsNotApplicable,
    IsOneOf,
    Test,
)
from scoring.method import CHOICE, COUNT, DATE, NUMBER, Fact
from scoring.operators.base import Named, RateOf, ScoreOf, SelfScoreOf
from scoring.scope import Expression
from scoring.timeline import UNDONE, whole_day

MINUTES = 24 * 60

Name = tuple[str, str]
"""A fact and the list it belongs to ("" for the department)."""


@dataclass(slots=True)
class Data:
    """The unknowns that were spoken of, and what is claimed of them. `mark` keeps two departments apart."""

    solver: Solver
    reach: Reach
    mark: str = ""
    given: dict[Name, Amount] = field(default_factory=dict)
    free: dict[tuple[Expression, str], Amount] = field(default_factory=dict)
    claims: list[Term] = field(default_factory=list)
    stands_for: dict[Name, tuple[Expression, str]] = field(default_factory=dict)
    """Derived facts whose value is free."""
    _made: dict[tuple[Expression, str], Amount] = field(default_factory=dict)

    def amount(self, expression: Expression, source: str = "") -> Amount:
        """The amount of an expression; `source` is the list inside whose records it stands."""
        key = (expression, source)
        if key not in self._made:
            formula = FORMULAS.get(type(expression))
            if isinstance(expression, Named):
                made = self.named(expression, source)
            else:
                made = None if formula is None else formula(self, expression, source)
            self._made[key] = made = self._free(expression, source) if made is None else made
            if key in self.reach.known:
                self._within(made, self.reach.known[key])
        return self._made[key]

    def named(self, expression: Named, source: str) -> Amount | None:
        """A fact by its name: given, or what it is derived by."""
        fact, home = self.reach.fact(expression.name, source)
        if fact is None:
            return None
        if fact.derived is None:
            return self.datum(fact, home)
        made = self.amount(fact.derived, home)
        if (fact.derived, home) in self.free:
            self.stands_for[(fact.name, home)] = (fact.derived, home)
        return made

    def datum(self, fact: Fact, home: str) -> Amount:
        """The unknown of a given fact."""
        name = (fact.name, home)
        if name not in self.given:
            absent = "不适用" in fact.may_be or bool(fact.not_applicable_if)
            self.given[name] = made = self._unknown(
                "/".join((home, fact.name)), _unit(fact), self.solver.true if absent else self.solver.false
            )
            self._bound(fact, home, made.above)
            for other in self._neighbours(fact, home):
                self.datum(other, home)
        return self.given[name]

    def _unknown(self, name: str, unit: int, absent: Term) -> Amount:
        made = self.solver.whole(name + self.mark) if unit else self.solver.real(name + self.mark)
        value = made / self.solver.number(unit) if unit > 1 else made
        may_be = self.solver.truth(f"{name}不适用{self.mark}") if absent is self.solver.true else absent
        return Amount(value, None, may_be)

    def _bound(self, fact: Fact, home: str, value: Term) -> None:
        """What the data of a fact keep to."""
        solver = self.solver
        if fact.type == COUNT:
            self.claims.append(value >= solver.number(0))
        elif fact.type == CHOICE or fact.choices:
            self.claims += [value >= solver.number(0), value <= solver.number(len(fact.choices) - 1)]
        elif fact.type == DATE:
            self.claims += [value >= solver.number(1), value <= solver.number(UNDONE)]
            if "未完成" not in fact.may_be:
                self.claims.append(value < solver.number(UNDONE))
        for relation, bound in ((AT_LEAST, fact.at_least), (AT_MOST, fact.at_most)):
            if bound is None:
                continue
            limit = self.amount(bound, home)
            held = solver.floor(value) if fact.type == DATE and _by_day(self.reach, bound, home) else value
            kept = self.compared(Amount(held, None, solver.false), relation, limit)
            undone = value == solver.number(UNDONE) if "未完成" in fact.may_be else solver.false
            self.claims.append(solver.some((kept, limit.absent, undone)))

    def _neighbours(self, fact: Fact, home: str) -> Iterator[Fact]:
        """The facts that say of themselves that this one bounds them."""
        facts = self.reach.method.facts[home].fields if home else self.reach.method.facts
        for other in facts.values():
            bounds = (other.at_least, other.at_most)
            if other.given and any(isinstance(each, Named) and each.name == fact.name for each in bounds):
                yield other

    def _free(self, expression: Expression, source: str) -> Amount:
        """An unknown within a span."""
        span = self.reach.span(expression, source)
        absent = self.solver.true if span.not_applicable else self.solver.false
        made = self._unknown(f"自由{len(self.free)}", int(span.whole), absent)
        self.free[(expression, source)] = made
        self._within(made, span)
        return made

    def _within(self, amount: Amount, span: Span) -> None:
        solver = self.solver
        if not span.present:
            self.claims.append(amount.absent)
            return
        if not span.not_applicable:
            self.claims.append(solver.no(amount.absent))
        low, high = (ABOVE if span.open_low else AT_LEAST), (BELOW if span.open_high else AT_MOST)
        for relation, end in ((low, span.low), (high, span.high)):
            if end is not None:
                kept = self.compared(amount, relation, literal(self, end))
                self.claims.append(solver.some((amount.absent, kept)))

    def compared(self, one: Amount, relation: str, other: Amount) -> Term:
        """Whether two amounts that are there stand in a relation."""
        left = one.above if other.below is None else one.above * other.below
        right = other.above if one.below is None else other.above * one.below
        return self.solver.compare(left, relation, right)

    def says(self, test: Test, reads: list[Amount]) -> Says:
        """When a test of some amounts holds, and when it fails."""
        solver = self.solver
        if isinstance(test, (Compare, IsOneOf, IsNotApplicable)):
            left = reads[test.left]
            if isinstance(test, IsNotApplicable):
                return Says(left.absent, solver.no(left.absent))
            absent = left.absent
            if isinstance(test, IsOneOf):
                so = solver.some(self._is(left, state) for state in test.states)
            else:
                right = reads[test.right] if test.right is not None else literal(self, test.bound)
                absent = solver.some((left.absent, right.absent))
                so = self.compared(left, test.relation, right)
            there = solver.no(absent)
            return Says(solver.every((there, so)), solver.every((there, solver.no(so))))
        said = [self.says(part, reads) for part in test.parts]
        holds, fails = [each.holds for each in said], [each.fails for each in said]
        if isinstance(test, All):
            return Says(solver.every(holds), solver.some(fails))
        if isinstance(test, Any_):
            return Says(solver.some(holds), solver.every(fails))
        return Says(solver.every(fails), solver.some(holds))

    def _is(self, amount: Amount, state: int) -> Term:
        return self.compared(amount, EQUAL, literal(self, state))

    def related(self) -> bool:
        """Whether a free amount rests on what another amount rests on too: together they may be impossible."""
        seen = {name for name, _ in self.given}
        for expression, source in self.free:
            own = set(rests_on(self.reach, expression, source))
            if own & seen:
                return True
            seen |= own
        return False


def rests_on(reach: Reach, expression: Expression, source: str) -> Iterator[str]:
    """The names of the facts and lists that an expression is made of."""
    waiting: list[object] = [expression]
    seen: set[str] = set()
    while waiting:
        for value in values_in(waiting.pop()):
            names: Iterable[str] = [str(name) for name in (getattr(value, "source", ""),) if name]
            if isinstance(value, Named):
                names = [value.name]
            elif isinstance(value, (ScoreOf, RateOf, SelfScoreOf)):
                waiting += [node for node in reach.method.nodes() if node.code == value.code and value.code not in seen]
                seen.add(value.code)
            for name in names:
                if name not in seen:
                    seen.add(name)
                    yield name
                    fact, _ = reach.fact(name, source)
                    if fact is not None:
                        waiting += [each for each in (fact.derived, fact.selected) if each is not None]


def _unit(fact: Fact) -> int:
    """Into how many parts a unit of a given fact is divided; 0 where it is any number."""
    if fact.type == COUNT or fact.type == CHOICE or fact.choices:
        return 1
    if fact.type == DATE:
        return MINUTES
    if fact.type == NUMBER and fact.decimals is not None:
        return int(10 ** (fact.decimals + (2 if fact.unit == "%" else 0)))
    return 0


def _by_day(reach: Reach, bound: Expression, home: str) -> bool:
    """Whether a date is held to the day of a bound, the hour left aside."""
    limit = reach.span(bound, home).single
    return limit is None or whole_day(limit)
