"""Proof-reading a circular after a director's edits: every planted slip is found, restyling and rewording are none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scoring.commands import group
from scoring.proof import Lexicon, differences
from scoring.render.docx_text import Paragraph, Table, read_docx

docx = pytest.importorskip("docx")
pytestmark = pytest.mark.once

Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def run(years: Path) -> Path:
    return years / "2023"


@pytest.fixture(scope="module")
def paper(run: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return circular(run, tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def wanted(paper: bytes) -> list[Paragraph | Table]:
    return blocks(paper)


@pytest.fixture(scope="module")
def lexicon(run: Path) -> Lexicon:
    from scoring.app.proof import _lexicon
    from scoring.archive import open_run

    opened, _ = open_run(run)
    assert opened is not None
    return _lexicon(opened.assessment)


def circular(run: Path, out: Path, *words: str) -> bytes:
    found = CliRunner().invoke(
        group, ["circular", str(run), "--audience", "issued", "--format", "docx", "--out", str(out), *words]
    )
    assert found.exit_code == 0, found.output
    return next(out.glob("*.docx")).read_bytes()


def blocks(raw: bytes) -> list[Paragraph | Table]:
    found = read_docx(raw)
    assert found is not None
    return found


def edited(paper: bytes, edit: Edit) -> bytes:
    document = docx.Document(io.BytesIO(paper))
    edit(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def body(document: Any) -> list[Any]:
    return [each for each in document.paragraphs if each.text.strip()]


def text(pattern: str, new: str) -> Edit:
    """One replacement in the first paragraph where the pattern is found."""

    def edit(document: Any) -> None:
        paragraph = next(each for each in document.paragraphs if re.search(pattern, each.text))
        changed = re.sub(pattern, new, paragraph.text, count=1)
        assert changed != paragraph.text
        for each in paragraph.runs[1:]:
            each.text = ""
        paragraph.runs[0].text = changed

    return edit


def swapped(name: str) -> Edit:
    """Two neighbours in a list of names change places."""
    return text(f"({name})、([^、。]+)", r"\2、\1")


def dropped_name(document: Any) -> None:
    text("、区教育局", "")(document)


def cell(table: int, row: int, column: int, new: Callable[[str], str]) -> Edit:
    def edit(document: Any) -> None:
        paragraph = document.tables[table].rows[row].cells[column].paragraphs[0]
        changed = new(paragraph.text)
        assert changed != paragraph.text
        for each in paragraph.runs[1:]:
            each.text = ""
        paragraph.runs[0].text = changed

    return edit


def digit(said: str) -> str:
    """The last digit one up."""
    return re.sub(r"(\d)(\D*)$", lambda match: f"{(int(match[1]) + 1) % 10}{match[2]}", said)


def moved(number: int, after: int) -> Edit:
    def edit(document: Any) -> None:
        paragraphs = [each for each in body(document) if len(each.text) > 12]
        paragraphs[after]._p.addnext(paragraphs[number]._p)

    return edit


def gone(pattern: str) -> Edit:
    def edit(document: Any) -> None:
        paragraph = next(each for each in document.paragraphs if re.search(pattern, each.text))
        paragraph._p.getparent().remove(paragraph._p)

    return edit


def row_moved(document: Any) -> None:
    rows = document.tables[0].rows
    rows[4]._tr.addnext(rows[2]._tr)


def row_gone(document: Any) -> None:
    row = document.tables[0].rows[3]._tr
    row.getparent().remove(row)


def table_gone(document: Any) -> None:
    table = document.tables[-1]._tbl
    table.getparent().remove(table)


def added(said: str) -> Edit:
    def edit(document: Any) -> None:
        body(document)[6].insert_paragraph_before(said)

    return edit


PLANTED: dict[str, Edit] = {
    "年度": text("2023年度", "2022年度"),
    "参加部门数": text("共有62个部门", "共有63个部门"),
    "组数": text("分2组", "分3组"),
    "组内个数": text("区级部门46个", "区级部门47个"),
    "另一组个数": text("街道和镇16个", "街道和镇15个"),
    "平均分": text(r"平均得84\.51分", "平均得84.15分"),
    "最高分": text(r"最高97\.12分", "最高97.21分"),
    "最低分": text(r"最低55\.21分", "最低55.2分"),
    "优的个数": text("评为“优”的16个|评定为“优”的16个", "评定为“优”的15个"),
    "优的占比": text(r"25\.81%", "25.18%"),
    "等次互换": text("“良”的31个", "“中”的31个"),
    "名单中的等次": text("“优”等次12个", "“良”等次12个"),
    "名单个数": text("“优”等次12个", "“优”等次13个"),
    "名单次序": swapped("区卫生健康委员会"),
    "名单末尾次序": swapped("槿园街道"),
    "少一个部门": dropped_name,
    "多一个部门": text("槿园街道、", "槿园街道、不存在街道、槿园街道、"),
    "部门名称错字": text("区教育局", "区教育委"),
    "附件编号": text("各项指标得分情况见附件2", "各项指标得分情况见附件3"),
    "问题个数": text("以下3个方面", "以下4个方面"),
    "失分占比": text(r"51\.56%", "51.66%"),
    "失分部门数": text("45个部门失分", "54个部门失分"),
    "得分率": text(r"69\.55%", "96.55%"),
    "指标名称": text("绩效自评质量", "绩效评价质量"),
    "办法文号": text("〔2023〕1号", "〔2023〕11号"),
    "成文年份": text("2024年×月×日|2024年\\d+月\\d+日", "2025年1月2日"),
    "段落换位": moved(2, 4),
    "段落移到末尾": moved(4, 9),
    "少一段": gone("平均得分率"),
    "少总体情况": gone("总体情况"),
    "加一段点名": added("区教育局工作突出，特予表扬。"),
    "加一段等次": added("上述部门均为“优”等次。"),
    "表中总分": cell(0, 3, 2, digit),
    "表中名次": cell(0, 3, 0, digit),
    "表中等次": cell(0, 2, 3, lambda said: "良"),
    "表中名称": cell(0, 5, 1, lambda said: said[:-1]),
    "表中互换": cell(1, 2, 1, lambda said: "槿园街道（更名）"),
    "指标表中得分": cell(2, 4, 3, digit),
    "指标表中总分": cell(3, 4, -1, digit),
    "行换位": row_moved,
    "少一行": row_gone,
    "少一个表": table_gone,
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_edit_is_found(name: str, paper: bytes, wanted: list[Paragraph | Table], lexicon: Lexicon) -> None:
    found = differences(wanted, blocks(edited(paper, PLANTED[name])), lexicon, "x.docx")
    assert any(each.code in ("K550", "K551") for each in found), name


def test_there_are_forty_of_them() -> None:
    assert len(PLANTED) >= 40


def restyled(document: Any) -> None:
    """Another face and size everywhere, runs cut in two, a table of another style."""
    for paragraph in document.paragraphs:
        for each in list(paragraph.runs):
            each.bold = True
            each.font.size = 200000
            half = len(each.text) // 2
            if half:
                rest = each.text[half:]
                each.text = each.text[:half]
                paragraph.add_run(rest) if each is paragraph.runs[-1] else None
                if each is not paragraph.runs[-1]:
                    each.text += rest


def reworded(document: Any) -> None:
    text("要把", "要切实把")(document)


@pytest.mark.parametrize("edit", [restyled, reworded, lambda document: None], ids=["restyled", "reworded", "saved"])
def test_style_and_prose_are_the_director_s(
    edit: Edit, paper: bytes, wanted: list[Paragraph | Table], lexicon: Lexicon
) -> None:
    assert differences(wanted, blocks(edited(paper, edit)), lexicon, "x.docx") == []


def test_tracked_changes_count_as_made(paper: bytes, wanted: list[Paragraph | Table], lexicon: Lexicon) -> None:
    """What was inserted is read, what was struck out is not: that is how a director edits."""

    def tracked(document: Any) -> None:
        paragraph = next(each for each in document.paragraphs if "最高97.12分" in each.text)
        run = paragraph.runs[0]
        run.text = paragraph.text.replace("97.12", "")
        for each in paragraph.runs[1:]:
            each.text = ""
        mark = docx.oxml.parse_xml(
            '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a">'
            "<w:r><w:t>98.12</w:t></w:r></w:ins>"
        )
        paragraph._p.append(mark)

    found = differences(wanted, blocks(edited(paper, tracked)), lexicon, "x.docx")
    assert any("98.12" in dict(each.params)["found"] for each in found if each.code == "K550")


@pytest.mark.parametrize("letterhead", ["none", "draft", "full"])
def test_an_untouched_file_passes_with_any_letterhead(run: Path, tmp_path: Path, letterhead: str) -> None:
    raw = circular(run, tmp_path, "--letterhead", letterhead)
    file = tmp_path / "通报.docx"
    file.write_bytes(raw)
    found = CliRunner().invoke(group, ["proof", str(run), str(file), "--audience", "issued"])
    assert found.exit_code == 0, found.output
    assert "与结果一致" in found.output


def test_the_command_says_where_and_what(run: Path, paper: bytes, tmp_path: Path) -> None:
    file = tmp_path / "2023年度考核通报（印发稿）.docx"
    file.write_bytes(edited(paper, text(r"最高97\.12分", "最高97.21分")))
    found = CliRunner().invoke(group, ["proof", str(run), str(file)])
    assert found.exit_code == 1
    assert "97.12" in found.output
    assert "97.21" in found.output
    assert "段" in found.output


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"text"])
def test_what_is_no_word_file(run: Path, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(raw)
    found = CliRunner().invoke(group, ["proof", str(run), str(file)])
    assert found.exit_code == 1
    assert "K553" in found.output
