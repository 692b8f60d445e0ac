"""What a layout of Word cannot say by itself: widths of columns, a signature over its date, no empty last page.

Whatever an officer has set in the layout stays: only what it leaves open is finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from scoring.render.width import cells

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
Element = Any
"""An element of lxml; docxtpl alone knows the library."""

HEAD_CELLS = 17
"""How many half characters of the letterhead's size (50 points) a line holds."""
LONGEST_PROPERTY = 255
NARROWEST = 20
"""The least that letters are narrowed to, in percent."""
CENTIPOINTS = 1575
"""The pitch of a character of the text, in hundredths of a point: 28 of them to a line of 156 mm."""


_BEHIND_KEEPING = frozenset({"pStyle"})
"""What stands before `keepNext` among the properties of a paragraph; the standard fixes the order."""
_BEHIND_INDENT = _BEHIND_KEEPING | frozenset(
    re.findall(
        r"\w+",
        "keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing",
    )
)
_BEHIND_SCALE = frozenset(
    re.findall(
        r"\w+",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing",
    )
)
"""The same for the indent, and for the width of letters among the properties of a run."""


def finish(document: Any, values: Mapping[str, Any], captions: Sequence[str]) -> None:
    """Finish the document that was made from these values; `captions` are those of its pictures, in order."""
    body = document.element.body
    _fit_head(body, values.get("letterhead", ""))
    _finish_signature(body, document.styles, values)
    _share_widths(body, [table for annex in values.get("annexes", ()) for table in annex["tables"]])
    _drop_empty_section(body)
    for picture, caption in zip(body.iter(_PICTURE), captions, strict=False):
        picture.set("descr", caption)
    properties = document.core_properties
    properties.title = values.get("title", "")[:LONGEST_PROPERTY]
    properties.author = values.get("signatory", "")[:LONGEST_PROPERTY]
    properties.last_modified_by = properties.comments = ""


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


def _child(element: Element, name: str) -> Element:
    """The child of that name, made at the front where there is none."""
    found = element.find(_W + name)
    if found is None:
        found = element.makeelement(_W + name, {})
        element.insert(0, found)
    return found


def _put(properties: Element, name: str, before: frozenset[str]) -> Element:
    """The property of that name, made behind those that have to stand before it."""
    found = properties.find(_W + name)
    if found is None:
        found = properties.makeelement(_W + name, {})
        place = sum(each.tag.removeprefix(_W) in before for each in properties)
        properties.insert(place, found)
    return found


def _fit_head(body: Element, letterhead: str) -> None:
    """A long name of the issuing organ is set narrower, so that it stays on one line (发文机关标志)."""
    share = 100 * HEAD_CELLS // max(cells(letterhead), 1)
    paragraph = next((each for each in body.iterchildren(f"{_W}p") if letterhead and _text(each) == letterhead), None)
    if paragraph is not None and share < 100:
        for run in paragraph.iter(f"{_W}r"):
            _put(_child(run, "rPr"), "w", _BEHIND_SCALE).set(f"{_W}val", str(max(share, NARROWEST)))


def _finish_signature(body: Element, styles: Any, values: Mapping[str, Any]) -> None:
    """The signature over its date, on a page that bears some of the text too (7.3.5)."""
    signatory, date = values.get("signatory"), values.get("date")
    if not signatory or not date:
        return
    paragraphs = list(body.iterchildren(f"{_W}p"))
    for place, (upper, lower) in enumerate(pairwise(paragraphs)):
        if _text(upper) == signatory and _text(lower) == date:
            _centre(upper, lower, 25 * (_halves(date) - _halves(signatory)), styles)
            if not values.get("attachments"):  # the list of annexes counts as text, and keeps together by its style
                _keep(paragraphs[:place])
            return


def _halves(text: str) -> int:
    """The width in half characters; a × in a Chinese face is a whole one."""
    return cells(text) + text.count("×")


def _centre(upper: Element, lower: Element, shift: int, styles: Any) -> None:
    """The upper in the middle over the lower, where both stand to the right and the upper has no place of its own."""
    if any(_said(each, styles, "jc", "val") != "right" for each in (upper, lower)):
        return
    if _said(upper, styles, "ind", "rightChars") or _said(upper, styles, "ind", "right"):
        return
    own = int(_said(lower, styles, "ind", "rightChars") or 0)
    _indent_right(upper, max(own + shift, 0))
    if own + shift < 0:
        _indent_right(lower, -shift)


