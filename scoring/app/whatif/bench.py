"""The year as it was scored, on which one department's data can be changed and scored again (推演).

Everybody else stays as they are: their scorecards are kept, and only ranks, grades and quotas are settled anew. Where a
method compares departments (横向统计) all are scored again, because then one department's data move the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scoring.app.assess import INPUTS, RULES, Bundle, scorecards
from scoring.app.whatif.levers import Change, Lever, changed, levers, valid
from scoring.assessment import Scorecard
from scoring.check_method import decisions_in
from scoring.condition import Decision, Value
from scoring.engine import open_matcher
from scoring.engine.matcher import Matcher
from scoring.method import Method
from scoring.points import Rational
from scoring.rank import Contender, contend, stand
from scoring.reading.edition import EXAMPLES, Edition, read_edition
from scoring.reading.intake import read_intake
from scoring.scope import Horizon
from scoring.settle.memory import proofs_of
from scoring.settle.scorecard import Settler
from scoring.submission import Intake, Submission

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a department comes to: its scorecard with grade and grade steps, and its rank."""

    card: Scorecard
    rank: Rational | None

    @property
    def total(self) -> Rational | None:
        return self.card.total

    @property
    def grade(self) -> str | None:
        return self.card.grade


@dataclass(slots=True)
class Bench:
    """One department of one year, ready to be scored again as often as wanted."""

    edition: Edition
    intake: Intake
    submission: Submission
    matcher: Matcher
    others: list[Contender]
    settler: Settler
    tried: dict[frozenset[tuple[Lever, int]], Outcome | None] = field(default_factory=dict)
    stood: dict[object, Outcome] = field(default_factory=dict)

    @property
    def method(self) -> Method:
        return self.edition.method

    def levers(self) -> tuple[Lever, ...]:
        """What the department could improve."""
        scope = self.settler.open(self.submission, self.horizon()).scope
        demanded = frozenset(
            name
            for node in self.method.nodes()
            for name in (*self.settler.proof.get(node.address, ()), *proofs_of(node))
        )
        return levers(self.method, self.submission, scope, demanded)

    def horizon(self) -> Horizon:
        return Horizon(self.matcher.match, self.edition.calendar)

    def outcome(self, changes: Changes) -> Outcome | None:
        """What the department would come to with these changes; None where the data would not be valid."""
        key = frozenset((each.lever, each.steps) for each in changes if each.steps)
        if key not in self.tried:
            self.tried[key] = self.scored(changed(self.submission, changes), changes)
        return self.tried[key]

    def scored(self, submission: Submission, changes: Changes = ()) -> Outcome | None:
        """The department scored with another submission, and everybody ranked again."""
        if self.method.strata:
            return self._all_again(submission, changes)
        sheet = self.settler.open(submission, self.horizon())
        if not valid(changes, sheet.scope):
            return None
        mine = contend(self.method, sheet, sheet.scorecard())
        return self._stood(mine, self.others)

    def _all_again(self, submission: Submission, changes: Changes) -> Outcome | None:
        everybody = [
            submission if each.department == submission.department else each for each in self.intake.submissions
        ]
        contenders, mine = [], None
        for each, sheet, card in scorecards(
            self.method, replace(self.intake, submissions=tuple(everybody)), self.horizon()
        ):
            found = contend(self.method, sheet, card)
            if each is submission:
                if not valid(changes, sheet.scope):
                    return None
                mine = found
            else:
                contenders.append(found)
        assert mine is not None
        return self._stood(mine, contenders)

    def _stood(self, mine: Contender, others: Sequence[Contender]) -> Outcome:
        """Ranks and grades with `mine` among the others. What standing looks at decides, whatever data led there."""
        card = mine.card
        key = None if self.method.strata else (card.total, card.exact, mine.breaks, tuple(mine.holding), mine.left_out)
        known = self.stood.get(key) if key is not None else None
        if known is not None:
            return replace(known, card=replace(card, grade=known.card.grade, grade_steps=known.card.grade_steps))
        rivals = [replace(each, steps=[], rank=None, used=0, graded=None) for each in others]
        groups, cards = stand(self.method, [*rivals, mine], [], self.matcher.match)
        code = mine.department.code
        ranks = (each.rank for group in groups for each in group.standings if each.department == code)
        found = Outcome(next(each for each in cards if each.department == code), next(ranks, None))
        if key is not None:
            self.stood[key] = found
        return found

    def asked(self, changes: Changes) -> tuple[tuple[str, int], ...]:
        """Every question that scoring the changed data asks, with its answer: where these differ, an edge lies."""
        answers: list[tuple[str, int]] = []

        def match(decision: Decision, values: tuple[Value, ...]) -> int:
            found = self.matcher.match(decision, values)
            answers.append((decision.address, found))
            return found

        remembering = self.settler.memories
        self.settler.memories = {}
        try:
            horizon = Horizon(match, self.edition.calendar)
            if self.method.strata:
                horizon.shared.update(self._shared())
            self.settler.open(changed(self.submission, changes), horizon).scorecard()
        finally:
            self.settler.memories = remembering
        return tuple(answers)

    def _shared(self) -> dict[str, dict[str, Value]]:
        """The statistics over departments as they stand: an edge is looked for among them, and proven by scoring."""
        horizon = self.horizon()
        sheets = [self.settler.open(each, horizon) for each in self.intake.submissions if each.department.assessed]
        self.settler.measure.settle_strata([sheet.scope for sheet in sheets], horizon)
        return horizon.shared


def open_bench(bundle: Bundle, schemas: Path, department: str, matcher: str | None = "plain") -> Bench:
    """The bench for a department, from what a run was scored from: its rules were found sound then."""
    rules = {path: content for path, content in bundle.rules[bundle.edition].items() if path != EXAMPLES}
    edition, _ = read_edition(rules, schemas, f"{RULES}{bundle.edition}/")
    assert edition is not None
    engine = open_matcher(matcher, decisions_in(edition.method))
    horizon = Horizon(engine.match, edition.calendar)
    intake = intake_of(bundle, edition, schemas, horizon)
    settled = list(scorecards(edition.method, intake, horizon))
    others = [
        contend(edition.method, sheet, card) for each, sheet, card in settled if each.department.code != department
    ]
    own = next(each for each, _, _ in settled if each.department.code == department)
    return Bench(edition, intake, own, engine, others, Settler(edition.method))


def intake_of(bundle: Bundle, edition: Edition, schemas: Path, horizon: Horizon) -> Intake:
    """What was handed in, read as scoring reads it."""
    intake, _ = read_intake(
        bundle.forms, edition.method, schemas, prefix=INPUTS, horizon=horizon, digests=bundle.evidence
    )
    assert intake is not None
    return intake
