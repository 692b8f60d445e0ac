"""Several voices about one datum: all are kept, the highest counts, and who may not speak is not heard."""

from __future__ import annotations

import pytest

from scoring.check_method import decisions_in
from scoring.condition import MISSING, NOT_APPLICABLE
from scoring.engine import PLAIN, open_matcher
from scoring.finding import Finding
from scoring.scope import Horizon
from scoring.submission import APPEAL, BUREAU, REVIEW, SELF_REPORT, SPOT_CHECK
from scoring.timeline import Calendar
from tests.intake.folders import APPEALS, FORM, RECORDS, codes, method, of, read

pytestmark = pytest.mark.once

HEAD = "format: 1\nedition: 样例\nby: 某科\non: 2024-01-20\nwhy: 事由\ndepartments:\n"


def register(facts: str, lists: str = "{}", rest: str = "") -> str:
    return f"{HEAD}  A1:\n    facts: {facts}\n    lists: {lists}\n{rest}"


def about(found: list[Finding], department: str = "A1") -> list[str]:
    return [each.code for each in found if each.department == department]


def test_all_layers_are_kept_low_to_high_and_the_highest_counts() -> None:
    intake, found = read(
        {
            "appeals/02.yaml": register("{已办数: {value: 5, why: 丁}}"),
            "reviews/02.yaml": register("{已办数: {value: 1, why: 丙}}"),
            "spot_checks/01.yaml": register("{已办数: 2}"),
            "records/02.yaml": register("{已办数: 3}"),
        }
    )
    datum = of(intake, "A1").facts["已办数"]
    assert [said.layer for said in datum.layers] == [SELF_REPORT, BUREAU, SPOT_CHECK, REVIEW, APPEAL]
    assert [said.value for said in datum.layers] == [4, 3, 2, 1, 5]
    assert datum.value == 5
    assert about(found) == ["K320"] * 4


def test_who_when_and_why_may_stand_at_the_file_the_department_or_the_datum() -> None:
    intake, _ = read(
        {
            "spot_checks/01.yaml": f"{HEAD}  A1:\n    by: 另一科\n    facts:\n"
            "      已办数: {value: 4, why: 见台账}\n      金额: 1200\n"
        }
    )
    facts = of(intake, "A1").facts
    said, other = facts["已办数"].layers[-1], facts["金额"].layers[-1]
    assert (said.by, said.on, said.why) == ("另一科", "2024-01-20", "见台账")
    assert (other.by, other.on, other.why) == ("另一科", "2024-01-20", "事由")


def test_what_cannot_be_taken_leaves_the_lower_layer_counting() -> None:
    intake, found = read({"records/02.yaml": register("{已办数: 四, 金额: 999999}")})
    facts = of(intake, "A1").facts
    assert [(said.layer, said.value) for said in facts["已办数"].layers] == [(SELF_REPORT, 4)]
    assert [(said.layer, said.value) for said in facts["金额"].layers] == [(SELF_REPORT, 1200)]
    assert sorted(about(found)) == ["K112", "K312"]


def test_what_cannot_count_at_all_is_missing_and_its_text_is_kept() -> None:
    intake, _ = read({"submissions/A1.yaml": FORM.replace("执行率: 95%", "执行率: 95")})
    datum = of(intake, "A1").facts["执行率"]
    assert datum.value is MISSING
    assert [(said.layer, said.text) for said in datum.layers] == [(SELF_REPORT, "95")]


def test_a_department_alone_does_not_fill_a_fact_of_the_bureau() -> None:
    own = "format: 1\nedition: 样例\ndepartment: B1\nfacts: {应办数: 7}\nlists: {台账: [{编号: T-1, 天数: 1}]}\n"
    alone = RECORDS.replace("  B1: {facts: {应办数: 5}, lists: {台账: []}}\n", "")
    intake, found = read({"submissions/B1.yaml": own, "records/01.yaml": alone})
    assert of(intake, "B1").facts["应办数"].value is MISSING
    assert "台账" not in of(intake, "B1").lists
    assert about(found, "B1").count("K307") == 2
    intake, found = read({"submissions/B1.yaml": own})
    assert of(intake, "B1").facts["应办数"].value == 5
    assert of(intake, "B1").lists["台账"] == ()
    assert sorted(about(found, "B1")) == ["K320", "K324"]


