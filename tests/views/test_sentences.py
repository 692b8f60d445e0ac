"""Sentences that come and go with the data, each in the case it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scoring.views import Office, Passages
from tests.views.small import ORGAN, assessment, text, worded

pytestmark = pytest.mark.once

Json = dict[str, Any]


def change(kind: str, code: str, name: str, before: str | None, after: str | None, **more: Any) -> Json:
    row = {"kind": kind, "code": code, "name": name, "from": before, "to": after}
    return {**row, "block": "award", "level": 2, "parent": code.split(".")[0], **more}


def test_one_group_is_not_divided_into_groups() -> None:
    said = text(worded(assessment([95, 85])))
    assert "本次考核共有2个部门参加。考核按照" in said
    assert "分1组" not in said


def test_groups_side_by_side() -> None:
    assert "共有3个部门参加，分2组评定，其中甲组2个，乙组1个。" in text(worded(assessment([95, 85], [70])))


@pytest.mark.parametrize(
    ("totals", "wanted"),
    [
        (
            [95, 85, 70, 50],
            "“优”的1个，占25.00%；“良”的1个，占25.00%；“中”的1个，占25.00%。评定为“差”的1个，占25.00%。",
        ),
        ([95, 85, 70], "“中”的1个，占33.33%。无评定为“差”的部门。"),
        ([95, 85], "“良”的1个，占50.00%。无评定为“中”“差”的部门。"),
        ([85, 70], "评定为“良”的1个，占50.00%；“中”的1个，占50.00%。无评定为“优”“差”的部门。"),
        ([50], "最低50.00分。评定为“差”的1个，占100.00%。无评定为“优”“良”“中”的部门。"),
    ],
)
def test_grades_that_nobody_got_are_told_together(totals: list[int | None], wanted: str) -> None:
    said = text(worded(assessment(totals)))
    assert wanted in said
    assert ("通报表扬" in said) == (95 in totals)


def test_nobody_asked_for_a_review() -> None:
    assert "结果反馈期间未收到复核申请。" in text(worded(assessment([95])))


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([("3", "4")], "1个部门提出复核申请1项，经复核调整1项。"),
        ([("3", "3")], "1个部门提出复核申请1项，经复核维持1项。"),
        ([("3", "4"), ("3", "3")], "1个部门提出复核申请2项，经复核调整1项、维持1项。"),
    ],
)
def test_reviews(values: list[tuple[str, str]], wanted: str) -> None:
    data = assessment([95])
    data["scorecards"][0]["facts"] = {
        f"数{number}": {
            "value": after,
            "layers": [{"layer": "自报", "value": before}, {"layer": "申诉改判", "value": after}],
        }
        for number, (before, after) in enumerate(values)
    }
    assert wanted in text(worded(data))


def test_who_is_not_assessed() -> None:
    data = assessment([95, 85])
    away = {**data["departments"][1], "code": "甲3", "name": "甲3全称", "assessed": False, "reason": "机构撤销"}
    data["departments"].append(away)
    assert "。甲3全称因机构撤销，本年度不参加考核。" in text(worded(data))
    data["departments"][-1] = {**away, "reason": None}
    assert "。甲3全称本年度不参加考核。" in text(worded(data))
    data["departments"].append({**away, "code": "甲4", "name": "甲4全称"})
    assert "因机构调整等原因，2个部门本年度不参加考核。" in text(worded(data))


def test_bounds_of_bonus_and_deductions() -> None:
    assert "满分100分；附加分最高5分。" in text(worded(assessment([95])))
    assert "等2个方面评分，满分100分。" in text(worded(assessment([95], bonus=False)))


@pytest.mark.parametrize(
    ("quota", "wanted"),
    [
        ({"share": "0.3", "number": None, "within_group": True}, "各组“优”等次不超过本组参评部门数的30%。"),
        ({"share": "0.25", "number": None, "within_group": False}, "“优”等次不超过参评部门数的25%。"),
        ({"share": None, "number": 6, "within_group": False}, "“优”等次不超过6个。"),
    ],
)
def test_quota(quota: Json, wanted: str) -> None:
    data = assessment([95, 85])
    data["method"]["quotas"] = [{"rule": "q", "grade": "优", **quota}]
    assert wanted in text(worded(data))


def tied(data: Json, *reads: Json) -> Json:
    for row in data["groups"][0]["standings"]:
        row["rank_steps"] += [{"rule": "t", "reads": each, "value": "1"} for each in reads]
    return data


def test_a_shared_place() -> None:
    assert "甲2、甲3得分相同，并列第2名。" in text(worded(assessment([95, 85, 85])))
    data = tied(assessment([95, 85, 85]), {"rate_of": "1.1"}, {"fact": "预算执行率", "value": "1"})
    assert "甲2、甲3得分相同，按指标1.1得分率、预算执行率比较仍相同，并列第2名。" in text(worded(data))
    assert "并列" not in text(worded(data, office=replace(ORGAN, ranks=False)))


def test_a_shared_place_of_departments_that_are_not_named_is_not_told() -> None:
    assert "甲2" not in text(worded(assessment([95, 50, 50])))
    assert "甲2" not in text(worded(assessment([95, 85, 85]), office=replace(ORGAN, named_grades=("优",))))


def test_a_method_without_a_ranking_prints_no_places() -> None:
    data = assessment([95, 85, 85])
    data["method"]["ranking"] = None
    document = worded(data)
    assert "名次" not in text(document)
    assert "并列" not in text(document)
    assert [each.name for each in document.annexes[0].tables[0].columns] == ["序号", "部门名称", "总分", "等次"]


def test_problems_are_as_many_as_there_are() -> None:
    said = text(worded(assessment([95, 85])))
    assert "失分集中在一个方面，占全部失分的100.00%。" in said
    assert "（一）指标1.1。2个部门失分，平均得分率75.00%。" in said
    assert "主要问题" not in text(worded(assessment([100, 100])))


def test_passages_stand_where_they_belong() -> None:
    own = Passages(("开展。",), ("结果。",), ("要求。",), {"1.1": ("表现甲。", "表现乙。"), "1.2": ("不印。",)})
    lines = text(worded(assessment([95]), passages=own)).split("\n")
    assert lines[lines.index("开展。") + 1] == "二、考核结果"
    assert "结果。" in lines
    assert lines[-1] == "要求。"
    assert any(each.endswith("平均得分率87.50%。表现甲。表现乙。") for each in lines)
    assert "不印。" not in lines


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        (
            [change("raised", "1.1", "质量", "8", "12")],
            "作了1处调整：提高质量分值，由8分调整为12分。",
        ),
        (
            [change("added", "1.1", "甲", None, "4"), change("lowered", "1.2", "乙", "6", "3")],
            "作了2处调整：一是新增甲；二是乙分值由6分调减为3分。",
        ),
        (
            [
                change("raised", "1", "大项", "20", "30", level=1, parent="总"),
                change("raised", "1.1", "甲", "10", "15"),
                change("raised", "1.2", "乙", "10", "15"),
                change("raised", "2.1", "丙", "1", "2"),
            ],
            "提高大项（由20分调整为30分）、丙（由1分调整为2分）的分值。",
        ),
        (
            [
                change("removed", "9.1", "旧", "4", None),
                change("changed", "1.2", "乙", "6", "6"),
                change("renamed", "1.1", "新名", "旧名", "新名"),
                {"kind": "standing", "part": "limits"},
                {"kind": "standing", "part": "quotas"},
            ],
            "一是不再考核旧；二是完善乙的评分标准；三是旧名更名为新名；四是调整等次限定、等次名额的规定。",
        ),
        (
            [
                change("added", "扣", "扣分", None, "10", block="deduction", level=1, parent="总"),
                change("added", "扣.1", "重大问题", None, None, block="deduction", parent="扣"),
                change("changed", "加.1", "试点", None, None, block="bonus", parent="加"),
            ],
            "一是调整附加分中试点的规定；二是设置扣分，对重大问题予以扣分。",
        ),
        (
            [change("removed", "加", "附加分", "5", None, block="bonus", level=1, parent="总")],
            "作了1处调整：不再设置附加分。",
        ),
    ],
)
def test_changes(changes: list[Json], wanted: str) -> None:
    data = assessment([95])
    data["method"] |= {"changes": changes, "changed_from": "2022"}
    assert wanted in text(worded(data))


def test_a_held_total_is_no_number() -> None:
    document = worded(assessment([95, None]), "approval")
    first, second = document.annexes
    assert first.tables[0].rows == (("1", "甲1全称", "95.00", "优"), ("—", "甲2全称", "暂缓", ""))
    assert second.tables[0].rows[1][-1] == "暂缓"
    assert "平均得95.00分" in text(document)


def test_a_sample_says_so_and_another_method_does_not() -> None:
    data = assessment([95])
    assert worded(data).notices == ()
    data["method"]["status"] = "样本"
    assert worded(data).notices == ("说明", "数据为样例")


def test_uses_of_the_result() -> None:
    said = text(worded(assessment([95]), office=Office(uses=("安排预算", "改进管理"))))
    assert "考核结果作为安排预算、改进管理的参考。" in said
    assert "用好考核结果" not in text(worded(assessment([85])))
