"""A few words of WordprocessingML, for the script that makes the Word layouts which officers restyle from then on.

Elements inside a property have a fixed order in the standard; the functions here keep it, callers only name values.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

FANG, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
FALLBACK = {FANG: "仿宋,FangSong", HEI: "SimHei", KAI: "楷体,KaiTi", SONG: "SimSun", TITLE: "小标宋,宋体,SimSun"}

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
XMLNS = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

IN_PARAGRAPH = re.findall(
    r"\w+",
    "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs overflowPunct autoSpaceDE autoSpaceDN "
    "adjustRightInd snapToGrid spacing ind jc outlineLvl rPr sectPr",
)
IN_RUN = ["rStyle", "rFonts", "b", "snapToGrid", "color", "spacing", "kern", "sz", "szCs", "lang"]


def tag(name: str, /, *inside: str, **attributes: object) -> str:
    """An element of the main namespace; a name of an attribute in another one is written with two underlines."""
    said = "".join(
        f" {key.replace('__', ':') if '__' in key else 'w:' + key}={quoteattr(str(value))}"
        for key, value in attributes.items()
    )
    body = "".join(inside)
    return f"<w:{name}{said}>{body}</w:{name}>" if body else f"<w:{name}{said}/>"


def ordered(order: list[str], parts: dict[str, str]) -> str:
    assert set(parts) <= set(order), set(parts) - set(order)
    return "".join(parts[name] for name in order if name in parts)


def face(font: str) -> str:
    """One face for all scripts: quotation marks, × and ① would else be set in a Latin one."""
    return tag("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")


def run_look(font: str = "", size: float = 0, color: str = "", spacing: int | None = None, **more: str) -> str:
    """What stands in w:rPr; `size` in points, `spacing` between characters in twentieths of one."""
    parts = dict(more)
    if font:
        parts["rFonts"] = face(font)
    if color:
        parts["color"] = tag("color", val=color)
    if spacing is not None:
        parts["spacing"] = tag("spacing", val=spacing)
    if size:
        parts["sz"], parts["szCs"] = tag("sz", val=int(2 * size)), tag("szCs", val=int(2 * size))
    return ordered(IN_RUN, parts)


def indent(
    *, left: float = 0, right: float = 0, first: float = 0, hanging: float = 0, em: float = 15.75
) -> dict[str, str]:
    """An indent in characters, with its length in twips beside it for programs that do not count characters."""
    wanted = {"left": left, "right": right, **({"hanging": hanging} if hanging else {"firstLine": first})}
    said = {}
    for name, characters in wanted.items():
        said[f"{name}Chars"], said[name] = round(100 * characters), round(20 * em * characters)
    return {"ind": tag("ind", **said)}


def line(twips: int, before: int = 0, after: int = 0) -> dict[str, str]:
    return {"spacing": tag("spacing", before=before, after=after, line=twips, lineRule="exact")}


def style(
    key: str, name: str, shape: dict[str, str], look: str = "", *, based: str = "Normal", kind: str = "paragraph"
) -> str:
    """A style as it stands in the list of styles; the one called Normal is what all paragraphs start from."""
    default = {"default": 1} if key == "Normal" else {}
    inside = [tag("name", val=name)]
    if key != "Normal" and kind == "paragraph":
        inside.append(tag("basedOn", val=based))
    inside.append(tag("qFormat"))
    if shape:
        inside.append(tag("pPr", ordered(IN_PARAGRAPH, shape)))
    if look:
        inside.append(tag("rPr", look))
    return tag("style", *inside, type=kind, styleId=key, **default, **({} if default else {"customStyle": 1}))


def run(text: str, look: str = "") -> str:
    return tag("r", tag("rPr", look) if look else "", tag("t", escape(text), xml__space="preserve"))


def paragraph(key: str, *runs: str, **shape: str) -> str:
    """A paragraph in a style; a string that is no element yet becomes a run."""
    inside = "".join(each if each.startswith("<w:") else run(each) for each in runs)
    return tag("p", tag("pPr", ordered(IN_PARAGRAPH, {"pStyle": tag("pStyle", val=key), **shape})), inside)


def control(text: str) -> str:
    """A paragraph that only says what follows or ends, in the style for such lines; it vanishes when filled."""
    return paragraph("Control", text)


def page_number(look: str) -> str:
    """— 1 —, the figure counted by whatever program shows the page."""
    field = [tag("fldChar", fldCharType="begin"), tag("instrText", " PAGE ", xml__space="preserve")]
    field += [tag("fldChar", fldCharType="separate"), tag("t", "1"), tag("fldChar", fldCharType="end")]
    return run("— ", look) + "".join(tag("r", tag("rPr", look), each) for each in field) + run(" —", look)


def part(root: str, /, *inside: str) -> bytes:
    return f"{HEAD}<w:{root} {XMLNS}>{''.join(inside)}</w:{root}>".encode()


def package(parts: dict[str, tuple[str, str, bytes]], title: str) -> bytes:
    """A Word file of these parts: name → (kind of relationship, content type, content). The document comes first."""
    main, *others = parts
    types = "".join(f'<Override PartName="/word/{name}" ContentType="{parts[name][1]}"/>' for name in parts)
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    content_types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{types}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )
    relation = '<Relationship Id="{}" Type="{}" Target="{}"/>'
    outer = relation.format("rId1", f"{OFFICE}/officeDocument", f"word/{main}")
    outer += relation.format("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    inner = "".join(relation.format(identity(each), f"{OFFICE}/{parts[each][0]}", each) for each in others)
    properties = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )
    relations = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    files = {
        "[Content_Types].xml": content_types.encode(),
        "_rels/.rels": relations.format(outer).encode(),
        "docProps/core.xml": properties.encode(),
        f"word/_rels/{main}.rels": relations.format(inner).encode(),
        **{f"word/{name}": content for name, (_, _, content) in parts.items()},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files.items():
            dated = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            dated.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(dated, content)
    return written.getvalue()


def theme() -> bytes:
    """The smallest theme: programs ask for one, nothing here refers to it."""
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
    values = re.findall(r"\w+", "000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in zip(names, values, strict=True)
    )
    face = '<a:latin typeface="{0}"/><a:ea typeface="{0}"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    edge, effect = f'<a:ln w="6350">{fill}</a:ln>', "<a:effectStyle><a:effectLst/></a:effectStyle>"
    fonts = "".join(
        f"<a:{kind}Font>{face.format(font)}</a:{kind}Font>" for kind, font in (("major", HEI), ("minor", FANG))
    )
    looks = "".join(
        f"<a:{kind}StyleLst>{3 * each}</a:{kind}StyleLst>"
        for kind, each in (("fill", fill), ("ln", edge), ("effect", effect), ("bgFill", fill))
    )
    return (
        f'{HEAD}<a:theme xmlns:a="{NAMES["a"]}" name="公文"><a:themeElements>'
        f'<a:clrScheme name="公文">{colours}</a:clrScheme><a:fontScheme name="公文">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="公文">{looks}</a:fmtScheme></a:themeElements></a:theme>'
    ).encode()


def identity(name: str) -> str:
    """How other parts refer to a part."""
    return "r_" + name.partition(".")[0]
