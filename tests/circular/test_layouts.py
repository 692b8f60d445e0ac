"""The layouts of circulars as files that an officer changes: what is changed survives, what is wrong is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.shared import Pt
from openxml_audit import OpenXmlValidator

from scoring.app.layouts import plain_values
from scoring.commands import group
from scoring.finding import Finding
from scoring.render import formats
from scoring.render.formats import FORMATS, Dress, Layout
from scoring.resources import shipped_places
from scoring.views import Annex, Column, Document, Paragraph, Table, plain_text
from tests.circular.readers import read_docx, read_html
from tests.circular.test_hostile import HOSTILE
from tests.paper.template import made

pytestmark = pytest.mark.once

REPORTS = shipped_places().reports
ANNEX = Annex(
    "附件",
    "结果一览表",
    (Table("甲组", (Column("名次", True), Column("部门名称", part=4)), (("1", "甲局"), ("2", "乙局"))),),
)
DOCUMENT = Document(
    mark="送审稿",
    title="某局关于考核情况的通报",
    letterhead="某局文件",
    number="某财〔2024〕6号",
    notices=("样本。",),
    addressee="各部门：",
    body=(
        Paragraph("text", "现通报如下："),
        Paragraph("heading", "结果", "一、"),
        Paragraph("point", "平均88.00分。", "（一）", "总体情况"),
    ),
    attachments=("结果一览表",),
    signatory="某局",
    date="2024年6月5日",
    openness="（此件依申请公开）",
    copy_to="抄送：甲，乙。",
    printed_by="某局办公室",
    printed_on="2024年6月5日印发",
    annexes=(ANNEX,),
)


def layout(format_: str) -> Layout:
    name = FORMATS[format_].layout("circular")
    return Layout(f"reports/{name}", (REPORTS / name).read_bytes())


def laid(values: Any = DOCUMENT, own: Layout | None = None, format_: str = "docx") -> tuple[bytes, list[Finding]]:
    return FORMATS[format_].lay_out(plain_values(values), own or layout(format_), Dress("full"))


def changed(change: Callable[[Any], None]) -> Layout:
    """The shipped layout as an officer left it in Word."""
    document = docx.Document(io.BytesIO(layout("docx").raw))
    change(document)
    written = io.BytesIO()
    document.save(written)
    return Layout("reports/circular.docx", written.getvalue())


def paragraph(document: Any, text: str) -> Any:
    (found,) = [each for each in document.paragraphs if text in each.text]
    return found


def test_the_shipped_layout_is_what_its_script_makes(tmp_path: Any) -> None:
    assert (REPORTS / "circular.docx").read_bytes() == made(), "python -m tests.paper.template"
    assert not OpenXmlValidator().validate(REPORTS / "circular.docx").errors


def test_what_an_officer_changes_in_word_survives() -> None:
    def restyle(document: Any) -> None:
        document.styles["正文段落"].font.size = Pt(15)
        document.styles["公文标题"].font.name = "华文中宋"
        paragraph(document, "{{ openness }}").insert_paragraph_before("（联系人：张三，电话从略）")
        addressee = paragraph(document, "{{ addressee }}")
        addressee.runs[0].bold = True
        addressee.add_run("（不发街道）")

    raw, found = laid(own=changed(restyle))
    assert found == []
    document = docx.Document(io.BytesIO(raw))
    assert document.styles["正文段落"].font.size == Pt(15)
    assert document.styles["公文标题"].font.name == "华文中宋"
    assert paragraph(document, "各部门：（不发街道）").runs[0].bold
    lines = read_docx(raw).lines
    assert lines.index("（联系人：张三，电话从略）") == lines.index("（此件依申请公开）") - 1
    assert "平均88.00分" in read_docx(raw).text


def test_a_tag_that_word_tore_into_runs_is_still_filled() -> None:
    def torn(document: Any) -> None:
        one = paragraph(document, "{{ date }}")
        one.runs[0].text = "{"
        for piece in ("{ da", "te ", "}", "}"):
            one.add_run(piece).bold = piece == "te "

    raw, found = laid(own=changed(torn))
    assert found == []
    assert "2024年6月5日" in read_docx(raw).lines


def test_a_name_that_does_not_exist_is_told_with_its_paragraph() -> None:
    def wrong(document: Any) -> None:
        paragraph(document, "{{ signatory }}").runs[0].text = "落款：{{ signature }}"

    raw, (one,) = laid(own=changed(wrong))
    assert raw == b""
    assert (one.code, dict(one.params)) == ("K501", {"found": "signature"})
    assert one.location is not None
    assert (one.location.file, one.location.line) == ("reports/circular.docx", 0)
    assert one.location.headings == ("段落“落款：{{ signature }}”",)


def test_a_broken_or_forbidden_tag_is_told() -> None:
    def unclosed(document: Any) -> None:
        paragraph(document, "{{ openness }}").runs[0].text = "{% if openness %}{{ openness }}"

    def forbidden(document: Any) -> None:
        paragraph(document, "{{ openness }}").runs[0].text = "{{ openness.__class__.__mro__ }}"

    for change, kind in ((unclosed, "syntax"), (forbidden, "forbidden")):
        raw, (one,) = laid(own=changed(change))
        assert raw == b""
        assert (one.code, dict(one.params)["kind"]) == ("K502", kind)
    for bytes_ in (b"", b"no zip", layout("docx").raw[:900]):
        raw, (one,) = laid(own=Layout("reports/circular.docx", bytes_))
        assert raw == b""
        assert (one.code, dict(one.params)["kind"]) == ("K502", "file")


def test_a_layout_in_another_encoding_is_told() -> None:
    for format_ in ("md", "html"):
        raw, (one,) = laid(own=Layout("reports/x.html", "标题：{{ title }}".encode("gb18030")), format_=format_)
        assert (raw, one.code) == (b"", "K105")


def test_nothing_empty_is_printed() -> None:
    raw, found = laid(Document(mark="", title="说明"))
    assert found == []
    assert [each for each in read_docx(raw).lines if each] == ["说明"]
    assert len(docx.Document(io.BytesIO(raw)).sections) == 1


def test_the_signature_stands_over_its_date_unless_it_was_placed() -> None:
    def indents(raw: bytes) -> tuple[str, str]:
        document = docx.Document(io.BytesIO(raw))
        found = []
        for text in ("某某市某某区财政局", "2024年6月5日"):
            (one,) = [each for each in document.paragraphs if each.text == text]
            found.append(one._p.xpath("string(w:pPr/w:ind/@w:rightChars)"))
        return found[0], found[1]

    named = replace(DOCUMENT, signatory="某某市某某区财政局", printed_on="")
    assert indents(laid(named)[0]) == ("250", "")

    def placed(document: Any) -> None:
        paragraph(document, "{{ signatory }}").paragraph_format.right_indent = Pt(20)

    assert indents(laid(named, changed(placed))[0]) == ("", "")


def test_a_long_letterhead_stays_on_its_line() -> None:
    raw, _ = laid(replace(DOCUMENT, letterhead="某某自治区某某市某某区人民政府办公室文件"))
    document = docx.Document(io.BytesIO(raw))
    (one,) = [each for each in document.paragraphs if each.text.startswith("某某自治区")]
    assert one._p.xpath("string(w:r/w:rPr/w:w/@w:val)") == "42"


def spoiled(value: Any, hostile: str, key: str = "") -> Any:
    """The values with this text at the end of every string."""
    if isinstance(value, dict):
        return {name: spoiled(each, hostile, name) for name, each in value.items()}
    if isinstance(value, list):
        return [spoiled(each, hostile, key) for each in value]
    return f"{value}{hostile}" if isinstance(value, str) and key != "kind" else value


IN_WORD = ["<w:p/>]]>&amp;{_{ x }_}", "{#p x #}{%tr for x in y %}", "</style><script>"]


@pytest.mark.parametrize("hostile", [*HOSTILE, *IN_WORD])
def test_whatever_a_text_holds_it_comes_out_as_text(hostile: str) -> None:
    plain = plain_text(hostile)
    values = spoiled(plain_values(DOCUMENT), plain)
    for format_, reader in (("docx", read_docx), ("html", read_html)):
        raw, found = laid(values, format_=format_)
        assert found == []
        told = reader(raw)
        cells = (("名次", "部门名称"), ("1", "甲局"), ("2", "乙局"))
        assert told.tables == [[[each + plain for each in row] for row in cells]]
        lines = ["".join(each.split("\n")) for each in told.lines]
        for wanted in ("某局关于考核情况的通报", "各部门：", "某局", "2024年6月5日", "（此件依申请公开）"):
            assert wanted + plain in lines
        assert f"（一）{plain}总体情况{plain}。平均88.00分。{plain}" in lines


def test_what_no_word_file_can_hold_is_left_out() -> None:
    raw, found = laid(spoiled(plain_values(DOCUMENT), "甲\x00\x0b\ud800\ufffe乙"))
    assert found == []
    assert "某局甲乙" in read_docx(raw).lines


def test_the_file_names_nobody_but_the_office(tmp_path: Any) -> None:
    def signed(document: Any) -> None:
        document.core_properties.author = document.core_properties.last_modified_by = "张三"
        document.core_properties.comments = "李四"

    raw, _ = laid(own=changed(signed))
    properties = docx.Document(io.BytesIO(raw)).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (DOCUMENT.title, "某局", "")
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        whole = b"".join(map(parts.read, parts.namelist())).decode("utf-8", "replace")
    assert "张三" not in whole
    assert "李四" not in whole


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name in ("docxtpl", "typst") else find_spec(name))
    told = CliRunner().invoke(group, ["circular", "2023", "--format", "md,docx,pdf"])
    assert told.exit_code == 2
    assert told.stderr == "缺少生成md、docx、pdf的组件，请运行：pip install 'kaohe[documents,pdf]'\n"


def test_many_units_take_seconds() -> None:
    rows = tuple((str(number), f"第{number}镇") for number in range(3000))
    values = plain_values(DOCUMENT)
    values["annexes"][0]["tables"][0]["rows"] = [list(each) for each in rows]
    found = read_docx(laid(values)[0]).tables[0]
    assert [tuple(each) for each in found[1:]] == list(rows)
