"""The example years, scored once, and circulars made from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.app.publish import CircularOrder, Published, circular
from scoring.archive import Run, open_run, write_final
from scoring.resources import shipped_places
from tests.circular.few import few, written
from tests.circular.paper import Paper, read

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
def data(years: Path) -> dict[str, Any]:
    """The assessment of 2023; nobody changes it."""
    opened, found = open_run(years / "2023")
    assert opened is not None, found
    return opened.assessment


@pytest.fixture(scope="session")
def few_data(small: Path) -> dict[str, Any]:
    """The assessment of a few departments; nobody changes it."""
    opened, found = open_run(small)
    assert opened is not None, found
    return opened.assessment


@pytest.fixture(scope="session")
def approve() -> Callable[[Path], None]:
    def done(run: Path) -> None:
        opened, _ = open_run(run)
        assert isinstance(opened, Run)
        assert write_final(opened, by="局党组会议", basis="澄财党纪〔2024〕9号", on="2024-06-03") == []

    return done


@pytest.fixture
def publish() -> Callable[..., Published]:
    def done(run: Path, audience: str = "approval", **options: Any) -> Published:
        return circular(CircularOrder(run, audience, **options), FOLDERS)

    return done


@pytest.fixture(scope="session")
def papers(years: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The texts of the example by file name: both years for the leaders, 2023 for everybody else too."""
    found = {}
    folder = tmp_path_factory.mktemp("papers")
    for edition, audience in (("2022", "approval"), ("2023", "approval"), ("2023", "issued"), ("2023", "public")):
        order = CircularOrder(
            years / edition, audience, letterhead="full", out=folder, passages=folder / f"{edition}.yaml"
        )
        made = circular(order, FOLDERS)
        assert not made.findings
        for path in made.files:
            found[path.name] = path.read_text("utf-8")
    return found


@pytest.fixture(scope="session")
def paper(papers: dict[str, str]) -> Paper:
    """The circular of 2023, read."""
    return read(papers["2023年度考核通报（送审稿）.md"])