def test_a_bound_is_held_against_what_counts() -> None:
    """The bureau's 3 due makes the department's 4 done impossible, and with 4 due it is right."""
    for due, value in ((3, MISSING), (4, 4)):
        intake, found = read({"records/01.yaml": RECORDS.replace("应办数: 5", f"应办数: {due}")})
        assert of(intake, "A1").facts["已办数"].value == value
        assert ("K312" in about(found)) == (value is MISSING)


def test_a_bound_that_is_not_known_is_not_broken() -> None:
    intake, found = read({"records/01.yaml": RECORDS.replace("    facts: {应办数: 5}\n", "")})
    assert of(intake, "A1").facts["已办数"].value == 4
    assert about(found) == []


def test_a_bound_may_rest_on_what_is_derived() -> None:
    """Counting needs nobody; which records were assessed is a question, and only a matcher answers it."""
    changed = {"submissions/A1.yaml": FORM.replace("  经验: 有\n", "  公示项目数: 3\n  合格项目数: 2\n")}
    intake, found = read(changed)
    assert of(intake, "A1").facts["公示项目数"].value is MISSING
    assert of(intake, "A1").facts["合格项目数"].value == 2
    assert about(found) == ["K312"]
    horizon = Horizon(open_matcher(PLAIN, decisions_in(method())).match, Calendar())
    intake, found = read(changed, horizon=horizon)
    assert of(intake, "A1").facts["合格项目数"].value is MISSING
    assert about(found) == ["K312", "K312"]


def test_records_are_joined_by_key_field_by_field() -> None:
    rows = "{项目: [{项目编码: X-2, 已评估: 是, why: 查见报告}, {项目编码: X-0, 项目名称: 零}]}"
    intake, found = read({"spot_checks/01.yaml": register("{}", rows)})
    records = of(intake, "A1").lists["项目"]
    assert [record.key for record in records] == ["X-0", "X-1", "X-2"]
    joined = records[2].data["已评估"]
    assert [(said.layer, said.value, said.why) for said in joined.layers] == [
        (SELF_REPORT, 1, ""),
        (SPOT_CHECK, 0, "查见报告"),
    ]
    assert records[2].data["项目金额"].value == 30
    assert records[0].texts == {"项目编码": "X-0", "项目名称": "零"}
    assert sorted(about(found)) == ["K320", "K324"]


def test_an_empty_list_was_handed_in_and_an_absent_one_was_not() -> None:
    intake, _ = read()
    assert of(intake, "B1").lists == {"台账": ()}
    assert "台账" not in of(intake, "A2").lists


def test_evidence_proves_a_datum_only_where_it_is_listed() -> None:
    intake, _ = read({"submissions/A1.yaml": FORM.replace("[E1]", "[E1, E9]")})
    assert of(intake, "A1").facts["制度健全"].evidence == ("E1",)


def test_a_period_is_held_against_the_department_s_word_only() -> None:
    intake, found = read({"records/02.yaml": register("{完成日期: 2024-02-01}")})
    assert of(intake, "A1").facts["完成日期"].layers[-1].text == "2024-02-01"
    assert about(found) == ["K320"]


def test_a_blank_says_nothing() -> None:
    changed = FORM.replace("已办数: 4", "已办数: {value: }").replace("金额: 1200.00", '金额: ""')
    intake, found = read({"submissions/A1.yaml": changed})
    assert not {"已办数", "金额"} & of(intake, "A1").facts.keys()
    assert "K111" not in codes(found)


def test_a_department_that_is_not_concerned_and_the_bureau_s_figure() -> None:
    changed = FORM.replace("金额: 1200.00", "金额: 不适用")
    intake, found = read({"submissions/A1.yaml": changed, "records/02.yaml": register("{金额: 8}")})
    assert [said.value for said in of(intake, "A1").facts["金额"].layers] == [NOT_APPLICABLE, 8]
    assert about(found) == ["K320"]


def test_rulings_stand_from_low_layer_to_high() -> None:
    appeal = APPEALS + '    overrides: [{code: "2.3", points: 10, why: 甲}, {code: "1.1", points: 11, why: 乙}]\n'
    intake, _ = read({"appeals/01.yaml": appeal})
    rulings = of(intake, "A2").rulings
    assert [(each.layer, each.code) for each in rulings] == [(REVIEW, "2.3"), (APPEAL, "1.1"), (APPEAL, "2.3")]
