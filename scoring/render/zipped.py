"""Zip files that are the same bytes whenever they are made: Word files and workbooks are such."""

from __future__ import annotations

import io
import zipfile

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file: the oldest that a zip file can write."""


def at_one_time(raw: bytes) -> bytes:
    """The same zip file with every part dated alike, whatever system packed it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, zipfile.ZipFile(packed, "w") as again:
        for part in parts.infolist():
            dated = zipfile.ZipInfo(part.filename, OLDEST)
            dated.compress_type, dated.create_system = zipfile.ZIP_DEFLATED, 0
            again.writestr(dated, parts.read(part))
    return packed.getvalue()
