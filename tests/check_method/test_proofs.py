"""What is proven of tables, limits and choices: by a value that shows it, and without crying wolf."""

from __future__ import annotations

import pytest

from scoring.check_method import check_method
from tests.check_method.editions import FACTS, FIRST, METHOD, SECOND, codes, edition, found, only

pytestmark = pytest.mark.once

UNROUNDED = (METHOD, "    of: 总分\n    order", "    of: 未取位总分\n    order")
LOWEST = "          - {below: 60%, points: 0}\n"
MIDDLE = "          - {at_least: 60%, below: 80%, points: 10}\n"
CASES = """        cases:
          - {when: {fact: 质量等次, is: 好}, points: 10}
          - {when: {fact: 质量等次, is: 中}, points: 6}
          - {points: 0}
"""
CHECKS = """        checks:
          - {name: 制度, when: {fact: 有制度, is: 是}, add: 6}
          - {name: 专人, when: {fact: 有专人, is: 是}, add: 4, needs: 制度}
"""
BANDS = """        of: 完成率
        bands:
          - {at_least: 90%, points: 20}
          - {at_least: 80%, below: 90%, points: 15}
          - {at_least: 60%, below: 80%, points: 10}
          - {below: 60%, points: 0}
"""
SAME = (METHOD, "name: 样例考核办法\n", "name: 样例考核办法\n")
RATE = (SECOND, "full_at: 100,", "full_at: 100%,")


def test_the_sound_edition_is_sound() -> None:
    assert codes() == []


def test_a_gap_is_shown_in_the_unit_of_its_fact_with_both_rows() -> None:
    (said,) = found((FIRST, MIDDLE, MIDDLE.replace("below: 80%", "below: 75.5%")))
    assert said.code == "K253"
    params = dict(said.params)
    assert (params["low"], params["high"], params["low_open"], params["high_open"]) == ("75.5%", "80%", "", "yes")
    assert params["name"] == "完成率"
    assert params["witness"].endswith("%")
    assert said.location is not None
    assert said.other is not None
    assert {said.location.line, said.other.line} == {14, 15}
    assert said.location.headings == ("1 基础管理", "1.1 任务完成")


def test_a_single_value_may_be_left_out() -> None:
    said = only("K253", (FIRST, "{at_least: 80%, below: 90%, points: 15}", "{above: 80%, below: 90%, points: 15}"))
    assert (said["low"], said["high"], said["witness"]) == ("80%", "80%", "80%")


def test_whole_numbers_leave_no_gap_between_them() -> None:
    bands = "        bands: [{at_most: 2, points: 20}, {at_least: 3, points: 0}]\n"
    old = """        exceptions:
          - {at_least: 11, points: 0}
        steps:
          - {above: 0, per: 1, deduct: 2}
"""
    assert codes((FIRST, old, bands)) == []


def test_what_an_exception_decides_is_no_gap() -> None:
    exception = "        of: 完成率\n        exceptions: [{below: 60%, points: 0}]\n"
    assert codes((FIRST, "        of: 完成率\n", exception), (FIRST, LOWEST, "")) == []


def test_a_state_without_a_row() -> None:
    bands = "        of: 质量等次\n        bands: [{is: 好, points: 10}, {is: 中, points: 0}]\n"
    said = only("K253", (SECOND, CASES, bands))
    assert (said["name"], said["low"], said["witness"]) == ("质量等次", "", "差")


def test_a_table_over_two_facts() -> None:
    rows = """        cases:
          - {when: {all: [{fact: 有制度, is: 是}, {fact: 完成率, at_least: 50%}]}, points: 10}
          - {when: {fact: 有制度, is: 否}, points: 0}
"""
    said = only(
        "K253",
        (SECOND, CASES, rows),
        (FACTS, "  质量等次: {type: 选项, choices: [好, 中, 差], better: 列前, source: 评审}\n", ""),
    )
    assert said["low"] == said["high"] == ""
    assert said["witness"].startswith("有制度 是，完成率 ")


def test_facts_compared_with_each_other_leave_no_case_out() -> None:
    rows = """        cases:
          - {when: {fact: 完成率, at_least: 覆盖率}, points: 10}
          - {when: {fact: 完成率, below: 覆盖率}, points: 0}
        not_applicable: 零分
"""
    unused = (FACTS, "  质量等次: {type: 选项, choices: [好, 中, 差], better: 列前, source: 评审}\n", "")
    neither = (FACTS, "at_most: 应评估数, better: 多", "at_most: 应评估数, better: 无")
    assert codes((SECOND, CASES, rows), unused, neither) == []
    equal = rows.replace("at_least: 覆盖率", "above: 覆盖率")
    assert "K253" in codes((SECOND, CASES, equal), unused)


def test_thresholds_of_each_group_are_proven_for_each() -> None:
    bands = """        of: 完成率
        bands:
          - {at_least: {lookup: {by: 分组, values: {党群: 90%, 政府: 80%}}}, points: 20}
          - {below: 90%, points: 0}
"""
    said = only("K254", (FIRST, BANDS, bands))
    assert said["group"] == "政府部门"
    assert (
        codes(
            (FIRST, BANDS, bands.replace("below: 90%", "below: {lookup: {by: 分组, values: {党群: 90%, 政府: 80%}}}"))
        )
        == []
    )


