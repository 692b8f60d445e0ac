"""A verb that lacks a package says in one line which command installs it, and writes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.commands import group
from tests.outputs.conftest import DRAFT, OFFICIAL

pytestmark = pytest.mark.once

CASES = [
    ("docxtpl", "documents", ("circular", "RUN", "--format", "docx")),
    ("docxtpl", "documents", ("circular", "RUN", "--format", "md,docx", "--corrects", "OLD")),
    ("docxtpl", "documents", ("sheets", "RUN", "--format", "docx")),
    ("docxtpl", "documents", ("feedback", "RUN", "--format", "docx")),
    ("docxtpl", "documents", ("proof", "RUN", "a.docx")),
    ("docx", "documents", ("method", "2023", "--format", "docx", "--out", "OUT")),
    ("xlsxwriter", "documents", ("method", "2023", "--format", "xlsx", "--out", "OUT")),
    ("xlsxwriter", "documents", ("workbook", "RUN")),
    ("xlsxwriter", "documents", ("export", "RUN", "--format", "csv,xlsx")),
    ("typst", "pdf", ("circular", "RUN", "--format", "pdf")),
    ("typst", "pdf", ("sheets", "RUN", "--format", "pdf")),
    ("typst", "pdf", ("feedback", "RUN", "--format", "html,pdf")),
    ("pyarrow", "parquet", ("export", "RUN", "--format", "parquet")),
    ("prov", "prov", ("export", "RUN", "--format", "sqlite,prov")),
    ("cryptography", "sign", ("sign", "RUN", "--key", "a.key")),
    ("cryptography", "sign", ("verify", "RUN", "--key", "a.pub")),
]


@pytest.mark.parametrize(("module", "extra", "words"), CASES, ids=lambda each: str(each[0] if len(each) > 1 else each))
def test_one_line_names_the_command(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, extra: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    run = runs / "whole" / OFFICIAL
    before = sorted(each for each in runs.rglob("*"))
    places = {"RUN": str(run), "OLD": str(runs / "whole" / DRAFT), "OUT": str(tmp_path / "out")}
    told = CliRunner().invoke(group, [places.get(each, each) for each in words])
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.count("\n") == 1
    assert told.stderr.endswith(f"请运行：pip install 'kaohe[{extra}]'\n")
    assert sorted(each for each in runs.rglob("*")) == before
    assert not (tmp_path / "out").exists()


def test_every_extra_that_is_named_is_declared(root: Path) -> None:
    declared = (root / "pyproject.toml").read_text("utf-8").partition("[project.optional-dependencies]")[2]
    for extra in {each[1] for each in CASES}:
        assert f"\n{extra} = [" in declared
