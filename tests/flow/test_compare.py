"""What changed between two runs is told with names and units, not as it is kept."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from scoring.app.compare import compare
from scoring.reading.yaml_file import read_yaml
from tests.explain.district import Fragment
from tests.explain.test_among_others import GIVEN, METHOD


def run(given: str) -> dict[str, Any]:
    document, _ = read_yaml("given.yaml", f"departments:{given}".encode())
    assert document is not None
    return Fragment(METHOD).run(document["departments"]).assessment


def test_data_are_told_with_their_units() -> None:
    found = compare(run(GIVEN), run(GIVEN.replace("增幅: 3%", "增幅: 4.5%")))
    assert any("增幅 3.00%→4.50%" in line for line in found.details)


def test_grade_steps_are_told_in_chinese() -> None:
    old = run(GIVEN)
    new = deepcopy(old)
    card = new["scorecards"][0]
    card["grade"], card["grade_steps"] = "良", [{"step": "by_score"}, {"step": "quota"}]
    assert compare(old, new).rows[0][4] == "等次步骤变化：按总分、名额"


def test_two_years_of_one_title_are_told_apart() -> None:
    old = run(GIVEN)
    new = deepcopy(old)
    new["method"]["digest"], new["edition"] = "another", "2024"
    assert compare(old, new).notes[0].count("（2024）") == 1
