"""What a workbook's cells are beside their values (单元格的标记): errors, merged ranges, percentages, formulas without
a result.

The library that reads values gives error cells as blank and a cell that shows 95% as 0.95. Blank would mean "not
filled in", and an officer who sees 95% in the cell cannot be told to write 95%. So the parts of the file that say
this are read here, with the standard library alone.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\{http://(?:schemas\.openxmlformats|purl\.oclc)\.org/[^}]*/relationships\}id")
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_QUOTED_PART = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
_PERCENT_FORMATS = ("9", "10")
MOST_UNPACKED = 256 * 1024 * 1024


@dataclass(slots=True)
class SheetMarks:
    """Cells by (row, column) from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[tuple[int, int], tuple[int, int], str]] = field(default_factory=list)


def workbook_marks(raw: bytes) -> dict[str, SheetMarks]:
    """The marks of each sheet by name.

    Raises whatever a damaged file makes the zip and XML libraries raise, and ValueError for one that would unpack to
    more than memory should hold: `read_table` says to the user that the file cannot be read.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        if sum(each.file_size for each in parts.infolist()) > MOST_UNPACKED:
            raise ValueError("too large when unpacked")
        percent = _percent_styles(parts)
        return {name: _sheet_marks(_read(parts, path), percent) for name, path in _sheets(parts)}


def _read(parts: zipfile.ZipFile, path: str) -> ElementTree.Element:
    """One part as a tree; a part that declares entities is refused, because none has reason to."""
    content = parts.read(path)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("declares entities")
    return ElementTree.fromstring(content.replace(_STRICT[1:-1].encode(), _MAIN[1:-1].encode()))


def _sheets(parts: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and path of each sheet."""
    book = next((each for each in parts.namelist() if each.endswith("workbook.xml")), "xl/workbook.xml")
    folder = posixpath.dirname(book)
    targets = {
        each.get("Id", ""): each.get("Target", "")
        for each in _read(parts, f"{folder}/_rels/{posixpath.basename(book)}.rels")
    }
    found: list[tuple[str, str]] = []
    for sheet in _read(parts, book).iter(f"{_MAIN}sheet"):
        relation = next((value for key, value in sheet.attrib.items() if _RELATION.fullmatch(key)), "")
        target = targets[relation]
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path in parts.namelist():
            found.append((sheet.get("name", ""), path))
    return found


def _percent_styles(parts: zipfile.ZipFile) -> set[str]:
    """The numbers of the cell styles that show a percentage."""
    path = next((each for each in parts.namelist() if each.endswith("/styles.xml")), "")
    if not path:
        return set()
    styles = _read(parts, path)
    own = {
        each.get("numFmtId", "")
        for each in styles.iter(f"{_MAIN}numFmt")
        if "%" in _QUOTED_PART.sub("", each.get("formatCode", ""))
    }
    formats = styles.find(f"{_MAIN}cellXfs")
    return {
        str(number)
        for number, each in enumerate(formats if formats is not None else ())
        if each.get("numFmtId", "") in own | set(_PERCENT_FORMATS)
    }


def _sheet_marks(sheet: ElementTree.Element, percent: set[str]) -> SheetMarks:
    marks = SheetMarks()
    for cell in sheet.iter(f"{_MAIN}c"):
        at = _at(cell.get("r", ""))
        if at is None:
            continue
        value = cell.findtext(f"{_MAIN}v")
        if cell.get("t") == "e":
            marks.errors[at] = value or ""
        elif not value and cell.get("t", "n") == "n" and cell.find(f"{_MAIN}f") is not None:
            marks.errors[at] = ""  # never worked out; a formula that gave an empty text is of type "str"
        elif cell.get("s") in percent:
            marks.percent.add(at)
    for merged in sheet.iter(f"{_MAIN}mergeCell"):
        reference = merged.get("ref", "")
        first, _, last = reference.partition(":")
        start, end = _at(first), _at(last)
        if start and end:
            marks.merged.append((start, end, reference))
    return marks


def _at(name: str) -> tuple[int, int] | None:
    """(row, column) of a cell's name: "E7" is (7, 5)."""
    match = _CELL.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)), column
