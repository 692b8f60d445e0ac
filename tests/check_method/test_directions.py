"""A better datum never lowers a score: proven, shown where it fails, and true of random data."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from scoring.condition import Absent
from scoring.method import LIST, Fact
from scoring.points import ratio
from scoring.reading.edition import Edition
from scoring.submission import SELF_REPORT, Datum, Said, Submission
from scoring.timeline import UNDONE
from tests.check_method.editions import FACTS, FIRST, METHOD, SECOND, codes, found, only, shipped
from tests.check_method.random_data import sheets, submissions

pytestmark = pytest.mark.once

SCALED = "scale: {zero_at: 0, full_at: 100%, outside: 不再增减}"


def test_where_points_fall_is_shown() -> None:
    worse = (FACTS, "质量等次: {type: 选项, choices: [好, 中, 差]", "质量等次: {type: 选项, choices: [差, 中, 好]")
    said = only("K285", worse)
    assert (said["name"], said["read"]) == ("质量等次", "质量等次")
    worth = {"好": "10", "中": "6", "差": "0"}
    assert (said["points_before"], said["points_after"]) == (worth[said["before"]], worth[said["after"]])
    assert int(said["points_before"]) > int(said["points_after"])


def test_where_the_lowest_rank_first_points_must_not_rise() -> None:
    lowest = (METHOD, "order: 由高到低\n    within", "order: 由低到高\n    within")
    said = [each for each in found(lowest) if each.code == "K285" and dict(each.params)["read"] == "质量等次"]
    (rising,) = said
    assert dict(rising.params)["kind"] == "rises"
    assert int(dict(rising.params)["points_before"]) < int(dict(rising.params)["points_after"])
    worse = (FACTS, "质量等次: {type: 选项, choices: [好, 中, 差]", "质量等次: {type: 选项, choices: [差, 中, 好]")
    assert not [each for each in found(lowest, worse) if dict(each.params).get("read") == "质量等次"]


def test_what_cannot_be_told_is_said_once_of_a_criterion() -> None:
    away = (FACTS, "  试点数:", "  偏差: {difference: [完成率, 覆盖率]}\n  偏离: {absolute: 偏差}\n  试点数:")
    old = "scale: {zero_at: 0, full_at: 100, outside: 不再增减}"
    new = "scale: {zero_at: 80%, full_at: 0, outside: 不再增减}"
    shown = (METHOD, "published: [评价数]", "published: [评价数, 评价均分]")
    said = only("K286", away, (SECOND, "of: 评价均分", "of: 偏离"), (SECOND, old, new), shown)
    assert said["name"] == "完成率、已评估数"


def test_a_reason_excuses_it() -> None:
    worse = (FACTS, "at_most: 100%, better: 多", "at_most: 100%, better: 少")
    reason = (FIRST, "        of: 完成率\n", "        of: 完成率\n        not_monotone_because: 过快说明计划偏松\n")
    assert codes(worse, reason) == []
    assert codes(reason) == ["K287"]


def test_a_fact_of_which_neither_side_is_better_may_move_points_either_way() -> None:
    assert codes((FACTS, "at_most: 100%, better: 多", "at_most: 100%, better: 无")) == []


def test_signs_multiply_along_the_graph() -> None:
    turned = (FACTS, "  覆盖率: {", "  缺口: {difference: [100%, 覆盖率]}\n  覆盖率: {")
    assert only("K285", turned, (FIRST, "of: 覆盖率", "of: 缺口"))["name"] == "已评估数"
    falling = (FIRST, SCALED, SCALED.replace("zero_at: 0, full_at: 100%", "zero_at: 100%, full_at: 0"))
    assert codes(turned, (FIRST, "of: 覆盖率", "of: 缺口"), falling) == []


def test_what_cannot_be_told_is_said_to_be_so() -> None:
    away = (FACTS, "  试点数:", "  偏差: {difference: [完成率, 80%]}\n  偏离: {absolute: 偏差}\n  试点数:")
    scale = """        of: 偏离
        scale: {zero_at: 80%, full_at: 0, outside: 不再增减}
"""
    old = """        of: 完成率
        bands:
          - {at_least: 90%, points: 20}
          - {at_least: 80%, below: 90%, points: 15}
          - {at_least: 60%, below: 80%, points: 10}
          - {below: 60%, points: 0}
