"""Makes reports/circular.docx, the Word layout of circulars by GB/T 9704-2012: `python -m tests.paper.template`.

The shipped file is what this script makes, so that a change of it can be read as text. An office changes its own copy
in Word or WPS; nothing but the names in double braces matters to the program.
"""

from __future__ import annotations

from pathlib import Path

from tests.paper.looks import (
    BOTTOM,
    FOOTER,
    HEIGHT,
    LEFT,
    LINE,
    PAGE_LONG,
    PAGE_SHORT,
    RIGHT,
    TOP,
    WIDTH,
    fonts,
    styles,
)
from tests.paper.wordml import (
    control,
    identity,
    indent,
    package,
    page_number,
    paragraph,
    part,
    run,
    tag,
    theme,
)

FILE = Path(__file__).resolve().parents[2] / "reports" / "circular.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

EMU = 36000
"""Units of drawings in a millimetre."""

HELP = (
    "{#p 通报的Word版式。双花括号中的名称由程序填写，不要改名；带百分号的行控制哪些段落印出，要保持成对。"
    "字体、字号、缩进、间距可以改样式，也可以直接改段落；增加的文字、段落照印。可用的名称："
    "mark 送审稿字样，letterhead 发文机关标志，number 发文字号，title 标题，notices 样本说明，addressee 主送机关，"
    "body 正文各段（kind 为 heading 一级标题、point 带序号的段、text 其他段；number 序号，lead 段首，text 文字），"
    "attachments 附件说明，signatory 署名，date 成文日期，openness 公开属性，copy_to 抄送，printed_by 印发机关，"
    "printed_on 印发日期，annexes 附件（mark 附件号，title 标题，wide 是否横排，tables 各表：title 组别，"
    "columns 各栏（name 栏名，number 是否数字，part 宽度份数），rows 各行，notes 表下说明；没有表的是图表），"
    "pictures 图（caption 图题，place 图的位置）。本段不印出。 #}"
)


