"""The headroom re-adds: parts to sums, sums to the total, whatever was converted, capped or rounded on the way."""

from __future__ import annotations

import pytest

from scoring.explain.headroom import ROOT, as_table, headroom
from scoring.points import unplain
from tests.explain.district import EDITIONS, codes, explainer, wording

pytestmark = pytest.mark.once


@pytest.mark.parametrize("edition", EDITIONS)
def test_all_columns_can_be_added_up(edition: str) -> None:
    for code in codes(edition):
        ground = explainer(edition).ground(code)
        assert ground is not None
        found = headroom(ground)
        parents = {each["code"]: each["parent"] for each in ground.assessment["method"]["tree"]}
        tops = [each for each in found.rows if each.level == 1]
        assert sum(each.score for each in tops) == found.total.score == unplain(ground.card["nodes"][ROOT]["points"])
        assert sum(each.left or 0 for each in tops) == found.total.left
        for top in (each for each in tops if each.sums):
            below = [
                each
                for each in found.rows
                if each.level == 2 and (parents[each.code] == top.code or each.code == top.code)
            ]
            assert sum(each.score for each in below) == top.score
            if ground.node(top.code)["kind"] == "award":
                assert sum(each.left or 0 for each in below) == top.left
                assert sum(each.marks or 0 for each in below) == top.marks
        leaves = [each for each in found.rows if not each.sums and not each.between]
        for column in ("marks", "score", "left"):
            there = [getattr(each, column) or 0 for each in leaves]
            assert sum(there) == sum(getattr(each, column) or 0 for each in found.articles)
        assert all(each.left is None or each.left >= 0 for each in found.rows)
    assert not wording().findings


def test_nothing_is_to_be_gained_where_nothing_is_assessed() -> None:
    ground = explainer("2023").ground("B05")
    assert ground is not None
    rows = {each.code: each for each in headroom(ground).rows if not each.between}
    assert (rows["2.1"].marks, rows["2.1"].left) == (0, 0)
    assert rows["1.1"].left == 3
    assert rows["加"].left == 5
    table = as_table(headroom(ground), ground)
    assert "除附加分、扣分外还可得14.60分，按缺项折算计入总分为20.00分。" in table
    assert "2.1 事前绩效评估覆盖（不考核）" in table
    assert "None" not in table
