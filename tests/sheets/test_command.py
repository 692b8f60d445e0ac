"""`kaohe sheets` and `kaohe feedback` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.commands import group

pytestmark = pytest.mark.once


def test_one_department_goes_to_the_terminal(run: Path) -> None:
    told = CliRunner().invoke(group, ["sheets", str(run), "--department", "B33"])
    assert told.exit_code == 0
    assert told.stdout.startswith("初步结果\n\n# 2023年度部门预算绩效管理工作考核得分单\n")
    assert told.stderr == ""
    assert not (run / "published").exists()


def test_all_of_them_go_into_the_run(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.parent)
    told = CliRunner().invoke(group, ["sheets", "2023", "--format", "md,html"])
    assert told.exit_code == 0
    paths = [Path(line) for line in told.stdout.splitlines()]
    assert all(path.is_file() and path.parent == Path("2023/published/department") for path in paths)
    assert {path.suffix for path in paths} == {".md", ".html"}
    leaders = CliRunner().invoke(group, ["sheets", "2023", "--audience", "approval"])
    assert leaders.stdout.startswith("2023/published/approval_sheets/")
    letters = CliRunner().invoke(group, ["feedback", "2023", "--department", "B33", "--out", "桌面"])
    assert letters.exit_code == 0
    assert len(letters.stdout.splitlines()) == 3


@pytest.mark.parametrize("verb", ["sheets", "feedback"])
def test_what_cannot_be_carried_out(run: Path, tmp_path: Path, verb: str) -> None:
    out = ["--out", str(tmp_path / "out")]
    assert CliRunner().invoke(group, [verb, str(tmp_path / "nowhere"), *out]).exit_code == 2
    assert CliRunner().invoke(group, [verb, str(run), "--format", "wps", *out]).exit_code == 2
    for word in ("B17", "区没有这个局", "B99"):
        told = CliRunner().invoke(group, [verb, str(run), "--department", word, *out])
        assert told.exit_code == 2
        assert f"参加考核的部门中没有“{word}”。" in told.stderr
    told = CliRunner().invoke(group, [verb, str(run), "--department", "B33", "--format", "docx"])
    assert told.exit_code == 2
    assert "--out" in told.stderr
