"""Outcomes alike but for one figure: what a row gives to everybody, with room for the value that was measured.

Where a criterion finds its row by one fact, and nothing but numbers of the rule stands in the row, departments in that
row come to the same but for the value of the fact. The first of them is settled step by step; its entry, with the value
left out, is the pattern of the others'.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scoring.assessment import entry
from scoring.canonical import quoted
from scoring.mechanisms.selector import Rows
from scoring.method import Node
from scoring.operators.base import Named
from scoring.scope import Scope, Trace
from scoring.settle.outcome import Line, Outcome

SLOT = "\0"
"""Stands for the value in a pattern; no text of a rule or a form can hold it."""


@dataclass(slots=True)
class Pattern:
    """The outcome of one row, and the text of its entry with room for the value once that has been written."""

    example: Outcome
    form: str = ""

    def outcome(self, said: str) -> Outcome | None:
        """The outcome for the value as it is said; None while the example has not been written."""
        first, *others = self.example.lines
        written = first.entry
        if written is None:
            return None
        if not self.form:
            self.form = entry(*written[:-1], self.basis(SLOT)).told.replace("%", "%%").replace(quoted(SLOT), "%s")
        line = Line(
            first.kind,
            first.stage,
            first.criterion,
            first.points,
            self.basis(said),
            first.state,
            units=first.units,
            entry=written.telling(self.form % quoted(said)),
        )
        example = self.example
        return Outcome(
            example.node, example.value, example.available, [line, *others], example.state, told=example.told
        )

    def basis(self, said: str) -> Trace:
        basis = self.example.lines[0].basis
        return {**basis, "measure": {**basis["measure"], "value": said}}


@dataclass(slots=True)
class Patterns:
    """The patterns of a criterion, by row."""

    measure: Named
    rows: Rows
    known: dict[int, Pattern] = field(default_factory=dict)

    def outcome(self, scope: Scope) -> Outcome | None:
        """The outcome after the pattern of the row that holds, where there is one."""
        pattern = self.known.get(scope.answer(self.rows.decision))
        return None if pattern is None else pattern.outcome(scope.say(self.measure.name, self.measure.kind))

    def learn(self, scope: Scope, outcome: Outcome) -> None:
        """Take an outcome for a pattern, if its row gives the same to everybody."""
        row = scope.answer(self.rows.decision)
        settled = not outcome.held and not outcome.left
        if settled and row >= 0 and row not in self.known and self.rows.same_for_all(row):
            self.known[row] = Pattern(outcome)


def patterns(node: Node) -> Patterns | None:
    """The patterns of a criterion where its row alone, found by one fact, settles what it comes to."""
    rows, treatment = node.mechanism, node.not_applicable
    settled_before = node.exceptions is not None or (treatment is not None and treatment.decision is not None)
    if settled_before or node.evidence or node.times is not None:
        return None
    if not isinstance(rows, Rows) or not isinstance(node.of, Named) or rows.decision.reads != (node.of,):
        return None
    return Patterns(node.of, rows)
