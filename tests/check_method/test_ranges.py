"""What is announced as the smallest and the largest holds every score that data can give, and no more than that."""

from __future__ import annotations

import pytest

from scoring.check_method import ranges
from scoring.condition import Absent
from scoring.method import LIST, TEXT
from scoring.reading.edition import Edition
from tests.check_method.editions import FACTS, FIRST, METHOD, SECOND, Change, edition, shipped
from tests.check_method.random_data import sheets, submissions

pytestmark = pytest.mark.once

SHARED: Change = (FIRST, "not_applicable: 折算", "not_applicable: 分摊")
CHOSEN: tuple[Change, ...] = (
    (FACTS, "better: 列前, source: 评审}", "better: 列前, source: 评审, may_be: 不适用}"),
    (
        SECOND,
        """        cases:
          - {when: {fact: 质量等次, is: 好}, points: 10}
          - {when: {fact: 质量等次, is: 中}, points: 6}
          - {points: 0}
""",
        """        combine: 选定
        chosen_by: 质量等次
        not_applicable: 折算
        parts:
          - {name: 好, full_marks: 10, points: 10}
          - name: 中
            full_marks: 10
            of: 覆盖率
            not_applicable: 满分
            scale: {zero_at: 0, full_at: 200%, outside: 不再增减}
          - {name: 差, full_marks: 10, of: 完成率, scale: {zero_at: 0, full_at: 50%, outside: 照此继续}}
        cap: 9.5
""",
    ),
)
MEANS: Change = (
    SECOND,
    """        checks:
          - {name: 制度, when: {fact: 有制度, is: 是}, add: 6}
          - {name: 专人, when: {fact: 有专人, is: 是}, add: 4, needs: 制度}
""",
    """        combine: 加权
        needs: 2
        parts:
          - {name: 甲, weight: 3, full_marks: 10, points: 试点数, cap: 100%}
          - {name: 乙, weight: 2, full_marks: 10, of: 覆盖率, not_applicable: 分摊, points: 5, times: 完成率}
          - name: 丙
            weight: 5
            full_marks: 10
            of: 评价均分
            not_applicable: 折算
            steps: [{per: 7, add: 1, partial: 按一档}]
            cap: 8
""",
)
ASIDE: Change = (
    METHOD,
    "missing: {treatment: 零分}",
    """aside:
  - code: 外
    name: 外
    full_marks: 5
    of: {rate_of: 总分}
    scale: {zero_at: 0, full_at: 100%, outside: 照此继续}
    cap: 不限
missing: {treatment: 零分}""",
)


def editions() -> dict[str, Edition]:
    return {
        "2022": shipped("2022"),
        "2023": shipped("2023"),
        "sound": edition(),
        "shared": edition(SHARED),
        "chosen": edition(*CHOSEN),
        "means": edition(MEANS, ASIDE),
        "unrounded": edition((METHOD, "award: 2, total: 2", "award: 不取位, total: 1"), SHARED, MEANS),
    }


@pytest.mark.parametrize("name", list(editions()))
def test_every_score_lies_in_its_range(name: str) -> None:
    made = editions()[name]
    spans = ranges(made.method)
    seen = 0
    for seed in range(4):
        for sheet in sheets(made, submissions(made, seed, 30)):
            values = {
                address: outcome.value
                for address, outcome in sheet.outcomes.items()
                if not outcome.left and not outcome.held
            }
            for fact in made.method.facts.values():
                if fact.type not in (LIST, TEXT):
                    value = sheet.scope.fact(fact.name)
                    values |= {} if isinstance(value, Absent) else {fact.address: value}
            for address, value in values.items():
                low, high = spans[address]
                assert low is None or value >= low, (seed, address, value, low)
                assert high is None or value <= high, (seed, address, value, high)
                seen += 1
    assert seen > 500


def test_ranges_are_tight() -> None:
    spans = ranges(shipped("2023").method)
    assert spans["总分"] == (0, 105)
    assert spans["1.1"] == (0, 3)
    assert spans["3.1/parts/1"] == (-1, 0)
    assert spans["扣"] == (-10, 0)
    assert spans["加.1"] == (0, None)
    assert spans["facts/整改完成率"] == (0, 1)
    assert spans["facts/自评平均偏差"] == (0, 100)


def test_a_part_carries_what_its_siblings_left() -> None:
    # 1.2 of 20 marks may leave; 1.1 and 1.3 then share 60 in place of 40.
    assert ranges(edition(SHARED).method)["1.1"] == (0, 30)
    assert ranges(edition().method)["1.1"] == (0, 20)


def test_there_are_none_where_scores_go_round() -> None:
    circle = (SECOND, "of: 评价均分", 'of: {score_of: "2.3"}'), (SECOND, "        not_applicable: 零分\n", "")
    assert ranges(edition(*circle).method) == {}
