"""`points` 得分 and `deduct` 扣分: a fixed number, a share of the marks, or a fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.condition import Absent, Decision
from scoring.method import Award, Marks
from scoring.scope import Expression, Scope, Trace


@dataclass(frozen=True, slots=True)
class Points:
    """So many points. With `deducted`, they are taken from the top of the node's range."""

    amount: Expression
    deducted: bool = False
    key: str = "points"

    def award(self, scope: Scope, marks: Marks) -> Award:
        value = self.amount.value(scope)
        if isinstance(value, Absent):
            return Award(0, {"by": self.key}, absent=value)
        working: Trace = {"by": self.key, "points": self.amount.kind.say(value)}
        name = self.amount.working(scope)
        if "literal" not in name:
            working["from"] = name
        if self.deducted:
            working = {"by": "deduct", "deducted": working["points"], "top": self.amount.kind.say(marks.top)}
            return Award(marks.top - value, working)
        return Award(value, working)

    def decisions(self) -> Iterator[Decision]:
        return iter(())

    def inputs(self) -> Iterator[Expression]:
        yield self.amount
