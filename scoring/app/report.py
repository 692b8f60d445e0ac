"""Puts an Assessment together from what the stages made: the result whole, before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from scoring.assessment import Assessment, GroupStandings, Json, Scorecard
from scoring.canonical import read_canonical
from scoring.finding import ERROR, Finding
from scoring.meaning import changes, digest, provision_data, tree
from scoring.method import LIST, Fact, Method, Ranking
from scoring.points import plain
from scoring.rank import reading_data
from scoring.reading.edition import Edition
from scoring.submission import NOT_SUBMITTED, Intake, Submission
from scoring.timeline import date_text

PLACED = {"file", "path", "line", "column", "sheet", "cell", "place", "other", "first", "second"}
"""Parameters of findings that say where something stands: they are no part of the result."""


class Sources(Protocol):
    """What the report reads of a bundle."""

    @property
    def previous(self) -> bytes | None: ...

    @property
    def corrects(self) -> Mapping[str, str] | None: ...


def assessment_of(
    method: Method,
    superseded: Method | None,
    intake: Intake,
    findings: Iterable[Finding],
    groups: tuple[GroupStandings, ...],
    cards: tuple[Scorecard, ...],
    sources: Sources,
) -> Assessment:
    """The Assessment: with what changed in the method, the place of a year ago, and what is still open."""
    findings = list(findings)
    previous = read_canonical(sources.previous) if sources.previous else None
    return Assessment(
        edition=method.edition,
        method=_method(method, superseded),
        facts={name: _fact(fact) for name, fact in method.facts.items()},
        departments=tuple(_department(each) for each in intake.submissions),
        district={"name": intake.district, "note": intake.note},
        findings=tuple(_findings(findings)),
        groups=tuple(_with_previous(group, previous) for group in groups),
        scorecards=tuple(sorted(cards, key=lambda card: card.department)),
        printed=method.printed,
        complete=not any(each.severity == ERROR for each in findings) and all(card.total is not None for card in cards),
        provisional=tuple(_open_points(intake, groups, cards)),
        corrects=dict(sources.corrects) if sources.corrects else None,
    )


def places_of(edition: Edition) -> dict[str, Any]:
    """Where each rule stands in the run's own copies: address → file, line, column, headings."""
    return {
        address: {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "headings": list(place.headings),
        }
        for address, place in edition.places.items()
    }


def _method(method: Method, superseded: Method | None) -> Json:
    standing = method.standing
    return {
        "title": method.title,
        "number": method.number,
        "issuer": method.issuer,
        "year": method.year,
        "period": {"from": date_text(method.period_from), "by": date_text(method.period_by)},
        "status": method.status,
        "note": method.note,
        "digest": digest(method),
        "supersedes": method.supersedes or None,
        "documents": {id_: {"title": title, "number": number} for id_, (title, number) in method.documents.items()},
        "groups": [{"code": each.code, "name": each.name, "note": each.note} for each in method.groups],
        "tree": tree(method),
        "grades": [
            {
                "grade": band.grade,
                "rule": band.address,
                "bounds": {
                    key: plain(bound)
                    for key, bound in (
                        ("at_least", band.at_least),
                        ("above", band.above),
                        ("at_most", band.at_most),
                        ("below", band.below),
                    )
                    if bound is not None
                },
            }
            for band in standing.grades
        ],
        "scale": list(standing.scale),
        "limits": [
            {
                "rule": each.address,
                "name": each.name,
                "grade_at_most": each.grade_at_most or None,
                "bars": list(each.bars),
                "total": None if each.total is None else plain(each.total),
                "provision": provision_data(each.provision),
            }
            for each in standing.limits
        ],
        "quotas": [
            {
                "rule": each.address,
                "grade": each.grade,
                "share": None if each.share is None else plain(each.share),
                "number": each.number,
                "count": each.count,
                "tie_at_edge": each.tie_at_edge,
                "within_group": each.within_group,
                "provision": provision_data(each.provision),
            }
            for each in standing.quotas
        ],
        "graded_by": None if standing.grades_of is None else reading_data(standing.grades_of),
        "ranking": None if standing.ranking is None else _ranking(standing.ranking),
        "warnings": [{"rule": each.address, "name": each.name, "level": each.level} for each in method.warnings],
        "rounding": {
            "award": None if method.award_rounding is None else method.award_rounding.decimals,
            "total": None if method.total_rounding is None else method.total_rounding.decimals,
            "print": method.printed,
        },
        "entry_decimals": method.entry_decimals,
        "published": list(method.published),
        "changes": [] if superseded is None else changes(superseded, method),
        "changed_from": None if superseded is None else superseded.edition,
    }


