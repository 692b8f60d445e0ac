"""The same run gives the same bytes in every format: again, elsewhere, in another time zone, locale and hash order."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outputs.conftest import OFFICIAL, Pressing

pytestmark = pytest.mark.once
for module in ("docxtpl", "typst", "xlsxwriter", "pyarrow", "prov"):
    pytest.importorskip(module)


def test_every_format_is_the_same_in_another_process(runs: Path, pressed: Pressing, tmp_path: Path, root: Path) -> None:
    here = {path: hashlib.sha256(raw).hexdigest() for path, raw in pressed("whole", OFFICIAL).files.items()}
    elsewhere = shutil.copytree(runs / "whole" / OFFICIAL, tmp_path / "别处 a" / "结果")
    zone = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(root), "COLUMNS": "40"}
    asked = [sys.executable, "-m", "tests.outputs.press", elsewhere, tmp_path / "out"]
    told = subprocess.run(asked, env={**os.environ, **zone}, cwd=tmp_path, check=True, capture_output=True).stdout
    there = json.loads(told)
    assert list(there) == list(here)
    assert [path for path in here if here[path] != there[path]] == []
    endings = {path.rpartition(".")[2] for path in here}
    assert endings == {"md", "html", "docx", "pdf", "xlsx", "csv", "sqlite", "parquet", "json", "txt"}
