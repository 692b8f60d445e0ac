"""Rules read back as official sentences: one of each mechanism, each modifier, each kind of condition."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

import pytest

from scoring.mechanisms import checks, points, review, scale, selector, steps
from scoring.method import Mechanism
from scoring.official import awards, selectors, sentence
from scoring.official.sentence import terms_of
from scoring.operators import across, arithmetic, base, dates, lists
from scoring.reading.mechanisms import MECHANISMS
from scoring.reading.yaml_file import read_yaml
from tests.official.methods import method, read_back

pytestmark = pytest.mark.once

FACTS = """facts:
  率: {type: 数, unit: "%", at_least: 0, better: 多, source: 部门, may_be: 不适用}
  次数: {type: 个数, unit: 次, better: 少, source: 财政}
  级: {type: 选项, choices: [高, 中, 低], better: 列前, source: 财政}
  日: {type: 日期, better: 早, source: 财政, may_be: 未完成}
  评: {type: 数, unit: 分, at_least: 0, at_most: 10, better: 多, source: 评审}
  系数: {type: 数, unit: 倍, at_least: 0, better: 无, source: 财政}
"""


def ruled(rule: str, fact: str = "") -> str:
    """A fragment with one node of 10 marks, and perhaps one more fact."""
    return f"{FACTS}{f'  {fact}' if fact else ''}\nindicators:\n  - {{code: A, name: 甲, full_marks: 10, {rule}}}\n"


def cases() -> list[tuple[str, str]]:
    """(rule, sentence) as sentences.yaml has them."""
    path = Path(__file__).with_name("sentences.yaml")
    document, found = read_yaml(path.name, path.read_bytes())
    assert document is not None, found
    return [(each["rule"], each["sentence"]) for each in document["sentences"]]


@pytest.mark.parametrize(("rule", "words"), cases())
def test_sentence(rule: str, words: str) -> None:
    assert read_back(ruled(rule), "A") == words


def test_a_criterion_of_the_sample_method() -> None:
    terms = terms_of(method("2023"))
    assert sentence.sentence(terms.nodes["5.2"], terms) == (
        "按自评平均偏差分档：5分以下得12分；超过5分、10分以下得9分；超过10分、15分以下得6分；超过15分、20分以下得3分；"
        "超过20分不得分。应自评项目数1个以上且按期自评项目数为0个的，不得分。"
        "数据不适用（本年度未涉及）的，不参加评分，全表折算。"
    )


def test_bonus_and_deduction_speak_of_adding_and_taking() -> None:
    terms = terms_of(method("2023"))
    said = {code: sentence.sentence(terms.nodes[code], terms) for code in ("加.1", "扣.1", "加")}
    assert said["加.1"] == "试点数每1个加2分。"
    assert said["扣.1"] == "重大问题数每1个扣3分。"
    assert said["加"].endswith("最高加5分。")


def test_a_node_for_some_groups_says_for_which() -> None:
    terms = terms_of(method("S28"))
    assert sentence.sentence(terms.nodes["D"], terms).startswith("（仅适用于党群系列）")


@pytest.mark.parametrize(("bound", "words"), [("at_most: 100%, ", "占比为100%的得10分"), ("", "占比100%以上的得10分")])
def test_the_end_of_a_scale_is_said_as_it_can_be_reached(bound: str, words: str) -> None:
    fact = f'占比: {{type: 数, unit: "%", at_least: 0, {bound}better: 多, source: 部门}}'
    rule = "of: 占比, scale: {zero_at: 0, full_at: 100%, outside: 不再增减}"
    assert read_back(ruled(rule, fact), "A").startswith(words)


def test_what_leaves_is_converted_within_the_nearest_table() -> None:
    terms = terms_of(method("rebase"))
    assert "在“A 本级折算”内折算" in sentence.sentence(terms.nodes["A.2"], terms)
    assert "全表折算" in sentence.sentence(terms.nodes["B.2"], terms)


def test_every_mechanism_has_a_function_of_its_name() -> None:
    """Three mirrors: the mechanism, its shape in the tests, its sentence."""
    for key in (*MECHANISMS, "parts"):
        home = next(each for each in (awards, selectors, sentence) if hasattr(each, key))
        assert inspect.getdoc(getattr(home, key)), key


def classes(*modules: ModuleType) -> set[type]:
    return {
        each
        for module in modules
        for _, each in inspect.getmembers(module, inspect.isclass)
        if each.__module__ == module.__name__
    }


def test_every_expression_can_be_said() -> None:
    nouns = terms_of(method("2023")).nouns
    expressions = {each for each in classes(across, arithmetic, base, dates, lists) if hasattr(each, "value")}
    assert len(expressions) > 25
    assert expressions - {arithmetic.Operands} <= nouns.keys()


def test_every_mechanism_can_be_said() -> None:
    made_of = {each for each in classes(checks, points, review, scale, selector, steps) if hasattr(each, "award")}
    said: set[type[Mechanism]] = {*awards.AWARDS, selector.Rows, checks.Checks}
    assert {each for each in made_of if hasattr(each, "decisions")} == said


def test_a_rank_is_never_said_as_if_more_were_better() -> None:
    """“2名以上” would be read as the first and the second."""
    rank = "名次: {across: {of: 率, statistic: 名次, among: 全部, order: 由高到低, ties: 并列占位}}"
    rule = "of: 名次, bands: [{at_most: 2, points: 10}, {above: 2, points: 0}], not_applicable: 零分"
    assert "第2名及以前得10分；第2名以后不得分" in read_back(ruled(rule, rank), "A")
