"""Which characters a font file has (字符集): read from its `cmap`, to tell which of them another face sets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SEGMENTS, GROUPS = 4, 12
"""The two formats that fonts of our time write: runs in the basic plane, and runs of all characters."""


@cache
def covered(path: str) -> frozenset[int]:
    """The code points that the file has, by its first font; nothing where it cannot be read as one."""
    try:
        raw = Path(path).read_bytes()
        return frozenset(_points(raw, _table(raw, b"cmap")))
    except (OSError, struct.error, ValueError):
        return frozenset()


def _table(raw: bytes, tag: bytes) -> int:
    """Where a table of the first font begins."""
    start = struct.unpack_from(">I", raw, 12)[0] if raw[:4] == b"ttcf" else 0
    for number in range(struct.unpack_from(">H", raw, start + 4)[0]):
        found, _, place, _ = struct.unpack_from(">4sIII", raw, start + 12 + 16 * number)
        if found == tag:
            return int(place)
    raise ValueError(tag)


def _points(raw: bytes, table: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", raw, table + 2)[0]):
        start = table + struct.unpack_from(">HHI", raw, table + 4 + 8 * number)[2]
        form = struct.unpack_from(">H", raw, start)[0]
        if form == GROUPS:
            yield from _groups(raw, start)
        elif form == SEGMENTS:
            yield from _segments(raw, start)


def _groups(raw: bytes, start: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">I", raw, start + 12)[0]):
        first, last, _ = struct.unpack_from(">III", raw, start + 16 + 12 * number)
        yield from range(first, last + 1)


def _segments(raw: bytes, start: int) -> Iterator[int]:
    """Runs whose characters may still have no glyph: each is looked up."""
    count = struct.unpack_from(">H", raw, start + 6)[0] // 2
    ends, starts = start + 14, start + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    for number in range(count):
        first, last, delta, offset = (
            struct.unpack_from(">H", raw, table + 2 * number)[0] for table in (starts, ends, deltas, offsets)
        )
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                glyph = struct.unpack_from(">H", raw, offsets + 2 * number + offset + 2 * (point - first))[0]
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield point
