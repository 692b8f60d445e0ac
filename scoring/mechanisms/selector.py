"""`bands` 分档 and `cases` 按情形: one row holds, and its award counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.canonical import Shared
from scoring.condition import MISSING, NOT_APPLICABLE, UNKNOWN_MISSING, UNKNOWN_NOT_APPLICABLE, Decision
from scoring.method import Award, Marks, Mechanism
from scoring.operators.base import Literal
from scoring.scope import Expression, Scope, Trace


@dataclass(frozen=True, slots=True)
class Row:
    """One 档次: its award, the bounds it is read by, and the row with the next better award, if any."""

    award: Mechanism
    bounds: tuple[tuple[str, Expression], ...] = ()
    better: int | None = None

    def shown(self, scope: Scope) -> Trace:
        return {name: bound.kind.say(bound.value(scope)) for name, bound in self.bounds}

    def fixed(self) -> bool:
        """Whether nothing but numbers written in the rule stands in it."""
        return all(isinstance(each, Literal) for each in (*self.award.inputs(), *(bound for _, bound in self.bounds)))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of which exactly one holds; which one, the rules engine says.

    `bands` speak of one measure and exclude one another; `cases` are tried in order.
    """

    key: str
    decision: Decision
    rows: tuple[Row, ...]

    def award(self, scope: Scope, marks: Marks) -> Award:
        answer = scope.answer(self.decision)
        if answer < 0:
            absent = {UNKNOWN_MISSING: MISSING, UNKNOWN_NOT_APPLICABLE: NOT_APPLICABLE}.get(answer)
            if absent is None:
                return Award(0, {"by": self.key, "row": None}, absent=MISSING)
            return Award(0, {"by": self.key}, absent=absent)
        known = scope.horizon.awards.get((self.decision, answer))
        return known or self.given(answer, scope, marks)

    def given(self, answer: int, scope: Scope, marks: Marks) -> Award:
        """What a row gives; where it rests on nothing but numbers of the rule, the same for all, and made once."""
        row = self.rows[answer]
        given = row.award.award(scope, marks)
        working: Trace = {"by": self.key, "row": answer, "bounds": row.shown(scope), "award": given.working}
        miss = given.miss
        if miss is None and row.better is not None:
            better = self.rows[row.better]
            miss = {"row": row.better, "bounds": better.shown(scope)}
        found = Award(given.points, working, miss, given.absent, given.unanswered)
        if self.same_for_all(answer):
            shared = Award(given.points, Shared(working), miss and Shared(miss), given.absent, given.unanswered)
            scope.horizon.awards[self.decision, answer] = found = shared
        return found

    def same_for_all(self, answer: int) -> bool:
        """Whether a row gives the same to everybody, and names the same better row."""
        row = self.rows[answer]
        return row.fixed() and (row.better is None or self.rows[row.better].fixed())

    def decisions(self) -> Iterator[Decision]:
        yield self.decision
        for row in self.rows:
            yield from row.award.decisions()

    def inputs(self) -> Iterator[Expression]:
        yield from self.decision.reads
        for row in self.rows:
            yield from row.award.inputs()
