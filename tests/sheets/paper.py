"""Reading a sheet or a letter in each of its formats, without any code of the program that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import docx

from tests.circular.paper import unescaped

Row = dict[str, str]
_CELL = re.compile(r"(?<!\\)\|")


def tables(text: str) -> list[list[Row]]:
    """The tables of a paper in Markdown, in order, a row by its headings."""
    found: list[list[Row]] = []
    head: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("|"):
            head = []
            continue
        cells = [unescaped(each.strip(" ")) for each in _CELL.split(line)[1:-1]]
        if not head:
            head = cells
            found.append([])
        elif not set("".join(cells)) <= set("-: ") or not "".join(cells):
            assert len(cells) == len(head), line
            found[-1].append(dict(zip(head, cells, strict=True)))
    return found


def word_tables(raw: bytes) -> list[list[list[str]]]:
    """The tables of a Word file, a row as its cells."""
    document = docx.Document(io.BytesIO(raw))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data


def page(raw: bytes) -> _Page:
    """The tables of a web page and the tags that it uses."""
    found = _Page()
    found.feed(raw.decode())
    return found


def pdf_text(raw: bytes) -> str:
    """All text of a PDF by one reader, without breaks and spaces."""
    from pdfminer.high_level import extract_text

    return "".join(extract_text(io.BytesIO(raw)).split())


def everything(raw: bytes) -> str:
    """Whatever can be read in a file: decompressed parts of a Word file, a PDF by two readers and its properties."""
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            return "".join(each + parts.read(each).decode("utf-8", "replace") for each in parts.namelist())
    if raw[:4] == b"%PDF":
        import pypdf

        read = pypdf.PdfReader(io.BytesIO(raw))
        streams = "".join(each.extract_text() for each in read.pages)
        return "".join((pdf_text(raw) + streams + str(read.metadata) + str(read.xmp_metadata)).split())
    return raw.decode()
