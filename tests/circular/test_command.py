"""`kaohe circular` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.commands import group

pytestmark = pytest.mark.once


def test_it_prints_where_the_files_are(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.parent)
    told = CliRunner().invoke(group, ["circular", "2023"])
    assert told.exit_code == 0
    paths = [Path(line) for line in told.stdout.splitlines()]
    assert [path.name for path in paths] == ["2023年度考核送审说明.md", "2023年度考核通报（送审稿）.md"]
    assert all(path.is_file() and not path.is_absolute() for path in paths)
    assert told.stderr.strip().endswith("2023.passages.yaml 中填写手写段落，重新生成通报时保留。")
    again = CliRunner().invoke(group, ["circular", "2023", "--audience", "public", "--out", "桌面"])
    assert again.exit_code == 0
    assert again.stdout == "桌面/2023年度考核通报（公开稿·送审稿）.md\n"
    assert again.stderr == ""
    monkeypatch.chdir("2023")
    inside = CliRunner().invoke(group, ["circular", "."])
    assert inside.stdout.startswith("published/approval/")
    assert "手写段落" not in inside.stderr


def test_the_settings_of_the_run_come_before_those_of_the_workplace(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.parent)
    Path("office.yaml").write_text("format: 1\norgan: 另一区财政局\n", "utf-8")
    told = CliRunner().invoke(group, ["circular", "2023", "--out", "一"])
    assert "澄岚区财政局关于" in Path("一/2023年度考核通报（送审稿）.md").read_text("utf-8")
    assert told.exit_code == 0
    told = CliRunner().invoke(group, ["--office", "office.yaml", "circular", "2023", "--out", "二"])
    assert "另一区财政局关于" in Path("二/2023年度考核通报（送审稿）.md").read_text("utf-8")
    assert told.exit_code == 0
    assert "K510" in told.stderr


def test_what_cannot_be_carried_out(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.parent)
    assert CliRunner().invoke(group, ["circular", "nowhere"]).exit_code == 2
    assert CliRunner().invoke(group, ["circular", "2023", "--format", "wps"]).exit_code == 2
    Path("office.yaml").write_text("format: 1\nopenness: 不予公开\n", "utf-8")
    told = CliRunner().invoke(group, ["--office", "office.yaml", "circular", "2023", "--audience", "public"])
    assert told.exit_code == 2
    assert told.stdout == ""
    assert "K516" in told.stderr
