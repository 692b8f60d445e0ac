"""Runs to write sheets from: both example years whole, and a few departments that tests approve and correct."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.app.feedback import FeedbackOrder, feedback
from scoring.app.sheets import SheetsOrder, Written, sheets
from scoring.archive import Run, open_run, write_final
from scoring.resources import shipped_places
from tests.circular.few import few, written

FOLDERS = shipped_places()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a few departments; tests work on copies."""
    return written(few(), tmp_path_factory.mktemp("small") / "2023")


@pytest.fixture
def run(small: Path, tmp_path: Path) -> Path:
    """A copy of the run of a few departments."""
    shutil.copytree(small, tmp_path / "2023")
    return tmp_path / "2023"


@pytest.fixture(scope="session")
def papers(years: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The sheets of both years in Markdown, by year and by the name of the file."""
    found = {}
    for edition in ("2022", "2023"):
        out = tmp_path_factory.mktemp(edition)
        made = sheets(SheetsOrder(years / edition, out=out), FOLDERS)
        assert made.findings == []
        found[edition] = {path.name: path.read_text("utf-8") for path in made.files}
    return found


@pytest.fixture(scope="session")
def data(years: Path) -> dict[str, dict[str, Any]]:
    """The assessments of both years."""
    return {edition: opened(years / edition).assessment for edition in ("2022", "2023")}


def opened(path: Path) -> Run:
    run, found = open_run(path)
    assert run is not None, found
    return run


def approve(run: Path) -> None:
    assert write_final(opened(run), by="局党组会议", basis="澄财党纪〔2024〕9号", on="2024-06-03") == []


@pytest.fixture
def write() -> Callable[..., dict[str, bytes]]:
    """Sheets, or the whole feedback, as files by their path below the folder that they were written to."""

    def done(run: Path, out: Path, *, whole: bool = False, **options: Any) -> dict[str, bytes]:
        made: Written
        if whole:
            made = feedback(FeedbackOrder(run, out=out, **options), FOLDERS)
        else:
            made = sheets(SheetsOrder(run, out=out, **options), FOLDERS)
        assert {each.code for each in made.findings} <= {"K510", "K543"}, made.findings
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in made.files}

    return done