"""
    assert codes(away, (FIRST, old, scale)) == ["K286"]


def test_checks_that_need_each_other_are_weighed_together() -> None:
    checks = """          - {name: 制度, when: {fact: 有制度, is: 是}, add: 6}
          - {name: 专人, when: {fact: 有专人, is: 是}, add: 4, needs: 制度}
"""
    past = "          - {name: 过期, when: {fact: 质量等次, is: 差}, deduct: 5, needs: 制度}\n"
    outdated = checks + past + "        start: 0\n        floor: 0\n"
    assert codes((SECOND, checks, outdated)) == []
    heavy = outdated.replace("deduct: 5", "deduct: 7")
    assert codes((SECOND, checks, heavy)) == ["K286"]


def test_items_about_one_value_are_taken_together() -> None:
    checks = """          - {name: 制度, when: {fact: 有制度, is: 是}, add: 6}
          - {name: 专人, when: {fact: 有专人, is: 是}, add: 4, needs: 制度}
"""
    levels = """          - {name: 好, when: {fact: 质量等次, is: 好}, add: 10}
          - {name: 中, when: {fact: 质量等次, is: 中}, add: 6}
"""
    shown = (METHOD, "published: [评价数]", "published: [评价数, 有制度, 有专人]")
    assert codes((SECOND, checks, levels), shown) == []
    turned = levels.replace("add: 6", "add: 10").replace("is: 好}, add: 10", "is: 好}, add: 6")
    assert codes((SECOND, checks, turned), shown) == ["K286"]


def test_a_score_that_another_rule_reads() -> None:
    good = '        exceptions: [{when: {score_of: "1.1", equals: 0}, points: 0}]\n'
    assert codes((SECOND, "        name: 工作评定\n", "        name: 工作评定\n" + good)) == []
    bad = good.replace("equals: 0", "at_least: 20")
    assert [each.code for each in found((SECOND, "        name: 工作评定\n", "        name: 工作评定\n" + bad))] == [
        "K285"
    ]


def test_not_done_must_not_beat_late() -> None:
    kept = (FACTS, "if_not_done: 2023-12-29", "if_not_done: 2023-04-04")
    said = only("K288", kept)
    assert (said["kind"], said["days"], said["points"], said["least"]) == ("late", "2", "16", "0")
    assert only("K288", (FACTS, "if_not_done: 2023-12-29", "if_not_done: 2023-03-31"))["kind"] == "on_time"


BETTER = {"多": 1, "晚": 1, "少": -1, "早": -1, "列前": -1}


def improved(fact: Fact, datum: Datum, source: random.Random) -> Datum:
    """The same datum, a little better; as it is where nothing is better."""
    value = datum.value
    sign = BETTER.get(fact.better, 0)
    if isinstance(value, Absent) or not sign:
        return datum
    if fact.choices:
        value = max(value - 1, 0)
    elif fact.type == "日期":
        value = value - source.choice((1, 7, 40)) if value != UNDONE else source.choice((738500, UNDONE))
    else:
        value = value + sign * (ratio(source.randint(1, 40), 100) if fact.unit == "%" else source.choice((1, 2, 10)))
    return Datum((Said(SELF_REPORT, value, "", datum.evidence),))


def better(edition: Edition, submission: Submission, source: random.Random) -> Submission:
    """The department with one datum improved, within its constant bounds."""
    facts = edition.method.facts
    names = [*submission.facts, *(name for name, records in submission.lists.items() if records)]
    if not names:
        return submission
    name = source.choice(names)
    if facts[name].type != LIST:
        return replace(
            submission, facts={**submission.facts, name: improved(facts[name], submission.facts[name], source)}
        )
    records = list(submission.lists[name])
    at = source.randrange(len(records))
    data = dict(records[at].data)
    if data:
        field = source.choice(sorted(data))
        data[field] = improved(facts[name].fields[field], data[field], source)
    records[at] = replace(records[at], data=data)
    return replace(submission, lists={**submission.lists, name: tuple(records)})


@pytest.mark.parametrize("name", ["2022", "2023"])
def test_no_better_datum_lowers_a_total(name: str) -> None:
    made = shipped(name)
    source = random.Random(7)
    before = [each for seed in range(8) for each in submissions(made, seed, 20)]
    after = [better(made, each, source) for each in before]
    moved = 0
    for one, other in zip(sheets(made, before), sheets(made, after), strict=True):
        low, high = one.outcomes["总分"].value, other.outcomes["总分"].value
        assert high >= low, (one.submission, other.submission)
        moved += high > low
    assert moved > 10
