"""Compares two assessments: changed points, grades and ranks, and why they changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scoring.explain.figures import given
from scoring.points import Rational, exact, plain, unplain
from scoring.scope import Kind

_STEPS = {"by_score": "按总分", "exception": "不定等次", "limit": "等次限定", "quota": "名额", "decision": "审定"}
"""What led to a grade, in the words of who reads it."""

Rows = list[tuple[str, str, str, str, str]]


@dataclass(slots=True)
class Compared:
    """Notes on the methods, a row for each changed department, and the changed criteria of each."""

    notes: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=list)
    details: list[str] = field(default_factory=list)


def compare(old: dict[str, Any], new: dict[str, Any]) -> Compared:
    """What is different in `new`, department by department in order of code."""
    found = Compared()
    if old["method"]["digest"] != new["method"]["digest"]:
        found.notes.append(f"两次结果依据的办法不同：{_titled(old)}；{_titled(new)}。得分不宜直接比较。")
    before, after = _cards(old), _cards(new)
    names = {each["code"]: each["short"] or each["name"] for each in [*old["departments"], *new["departments"]]}
    ranks = (_ranks(old), _ranks(new))
    for code in sorted({*before, *after}):
        one, other = before.get(code), after.get(code)
        was, now = _shown(one, ranks[0].get(code)), _shown(other, ranks[1].get(code))
        if was == now and _points(one) == _points(other):
            continue
        reasons = _reasons(one, other, new["facts"])
        found.rows.append(
            (names[code], *(_arrow(left, right) for left, right in zip(was, now, strict=True)), reasons[0])
        )
        found.details.extend(f"{names[code]}　{line}" for line in reasons[1:])
    return found


def _titled(assessment: dict[str, Any]) -> str:
    """The method with its edition: two years of one may bear the same title."""
    return f"《{assessment['method']['title']}》（{assessment['edition']}）"


def _cards(assessment: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {card["department"]: card for card in assessment["scorecards"]}


def _ranks(assessment: dict[str, Any]) -> dict[str, str]:
    return {row["department"]: str(row["rank"]) for group in assessment["groups"] for row in group["standings"]}


def _shown(card: dict[str, Any] | None, rank: str | None) -> tuple[str, str, str]:
    if card is None:
        return ("未评定", "—", "—")
    return (card["printed"] or "暂缓", card["grade"] or "—", rank or "不排名")


def _arrow(left: str, right: str) -> str:
    return left if left == right else f"{left}→{right}"


def _points(card: dict[str, Any] | None) -> dict[str, Rational]:
    """Points by criterion."""
    found: dict[str, Rational] = {}
    for entry in card["entries"] if card else ():
        found[entry["criterion"]] = exact(found.get(entry["criterion"], 0) + unplain(entry["points"]))
    return found


def _reasons(one: dict[str, Any] | None, other: dict[str, Any] | None, facts: dict[str, Any]) -> list[str]:
    """A short reason, then a line for each criterion whose points changed, with the data behind it."""
    if one is None or other is None:
        return ["新列入" if one is None else "不再列入"]
    before, after = _points(one), _points(other)
    lines = []
    for code in sorted({*before, *after}):
        was, now = before.get(code, 0), after.get(code, 0)
        if was != now:
            data = _changed_data(one, other, code, facts)
            because = f"：{'；'.join(data)}" if data else ""
            lines.append(f"{code}　{plain(was)}→{plain(now)}{because}")
    if lines:
        return [f"{len(lines)}项得分变化", *lines]
    if one["grade"] != other["grade"]:
        return ["等次步骤变化：" + "、".join(_STEPS.get(step["step"], step["step"]) for step in other["grade_steps"])]
    return ["其他部门得分变化"]


def _changed_data(one: dict[str, Any], other: dict[str, Any], code: str, facts: dict[str, Any]) -> list[str]:
    """The facts and rulings of a criterion that are not the same in both."""
    found = []
    names = [
        name for entry in other["entries"] if entry["criterion"] == code for name in entry["basis"].get("data", ())
    ]
    for name in dict.fromkeys(names):
        was, now = one["facts"].get(name), other["facts"].get(name)
        if was is not None and now is not None and was["value"] != now["value"]:
            said = facts[name]
            kind = Kind(said["type"], said["unit"], tuple(said.get("choices", ())))
            found.append(f"{name} {given(was['value'], kind)}→{given(now['value'], kind)}")
        elif one["lists"].get(name) != other["lists"].get(name):
            found.append(f"清单“{name}”有改动")
    for entry in other["entries"]:
        ruling = entry["basis"].get("ruling")
        if entry["criterion"] == code and ruling:
            found.append("、".join(str(ruling[key]) for key in ("by", "on", "basis", "why") if ruling.get(key)))
    return found
