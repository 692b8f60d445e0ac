"""Draws pictures (图表) as SVG, the same text for a web page, a Word file and a PDF file.

Hand-built, so that equal figures give equal bytes. Only presentation attributes, because web pages here forbid style
of their own; greys from light to dark, because offices print in black. Lengths are tenths of a millimetre on 156 mm.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

WIDE = 1560
INK, PALE, FRAME, BAR = "#1a1a1a", "#9a9a9a", "#bdbdbd", "#5b6f8f"
SHADES = ("#ffffff", "#e9edf3", "#c9d3e2", "#a0b1cb", "#6d84a8", "#3d5378")
"""From full marks to the lowest rates; in grey each is clearly darker than the one before."""
LIGHT_FROM = 4
"""The shade from which type on it is white."""
FAMILIES = "SimHei, 黑体, Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, FandolHei, sans-serif"
TITLE, LABEL, SMALL = 36, 28, 25
"""Sizes of type; 35 are 10 points."""
PITCH = 44
"""From one row to the next."""


class Drawing:
    """Collects marks from the top down; `height` grows with what is drawn."""

    def __init__(self) -> None:
        self.marks: list[str] = []
        self.height = 0

    def text(self, x: int, y: int, said: str, size: int = LABEL, anchor: str = "start", ink: str = INK) -> None:
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.marks.append(f'<text x="{x}" y="{y}" font-size="{size}"{where} fill="{ink}">{escape(said)}</text>')

    def box(self, x: int, y: int, wide: int, high: int, fill: str, edge: str = "none") -> None:
        self.marks.append(f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{fill}" stroke="{edge}"/>')

    def line(self, ends: tuple[int, int, int, int], ink: str = FRAME, wide: int = 2, dashes: str = "") -> None:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        x1, y1, x2, y2 = ends
        place = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
        self.marks.append(f'<line {place} stroke="{ink}" stroke-width="{wide}"{dashed}/>')

    def finished(self, title: str, told: str) -> str:
        """The SVG, with what it shows for those who cannot see it."""
        size = f'width="{WIDE // 10}mm" height="{self.height // 10}mm" viewBox="0 0 {WIDE} {self.height}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family={quoteattr(FAMILIES)}>'
            f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(self.marks)}</svg>"
        )


def svg(picture: Mapping[str, Any]) -> str:
    """The picture as SVG; `picture` has the fields of `views.pictures.Picture`."""
    drawing = Drawing()
    drawing.text(WIDE // 2, 44, _fitting(picture["title"], WIDE, TITLE), TITLE, "middle")
    drawing.height = 64
    {"bars": _bars, "heat": _heat, "slopes": _slopes}[picture["kind"]](drawing, picture)
    for note in picture["notes"]:
        for part in _wrapped(f"注：{note}", WIDE, SMALL):
            drawing.height += 34
            drawing.text(0, drawing.height, part, SMALL)
    drawing.height = (drawing.height + 19) // 10 * 10
    return drawing.finished(picture["title"], picture["told"])


def _bars(drawing: Drawing, picture: Mapping[str, Any]) -> None:
    """One panel a group, all on one scale."""
    high = 260
    most = max(bar["count"] for panel in picture["panels"] for bar in panel["bars"]) or 1
    for panel in picture["panels"]:
        top = drawing.height
        drawing.text(0, top + 32, _fitting(panel["title"], WIDE, LABEL))
        base, count = top + 80 + high, len(panel["bars"])
        step = (WIDE - 80) // count
        for place, bar in enumerate(panel["bars"]):
            x, tall = 40 + place * step, bar["count"] * high // most
            if bar["count"]:
                drawing.box(x + 4, base - max(tall, 3), step - 8, max(tall, 3), BAR)
                drawing.text(x + step // 2, base - max(tall, 3) - 10, str(bar["count"]), LABEL, "middle")
        drawing.line((40, base, 40 + step * count, base), INK)
        for place, edge in enumerate(panel["edges"]):
            drawing.line((40 + place * step, base, 40 + place * step, base + 8), INK)
            drawing.text(40 + place * step, base + 38, edge, SMALL, "middle")
        drawing.height = base + 60


def _heat(drawing: Drawing, picture: Mapping[str, Any]) -> None:
    """Departments down, indicators across; a legend of the shades below."""
    names = 380
    step = (WIDE - names) // len(picture["heads"])
    size = min(LABEL, max(14, step // 4 * 2))
    heads = [_wrapped(each, step - 6, SMALL) for each in picture["heads"]]
    top, deep = drawing.height, max(len(each) for each in heads)
    for place, parts in enumerate(heads):
        for number, part in enumerate(parts):
            x, y = names + place * step + step // 2, top + 28 + (deep - len(parts) + number) * 30
            drawing.text(x, y, part, SMALL, "middle")
    top += deep * 30 + 12
    for number, row in enumerate(picture["rows"]):
        y = top + number * PITCH
        drawing.text(names - 12, y + 32, _fitting(row["name"], names - 20, LABEL), LABEL, "end")
        for place, cell in enumerate(row["cells"]):
            ink = "#ffffff" if cell["shade"] >= LIGHT_FROM else INK
            drawing.box(names + place * step, y, step, PITCH, SHADES[cell["shade"]], FRAME)
            drawing.text(names + place * step + step // 2, y + 32, cell["text"], size, "middle", ink)
    drawing.height = top + len(picture["rows"]) * PITCH + 8


def _slopes(drawing: Drawing, picture: Mapping[str, Any]) -> None:
    """A line from last year's place to this year's: risen solid, fallen dashed, unmoved thin."""
    left, right, top = 500, 1060, drawing.height + 44
    drawing.text(left, top - 12, "上年", LABEL, "end")
    drawing.text(right, top - 12, "本年", LABEL)
    for each in picture["lines"]:
        start, end = top + each["start"] * PITCH - 14, top + each["end"] * PITCH - 14
        name = _fitting(each["name"], 360, LABEL)
        drawing.text(left - 12, start + 10, f"{name}　{each['before']}", LABEL, "end")
        drawing.text(right + 12, end + 10, f"{each['after']}　{name}", LABEL)
        if each["moved"] > 0:
            drawing.line((left, start, right, end), INK, 4)
        elif each["moved"] < 0:
            drawing.line((left, start, right, end), INK, 3, "12 8")
        else:
            drawing.line((left, start, right, end), PALE)
    drawing.height = top + len(picture["lines"]) * PITCH + 12


def _length(said: str, size: int) -> int:
    """About how long a text is in type of a size."""
    return sum(size if unicodedata.east_asian_width(each) in "WFA" else size * 3 // 5 for each in said)


def _fitting(said: str, room: int, size: int) -> str:
    """The text, or as much of it as fits with “…”: tables have it whole."""
    if _length(said, size) <= room:
        return said
    while said and _length(said, size) > room - size:
        said = said[:-1]
    return f"{said}…"


def _wrapped(said: str, room: int, size: int) -> Sequence[str]:
    """The text in lines of like length that fit."""
    count = max(1, -(-_length(said, size) // max(room, size)))
    lines = [""]
    most = min(room, -(-_length(said, size) // count) + size // 2)
    for each in said:
        if lines[-1] and _length(lines[-1] + each, size) > max(most, size):
            lines.append("")
        lines[-1] += each
    return lines
