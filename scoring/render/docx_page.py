"""The only door to docxtpl: a Word file laid out by a layout that an officer restyles in Word or WPS.

What the layout says in double braces is filled by the same sandbox as every other layout, so that a name that does not
exist is a finding, and names with markup in them come out as text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docxtpl import DocxTemplate, InlineImage

from scoring.finding import Finding, finding
from scoring.location import Location
from scoring.render.docx_finish import finish
from scoring.render.formats import Dress, Layout
from scoring.render.template import render
from scoring.render.titles import title_lines
from scoring.render.zipped import at_one_time

TITLE = 19
"""How many characters of size 二号 a line of 156 mm holds; 20 would fit only where figures are narrow."""
WIDEST, HIGHEST = 156, 200
"""How large a picture may be, in millimetres, so that it stands below its heading."""
EMU = 36000
"""A millimetre in the units of drawings."""
_SIZE = re.compile(r'\b(?:width|height)="(\d+)mm"')
LINE_BREAK = "\u2028"
"""Stands for a break of line inside a paragraph; cleaned texts have none of their own."""
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_UNFIT = re.compile("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARAGRAPH, _MARKUP = re.compile(r"(?=<w:p[ >])"), re.compile(r"<[^>]*>")
_CONTROL = re.compile(r"\{%.*?%\}")


def lay_out(values: Mapping[str, Any], layout: Layout, dress: Dress) -> tuple[bytes, list[Finding]]:
    """The document as a Word file, or what is wrong with the layout."""
    values = _fit(values)
    told = _in_lines(values)
    try:
        template = _Template(io.BytesIO(layout.raw), layout.path)
        told["pictures"] = [
            {"caption": caption, "place": _picture(template, svg, dress.fonts)}
            for caption, svg in dress.pictures.items()
        ]
        template.render(told)
    except _Faulty as fault:
        return b"", fault.findings
    except (zipfile.BadZipFile, KeyError, ValueError):
        return b"", [finding("K502", Location(layout.path), kind="file", found="")]
    finish(template.docx, values, list(dress.pictures))
    written = io.BytesIO()
    template.docx.save(written)
    return at_one_time(written.getvalue()), []


def _in_lines(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the titles of the document and of its annexes broken into lines."""
    told = dict(values)
    if "title" in told:
        told["title"] = _broken(told["title"])
    if "annexes" in told:
        told["annexes"] = [_in_lines(each) for each in told["annexes"]]
    return told


def _broken(title: str) -> str:
    return LINE_BREAK.join(title_lines(title, TITLE))


def _picture(template: DocxTemplate, svg: str, fonts: Mapping[str, str]) -> InlineImage:
    """The picture as Word shows it in every version: drawn, as wide as the text, and no higher than a page."""
    from scoring.render.typst_page import png

    wide, high = (int(each) for each in _SIZE.findall(svg)[:2])
    width = min(wide, WIDEST, HIGHEST * wide // high)
    return InlineImage(template, io.BytesIO(png(svg, fonts)), width=width * EMU)


class _Faulty(Exception):
    """The layout cannot be filled."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl takes the layout apart; filling it is left to our own sandbox."""

    def __init__(self, file: io.BytesIO, path: str) -> None:
        super().__init__(file)
        self.path = path

    def render_xml_part(self, src_xml: str, part: object, context: Mapping[str, Any], jinja_env: object = None) -> str:
        """One part filled. Each paragraph is a line of its own meanwhile, for the sake of findings."""
        self.current_rendering_part = part
        source = _PARAGRAPH.sub("\n", src_xml)
        filled, problems = render(f"{self.path}.xml", source, **context)
        if problems:
            raise _Faulty([_in_paragraph(each, self.path) for each in problems])
        return filled.replace("\n<w:p", "<w:p").replace(LINE_BREAK, _BREAK)

    def render_properties(self, context: Mapping[str, Any], jinja_env: object = None) -> None:
        """Properties of the file are no layout."""


def _in_paragraph(problem: Finding, path: str) -> Finding:
    """The finding at its paragraph, by the words in it: a Word file has no lines that an officer could count."""
    line = _MARKUP.sub("", problem.location.text) if problem.location else ""
    said = _CONTROL.sub("", line).strip() or line.strip()
    return replace(problem, location=Location(path, headings=(f"段落“{said[:60]}”",) if said else ()))


def _fit(value: Any) -> Any:
    """The value without signs that a Word file cannot hold."""
    if isinstance(value, str):
        return _UNFIT.sub("", value).replace(LINE_BREAK, "")
    if isinstance(value, Mapping):
        return {key: _fit(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_fit(each) for each in value]
    return value
