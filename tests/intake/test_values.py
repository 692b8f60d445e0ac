"""What a written value means for a fact, and what is said of one that cannot be taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.condition import NOT_APPLICABLE, Value
from scoring.location import Mapping, Mark, Source
from scoring.method import Fact
from scoring.points import ratio
from scoring.reading.values import Typed, as_written, meant_date, spoken, typed
from scoring.reading.yaml_file import read_yaml
from scoring.timeline import UNDONE, parse_date
from tests.intake.folders import method

pytestmark = pytest.mark.once


def written(fact: Fact, text: str, excused: bool = False) -> Typed:
    """The value as a form would write it, read by the reader of forms."""
    document, found = read_yaml("a.yaml", f"x: {text}\n".encode())
    assert document is not None
    assert not found
    return typed(fact, document["x"], as_written(document, "x"), excused)


def fact(name: str) -> Fact:
    return method().facts[name]


TAKEN: list[tuple[str, str, Value]] = [
    ("执行率", "95%", ratio(95, 100)),
    ("执行率", "-0.5%", ratio(-5, 1000)),
    ("执行率", "33.33%", ratio(3333, 10000)),
    ("执行率", "0", 0),
    ("金额", "1200.00", 1200),
    ("金额", "0.1", ratio(1, 10)),
    ("金额", "不适用", NOT_APPLICABLE),
    ("已办数", "4", 4),
    ("已办数", "4.0", 4),
    ("报表项", '"/"', NOT_APPLICABLE),
    ("报表项", "-99", NOT_APPLICABLE),
    ("报表项", "-98", -98),
    ("制度健全", "否", 1),
    ("制度健全", '"是"', 0),
    ("完成日期", "2023-08-16", parse_date("2023-08-16") or 0),
    ("完成日期", "2023-08-16 17:30", parse_date("2023-08-16 17:30") or 0),
    ("完成日期", "未完成", UNDONE),
]


@pytest.mark.parametrize(("name", "text", "value"), TAKEN)
def test_values_that_are_taken(name: str, text: str, value: Value) -> None:
    assert written(fact(name), text) == Typed(value)


REFUSED = [
    ("执行率", "0.95", "K311", "95%"),
    ("执行率", "95", "K311", "95%"),
    ("执行率", "1", "K311", "100%”或者“1%"),
    ("执行率", "-0.5", "K311", "-50%"),
    ("执行率", '"0.95"', "K311", "95%"),
    ("执行率", '"0"', "K311", "0%"),
    ("执行率", '"95 %"', "K112", "95%"),
    ("执行率", "不适用", "K314", ""),
    ("执行率", "未完成", "K111", ""),
    ("金额", '"50"', "K112", "50"),
    ("金额", "五十", "K112", "50"),
    ("金额", "50万元", "K112", "50"),
    ("金额", "约50", "K111", ""),
    ("金额", "95%", "K318", ""),
    ("金额", "true", "K111", ""),
    ("已办数", "2.5", "K319", ""),
    ("已办数", "-1", "K319", ""),
    ("已办数", "80%", "K318", ""),
    ("制度健全", "有", "K113", ""),
    ("制度健全", "true", "K113", "是"),
    ("制度健全", "不适用", "K314", ""),
    ("经验", "true", "K113", ""),
    ("完成日期", "2023年8月16日", "K316", "2023-08-16"),
    ("完成日期", "2023.8.16", "K316", "2023-08-16"),
    ("完成日期", "20230816", "K316", "2023-08-16"),
    ("完成日期", "8月16日", "K316", ""),
    ("完成日期", "2023-02-30", "K316", ""),
    ("完成日期", "2023-08-16 25:00", "K316", ""),
    ("备案日期", "未完成", "K315", ""),
]


@pytest.mark.parametrize(("name", "text", "code", "meant"), REFUSED)
def test_values_that_are_refused_and_what_was_meant(name: str, text: str, code: str, meant: str) -> None:
    found = written(fact(name), text)
    assert (found.value, found.code) == (None, code)
    assert found.params.get("meant", "") == meant


@pytest.mark.parametrize("name", ["执行率", "已办数", "制度健全", "完成日期"])
def test_a_reason_excuses_what_does_not_apply(name: str) -> None:
    assert written(fact(name), "不适用", excused=True) == Typed(NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("name", "text", "value", "taken"),
    [
        ("金额", "1.005", ratio(101, 100), "1.01万元"),
        ("金额", "-1.005", ratio(-101, 100), "-1.01万元"),
        ("金额", "1.00499999999999999999", 1, "1万元"),
        ("执行率", "33.335%", ratio(3334, 10000), "33.34%"),
    ],
)
def test_more_decimals_than_declared_are_rounded_half_up_once(name: str, text: str, value: Value, taken: str) -> None:
    found = written(fact(name), text)
    assert (found.value, found.code, found.params["taken"]) == (value, "K313", taken)


def test_a_list_or_mapping_is_the_schema_s_business() -> None:
    assert typed(fact("金额"), [1], "", False) == Typed(None)
    assert typed(fact("金额"), None, "", False) == Typed(None)


@given(text=st.text(max_size=80), name=st.sampled_from(sorted(method().facts)))
def test_no_text_raises(text: str, name: str) -> None:
    found = typed(fact(name), text, text, False)
    assert found.value is None or found.code in ("", "K313")
    meant_date(text)


def test_a_number_longer_than_anybody_writes() -> None:
    assert typed(fact("金额"), "9" * 5000, "9" * 5000, False).code == "K111"


def test_text_is_kept_as_it_was_written() -> None:
    document, _ = read_yaml("a.yaml", '甲: 2.50\n乙: "2.50"\n丙: true\n丁: [1]\n'.encode())
    assert document is not None
    assert [as_written(document, key) for key in ("甲", "乙", "丙", "丁", "戊")] == ["2.50", "2.50", "true", "", ""]
    sheet = Mapping(Source("a.xlsx", [], "表"), Mark(2, 1, 1))
    sheet.put("甲", ratio(5, 2), Mark(2, 1, 1), Mark(2, 1, 1))
    assert as_written(sheet, "甲") == "2.5"


def test_values_in_a_sentence() -> None:
    said = [("执行率", ratio(1, 3)), ("执行率", ratio(95, 100)), ("已办数", 4), ("完成日期", UNDONE), ("制度健全", 1)]
    assert [spoken(fact(name), value) for name, value in said] == ["33.33%", "95%", "4项", "未完成", "否"]
