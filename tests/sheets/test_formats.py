"""The same sheet in every format, read with other programs; the same bytes every time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sheets import template
from tests.sheets.conftest import approve
from tests.sheets.paper import page, pdf_text, tables, word_tables

pytestmark = pytest.mark.once
pytest.importorskip("docxtpl")
pytest.importorskip("typst")

Write = Callable[..., dict[str, bytes]]
ALL = ("md", "html", "docx", "pdf")


def by_format(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {path.rpartition(".")[2]: raw for path, raw in files.items() if f"_{name}." in path}


def test_every_format_says_the_same(run: Path, tmp_path: Path, write: Write) -> None:
    files = write(run, tmp_path / "out", whole=True, department="B33", formats=ALL)
    assert len(files) == 12
    for name in ("得分单", "复核申请表"):
        made = by_format(files, name)
        assert set(made) == set(ALL)
        wanted = [[list(rows[0]), *(list(row.values()) for row in rows)] for rows in tables(made["md"].decode())]
        words = [[[cell.strip("\n") for cell in row] for row in each] for each in word_tables(made["docx"])]
        assert words == wanted
        assert page(made["html"]).tables == wanted
        text = pdf_text(made["pdf"])
        for cell in {"".join(cell.split()) for table in wanted for row in table for cell in row if len(cell) < 8}:
            assert cell in text
        for total in (row[-1] for row in wanted[2]) if name == "得分单" else ():
            assert total in text


def test_the_same_bytes_every_time(run: Path, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(run, tmp_path / "一", whole=True, department="B33", formats=ALL)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert write(run, tmp_path / "二", whole=True, department="B33", formats=ALL) == first
    monkeypatch.undo()
    time.tzset()


def test_before_the_approval_preliminary_and_after_it_official(run: Path, tmp_path: Path, write: Write) -> None:
    before = by_format(write(run, tmp_path / "一", department="B33", formats=("md",)), "得分单")["md"].decode()
    approve(run)
    after = by_format(write(run, tmp_path / "二", department="B33", formats=("md",)), "得分单")["md"].decode()
    assert before.startswith("初步结果\n")
    assert after.startswith("正式结果\n")
    assert "等次" not in tables(before)[0][0]
    assert tables(after)[0][0]["等次"] == "良"
    assert "负责人签字" in before
    assert "负责人签字" not in after
    assert "本结果仅供核对" in before
    assert "本结果仅供核对" not in after


def test_a_limit_is_told_from_the_start_and_a_quota_only_in_the_end(run: Path, tmp_path: Path, write: Write) -> None:
    """What a department may object to, it has to be told in time; what depends on others is told when it is settled."""
    files = write(run, tmp_path / "一")
    limited = [text for text in files.values() if "不得评为“优”" in text.decode()]
    assert limited
    assert not [text for text in files.values() if "名额" in text.decode()]
    approve(run)
    settled = write(run, tmp_path / "二")
    assert len([text for text in settled.values() if "评定为“" in text.decode()]) == len(settled)
    assert [text for text in settled.values() if "名额" in text.decode()]


def test_the_shipped_layout_is_what_the_script_makes() -> None:
    assert template.FILE.read_bytes() == template.made()
