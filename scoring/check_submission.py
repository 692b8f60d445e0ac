"""Checks a settled submission as a whole: what was not said, what 不适用 leaves open, whether self-scores add up.

What is wrong with a single datum was said when it was read. Here a department's data are held against the criteria
that asked for them, so that a finding speaks only of what the score really lacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from scoring.assessment import MISSING as ITEM_MISSING
from scoring.assessment import NOT_APPLICABLE as ITEM_NOT_APPLICABLE
from scoring.assessment import NOT_EVALUABLE, Entry, Scorecard
from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Value
from scoring.finding import Finding, finding
from scoring.method import AWARD, DATE, LIST, TEXT, Fact, Method, Node
from scoring.operators.arithmetic import Ratio
from scoring.operators.base import Named
from scoring.points import exact, plain, unplain
from scoring.submission import NOT_SUBMITTED, SELF_REPORT, Intake, Submission

DEPARTMENT = "部门"
MOST_NAMED = 12
"""More names than this are not read; the sheet lists them all."""


def check_intake(intake: Intake) -> list[Finding]:
    """What is to be said once of all departments: an office that asks for no self-scores need not be told of each."""
    asked = any(each.submitted for each in intake.submissions)
    return [finding("K355", name="", indicators="", nothing="yes")] if asked and not self_scored(intake) else []


def self_scored(intake: Intake) -> bool:
    """Whether anybody gave a self-score."""
    return any(each.self_scores for each in intake.submissions)


def check_carried(method: Method, intake: Intake, previous: Mapping[str, Any]) -> list[Finding]:
    """The data that must repeat last year's (与上年一致), held against last year's result."""
    if previous["edition"] != method.supersedes:
        return []
    earlier = {card["department"]: card["facts"] for card in previous["scorecards"]}
    carried = [fact for fact in method.facts.values() if fact.same_as]
    found = []
    for submission in intake.submissions:
        code = submission.department.code
        for fact in carried:
            was = earlier.get(code, {}).get(fact.same_as, {}).get("value", MISSING.value)
            datum = submission.facts.get(fact.name)
            now = _as_kept(fact, datum.value) if datum is not None else ""
            if now and was != now and was not in (MISSING.value, NOT_APPLICABLE.value):
                told = finding(
                    "K359",
                    department=code,
                    name=submission.department.name,
                    fact=fact.name,
                    same_as=fact.same_as,
                    was=_with_unit(fact, was),
                    now=_with_unit(fact, now),
                )
                found.append(told)
    return found


def _as_kept(fact: Fact, value: Value | None) -> str:
    """A value as a result keeps it; "" for what is none, and for dates, which no year repeats."""
    if value is None or isinstance(value, Absent) or fact.type in (DATE, TEXT):
        return ""
    return fact.choices[int(value)] if fact.choices else plain(value)


def _with_unit(fact: Fact, kept: str) -> str:
    """A kept value as it is said; last year it may have been another kind of datum."""
    if fact.unit != "%":
        return kept + fact.unit
    try:
        return plain(exact(unplain(kept) * 100)) + "%"
    except ValueError:
        return kept


def check_submission(method: Method, submission: Submission, card: Scorecard, compared: bool = True) -> list[Finding]:
    """Everything about one department that its data and its scorecard show together.

    `compared` tells whether self-scores are held against scores at all this year.
    """
    return [
        *_unsaid(method, submission, card),
        *_not_evaluable(method, submission, card),
        *_contradictions(method, submission),
        *(_self_scores(method, submission, card) if compared else ()),
    ]


def _unsaid(method: Method, submission: Submission, card: Scorecard) -> Iterator[Finding]:
    """The data that criteria lacked, one finding for each source that owes them."""
    silent = not submission.submitted or any(each.kind == NOT_SUBMITTED for each in submission.rulings)
    owed: dict[str, dict[str, None]] = {}
    lacking: dict[str, dict[str, None]] = {}
    for entry in _in_state(card, ITEM_MISSING):
        for name in entry.basis.get("data", ()):
            source = method.facts[name].source
            for each in _missing(method, submission, name):
                owed.setdefault(source, {})[each] = None
                lacking.setdefault(source, {})[_shown(method, entry.criterion)] = None
    for source in sorted(owed):
        if silent and source == DEPARTMENT:
            continue  # that nothing at all came has been said
        yield finding(
            "K310",
            department=submission.department.code,
            name=submission.department.name,
            source=source,
            data=_listed(sorted(owed[source])),
            count=len(owed[source]),
            criteria=_listed(lacking[source]),
            treatment=method.missing,
        )


def _missing(method: Method, submission: Submission, name: str) -> Iterator[str]:
    """What is missing of a fact: itself, or for a list the fields of its records."""
    fact = method.facts[name]
    if fact.type != LIST:
        datum = submission.facts.get(name)
        if datum is None or not datum.layers or datum.value is MISSING:
            yield name
        return
    records = submission.lists.get(name)
    if records is None:
        yield name
        return
    asked = [each.name for each in fact.fields.values() if each.given and each.type != TEXT and each.name != fact.key]
    for record in records:
        for field in asked:
            datum = record.data.get(field)
            if datum is None or datum.value is MISSING:
                yield f"{name} {record.key} {field}"


def _not_evaluable(method: Method, submission: Submission, card: Scorecard) -> Iterator[Finding]:
    """Criteria whose measure does not apply, where the method has no word for that."""
    for entry in _in_state(card, NOT_EVALUABLE):
        names = [name for name in entry.basis.get("data", ()) if _not_applicable(submission, name)]
        yield finding(
            "K358",
            department=submission.department.code,
            name=submission.department.name,
            indicator=_shown(method, entry.criterion),
            data=_listed(sorted(names)),
        )


def _contradictions(method: Method, submission: Submission) -> Iterator[Finding]:
    """A figure said not to apply, beside another of the same matter that is there: 3 due, and done 不适用."""
    pairs: dict[tuple[str, str], None] = {}
    for fact in method.facts.values():
        for bound in (fact.at_least, fact.at_most):
            if isinstance(bound, Named):
                pairs[fact.name, bound.name] = None
        if isinstance(fact.derived, Ratio):
            names = [each.name for each in fact.derived.operands if isinstance(each, Named)]
            pairs.update(dict.fromkeys(pairwise(names)))
    for one, other in pairs:
        for name, beside in ((one, other), (other, one)):
            figure = _figure(submission, beside)
            if figure and _claims_not_applicable(submission, name):
                unit = method.facts[beside].unit
                yield finding(
                    "K357", department=submission.department.code, name=name, other_name=beside, figure=figure + unit
                )


def _figure(submission: Submission, name: str) -> str:
    """The figure given for a fact, where it is more than nothing."""
    datum = submission.facts.get(name)
    if datum is None or not datum.layers or isinstance(datum.value, Absent) or datum.value <= 0:
        return ""
    return plain(datum.value)


def _claims_not_applicable(submission: Submission, name: str) -> bool:
    return _not_applicable(submission, name) and submission.facts[name].layers[-1].layer == SELF_REPORT


def _not_applicable(submission: Submission, name: str) -> bool:
    datum = submission.facts.get(name)
    return datum is not None and bool(datum.layers) and datum.value is NOT_APPLICABLE


def _self_scores(method: Method, submission: Submission, card: Scorecard) -> Iterator[Finding]:
    """Criteria without a self-score, and indicators whose own is not the sum of its criteria's.

    What turned out not to concern the department needs none.
    """
    if not submission.submitted:
        return
    code, scores = submission.department.code, submission.self_scores
    missing: list[str] = []
    for node in _assessed(method.root, submission.department.group):
        parts = [each for each in node.parts if each.code and each.within(submission.department.group)]
        if parts and node.code in scores and all(each.code in scores for each in parts):
            total = sum(scores[each.code] for each in parts)
            if total != scores[node.code]:
                yield finding(
                    "K356",
                    department=code,
                    indicator=f"{node.code} {node.name}",
                    text=plain(scores[node.code]),
                    total=plain(total),
                )
        if not parts and node.marks.kind == AWARD and node.code not in scores:
            missing.append(node.code)
    covered = {each.code for top in method.root.walk() if top.code in scores for each in top.walk()}
    missing = [each for each in missing if each not in covered and card.nodes[each]["state"] != ITEM_NOT_APPLICABLE]
    if missing:
        name = submission.department.name
        yield finding("K355", department=code, name=name, indicators=_listed(missing), nothing="" if scores else "yes")


def _assessed(node: Node, group: str) -> Iterator[Node]:
    """The coded nodes that a group is assessed by."""
    if node.within(group):
        if node.code:
            yield node
        for part in node.parts:
            yield from _assessed(part, group)


def _in_state(card: Scorecard, state: str) -> Iterator[Entry]:
    return (entry for entry in card.entries if entry.state == state)


def _shown(method: Method, code: str) -> str:
    name = next((each.name for each in method.nodes() if each.code == code), "")
    return f"{code} {name}".strip()


def _listed(names: Iterable[str]) -> str:
    said = list(names)
    return "、".join(said[:MOST_NAMED]) + (f"等{len(said)}项" if len(said) > MOST_NAMED else "")
