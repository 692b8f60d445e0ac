"""What every expression is made of: literals and references; and how absence travels through arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.canonical import quoted, told
from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Value
from scoring.points import Rational, exact
from scoring.scope import Expression, Kind, Scope, Trace
from scoring.timeline import day_of, whole_day

NUMBER = Kind()


def absence(values: Iterable[Value]) -> Absent | None:
    """未报 wherever one value is missing, else 不适用 where one does not apply, else None."""
    found: Absent | None = None
    for value in values:
        if value is MISSING:
            return MISSING
        if value is NOT_APPLICABLE:
            found = NOT_APPLICABLE
    return found


def present(value: Value) -> Rational:
    """The number, where absence has already been settled."""
    assert not isinstance(value, Absent)
    return value


def trace(expression: Expression, scope: Scope) -> Trace:
    """An operand as a working shows it: its name or its own working, and its value."""
    if isinstance(expression, Named):
        return {"fact": expression.name, "value": scope.say(expression.name, expression.kind)}
    shown = expression.working(scope)
    unit = {"unit": expression.kind.unit} if "operator" in shown and expression.kind.unit else {}
    return {**shown, "value": expression.kind.say(expression.value(scope)), **unit}


def traced(expression: Expression, scope: Scope) -> str:
    """The same in canonical form."""
    if isinstance(expression, Named):
        return f'{{"fact":{quoted(expression.name)},"value":{quoted(scope.say(expression.name, expression.kind))}}}'
    return told(trace(expression, scope))


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, date or state written in the rule."""

    number: Rational
    kind: Kind = NUMBER

    def value(self, scope: Scope) -> Value:
        return self.number

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def working(self, scope: Scope) -> Trace:
        return {"literal": self.kind.say(self.number)}


@dataclass(frozen=True, slots=True)
class Named:
    """A fact of the department or a field of the record, by its name."""

    name: str
    kind: Kind = NUMBER

    def value(self, scope: Scope) -> Value:
        try:
            return scope.values[self.name]
        except KeyError:
            return scope.fact(self.name)

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def working(self, scope: Scope) -> Trace:
        return {"fact": self.name}


@dataclass(frozen=True, slots=True)
class ScoreOf:
    """The points of another node (某项得分)."""

    code: str
    kind: Kind = Kind(unit="分")

    def value(self, scope: Scope) -> Value:
        return scope.score(self.code)

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def working(self, scope: Scope) -> Trace:
        return {"score_of": self.code}


@dataclass(frozen=True, slots=True)
class RateOf:
    """The points of another node as a share of the marks that count for this department (得分率)."""

    code: str
    kind: Kind = Kind(unit="%")

    def value(self, scope: Scope) -> Value:
        return scope.rate(self.code)

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def working(self, scope: Scope) -> Trace:
        return {"rate_of": self.code}


@dataclass(frozen=True, slots=True)
class SelfScoreOf:
    """What the department gave itself for a node (自评得分); with `excess`, by how much that is above its points."""

    code: str
    excess: bool = False
    kind: Kind = Kind(unit="分")

    def value(self, scope: Scope) -> Value:
        told = scope.self_score(self.code)
        if not self.excess or isinstance(told, Absent):
            return told
        points = scope.score(self.code)
        return points if isinstance(points, Absent) else exact(told - points)

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def working(self, scope: Scope) -> Trace:
        return {"self_excess_of" if self.excess else "self_score_of": self.code}


@dataclass(frozen=True, slots=True)
class GroupOf:
    """The number of the department's group, in the method's order of groups."""

    kind: Kind = NUMBER

    def value(self, scope: Scope) -> Value:
        return scope.group

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def working(self, scope: Scope) -> Trace:
        return {"group": self.kind.say(scope.group)}


@dataclass(frozen=True, slots=True)
class EvidenceFor:
    """1 where evidence (佐证) is attached to the fact, else 0; the empty name asks for this record's own."""

    name: str
    kind: Kind = Kind("选项", "", ("无", "有"))

    def value(self, scope: Scope) -> Value:
        return int(scope.proven(self.name))

    def inputs(self) -> tuple[Expression, ...]:
        return (Named(self.name),) if self.name else ()

    def working(self, scope: Scope) -> Trace:
        return {"evidence_for": self.name or "本条"}


@dataclass(frozen=True, slots=True)
class AsOfDay:
    """A date to compare with another: its whole day where the other was given without an hour.

    "Not later than 31 March" is kept at 17:00 on that day; "not later than 31 March 16:00" is not.
    """

    of: Expression
    against: Expression
    kind: Kind = Kind("日期")

    def value(self, scope: Scope) -> Value:
        moment, other = self.of.value(scope), self.against.value(scope)
        if isinstance(moment, Absent) or isinstance(other, Absent) or not whole_day(other):
            return moment
        return day_of(moment)

    def inputs(self) -> tuple[Expression, ...]:
        return (self.of, self.against)

    def working(self, scope: Scope) -> Trace:
        return self.of.working(scope)
