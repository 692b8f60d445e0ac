"""How numbers and dates are written."""

from __future__ import annotations

import pytest

from scoring.points import ratio
from scoring.views.phrase import brief_percent, counted, day, numeral, quoted, share, undated

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (36, "三十六"), (99, "九十九")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


def test_a_count_of_none_is_nothing() -> None:
    assert [counted(0), counted(1), counted(62)] == ["", "1", "62"]


def test_rates() -> None:
    assert share(16, 62) == "25.81%"
    assert share(ratio(1, 3), 1) == "33.33%"
    assert [brief_percent(ratio(3, 10)), brief_percent(ratio(1, 8))] == ["30%", "12.5%"]


def test_dates() -> None:
    assert day("2024-06-05") == "2024年6月5日"
    assert [undated("2024-06-05"), undated("")] == ["2024年×月×日", "×年×月×日"]


def test_names_in_marks() -> None:
    assert quoted(["中", "差"]) == "“中”“差”"
