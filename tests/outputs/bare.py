"""Everything that can be read in a file: containers opened, streams decompressed, escapes undone.

Readers that share nothing with the writers: zipfile, pypdf, pymupdf, sqlite3, pyarrow.
"""

from __future__ import annotations

import base64
import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from functools import cache

from tests.audit.reader import Page

DATA_URL = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def bared(raw: bytes) -> str:
    """All of it as one text, whatever code it was written in."""
    return "\n".join(_told(raw))


def _told(raw: bytes) -> Iterator[str]:
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            yield parts.comment.decode("utf-8", "replace")
            for each in parts.infolist():
                yield each.filename + each.comment.decode("utf-8", "replace")
                yield from _told(parts.read(each))
    elif raw[:5] == b"%PDF-":
        yield from _decoded(raw)
        yield from _pdf(raw)
    elif raw[:6] == b"SQLite":
        base = sqlite3.connect(":memory:")
        base.deserialize(raw)
        yield from base.iterdump()
        base.close()
    elif raw[:4] == b"PAR1":
        yield from _parquet(raw)
    else:
        yield from _decoded(raw)
        if b'id="accounts"' in raw:
            yield Page(raw).whole()
    for found in DATA_URL.findall(raw):
        yield from _told(base64.b64decode(found))


def _decoded(raw: bytes) -> Iterator[str]:
    text = raw.decode("utf-8", "replace")
    yield text
    if b"\x00" in raw:
        for shift in (0, 1):
            yield raw[shift:].decode("utf-16-le", "replace")
            yield raw[shift:].decode("utf-16-be", "replace")
    if "&" in text:
        yield html.unescape(text)
    if "\\u" in text:
        yield ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _pdf(raw: bytes) -> Iterator[str]:
    """Text by two readers, in one line because lines break anywhere; properties, bookmarks and every stream."""
    import pymupdf
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(raw))
    yield "".join("".join(page.extract_text().split()) for page in reader.pages)
    yield f"{reader.metadata}{reader.attachments}{list(reader.outline)}"
    document = pymupdf.open(stream=raw)
    yield "".join("".join(page.get_text().split()) for page in document)
    yield f"{document.metadata}{document.get_xml_metadata()}{document.get_toc()}{document.embfile_names()}"
    for page in document:
        yield "".join(f"{each.info}" for each in page.annots())
    for number in range(1, document.xref_length()):
        yield document.xref_object(number)
        if document.xref_is_stream(number):
            yield from _decoded(document.xref_stream(number))


def _parquet(raw: bytes) -> Iterator[str]:
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(raw))
    yield f"{table.schema.metadata}"
    yield str(table.to_pylist())


@cache
def worded(raw: bytes) -> str:
    """What a reader reads: without the code of a page, the drawing of a file, and the noise of compressed parts."""
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            told = [parts.read(each).decode() for each in parts.namelist() if each.endswith(".xml")]
        return html.unescape("\n".join(re.sub(r"<[^>]+>", "\n", each) for each in told))
    if raw[:5] == b"%PDF-":
        import pymupdf

        return "".join("".join(page.get_text().split()) for page in pymupdf.open(stream=raw))
    if raw[:6] == b"SQLite" or raw[:4] == b"PAR1":
        return bared(raw)
    text = raw.decode("utf-8-sig")
    if text.lstrip().startswith("<!"):
        page = Page(raw).whole() if 'id="accounts"' in text else ""
        text = re.sub(r"<style>.*?</style>|<script.*?</script>", "", text, flags=re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", "\n", text)) + page
    return text
