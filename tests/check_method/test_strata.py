"""Statistics over departments are computed in an order in which they can be, and circles are found."""

from __future__ import annotations

import pytest

from tests.check_method.editions import FACTS, FIRST, METHOD, SECOND, Change, edition, only
from tests.check_method.random_data import sheets, submissions

pytestmark = pytest.mark.once

MEAN: Change = (
    FACTS,
    "  试点数:",
    '  均分: {across: {of: {score_of: "1.1"}, statistic: 平均, among: 全部}}\n  试点数:',
)
BEST: Change = (
    FIRST,
    "        of: 完成率\n",
    "        of: {ratio: [完成率, {across: {of: 完成率, statistic: 最大, among: 全部}}], if_zero: 0}\n",
)
SHOWN: Change = (METHOD, "published: [评价数]", "published: [评价数, 均分]")


def test_a_statistic_comes_after_those_it_rests_on() -> None:
    """The mean of scores is read first, but the scores rest on the best of all, which is read with the indicators."""
    made = edition(MEAN, BEST, SHOWN)
    assert [each.statistic for each in made.method.strata] == ["最大", "平均"]
    assert len({each.address for each in made.method.strata}) == 2
    settled = sheets(made, submissions(made, 3, 12))
    assert all(sheet.scope.fact("均分") is not None for sheet in settled)


def test_scores_that_rest_on_each_other() -> None:
    one = (
        SECOND,
        "        name: 工作评定\n",
        '        name: 工作评定\n        exceptions: [{when: {score_of: "2.3", equals: 0}, points: 0}]\n',
    )
    other = (SECOND, "        of: 评价均分\n", '        of: {sum: [{score_of: "2.2"}, 评价均分]}\n')
    assert only("K283", one, other)["circle"] == "2.2→2.3→2.2"


def test_a_fact_that_rests_on_the_score_it_makes() -> None:
    fact = (
        FACTS,
        "  评价均分: {mean: {of: 得分, in: 评价}, if_empty: 不适用}",
        '  评价均分: {sum: [{score_of: "2"}, 1]}',
    )
    said = only("K283", fact, (FACTS, "      得分: {type: 数, unit: 分, at_least: 0, at_most: 100, better: 多}\n", ""))
    assert "评价均分" in said["circle"]
