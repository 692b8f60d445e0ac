"""The command line as officers and other programs use it: what is printed where, and the exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.commands import group

Kaohe = Callable[..., Result]


@pytest.fixture
def kaohe() -> Kaohe:
    """Runs the command in this process; stdout and stderr apart."""
    return lambda *words: CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the example year."""
    target = tmp_path_factory.mktemp("runs") / "2023"
    words = ["score", "--edition", "2023", "--input", str(root / "examples/2023"), "--out", str(target)]
    done = CliRunner().invoke(group, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return target


def test_help_names_every_verb_and_no_reserved_one(kaohe: Kaohe) -> None:
    said = kaohe("--help").stdout
    for verb in ("check", "score", "explain", "verify", "final", "diff", "circular", "init", "mend", "findings"):
        assert f"  {verb} " in said
    for reserved in ("forms", "impact", "new-edition"):
        assert f"  {reserved} " not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("scor", "没有命令“scor”。相近的有：score。"),
        ("score --edition 2023", "缺少选项“--input”。"),
        ("score --editon 2023", "没有选项“--editon”。相近的有：--edition。"),
        ("circular", "缺少结果文件夹（RUN）。"),
        ("score --edition", "选项“--edition”后面要写内容。"),
        ("score --force=1", "选项“--force”后面不写内容。"),
        ("verify a b", "多写了“b”。"),
        ("check --format exe", "选项“--format”只能写：text、json。"),
    ],
)
def test_what_was_not_given_rightly_is_said_in_chinese(kaohe: Kaohe, words: str, said: str) -> None:
    done = kaohe(*words.split())
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == said
    assert "Error" not in done.stderr
    assert "Usage" not in done.stderr


