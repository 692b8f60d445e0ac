"""What does not go together is said, of every method; a method may declare more; no point moves."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from scoring.app.assess import assess
from scoring.app.sample import FORMATS, sample
from scoring.app.score import bundle_of
from scoring.explain.explainer import Explainer
from scoring.explain.sampling import sampling
from scoring.resources import schemas
from scoring.views.consistency import data, mismatches
from tests.explain.district import EDITIONS, codes, example, explanation, wording

pytestmark = pytest.mark.once


def found(card: dict[str, Any], findings: list[dict[str, Any]] | None = None) -> dict[str, dict[str, Any]]:
    assessment = {**example("2023").assessment, "findings": findings or []}
    return {each.kind: data(each) for each in mismatches(assessment, card)}


def card(code: str) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(example("2023").card(code))
    return made


def test_late_and_yet_full_marks_by_hand() -> None:
    told = found(card("B24"))
    assert told["late_in_full"]["figures"] == {"name": "跟踪迟报天数", "days": "6", "marks": "6"}
    assert told["full_by_hand"]["figures"] == {"given": "6", "value": "3", "marks": "6"}
    assert {told[each]["level"] for each in ("late_in_full", "full_by_hand")} == {"红"}


def test_a_self_score_far_from_the_score() -> None:
    told = found(card("B33"))["self_gap"]
    assert (told["level"], told["rule"]) == ("红", "1.3")
    near = card("B33")
    near["self_scores"]["1.3"] = "1.49"
    assert "self_gap" not in found(near)
    near["self_scores"]["1.3"] = "1.5"
    assert found(near)["self_gap"]["level"] == "黄"


def test_a_paper_from_after_the_day_it_proves() -> None:
    made = card("B22")
    made["facts"]["绩效跟踪完成日期"]["layers"][-1]["evidence"] = ["P"]
    made["evidence"]["P"] = {"title": "跟踪报告", "date": "2023-09-04"}
    assert "dated_before_proof" not in found(made)
    made["evidence"]["P"]["date"] = "2023-09-05"
    assert found(made)["dated_before_proof"]["figures"]["on"] == "2023-09-05"


def test_not_applicable_is_claimed_where_there_are_records() -> None:
    made = card("B13")
    entry = next(each for each in made["entries"] if each["criterion"] == "6.2")
    assert "claimed" not in found(made)  # 办法自己的条件成立，不是部门自称
    entry["basis"] = {**entry["basis"], "because": [], "data": ["部门评价", "第三方有选聘程序"]}
    assert found(made)["claimed"]["figures"] == {"claims": ["第三方有选聘程序"], "list": "部门评价", "count": "1"}


def test_findings_of_the_forms_are_told_with_the_rule_they_touch() -> None:
    params = {"ids": "E1", "data": "甲、乙", "treatment": "hint", "count": "1"}
    row = {"code": "K352", "department": "B13", "severity": "提示", "params": params}
    other = {**row, "department": "B14"}
    assert found(card("B13"), [row, other])["evidence_twice"]["rule"] == "method/evidence_reuse"


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_is_explained_with_its_basis_and_no_point_moves(edition: str) -> None:
    for code in codes(edition):
        for step in explanation(edition, code).warnings:
            assert step.sentence.endswith("不影响得分。")
            assert step.basis.places
            assert all(place.file and place.line for place in step.basis.places), step
    assert not wording().findings


WARNINGS = """warnings:
  - {name: 自评高出评定3分以上, when: {self_excess_of: "5.2", above: 3}, level: 黄}
  - {name: 自评满分, when: {all: [{self_score_of: "7", equals: 14}, {rate_of: "7", below: 100%}]}, level: 红}
"""


def test_a_method_may_hold_self_scores_against_scores() -> None:
    run = example("2023")
    bundle = bundle_of({path: run.read(path) for path in run.files}, "2023")
    rules = {year: dict(files) for year, files in bundle.rules.items()}
    rules["2023"]["method.yaml"] = rules["2023"]["method.yaml"].replace(b"warnings:\n", WARNINGS.encode(), 1)
    made = assess(replace(bundle, rules=rules), schemas(), "plain")
    assert made.assessment is not None, made.findings
    before = {each["department"]: each for each in run.assessment["scorecards"]}
    excess, full = set(), set()
    for each in made.assessment.scorecards:
        told = json.loads(json.dumps(list(each.warnings)))
        assert str(each.total) == str(each.total)
        assert each.data(2)["total"] == before[each.department]["total"]
        names = {row["warning"] for row in told}
        excess |= {each.department} & {each.department for _ in names & {"method/warnings/0"}}
        full |= {each.department for _ in names & {"method/warnings/1"}}
        said = each.self_scores.get("5.2")
        own = sum(entry.exact for entry in each.entries if entry.criterion == "5.2")
        assert ("method/warnings/0" in names) == (
            said is not None and said - own > 3 and bool(each.nodes["5.2"]["left"] is None)
        )
    assert excess
    assert full


def test_the_sampling_list_names_reason_and_place() -> None:
    run = example("2023")
    picks = sampling(Explainer(run, wording()))
    assert picks == sampling(Explainer(run, wording()))
    kinds = {each.kind for each in picks}
    assert {"人工改定", "免予考核", "临近等次界限", "逾期而得满分", "自评与评定相差较大", "复核申请改变数据"} <= kinds
    for each in picks:
        assert each.reason.endswith("。")
        assert "不影响得分" not in each.reason
        assert each.rule == "decisions" or (each.place.file and each.place.line), each
    groups = [each.group for each in picks]
    assert groups == sorted(groups, key=groups.index)
    order = {each["code"]: each["order"] for each in run.assessment["departments"]}
    places = [(groups.index(each.group), order[each.department]) for each in picks]
    assert places == sorted(places)


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_list_in_each_format(format_: str) -> None:
    made, problems = sample(example("2023"), format_)
    assert not problems
    assert "None" not in made
    if format_ == "csv":
        assert made.startswith("\ufeff部门编码,")
        assert len(made.splitlines()) == len(sampling(Explainer(example("2023"), wording()))) + 1
    if format_ == "json":
        assert {"department", "reason", "rule", "file", "line"} <= json.loads(made)["picks"][0].keys()
