"""The audit page for one audience, whole: what it shows at once, and the account of each department as it is opened.

What may be seen is decided by `views.sight` and by what the office publishes; everything here is made from that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scoring.archive import Approval
from scoring.audit.accounts import account_of
from scoring.audit.excerpts import Excerpts
from scoring.audit.rows import Row, Scope, rows
from scoring.explain.explainer import Explainer
from scoring.explain.figures import points
from scoring.explain.rulebook import Wall
from scoring.explain.wording import Wording
from scoring.points import unplain
from scoring.render.folding import Told
from scoring.views.office import OPEN, Office
from scoring.views.phrase import plain_text
from scoring.views.sight import APPROVAL, AUDIENCES, DEPARTMENT, ISSUED, PUBLIC, sighted
from scoring.views.view import SAMPLE

Json = Mapping[str, Any]
PRELIMINARY = "初步结果"
"""What a department's own page is called until the approval."""


@dataclass(slots=True)
class AuditPage:
    """`head` is shown at once. The accounts are made one after the other, in the order of the rows that have one;
    the excerpts they use are in the head when the last one has been made."""

    head: dict[str, Any]
    accounts: Iterator[Told]


@dataclass(frozen=True, slots=True)
class Sighted:
    """A run as an audience sees it: explanations read this in place of the run."""

    wall: Wall
    assessment: dict[str, Any]

    @property
    def places(self) -> dict[str, Any]:
        return self.wall.places

    @property
    def files(self) -> tuple[str, ...]:
        return self.wall.files

    def read(self, path: str) -> bytes:
        return self.wall.read(path)


def audit_page(
    wall: Wall,
    wording: Wording,
    *,
    audience: str = APPROVAL,
    department: str = "",
    office: Office | None = None,
    approved: Approval | None = None,
    marks: Mapping[str, str] | None = None,
) -> AuditPage:
    """The page of a run. `marks` are what the leaders' copy says of the run itself: digests, versions."""
    office = office or Office()
    whole = wall.assessment
    if whole["method"]["ranking"] is None:
        office = replace(office, ranks=False)
    seen = sighted(
        whole,
        audience,
        department=department,
        approved=approved is not None,
        tell_unlisted=office.unnamed_count,
    )
    scope = scope_of(audience, office)
    listed = rows(seen, scope)
    explainer = Explainer(Sighted(wall, _explainable(seen, audience)), wording)
    excerpts = Excerpts(explainer.rules)
    accounted = audience in (APPROVAL, DEPARTMENT)
    head = _head(seen, listed, audience, approved, scope)
    if accounted:
        head["tree"] = [{**each, "excerpt": excerpts.of_node(each["code"])} for each in head["tree"]]
        head["excerpts"] = excerpts.found
    if audience == APPROVAL:
        head["marks"] = [[name, plain_text(text)] for name, text in (marks or {}).items()]
    warned = audience == APPROVAL
    accounts = _accounts(seen, listed, explainer, excerpts, warned) if accounted else iter(())
    return AuditPage(head, accounts)


def scope_of(audience: str, office: Office) -> Scope:
    """What is told: to the leaders and of a department to itself all, else as the office's circular tells it."""
    if audience in (APPROVAL, DEPARTMENT):
        return Scope(ranks=audience == APPROVAL and office.ranks)
    details = audience == ISSUED and office.scores and office.openness != OPEN
    return Scope(office.scores, office.ranks, details)


def _explainable(seen: Json, audience: str) -> dict[str, Any]:
    """What is seen, in the shape that explanations read. A department's own place is told as its grade alone."""
    if audience != DEPARTMENT:
        return dict(seen)
    groups = [{**each, "standings": [], "unranked": []} for each in seen["groups"]]
    cards = [{"warnings": [], **each} for each in seen["scorecards"]]
    return {**seen, "groups": groups, "scorecards": cards, "findings": []}


def _accounts(seen: Json, listed: list[Row], explainer: Explainer, excerpts: Excerpts, warned: bool) -> Iterator[Told]:
    """The accounts; warnings are for the office and not for a department (`warned`)."""
    cards = {each["department"]: each for each in seen["scorecards"]}
    departments = {each["code"]: each for each in seen["departments"]}
    tree = seen["method"]["tree"]
    for row in listed:
        code = row["code"]
        if code in cards:
            told = {"reviewed": (), **departments[code]}
            explanation = explainer.explain(code)
            if not warned:
                explanation = replace(explanation, warnings=())
            yield account_of(explanation, cards[code], told, tree, excerpts, explainer.wording)


def _head(seen: Json, listed: list[Row], audience: str, approved: Approval | None, scope: Scope) -> dict[str, Any]:
    method = seen["method"]
    year = method["year"]
    number = 0
    for row in listed:
        if audience in (APPROVAL, DEPARTMENT) and "points" in row:
            row["account"] = number
            number += 1
    label = AUDIENCES[audience]
    settled = approved is not None or audience == APPROVAL
    stage = "" if settled else PRELIMINARY if audience == DEPARTMENT else AUDIENCES[APPROVAL]
    sample = method["status"] == SAMPLE
    return {
        "audience": audience,
        "title": f"{year}年度考核得分核查",
        "mark": f"{label}·{stage}" if stage else label,
        "district": plain_text(seen["district"]["name"]),
        "method": plain_text(f"《{method['title']}》" + (f"（{method['number']}）" if method["number"] else "")),
        "notices": [plain_text(each) for each in (method["note"], seen["district"]["note"]) if sample and each],
        "approval": None if approved is None else [plain_text(each) for each in _approval(approved, audience)],
        "unlisted": f"另有{seen['unlisted']}个部门按规定不列名。" if seen["unlisted"] else "",
        "groups": [{"code": each["code"], "name": plain_text(each["name"])} for each in seen["groups"]],
        "grades": list(method["scale"]),
        "counts": _counts(listed, len(seen["groups"]), method["scale"]),
        "tree": [_node(each) for each in method["tree"]] if audience != PUBLIC else [],
        "rows": listed,
        "scope": {"scores": scope.scores, "ranks": scope.ranks, "details": scope.details},
        "excerpts": [],
        "marks": [],
    }


def _approval(approved: Approval, audience: str) -> tuple[str, str, str]:
    """Who approved, on what, when; outside the office the basis is not told."""
    return approved.by, approved.basis if audience == APPROVAL else "", approved.on


def _counts(listed: list[Row], groups: int, scale: list[str]) -> list[list[str]]:
    """How many of each grade there are, group by group, in the order of the scale."""
    found = Counter((row["group"], row["grade"]) for row in listed)
    return [[str(found[group, grade]) for grade in scale] for group in range(groups)]


def _node(node: Json) -> dict[str, Any]:
    provision = node["provision"] or {}
    return {
        "code": node["code"],
        "name": plain_text(node["name"]),
        "level": node["level"],
        "leaf": node["leaf"],
        "kind": node["kind"],
        "marks": "" if node["marks"] is None else points(unplain(node["marks"])),
        "article": plain_text(provision.get("article", "")),
        "quote": plain_text(provision.get("quote", "")),
        "standard": plain_text(node["standard"]),
        "origin": node["origin"],
        "excerpt": -1,
    }
