"""The score is a ledger: entries add up, printed lines re-add, nothing is skipped."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

import pytest

from tests.flow import district

EDITIONS = ["2022", "2023"]


@pytest.fixture(scope="module", params=EDITIONS)
def data(request: pytest.FixtureRequest) -> dict[str, Any]:
    return district.data(district.bundle(request.param))


def half_up(value: Fraction, decimals: int) -> Fraction:
    scaled = value * 10**decimals
    size = (2 * abs(scaled).numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(size if scaled >= 0 else -size, 10**decimals)


def test_entries_add_up_to_the_total_exactly(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        assert sum(Fraction(entry["points"]) for entry in card["entries"]) == Fraction(card["total"])


def test_an_entry_is_written_to_six_decimals_with_its_exact_value_beside_it(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        for entry in card["entries"]:
            points = Fraction(entry["points"])
            assert (points * 10**6).denominator == 1
            if entry["exact"] is not None:
                assert abs(Fraction(entry["exact"]) - points) <= Fraction(5, 10**7) * len(card["entries"])


def test_rounding_entries_stay_within_half_a_unit(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        for entry in card["entries"]:
            if entry["kind"] == "rounding":
                bound = Fraction(5, 1000) + Fraction(5, 10**7) * (len(entry["reads"]) + 1)
                assert abs(Fraction(entry["points"])) <= bound


def test_printed_lines_of_the_shipped_editions_re_add_to_the_printed_total(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        lines: dict[tuple[str, bool], Fraction] = defaultdict(Fraction)
        for entry in card["entries"]:
            lines[entry["criterion"], entry["stage"] == "rebase"] += Fraction(entry["points"])
        printed = sum(half_up(points, 2) for points in lines.values())
        assert printed == Fraction(card["printed"]), card["department"]


def test_every_criterion_of_the_group_has_an_entry_or_was_left_out_by_name(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        told = {entry["criterion"] for entry in card["entries"]}
        for node in data["method"]["tree"]:
            mine = not node["groups"] or card["group"] in node["groups"]
            if node["leaf"] and mine:
                assert node["code"] in told, (card["department"], node["code"])


def test_every_entry_and_step_has_a_basis_that_names_its_rule(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        for entry in card["entries"]:
            assert entry["basis"]["rule"]
        for step in card["grade_steps"]:
            assert step["basis"]
    for group in data["groups"]:
        for standing in group["standings"]:
            assert standing["rank_steps"]


def test_grades_follow_the_printed_total_the_limits_and_the_quota(data: dict[str, Any]) -> None:
    for card in data["scorecards"]:
        total = Fraction(card["total"])
        by_score = "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"
        assert card["grade_steps"][0]["grade"] == by_score
        assert card["grade"] == card["grade_steps"][-1]["grade"]
    for group in data["groups"]:
        best = [row for row in group["standings"] if row["grade"] == "优"]
        assert len(best) <= len(group["standings"]) * Fraction(30, 100)
