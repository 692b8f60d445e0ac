"""What a node came to for one department, and the lines of the ledger that say why."""

from __future__ import annotations

from dataclasses import dataclass, field

from scoring import assessment as ledger
from scoring.assessment import Entry
from scoring.canonical import Shared
from scoring.method import BONUS, DEDUCTION, Node
from scoring.points import Rational, difference, exact
from scoring.scope import Trace
from scoring.submission import Ruling


@dataclass(slots=True)
class Line:
    """An entry in the making: exact points, not yet written to the method's decimals.

    `reads` are the lines it was computed from; `target` is set on a rounding: what they add up to with it. `units` are
    its points as they are written, in units of the last decimal. A line that stands in other ledgers too comes to the
    same `entry` there as here.
    """

    kind: str
    stage: str
    criterion: str
    points: Rational
    basis: Trace
    state: str = ledger.SCORED
    target: Rational | None = None
    reads: tuple[Line, ...] = ()
    units: int | None = None
    entry: Entry | None = None


@dataclass(slots=True)
class Outcome:
    """The points of a node, with the lines that add up to them.

    `available` are the marks that count for this department; `left` says by which treatment the node left the
    table (分摊, 折算), if it did; `held` names what holds the total back, and `told` what
    scorecards say of it. Many departments may share it: whoever goes on with it copies it before.
    """

    node: Node
    value: Rational
    available: Rational
    lines: list[Line]
    state: str = ledger.SCORED
    left: str = ""
    held: list[str] = field(default_factory=list)
    told: Shared | None = None

    def change(self, value: Rational, kind: str, stage: str, basis: Trace, *, target: bool = False) -> None:
        """Bring the outcome to `value` by a line of its own; nothing where it is there already."""
        if value != self.value:
            points = difference(value, self.value)
            line = Line(kind, stage, self.node.code, points, basis, reads=tuple(self.lines))
            line.target = value if target else None
            self.lines.append(line)
            self.value = value

    def copy(self) -> Outcome:
        """The same outcome, to go on with; the lines so far stay the same."""
        return Outcome(self.node, self.value, self.available, self.lines[:], self.state, self.left, self.held[:])

    def unround(self) -> None:
        """Take back the node's own rounding, because its parent goes on computing with it."""
        if self.lines and self.lines[-1].kind == "rounding" and self.lines[-1].criterion == self.node.code:
            self.value = exact(self.value - self.lines.pop().points)


def said_by(ruling: Ruling) -> Trace:
    """Who ruled, when, on what document, and why."""
    pairs = (
        ("layer", ruling.layer),
        ("by", ruling.by),
        ("on", ruling.on),
        ("basis", ruling.basis),
        ("why", ruling.why),
    )
    return {key: text for key, text in pairs if text}


def kind_in(block: str) -> str:
    """What an award is called in its block: award, bonus or deduction."""
    return block or "award"


def stage_in(block: str) -> str:
    return {BONUS: ledger.BONUSES, DEDUCTION: ledger.DEDUCTIONS}.get(block, ledger.AWARDS)


def cap_stage_in(block: str, node: Node, root: bool) -> str:
    if root:
        return ledger.TOTAL_CAPS
    if block == BONUS:
        return ledger.BONUS_CAPS
    if block == DEDUCTION:
        return ledger.DEDUCTION_CAPS
    return ledger.INDICATOR_CAPS if node.parts else ledger.CRITERION_CAPS
