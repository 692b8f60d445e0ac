"""Runs that were scored under each semantics so far: each verifies, or is refused with the version that it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring import __version__
from scoring.archive.manifest import read_manifest
from scoring.assessment import SEMANTICS
from scoring.commands import group
from tests.archive.keep import KEPT, NEWER

RUNS = sorted(path.parent for path in KEPT.glob("*/*/manifest.json"))


def test_runs_of_this_and_of_a_newer_semantics_are_kept() -> None:
    kept = {int(run.parent.name) for run in RUNS}
    assert set(range(1, SEMANTICS + 1)) | {NEWER} == kept, "python -m tests.archive.keep, see docs/architecture.md"


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run.parent.name}-{run.name}")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_kept_run_verifies_or_is_refused_with_the_version_it_needs(run: Path, language: str) -> None:
    made = read_manifest((run / "manifest.json").read_bytes()).provenance
    assert str(made.semantics) == run.parent.name
    done = CliRunner().invoke(group, ["--lang", language, "verify", str(run)], catch_exceptions=False)
    if made.semantics == SEMANTICS:
        assert done.exit_code == 0, (
            f"{done.stderr}\nScoring gives other bytes than {run} holds. Where that is meant: raise SEMANTICS and run"
            " `python -m tests.archive.keep`, see docs/architecture.md, Semantics"
        )
        assert f"kaohe {__version__}" in done.stdout
    else:
        assert done.exit_code == 3
        assert "K405" in done.stderr
        assert "K402" not in done.stderr + done.stdout
        assert f"kaohe {made.version}" in done.stderr
        assert f"kaohe {made.version}" in done.stdout.splitlines()[0]
        assert {"zh": "不表示结果被改动", "en": "no sign of tampering"}[language] in done.stdout


def test_the_signed_run_verifies_with_its_key() -> None:
    words = ["verify", str(KEPT / str(SEMANTICS) / "corrected"), "--key", str(KEPT / str(SEMANTICS) / "key.pub")]
    done = CliRunner().invoke(group, words, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    assert "有指定公钥的签名" in done.stdout
    assert "第2次更正" in done.stdout
