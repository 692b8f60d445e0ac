"""A correction is a new run that carries the records of all runs before it, and names the one that it corrects."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.archive import open_run
from scoring.archive.manifest import read_manifest
from scoring.commands import group
from tests.archive.keep import small
from tests.archive.rewriting import rewrite_manifest

Kaohe = Callable[..., Result]
APPROVAL = ["--by", "局长办公会", "--basis", "会议纪要〔2024〕3号", "--date", "2024-06-05"]
REASON = ["--by", "局长办公会", "--why", "漏计附加分"]


@pytest.fixture
def kaohe() -> Kaohe:
    return lambda *words: CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The input folder of a few departments."""
    folder = tmp_path_factory.mktemp("forms")
    made = small("2023")
    for name, content in {**made.forms, **dict.fromkeys(made.evidence, b"")}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def approved(forms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An approved run; tests work on copies of it."""
    run = tmp_path_factory.mktemp("runs") / "first"
    words = ["score", "--edition", "2023", "--input", str(forms), "--out", str(run)]
    assert CliRunner().invoke(group, words).exit_code in (0, 1)
    open_points = CliRunner().invoke(group, ["final", str(run), *APPROVAL])
    assert open_points.exit_code == 0, open_points.output
    return run


@pytest.fixture
def first(approved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(approved, tmp_path / "first"))


def score(kaohe: Kaohe, forms: Path, out: Path, *more: object) -> Result:
    return kaohe("score", "--edition", "2023", "--input", forms, "--out", out, *more)


def digest(run: Path) -> str:
    return read_manifest((run / "manifest.json").read_bytes()).digest


def test_two_corrections_make_a_chain_of_two(kaohe: Kaohe, forms: Path, first: Path, tmp_path: Path) -> None:
    second, third = tmp_path / "second", tmp_path / "third"
    assert score(kaohe, forms, second, "--corrects", first, *REASON).exit_code == 0
    assert kaohe("final", second, *APPROVAL).exit_code == 0
    assert score(kaohe, forms, third, "--corrects", second, "--by", "局长办公会", "--why", "复核").exit_code == 0
    assert sorted(os.listdir(third / "chain")) == ["001.final.json", "001.json", "002.final.json", "002.json"]
    assert (third / "chain/001.json").read_bytes() == (first / "manifest.json").read_bytes()
    assert (third / "chain/002.final.json").read_bytes() == (second / "final.json").read_bytes()
    run, _ = open_run(third)
    assert run is not None
    assert run.assessment["corrects"] == {"run": digest(second), "by": "局长办公会", "why": "复核"}
    done = kaohe("verify", third, "--head", digest(third))
    assert done.exit_code == 0, done.stderr
    assert "第2次更正" in done.stdout
    assert digest(first) in done.stdout
    assert "理由是：漏计附加分" in done.stdout
    assert "是机关掌握的最新结果" in done.stdout


def test_head_tells_older_from_newer(kaohe: Kaohe, forms: Path, first: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    assert score(kaohe, forms, second, "--corrects", first, *REASON).exit_code == 0
    older, newer = kaohe("verify", first, "--head", digest(second)), kaohe("verify", second, "--head", digest(first))
    assert (older.exit_code, newer.exit_code) == (3, 3)
    assert "与机关掌握的最新校验码" in older.stderr
    assert "比机关掌握的新" in newer.stderr
    for done in (older, newer):
        assert done.stdout.startswith("校验结论：结果本身相符，但不是机关掌握的最新结果")
    assert kaohe("verify", first, "--head", digest(first)[:12]).exit_code == 2


def test_what_was_not_approved_is_not_corrected(kaohe: Kaohe, forms: Path, first: Path, tmp_path: Path) -> None:
    (first / "final.json").unlink()
    done = score(kaohe, forms, tmp_path / "second", "--corrects", first, *REASON)
    assert done.exit_code == 2
    assert "K421" in done.stderr
    assert not (tmp_path / "second").exists()


def test_a_run_of_another_edition_is_not_corrected(kaohe: Kaohe, root: Path, first: Path, tmp_path: Path) -> None:
    words = ["--edition", "2022", "--input", root / "examples/2022", "--out", tmp_path / "second"]
    done = kaohe("score", *words, "--corrects", first, *REASON)
    assert done.exit_code == 2
    assert "K421" in done.stderr
    assert "2023年度版本" in done.stderr


def test_a_run_that_does_not_verify_is_not_corrected(kaohe: Kaohe, forms: Path, first: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    result = first / "assessment.json"
    result.write_bytes(result.read_bytes().replace("良".encode(), "优".encode(), 1))
    done = score(kaohe, forms, second, "--corrects", first, *REASON)
    assert done.exit_code == 3
    assert "K402" in done.stderr
    (first / "final.json").unlink()
    rewrite_manifest(first)
    assert kaohe("final", first, *APPROVAL).exit_code == 0
    done = score(kaohe, forms, second, "--corrects", first, *REASON)
    assert done.exit_code == 3
    assert "K406" in done.stderr
    assert "K422" in done.stderr
    assert not second.exists()


def test_a_correction_says_who_and_why(kaohe: Kaohe, forms: Path, first: Path, tmp_path: Path) -> None:
    assert score(kaohe, forms, tmp_path / "second", "--corrects", first).exit_code == 2


def test_a_folder_without_its_manifest_was_tampered_with(kaohe: Kaohe, first: Path, tmp_path: Path) -> None:
    (first / "manifest.json").unlink()
    assert kaohe("verify", first).exit_code == 3
    assert kaohe("verify", tmp_path).exit_code == 2
