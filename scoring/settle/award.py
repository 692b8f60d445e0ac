"""Awards a criterion: whether it applies, whether an exception holds, what its mechanism gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring import assessment as ledger
from scoring.condition import MISSING, NO_ROW, NOT_APPLICABLE, UNKNOWN_MISSING, Absent
from scoring.method import DEDUCTION, FULL, HOLD, REBASE, REWEIGHT, Award, Node
from scoring.operators.base import trace
from scoring.points import Rational
from scoring.scope import Expression, Scope, Trace
from scoring.settle.outcome import Line, Outcome, kind_in, said_by, stage_in
from scoring.submission import EXEMPT, Ruling


@dataclass(slots=True)
class Awarder:
    """Awards criteria of one department.

    By address, `data` names the given facts each node rests on, and `lost` says what silence costs in a deduction.
    """

    scope: Scope
    missing_treatment: str
    rulings: tuple[Ruling, ...]
    data: Mapping[str, tuple[str, ...]]
    lost: Mapping[str, Rational]

    def settled(self, node: Node, block: str) -> Outcome | None:
        """The outcome where exemption, 不适用 or an exception settles it; None where the rule itself is asked."""
        for ruling in self.rulings:
            if ruling.kind == EXEMPT and node.code and ruling.code == node.code:
                return self.apply(node, ruling.treatment, {"rule": node.address, "ruling": said_by(ruling)})
        treatment = node.not_applicable
        if treatment is not None and treatment.decision is not None:
            answer = self.scope.answer(treatment.decision)
            if answer >= 0:
                address = f"{node.address}/not_applicable/{answer}"
                because = self.reads(treatment.decision.reads)
                return self.apply(node, treatment.treatments[answer], {"rule": address, "because": because})
            if answer == UNKNOWN_MISSING:
                return self.missing(node, block, self.basis(node, {"by": "not_applicable"}))
        if node.exceptions is not None:
            answer = self.scope.answer(node.exceptions.decision)
            if answer >= 0:
                return self.exception(node, answer, block)
            if answer != NO_ROW:
                why = MISSING if answer == UNKNOWN_MISSING else NOT_APPLICABLE
                return self.absent(node, why, block, self.basis(node, {"by": "exceptions"}))
        return None

    def leaf(self, node: Node, block: str) -> Outcome:
        """What the mechanism gives."""
        assert node.mechanism is not None
        award = node.mechanism.award(self.scope, node.marks)
        basis = self.basis(node, award.working, award)
        if isinstance(award.absent, Absent):
            return self.absent(node, award.absent, block, basis)
        if award.unanswered and self.missing_treatment == HOLD:
            return self.missing(node, block, basis)
        state = ledger.MISSING if award.unanswered else ledger.SCORED
        return self.one(node, award.points, kind_in(block), stage_in(block), basis, state)

    def exception(self, node: Node, row: int, block: str) -> Outcome:
        """A cliff, a precondition, a special case: its award stands in place of the mechanism's."""
        assert node.exceptions is not None
        award = node.exceptions.awards[row].award(self.scope, node.marks)
        basis = self.basis(node, award.working, award)
        basis["rule"] = f"{node.address}/exceptions/{row}"
        basis["because"] = self.reads(node.exceptions.decision.reads)
        if isinstance(award.absent, Absent):
            return self.absent(node, award.absent, block, basis)
        return self.one(node, award.points, "gate", ledger.GATES, basis, ledger.SCORED)

    def absent(self, node: Node, why: Absent, block: str, basis: Trace) -> Outcome:
        """A node whose measure is missing, or does not apply."""
        if why is MISSING:
            return self.missing(node, block, basis)
        arriving = node.not_applicable.arriving if node.not_applicable is not None else ""
        return self.apply(node, arriving, basis) if arriving else self.stuck(node, basis)

    def missing(self, node: Node, block: str, basis: Trace) -> Outcome:
        """未报: no points by the method's word, or the total held back until it is reported."""
        points = -self.lost.get(node.address, 0) if block == DEDUCTION else 0
        found = self.one(node, points, kind_in(block), stage_in(block), basis, ledger.MISSING)
        if self.missing_treatment == HOLD:
            found.held.append(node.code or node.address)
        return found

    def stuck(self, node: Node, basis: Trace) -> Outcome:
        """Not evaluable: the method does not say what 不适用 means here. The total is held back, never guessed."""
        found = self.one(node, 0, "award", ledger.AWARDS, basis, ledger.NOT_EVALUABLE)
        found.held.append(node.code or node.address)
        return found

    def apply(self, node: Node, treatment: str, basis: Trace) -> Outcome:
        """不适用, by its treatment: full marks, no marks, or out of the table."""
        points = node.worth.top if treatment == FULL else 0
        basis = {**basis, "treatment": treatment}
        found = self.one(node, points, "exemption", ledger.EXEMPTIONS, basis, ledger.NOT_APPLICABLE)
        found.available = node.worth.full or 0
        if treatment in (REWEIGHT, REBASE):
            found.left, found.available = treatment, 0
        return found

    def one(self, node: Node, points: Rational, kind: str, stage: str, basis: Trace, state: str) -> Outcome:
        line = Line(kind, stage, node.code, points, basis, state)
        return Outcome(node, points, node.marks.full or 0, [line], state)

    def basis(self, node: Node, working: Trace, award: Award | None = None) -> Trace:
        found: Trace = {"rule": node.address, "working": working, "data": list(self.data.get(node.address, ()))}
        if node.of is not None:
            found["measure"] = trace(node.of, self.scope)
        if award is not None and award.miss is not None:
            found["miss"] = award.miss
        return found

    def reads(self, expressions: Iterable[Expression]) -> list[Trace]:
        return [trace(each, self.scope) for each in expressions]
