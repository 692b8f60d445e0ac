"""What other departments, other parts and other places of a rule bring into an account is said, and said rightly."""

from __future__ import annotations

from scoring.explain.account import Explanation
from scoring.explain.explainer import Explainer
from scoring.explain.headroom import as_table, headroom
from scoring.reading.yaml_file import read_yaml
from tests.explain.district import Fragment, wording

METHOD = """
groups: [{code: 甲, name: 甲组}, {code: 乙, name: 乙组}]
facts:
  增幅: {type: 数, unit: "%", better: 多, source: 财政}
  评议分: {type: 数, unit: 分, at_least: 0, at_most: 11, better: 多, source: 评审}
  四分位: {across: {of: 增幅, statistic: 分位, at: 25%, method: 线性, among: 全部}}
  最低: {across: {of: 增幅, statistic: 最小, among: 全部}}
  最高: {across: {of: 增幅, statistic: 最大, among: 全部}}
  采用: {type: 选项, choices: [增幅, 评议], better: 无, source: 部门}
indicators:
  - code: A1
    name: 增幅
    full_marks: 10
    cases: [{when: {fact: 增幅, at_least: 四分位}, points: 10}, {points: 0}]
  - code: A2
    name: 功效
    full_marks: 10
    of: 增幅
    scale: {zero_at: 最低, full_at: 最高, outside: 不再增减, if_equal: 100%}
  - code: A3
    name: 评议
    full_marks: 20
    combine: 加权
    parts:
      - {name: 领导, weight: 40%, full_marks: 20, of: 评议分, scale: {zero_at: 0, full_at: 11, outside: 不再增减}}
      - {name: 公众, weight: 60%, full_marks: 20, points: 评议分}
  - code: A4
    name: 择一
    full_marks: 5
    combine: 选定
    chosen_by: 采用
    parts:
      - {name: 增幅, full_marks: 5, of: 增幅, steps: [{below: 10%, per: 1%, deduct: 1, partial: 按一档}], floor: 0}
      - {name: 评议, full_marks: 5, points: 5}
  - code: A5
    name: 取位
    full_marks: 5
    of: {rounded: {of: 增幅, decimals: 2, mode: 舍去}}
    steps: [{below: 6%, per: 2%, deduct: 1, partial: 按一档}]
    floor: 0
standing:
  rank: {of: 总分, order: 由高到低, within: 全部, ties: 并列占位}
"""
GIVEN = """
- {code: 子, group: 甲, facts: {增幅: 3%, 评议分: 10, 采用: 增幅}}
- {code: 丑, group: 乙, facts: {增幅: 5%, 评议分: 9, 采用: 评议}}
- {code: 寅, group: 乙, facts: {增幅: 8%, 评议分: 8, 采用: 评议}}
"""


def explainer() -> Explainer:
    given, found = read_yaml("given.yaml", f"departments:{GIVEN}".encode())
    assert given is not None
    assert not found
    return Explainer(Fragment(METHOD).run(given["departments"]), wording())


def explained() -> Explanation:
    return explainer().explain("子")


def test_figures_worked_out_from_other_departments_are_told_with_the_rule_that_compares_with_them() -> None:
    accounts = {each.id: each for section in explained().sections for each in section.accounts}
    assert [each.name for each in accounts["A1#1"].steps] == ["四分位"]
    assert [each.name for each in accounts["A2#1"].steps] == ["最低", "最高"]


def test_a_rank_among_all_is_not_told_as_one_of_the_group() -> None:
    assert "列3个部门的第" in explained().headline
    assert "甲组" not in explained().headline


def test_points_that_do_not_end_are_told_with_decimals_in_a_sentence() -> None:
    [said] = [each.score for section in explained().sections for each in section.accounts if each.id == "A3#1"]
    assert said == "得18.181818分，扣1.818182分（分值20.00分）"


def test_which_of_several_was_taken_is_told_once() -> None:
    accounts = [each for section in explained().sections for each in section.accounts if each.criterion == "A4"]
    assert [len(each.notes) for each in accounts] == [1, 0]


def test_an_operator_written_in_place_keeps_the_unit_of_what_it_reads() -> None:
    [said] = [each.sentence for section in explained().sections for each in section.accounts if each.id == "A5#1"]
    assert said.startswith("增幅（取位）3.00%，比6%低3.00个百分点。按比6%每低2个百分点扣1.00分")


def test_the_table_of_what_is_left_has_no_fractions() -> None:
    ground = explainer().ground("子")
    assert ground is not None
    table = as_table(headroom(ground), ground)
    assert "/" not in table
    assert "16.272727" in table
