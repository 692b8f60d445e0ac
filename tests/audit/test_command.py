"""`kaohe audit`: where the page is put, and what is said where it cannot be made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.commands import group
from tests.audit.reader import Page

pytestmark = pytest.mark.once


def kaohe(*words: str | Path) -> Result:
    return CliRunner().invoke(group, ["audit", *map(str, words)])


@pytest.fixture
def own(run: Path, tmp_path: Path) -> Path:
    shutil.copytree(run, tmp_path / "2023")
    return tmp_path / "2023"


def test_the_page_stands_beside_the_run_because_the_run_is_sealed(own: Path) -> None:
    before = sorted(own.rglob("*"))
    done = kaohe(own, "--audience", "department", "--department", "区生态环境局")
    assert done.exit_code == 0
    page = own.with_name("2023.audit.department.B20.html")
    assert done.stdout == f"{page.as_posix()}\n"
    assert [each["code"] for each in Page(page.read_bytes()).head["rows"]] == ["B20"]
    assert sorted(own.rglob("*")) == before


def test_a_department_and_its_audience_go_together(own: Path) -> None:
    for words in (["--audience", "department"], ["--department", "B20"]):
        done = kaohe(own, *words)
        assert done.exit_code == 2
        assert "同时写明" in done.stderr


def test_who_is_not_there_is_met_with_who_was_meant(own: Path) -> None:
    done = kaohe(own, "--audience", "department", "--department", "生态环境")
    assert done.exit_code == 2
    assert "区生态环境局" in done.stderr


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    done = kaohe(tmp_path)
    assert done.exit_code == 2
    assert "K409" in done.stderr