def settings() -> bytes:
    modern = tag("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return part(
        "settings",
        tag("evenAndOddHeaders"),
        tag("drawingGridVerticalSpacing", val=LINE),
        tag("characterSpacingControl", val="doNotCompress"),
        tag("compat", modern),
        tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def section(kind: str, *, wide: bool = False, first: bool = False) -> str:
    """The properties of a section: header, footer, page. A turned page keeps its number where the others have it."""
    turned = "_wide" if wide else ""
    references = [
        tag("headerReference", type="default", r__id=identity("header_odd")),
        tag("headerReference", type="even", r__id=identity("header_even")),
        tag("footerReference", type="default", r__id=identity(f"footer_odd{turned}")),
        tag("footerReference", type="even", r__id=identity(f"footer_even{turned}")),
    ]
    if first:
        references.insert(2, tag("headerReference", type="first", r__id=identity("header_first")))
        references.append(tag("footerReference", type="first", r__id=identity("footer_first")))
    if wide:
        size = tag("pgSz", w=PAGE_LONG, h=PAGE_SHORT, orient="landscape")
        edges = {"top": LEFT, "right": TOP, "bottom": RIGHT, "left": BOTTOM, "header": 567, "footer": 877}
    else:
        size = tag("pgSz", w=PAGE_SHORT, h=PAGE_LONG)
        edges = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": 567, "footer": FOOTER}
    return tag(
        "sectPr",
        *references,
        tag("type", val=kind),
        size,
        tag("pgMar", **edges, gutter=0),
        tag("cols", space=0),
        tag("titlePg") if first else "",
        tag("docGrid", type="lines", linePitch=LINE),
    )


def turn(properties: str) -> str:
    """The hardly visible paragraph that ends a section."""
    return paragraph("Turn", sectPr=properties)


def cell(*inside: str, width: int = 0) -> str:
    return tag("tc", tag("tcPr", tag("tcW", w=width, type="dxa"), tag("vAlign", val="center")), *inside)


def table(wide: bool) -> str:
    """A table of an annex: one cell stands for all columns, one row for all rows."""
    head, figure, words = (f"{'Wide' if wide else ''}{each}" for each in ("Head", "Figure", "Words"))
    width = (HEIGHT if wide else WIDTH) // 7

    def cells(*texts: tuple[str, str]) -> str:
        return "".join(cell(paragraph(key, text), width=width) for key, text in texts)

    top = cells(
        ("Control", "{%tc for column in table.columns %}"), (head, "{{ column.name }}"), ("Control", "{%tc endfor %}")
    )
    row = cells(
        ("Control", "{%tc for cell in row %}"),
        ("Control", "{%tc if table.columns[loop.index0].number or table.columns[loop.index0].part == 1 %}"),
        (figure, "{{ cell }}"),
        ("Control", "{%tc else %}"),
        (words, "{{ cell }}"),
        ("Control", "{%tc endif %}"),
        ("Control", "{%tc endfor %}"),
    )
    height = tag("trHeight", val=340 if wide else 400, hRule="atLeast")
    return tag(
        "tbl",
        tag(
            "tblPr",
            tag("tblW", w=HEIGHT if wide else WIDTH, type="dxa"),
            tag("jc", val="center"),
            tag("tblBorders", *(tag(edge, val="single", sz=4, space=0, color="auto") for edge in EDGES)),
            tag("tblLayout", type="fixed"),
            tag("tblCellMar", tag("left", w=57, type="dxa"), tag("right", w=57, type="dxa")),
        ),
        tag("tblGrid", *(tag("gridCol", w=width) for _ in range(7))),
        tag("tr", tag("trPr", tag("cantSplit"), height, tag("tblHeader")), top),
        tag("tr", tag("trPr", tag("cantSplit")), cells(("Control", "{%tr for row in table.rows %}"))),
        tag("tr", tag("trPr", tag("cantSplit"), height), row),
        tag("tr", tag("trPr", tag("cantSplit")), cells(("Control", "{%tr endfor %}"))),
    )


EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def imprint() -> str:
    """版记: at the foot of the text, thick rules outside and a thin one between."""
    copied = paragraph("Imprint", "{{ copy_to }}", **indent(left=4, right=1, hanging=3, em=14))
    tabs = tag("tabs", tag("tab", val="right", pos=WIDTH - 280))
    printed = paragraph(
        "Imprint",
        run("{{ printed_by }}") + tag("r", tag("tab")) + run("{{ printed_on }}"),
        tabs=tabs,
        **indent(left=1, em=14),
    )

    def row(inside: str) -> str:
        return tag("tr", tag("trPr", tag("cantSplit")), cell(inside, width=WIDTH))

    return tag(
        "tbl",
        tag(
            "tblPr",
            tag(
                "tblpPr",
                leftFromText=0,
                rightFromText=0,
                vertAnchor="margin",
                horzAnchor="page",
                tblpX=LEFT,
                tblpYSpec="bottom",
            ),
            tag("tblW", w=WIDTH, type="dxa"),
            tag(
                "tblBorders",
                tag("top", val="single", sz=8, space=0, color="auto"),
                tag("bottom", val="single", sz=8, space=0, color="auto"),
                tag("insideH", val="single", sz=6, space=0, color="auto"),
            ),
            tag("tblLayout", type="fixed"),
            tag("tblCellMar", tag("left", w=0, type="dxa"), tag("right", w=0, type="dxa")),
        ),
        tag("tblGrid", tag("gridCol", w=WIDTH)),
        row(paragraph("Control", "{%tr if copy_to %}")),
        row(copied),
        row(paragraph("Control", "{%tr endif %}")),
        row(printed),
    )


def document() -> bytes:
    """The whole document, from head to imprint."""
    blank, kept = paragraph("Blank"), paragraph("Kept")
    head = [
        control("{%p if letterhead or number %}"),
        paragraph("Organ", "{{ letterhead }}"),
        blank,
        blank,
        paragraph("Number", "{{ number }}"),
        blank,
        blank,
        control("{%p endif %}"),
        paragraph("Title", "{{ title }}"),
        blank,
        control("{%p if addressee %}"),
        paragraph("Addressee", "{{ addressee }}"),
        control("{%p endif %}"),
    ]
    lead = run("{{ paragraph.number }}{{ paragraph.lead }}。", tag("rStyle", val="Lead"))
    text = [
        control("{%p for paragraph in body %}"),
        control("{%p if paragraph.kind == 'heading' %}"),
        paragraph("Section", "{{ paragraph.number }}{{ paragraph.text }}"),
        control("{%p elif paragraph.lead %}"),
        paragraph("Text", lead, "{{ paragraph.text }}"),
        control("{%p else %}"),
        paragraph("Text", "{{ paragraph.number }}{{ paragraph.text }}"),
        control("{%p endif %}"),
        control("{%p endfor %}"),
    ]
    close = [
        control("{%p if attachments | length == 1 %}"),
        blank,
        paragraph("AttachedOne", "附件：{{ attachments[0] }}"),
        control("{%p elif attachments %}"),
        blank,
        control("{%p for name in attachments %}"),
        control("{%p if loop.first %}"),
        paragraph("Attached", "附件：{{ name }}"),
        control("{%p else %}"),
        paragraph("AttachedNext", "{{ name }}"),
        control("{%p endif %}"),
        control("{%p endfor %}"),
        control("{%p endif %}"),
        control("{%p if signatory %}"),
        kept,
        kept,
        paragraph("Signatory", "{{ signatory }}"),
        paragraph("Date", "{{ date }}"),
        control("{%p endif %}"),
        control("{%p if openness %}"),
        paragraph("Remark", "{{ openness }}"),
        control("{%p endif %}"),
        turn(section("nextPage", first=True)),
    ]
    annexes = [
        control("{%p for annex in annexes %}"),
        control("{%p if annex.mark %}"),
        paragraph("Annex", "{{ annex.mark }}"),
        blank,
        control("{%p endif %}"),
        paragraph("Title", "{{ annex.title }}"),
        blank,
        control("{%p if not annex.tables %}"),
        control("{%p for picture in pictures %}"),
        paragraph("Picture", "{{ picture.place }}"),
        control("{%p endfor %}"),
        turn(section("nextPage")),
        control("{%p elif annex.wide %}"),
        *tables(wide=True),
        turn(section("nextPage", wide=True)),
        control("{%p else %}"),
        *tables(wide=False),
        turn(section("nextPage")),
        control("{%p endif %}"),
        control("{%p endfor %}"),
    ]
    end = [control("{%p if printed_by %}"), paragraph("Turn"), imprint(), control("{%p endif %}"), paragraph("Turn")]
    body = [control(HELP), *head, *text, *close, *annexes, *end, section("evenPage")]
    return part("document", tag("body", *body))


def tables(*, wide: bool) -> list[str]:
    return [
        control("{%p for table in annex.tables %}"),
        control("{%p if table.title %}"),
        paragraph("Group", "{{ table.title }}"),
        control("{%p endif %}"),
        table(wide),
        control("{%p for note in table.notes %}"),
        paragraph("Note", "注：{{ note }}"),
        control("{%p endfor %}"),
        paragraph("Between"),
        control("{%p endfor %}"),
    ]


def header(first: bool = False) -> bytes:
    """The mark of a draft; on the first page also what is said of a sample."""
    samples = [control("{%p for notice in notices %}"), paragraph("Sample", "{{ notice }}"), control("{%p endfor %}")]
    return part("hdr", *(samples if first else ()), paragraph("Mark", "{{ mark }}"))


def footer(key: str) -> bytes:
    return part("ftr", paragraph(key, page_number("")))


def footer_wide(key: str, number: int) -> bytes:
    """The number of a turned page in a box at the left edge, so that it is at the foot when the page is bound."""
    box = (
        f'<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{int(24.5 * EMU)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{28 * EMU}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{7 * EMU}" cy="{156 * EMU}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="页码"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{7 * EMU}" cy="{156 * EMU}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{paragraph(key, page_number(''))}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    choice = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice></mc:AlternateContent>'
    return part("ftr", paragraph("Turn", tag("r", choice)))


def made() -> bytes:
    """The file."""
    one = {
        "document.xml": ("officeDocument", f"{WORD}.document.main+xml", document()),
        "styles.xml": ("styles", f"{WORD}.styles+xml", styles()),
        "settings.xml": ("settings", f"{WORD}.settings+xml", settings()),
        "fontTable.xml": ("fontTable", f"{WORD}.fontTable+xml", fonts()),
        "theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml", theme()),
    }
    for name, content in (("header_first", header(True)), ("header_odd", header()), ("header_even", header())):
        one[f"{name}.xml"] = ("header", f"{WORD}.header+xml", content)
    for name, content in (
        ("footer_first", footer("PageOdd")),
        ("footer_odd", footer("PageOdd")),
        ("footer_even", footer("PageEven")),
        ("footer_odd_wide", footer_wide("PageOdd", 1)),
        ("footer_even_wide", footer_wide("PageEven", 2)),
    ):
        one[f"{name}.xml"] = ("footer", f"{WORD}.footer+xml", content)
    return package(one, "通报")


if __name__ == "__main__":
    FILE.write_bytes(made())
