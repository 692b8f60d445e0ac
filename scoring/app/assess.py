"""The flow, every stage of it: rules and submissions in, one Assessment out. Bytes in, bytes out, nothing else read.

Scoring and verification both run this, so what is verified is what was scored.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scoring.app.report import assessment_of, places_of
from scoring.assessment import Assessment, GroupStandings, Scorecard
from scoring.canonical import read_canonical
from scoring.check_method import check_method, decisions_in
from scoring.check_method.usage import unused
from scoring.check_submission import check_carried, check_intake, check_submission, self_scored
from scoring.engine import open_matcher
from scoring.finding import Finding, Findings, in_order
from scoring.measure import Measure
from scoring.method import Method
from scoring.rank import contend, stand
from scoring.reading.edition import EXAMPLES, Edition, read_edition
from scoring.reading.intake import read_intake
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler, Sheet
from scoring.submission import Intake, Submission

RULES, INPUTS, PREVIOUS = "rules/", "inputs/", "previous/assessment.json"
Progress = Callable[[Iterable[Submission], int], Iterable[Submission]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything a score depends on, as bytes: rule files, forms, hashes of evidence, last year's assessment.

    Of a correction also which run it corrects, and the records of that run and of those before it.
    """

    edition: str
    rules: Mapping[str, Mapping[str, bytes]]
    forms: Mapping[str, bytes]
    evidence: Mapping[str, str]
    previous: bytes | None = None
    corrects: Mapping[str, str] | None = None
    chain: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessed:
    """What came of a bundle: the assessment and where its rules stand; None where the method cannot be used."""

    assessment: Assessment | None
    places: dict[str, object]
    findings: list[Finding]
    matcher: str = ""
    questions: int = 0


def assess(bundle: Bundle, schemas: Path, matcher: str | None = None, progress: Progress | None = None) -> Assessed:
    """Read, check, measure, match, award, settle, rank."""
    found = Findings()
    edition = edition_of(bundle, bundle.edition, schemas, found)
    if edition is None:
        return Assessed(None, {}, in_order(found.found))
    superseded = edition_of(bundle, edition.method.supersedes, schemas, Findings())
    found.extend(check_method(edition))
    if found.errors:
        return Assessed(None, {}, in_order([*found.found, *_forms_at_least(bundle, edition, schemas)]))
    engine = open_matcher(matcher, decisions_in(edition.method))
    horizon = Horizon(engine.match, edition.calendar, match_each=engine.match_each)
    intake, problems = read_intake(
        bundle.forms,
        edition.method,
        schemas,
        prefix=INPUTS,
        used=frozenset(edition.method.facts) - {fact.name for fact in unused(edition.method)},
        horizon=horizon,
        digests=bundle.evidence,
    )
    found.extend(problems)
    if intake is None:
        return Assessed(None, {}, in_order(found.found))
    found.extend(check_intake(intake))
    if bundle.previous is not None:
        found.extend(check_carried(edition.method, intake, read_canonical(bundle.previous)))
    compared = self_scored(intake)

    def look_at(submission: Submission, card: Scorecard) -> None:
        found.extend(check_submission(edition.method, submission, card, compared))

    groups, cards = judged(edition.method, intake, horizon, progress, look_at)
    findings = in_order(found.found)
    assessment = assessment_of(
        edition.method, superseded.method if superseded else None, intake, findings, groups, cards, bundle
    )
    return Assessed(assessment, places_of(edition), findings, engine.name)


def judged(
    method: Method,
    intake: Intake,
    horizon: Horizon,
    progress: Progress | None = None,
    look_at: Callable[[Submission, Scorecard], None] | None = None,
) -> tuple[tuple[GroupStandings, ...], tuple[Scorecard, ...]]:
    """Settle every assessed department, and let all of them stand beside one another."""
    contenders = []
    with undisturbed():
        for submission, sheet, card in scorecards(method, intake, horizon, progress):
            if look_at is not None:
                look_at(submission, card)
            contenders.append(contend(method, sheet, card))
            sheet.let_go()
        unassessed = [each.department for each in intake.submissions if not each.department.assessed]
        return stand(method, contenders, unassessed, horizon.match)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Meanwhile Python does not look for circular garbage. Settling leaves none behind, a test sees to it, and the
    search through all departments again and again took a fourth of the time. What is there at the end counts as old:
    frozen and thawed, it is not searched through as new at the very next chance, which took another eighth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if enabled:
            gc.enable()


def scorecards(
    method: Method, intake: Intake, horizon: Horizon, progress: Progress | None = None
) -> Iterator[tuple[Submission, Sheet, Scorecard]]:
    """Settle every assessed department; where some facts compare departments, all are measured first."""
    settler = Settler(method)
    assessed = [each for each in intake.submissions if each.department.assessed]
    sheets: dict[str, Sheet] = {}
    if method.strata:
        sheets = {each.department.code: settler.open(each, horizon) for each in assessed}
        Measure(method).settle_strata([sheet.scope for sheet in sheets.values()], horizon)
    for submission in progress(assessed, len(assessed)) if progress else assessed:
        sheet = sheets.get(submission.department.code) or settler.open(submission, horizon)
        yield submission, sheet, sheet.scorecard()


def _forms_at_least(bundle: Bundle, edition: Edition, schemas: Path) -> list[Finding]:
    """What is wrong with the forms, so that a fault of the rules does not hide it: everything is said at once."""
    _, problems = read_intake(bundle.forms, edition.method, schemas, prefix=INPUTS, digests=bundle.evidence)
    return problems


def edition_of(bundle: Bundle, name: str, schemas: Path, found: Findings) -> Edition | None:
    """One edition of the bundle, read; what is wrong with it is said once, by the one that scores."""
    files = bundle.rules.get(name)
    if not files:
        if name == bundle.edition:
            found.add("K201", edition=name, known="")
        return None
    rules = {path: content for path, content in files.items() if path != EXAMPLES}  # worked examples score nobody
    edition, problems = read_edition(rules, schemas, f"{RULES}{name}/")
    found.extend(problems)
    return edition
