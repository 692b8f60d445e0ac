"""The workbook 复算: formulas written from the rules alone come to what was scored, when a spreadsheet calculates."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import openpyxl
import pytest

from scoring.app.workbook import workbook
from scoring.archive import Run
from tests.workbook.conftest import Recalculated

pytestmark = pytest.mark.once

LINES, HEAD = "复算", 5
"""Its name, and the row of its headings: title, what was remade, two notices that it is a sample, headings."""


@pytest.fixture(scope="module")
def raw(run: Run) -> bytes:
    return next(content for name, content in workbook(run).items() if "复算" in name)


def rows(book: Any) -> list[tuple[Any, ...]]:
    return list(book[LINES].iter_rows(min_row=HEAD + 1, values_only=True))


def test_every_formula_comes_to_what_was_scored(raw: bytes, recalculated: Recalculated) -> None:
    book = recalculated({"remade": raw})["remade"]
    told = [row for row in rows(book) if row[6] is not None]
    assert len(told) > 1000
    assert [row for row in told if row[7] != 0 or abs(row[5] - row[6]) > 1e-9] == []
    own = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    written = openpyxl.load_workbook(io.BytesIO(raw))
    derived = 0
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and sheet.title != LINES:
                    derived += 1
                    assert (
                        abs(own[sheet.title][cell.coordinate].value - book[sheet.title][cell.coordinate].value) < 1e-9
                    )
    assert derived > 500


def test_what_no_formula_says_is_said(raw: bytes, run: Run) -> None:
    """Every scored award has its line; those without a formula say why."""
    told = rows(openpyxl.load_workbook(io.BytesIO(raw), data_only=True))
    without = Counter(row[8] for row in told if row[6] is None)
    assert all(reason and reason.startswith("未用公式复算：") for reason in without)
    scored = [
        each
        for card in run.assessment["scorecards"]
        for each in card["entries"]
        if each["kind"] in ("award", "bonus", "deduction") and each["state"] == "scored"
    ]
    assert len(told) == len(scored)
    assert sum(without.values()) < len(told) / 10