def test_a_row_for_one_group_is_not_dead() -> None:
    rows = CASES.replace("{fact: 质量等次, is: 中}", "{all: [{group: 党群}, {fact: 质量等次, is: 中}]}")
    assert codes((SECOND, CASES, rows)) == []


def test_a_row_for_the_rest_may_stand_after_all_states_and_groups() -> None:
    rows = CASES.replace("points: 6}", "points: 6}\n          - {when: {fact: 质量等次, is: 差}, points: 2}")
    assert codes((SECOND, CASES, rows)) == []
    rates = """        cases:
          - {when: {fact: 完成率, at_least: 0}, points: 10}
          - {points: 0}
"""
    assert "K255" in codes((SECOND, CASES, rates))


def test_groups_may_be_given_different_points() -> None:
    rows = """        cases:
          - {when: {group: 党群}, points: 10}
          - {points: 8}
"""
    unused = (FACTS, "  质量等次: {type: 选项, choices: [好, 中, 差], better: 列前, source: 评审}\n", "")
    assert codes((SECOND, CASES, rows), unused) == []
    assert only("K259", (SECOND, CASES, rows.replace("points: 8", "points: 10")), unused)["points"] == "10"


@pytest.mark.parametrize("treated", ["零分", "[{when: {fact: 质量等次, is: 不适用}, treatment: 零分}]"])
def test_what_is_not_applicable_chooses_nothing(treated: str) -> None:
    parts = "".join(f"          - {{name: {state}, full_marks: 10, points: 100%}}\n" for state in ("好", "中", "差"))
    treatment = f"        not_applicable: {treated}\n"
    chosen = f"        combine: 选定\n        chosen_by: 质量等次\n{treatment}        parts:\n{parts}"
    maybe = (FACTS, "better: 列前, source: 评审}", "better: 列前, source: 评审, may_be: 不适用}")
    assert "K268" not in codes((SECOND, CASES, chosen), maybe)
    untreated = chosen.replace(treatment, "")
    assert "K268" in codes((SECOND, CASES, untreated), maybe)


def test_a_situation_without_a_treatment_is_told_in_full() -> None:
    rows = """        cases:
          - {when: {all: [{fact: 覆盖率, at_least: 60%}, {fact: 有制度, is: 是}]}, points: 10}
          - {points: 0}
"""
    assert (
        only(
            "K265",
            (SECOND, CASES, rows),
            (FACTS, "  质量等次: {type: 选项, choices: [好, 中, 差], better: 列前, source: 评审}\n", ""),
        )["reads"]
        == "覆盖率 不适用，有制度 是"
    )


def test_marks_are_added_up_for_each_group() -> None:
    said = only("K250", (SECOND, "        name: 工作评定\n", "        name: 工作评定\n        groups: [党群]\n"))
    assert (said["group"], said["declared"], said["found"], said["less"]) == ("政府部门", "40", "30", "10")
    assert said["parts"] == "2.1（10）、2.3（20）"


def test_a_ratio_of_a_fact_and_its_bound_needs_no_cap() -> None:
    extend = (FIRST, "{zero_at: 0, full_at: 100%, outside: 不再增减}", "{zero_at: 0, full_at: 100%, outside: 照此继续}")
    assert codes(extend) == []
    said = only("K260", extend, (FACTS, "at_most: 应评估数, ", ""))
    assert (said["most"], said["marks"]) == ("", "20")


def test_the_largest_of_all_departments_needs_no_cap() -> None:
    best = """        of: 完成率
        scale:
          zero_at: {across: {of: 完成率, statistic: 最小, among: 全部}}
          full_at: {across: {of: 完成率, statistic: 最大, among: 全部}}
          outside: 照此继续
          if_equal: 100%
"""
    assert codes((FIRST, BANDS, best)) == []
    assert "K260" in codes((FIRST, BANDS, best.replace("最大", "平均")))


def test_points_of_a_single_row_above_the_cap() -> None:
    said = only(
        "K262",
        (SECOND, CASES, CASES + "        cap: 8\n"),
        (
            SECOND,
            "        full_marks: 10\n        provision: {document: 办法, article: 第五条}",
            "        full_marks: 8\n        provision: {document: 办法, article: 第五条}",
        ),
        (SECOND, "    full_marks: 40", "    full_marks: 38"),
        (FIRST, "    full_marks: 60", "    full_marks: 62"),
        (FIRST, "        name: 任务完成\n        full_marks: 20", "        name: 任务完成\n        full_marks: 22"),
        (FIRST, "{at_least: 90%, points: 20}", "{at_least: 90%, points: 22}"),
    )
    assert (said["kind"], said["bound"], said["compared"]) == ("award", "8", "10")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("{ratio: [已评估数, 应评估数], if_zero: 不适用}", "{ratio: [已评估数, 应评估数]}", "if_zero"),
        ("{mean: {of: 得分, in: 评价}, if_empty: 不适用}", "{mean: {of: 得分, in: 评价}}", "if_empty"),
        ("{mean: {of: 得分, in: 评价}, if_empty: 不适用}", "{mean: [覆盖率, 完成率]}", "not_applicable"),
    ],
)
def test_a_choice_is_demanded_where_its_case_can_occur(old: str, new: str, kind: str) -> None:
    said = [each for each in found((FACTS, old, new), RATE if "mean: [" in new else SAME) if each.code == "K266"]
    assert [dict(each.params)["kind"] for each in said] == [kind]


