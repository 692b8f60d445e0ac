"""The only door to csv: tables for other programs, in UTF-8 with a mark that spreadsheets know it by."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Full-width signs too: a Chinese input method writes them, and some spreadsheets read them as the narrow ones."""


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]], texts: Iterable[int]) -> bytes:
    """A table; in the columns of `texts` what a spreadsheet would take for a formula stands behind an apostrophe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(headings)
    guarded = frozenset(texts)
    for row in rows:
        writer.writerow([_plain(text) if place in guarded else text for place, text in enumerate(row)])
    return (MARK + written.getvalue()).encode()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text
