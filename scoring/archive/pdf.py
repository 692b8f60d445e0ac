"""What filing asks of a PDF: how many pages it has, and whether it says that it is PDF/A.

Read from the bytes, without a library: the tree of pages counts them, in the open or in a compressed object stream.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"/ObjStm\b.*?stream\r?\n", re.S)
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_COUNT = re.compile(rb"/Count\s+(\d+)")
_PDF_A = re.compile(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*(\d)")
_NEAR = 20_000
"""How far from its type the count of a tree of pages may stand; all pages may be listed in between."""


def pages(raw: bytes) -> int | None:
    """The number of pages; None where it cannot be told."""
    counts = [count for text in _texts(raw) for count in _counts(text)]
    return max(counts, default=None)


def is_pdf_a(raw: bytes) -> bool:
    """Whether the file says of itself that it is PDF/A: its metadata must stand in the open for that."""
    return _PDF_A.search(raw) is not None


def _texts(raw: bytes) -> Iterator[bytes]:
    yield raw
    for match in _STREAM.finditer(raw):
        try:
            yield zlib.decompressobj().decompress(raw[match.end() :])
        except zlib.error:
            continue


def _counts(text: bytes) -> Iterator[int]:
    for match in _PAGES.finditer(text):
        begin = max(0, text.rfind(b"obj", 0, match.start()), text.rfind(b">>", 0, match.start()))
        end = text.find(b">>", match.end())
        around = text[begin : end if end >= 0 else match.end() + _NEAR]
        yield from (int(count[1]) for count in _COUNT.finditer(around))
