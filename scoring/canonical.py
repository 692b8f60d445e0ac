"""Canonical JSON: one meaning is always the same bytes, so that a hash over the bytes is a hash over the meaning.

UTF-8, keys sorted by code point, `,` and `:` without spaces, no ASCII escaping, one final line feed, no floats.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NoReturn

quoted = encode_basestring
"""The text that stands for a text."""


class Shared(dict[str, Any]):
    """Data that many results share: never changed, and written only once. `text` is there when it has been."""

    __slots__ = ("text",)
    text: str

    def told(self) -> str:
        """Its text."""
        try:
            return self.text
        except AttributeError:
            self.text = _object(self)
            return self.text


def canonical(data: object) -> bytes:
    """The bytes that stand for `data`: dicts with text keys, lists or tuples, text, whole numbers, true, false, null.

    A float, or a key that is no text, is a fault of the program and raises TypeError: json would write both without
    a word, the float in digits that depend on its history and the key as a text that reads back as another thing.
    """
    return told(data).encode("utf-8") + b"\n"


def pieces(data: Mapping[str, object]) -> Iterator[bytes]:
    """The same bytes for an object, one after another. An iterator among its values gives the elements of a list, each
    told already, so that they need not all be held at a time."""
    before = "{"
    for key in sorted(data):
        value = data[key]
        yield f"{before}{quoted(key)}:".encode()
        if isinstance(value, Iterator):
            opening = "["
            for each in value:
                yield f"{opening}{each}".encode()
                opening = ","
            yield b"]" if opening == "," else b"[]"
        else:
            yield told(value).encode()
        before = ","
    yield b"}\n" if data else b"{}\n"


def told(data: object) -> str:
    """The text that stands for `data`."""
    kind = type(data)
    if kind is dict:  # nearly always
        return _object(data)  # type: ignore[arg-type]
    if kind is Shared:
        return data.told()  # type: ignore[attr-defined, no-any-return]
    if kind is list or kind is tuple:
        texts = [quoted(each) if type(each) is str else told(each) for each in data]  # type: ignore[attr-defined]
        return "[" + ",".join(texts) + "]"
    if kind is int:
        return str(data)
    if isinstance(data, str):
        return quoted(data)
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int):
        return str(data)
    if isinstance(data, dict):
        return _object(data)
    if isinstance(data, (list, tuple)):
        return told(list(data))
    raise TypeError(f"{type(data).__name__} in canonical JSON")


def joined(texts: dict[str, str]) -> str:
    """The object of values that are told already."""
    form, in_order = _layout(tuple(texts))
    return form % in_order(texts)


def _object(data: dict[str, Any]) -> str:
    form, in_order = _layout(tuple(data))
    # Most values are text: asking for it here spares a call for each.
    return form % tuple([quoted(value) if type(value) is str else told(value) for value in in_order(data)])


@lru_cache(maxsize=4096)
def _layout(keys: tuple[str, ...]) -> tuple[str, Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """How an object with these keys is written, and its values in that order: nearly all objects are of a few kinds."""
    order = sorted(keys)
    form = "{" + ",".join([quoted(key).replace("%", "%%") + ":%s" for key in order]) + "}"
    return form, itemgetter(*order) if len(order) > 1 else lambda data: tuple(data.values())


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
