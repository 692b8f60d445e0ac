"""Titles in lines: whole words, like lengths, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.render.titles import WORDS, title_lines

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("考核情况的通报", ["考核情况的通报"]),
        ("2023年度部门预算绩效管理工作考核结果一览表", ["2023年度部门预算绩效管理", "工作考核结果一览表"]),
        (
            "普宁县人民政府办公室关于印发2023年度县级部门和乡镇（街道）预算绩效管理工作考核结果的通报",
            ["普宁县人民政府办公室关于印发", "2023年度县级部门和乡镇（街道）", "预算绩效管理工作考核结果的通报"],
        ),
    ],
)
def test_words_stay_whole(title: str, lines: list[str]) -> None:
    assert title_lines(title, 20) == lines


@given(st.lists(st.sampled_from([*WORDS, "的", "和", "（", "）", "2023年度", "某", "A"]), max_size=40).map("".join))
def test_nothing_is_lost_and_no_line_too_long(title: str) -> None:
    lines = title_lines(title, 20)
    assert "".join(lines) == title
    assert all(sum(1 if each.isascii() else 2 for each in line) <= 40 for line in lines)


def test_what_has_no_break_is_cut() -> None:
    assert title_lines("A" * 100, 20) == ["A" * 20] * 5
