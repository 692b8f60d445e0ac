"""Every figure of every sheet of both example years, computed again from the entries of assessment.json."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.sheets.paper import Row, tables

pytestmark = pytest.mark.once

Data = dict[str, Any]
STOCK = {"已按要求完成，不扣分。", "无此情形，不扣分。"}


def number(cell: str) -> Fraction:
    """A figure as somebody types it into a calculator; what is no figure counts nothing."""
    return Fraction(cell) if cell.lstrip("-").replace(".", "", 1).isdigit() else Fraction(0)


def each_sheet(
    papers: dict[str, dict[str, str]], data: dict[str, Data]
) -> Iterator[tuple[Data, Data, list[list[Row]]]]:
    """Each scorecard with its assessment and the tables of its sheet."""
    for edition, files in papers.items():
        named = {}
        for text in files.values():
            found = tables(text)
            named[found[0][0]["部门名称"]] = found
        assert len(named) == len(data[edition]["scorecards"])
        names = {each["code"]: each["name"] for each in data[edition]["departments"]}
        for card in data[edition]["scorecards"]:
            yield data[edition], card, named[names[card["department"]]]


def test_every_line_adds_up_on_a_calculator_to_the_total(
    papers: dict[str, dict[str, str]], data: dict[str, Data]
) -> None:
    seen = 0
    for assessment, card, (head, rows, closing, _) in each_sheet(papers, data):
        kinds = {each["code"]: each["kind"] for each in assessment["method"]["tree"]}
        blocks: dict[str, Fraction] = {}
        subtotal, below = None, Fraction(0)
        for row in [*rows, {"评分标准": "小计", "评定得分": "0", "序号": ""}]:
            if row["评分标准"] == "小计":
                assert subtotal is None or subtotal == below
                subtotal, below = number(row["评定得分"]), Fraction(0)
                if row["序号"]:
                    blocks[kinds[row["序号"]]] = blocks.get(kinds[row["序号"]], Fraction(0)) + subtotal
            else:
                below += number(row["评定得分"])
        lines = {row["项目"]: number(row["分数"]) for row in closing}
        assert lines["各项指标得分"] == blocks["award"]
        assert lines.get("附加分", 0) == blocks.get("bonus", 0)
        assert lines.get("扣分", 0) == blocks.get("deduction", 0)
        assert closing[-1]["项目"] == "总分"
        assert sum(number(row["分数"]) for row in closing[:-1]) == lines["总分"] == Fraction(card["printed"])
        assert head[0]["评定总分"] == closing[-1]["分数"] == card["printed"]
        told = [Fraction(each) for each in card["self_scores"].values()]
        assert number(head[0]["自评总分"]) == sum(told)
        seen += 1
    assert seen == 129


def test_every_figure_is_the_assessments(papers: dict[str, dict[str, str]], data: dict[str, Data]) -> None:
    for assessment, card, (_, rows, closing, _) in each_sheet(papers, data):
        nodes = {each["code"]: each for each in assessment["method"]["tree"]}
        shown = {row["序号"]: row for row in rows if row["序号"]}
        assert set(shown) == {code for code in card["nodes"] if code != "总分"}
        for code, row in shown.items():
            about, node = card["nodes"][code], nodes[code]
            own = [Fraction(each["points"]) for each in card["entries"] if each["criterion"] == code]
            if node["leaf"] and not about["left"]:
                assert number(row["评定得分"]) == sum(own) == Fraction(about["points"])
            assert (row["评定得分"] == "不适用") == bool(about["left"])
            if node["kind"] == "award" and not about["left"]:
                assert number(row["分值"]) == Fraction(about["available"])
            elif node["marks"]:
                assert row["分值"] == f"（{Decimal(node['marks']):.2f}）"
            if node["leaf"]:
                said = card["self_scores"].get(code)
                assert row["自评得分"] == ("—" if said is None else f"{Decimal(said):.2f}")
                assert row["评分标准"]
                assert row["依据条款"]
        root = [Fraction(each["points"]) for each in card["entries"] if each["criterion"] == "总分"]
        told = [number(row["分数"]) for row in closing if row["项目"] in ("折算", "取位", "封顶", "保底", "总分限定")]
        assert sorted(root) == sorted(told)


def test_every_lost_point_has_its_reason(papers: dict[str, dict[str, str]], data: dict[str, Data]) -> None:
    lost = 0
    for assessment, card, (_, rows, _, _) in each_sheet(papers, data):
        leaves = {each["code"]: each for each in assessment["method"]["tree"] if each["leaf"]}
        for row in rows:
            if row["序号"] not in leaves:
                continue
            assert row["扣分原因"]
            about = card["nodes"][row["序号"]]
            short = Fraction(about["points"]) < Fraction(about["available"])
            deducted = leaves[row["序号"]]["kind"] == "deduction" and Fraction(about["points"]) < 0
            if (short and leaves[row["序号"]]["kind"] == "award") or deducted:
                lost += 1
                assert row["扣分原因"] not in STOCK
                assert any(word in row["扣分原因"] for word in ("扣", "不得分", "减少", "不计"))
            elif row["扣分原因"] in STOCK:
                assert Fraction(about["points"]) == Fraction(about["available"]) or about["points"] == "0"
    assert lost > 500


def test_a_rounded_criterion_says_what_it_came_to(papers: dict[str, dict[str, str]], data: dict[str, Data]) -> None:
    moved = 0
    for _, card, (_, rows, _, _) in each_sheet(papers, data):
        for row in rows:
            rounding = [
                each
                for each in card["entries"]
                if each["criterion"] == row["序号"] and each["kind"] == "rounding" and each["points"] != "0"
            ]
            if rounding:
                moved += 1
                assert f"保留2位小数，得{row['评定得分']}分" in row["扣分原因"]
    assert moved > 100


def test_an_example_in_full(papers: dict[str, dict[str, str]]) -> None:
    """What the office promises for each lost point: fact, standard, calculation, score, what would have been full."""
    (text,) = [text for name, text in papers["2023"].items() if "区教育局" in name]
    rows = {row["序号"]: row for row in tables(text)[1] if row["序号"]}
    assert rows["1.2"]["扣分原因"] == (
        "二级单位批复率91.67%（已批复二级单位数22个，应批复二级单位数24个）。“已批复二级单位数”自报24个，抽查22个，按22个计算。"
        "按二级单位批复率乘以4.00分计算（22÷24×4.00），得3.666667分，扣0.333333分（分值4.00分）。"
        "四舍五入保留2位小数，得3.67分，扣0.33分。二级单位批复率达到100%的得满分。"
    )
    assert rows["1.1"]["扣分原因"] == "已按要求完成，不扣分。"
    assert rows["扣.1"]["扣分原因"] == "无此情形，不扣分。"
    assert rows["6.2"]["分值"] == "（5.00）"
    assert rows["6.1"]["分值"] == "11.00"
    assert rows["7.2"]["佐证材料"].startswith(
        "数据来源：部门报送及佐证材料。佐证：《关于根据评价结果调整2024年预算的请示》"
    )
