"""The sheets of the workbook in their order, all over one roll."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.render.xlsx.cells import Cell, Heading, Leaf, Number
from scoring.views.roll import Member, in_rank_order, members
from scoring.workbook.data import data
from scoring.workbook.entries import ledger
from scoring.workbook.matrix import matrix
from scoring.workbook.standings import Ranked

Json = Mapping[str, Any]


def leaves(assessment: Json, status: str, notices: tuple[str, ...], digest: str) -> list[Leaf]:
    """Everything for whoever checks: the bureau itself, so departments without a name are in it."""
    roll = ranked(assessment, members(assessment, unnamed=True))
    entries = ledger(assessment["method"], roll)
    return [
        _about(assessment, status, notices, digest, len(roll)),
        Ranked(assessment, roll, entries, notices).leaf,
        matrix(assessment, roll, entries),
        entries.leaf,
        data(assessment, roll),
    ]


def ranked(assessment: Json, roll: tuple[Member, ...]) -> tuple[Member, ...]:
    """Group by group, each from its first place down."""
    groups = [each["code"] for each in assessment["groups"]]
    return tuple(each for code in groups for each in in_rank_order(one for one in roll if one.group == code))


def _about(assessment: Json, status: str, notices: tuple[str, ...], digest: str, departments: int) -> Leaf:
    """What this is, of which run, and how to read it."""
    method = assessment["method"]
    told: list[tuple[Cell, ...]] = [
        ("考核年度", str(method["year"])),
        ("考核办法", f"{method['title']}{method['number'] or ''}"),
        ("状态", status),
        ("评定部门数", Number(departments)),
        ("结果校验码", digest),
        ("得分和名次", "总分、名次、按分数的等次为公式，由“计分明细”逐项相加得出；名额、限定引起的等次变动写明原因。"),
        ("各项得分", "各指标的得分。"),
        ("计分明细", "每一笔得分、扣分、折算和取位；各行相加即为总分。"),
        ("数据及来源", "计分所用的每一个数据及其各个来源。"),
        ("使用范围", "本工作簿含不列名部门和复核人员姓名，供财政部门内部核对，不对外提供。"),
    ]
    headings = (Heading("项目", 16), Heading("内容", 90))
    return Leaf("说明", f"{method['year']}年度考核核对工作簿", headings, tuple(told), notices)
