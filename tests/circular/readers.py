"""Reads a circular back from Word and web page with independent readers: what stands in it, in order, as plain text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import docx
from docx.oxml.ns import qn

_BLANK = re.compile(r"[\s\u3000]+")
Rows = list[list[str]]


@dataclass
class Read:
    """Lines of text and tables as they follow one another; `margins` is what stands above or below every page."""

    lines: list[str] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def squeezed(self) -> str:
        return squeezed("".join(self.lines + self.margins))


def squeezed(text: str) -> str:
    """The text without blanks of any kind, which formats set in their own way."""
    return _BLANK.sub("", text)


def read_docx(raw: bytes) -> Read:
    """The first section's own header is where a Word file has the mark of a draft and what is said of a sample."""
    document = docx.Document(io.BytesIO(raw))
    found = Read()
    for block in document.element.body:
        if block.tag == qn("w:p"):
            found.lines.append(_text(block))
        elif block.tag == qn("w:tbl"):
            rows = [[_text(cell) for cell in row.iter(qn("w:tc"))] for row in block.iter(qn("w:tr"))]
            if all(len(row) == 1 for row in rows):  # 版记
                found.lines += [row[0] for row in rows]
            else:
                found.tables.append(rows)
    found.margins = [each.text for each in document.sections[0].first_page_header.paragraphs]
    return found


def _text(element: object) -> str:
    def parts() -> Iterator[str]:
        for each in element.iter(qn("w:t"), qn("w:br"), qn("w:tab")):  # type: ignore[attr-defined]
            yield {qn("w:br"): "\n", qn("w:tab"): "\t"}.get(each.tag, each.text or "")

    return "".join(parts())


class _Page(HTMLParser):
    """Collects text by line and cell; what a picture says is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Read()
        self.inside: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.found.tables.append([])
        elif tag == "tr":
            self.found.tables[-1].append([])
        elif tag in ("td", "th"):
            self.found.tables[-1][-1].append("")
        elif tag in ("p", "li", "h1", "h2", "h3"):
            self.found.lines.append("")
        if tag not in ("br", "col", "meta"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "svg" in self.inside:
            return
        if self.inside and self.inside[-1] in ("td", "th"):
            self.found.tables[-1][-1][-1] += data
        elif {"p", "li", "h1", "h2", "h3"} & set(self.inside):
            self.found.lines[-1] += data


def read_html(raw: bytes) -> Read:
    page = _Page()
    page.feed(raw.decode())
    page.close()
    assert not page.inside
    return page.found


def tags_of(raw: bytes) -> list[tuple[str, dict[str, str | None]]]:
    """Every tag of a page with its attributes."""
    page = _Page()
    page.feed(raw.decode())
    return page.tags
