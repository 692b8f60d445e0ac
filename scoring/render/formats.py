"""The formats (格式) in which a document can be had: its layout (版式) in reports/, and what lays it out.

A layout is named by the kind of document and the ending of its format: circular.md.j2, circular.docx, sheet.typ. What
lays out is imported when it is asked for, because Word and PDF files need packages that not everybody installs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from scoring.finding import Finding, finding
from scoring.location import Location

MARKDOWN, HTML, DOCX, PDF = "md", "html", "docx", "pdf"
NONE, DRAFT, FULL = "none", "draft", "full"
"""How much of head and imprint a document wears: none of it (the office system adds them), all of it with number and
date left open, or all of it."""
LETTERHEADS = (NONE, DRAFT, FULL)


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as it was read; findings name it by its path."""

    path: str
    raw: bytes

    def text(self) -> tuple[str, list[Finding]]:
        """The layout as text, or why it is none."""
        try:
            return self.raw.decode("utf-8-sig"), []
        except UnicodeDecodeError:
            return "", [finding("K105", Location(self.path), kind="unknown")]


@dataclass(frozen=True, slots=True)
class Dress:
    """What a document wears: letterhead, the office's setting `fonts`, and pictures (SVG) by their captions."""

    letterhead: str = NONE
    fonts: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `module` holds `lay_out`; `needs` are the packages that it imports, which `extra` of ours installs.

    `draws` is what it needs besides to show pictures; None where it cannot show any.
    """

    name: str
    ending: str
    module: str
    needs: tuple[str, ...] = ()
    extra: str = ""
    draws: tuple[str, ...] | None = None

    def layout(self, kind: str) -> str:
        """The file in reports/ for a kind of document: circular, sheet, …"""
        return f"{kind}{self.ending}"

    def installed(self) -> bool:
        return _found(self.needs)

    def shows_pictures(self) -> bool:
        return self.draws is not None and _found(self.draws)

    def record(self, dress: Dress) -> dict[str, Any]:
        """What else than values, layout and dress the bytes depend on: fonts. It goes into the manifest."""
        told = getattr(import_module(self.module), "record", None)
        return dict(told(dress)) if told is not None else {}

    def lay_out(self, values: Mapping[str, Any], layout: Layout, dress: Dress) -> tuple[bytes, list[Finding]]:
        """The document as a file, or what is wrong with the layout. `values` are strings, sequences and mappings."""
        made: tuple[bytes, list[Finding]] = import_module(self.module).lay_out(values, layout, dress)
        return made


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(MARKDOWN, ".md.j2", "scoring.render.markdown_page"),
        Format(HTML, ".html", "scoring.render.html_page", draws=()),
        Format(DOCX, ".docx", "scoring.render.docx_page", ("docxtpl",), "documents", draws=("typst",)),
        Format(PDF, ".typ", "scoring.render.typst_page", ("typst",), "pdf", draws=()),
    )
}


def _found(packages: Iterable[str]) -> bool:
    return all(find_spec(each) is not None for each in packages)


def lacking(formats: Iterable[str]) -> list[str]:
    """The extras of this program that have to be installed for these formats, each once."""
    return list(dict.fromkeys(FORMATS[each].extra for each in formats if not FORMATS[each].installed()))
