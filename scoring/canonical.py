"""Canonical JSON: one meaning is always the same bytes, so that a hash over the bytes is a hash over the meaning.

UTF-8, keys sorted by code point, `,` and `:` without spaces, no ASCII escaping, one final line feed, no floats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn

_TEXT = frozenset({str})
_PLAIN = frozenset({str, int, bool, type(None)})


def canonical(data: object) -> bytes:
    """The bytes that stand for `data`: dicts with text keys, lists or tuples, text, whole numbers, true, false, null.

    A float, or a key that is no text, is a fault of the program and raises TypeError: json would write both without
    a word, the float in digits that depend on its history and the key as a text that reads back as another thing.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    _refuse_inexact(data)
    return text.encode("utf-8") + b"\n"


def read_canonical(raw: bytes) -> Any:
    """What `canonical` wrote. Any other bytes raise ValueError, also when plain JSON would give them a meaning.

    Writing the data again and comparing refuses all at once: repeated keys, floats, spaces, escapes, a BOM,
    another order of keys, a missing line feed.
    """
    try:
        data = json.loads(raw.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if canonical(data) != raw:
        raise ValueError("not in canonical form")
    return data


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"not a whole number: {text}")


def _refuse_inexact(data: object) -> None:
    waiting: list[object] = [data]
    while waiting:
        here = waiting.pop()
        values: Iterable[object] = ()
        if isinstance(here, dict):
            if not _TEXT.issuperset(map(type, here)) and not all(isinstance(key, str) for key in here):
                raise TypeError("a key that is no text")
            values = here.values()
        elif isinstance(here, (list, tuple)):
            values = here
        elif not (here is None or isinstance(here, (str, int))):
            raise TypeError(f"{type(here).__name__} in canonical JSON")
        # Nearly all values are leaves: one pass in C over their types spares a turn of this loop for each.
        if not _PLAIN.issuperset(map(type, values)):
            waiting.extend(value for value in values if type(value) not in _PLAIN)
