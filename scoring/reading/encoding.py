"""Bytes become text: UTF-8, or a finding that says what the file is instead (编码)."""

from __future__ import annotations

import codecs
import re

from scoring.finding import Findings
from scoring.location import Location

_COMMON = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef‘’“”—…、。·×〔〕]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(name: str, raw: bytes, found: Findings) -> str | None:
    """The text of a file that should be UTF-8, or None where it is no text.

    A file in GB18030 (what older editors call ANSI) is reported and read all the same, so that its other faults
    are not a second errand.
    """
    text = utf_8(raw)
    if text is not None:
        return text
    if raw.startswith(_UTF_16):
        found.add("K105", Location(name), kind="utf16")
        return _utf_16(raw)
    text = from_gb18030(raw)
    if text is not None:
        found.add("K105", Location(name), kind="gb18030")
        return text
    lines = raw.decode("utf-8", errors="replace").split("\n")
    line, shown = next((number, each) for number, each in enumerate(lines, 1) if "\ufffd" in each)
    readable = shown.count("\ufffd") * 4 < len(shown)
    found.add("K105", Location(name, line, 0, 1, shown.rstrip("\r") if readable else ""), kind="unknown")
    return None


def utf_8(raw: bytes) -> str | None:
    """The text of bytes in UTF-8, with or without a byte order mark, or None where they are something else."""
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _utf_16(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-16")
    except UnicodeDecodeError:
        return None


def from_gb18030(raw: bytes) -> str | None:
    """The text of bytes in GB18030, or None where they are something else.

    Almost any two bytes are some character of GB18030, so most of what comes out must be common Chinese.
    """
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = sum(not each.isascii() for each in text)
    return text if len(_COMMON.findall(text)) * 10 >= foreign * 8 and "\0" not in text else None
