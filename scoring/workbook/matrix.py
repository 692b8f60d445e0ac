"""The sheet of points by indicator (各项得分): every node of the method, the lowest ones added up from the entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.points import unplain
from scoring.render.xlsx.cells import Cell, Formula, Heading, Leaf, Number
from scoring.views.roll import Member
from scoring.workbook.entries import Ledger

Json = Mapping[str, Any]

NAME = "各项得分"
LEFT = "不适用"


def matrix(assessment: Json, roll: Sequence[Member], entries: Ledger) -> Leaf:
    """A row a department; a criterion that left its sheet is 不适用, one that its group is not asked is blank."""
    tree = [each for each in assessment["method"]["tree"] if each["level"]]
    cards = {each["department"]: each for each in assessment["scorecards"]}
    groups = {each["code"]: each["name"] for each in assessment["groups"]}
    headings = [Heading("分组", 14), Heading("部门编码", 10), Heading("部门名称", 26)]
    for each in tree:
        marks = f"（{each['marks']}分）" if each["marks"] else ""
        headings.append(Heading(f"{each['code']} {each['name']}{marks}", 12))
    rows = []
    for member in roll:
        nodes = cards[member.code]["nodes"]
        row: list[Cell] = [groups[member.group], member.code, member.name]
        rows.append((*row, *(_points(member, each, nodes, entries) for each in tree)))
    remark = "本表为各指标自身的得分；缺项折算、总分封顶等另见“计分明细”。"
    return Leaf(NAME, NAME, tuple(headings), tuple(rows), (remark,), frozen=3)


def _points(member: Member, node: Json, nodes: Mapping[str, Json], entries: Ledger) -> Cell:
    told = nodes.get(node["code"])
    if told is None:
        return ""
    if told["state"] == "not_applicable" and told["points"] == "0":
        return LEFT
    points = unplain(told["points"])
    formula = entries.sum_of(member.code, node["code"]) if node["level"] == 1 or node["leaf"] else ""
    return Formula(formula, points) if formula else Number(points)
