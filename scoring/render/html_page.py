"""Lays out a document as one web page that needs nothing else: style and pictures stand in it, scripts do not.

The page allows itself exactly the style it came with, by its digest; whatever else a text might smuggle in stays dead.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from scoring.finding import Finding
from scoring.render.formats import Dress, Layout
from scoring.render.template import render
from scoring.render.titles import title_lines

TITLE = 19
"""How many characters of size 二号 go on a line of 156 mm, with figures that may be wide."""
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def lay_out(values: Mapping[str, Any], layout: Layout, dress: Dress) -> tuple[bytes, list[Finding]]:
    """The page. Beside the values a layout may use pictures, and what a page has to work out for itself."""
    text, problems = layout.text()
    if problems:
        return b"", problems
    text = text.replace("\r\n", "\n")
    said, found = render(
        layout.path,
        text,
        **values,
        pictures=[{"caption": caption, "svg": svg} for caption, svg in dress.pictures.items()],
        style_hashes=" ".join(map(_digest, _STYLE.findall(text))) or "'none'",
        title_lines=_lines,
        shares=_shares,
    )
    return (said.strip("\n") + "\n").encode(), found


def _lines(title: str) -> list[str]:
    return title_lines(title, TITLE)


def _shares(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """The width of each column beside the others, in percent with one decimal."""
    whole = sum(each["part"] for each in columns)
    tenths = [1000 * each["part"] // whole for each in columns]
    return [f"{each // 10}.{each % 10}%" for each in tenths]


def _digest(style: str) -> str:
    """What a browser compares a style with."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
