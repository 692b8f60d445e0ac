"""The only door to python-docx: turned A4 pages (横版) with real tables, for officers who go on in Word or WPS.

Fonts are named as offices have them, each with others to fall back on (`w:altName`). The same sheet gives the same
bytes: the parts of the file keep their order and bear one fixed time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from scoring.render.pages import HEADING, NOTICE, REMARK, TEXT, TITLE, Grid, Sheet, Words
from scoring.render.zipped import at_one_time

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
FALLBACK = {SONG: "宋体,SimSun", HEI: "SimHei", KAI: "楷体,KaiTi", FANG: "仿宋,FangSong"}

PAGE_LONG, PAGE_SHORT, MARGIN = Mm(297), Mm(210), Mm(18)
CELL, HEAD = Pt(9), Pt(10)
"""The type of the cells of a table and of its head row."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a style of words is set; `indent` counts characters of its size."""

    face: str
    size: Length
    indent: int = 0
    centred: bool = False


TYPES: Mapping[str, Type] = {
    TITLE: Type(SONG, Pt(22), centred=True),
    NOTICE: Type(KAI, Pt(11)),
    HEADING: Type(HEI, Pt(14)),
    TEXT: Type(FANG, Pt(12), indent=2),
    REMARK: Type(KAI, Pt(10), indent=2),
}


def docx_file(sheet: Sheet, author: str) -> bytes:
    """The sheet as a Word file."""
    document = docx.Document()
    _prepare(document, sheet, author)
    for block in sheet.blocks:
        if isinstance(block, Grid):
            _grid(document, block)
        else:
            _words(document.add_paragraph(), block)
    written = io.BytesIO()
    document.save(written)
    return at_one_time(written.getvalue())


def _prepare(document: Document, sheet: Sheet, author: str) -> None:
    """Page, language and fonts; the mark above every page, its number below."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = sheet.name, author, ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE_LONG, PAGE_SHORT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(10)
    normal = document.styles["Normal"]
    _face(normal.element.get_or_add_rPr(), FANG)
    language = _element("w:lang", **{"w:val": "en-US", "w:eastAsia": "zh-CN"})
    normal.element.get_or_add_rPr().append(language)
    _parts(document)
    if sheet.mark:
        _set(section.header.paragraphs[0], sheet.mark, HEI, Pt(12))
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set(footer, "— ", SONG, Pt(10))
    number = _element("w:fldSimple", **{"w:instr": " PAGE "})
    footer._p.append(number)
    _set(footer, " —", SONG, Pt(10))


def _parts(document: Document) -> None:
    """Our own table of fonts; and nothing left of the template's second set of styles, which would contradict ours."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = _font_table()
        elif relation.reltype.endswith("/stylesWithEffects"):
            document.part.rels.pop(key)


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in FALLBACK.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _words(paragraph: Paragraph, words: Words) -> None:
    type_ = TYPES[words.style]
    shape = paragraph.paragraph_format
    shape.space_after = Pt(4)
    shape.keep_with_next = words.style == HEADING
    shape.first_line_indent = Length(type_.indent * type_.size)
    if type_.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if words.lead:
        _set(paragraph, words.lead, HEI, type_.size)
    _set(paragraph, words.text, type_.face, type_.size)


def _grid(document: Document, grid: Grid) -> None:
    """A table whose head is repeated on every page and whose rows are not torn apart."""
    table = document.add_table(len(grid.rows) + 1, len(grid.columns), "Table Grid")
    table.autofit = False
    widths = list(_widths(grid))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    heads = tuple(column.name for column in grid.columns)
    for number, (row, texts) in enumerate(zip(table.rows, (heads, *grid.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if not number:
            properties.append(_element("w:tblHeader"))
        cells = [_Cell(each, table) for each in row._tr.tc_lst]
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            cell.width, cell.vertical_alignment = widths[place], WD_ALIGN_VERTICAL.CENTER
            if place in grid.joined:
                cell._tc.vMerge = "restart" if text else "continue"
            paragraph = cell.paragraphs[0]
            if grid.columns[place].number or not number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _set(paragraph, text, FANG if number else HEI, CELL if number else HEAD)


def _widths(grid: Grid) -> Iterator[Length]:
    """The width of the page, shared out by the parts."""
    whole = sum(column.part for column in grid.columns)
    return (Length((PAGE_LONG - 2 * MARGIN) * column.part // whole) for column in grid.columns)


def _set(paragraph: Paragraph, text: str, face: str, size: Length) -> None:
    run = paragraph.add_run(text)
    run.font.size = size
    _face(run._r.get_or_add_rPr(), face)


def _face(properties: BaseOxmlElement, face: str) -> None:
    """One face for all scripts: quotation marks and ① would else be set in a Latin one."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    names = dict.fromkeys(("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"), face)
    properties.insert(0, _element("w:rFonts", **names, **{"w:hint": "eastAsia"}))


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    return OxmlElement(name, {qn(key): value for key, value in attributes.items()})
