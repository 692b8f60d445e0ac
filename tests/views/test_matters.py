"""What the leaders are asked to decide, each kind in its case, and nothing where there is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.views import Office
from tests.views.small import assessment, entry, noted, worded

pytestmark = pytest.mark.once

Json = dict[str, Any]


def kinds(data: Json) -> list[str]:
    return [row[0] for row in noted(data)]


def card(data: Json, index: int = 0) -> Json:
    found: Json = data["scorecards"][index]
    return found


def test_nothing_to_decide() -> None:
    assert noted(assessment([95, 85])) == []


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (90, "总分90.00分，正好达到“优”的分数线，评定为“优”。"),
        (79, "总分79.00分，比“良”的分数线低1.00分，评定为“中”。"),
        (61, "总分61.00分，比“中”的分数线高1.00分，评定为“中”。"),
    ],
)
def test_near_an_edge(total: int, said: str) -> None:
    (row,) = noted(assessment([total]), Office(near_edge=1))
    assert row[0] == "临近等次分数线（上下1.00分）"
    assert row[2] == said
    assert noted(assessment([85]), Office(near_edge=1)) == []


def test_ties() -> None:
    (row,) = noted(assessment([95, 85, 85]))
    assert row == ("得分相同或并列", "甲2、甲3", "甲组，总分均为85.00分，并列第2名。", "")
    data = assessment([95, 85, 85])
    first, second = data["groups"][0]["standings"][1:]
    second["rank"] = 3
    for each in (first, second):
        each["rank_steps"].append({"rule": "t", "reads": {"score_of": "1.1"}, "value": "1"})
    (row,) = noted(data)
    assert row[2:] == ("甲组，总分均为85.00分，按指标1.1得分比较，列第2名、第3名。", "得分相同的，依次比较指标1.1得分")


def test_quota() -> None:
    data = assessment([95, 94, 93, 70])
    rule = {"rule": "q", "grade": "优", "share": "0.5", "number": None, "within_group": True, "tie_at_edge": "均不入选"}
    data["method"]["quotas"] = [{**rule, "provision": {"article": "第九条", "quote": "不超过50%"}}]
    row = {"rule": "q", "group": "甲", "grade": "优", "base": 4, "share": "0.5", "places": 2}
    data["groups"][0]["quota"] = [{**row, "candidates": 3, "kept": 2, "tied_at_edge": []}]
    card(data, 2).update(
        grade="良", grade_steps=[{"step": "quota", "grade": "良", "basis": {"rule": "q", "from": "优"}}]
    )
    (told,) = noted(data)
    facts = "甲组参评部门4个，“优”不超过50%，名额2个，达到分数线的3个，评定2个。"
    passed_over = "未评定为“优”的：甲3（93.00分，第3名，评定为“良”）。"
    assert told == ("“优”名额取舍", "甲3", facts + passed_over, "第九条：不超过50%")


def limited(data: Json) -> Json:
    provision = {"article": "第三条", "quote": ""}
    data["method"]["limits"] = [{"rule": "l", "name": "重大问题", "provision": provision}]
    data["facts"] = {"问题数": {"unit": "个"}}
    because = [{"fact": "问题数", "value": "2"}, {"fact": "查实", "value": "是"}]
    step = {"step": "limit", "grade": "良", "basis": {"rule": "l", "from": "优", "because": because}}
    card(data).update(grade="良", grade_steps=[step])
    return data


def test_limits() -> None:
    (row,) = noted(limited(assessment([95])))
    facts = "总分95.00分，达到“优”的分数线。因重大问题（问题数2个），按照办法规定评定为“良”，得分不作调整。"
    assert row == ("等次限定", "甲1", facts, "第三条")
    data = limited(assessment([95]))
    card(data)["grade_steps"][0]["basis"]["from"] = "良"
    assert noted(data) == []


def test_an_offices_own_term_for_limits() -> None:
    assert noted(limited(assessment([95])), Office(veto_term="评优限制"))[0][0] == "评优限制"


def test_a_limit_on_the_total() -> None:
    data = limited(assessment([95]))
    card(data).update(grade_steps=[], entries=[entry("总", "-95", "veto", rule="l")])
    assert noted(data)[0][2:] == ("因重大问题，总分按95.00分计。", "第三条")


def test_caps() -> None:
    data = assessment([95])
    card(data)["entries"] += [
        entry("加", "-2", "bonus_cap", working={"by": "cap", "value": "7", "cap": "5"}),
        entry("扣", "2", "deduction_cap", working={"by": "floor", "value": "-12", "floor": "-10"}),
    ]
    assert [row[2] for row in noted(data)] == [
        "应加7.00分，指标加最高5.00分，超过的2.00分不计。",
        "应扣12.00分，扣最高10.00分，超过的2.00分不计。",
    ]


def test_large_gaps_between_self_score_and_score_are_told_before_conversions() -> None:
    data = assessment([80])
    card(data)["self_scores"] = {"1.1": "40", "1.2": "20"}
    card(data)["entries"].append(entry("1.2", "20", "reweight"))
    told = [row[2] for row in noted(data, Office(near_edge=0)) if "自评" in row[0]]
    assert told == ["自评60.00分，相应指标评定40.00分，自评高20.00分。"]
    card(data)["self_scores"] = {"1.1": "29"}
    assert [row for row in noted(data, Office(near_edge=0)) if "自评" in row[0]] == []


def late(value: str, done: str, due: str = "2023-03-31") -> Json:
    working = {"operator": "days_late", "due": due, "done": {"fact": "报送日期", "value": done}}
    return {"value": value, "working": working}


def test_late_and_missing() -> None:
    data = assessment([95, 85, 75])
    data["departments"][0]["submitted"] = False
    card(data)["entries"][1]["state"] = "missing"
    card(data, 1)["facts"] = {"迟报天数": late("3", "2023-04-03"), "别的": late("3", "2023-04-03")}
    card(data, 1)["entries"][0]["basis"] = {"measure": {"fact": "迟报天数"}}
    card(data, 2)["facts"] = {"迟报天数": late("275", "未完成")}
    card(data, 2)["entries"][0]["basis"] = {"because": [{"fact": "迟报天数", "value": "275"}]}
    assert [row[1:] for row in noted(data)] == [
        ("甲1", "未报送材料。未报送数据，按办法处理的指标：指标1.2。", "第1.2条"),
        ("甲2", "报送日期应为2023年3月31日前，实际2023年4月3日，逾期3天。", "第1.1条"),
        ("甲3", "报送日期应为2023年3月31日前，至考核期末未完成，逾期275天。", "第1.1条"),
    ]
    card(data, 1)["facts"]["迟报天数"]["value"] = "0"
    assert [row[1] for row in noted(data)] == ["甲1", "甲3"]


def test_reviews_and_what_people_changed() -> None:
    data = assessment([95])
    data["facts"] = {"整改数": {"unit": "项"}, "覆盖率": {"unit": "%"}}
    layers = [{"layer": "财政掌握", "value": "3"}, {"layer": "申诉改判", "value": "4", "why": "补充材料"}]
    card(data)["facts"] = {
        "整改数": {"value": "4", "layers": layers},
        "覆盖率": {"value": "0.9", "layers": [{"layer": "申诉改判", "value": "0.9"}]},
    }
    record = {
        "key": "X1",
        "质量": {"value": "是", "layers": [{"layer": "复核", "value": "是"}, {**layers[1], "value": "是"}]},
    }
    card(data)["lists"] = {"清单": [record], "选出": ["X1"], "未报": None}
    ruling = {"layer": "复核", "by": "评审科", "on": "2024-04-29", "why": "记录不全"}
    leaders = {"layer": "审定", "by": "局党组会议", "on": "2024-05-24", "basis": "文〔2024〕9号", "why": "批准延期"}
    card(data)["entries"] += [
        entry("1.1", "-1", "override", ruling=ruling, working={"by": "override", "value": "5", "points": "4"}),
        {**entry("1.2", "0", "exemption", ruling=leaders, treatment="折算"), "kind": "exemption"},
    ]
    step = {"step": "decision", "grade": "优", "basis": {"from": "良", "ruling": leaders}}
    card(data)["grade_steps"] = [step]
    assert [(row[0], row[2]) for row in noted(data)] == [
        ("复核调整", "申请复核“整改数”，经复核由3项调整为4项。理由：补充材料。"),
        ("复核调整", "申请复核“覆盖率”，经复核按90.00%计。"),
        ("复核调整", "申请复核“清单X1质量”，经复核维持是。理由：补充材料。"),
        ("复核调整", "指标1.1由5.00分调整为4.00分。理由：记录不全。由评审科于2024年4月29日提出。"),
        ("人工调整", "指标1.2不参加考核，按折算处理。理由：批准延期。依据：局党组会议文〔2024〕9号。"),
        ("人工调整", "等次由“良”调整为“优”。理由：批准延期。依据：局党组会议文〔2024〕9号。"),
    ]


def test_two_grades_away_from_last_year() -> None:
    data = assessment([95, 85])
    for row, grade in zip(data["groups"][0]["standings"], ("中", "中"), strict=True):
        row["previous"] = {"rank": 9, "total": "70", "grade": grade}
    assert [row[1:3] for row in noted(data)] == [("甲1", "上年评定为“中”，本年评定为“优”。")]


def test_unnamed_departments_are_marked_for_the_leaders_and_stay_out_of_the_circular() -> None:
    data = assessment([95, 90])
    data["departments"][1]["visibility"] = "unnamed"
    data["groups"][0]["standings"].pop()
    assert [row[1] for row in noted(data)] == ["甲2（不列名）"]
    document = worded(data, "approval")
    assert "甲2" not in repr(document)
    assert document == worded(data, "approval")
