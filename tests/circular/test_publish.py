"""Publishing as a use case: where files go, what stands against it, and what an officer wrote by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.app.publish import CircularOrder, Published, circular
from scoring.archive import check_manifest, open_run
from scoring.finding import Finding
from scoring.resources import shipped_places
from tests.circular.few import few, written
from tests.flow import district

pytestmark = pytest.mark.once

FOLDERS = shipped_places()
Publish = Callable[..., Published]
OFFICE = """format: 1
organ: 某区财政局
code: 某财绩
addressee: 各部门
organizer: 区财政局
approval: 局党组会议
signatory: 某区财政局
"""


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


def said(found: list[Finding], code: str) -> dict[str, str]:
    (one,) = [each for each in found if each.code == code]
    return dict(one.params)


def text_of(made: Published) -> str:
    return made.files[-1].read_text("utf-8")


def office(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "office.yaml"
    path.write_text(text, "utf-8")
    return path


def test_it_goes_into_the_run_and_the_run_stays_whole(run: Path, publish: Publish) -> None:
    made = publish(run)
    assert [path.relative_to(run).as_posix() for path in made.files] == [
        "published/approval/2023年度考核送审说明.md",
        "published/approval/2023年度考核通报（送审稿）.md",
    ]
    opened, found = open_run(run)
    assert opened is not None
    assert found == []
    assert check_manifest(run) == []
    again = publish(run)
    assert again.files == made.files
    assert again.findings == []
    assert again.passages is None


def test_what_was_changed_by_hand_stays_unless_forced(run: Path, publish: Publish) -> None:
    path = publish(run).files[-1]
    path.write_text("改过", "utf-8")
    made = publish(run)
    assert codes(made.findings) == ["K416"]
    assert not made.files
    assert path.read_text("utf-8") == "改过"
    assert publish(run, force=True).files
    assert path.read_text("utf-8") != "改过"


def test_another_folder_keeps_what_is_there(run: Path, publish: Publish, tmp_path: Path) -> None:
    out = tmp_path / "桌面" / "通报"
    made = publish(run, out=out)
    assert sorted(path.name for path in out.iterdir()) == [path.name for path in made.files]
    assert not (run / "published").exists()
    assert publish(run, out=out).findings == []
    made.files[0].write_text("改过", "utf-8")
    assert codes(publish(run, out=out).findings) == ["K521"]
    assert made.files[0].read_text("utf-8") == "改过"
    assert publish(run, out=out, force=True).files == made.files


def test_passages_are_begun_once_and_kept(run: Path, publish: Publish) -> None:
    first = publish(run)
    assert first.passages == run.with_name("2023.passages.yaml")
    own = first.passages.read_text("utf-8").replace('conduct: ""', "conduct: |-\n  甲段。\n  乙|段。")
    own = own.replace('5.2: ""', "5.2: 部分项目自评分数偏高。").replace('8.2: ""', "8.2: 不在其列。")
    first.passages.write_text(own, "utf-8")
    made = publish(run)
    text = text_of(made)
    assert "\n　　甲段。\n\n　　乙\\|段。\n" in text
    assert re.search(r"平均得分率[\d.]+%。部分项目自评分数偏高。\n", text)
    assert "不在其列" not in text
    assert said(made.findings, "K517") == {"code": "8.2", "name": "绩效自评结果公开"}
    assert first.passages.read_text("utf-8") == own
    assert "甲段" in text_of(publish(run, "issued"))


def test_a_broken_file_of_passages_is_told_and_left(run: Path, publish: Publish, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("format: 1\nconducts: 甲\n", "utf-8")
    made = publish(run, passages=path)
    assert codes(made.findings) == ["K101"]
    assert not made.files
    assert path.read_text("utf-8") == "format: 1\nconducts: 甲\n"


def test_what_the_office_has_not_said_is_blank_and_told(run: Path, publish: Publish, tmp_path: Path) -> None:
    made = publish(run, letterhead="full", office=office(tmp_path, "format: 1\n"))
    assert codes(made.findings) == ["K510"]
    assert "organ" in said(made.findings, "K510")["settings"]
    assert "date" not in said(made.findings, "K510")["settings"]
    text = text_of(made)
    assert "××〔×〕×号" in text
    assert "\n×年×月×日\n" in text
    assert "（此件" not in text
    assert "抄送" not in text


def test_after_the_approval_a_missing_date_stays_blank(
    run: Path, publish: Publish, tmp_path: Path, approve: Callable[[Path], None]
) -> None:
    approve(run)
    own = office(tmp_path, OFFICE + "openness: 依申请公开\n")
    made = publish(run, "issued", letterhead="full", office=own)
    assert said(made.findings, "K510") == {
        "settings": "发文字号（number）、成文日期（date）、发文机关标志（letterhead）、印发机关（printed_by）"
    }
    assert "\n×年×月×日\n" in text_of(made)
    assert "某财绩〔×〕×号" in text_of(made)


def test_openness_has_to_be_chosen_before_it_is_issued(
    run: Path, publish: Publish, tmp_path: Path, approve: Callable[[Path], None]
) -> None:
    own = office(tmp_path, OFFICE)
    assert "K516" not in codes(publish(run, "issued", office=own).findings)
    approve(run)
    made = publish(run, "issued", office=own)
    assert "K516" in codes(made.findings)
    assert not made.files


def test_a_closed_circular_has_no_public_edition(run: Path, publish: Publish, tmp_path: Path) -> None:
    own = office(tmp_path, OFFICE + "openness: 不予公开\n")
    assert codes(publish(run, "public", office=own).findings) == ["K516"]
    assert publish(run, "issued", office=own).findings == []


def test_an_open_circular_leaves_out_the_detail_annex(run: Path, publish: Publish, tmp_path: Path) -> None:
    made = publish(run, "issued", office=office(tmp_path, OFFICE + "openness: 主动公开\n"))
    assert codes(made.findings) == ["K513"]
    assert "指标得分情况" not in text_of(made)
    assert "见附件。" in text_of(made)


def test_grades_alone(run: Path, publish: Publish, tmp_path: Path) -> None:
    own = (
        OFFICE
        + "openness: 依申请公开\nlist_order: 建制\nnamed_grades: [优, 良好]\nshow: {scores: false, ranks: false}\n"
    )
    made = publish(run, "issued", office=office(tmp_path, own))
    assert codes(made.findings) == ["K511"]
    text = text_of(made)
    assert "| 序号 | 部门名称 | 等次 |" in text
    assert "最高" not in re.sub("附加分最高|扣分最高", "", text)
    assert "得分相同" not in text
    assert not re.search(r"\d\.\d\d \|", text)
    assert "以上名单按建制顺序排列，排名不分先后。" in text
    assert "各部门等次见附件。" in text
    assert "“良”等次" not in text
    assert re.search("（二）区级部门。“优”等次[0-9]个：[^（]+。以上名单", text)


def test_telling_how_many_are_unnamed_is_remarked(run: Path, publish: Publish, tmp_path: Path) -> None:
    own = OFFICE + "openness: 依申请公开\nshow: {unnamed_count: true}\n"
    made = publish(run, "issued", office=office(tmp_path, own))
    assert codes(made.findings) == ["K512"]
    assert "另有2个部门按有关规定不纳入本次通报范围。" in text_of(made)
    assert text_of(publish(run, office=office(tmp_path, own))) == text_of(made)


def test_words_in_settings_that_are_not_used_are_remarked(run: Path, publish: Publish, tmp_path: Path) -> None:
    own = OFFICE.replace("局党组会议", "局党组表彰会议") + "openness: 依申请公开\n"
    made = publish(run, office=office(tmp_path, own))
    assert said(made.findings, "K519") == {"found": "表彰", "instead": "通报表扬"}
    own = OFFICE + "openness: 依申请公开\nveto_term: 一票否决\n"
    made = publish(run, office=office(tmp_path, own))
    assert made.findings == []
    assert "| 一票否决 |" in made.files[0].read_text("utf-8")


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which one form is broken."""
    spoiled = district.edited(few(), "submissions/B20.yaml", lambda raw: raw + b"\nnonsense: 1\n")
    return written(spoiled, tmp_path_factory.mktemp("unfinished") / "2023")


