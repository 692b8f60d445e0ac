"""The example years, scored once, and workbooks calculated anew by a spreadsheet program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scoring.archive import Run, open_run
from scoring.resources import shipped_places

FOLDERS = shipped_places()
Recalculated = Callable[[dict[str, bytes]], dict[str, Any]]


@pytest.fixture(scope="session")
def run(years: Path) -> Run:
    """The run of 2023."""
    opened, found = open_run(years / "2023")
    assert opened is not None, found
    return opened


@pytest.fixture(scope="session")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    """Workbooks as LibreOffice calculates them, from formulas alone: the stored values are thrown away first."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")

    def calculate(books: dict[str, bytes]) -> dict[str, Any]:
        bare, done = tmp_path_factory.mktemp("bare"), tmp_path_factory.mktemp("done")
        for name, raw in books.items():
            (bare / f"{name}.raw.xlsx").write_bytes(raw)
            openpyxl.load_workbook(bare / f"{name}.raw.xlsx").save(bare / f"{name}.xlsx")
        profile = f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}"
        files = [str(bare / f"{name}.xlsx") for name in books]
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(done), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return {name: openpyxl.load_workbook(done / f"{name}.xlsx", data_only=True) for name in books}

    return calculate
