"""Canonical JSON: one meaning is always the same bytes, so that a hash over the bytes is a hash over the meaning.

UTF-8, keys sorted by code point, `,` and `:` without spaces, no ASCII escaping, one final line feed, no floats.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import Any, NoReturn


class Shared(dict[str, Any]):
    """Data that many results share: never changed, and written only once. `text` is there when it has been."""

    __slots__ = ("text",)
    text: str


def canonical(data: object) -> bytes:
    """The bytes that stand for `data`: dicts with text keys, lists or tuples, text, whole numbers, true, false, null.

    A float, or a key that is no text, is a fault of the program and raises TypeError: json would write both without
    a word, the float in digits that depend on its history and the key as a text that reads back as another thing.
    """
    return written(data).encode("utf-8") + b"\n"


def written(data: object) -> str:
    """The text that stands for `data`."""
    if isinstance(data, str):
        return quoted(data)
    if isinstance(data, Shared):
        try:
            return data.text
        except AttributeError:
            data.text = _object(data)
            return data.text
    if isinstance(data, dict):
        return _object(data)
    if isinstance(data, (list, tuple)):
        return "[" + ",".join([quoted(each) if type(each) is str else written(each) for each in data]) + "]"
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int):
        return str(data)
    raise TypeError(f"{type(data).__name__} in canonical JSON")


def _object(data: dict[str, Any]) -> str:
    # Most values are text: asking for it here spares a call for each.
    pairs = [
        f"{quoted(key)}:{quoted(value) if type(value) is str else written(value)}"
        for key, value in sorted(data.items())
    ]
    return "{" + ",".join(pairs) + "}"


def read_canonical(raw: bytes) -> Any:
    """What `canonical` wrote. Any other bytes raise ValueError, also when plain JSON would give them a meaning.

    Writing the data again and comparing refuses all at once: repeated keys, floats, spaces, escapes, a BOM,
    another order of keys, a missing line feed.
    """
    try:
        data = json.loads(raw.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
        again = canonical(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if again != raw:
        raise ValueError("not in canonical form")
    return data


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"not a whole number: {text}")
