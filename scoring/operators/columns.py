"""What operators read of every record of a list: a column of values, of amounts, of answers to a question.

Several operators look at the same list, often in the same way (已评估项目占比 of all projects, of new ones, of large
ones). A column is made once a department, and a question that two rules put in the same words is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from itertools import compress
from math import lcm
from typing import NamedTuple, TypeVar

from scoring.condition import MISSING, Absent, Decision, Value
from scoring.operators.base import Named
from scoring.points import Rational, total
from scoring.scope import Expression, Horizon, Scope

Operator = TypeVar("Operator")
Made = TypeVar("Made")


def once(make: Callable[[Operator, Scope], Made]) -> Callable[[Operator, Scope], Made]:
    """What an operator makes of a scope, made once: its value rests on it, and its working shows it."""

    @wraps(make)
    def made(operator: Operator, scope: Scope) -> Made:
        try:
            found: Made = scope.made[id(operator)]
        except KeyError:
            found = scope.made[id(operator)] = make(operator, scope)
        return found

    return made


def column(records: tuple[Scope, ...], expression: Expression) -> list[Value]:
    """The value of an expression for each of many records; mostly it is a field."""
    if isinstance(expression, Named):
        name = expression.name
        try:
            return [record.values[name] for record in records]
        except KeyError:  # a field that is derived, or that somebody left out
            pass
    return [expression.value(record) for record in records]


def answers(records: tuple[Scope, ...], decision: Decision) -> list[int]:
    """How a decision comes out for each of many records."""
    if not records:
        return []
    reads, horizon = decision.reads, records[0].horizon
    if len(reads) != 1 or horizon.match_each is None:
        return [record.answer(decision) for record in records]
    return horizon.match_each(decision, column(records, reads[0]))


def answers_in(scope: Scope, source: str, records: tuple[Scope, ...], decision: Decision) -> list[int]:
    """The same for all records of a list, whichever rule asks first."""
    horizon = scope.horizon
    if horizon.match_each is None:  # somebody listens to each question
        return answers(records, decision)
    same = horizon.alike.get(decision) or _alike(horizon, decision)
    key = source, id(same)
    found: list[int] | None = scope.made.get(key)
    if found is None:
        found = scope.made[key] = answers(records, same)
    return found


def _alike(horizon: Horizon, decision: Decision) -> Decision:
    """The first decision met that asks the same of the same reads, wherever in the method it stands."""
    question = decision.reads, decision.kinds, decision.rows, decision.ordered
    same = horizon.alike[decision] = horizon.questions.setdefault(question, decision)
    return same


class Amounts(NamedTuple):
    """What is added up of a list: the values, and as whole numbers of a common part, where all are there."""

    values: list[Value]
    sizes: list[int] | None
    part: int

    def among(self, taken: list[bool]) -> Value:
        """The sum of those that are taken; 不适用 counts for nothing, 未报 leaves it open."""
        values = list(compress(self.values, taken))
        return MISSING if MISSING in values else total([each for each in values if not isinstance(each, Absent)])


def amounts_in(scope: Scope, source: str, records: tuple[Scope, ...], by: Expression) -> Amounts:
    """The amounts of all records of a list."""
    key: Hashable = (source, by.name, "") if isinstance(by, Named) else (source, id(by), "")
    found: Amounts | None = scope.made.get(key)
    if found is None:
        found = scope.made[key] = _amounts(column(records, by))
    return found


def _amounts(values: list[Value]) -> Amounts:
    numbers: list[Rational] = [value for value in values if not isinstance(value, Absent)]
    if len(numbers) < len(values):
        return Amounts(values, None, 1)
    pairs = [value.as_integer_ratio() for value in numbers]
    part = lcm(*{below for _, below in pairs})
    return Amounts(values, [above * (part // below) for above, below in pairs], part)