def test_a_choice_is_not_demanded_where_its_case_cannot_occur() -> None:
    bounded = (FACTS, "应评估数: {type: 个数,", "应评估数: {type: 个数, at_least: 1,")
    assert codes((FACTS, ", if_zero: 不适用}", "}"), bounded, (FIRST, "        not_applicable: 折算\n", "")) == []
    plain = (FACTS, "{mean: {of: 得分, in: 评价}, if_empty: 不适用}", "{mean: [完成率, 完成率]}")
    assert "K266" not in codes(plain, RATE)


def test_a_step_whose_length_may_be_nothing() -> None:
    assert "K266" in codes((FIRST, "per: 1, deduct: 2", "per: 应评估数, deduct: 2, partial: 不计"))


def test_the_grade_scale_knows_how_many_decimals_a_total_has() -> None:
    closed = (METHOD, "{at_least: 80, below: 90, grade: 良}", "{at_least: 80, at_most: 89.99, grade: 良}")
    assert codes(closed) == []
    said = only("K263", closed, (METHOD, "award: 2, total: 2, print: 2", "award: 3, total: 3, print: 3"))
    assert (said["low"], said["high"]) == ("89.99", "90")


def test_a_grade_for_more_than_full_marks() -> None:
    said = only("K263", (METHOD, "{at_least: 90, grade: 优}", "{at_least: 90, at_most: 100, grade: 优}"))
    assert (said["low"], said["high"]) == ("100", "105")


@pytest.mark.parametrize("quote", ["“优”不超过百分之三十", "“优”不得超过参评部门的30%", "“优”不超过30％"])
def test_a_quota_is_held_against_its_article(quote: str) -> None:
    own = (METHOD, "各组“优”不超过本组参评部门数的30%", quote)
    assert codes(own) == []
    said = only("K278", own, (METHOD, "count: 舍去", "count: 四舍五入"))
    assert (said["base"], said["exact"], said["places"], said["found"]) == ("52", "15.6", "16", "30.77%")
    assert only("K279", own, (METHOD, "at_most: 30%", "at_most: 40%"))["quoted"] == "30%"


def test_a_quota_of_ranks_that_cannot_be_compared() -> None:
    said = only("K280", (METHOD, "      within: 本组\n      count: 舍去", "      within: 全部\n      count: 舍去"))
    assert said["kind"] == "within"


def test_codes_keep_their_meaning_from_year_to_year() -> None:
    before = edition(
        (METHOD, 'edition: "2023"', 'edition: "2022"'),
        (METHOD, "2023-01-01, by: 2023-12-31", "2022-01-01, by: 2022-12-31"),
    )
    renamed = edition((SECOND, "name: 工作评定", "name: 工作评定情况"))
    assert check_method(renamed, before) == []
    other = edition((SECOND, "name: 工作评定", "name: 节水"))
    assert [each.code for each in check_method(other, before)] == ["K274"]


def test_a_named_rule_is_shown_where_it_stands_and_where_it_is_used() -> None:
    rule = "rules:\n  分档:\n    bands: [{at_least: 50%, points: 100%}, {below: 40%, points: 0}]\n"
    (said,) = found(
        (METHOD, "published:", rule + "published:"), (FIRST, BANDS, "        of: 完成率\n        rule: 分档\n")
    )
    assert said.code == "K253"
    assert said.location is not None
    assert said.location.file == "method.yaml"
    assert said.other is not None


def test_advice_is_taken_back_with_a_reason() -> None:
    text = "        name: 工作评定\n        standard: 刊发宣传文章的，得10分；一般的，得6分。\n"
    assert only("K290", (SECOND, "        name: 工作评定\n", text))["words"] == "刊发宣传文章"
    reason = "        lint_off: [{code: K290, because: 上级办法第五条}]\n"
    assert codes((SECOND, "        name: 工作评定\n", text + reason)) == []


@pytest.mark.parametrize(
    ("mode", "one", "other", "shown"),
    [("四舍五入", "89.999", "90", "90.00"), ("舍去", "90", "90.001", "90.00"), ("进位", "89.999", "90", "90.00")],
)
def test_totals_that_print_alike_are_shown_as_the_method_rounds_them(
    mode: str, one: str, other: str, shown: str
) -> None:
    """89.999 cut off prints as 89.99: it is no witness there."""
    rounding = f"{{award: 不取位, total: 2, print: 2, mode: {mode}}}"
    changes = UNROUNDED, (METHOD, "{award: 2, total: 2, print: 2, mode: 四舍五入}", rounding)
    [said] = [dict(each.params) for each in found(*changes) if each.code == "K282"]
    assert (said["one"], said["other_one"], said["shown"]) == (one, other, shown)
