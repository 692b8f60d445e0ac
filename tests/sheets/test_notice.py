"""The correction notice: what was published, what holds now, why; for no eyes more than the circular was for."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from scoring.app.assess import Bundle
from scoring.app.notice import notice
from scoring.app.publish import CircularOrder, Published
from scoring.archive import chain_after
from scoring.commands import group
from scoring.resources import shipped_places
from tests.circular.few import few, written
from tests.circular.paper import read
from tests.circular.test_text import UNUSED
from tests.circular.test_unnamed import unnamed
from tests.flow.test_unnamed import without_departments
from tests.sheets.conftest import approve, opened
from tests.sheets.paper import tables

pytestmark = pytest.mark.once

FOLDERS = shipped_places()
Changed = Callable[[Bundle], Bundle]


def one_unit_more(made: Bundle) -> Bundle:
    """B36 had one unit to hand objectives down to, and did not: its form said that it had none."""
    form = made.forms["submissions/基础数据.csv"].decode("utf-8-sig")
    rows = [
        ",".join([*row.split(",")[:2], "1", *row.split(",")[3:]]) if row.startswith("B36,") else row
        for row in form.splitlines()
    ]
    return replace(made, forms={**made.forms, "submissions/基础数据.csv": "\n".join(rows).encode()})


def nothing(made: Bundle) -> Bundle:
    return made


@dataclass
class Pair:
    old: Path
    new: Path


def made_of(folder: Path, bundle: Bundle, changed: Changed, why: str = "区投促办填报的二级单位数有误。") -> Pair:
    """An approved run and its correction."""
    old = written(bundle, folder / "old")
    approve(old)
    corrects = {"run": opened(old).manifest.digest, "by": "局党组会议", "why": why}
    new = replace(changed(bundle), corrects=corrects, chain=chain_after(opened(old)))
    return Pair(old, written(new, folder / "new"))


@pytest.fixture(scope="module")
def shared_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an approved run and its correction; tests work on copies."""
    folder = tmp_path_factory.mktemp("notice")
    made_of(folder, few(), one_unit_more)
    return folder


@pytest.fixture
def runs(shared_runs: Path, tmp_path: Path) -> Pair:
    shutil.copytree(shared_runs, tmp_path / "runs")
    return Pair(tmp_path / "runs" / "old", tmp_path / "runs" / "new")


def publish(pair: Pair, audience: str, **options: Any) -> Published:
    return notice(CircularOrder(pair.new, audience, **options), pair.old, FOLDERS)


def test_it_says_what_was_and_what_is(runs: Pair) -> None:
    made = publish(runs, "issued")
    assert [each.code for each in made.findings] == []
    (path,) = made.files
    assert path.name == "2023年度考核更正通知（印发稿·送审稿）.md"
    assert path.is_relative_to(runs.new / "published" / "correction_issued")
    text = path.read_text("utf-8")
    old, new = opened(runs.old).assessment, opened(runs.new).assessment
    was, now = ({card["department"]: card for card in each["scorecards"]} for each in (old, new))
    names = {each["code"]: each["name"] for each in new["departments"]}
    (code,) = [each for each in now if now[each]["printed"] != was[each]["printed"]]
    assert f"{names[code]}总分由{was[code]['printed']}分更正为{now[code]['printed']}分" in text
    assert "因区投促办填报的二级单位数有误，经局党组会议审定，对《澄岚区财政局关于2023年度部门预算" in text
    assert "的通报》（澄财绩〔2024〕6号）附件1作如下更正：" in text
    assert "其他内容不变。" in text
    assert text.startswith("送审稿\n")
    standings = tables(text)[0]
    shown = {row["部门名称"]: (row["内容"], row["总分"]) for row in standings if row["部门名称"] == names[code]}
    assert shown == {names[code]: ("更正后", now[code]["printed"])}
    places = [{row["department"]: row["rank"] for g in each["groups"] for row in g["standings"]} for each in (old, new)]
    moved = {names[each] for each in places[0] if places[0][each] != places[1][each]}
    assert moved | {names[code]} == {row["部门名称"] for row in standings}
    assert [word for word in UNUSED if word in text] == []
    assert "——" not in text
    assert "。。" not in text


def test_the_public_is_told_no_points_by_indicator(runs: Pair) -> None:
    (issued,), (public,) = (publish(runs, each).files for each in ("issued", "public"))
    assert "指标得分更正情况表" in issued.read_text("utf-8")
    assert "指标得分" not in public.read_text("utf-8")


def test_after_the_approval_it_is_no_draft(runs: Pair) -> None:
    approve(runs.new)
    made = publish(runs, "issued", letterhead="full")
    assert [each.code for each in made.findings] == ["K510"]
    assert "correction_number" in dict(made.findings[0].params)["settings"]
    (path,) = made.files
    assert path.name == "2023年度考核更正通知（印发稿）.md"
    assert "送审稿" not in path.read_text("utf-8")


def test_without_a_change_there_is_no_notice(tmp_path: Path) -> None:
    made = publish(made_of(tmp_path, few(), nothing), "issued")
    assert [each.code for each in made.findings] == ["K531"]
    assert made.files == []


def test_only_a_correction_of_that_very_run(runs: Pair) -> None:
    made = publish(Pair(runs.new, runs.new), "issued")
    assert {each.code for each in made.findings} == {"K530", "K532"}
    assert made.files == []
    told = CliRunner().invoke(group, ["circular", str(runs.new), "--corrects", str(runs.new)])
    assert told.exit_code == 2
    told = CliRunner().invoke(group, ["circular", str(runs.new), "--corrects", str(runs.old)])
    assert told.exit_code == 0
    assert told.stdout.endswith("published/correction_approval/2023年度考核更正通知（送审稿）.md\n")


def test_it_is_the_same_as_if_unnamed_departments_had_never_been(runs: Pair, tmp_path: Path) -> None:
    bundle = few()
    both = runs, made_of(tmp_path, without_departments(bundle, unnamed(bundle)), one_unit_more)
    for audience in ("issued", "public"):
        (one,), (other,) = (publish(each, audience).files for each in both)
        assert one.read_bytes() == other.read_bytes()


def test_a_reason_that_names_an_unnamed_department_is_refused(tmp_path: Path) -> None:
    bundle = few()
    hidden = unnamed(bundle)[0]
    roster = yaml.safe_load(bundle.forms["roster.yaml"])["departments"]
    name = next(each["name"] for each in roster if each["code"] == hidden)
    runs = made_of(tmp_path, bundle, one_unit_more, f"{name}的材料有误")
    made = publish(runs, "issued")
    assert [each.code for each in made.findings] == ["K533"]
    assert made.files == []
    assert publish(runs, "approval").files


def test_a_notice_is_a_paper_like_the_circular(runs: Pair) -> None:
    (path,) = publish(runs, "issued", letterhead="full").files
    paper = read(path.read_text("utf-8"))
    assert paper.headings[0] == "澄岚区财政局关于更正2023年度部门预算绩效管理工作考核结果的通知"
    assert "各区级预算部门，各街道办事处、镇人民政府：" in paper.paragraphs
    assert "附件：1.2023年度部门预算绩效管理工作考核结果更正情况表" in paper.paragraphs