def _keep(before: Sequence[Element]) -> None:
    """The last of the text stays with what follows it, past blank lines."""
    last = next((each for each in reversed(before) if _text(each)), None)
    if last is not None:
        _put(_child(last, "pPr"), "keepNext", _BEHIND_KEEPING)


def _said(paragraph: Element, styles: Any, name: str, attribute: str) -> str:
    """What a paragraph says of its look, by itself or through its styles; "" where it says nothing."""
    properties = paragraph.find(f"{_W}pPr")
    style = None if properties is None else properties.find(f"{_W}pStyle")
    key = "" if style is None else style.get(f"{_W}val")
    seen: set[str] = set()
    while True:
        found = None if properties is None else properties.find(_W + name)
        value = None if found is None else found.get(_W + attribute)
        if value is not None:
            return str(value)
        if not key or key in seen:
            return ""
        seen.add(key)
        above = next((each for each in styles.element if each.get(f"{_W}styleId") == key), None)
        properties = None if above is None else above.find(f"{_W}pPr")
        based = None if above is None else above.find(f"{_W}basedOn")
        key = "" if based is None else based.get(f"{_W}val")


def _indent_right(paragraph: Element, hundredths: int) -> None:
    """Indent from the right, in hundredths of a character and in twips beside it."""
    indent = _put(_child(paragraph, "pPr"), "ind", _BEHIND_INDENT)
    indent.set(f"{_W}rightChars", str(hundredths))
    indent.set(f"{_W}right", str(hundredths * CENTIPOINTS // 500))


def _share_widths(body: Element, tables: Sequence[Mapping[str, Any]]) -> None:
    """Columns as wide as the document wants them beside each other; tables of the layout alone stay as they are."""
    waiting = iter(tables)
    wanted = next(waiting, None)
    for table in body.iterchildren(f"{_W}tbl"):
        if wanted is None:
            return
        rows = list(table.iterchildren(f"{_W}tr"))
        names = [each["name"] for each in wanted["columns"]]
        if not rows or [_text(each) for each in rows[0].iterchildren(f"{_W}tc")] != names:
            continue
        columns = list(table.find(f"{_W}tblGrid").iterchildren(f"{_W}gridCol"))
        whole = sum(int(each.get(f"{_W}w")) for each in columns)
        width = table.find(f"{_W}tblPr/{_W}tblW")
        if width is not None and width.get(f"{_W}type") == "dxa":
            whole = int(width.get(f"{_W}w"))
        widths = list(_shares(whole, [each["part"] for each in wanted["columns"]]))
        for column, share in zip(columns, widths, strict=True):
            column.set(f"{_W}w", share)
        for row in rows:
            for share, cell in zip(widths, row.iterchildren(f"{_W}tc"), strict=False):
                own = cell.find(f"{_W}tcPr/{_W}tcW")
                if own is not None:
                    own.set(f"{_W}w", share)
        wanted = next(waiting, None)


def _shares(whole: int, parts: Sequence[int]) -> Iterator[str]:
    """The width shared out by the parts, to the last twip."""
    before = 0
    for number in range(1, len(parts) + 1):
        upto = whole * sum(parts[:number]) // sum(parts)
        yield str(upto - before)
        before = upto


def _drop_empty_section(body: Element) -> None:
    """Where nothing follows the last break of sections, it ends the document: else an empty page would follow."""
    inside = list(body)
    last = inside[-1] if inside and inside[-1].tag == f"{_W}sectPr" else None
    trailing: list[Element] = []
    for each in reversed(inside[:-1] if last is not None else inside):
        section = each.find(f"{_W}pPr/{_W}sectPr") if each.tag == f"{_W}p" else None
        if section is not None:
            if last is not None:
                body.remove(last)
            for paragraph in trailing:
                body.remove(paragraph)
            if each.getprevious() is not None and each.getprevious().tag == f"{_W}p" and not _text(each):
                body.remove(each)
            else:
                section.getparent().remove(section)
            body.append(section)
            return
        if each.tag != f"{_W}p" or _text(each) or each.find(f".//{_W}drawing") is not None:
            return
        trailing.append(each)