def test_a_bare_kaohe_says_what_comes_next(kaohe: Kaohe, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    done = kaohe()
    assert done.exit_code == 0
    assert "下一步：kaohe score" in done.stdout


def test_the_shipped_editions_are_sound(kaohe: Kaohe) -> None:
    done = kaohe("check")
    assert done.exit_code == 0
    assert "2022、2023" in done.stdout


def test_an_unknown_edition_is_a_usage_error_that_names_the_known_ones(kaohe: Kaohe, tmp_path: Path) -> None:
    done = kaohe("score", "--edition", "1999", "--input", tmp_path, "--out", tmp_path / "run")
    assert done.exit_code == 2
    assert "2022、2023" in done.stderr
    assert not (tmp_path / "run").exists()


def test_an_edition_in_a_folder_of_another_name(kaohe: Kaohe, root: Path, tmp_path: Path) -> None:
    """The line that is forgotten when last year's folder is copied."""
    shutil.copytree(root / "rules/2023", tmp_path / "rules/2024")
    done = kaohe("--rules", tmp_path / "rules", "check", "2024")
    assert "K203" in done.stderr + done.stdout


def test_rules_that_are_links_are_not_scored_without(kaohe: Kaohe, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "rules/2023", tmp_path / "rules/2023")
    linked = sorted((tmp_path / "rules/2023/indicators").iterdir())[0]
    elsewhere = linked.rename(tmp_path / linked.name)
    linked.symlink_to(elsewhere)
    words = ("--rules", tmp_path / "rules", "score", "--edition", "2023", "--input", root / "examples/2023")
    done = kaohe(*words, "--out", tmp_path / "run")
    assert "K115" in done.stderr
    assert not (tmp_path / "run").exists()


def test_scoring_into_an_existing_run_needs_force(kaohe: Kaohe, root: Path, run: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(run, own)
    words = ["score", "--edition", "2023", "--input", root / "examples/2023", "--out", own]
    assert kaohe(*words).exit_code == 2
    assert kaohe(*words, "--force").exit_code == 0
    assert (tmp_path / "own.previous").is_dir()


def test_an_edition_with_errors_scores_nothing(kaohe: Kaohe, root: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(root / "rules", rules)
    path = rules / "2023/indicators/02-事前绩效评估.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("full_marks: 8", "full_mark: 8"), encoding="utf-8")
    words = ["score", "--edition", "2023", "--input", root / "examples/2023", "--out", tmp_path / "run"]
    done = kaohe("--rules", rules, *words)
    assert done.exit_code == 1
    assert "K101" in done.stderr
    assert "full_marks" in done.stderr
    assert "02-事前绩效评估.yaml" in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_broken_form_is_named_and_the_run_is_written_all_the_same(kaohe: Kaohe, root: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(root / "examples/2023", forms)
    (forms / "submissions/B05.yaml").write_text('format: 1\nedition: "2023"\ndepartment：B05\n', encoding="utf-8")
    done = kaohe("score", "--edition", "2023", "--input", forms, "--out", tmp_path / "run")
    assert done.exit_code == 1
    assert "K102" in done.stderr
    assert "B05.yaml" in done.stderr
    data = json.loads((tmp_path / "run/assessment.json").read_bytes())
    assert data["status"]["complete"] is False
    assert len(data["scorecards"]) == 64


def test_verify_passes_on_the_untouched_run(kaohe: Kaohe, run: Path) -> None:
    done = kaohe("verify", run)
    assert done.exit_code == 0
    assert "逐字节相同" in done.stdout


@pytest.mark.parametrize(
    "path",
    ["assessment.json", "places.json", "rules/2023/method.yaml", "inputs/roster.yaml", "inputs/submissions/B05.yaml"],
)
def test_verify_names_the_file_in_which_one_byte_was_changed(
    kaohe: Kaohe, run: Path, tmp_path: Path, path: str
) -> None:
    own = tmp_path / "own"
    shutil.copytree(run, own)
    raw = bytearray((own / path).read_bytes())
    raw[len(raw) // 2] ^= 1
    (own / path).write_bytes(raw)
    done = kaohe("verify", own)
    assert done.exit_code == 3
    assert path in done.stderr


def test_verify_finds_a_result_that_was_changed_together_with_its_manifest(
    kaohe: Kaohe, run: Path, tmp_path: Path
) -> None:
    from scoring.archive.manifest import manifest_of, read_manifest

    own = tmp_path / "own"
    shutil.copytree(run, own)
    manifest = read_manifest((own / "manifest.json").read_bytes())
    result = own / "assessment.json"
    result.write_bytes(result.read_bytes().replace(b'"printed":"97.12"', b'"printed":"97.13"'))
    files = {name: (own / name).read_bytes() for name in manifest.files}
    (own / "manifest.json").write_bytes(manifest_of(files, manifest.provenance))
    done = kaohe("verify", own)
    assert done.exit_code == 3
    assert "assessment.json" in done.stderr


def test_an_approved_run_is_never_scored_over(kaohe: Kaohe, root: Path, run: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(run, own)
    approved = kaohe("final", own, "--by", "局长办公会", "--basis", "会议纪要〔2024〕3号", "--date", "2024-06-05")
    assert approved.exit_code == 0, approved.output
    words = ["score", "--edition", "2023", "--input", root / "examples/2023", "--out", own, "--force"]
    done = kaohe(*words)
    assert done.exit_code == 2
    assert kaohe("verify", own).exit_code == 0


def test_diff_of_a_run_with_itself_is_empty(kaohe: Kaohe, run: Path) -> None:
    done = kaohe("diff", run, run)
    assert done.exit_code == 0
    assert "没有变化" in done.stdout


@pytest.mark.engine
def test_a_matcher_broken_on_purpose_is_found(
    kaohe: Kaohe, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scoring.engine.plain_matcher import PlainMatcher

    right = PlainMatcher.match

    def wrong(self: PlainMatcher, decision: object, values: object) -> int:
        answer: int = right(self, decision, values)  # type: ignore[arg-type]
        return 1 if answer == 0 and "5.2/bands" in decision.address else answer  # type: ignore[attr-defined]

    monkeypatch.setattr(PlainMatcher, "match", wrong)
    words = ["score", "--edition", "2023", "--input", root / "examples/2023", "--out", tmp_path / "run"]
    done = kaohe(*words, "--matcher", "both")
    assert done.exit_code == 3
    assert "5.2/bands" in done.stderr
    assert not (tmp_path / "run").exists()


def test_init_makes_a_workplace_that_checks_clean(
    kaohe: Kaohe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kaohe("init", tmp_path / "office").exit_code == 0
    monkeypatch.chdir(tmp_path / "office")
    assert kaohe("check").exit_code == 0
    assert kaohe("check", "--edition", "2023", "--input", "input-2023").exit_code in (0, 1)


def test_mend_writes_a_copy_and_keeps_the_original(kaohe: Kaohe, tmp_path: Path) -> None:
    path = tmp_path / "旧文件.yaml"
    path.write_bytes("format: 1\nedition：“2023”\n".encode("gb18030"))
    done = kaohe("mend", path)
    assert done.exit_code == 0
    mended = tmp_path / "旧文件.改好.yaml"
    assert "edition: " in mended.read_text(encoding="utf-8")
    assert path.read_bytes().decode("gb18030").startswith("format")


def test_every_code_can_be_looked_up(kaohe: Kaohe) -> None:
    listed = kaohe("findings")
    assert listed.exit_code == 0
    assert "K101" in listed.stdout
    page = kaohe("findings", "k102")
    assert page.exit_code == 0
    assert "冒号" in page.stdout
    assert kaohe("findings", "K999").exit_code == 2


@pytest.mark.once
def test_output_is_utf8_on_a_gbk_console(root: Path) -> None:
    import os

    env = {**os.environ, "PYTHONIOENCODING": "gbk", "LC_ALL": "zh_CN.GBK"}
    done = subprocess.run([sys.executable, str(root / "cli.py"), "--help"], env=env, capture_output=True, check=True)
    assert "考核" in done.stdout.decode("utf-8")
