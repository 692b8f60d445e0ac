"""The benchmark of verifying runs on an input folder of as many units as were asked for, and all of them count."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def test_units_are_scored_and_verified(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    for name in ("units", "verify"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import units
    import verify

    from scoring.archive import open_run

    assert units.units(tmp_path / "inputs", 60) == 66
    assert verify.measure("score", tmp_path)["seconds"] > 0
    run, _ = open_run(tmp_path / "run")
    assert run is not None
    assert run.assessment["status"]["complete"] is True
    assert len({each["name"] for each in run.assessment["departments"]}) == 66
    for stage in ("sealing", "verify"):  # each ends the benchmark where the run is not sound
        assert set(verify.measure(stage, tmp_path)) == {"seconds", "peak"}
