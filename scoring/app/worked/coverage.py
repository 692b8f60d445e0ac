"""What the examples of an edition reach: which criteria, rows and conditions no example speaks of (覆盖)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scoring.app.worked.run import Came
from scoring.assessment import Json, Scorecard
from scoring.check_method import decisions_in
from scoring.check_method.places import Places
from scoring.condition import NO_ROW, Decision
from scoring.finding import Finding, finding
from scoring.location import Location
from scoring.mechanisms.checks import Checks
from scoring.mechanisms.steps import Steps
from scoring.method import AWARD, Method, Node
from scoring.operators.base import Literal
from scoring.reading.edition import Edition
from scoring.reading.examples import Example

ARRIVING, EVIDENCE, TAKEN = "arriving", "evidence", "part"
SINGLE = ("首个适用", "选定", "取高", "取低")
"""Ways of combining that take one part for the whole."""


class Spot(NamedTuple):
    """Something that an example should reach: at this address, in this way (a row, a condition that fails …)."""

    address: str
    kind: str
    row: int = 0


@dataclass(slots=True)
class Coverage:
    """What has been reached so far."""

    expected: set[str] = field(default_factory=set)
    reached: set[Spot] = field(default_factory=set)
    answers: set[tuple[str, int]] = field(default_factory=set)

    def asked(self, decision: Decision, answer: int) -> None:
        """Note a question and its answer."""
        self.answers.add((decision.address, answer))

    def note(self, example: Example, came: Came) -> None:
        """Note what an example expected and what its outcome passed through."""
        for case in example.cases:
            self.expected.update(case.expected.get("points") or ())
        for outcome in came.outcomes.values():
            self.reached.update(_passed(outcome.card))
        for group in came.groups:
            for standing in group.standings:
                self.reached.update(Spot(str(step["rule"]), "tie") for step in standing.rank_steps)

    def left(self, edition: Edition) -> tuple[list[Finding], int, int]:
        """A finding for everything that was not reached; how many criteria and how many spots there are."""
        places = Places(edition)
        found = []
        criteria = [node for node in edition.method.nodes() if node.code and not any(part.code for part in node.parts)]
        for node in criteria:
            if node.code not in self.expected:
                found.append(finding("K606", places.at(node.address), code=node.code, name=node.name))
        wanted = list(spots(edition.method))
        for spot in wanted:
            if spot not in self.reached and not self.answered(spot):
                place = _place(places, edition, spot)
                found.append(finding("K607", place, kind=spot.kind, row=spot.row + 1, address=spot.address))
        return found, len(criteria), len(wanted)

    def answered(self, spot: Spot) -> bool:
        row = NO_ROW if spot.kind == "fails" else spot.row
        return spot.kind in ("row", "holds", "fails", "stretch") and (spot.address, row) in self.answers


def _place(places: Places, edition: Edition, spot: Spot) -> Location | None:
    """Where the rule of a spot stands: its row where rows have places, else what it belongs to."""
    row = f"{spot.address}/{spot.row}"
    if spot.kind == "row" and row in edition.places:
        return places.at(row)
    steps = spot.address.split("/")
    if spot.address not in edition.places and steps[0] == "method":
        return places.method(*(int(step) if step.isdigit() else step for step in steps[1:]))
    return places.at(spot.address)


def spots(method: Method) -> Iterator[Spot]:
    """Everything that the examples of a method should reach, in its order."""
    for decision in decisions_in(method):
        yield from _of_decision(decision)
    for node in method.nodes():
        yield from _of_node(node)
    standing = method.standing
    if standing.ranking is not None:
        yield from (Spot(tie.address, "tie") for tie in standing.ranking.tie_breaks)
    yield from (Spot(limit.address, "limit") for limit in standing.limits)
    yield from (Spot(quota.address, "quota") for quota in standing.quotas)


def _of_decision(decision: Decision) -> Iterator[Spot]:
    """Rows that can be chosen; a condition of one row should both hold and fail. Of a scale, what lies inside."""
    if decision.address.endswith("/scale"):
        yield from (Spot(decision.address, "stretch", row) for row in range(1, len(decision.rows) - 1))
    elif len(decision.rows) == 1:
        yield Spot(decision.address, "holds")
        yield Spot(decision.address, "fails")
    else:
        yield from (Spot(decision.address, "row", row) for row in range(len(decision.rows)))


def _of_node(node: Node) -> Iterator[Spot]:
    """What a node does beside its decisions."""
    checks = isinstance(node.mechanism, Checks)  # a check that does not apply moves nothing, and nothing else arrives
    if node.not_applicable is not None and node.not_applicable.arriving and not node.parts and not checks:
        yield Spot(node.address, ARRIVING)
    if node.evidence:
        yield Spot(f"{node.address}/evidence", EVIDENCE)
    if isinstance(node.mechanism, Checks):
        for index, item in enumerate(node.mechanism.items):
            if item.proof_of:
                yield Spot(f"{node.address}/checks/{index}", EVIDENCE)
    if isinstance(node.mechanism, Steps):
        for index, row in enumerate(node.mechanism.rows):
            if row.proof:
                yield Spot(f"{node.address}/steps/{index}", EVIDENCE)
    own = node.marks.kind != AWARD and node.marks.full is not None and _can_leave(node)
    if node.cap is not None or (own and node.marks.bottom == 0):
        yield Spot(f"{node.address}/cap", "cap")
    if node.floor is not None or (own and node.marks.bottom < 0):
        yield Spot(f"{node.address}/floor", "floor")
    if node.rebase_to is not None:
        yield Spot(f"{node.address}/rebase_to", "rebase")
    if node.combine in SINGLE:
        yield from (Spot(part.address, TAKEN) for part in node.parts)


def _can_leave(node: Node) -> bool:
    """Whether a bonus or deduction can come to more than its marks, as far as its form tells."""
    if isinstance(node.mechanism, Checks):
        amounts = [item.amount.number for item in node.mechanism.items if isinstance(item.amount, Literal)]
        return sum(amounts) > (node.marks.full or 0)
    return bool(node.parts) or isinstance(node.mechanism, Steps)


def _passed(card: Scorecard) -> Iterator[Spot]:
    """What a card passed through, as its entries and grade steps say."""
    for entry in card.entries:
        yield from _in_basis(entry.basis)
    for step in card.grade_steps:
        if step.step in ("limit", "quota"):
            yield Spot(str(step.basis["rule"]), step.step)
    for entry in card.entries:
        if entry.kind == "veto":
            yield Spot(str(entry.basis["rule"]), "limit")


def _in_basis(basis: Json) -> Iterator[Spot]:
    rule = str(basis["rule"])
    if "treatment" in basis and "ruling" not in basis:
        yield Spot(rule, ARRIVING)
    last = rule.rpartition("/")[2]
    for ending, kind in (("evidence", EVIDENCE), ("cap", "cap"), ("floor", "floor"), ("rebase_to", "rebase")):
        if last == ending:
            yield Spot(rule, kind)
    if "taken_by" in basis:
        yield Spot(_below(rule, str(basis["taken_by"]["rule"])), TAKEN)
    working = basis.get("working")
    for key, rows in (("items", "checks"), ("rows", "steps")):
        for row in _rows(working, key):
            if "unproven" in row:
                yield Spot(f"{rule}/{rows}/{row.get('item', row.get('row'))}", EVIDENCE)


def _rows(working: object, key: str) -> Iterable[Json]:
    found = working.get(key) if isinstance(working, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _below(rule: str, whole: str) -> str:
    """The part of `whole` that a rule belongs to: `3.2/parts/1/scale` below `3.2` is `3.2/parts/1`; or a coded one."""
    steps = rule.split("/")
    return "/".join(steps[: whole.count("/") + 3]) if rule.startswith(f"{whole}/") else steps[0]
