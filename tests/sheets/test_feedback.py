"""The letter to a department, its form, and what it is told after the approval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.app.feedback import FeedbackOrder, feedback
from scoring.archive import check_manifest
from scoring.resources import shipped_places
from tests.sheets.conftest import approve, opened
from tests.sheets.paper import tables

pytestmark = pytest.mark.once

Write = Callable[..., dict[str, bytes]]


def letters(files: dict[str, bytes], name: str) -> dict[str, str]:
    """The papers of one name by folder."""
    return {path.split("/")[0]: raw.decode() for path, raw in files.items() if path.endswith(f"_{name}.md")}


def test_a_letter_says_what_came_out_and_how_to_object(run: Path, tmp_path: Path, write: Write) -> None:
    files = write(run, tmp_path / "out", whole=True)
    data = opened(run).assessment
    found = letters(files, "反馈函")
    assert len(found) == len(data["scorecards"])
    names = {each["code"]: each for each in data["departments"]}
    for card in data["scorecards"]:
        (text,) = [each for each in found.values() if f"\n{names[card['department']]['name']}：\n" in each]
        told = sum(map(float, card["self_scores"].values()))
        assert f"初步得分{card['printed']}分（自评{told:.2f}分）" in text
        assert "请于2024年5月17日前填写《复核申请表》" in text
        assert "送绩效管理科" in text
        assert "# 澄岚区财政局关于反馈2023年度部门预算绩效管理工作考核初步结果的函" in text
        assert "附件：1.得分单" in text
        assert card["grade"] is None or f"“{card['grade']}”" not in text
    for folder, text in letters(files, "复核申请表").items():
        head, rows, signed = tables(text)
        assert head[0]["部门名称"] in found[folder]
        assert len(rows) == 6
        asked = "序号 考核指标 初步得分 申请得分 申请理由 新增佐证编号 复核意见 复核后得分 复核人 审批人"
        assert list(rows[0]) == asked.split()
        assert set(signed[0]) == {"经办人", "负责人签字", "单位盖章", "日期"}


def test_a_deadline_is_never_made_up(run: Path, tmp_path: Path) -> None:
    own = tmp_path / "office.yaml"
    own.write_text("format: 1\norgan: 某区财政局\n", "utf-8")
    made = feedback(FeedbackOrder(run, office=own, out=tmp_path / "out"), shipped_places())
    (told,) = [dict(each.params)["settings"] for each in made.findings if each.code == "K510"]
    for key in ("signatory", "desk", "appeal_by", "feedback_date"):
        assert f"（{key}）" in told
    text = next(path for path in made.files if path.name.endswith("_反馈函.md")).read_text("utf-8")
    assert "请于×年×月×日前填写《复核申请表》" in text
    assert "送××；" in text
    assert "\n×年×月×日\n" in text


def test_after_the_approval_the_grades_that_were_published(run: Path, tmp_path: Path, write: Write) -> None:
    approve(run)
    files = write(run, tmp_path / "out", whole=True)
    assert not letters(files, "复核申请表")
    data = opened(run).assessment
    named = {each["code"]: each["name"] for each in data["departments"] if each["visibility"] == "named"}
    wanted = {
        (named[row["department"]], row["grade"])
        for group in data["groups"]
        for row in group["standings"]
        if row["department"] in named
    }
    for text in letters(files, "反馈函").values():
        assert "考核结果已经审定" in text
        assert {(row["部门名称"], row["等次"]) for table in tables(text) for row in table} == wanted
        assert "名次" not in text


def test_it_is_written_into_the_run_and_what_was_changed_by_hand_stays(run: Path) -> None:
    made = feedback(FeedbackOrder(run), shipped_places())
    assert made.files[0].is_relative_to(run / "published" / "feedback")
    assert check_manifest(run) == []
    again = feedback(FeedbackOrder(run), shipped_places())
    assert again.files == made.files
    made.files[0].write_text("改过\n", "utf-8")
    refused = feedback(FeedbackOrder(run), shipped_places())
    assert "K416" in {each.code for each in refused.findings}
    assert made.files[0].read_text("utf-8") == "改过\n"
    assert feedback(FeedbackOrder(run, force=True), shipped_places()).files == made.files
