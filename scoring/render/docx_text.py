"""Reads back the text of a Word file (校对): paragraphs and tables as they stand, tracked changes taken as accepted.

Word's own markup is read, because the usual libraries leave out what was inserted while changes were tracked, and
that is how a director edits.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
MOST_BYTES = 64 * 1024 * 1024
_GONE = {f"{WORD}del", f"{WORD}moveFrom", f"{WORD}txbxContent", f"{WORD}instrText", f"{WORD}delText"}
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{WORD}{name}" for name in ("p", "tbl", "tr", "tc"))
_SPACES = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with text in it; `number` counts those before it, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; `number` counts those before it, from 1."""

    number: int
    rows: tuple[tuple[str, ...], ...]


def read_docx(raw: bytes) -> list[Paragraph | Table] | None:
    """What stands in the body, in order; None where the file is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as pack:
            if pack.getinfo(BODY).file_size > MOST_BYTES:
                return None
            content = pack.read(BODY)
        if b"<!DOCTYPE" in content[:4096]:
            return None
        root = ElementTree.fromstring(content)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, RuntimeError):
        return None
    return list(_numbered(root))


def _numbered(root: ElementTree.Element) -> Iterator[Paragraph | Table]:
    paragraphs = tables = 0
    for each in _blocks(root):
        if each.tag == _TABLE:
            tables += 1
            rows = tuple(tuple(_text(cell) for cell in row.iter(_CELL)) for row in each.iter(_ROW))
            yield Table(tables, rows)
            continue
        text = _text(each)
        if text:
            paragraphs += 1
            yield Paragraph(paragraphs, text)


def _blocks(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Paragraphs and tables, however deep in content controls, but none inside another."""
    for each in element:
        if each.tag in (_PARAGRAPH, _TABLE):
            yield each
        elif each.tag not in _GONE:
            yield from _blocks(each)


def _text(element: ElementTree.Element) -> str:
    """The text without spaces at its ends and without line breaks: where a line ends is a matter of layout."""
    return "".join("".join(_pieces(element)).split())


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    for each in element:
        if each.tag == f"{WORD}t":
            yield each.text or ""
        elif each.tag in _SPACES:
            yield _SPACES[each.tag]
        elif each.tag not in _GONE:
            yield from _pieces(each)
