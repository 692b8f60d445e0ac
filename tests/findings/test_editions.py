"""For each code of the method, an edition with one fault, marked where it is found, and the same edition mended.

tests/findings/edition is sound. <CODE>/bad holds the files of it that are changed: an offending line ends with
`# <- CODE`, and bad.expect lists what no line can show ("FILE LINE CODE", "without FILE"). <CODE>/good holds what mends
it; where there is none, the files of tests/findings/edition do. The year before is the same edition with
tests/findings/superseded.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from scoring.check_method import check_method
from scoring.finding import ERROR, SEVERITIES, Finding
from scoring.reading.edition import Edition, read_edition

pytestmark = pytest.mark.once

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[1] / "schemas"
MARK = re.compile(r"# <- (K\d{3})")
ELSEWHERE = {
    "K201": "the folder of an edition, see tests/commands",
    "K202": "the input folder, see tests/commands",
    "K203": "the folder of an edition, see tests/commands",
    "K223": "the schema says it first (K111, K118)",
    "K289": "too long to read: tests/check_method/test_solver.py writes it",
}
"""Codes of the method that have no files here, and why."""
CODES = [code for code in SEVERITIES if code.startswith("K2") and code not in ELSEWHERE]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read(changed: dict[str, bytes], without: set[str]) -> tuple[Edition | None, list[Finding]]:
    kept = {path: text for path, text in {**files(HERE / "edition"), **changed}.items() if path not in without}
    return read_edition(kept, SCHEMAS)


@cache
def superseded() -> Edition:
    edition, found = read(files(HERE / "superseded"), set())
    assert edition is not None
    assert not found
    return edition


def said(changed: dict[str, bytes], without: set[str]) -> set[tuple[str, int, str]]:
    """File, line and code of everything that is found."""
    edition, found = read(changed, without)
    if edition is not None and not any(each.severity == ERROR for each in found):
        found = found + check_method(edition, superseded())
    return {(place.file, place.line, each.code) for each in found if (place := each.location) is not None}


@pytest.mark.parametrize("code", CODES)
def test_the_bad_edition_is_found_out_where_it_is_marked(code: str) -> None:
    changed = files(HERE / code / "bad")
    marks = {
        (path, number, mark)
        for path, text in changed.items()
        for number, line in enumerate(text.decode().split("\n"), 1)
        for mark in MARK.findall(line)
    }
    without: set[str] = set()
    expect = HERE / code / "bad.expect"
    for line in expect.read_text("utf-8").splitlines() if expect.is_file() else ():
        if line.startswith("without "):
            without.add(line.removeprefix("without "))
        else:
            path, number, mark = line.split()
            marks.add((path, int(number), mark))
    assert code in {mark for _, _, mark in marks}
    assert said(changed, without) == marks


def test_the_edition_is_sound() -> None:
    assert said({}, set()) == set()


@pytest.mark.parametrize("code", [code for code in CODES if (HERE / code / "good").is_dir()])
def test_the_good_edition_is_good(code: str) -> None:
    assert said(files(HERE / code / "good"), set()) == set()


def test_nothing_stands_here_in_vain() -> None:
    assert set(ELSEWHERE) <= set(SEVERITIES)
    assert not [code for code in ELSEWHERE if (HERE / code).exists()]
