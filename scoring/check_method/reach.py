"""How far values reach: the span of every fact and expression, from what the method says of its data (取值范围)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from scoring.check_method.operations import SPANS
from scoring.check_method.span import ANY, Span, meet
from scoring.method import CHOICE, COUNT, DATE, Fact, Method
from scoring.operators.base import Literal, Named
from scoring.scope import Expression
from scoring.timeline import UNDONE

Known: TypeAlias = Mapping[tuple[Expression, str], Span]
"""What is known of expressions in a situation, by expression and the list whose records are meant ("" for none)."""


def _any_score(_: str) -> Span:
    return ANY


def _any_fact(_: Expression, __: str) -> Span:
    return ANY


@dataclass(slots=True)
class Reach:
    """The spans of one group's data; `known` narrows them to a situation.

    `scores`, `rates` and `scored` are asked for the points of a node, its rate, and a fact that is a score.
    `silent` tells whether data may be missing, which then earn what the method says of 未报.
    """

    method: Method
    group: int
    silent: bool = False
    known: Known = field(default_factory=dict)
    scores: Callable[[str], Span] = _any_score
    rates: Callable[[str], Span] = _any_score
    scored: Callable[[Expression, str], Span] = _any_fact
    undecided: set[str] = field(default_factory=set)
    """Addresses of decisions of which even the solver could not tell everything."""
    _spans: dict[tuple[Expression, str], Span] = field(default_factory=dict)
    _open: set[tuple[str, str]] = field(default_factory=set)

    def under(self, known: Known) -> Reach:
        """The same in a situation of which more is known."""
        if not known:
            return self
        known = {**self.known, **known}
        return Reach(self.method, self.group, self.silent, known, self.scores, self.rates, self.scored, self.undecided)

    def span(self, expression: Expression, source: str = "") -> Span:
        """The span of an expression; `source` is the list inside whose records it stands."""
        key = (expression, source)
        found = self._spans.get(key)
        if found is None:
            found = SPANS.get(type(expression), self._of_score)(self, expression, source)
            if key in self.known:
                found = meet(found, self.known[key])
            self._spans[key] = found
        return found

    def _of_score(self, _: Reach, expression: Expression, source: str) -> Span:
        return self.scored(expression, source)

    def fact(self, name: str, source: str) -> tuple[Fact | None, str]:
        """The fact a name stands for inside a list, and the list that it belongs to."""
        fields = self.method.facts[source].fields if source in self.method.facts else {}
        if name in fields:
            return fields[name], source
        return self.method.facts.get(name), ""

    def definition(self, expression: Expression, source: str = "") -> Expression:
        """What a name stands for, where it stands for something derived."""
        if isinstance(expression, Named):
            fact, home = self.fact(expression.name, source)
            if fact is not None and fact.derived is not None:
                return self.definition(fact.derived, home)
        return expression

    def named(self, name: str, source: str) -> Span:
        """The span of a fact by its name."""
        fact, home = self.fact(name, source)
        if fact is None:
            return ANY
        if fact.derived is not None:
            return self.span(fact.derived, home)
        return self.given(fact, home)

    def given(self, fact: Fact, home: str) -> Span:
        """What data may say of a fact: what its type allows, within its bounds."""
        found = natural(fact)
        key = (fact.name, home)
        if key not in self._open:  # two facts may bound each other
            self._open.add(key)
            if fact.at_least is not None and self._binds(fact.at_least, home):
                found = meet(found, Span(self.span(fact.at_least, home).low))
            if fact.at_most is not None and self._binds(fact.at_most, home):
                found = meet(found, Span(None, self.span(fact.at_most, home).high))
            self._open.discard(key)
        if "未完成" in fact.may_be and found.high is not None:
            found = Span(found.low, UNDONE)
        return found.absent("不适用" in fact.may_be or bool(fact.not_applicable_if))

    def _binds(self, bound: Expression, home: str) -> bool:
        """Whether a bound always holds: a fact that has no value bounds nothing."""
        return isinstance(bound, Literal) or not (self.silent or self.span(bound, home).not_applicable)

    def at_most(self, one: Expression, other: Expression, source: str) -> bool:
        """Whether the data keep `one` from exceeding `other` where both have values: a bound says so, or several do
        that lie between facts that always have one."""
        if not isinstance(one, Named) or not isinstance(other, Named):
            return False
        seen: set[str] = set()
        waiting = [one.name]
        while waiting:
            name = waiting.pop()
            if name == other.name:
                return True
            if name not in seen:
                seen.add(name)
                if name == one.name or self._binds(Named(name), source):
                    waiting += self._bounding(name, source)
        return False

    def _bounding(self, name: str, source: str) -> list[str]:
        """The facts that are never below a fact."""
        fact, home = self.fact(name, source)
        found = [fact.at_most.name] if fact is not None and isinstance(fact.at_most, Named) else []
        facts = self.method.facts[home].fields if home else self.method.facts
        for each in facts.values():
            if isinstance(each.at_least, Named) and each.at_least.name == name:
                found.append(each.name)
        return found


def natural(fact: Fact) -> Span:
    """What a fact's type by itself allows."""
    if fact.type == COUNT:
        return Span(0, whole=True)
    if fact.type == CHOICE or fact.choices:
        return Span(0, len(fact.choices) - 1, whole=True)
    if fact.type == DATE:
        return Span()
    return ANY