def test_what_is_not_finished_can_only_be_a_draft(unfinished: Path, tmp_path: Path) -> None:
    order = CircularOrder(unfinished, out=tmp_path / "out", passages=tmp_path / "p.yaml")
    made = circular(order, FOLDERS)
    assert "K514" in codes(made.findings)
    assert said(made.findings, "K514") == {"count": "1"}
    assert len(made.files) == 2
    assert made.files[-1].read_text("utf-8").startswith("送审稿\n")
    assert "还有1个部门未完成评定" in made.files[0].read_text("utf-8")
    for audience in ("issued", "public"):
        made = circular(replace(order, audience=audience), FOLDERS)
        assert "K515" in codes(made.findings)
        assert not made.files


def test_without_the_year_before_nothing_is_said_on_changes(tmp_path: Path) -> None:
    made = few()
    run = written(replace(made, rules={"2023": made.rules["2023"]}), tmp_path / "2023")
    published = circular(CircularOrder(run), FOLDERS)
    assert said(published.findings, "K520") == {"edition": "2022"}
    assert "考核办法调整情况" not in text_of(published)


def test_an_officers_own_words_and_a_fault_in_them(run: Path, publish: Publish, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    words = (FOLDERS.reports / "circular.yaml").read_text("utf-8")
    (reports / "circular.yaml").write_text(words.replace("现将有关情况通报如下：", "现通报如下："), "utf-8")
    folders = replace(FOLDERS, reports=reports)
    made = circular(CircularOrder(run), folders)
    assert "审定，现通报如下：" in text_of(made)
    (reports / "circular.yaml").write_text(words.replace("{{ 组织单位 }}对", "{{ 组织单为 }}对"), "utf-8")
    made = circular(CircularOrder(run), folders)
    assert codes(made.findings) == ["K501"]
    place = made.findings[0].location
    assert place is not None
    assert place.file.endswith("circular.yaml")
    assert place.line > 20
    assert not made.files


def test_no_run_no_circular(tmp_path: Path) -> None:
    assert codes(circular(CircularOrder(tmp_path / "none"), FOLDERS).findings) == ["K409"]
