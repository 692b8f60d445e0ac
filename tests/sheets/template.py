"""Makes reports/sheet.docx, the Word layout of score sheets and forms: `python -m tests.sheets.template`.

Turned A4 pages in the faces of the circular, from which it takes its styles. As there, the shipped file is what this
script makes; an office changes its own copy in Word or WPS.
"""

from __future__ import annotations

from pathlib import Path

from tests.paper.template import EDGES, PAGE_LONG, PAGE_SHORT, WORD, cell, fonts, settings, styles
from tests.paper.wordml import (
    HEI,
    KAI,
    SONG,
    control,
    identity,
    line,
    package,
    page_number,
    paragraph,
    part,
    run_look,
    style,
    tag,
    theme,
)

FILE = Path(__file__).resolve().parents[2] / "reports" / "sheet.docx"

EDGE = 851
"""White edges of 15 mm in twips: a sheet has nine columns and is no official document with a format of its own."""
WIDTH = PAGE_LONG - 2 * EDGE
LOW = 300
"""The least height of a row."""

HELP = """{#p 得分单和复核申请表的Word版式。双花括号中的名称由程序填写，不要改名；
带百分号的行控制哪些段落印出，要保持成对。
字体、字号、间距可以改样式，也可以直接改段落；增加的文字、段落照印。可用的名称：mark 得分单状态，title 标题，
notices 样本说明，body 表下各段（text 文字），annexes 其中 tables 为各表：columns 各栏（name 栏名，number 是否数字），
rows 各行，notes 表下说明。本段不印出。 #}""".replace("\n", "")

OWN = (
    style("SheetTitle", "得分单标题", line(480), run_look(size=18), based="Title"),
    style("SheetHead", "得分单表头", line(220), run_look(size=9), based="Head"),
    style("SheetFigure", "得分单数字", line(220), run_look(size=9), based="Figure"),
    style("SheetWords", "得分单文字", line(220), run_look(size=9), based="Words"),
    style("SheetSum", "得分单小计", line(220), run_look(HEI, 9), based="Words"),
    style("SheetTotal", "得分单小计数字", line(220), run_look(HEI, 9), based="Figure"),
    style("SheetNote", "得分单注", {"jc": tag("jc", val="left"), **line(260)}, run_look(KAI, 9, spacing=0)),
    style("SheetMark", "得分单状态", {"jc": tag("jc", val="right"), **line(320)}, run_look(HEI, 12, spacing=0)),
    style("SheetPage", "得分单页码", {"jc": tag("jc", val="center"), **line(320)}, run_look(SONG, 10.5, spacing=0)),
)


def table() -> str:
    """One cell stands for all columns, one row for all rows; rows that are still empty are high enough to write in."""

    def cells(*texts: tuple[str, str]) -> str:
        return "".join(cell(paragraph(key, text), width=WIDTH // 7) for key, text in texts)

    top = cells(
        ("Control", "{%tc for column in table.columns %}"),
        ("SheetHead", "{{ column.name }}"),
        ("Control", "{%tc endfor %}"),
    )
    number, whole = "table.columns[loop.index0].number", "row[2] == '小计'"
    higher = control("{%p if not row[1] and not row[2] %}") + paragraph("SheetWords") + control("{%p endif %}")
    row = (
        cells(("Control", "{%tc for cell in row %}"), ("Control", f"{{%tc if {number} and {whole} %}}"))
        + cells(("SheetTotal", "{{ cell }}"), ("Control", f"{{%tc elif {number} %}}"), ("SheetFigure", "{{ cell }}"))
        + cells(("Control", f"{{%tc elif {whole} %}}"), ("SheetSum", "{{ cell }}"), ("Control", "{%tc else %}"))
        + cell(higher, paragraph("SheetWords", "{{ cell }}"), higher, width=WIDTH // 7)
        + cells(("Control", "{%tc endif %}"), ("Control", "{%tc endfor %}"))
    )
    return tag(
        "tbl",
        tag(
            "tblPr",
            tag("tblW", w=WIDTH, type="dxa"),
            tag("jc", val="center"),
            tag("tblBorders", *(tag(edge, val="single", sz=4, space=0, color="auto") for edge in EDGES)),
            tag("tblLayout", type="fixed"),
            tag("tblCellMar", *(tag(edge, w=40, type="dxa") for edge in ("top", "left", "bottom", "right"))),
        ),
        tag("tblGrid", *(tag("gridCol", w=WIDTH // 7) for _ in range(7))),
        tag("tr", tag("trPr", tag("cantSplit"), tag("trHeight", val=LOW, hRule="atLeast"), tag("tblHeader")), top),
        tag("tr", tag("trPr", tag("cantSplit")), cells(("Control", "{%tr for row in table.rows %}"))),
        tag("tr", tag("trPr", tag("cantSplit"), tag("trHeight", val=LOW, hRule="atLeast")), row),
        tag("tr", tag("trPr", tag("cantSplit")), cells(("Control", "{%tr endfor %}"))),
    )


def document() -> bytes:
    body = [
        control(HELP),
        paragraph("SheetTitle", "{{ title }}"),
        control("{%p for notice in notices %}"),
        paragraph("Sample", "{{ notice }}"),
        control("{%p endfor %}"),
        paragraph("Between"),
        control("{%p for annex in annexes %}"),
        control("{%p for table in annex.tables %}"),
        table(),
        control("{%p for note in table.notes %}"),
        paragraph("SheetNote", "注：{{ note }}"),
        control("{%p endfor %}"),
        paragraph("Between"),
        control("{%p endfor %}"),
        control("{%p endfor %}"),
        control("{%p for paragraph in body %}"),
        paragraph("SheetNote", "{{ paragraph.text }}"),
        control("{%p endfor %}"),
    ]
    kinds = ("default", "even")
    section = tag(
        "sectPr",
        *(tag("headerReference", type=kind, r__id=identity("header_sheet")) for kind in kinds),
        *(tag("footerReference", type=kind, r__id=identity("footer_sheet")) for kind in kinds),
        tag("pgSz", w=PAGE_LONG, h=PAGE_SHORT, orient="landscape"),
        tag("pgMar", top=EDGE, right=EDGE, bottom=EDGE, left=EDGE, header=400, footer=400, gutter=0),
        tag("cols", space=0),
        tag("docGrid", type="lines", linePitch=312),
    )
    return part("document", tag("body", *body, section))


def made() -> bytes:
    """The file."""
    own = "".join(OWN).encode()
    return package(
        {
            "document.xml": ("officeDocument", f"{WORD}.document.main+xml", document()),
            "styles.xml": ("styles", f"{WORD}.styles+xml", styles().replace(b"</w:styles>", own + b"</w:styles>")),
            "settings.xml": ("settings", f"{WORD}.settings+xml", settings()),
            "fontTable.xml": ("fontTable", f"{WORD}.fontTable+xml", fonts()),
            "theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml", theme()),
            "header_sheet.xml": ("header", f"{WORD}.header+xml", part("hdr", paragraph("SheetMark", "{{ mark }}"))),
            "footer_sheet.xml": ("footer", f"{WORD}.footer+xml", part("ftr", paragraph("SheetPage", page_number("")))),
        },
        "得分单",
    )


if __name__ == "__main__":
    FILE.write_bytes(made())
