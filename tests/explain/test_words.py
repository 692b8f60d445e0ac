"""How an explanation reads: an officer's words, eighty columns, nothing empty, nothing only a program would say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from scoring.explain.account import EntryAccount
from scoring.explain.figures import figure, given, shown
from scoring.explain.layout import Sheet, as_text
from scoring.explain.wording import nested
from scoring.points import unplain
from scoring.render.width import cells
from scoring.scope import Kind
from tests.explain.district import EDITIONS, codes, explainer, explanation, text, wording

pytestmark = pytest.mark.once

NEVER = (
    *("一票否决", "表彰", "先进单位", "授予称号", "倒数", "垫底", "最差", "罚分", "自动扣分", "申诉", "上诉"),
    *("财政打分", "最终分", "数据缺失", "空值", "N/A", "默认值", "报错", "异常", "bug", "崩溃", "大于等于", "小于"),
    *(
        "您",
        "贵单位",
        "！",
        "None",
        "Fraction",
        "{{ ",
        "{%",
        "\x1b",
        "。。",
        "，，",
        "，。",
        "；。",
        "：。",
        "（）",
    ),
)
GOLDEN = "J15"


def accounts(edition: str, code: str) -> list[EntryAccount]:
    return [each for section in explanation(edition, code).sections for each in section.accounts]


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_officer_would_write_it(edition: str) -> None:
    for code in codes(edition):
        page = text(edition, code)
        assert not [word for word in NEVER if word in page], code
        assert max(cells(line) for line in page.splitlines()) <= 80, code
        assert not [line for line in page.splitlines() if line != line.rstrip()]
        assert not [line for line in page.splitlines() if line.lstrip()[:1] in set("，。；：、）”》")]


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_entry_and_no_step_has_an_empty_basis(edition: str) -> None:
    for code in codes(edition):
        for account in accounts(edition, code):
            assert account.fact, account.id
            assert account.score, account.id
            assert re.fullmatch(r".+。", account.sentence), account.id
            assert account.calculation
            assert account.basis.places[0].file.startswith(f"rules/{edition}/")
            assert all(place.line for place in account.basis.places)
            if account.kind != "rounding":
                assert account.basis.article.article, account.id
                assert account.basis.article.quote, account.id
        found = explanation(edition, code)
        steps = [*found.grade_steps, *found.rank_steps, *found.warnings, *found.consequences]
        assert found.grade_steps
        assert found.rank_steps
        for step in steps:
            assert step.sentence.endswith("。"), step
            assert all(place.file and place.line for place in step.basis.places), step


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_lost_point_says_what_was_missed(edition: str) -> None:
    lost = 0
    for code in codes(edition):
        for account in accounts(edition, code):
            if re.search(r"(?<!不)扣\d|^不得分", account.score) and account.kind != "rounding":
                lost += 1
                assert account.miss or account.tried, (code, account.id, account.sentence)
    assert lost > 250


def test_how_far_it_was_from_the_next_band() -> None:
    (found,) = [each for each in accounts("2023", "J15") if each.criterion == "5.2"]
    assert found.miss == "自评平均偏差12.75分，距“超过5分、10分以下”（得9分）差2.75分。"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_given_datum_is_shown_with_its_layers(edition: str) -> None:
    for code in codes(edition):
        for account in accounts(edition, code):
            for used in account.data_used:
                assert used.value, (code, account.id, used.name)
                for layer in used.layers[:-1]:
                    assert layer.title or layer.evidence


def test_the_data_that_sources_disagree_about_are_in_the_sentence() -> None:
    (found,) = [each for each in accounts("2023", "B20") if each.criterion == "7.1"]
    assert "“按期整改事项数”自报4项，财政掌握3项，复核申请4项，按4项计算。" in found.sentence
    assert [layer.layer for layer in found.data_used[0].layers] == ["自报", "财政掌握", "申诉改判"]
    assert found.data_used[0].layers[2].evidence == ("《整改事项销号单》（澄环〔2023〕64号，2023年9月15日）",)


def test_records_are_counted_by_name() -> None:
    (found,) = [each for each in accounts("2023", "B13") if each.id == "2.1#1"]
    assert "未计入：B13-011 数字化转型项目（614.50万元）" in found.steps[0].text
    assert found.steps[0].equation == "3÷4=75.00%"


def test_a_grade_below_its_score_says_why() -> None:
    steps = [each.sentence for each in explanation("2023", "B33").grade_steps]
    assert steps[1] == (
        "总分92.50分，按得分为“优”。因审计、巡察指出重大问题（重大问题数1个），按照"
        "《部门预算绩效管理工作考核办法（2023年样本）》第十六条第二项不得评为“优”，评定为“良”，得分不作调整。"
    )
    (quota,) = [each for each in explanation("2023", "J09").grade_steps if each.step == "quota"]
    assert quota.sentence == (
        "总分90.00分，达到“优”的分数线，列本组第5名。本组参评部门16个，“优”不超过30%，名额4个（舍去小数），"
        "达到分数线的5个，评定为“良”。"
    )
    assert quota.calculation == "16×30.00%=4.8"


def test_ties_say_what_was_compared_next() -> None:
    steps = [each.sentence for each in explanation("2023", "J09").rank_steps]
    assert steps[0] == "按总分由高到低排列，90.00分，与望汀街道相同，依次再比，名次见下。"
    assert steps[1].startswith(
        "再比“3.2 绩效目标编制质量”得分率（由高到低）：89.25%，望汀街道92.75%，列街道和镇16个部门"
    )


def test_one_indicator_alone_adds_up_by_itself() -> None:
    found = explanation("2023", "B13", "2")
    assert {each.criterion for section in found.sections for each in section.accounts} == {"2.1", "2.2"}
    assert found.total_line == "“2 事前绩效评估”各条相加（3条）：6.00+6.125+0.005=12.13"
    assert not found.grade_steps
    assert json.loads(json.dumps(found.data(), ensure_ascii=False))["indicator"] == "2"


def test_figures_compare_as_the_exact_ones_do() -> None:
    rate, marks = Kind(unit="%"), Kind(unit="分")
    assert shown("0.899999", rate, ["0.9"]) == "89.9999%"
    assert shown("0.899999", rate) == "90.00%"
    assert shown("899999999/1000000000", rate, ["0.9"]) == "89.9999999%"
    assert shown("269999/300000", rate, ["0.9"]) == "89.9997%"
    assert shown("0.9", rate, ["0.9"]) == "90.00%"
    assert shown("89.9963", marks, ["90"]) == "89.9963分"
    assert shown("3", Kind("个数", "个")) == "3个"
    assert shown("1955.5", Kind(unit="万元")) == "1955.50万元"
    assert shown("2023-03-17", Kind("日期")) == "2023年3月17日"
    assert shown("2023-03-17 17:00", Kind("日期")) == "2023年3月17日17:00"
    assert given("0.123456", rate) == "12.3456%"
    assert figure(unplain("25/3"), "分") == "8.33分"


def test_quotation_marks_alternate() -> None:
    assert nested("“甲为“是”的”") == "“甲为‘是’的”"
    assert nested("“甲为‘“是”’的”") == "“甲为‘“是”’的”"
    assert nested("it’s") == "it’s"


def test_lines_break_where_chinese_text_may_break() -> None:
    sheet = Sheet(wording(), 20)
    assert list(sheet.flow("按期整改事项数为12.50万元，（共3项）。")) == [
        "按期整改事项数为",
        "12.50万元，（共",
        "3项）。",
    ]
    assert list(sheet.flow("1.00+2.00+3.00+4.00=10.00")) == ["1.00+2.00+3.00+4.00", "=10.00"]


def test_the_whole_page_of_one_department(golden: Callable[[str, str], None]) -> None:
    golden(f"{GOLDEN}.txt", as_text(explanation("2023", GOLDEN), wording()))
    part = explanation("2023", GOLDEN, "4.1").data()
    golden(f"{GOLDEN}-4.1.json", json.dumps(part, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def test_reasons_for_a_score_sheet_hold_the_calculation() -> None:
    reasons = explainer("2023").reasons("B13")
    (reason,) = reasons["2.1"]
    assert reason == (
        "事前评估覆盖率75.00%（4个中的3个）。按事前评估覆盖率乘以8.00分计算（3÷4×8.00），"
        "得6.00分，扣2.00分（分值8.00分）。事前评估覆盖率达到100%的得满分。"
    )
    assert not any("四舍五入" in each for said in reasons.values() for each in said)
    assert list(reasons) == list(
        dict.fromkeys(each.criterion for each in accounts("2023", "B13") if each.kind != "rounding")
    )


def test_a_decision_of_the_leaders_is_named_with_its_line() -> None:
    (adjusted,) = [each for each in accounts("2023", "B24") if each.kind == "override"]
    assert adjusted.sentence.startswith("局党组会议2024年5月24日审定（澄财党纪〔2024〕9号）：")
    assert [place.file for place in adjusted.basis.places][-1] == "inputs/decisions.yaml"
    silent = [each for each in accounts("2023", "B47") if each.state == "missing"]
    assert silent
    assert all("审定" in each.notes[0] and "催报" in each.notes[0] for each in silent)
