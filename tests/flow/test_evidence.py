"""One paper for several data: a hint by one method, counted once by another."""

from __future__ import annotations

from fractions import Fraction

from scoring.app.assess import Bundle
from tests.flow import district


def points(made: Bundle, department: str, criterion: str) -> Fraction:
    cards = {card["department"]: card for card in district.data(made)["scorecards"]}
    return Fraction(cards[department]["nodes"][criterion]["points"])


def test_a_paper_that_counts_once_proves_only_where_it_comes_first() -> None:
    made = district.bundle()
    method = made.rules["2023"]["method.yaml"].replace(
        "evidence_reuse: {treatment: 提示}".encode(), "evidence_reuse: {treatment: 只计一次}".encode()
    )
    once = Bundle(made.edition, {**made.rules, "2023": {**made.rules["2023"], "method.yaml": method}}, made.forms, {})
    assert method != made.rules["2023"]["method.yaml"]
    assert (points(made, "B16", "7.2"), points(once, "B16", "7.2")) == (6, 3)
