"""Marks of secrecy (密级标志): at the first one reading stops, and nothing of the material is kept or shown."""

from __future__ import annotations

import re

from scoring.finding import Finding, Findings, finding
from scoring.location import Location
from scoring.reading.encoding import decoded

_MARK = re.compile(r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆]|[★☆]\s*(?:绝\s*密|机\s*密|秘\s*密)")


def marked_secret(name: str, content: str | bytes) -> Finding | None:
    """The finding for a material that bears a mark of secrecy, with its line and without its words; else None.

    Callers ask before they read anything else, and on a finding keep nothing: other findings would quote lines.
    """
    text = content if isinstance(content, str) else decoded(name, content, Findings())
    match = _MARK.search(text) if text is not None else None
    if text is None or match is None:
        return None
    return finding("K390", Location(name, text.count("\n", 0, match.start()) + 1))
