"""What is compared has one unit, dates are compared with dates, and words that count things go together."""

from __future__ import annotations

import pytest

from scoring.reading.edition import read_edition
from tests.check_method.editions import FACTS, FIRST, METHOD, ROOT, SCHEMAS, Change, files

pytestmark = pytest.mark.once

WARNED = "when: {fact: 覆盖率, below: 60%}"
PILOTS = "试点数: {type: 个数, unit: 个"
RATIO = "{ratio: [已评估数, 应评估数], if_zero: 不适用}"


def said(*changes: Change) -> list[tuple[str, str]]:
    """Codes of what is found on reading, with the units it names."""
    changed = {path: text.decode() for path, text in files(ROOT / "tests" / "findings" / "edition").items()}
    for path, old, new in changes:
        assert changed[path].count(old) == 1, (path, old)
        changed[path] = changed[path].replace(old, new)
    _, found = read_edition({path: text.encode() for path, text in changed.items()}, SCHEMAS)
    return [(each.code, dict(each.params).get("units", "")) for each in found]


@pytest.mark.parametrize(
    ("when", "units"),
    [
        ("{fact: 试点数, below: 60%}", "%、个"),
        ("{fact: 报送日期, below: 60}", "数、日期"),
        ("{fact: 覆盖率, below: 2023-03-31}", "%、日期"),
        ("{fact: 覆盖率, below: 试点数}", "%、个"),
        ("{fact: 报送日期, by: 试点数}", "个、日期"),
        ("{fact: 迟报天数, above: 试点数}", "个、天"),
        ("{score_of: 1.1, below: 完成率}", "%、分"),
    ],
)
def test_a_condition_on_unlike_things(when: str, units: str) -> None:
    quoted = when.replace("1.1", '"1.1"')
    assert said((METHOD, WARNED, f"when: {quoted}")) == [("K222", units)]


@pytest.mark.parametrize(
    "when", ["{fact: 试点数, below: 5}", "{fact: 试点数, below: 问题数}", "{fact: 覆盖率, below: 完成率}"]
)
def test_a_condition_on_like_things(when: str) -> None:
    assert said((METHOD, WARNED, f"when: {when}")) == []


def test_things_are_counted_with_many_words() -> None:
    assert (
        said((FACTS, PILOTS, "试点数: {type: 个数, unit: 项"), (METHOD, WARNED, "when: {fact: 试点数, below: 问题数}"))
        == []
    )


def test_an_amount_of_money_is_no_number_of_things() -> None:
    money = (FACTS, PILOTS, "试点数: {type: 个数, unit: 万元")
    assert said(money, (METHOD, WARNED, "when: {fact: 试点数, below: 问题数}")) == [("K222", "万元、个")]


def test_the_edge_of_a_step() -> None:
    assert ("K222", "%、天") in said((FIRST, "{above: 0, per: 1, deduct: 2}", "{above: 5%, per: 1, deduct: 2}"))


def test_operands() -> None:
    assert ("K211", "") in said((FACTS, RATIO, "{difference: [报送日期, 报送日期]}"))
    assert ("K222", "个、日期") in said((FACTS, RATIO, "{largest: [报送日期, 已评估数]}"))
    assert ("K222", "%、个") in said((FACTS, RATIO, "{largest: [完成率, 已评估数]}"))
