"""The printed method in four formats: the same words in each, the same bytes every time, real tables, no formula."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from scoring.app.method import FORMATS, method_files, rule_text
from scoring.official.printed import PrintedMethod, printed_method
from scoring.resources import shipped_places
from tests.official.methods import EDITIONS, method

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The edition of 2023 by format."""
    printed = method_files(method("2023"), FORMATS, shipped_places())
    assert not printed.findings
    return {name.rpartition(".")[2]: content for name, content in printed.files.items()}


def sentences(whole: PrintedMethod) -> list[str]:
    """Everything executed and everything issued."""
    lines = [text for content in whole.contents for line in content.lines for text in (line.executed, line.issued)]
    clauses = [text for article in whole.articles for each in article.clauses for text in (each.executed, each.issued)]
    return [text for text in (*lines, *clauses, *(each.text for each in whole.definitions)) if text]


def words(text: str) -> str:
    """The text as it reads, whatever a format wraps around it."""
    return re.sub(r"\s|\\(?=[^\w\s])", "", re.sub(r"<[^>]+>", "", text)).replace("&#34;", '"')


def test_markdown_of_the_sample_method(files: dict[str, bytes], golden: Callable[[str, str], None]) -> None:
    golden("2023.md", files["md"].decode())


def test_one_rule_read_back(golden: Callable[[str, str], None]) -> None:
    text, found = rule_text(method("2023"), "4", shipped_places())
    assert not found
    golden("2023-4.md", text)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_holds_every_sentence(files: dict[str, bytes], format_: str) -> None:
    content = files[format_]
    if format_ in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(each) for each in parts.namelist() if each.endswith(".xml"))
    said = words(content.decode())
    missing = [each for each in sentences(printed_method(method("2023"))) if words(each) not in said]
    assert not missing


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_same_bytes_twice(edition: str) -> None:
    first, again = (method_files(method(edition), FORMATS, shipped_places()).files for _ in range(2))
    assert first == again


def test_the_marks_of_a_sample_are_on_every_format(files: dict[str, bytes]) -> None:
    assert all("征求意见稿" in files[each].decode() for each in ("md", "html"))
    assert "不是印发的文件" in files["md"].decode()
    assert "重构的样本" in files["md"].decode()
    document = docx.Document(io.BytesIO(files["docx"]))
    assert document.sections[0].header.paragraphs[0].text == "征求意见稿"
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert {sheet.oddHeader.left.text for sheet in book} == {"征求意见稿"}


@pytest.mark.parametrize(("status", "marked"), [("样本", True), ("征求意见", True), ("正式", False)])
def test_a_method_is_marked_until_it_is_in_force(status: str, marked: bool) -> None:
    other = replace(method("2023"), status=status)
    printed = method_files(other, ("md",), shipped_places())
    ((name, content),) = printed.files.items()
    assert ("征求意见稿" in content.decode()) == marked == ("征求意见稿" in name)
    assert ("不是印发的文件" in content.decode()) == (status == "样本")


def test_the_total_of_the_table_and_groups_where_sheets_differ() -> None:
    whole = printed_method(method("2023"))
    assert whole.total == "100分"
    lines = {line.indicator: line.marks for content in whole.contents for line in content.lines}
    assert lines["1.2 绩效目标批复二级预算单位（适用于区级部门）"] == "4"
    assert lines["1.4 居村项目绩效管理（适用于街道和镇）"] == "4"


def test_without_an_official_text_the_sentence_takes_its_place() -> None:
    (content,) = printed_method(method("S08")).contents[:1]
    assert content.lines[0].issued == content.lines[0].executed
    assert content.lines[0].source == "财政部门掌握"


def test_word_file_is_turned_and_repeats_the_head_of_its_tables(files: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(files["docx"]))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert round(section.page_width.mm) == 297
    assert round(section.page_height.mm) == 210
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert heads == ["序号", "考核内容", "考核指标", "分值", "评分标准", "执行规则", "数据来源", "依据"]


def test_word_file_names_fonts_and_what_to_fall_back_on(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
        body = parts.read("word/document.xml").decode()
        dates = {each.date_time for each in parts.infolist()}
    used = set(re.findall(r'w:eastAsia="([^"]+)"', body))
    assert used == set(re.findall(r'<w:font w:name="([^"]+)"><w:altName', fonts))
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_workbook_prints_turned_with_a_frozen_head(files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames == ["评分表", "其他规定", "数据口径"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.freeze_panes
        assert sheet.print_area
        assert sheet.print_title_rows
    assert book["评分表"].freeze_panes == f"A{_head(book['评分表']) + 1}"


def test_marks_of_a_workbook_are_numbers(files: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["评分表"]
    marks = [row[3].value for row in sheet.iter_rows(min_row=_head(sheet) + 1) if isinstance(row[0].value, int)]
    assert sum(marks) == 104  # 4 of them for each of two groups


def test_no_text_becomes_a_formula_or_markup() -> None:
    sly = '=HYPERLINK("http://example.invalid")|<b>*甲*'
    root = method("2023").root
    top = replace(root.parts[0], parts=(replace(root.parts[0].parts[0], standard=sly),))
    other = replace(method("2023"), title=sly, root=replace(root, parts=(top, *root.parts[1:])))
    printed = method_files(other, FORMATS, shipped_places())
    files = {name.rpartition(".")[2]: content for name, content in printed.files.items()}
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sly in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert "<b>" not in files["html"].decode()
    assert sly not in files["md"].decode()


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_files_follow_the_standard_of_office_files(files: dict[str, bytes], format_: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{format_}"
    path.write_bytes(files[format_])
    assert not OpenXmlValidator().validate(path).errors


@pytest.mark.long
@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_an_office_program_opens_it_on_turned_pages(files: dict[str, bytes], format_: str, tmp_path: Path) -> None:
    soffice, pdfinfo = shutil.which("soffice"), shutil.which("pdfinfo")
    if soffice is None or pdfinfo is None:
        pytest.skip("LibreOffice or pdfinfo is not installed")
    path = tmp_path / f"a.{format_}"
    path.write_bytes(files[format_])
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run([soffice, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path], check=True)
    said = subprocess.run([pdfinfo, tmp_path / "a.pdf"], capture_output=True, text=True, check=True).stdout
    width, height = re.findall(r"Page size: +([\d.]+) x ([\d.]+)", said)[0]
    assert (width[:3], height[:3]) == ("841", "595")


def _head(sheet: openpyxl.worksheet.worksheet.Worksheet) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == "序号")
