"""The styles (样式) of the Word layout of circulars by GB/T 9704-2012, and the measures of its page."""

from __future__ import annotations

from tests.paper.wordml import (
    FALLBACK,
    FANG,
    HEI,
    KAI,
    SONG,
    TITLE,
    face,
    indent,
    line,
    part,
    run_look,
    style,
    tag,
)

LINE = 579
"""The pitch of lines in twips: 22 of them fill 225 mm; with 580 the last one would not fit."""
TIGHT = -5
"""28 characters of 16 pt are wider than 156 mm by a hair: each gives way by a quarter of a point."""
RED, PAGE_SHORT, PAGE_LONG = "FF0000", 11906, 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474
"""White edges of 37, 35, 28 and 26 mm in twips; of a turned page they are those of the left, right, top and bottom."""
WIDTH, HEIGHT = PAGE_SHORT - LEFT - RIGHT, PAGE_LONG - TOP - BOTTOM
FOOTER, FOOTER_LINE = 1387, 400
"""The line through the page number lies 7 mm below the text."""

STYLES = (
    style(
        "Normal",
        "Normal",
        {
            "widowControl": tag("widowControl", val=0),
            "overflowPunct": tag("overflowPunct", val=0),
            "autoSpaceDE": tag("autoSpaceDE", val=0),
            "autoSpaceDN": tag("autoSpaceDN", val=0),
            "adjustRightInd": tag("adjustRightInd", val=0),
            "snapToGrid": tag("snapToGrid", val=0),
            "jc": tag("jc", val="both"),
            **line(LINE),
        },
        run_look(FANG, 16, spacing=TIGHT, snapToGrid=tag("snapToGrid", val=0), kern=tag("kern", val=0)),
    ),
    style("Text", "正文段落", indent(first=2)),
    style(
        "Section",
        "heading 1",
        {"keepNext": tag("keepNext"), "outlineLvl": tag("outlineLvl", val=0), **indent(first=2)},
        run_look(HEI),
    ),
    style("Blank", "空行", {}),
    style("Kept", "不分页的空行", {"keepNext": tag("keepNext")}),
    style(
        "Organ",
        "发文机关标志",
        {**line(1240, before=1824), "jc": tag("jc", val="center")},
        run_look(TITLE, 50, RED, spacing=0),
    ),
    style(
        "Number",
        "发文字号",
        {
            "pBdr": tag("pBdr", tag("bottom", val="single", sz=16, space=5, color=RED)),
            "jc": tag("jc", val="center"),
        },
    ),
    style(
        "Title",
        "公文标题",
        {"jc": tag("jc", val="center"), "keepNext": tag("keepNext")},
        run_look(TITLE, 22, spacing=0),
    ),
    style("Addressee", "主送机关", {}),
    style("Attached", "附件说明", {"keepNext": tag("keepNext"), **indent(left=6, hanging=4)}),
    style("AttachedOne", "附件说明（一件）", {"keepNext": tag("keepNext"), **indent(left=5, hanging=3)}),
    style("AttachedNext", "附件说明（续）", {"keepNext": tag("keepNext"), **indent(left=6, hanging=1)}),
    style("Signatory", "署名", {"keepNext": tag("keepNext"), "jc": tag("jc", val="right")}),
    style("Date", "成文日期", {"jc": tag("jc", val="right"), **indent(right=4)}),
    style("Remark", "附注", indent(first=2)),
    style("Annex", "附件", {"keepNext": tag("keepNext")}, run_look(HEI)),
    style(
        "Group",
        "表题",
        {"keepNext": tag("keepNext"), "jc": tag("jc", val="left"), **line(480)},
        run_look(HEI, 14, spacing=0),
    ),
    style("Head", "表头", {"jc": tag("jc", val="center"), **line(300)}, run_look(HEI, 12, spacing=0)),
    style("Figure", "表格数字", {"jc": tag("jc", val="center"), **line(300)}, run_look(FANG, 12, spacing=0)),
    style("Words", "表格文字", {"jc": tag("jc", val="left"), **line(300)}, run_look(FANG, 12, spacing=0)),
    style("WideHead", "表头（横排）", line(260), run_look(size=10.5), based="Head"),
    style("WideFigure", "表格数字（横排）", line(260), run_look(size=10.5), based="Figure"),
    style("WideWords", "表格文字（横排）", line(260), run_look(size=10.5), based="Words"),
    style("Note", "表注", {"jc": tag("jc", val="left"), **line(360)}, run_look(KAI, 10.5, spacing=0)),
    style("Between", "表间", line(160), run_look(size=5)),
    style("Turn", "分节", line(20), run_look(size=1)),
    style(
        "Picture",
        "图",
        {"jc": tag("jc", val="center"), "spacing": tag("spacing", before=0, after=240, line=240, lineRule="auto")},
    ),
    style("Imprint", "版记", line(480), run_look(FANG, 14, spacing=0)),
    style("Mark", "稿样", {"jc": tag("jc", val="right"), **line(400)}, run_look(HEI, 16, spacing=0)),
    style("Sample", "样本说明", {"jc": tag("jc", val="both"), **line(200)}, run_look(KAI, 8, spacing=0)),
    style(
        "PageOdd",
        "页码（单页）",
        {"jc": tag("jc", val="right"), **indent(right=1, em=14), **line(FOOTER_LINE)},
        run_look(SONG, 14, spacing=0),
    ),
    style(
        "PageEven",
        "页码（双页）",
        {"jc": tag("jc", val="left"), **indent(left=1, em=14), **line(FOOTER_LINE)},
        run_look(SONG, 14, spacing=0),
    ),
    style(
        "Control",
        "控制行（不印出）",
        {"jc": tag("jc", val="left"), **line(320)},
        run_look("Consolas", 9, "0070C0", spacing=0),
    ),
    style("Lead", "段首", {}, run_look(KAI), kind="character"),
)


def styles() -> bytes:
    language = tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    defaults = tag("docDefaults", tag("rPrDefault", tag("rPr", face(FANG), language)), tag("pPrDefault"))
    table = tag(
        "style",
        tag("name", val="Normal Table"),
        tag("uiPriority", val=99),
        tag("semiHidden"),
        tag("unhideWhenUsed"),
        tag(
            "tblPr",
            tag("tblInd", w=0, type="dxa"),
            tag("tblCellMar", tag("left", w=57, type="dxa"), tag("right", w=57, type="dxa")),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    return part("styles", defaults, *STYLES, table)


def fonts() -> bytes:
    return part(
        "fonts",
        *(
            tag("font", tag("altName", val=others), tag("charset", val="86"), name=name)
            for name, others in FALLBACK.items()
        ),
    )
