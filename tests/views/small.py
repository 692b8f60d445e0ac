"""A district of a few departments, as an assessment a test can bend; and its circular in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.app.wording import Filler, read_wording
from scoring.finding import Findings
from scoring.resources import shipped_places
from scoring.views import Document, Office, Passages, compose, note, view

Json = dict[str, Any]
ORGAN = Office(organ="某局", scores=True)


@dataclass
class By:
    by: str = "局党组会议"


@dataclass
class Stand:
    """A run as far as a view reads it."""

    assessment: Json
    approval: By | None = None


def node(code: str, marks: str | None, parent: str | None, level: int, kind: str = "award") -> Json:
    leaf = level == 2
    provision = {"document": "", "article": f"第{code}条", "quote": ""} if leaf else None
    return {
        "code": code,
        "name": f"指标{code}",
        "kind": kind,
        "marks": marks,
        "parent": parent,
        "level": level,
        "groups": [],
        "leaf": leaf,
        "standard": "",
        "provision": provision,
    }


def tree(*, bonus: bool = True) -> list[Json]:
    found = [node("总", "100", None, 0), node("1", "60", "总", 1), node("1.1", "40", "1", 2), node("1.2", "20", "1", 2)]
    found += [node("2", "40", "总", 1), node("2.1", "40", "2", 2)]
    if bonus:
        found += [node("加", "5", "总", 1, "bonus"), node("加.1", None, "加", 2, "bonus")]
    return found


def entry(criterion: str, points: str, stage: str = "award", **basis: Any) -> Json:
    return {
        "id": f"{criterion}#1",
        "kind": stage,
        "stage": stage,
        "criterion": criterion,
        "points": points,
        "indicator": criterion[0],
        "state": "scored",
        "exact": None,
        "reads": [],
        "basis": basis,
    }


def grade_of(total: float) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def assessment(*groups: list[int | None], bonus: bool = True) -> Json:
    """Groups of departments by total, best first; None holds a total back. Points are lost at 1.1 alone."""
    departments, cards, standings = [], [], []
    for number, totals in enumerate(groups):
        group = "甲乙丙"[number]
        rows = []
        for order, total in enumerate(totals, 1):
            code = f"{group}{order}"
            departments.append(
                {
                    "code": code,
                    "name": f"{code}全称",
                    "short": code,
                    "group": group,
                    "order": order,
                    "assessed": True,
                    "reason": None,
                    "visibility": "named",
                    "submitted": True,
                }
            )
            lost = 100 - (total or 0)
            points = {"1.1": 40 - lost, "1.2": 20, "2.1": 40}
            nodes = {
                key: {"points": str(value), "available": str(marks), "state": "scored", "left": None}
                for key, value, marks in (
                    ("总", total or 0, 100),
                    ("1", 60 - lost, 60),
                    ("1.1", 40 - lost, 40),
                    ("1.2", 20, 20),
                    ("2", 40, 40),
                    ("2.1", 40, 40),
                    ("加", 0, 0),
                    ("加.1", 0, 0),
                )
            }
            cards.append(
                {
                    "department": code,
                    "group": group,
                    "total": None if total is None else str(total),
                    "printed": None if total is None else f"{total}.00",
                    "exact": None,
                    "nodes": nodes,
                    "grade": None if total is None else grade_of(total),
                    "grade_steps": [],
                    "self_scores": {},
                    "facts": {},
                    "lists": {},
                    "evidence": {},
                    "held": [],
                    "entries": [entry(key, str(value)) for key, value in points.items()],
                }
            )
            if total is not None:
                rank = 1 + sum(each is not None and each > total for each in totals)
                step = {"rule": "method/standing/rank", "reads": {"of": "总分"}, "value": str(total)}
                rows.append(
                    {
                        "rank": rank,
                        "department": code,
                        "total": str(total),
                        "grade": grade_of(total),
                        "previous": None,
                        "rank_steps": [step],
                    }
                )
        standings.append(
            {"code": group, "name": f"{group}组", "standings": rows, "unranked": [], "quota": []},
        )
    return {
        "edition": "2023",
        "status": {"complete": True, "provisional": []},
        "district": {"name": "某区", "note": "数据为样例"},
        "departments": departments,
        "findings": [],
        "facts": {},
        "groups": standings,
        "scorecards": cards,
        "method": {
            "title": "考核办法",
            "number": "",
            "year": 2023,
            "status": "正式",
            "note": "说明",
            "supersedes": None,
            "tree": tree(bonus=bonus),
            "grades": [
                {"grade": "优", "rule": "g/0", "bounds": {"at_least": "90"}},
                {"grade": "良", "rule": "g/1", "bounds": {"at_least": "80", "below": "90"}},
                {"grade": "中", "rule": "g/2", "bounds": {"at_least": "60", "below": "80"}},
                {"grade": "差", "rule": "g/3", "bounds": {"below": "60"}},
            ],
            "ranking": {"ties": "并列占位", "within_group": True, "tie_breaks": []},
            "scale": ["优", "良", "中", "差"],
            "limits": [],
            "quotas": [],
            "changes": [],
            "changed_from": None,
            "rounding": {"award": 2, "total": 2, "print": 2},
        },
    }


def worded(data: Json, audience: str = "issued", office: Office = ORGAN, passages: Passages | None = None) -> Document:
    """The circular in words; every text of the wording must find its figures."""
    return _made(data, audience, office, passages, compose)


def noted(data: Json, office: Office = ORGAN) -> list[tuple[str, ...]]:
    """The rows of the matters to decide: kind, departments, facts, rule."""
    document = _made(data, "approval", office, None, note)
    return [row[1:5] for annex in document.annexes for table in annex.tables for row in table.rows if len(row) == 7]


def _made(data: Json, audience: str, office: Office, passages: Passages | None, make: Any) -> Document:
    found = Findings()
    words, _ = read_wording(shipped_places(), found)
    assert words is not None
    document = make(view(Stand(data), audience, office, passages), words, Filler(found))
    assert not found.found, found.found
    assert isinstance(document, Document)
    return document


def text(document: Document) -> str:
    return "\n".join(f"{each.number}{each.lead}{'。' if each.lead else ''}{each.text}" for each in document.body)