def _ranking(ranking: Ranking) -> Json:
    """How places are found, in full: whoever has the scorecards can find them again."""
    return {
        "reads": reading_data(ranking.of),
        "highest_first": ranking.highest_first,
        "ties": ranking.ties,
        "within_group": ranking.within_group,
        "tie_breaks": [
            {"rule": tie.address, "of": tie.name, "kind": tie.kind, "highest_first": tie.highest_first}
            for tie in ranking.tie_breaks
        ],
    }


def _fact(fact: Fact) -> Json:
    found: Json = {
        "type": fact.type,
        "unit": fact.unit,
        "source": fact.source,
        "better": fact.better,
        "derived": not fact.given,
        "rule": fact.address,
    }
    if fact.choices:
        found["choices"] = list(fact.choices)
    if fact.type == LIST:
        found["key"] = fact.key
        found["fields"] = {name: _fact(each) for name, each in fact.fields.items()}
    return found


def _department(submission: Submission) -> Json:
    department = submission.department
    return {
        "code": department.code,
        "name": department.name,
        "short": department.short,
        "group": department.group,
        "order": department.order,
        "desk": department.desk,
        "from": department.since or None,
        "to": department.until or None,
        "successor": department.successor or None,
        "assessed": department.assessed,
        "reason": department.reason or None,
        "visibility": "named" if department.named else "unnamed",
        "submitted": submission.submitted,
        "broken": submission.broken,
        "reviewed": list(submission.reviewed),
    }


def _findings(findings: Iterable[Finding]) -> list[Json]:
    """Findings by code, department and parameters; what only says where something stands is left out."""
    rows: dict[str, Json] = {}
    for each in findings:
        params = {key: text for key, text in each.params if key not in PLACED}
        row: Json = {
            "code": each.code,
            "severity": each.severity,
            "department": each.department or None,
            "params": params,
        }
        rows[repr((each.code, each.department, sorted(params.items())))] = row
    return [rows[key] for key in sorted(rows)]


def _with_previous(group: GroupStandings, previous: Any) -> GroupStandings:
    """The standings with last year's rank, total and grade of the same department code."""
    if previous is None:
        return group
    earlier = {
        row["department"]: {"rank": row["rank"], "total": row["total"], "grade": row["grade"]}
        for each in previous["groups"]
        for row in each["standings"]
    }
    standings = tuple(replace(each, previous=earlier.get(each.department)) for each in group.standings)
    return replace(group, standings=standings)


def _open_points(intake: Intake, groups: tuple[GroupStandings, ...], cards: tuple[Scorecard, ...]) -> list[Json]:
    """What is still open: forms not whole, items missing or not evaluable, totals held back, ties at a quota's edge."""
    found: list[Json] = []
    settled = {
        submission.department.code
        for submission in intake.submissions
        if any(ruling.kind == NOT_SUBMITTED for ruling in submission.rulings)
    }
    for submission in intake.submissions:
        code = submission.department.code
        if submission.department.assessed and not submission.submitted and code not in settled:
            found.append({"kind": "not_submitted", "department": submission.department.code})
        if submission.broken:
            found.append({"kind": "broken", "department": submission.department.code})
    for card in sorted(cards, key=lambda card: card.department):
        waiting = ("not_evaluable",) if card.department in settled else ("missing", "not_evaluable")
        lines = dict.fromkeys((entry.state, entry.criterion) for entry in card.entries if entry.state in waiting)
        found += [{"kind": state, "department": card.department, "criterion": code} for state, code in lines]
        if card.held:
            found.append({"kind": "held", "department": card.department, "criteria": list(card.held)})
    for group in groups:
        found.extend(
            {"kind": "tied_at_edge", "group": group.code, "departments": quota["tied_at_edge"], "rule": quota["rule"]}
            for quota in group.quota
            if quota["tied_at_edge"]
        )
    return found
