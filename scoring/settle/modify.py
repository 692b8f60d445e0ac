"""The modifiers that follow every mechanism, in one order for all: 佐证、系数、折算为、封顶保底、改判、取位."""

from __future__ import annotations

from dataclasses import dataclass, field

from scoring import assessment as ledger
from scoring.condition import MISSING, Absent
from scoring.method import AWARD, BONUS, DEDUCTION, HOLD, Method, Node, Rounding
from scoring.operators.base import trace
from scoring.points import divide, exact, plain, rounded
from scoring.scope import Scope, Trace
from scoring.settle.outcome import Line, Outcome, cap_stage_in, said_by
from scoring.submission import ADJUST, Ruling


@dataclass(slots=True)
class Modifier:
    """Applies a node's modifiers to its outcome.

    By address, `proof` names the facts whose evidence a node demands, and `carried` holds the outcomes of those on
    which the marks of others were laid.
    """

    method: Method
    scope: Scope
    rulings: tuple[Ruling, ...]
    proof: dict[str, tuple[str, ...]]
    carried: dict[str, Outcome] = field(default_factory=dict)

    def all(self, node: Node, outcome: Outcome, block: str) -> None:
        """Everything between the mechanism and the parent."""
        if outcome.state != ledger.NOT_APPLICABLE and not outcome.held:
            if node.evidence:
                self.evidence(node, outcome)
            if node.times is not None:
                self.times(node, outcome)
            if node.convert_to is not None:
                self.convert(node, outcome)
            if node.cap is not None or node.floor is not None or node.marks.kind != AWARD:
                self.bound(node, outcome, block)
        if self.rulings:
            self.override(node, outcome)
        self.round(node, outcome)

    def evidence(self, node: Node, outcome: Outcome) -> None:
        """No proof, no points (须有佐证)."""
        if not node.evidence or outcome.value <= 0:
            return
        names = self.proof.get(node.address, ())
        unproven = [name for name in names if not self.scope.proven(name)]
        if unproven or not names:
            working: Trace = {"by": "evidence", "value": plain(outcome.value), "unproven": unproven}
            basis: Trace = {"rule": f"{node.address}/evidence", "working": working}
            outcome.change(0, "gate", ledger.GATES, basis)

    def times(self, node: Node, outcome: Outcome) -> None:
        """系数: what it multiplies by is a fact."""
        if node.times is None:
            return
        factor = node.times.value(self.scope)
        basis: Trace = {"rule": f"{node.address}/times", "measure": trace(node.times, self.scope)}
        if factor is MISSING:
            outcome.state = ledger.MISSING
            if self.method.missing == HOLD:
                outcome.held.append(node.code or node.address)
                return
            factor = 0
        if isinstance(factor, Absent):
            return
        basis["working"] = {"by": "times", "value": plain(outcome.value), "factor": plain(factor)}
        outcome.change(exact(outcome.value * factor), "coefficient", ledger.COEFFICIENTS, basis)

    def convert(self, node: Node, outcome: Outcome) -> None:
        """折算为: the marks of the table become these marks."""
        marks = outcome.available or node.marks.full
        if node.convert_to is None or not marks:
            return
        basis: Trace = {
            "rule": f"{node.address}/convert_to",
            "working": {
                "by": "convert_to",
                "value": plain(outcome.value),
                "of": plain(marks),
                "to": plain(node.convert_to),
            },
        }
        outcome.change(divide(outcome.value * node.convert_to, marks), "conversion", ledger.SCALING, basis)
        outcome.available = node.convert_to

    def bound(self, node: Node, outcome: Outcome, block: str) -> None:
        """封顶 and 保底. Bonus and deduction blocks are bounded by their own marks."""
        marks, cap, floor = node.marks, node.cap, node.floor
        if marks.full is not None and marks.kind == BONUS and cap is None:
            cap = marks.full
        if marks.full is not None and marks.kind == DEDUCTION and floor is None:
            floor = marks.bottom
        if cap is None and floor is None:
            return
        if floor is not None and outcome.state == ledger.MISSING:
            floor = min(floor, 0)  # 保底 is for those who answered
        stage = cap_stage_in(block, node, node is self.method.root)
        for kind, bound, beyond in (
            ("cap", cap, cap is not None and outcome.value > cap),
            ("floor", floor, floor is not None and outcome.value < floor),
        ):
            if beyond and bound is not None:
                working = {"by": kind, "value": plain(outcome.value), kind: plain(bound)}
                basis: Trace = {"rule": f"{node.address}/{kind}", "working": working}
                outcome.change(bound, kind, stage, basis)

    def override(self, node: Node, outcome: Outcome) -> None:
        """A person's number in place of the rule's: by review, by appeal, by the leaders; the last one counts."""
        for ruling in self.rulings:
            if ruling.kind != ADJUST or not node.code or ruling.code != node.code or ruling.points is None:
                continue
            basis: Trace = {
                "rule": node.address,
                "ruling": said_by(ruling),
                "working": {"by": "override", "value": plain(outcome.value), "points": plain(ruling.points)},
            }
            points = exact(ruling.points - outcome.value)
            line = Line("override", ledger.OVERRIDES, node.code, points, basis, ledger.OVERRIDDEN)
            line.reads = tuple(outcome.lines)
            outcome.lines.append(line)
            outcome.value, outcome.state = ruling.points, ledger.OVERRIDDEN
            outcome.held.clear()
            if outcome.left:  # whoever gives it points puts it back in the table
                outcome.left, outcome.available = "", node.worth.full or 0

    def round(self, node: Node, outcome: Outcome, stage: str = "") -> None:
        """The node's own rounding, or the method's for every node with a code."""
        rounding = node.rounding or (self.method.award_rounding if node.code else None)
        if rounding is None or outcome.held:
            return
        value = rounded(outcome.value, rounding.decimals, rounding.mode)
        if value is outcome.value or value == outcome.value:
            return
        address = f"{node.address}/rounding" if node.rounding else "method/rounding"
        last = outcome.lines[-1].stage if outcome.lines else ledger.AWARDS
        basis = {"rule": address, "working": rounding_working(outcome, rounding)}
        outcome.change(value, "rounding", stage or last, basis, target=True)


def rounding_working(outcome: Outcome, rounding: Rounding) -> Trace:
    return {
        "by": "rounding",
        "value": plain(outcome.value),
        "decimals": rounding.decimals,
        "mode": rounding.mode,
    }
