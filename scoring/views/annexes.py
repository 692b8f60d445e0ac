"""The annexes of a circular (附件1、附件2), group by group, over the same roll as its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoring.points import Rational, fixed, rounded, unplain
from scoring.views.office import BY_SCORE, Office
from scoring.views.roll import HELD, Member, in_list_order, in_rank_order
from scoring.views.table import Column, Table

OUTSIDE = "“—”为不参加排名的部门。"
LEFT = "“不适用”为本年度未涉及，不参加评分。"
CARRIED = "“折算”为不适用指标折算和取位引起的增减，各项指标得分加上折算等于小计。"
_BESIDE = ("override", "total_cap", "veto")
"""Stages of the ledger that move the total itself."""


def standings(groups: Sequence[Mapping[str, Any]], roll: Sequence[Member], office: Office) -> list[Table]:
    """考核结果一览表: place, name, total and grade, as far as the office publishes them."""
    found = []
    for group in groups:
        own = [each for each in roll if each.group == group["code"]]
        by_score = office.list_order == BY_SCORE
        listed = in_rank_order(own) if by_score and office.ranks else in_list_order(own, office.list_order)
        columns = [Column("名次" if office.ranks else "序号", True), Column("部门名称", part=4)]
        columns += [Column("总分", True)] if office.scores else []
        rows = []
        for number, each in enumerate(listed, 1):
            row = [each.rank_text if office.ranks else str(number), each.name]
            row += [each.printed] if office.scores else []
            rows.append((*row, each.grade))
        outside = office.ranks and any(each.rank is None for each in own)
        notes = (OUTSIDE,) if outside else ()
        if rows:
            found.append(Table(group["name"], (*columns, Column("等次")), tuple(rows), notes))
    return found


def details(
    groups: Sequence[Mapping[str, Any]],
    roll: Sequence[Member],
    office: Office,
    tree: Sequence[Mapping[str, Any]],
    decimals: int,
) -> list[Table]:
    """指标得分情况表: the points by indicator. Each line adds up on a calculator, to the total."""
    found = []
    for group in groups:
        own = in_list_order((each for each in roll if each.group == group["code"]), office.list_order)
        if own:
            found.append(_detail(group, own, tree, decimals))
    return found


def _detail(group: Mapping[str, Any], own: Sequence[Member], tree: Sequence[Mapping[str, Any]], decimals: int) -> Table:
    tops = [each for each in tree if each["level"] == 1 and (not each["groups"] or group["code"] in each["groups"])]
    indicators = [each for each in tops if each["kind"] == "award"]
    blocks = [each for each in tops if each["kind"] != "award"]
    root = next(each["code"] for each in tree if each["level"] == 0)
    lines = [_Line(each, indicators, blocks, root, decimals) for each in own]
    carried = any(each.carried for each in lines)
    moved = any(each.beside for each in lines)
    columns = [Column("序号", True), Column("部门名称", part=3)]
    columns += [Column(each["name"], True) for each in indicators]
    columns += [Column("折算", True)] if carried else []
    columns += [Column("小计", True)] if carried or blocks or moved else []
    columns += [Column(each["name"], True) for each in blocks]
    columns += [Column("调整", True)] if moved else []
    columns += [Column("总分", True)]
    rows = []
    for number, line in enumerate(lines, 1):
        row = [str(number), line.member.name, *line.cells(indicators)]
        row += [line.cell(line.carried)] if carried else []
        row += [line.cell(line.subtotal)] if carried or blocks or moved else []
        row += [line.cell(each) for each in line.blocks]
        row += [line.cell(line.beside)] if moved else []
        rows.append((*row, line.member.printed))
    notes = [CARRIED] if carried else []
    notes += [LEFT] if any("不适用" in row[2:] for row in rows) else []
    return Table(group["name"], tuple(columns), tuple(rows), tuple(notes))


class _Line:
    """The figures of one department, every one brought to the printed decimals before they are added."""

    def __init__(
        self,
        member: Member,
        indicators: Iterable[Mapping[str, Any]],
        blocks: Iterable[Mapping[str, Any]],
        root: str,
        decimals: int,
    ) -> None:
        self.member = member
        self.decimals = decimals
        self.points = {each["code"]: rounded(member.points(each["code"]), decimals) for each in indicators}
        self.blocks = [rounded(member.points(each["code"]), decimals) for each in blocks]
        self.beside = rounded(sum(_beside(member, root)), decimals)
        below = sum(self.points.values())
        self.subtotal = below
        if member.total is not None:
            self.subtotal = rounded(member.total, decimals) - sum(self.blocks) - self.beside
        self.carried = self.subtotal - below

    def cells(self, indicators: Iterable[Mapping[str, Any]]) -> list[str]:
        return [
            fixed(self.points[each["code"]], self.decimals) if self.member.available(each["code"]) else "不适用"
            for each in indicators
        ]

    def cell(self, points: Rational) -> str:
        """A figure on the way to the total; none while the total is held back."""
        return HELD if self.member.total is None else fixed(points, self.decimals)


def _beside(member: Member, root: str) -> Iterable[Rational]:
    for each in member.entries:
        if each["criterion"] == root and each["stage"] in _BESIDE:
            yield unplain(each["points"])
