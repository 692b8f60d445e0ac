"""Each finding of the input folder: a bad folder has it, at its place and its department; a good one has it not."""

from __future__ import annotations

import re

import pytest

from scoring.finding import SEVERITIES
from scoring.render.catalogue import load_catalogue
from tests.intake.cases import CASES, MARK, Case
from tests.intake.folders import CLEAN, ROOT, codes, read, try_read

pytestmark = pytest.mark.once

ELSEWHERE = {"K310", "K355", "K356", "K357", "K358", "K359", "K380"}
"""Codes of check_submission, and of what needs to know the rules: they have tests of their own."""

NAMES = [f"{case.code}-{number}" for number, case in enumerate(CASES)]


def test_the_clean_folder_is_clean() -> None:
    _, found = read()
    assert codes(found) == ["K320"]  # the appeal changed a review: that is said, and nothing else


def test_every_code_of_the_input_folder_has_a_case() -> None:
    own = {code for code in SEVERITIES if code.startswith("K3")}
    assert own - ELSEWHERE == {case.code for case in CASES if case.code.startswith("K3")}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_bad_folder_has_it_at_its_place(case: Case) -> None:
    _, found = try_read(case.bad)
    mine = [each for each in found if each.code == case.code and each.department == case.department]
    assert mine, codes(found)
    marked = [
        (path, number)
        for path, text in case.bad.items()
        if isinstance(text, str)
        for number, line in enumerate(text.splitlines(), 1)
        if MARK in line
    ]
    places = [(each.location.file, each.location.line) for each in mine if each.location]
    assert set(marked) <= set(places)
    if case.cell:
        columns = [(each.location.line, each.location.column) for each in mine if each.location]
        assert case.cell in columns


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_good_folder_has_it_not(case: Case) -> None:
    _, found = read(case.good)
    assert case.code not in [each.code for each in found if (each.code, each.department) != ("K320", "A2")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_can_be_said(language: str) -> None:
    """No name is left open, and nothing of a catalogue's own notation comes through."""
    catalogue, problems = load_catalogue(ROOT / "reports" / "findings", language)
    assert not problems
    for case in CASES:
        for each in try_read(case.bad)[1]:
            said = catalogue.says(each) + catalogue.remedy(each)
            assert said
            assert not re.search(r"[{}]{2}|\{%|undefined", said), (case.code, said)


def test_a_line_is_shown_except_where_a_file_is_secret() -> None:
    _, found = read({"submissions/A1.yaml": CLEAN["submissions/A1.yaml"].replace("经验: 有", "经验: 有 # 机密★5年")})
    secret = next(each for each in found if each.code == "K390")
    assert secret.location is not None
    assert secret.location.text == ""
    assert not any("机密" in repr(each) for each in found)
