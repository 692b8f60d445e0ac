"""The sheet of entries (计分明细): the ledger line by line, in blocks that the sheets before it add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.points import unplain
from scoring.render.xlsx.cells import Cell, Heading, Leaf, Number, column_name
from scoring.views.roll import Member

Json = Mapping[str, Any]

NAME = "计分明细"
HEADINGS = (
    Heading("部门编码", 10),
    Heading("部门名称", 24),
    Heading("一级指标", 16),
    Heading("指标编码", 10),
    Heading("指标名称", 26),
    Heading("明细编号", 10),
    Heading("种类", 10),
    Heading("分数", 10),
    Heading("未取位的分数", 14),
    Heading("状态", 10),
    Heading("依据条款", 22),
    Heading("规则位置", 22),
    Heading("所用数据", 40),
)
POINTS = [each.name for each in HEADINGS].index("分数")
KINDS = {
    "award": "评定",
    "gate": "特殊情形",
    "exemption": "免予考核",
    "override": "人工调整",
    "coefficient": "系数",
    "cap": "封顶",
    "floor": "保底",
    "conversion": "折算",
    "bonus": "加分",
    "deduction": "扣分",
    "veto": "限定总分",
    "rounding": "取位",
}
STATES = {
    "scored": "已评定",
    "not_applicable": "不适用",
    "missing": "没有数据",
    "not_evaluable": "无法评定",
    "overridden": "人工调整",
}
OUTSIDE = ""
"""The block of what stands beside the indicators: the total's own caps, adjustments, roundings."""


@dataclass(slots=True)
class Ledger:
    """The leaf, and which of its rows belong to a department, to one of its indicators, to one of its criteria."""

    leaf: Leaf
    blocks: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """The first and the last row of (department, indicator), of (department, criterion) of entries that follow."""

    def sum_of(self, department: str, code: str) -> str:
        """The formula for the points of a block; nothing where it has no entries."""
        if (department, code) not in self.blocks:
            return ""
        first, last = self.blocks[department, code]
        letter = column_name(POINTS)
        return f"=ROUND(SUM('{NAME}'!{letter}{first}:{letter}{last}),6)"


def ledger(method: Json, roll: tuple[Member, ...]) -> Ledger:
    """Every entry of the roll, department by department, then in the order of the method."""
    nodes = {each["code"]: each for each in method["tree"]}
    order = {each["code"]: place for place, each in enumerate(method["tree"])}
    tops = {each["code"] for each in method["tree"] if each["level"] == 1}
    found = Ledger(Leaf(NAME, NAME, HEADINGS, (), ("各行的分数相加，即为该部门的总分。",), frozen=2))
    rows: list[tuple[Cell, ...]] = []
    for member in roll:
        told = [(each["indicator"] if each["indicator"] in tops else OUTSIDE, each) for each in member.entries]
        told.sort(key=lambda each: (order.get(each[0], len(order)), order.get(each[1]["criterion"], len(order))))
        for top, entry in told:
            number = found.leaf.first_row + len(rows)
            for code in {top, entry["criterion"] if top else OUTSIDE}:
                first, _ = found.blocks.get((member.code, code), (number, number))
                found.blocks[member.code, code] = first, number
            rows.append(_row(member, top, entry, nodes, method["documents"]))
    found.leaf = Leaf(NAME, NAME, HEADINGS, tuple(rows), found.leaf.remarks, found.leaf.frozen)
    return found


def _row(member: Member, top: str, entry: Json, nodes: Mapping[str, Json], documents: Json) -> tuple[Cell, ...]:
    basis, node = entry["basis"], nodes.get(entry["criterion"], {})
    return (
        member.code,
        member.name,
        nodes[top]["name"] if top else "",
        entry["criterion"],
        node.get("name", ""),
        entry["id"],
        KINDS.get(entry["kind"], ""),
        Number(unplain(entry["points"])),
        entry["exact"] or "",
        STATES.get(entry["state"], ""),
        article(node.get("provision"), documents),
        str(basis.get("rule", "")),
        "、".join(basis.get("data", ())),
    )


def article(provision: Json | None, documents: Json) -> str:
    """The article of a provision, after the document where one is named."""
    if not provision:
        return ""
    document = documents.get(provision["document"], {}) if provision["document"] else {}
    return f"《{document['title']}》{provision['article']}" if document else str(provision["article"])
