"""What a department's data and its scorecard show together: what was lacking, and what does not fit."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from scoring.app.assess import scorecards
from scoring.check_method import decisions_in
from scoring.check_submission import check_carried, check_intake, check_submission
from scoring.engine import PLAIN, open_matcher
from scoring.finding import Finding
from scoring.points import plain
from scoring.render.catalogue import load_catalogue
from scoring.scope import Horizon
from scoring.timeline import Calendar
from tests.intake.folders import DECISIONS, FORM, REVIEWS, ROOT, codes, method, read

pytestmark = pytest.mark.once


@cache
def horizon() -> Horizon:
    return Horizon(open_matcher(PLAIN, decisions_in(method())).match, Calendar())


def checked(department: str, changes: dict[str, Any] | None = None) -> list[Finding]:
    """What check_submission says of one department of the clean folder with these changes."""
    intake, _ = read(changes)
    for submission, _, card in scorecards(method(), intake, horizon()):
        if submission.department.code == department:
            return check_submission(method(), submission, card)
    raise AssertionError(department)


def params(found: list[Finding], code: str) -> list[dict[str, str]]:
    return [dict(each.params) for each in found if each.code == code]


def form(old: str, new: str) -> dict[str, Any]:
    assert old in FORM
    return {"submissions/A1.yaml": FORM.replace(old, new)}


def test_nothing_to_say_of_a_whole_form() -> None:
    assert checked("A1") == []


def test_missing_data_are_named_by_source_with_the_criteria_that_lack_them() -> None:
    [said] = params(checked("A1", form("  已办数: 4\n", "")), "K310")
    assert (said["data"], said["source"], said["criteria"], said["treatment"]) == ("已办数", "部门", "1.1 办结", "零分")
    review, own = params(checked("B1"), "K310")
    assert (review["data"], review["source"], review["criteria"]) == ("质量评分", "评审", "2.2 评分乙")
    assert (own["data"], own["source"], own["criteria"]) == ("项目", "部门", "扣 扣分")


def test_what_was_refused_is_missing_too() -> None:
    [said] = params(checked("A1", form("执行率: 95%", "执行率: 95")), "K310")
    assert said["data"] == "执行率"


def test_of_a_department_that_handed_in_nothing_only_the_bureau_s_share_is_asked() -> None:
    gone = {"submissions/A1.yaml": None, "submissions/佐证/制度.txt": None}
    assert params(checked("A1", gone), "K310") == []
    no_review = {"reviews/01.yaml": REVIEWS[: REVIEWS.index("  A1:")] + REVIEWS[REVIEWS.index("  A2:") :]}
    [said] = params(checked("A1", gone | no_review), "K310")
    assert said["source"] == "评审"
    decided = DECISIONS.replace("kind: 调整总分, points: -1", "kind: 未报送").replace("B1", "A1")
    assert params(checked("A1", form("  已办数: 4\n", "") | {"decisions.yaml": decided}), "K310") == []


def test_what_does_not_apply_where_the_method_has_no_word_for_it() -> None:
    [said] = params(checked("A1", form("执行率: 95%", "执行率: {value: 不适用, reason: 无预算}")), "K358")
    assert (said["indicator"], said["data"]) == ("1.2 执行", "执行率")


def test_not_applicable_beside_a_figure_of_the_same_matter() -> None:
    [said] = params(checked("A1", form("已办数: 4", "已办数: {value: 不适用, reason: 未涉及}")), "K357")
    assert (said["name"], said["other_name"], said["figure"]) == ("已办数", "应办数", "5项")


def test_self_scores_are_asked_for_where_they_are_not_given() -> None:
    [said] = params(checked("A1", form('"1.2": 19, ', "")), "K355")
    assert (said["indicators"], said["nothing"]) == ("1.2", "")
    [said] = params(checked("A2"), "K355")
    assert said["nothing"] == "yes"
    assert "K355" not in codes(checked("A1", form('"1.1": 40, "1.2": 19', '"1": 59')))


def test_where_nobody_gave_self_scores_it_is_said_once() -> None:
    """An assessment may do without them; then a line for each of a hundred departments would bury the rest."""
    none = FORM[: FORM.index("self_scores:")]
    intake, _ = read({"submissions/A1.yaml": none})
    assert params(check_intake(intake), "K355") == [{"name": "", "indicators": "", "nothing": "yes"}]
    given, _ = read()
    assert check_intake(given) == []


def test_a_self_score_that_is_not_the_sum_of_its_parts() -> None:
    [said] = params(checked("A1", form('"1.1": 40', '"1": 60, "1.1": 40')), "K356")
    assert (said["indicator"], said["text"], said["total"]) == ("1 办理", "60", "59")
    assert "K356" not in codes(checked("A1", form('"1.1": 40', '"1": 59, "1.1": 40')))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_of_it_can_be_said(language: str) -> None:
    catalogue, _ = load_catalogue(ROOT / "reports" / "findings", language)
    found = [
        *checked("A2"),
        *checked("B1"),
        *checked("A1", form("执行率: 95%", "执行率: {value: 不适用, reason: 无}")),
        *checked("A1", form("已办数: 4", "已办数: {value: 不适用, reason: 无}")),
        *checked("A1", form('"1.1": 40', '"1": 60, "1.1": 40')),
    ]
    assert {"K310", "K355", "K356", "K357", "K358"} == set(codes(found))
    for each in found:
        assert catalogue.says(each)
        assert "{" not in catalogue.says(each) + catalogue.remedy(each)


def test_a_datum_that_does_not_repeat_last_years() -> None:
    """同上年一致 is held against last year's result, department by department; another method's result says nothing."""
    intake, _ = read()
    name, fact = next(
        (name, each) for name, each in method().facts.items() if each.unit and name in FORM and not each.choices
    )
    carrying = replace(
        method(), supersedes="2022", facts={**method().facts, name: replace(fact, same_as="年末数", unit="万元")}
    )
    now = next(each for each in intake.submissions if name in each.facts).facts[name].value

    def said(edition: str, was: str) -> list[dict[str, str]]:
        cards = [
            {"department": each.department.code, "facts": {"年末数": {"value": was}}} for each in intake.submissions
        ]
        return params(check_carried(carrying, intake, {"edition": edition, "scorecards": cards}), "K359")

    different = said("2022", "987654")
    assert {(each["fact"], each["was"]) for each in different} == {(name, "987654万元")}
    assert len(said("2022", plain(now))) < len(different)
    assert said("2021", "987654") == said("2022", "未报") == []
