"""How the method changed against the year before (考核办法调整情况), clause by clause, ready to be worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.views.phrase import NO, YES, listed, numeral

ADDED, RAISED, LOWERED, CHANGED, REMOVED, RENAMED = "added", "raised", "lowered", "changed", "removed", "renamed"
SPLIT, MERGED = "拆分", "合并"

Row = Mapping[str, Any]
Figures = dict[str, Any]


def clauses(changes: Sequence[Row], tree: Sequence[Row]) -> list[Figures]:
    """The clauses of the section on changes, in the order in which circulars tell them.

    Criteria are told, not the indicators above them, because an indicator only sums up; but where all that an
    indicator holds rose or fell with it, the indicator is told in their place.
    """
    rows = [each for each in changes if each["kind"] != "standing"]
    inner = {each["code"] for each in tree if not each["leaf"]} | {each.get("parent") for each in rows}
    awards = [each for each in rows if each["block"] == "award"]
    leaves = [each for each in awards if each["code"] not in inner]
    told = [
        _clause("新增", [each for each in leaves if each["kind"] == ADDED]),
        _clause("提高", _moved(awards, leaves, tree, RAISED)),
        *_blocks(rows, inner),
        _clause("调减", _moved(awards, leaves, tree, LOWERED)),
        _clause("取消", [each for each in leaves if each["kind"] == REMOVED]),
        _clause("完善", [each for each in leaves if each["kind"] == CHANGED]),
        _clause("更名", [each for each in awards if each["kind"] == RENAMED]),
        _standing([each["part"] for each in changes if each["kind"] == "standing"]),
    ]
    found = [each for each in told if each is not None]
    for number, each in enumerate(found, 1):
        each["序"] = numeral(number)
    return found


def _clause(kind: str, rows: Sequence[Row]) -> Figures | None:
    if not rows:
        return None
    named = [{"指标": each["name"], "原分值": each["from"] or "", "现分值": each["to"] or ""} for each in rows]
    return {
        "类别": kind,
        "各项": named,
        "单项": YES if len(named) == 1 else NO,
        "指标": listed(each["指标"] for each in named),
    }


def _moved(awards: Sequence[Row], leaves: Sequence[Row], tree: Sequence[Row], kind: str) -> list[Row]:
    """Criteria whose marks rose or fell; an indicator in place of its criteria where it moved as a whole."""
    moved = {each["code"] for each in leaves if each["kind"] == kind}
    within: dict[str, list[str]] = {}
    for node in tree:
        if node["leaf"] and node["parent"]:
            within.setdefault(node["parent"], []).append(node["code"])
    whole = {
        each["code"]
        for each in awards
        if each["kind"] == kind and len(within.get(each["code"], ())) > 1 and moved.issuperset(within[each["code"]])
    }
    return [
        each
        for each in awards
        if each["kind"] == kind and (each["code"] in whole or (each["code"] in moved and each["parent"] not in whole))
    ]


def _blocks(rows: Sequence[Row], inner: set[Any]) -> list[Figures | None]:
    """Bonus and deductions: a block that is new as a whole, or what is new or gone in one that stood before."""
    found = []
    for block, name in (("bonus", "附加分"), ("deduction", "扣分")):
        own = [each for each in rows if each["block"] == block]
        tops = [each for each in own if each["level"] == 1 and each["kind"] in (ADDED, REMOVED)]
        parts = [each for each in own if each["code"] not in inner and each["level"] > 1]
        if any(each["kind"] == ADDED for each in tops):
            found.append(_clause(f"设置{name}", [each for each in parts if each["kind"] == ADDED] or tops))
        elif tops:
            found.append(_clause(f"取消{name}", tops))
        else:
            found.append(_clause(f"调整{name}", [each for each in parts if each["kind"] != RENAMED]))
    return found


def _standing(parts: Sequence[str]) -> Figures | None:
    names = {"limits": "等次限定", "ranking": "排名", "grades": "等次划分", "quotas": "等次名额"}
    if not parts:
        return None
    told = listed(names[each] for each in names if each in parts)
    return {"类别": "评定规定", "各项": [], "单项": NO, "指标": told}
