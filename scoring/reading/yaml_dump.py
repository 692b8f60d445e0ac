"""Writing YAML that our own reader reads back to the same values (写出): files that tools make and officers edit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scoring import points
from scoring.reading.lookalikes import suspect
from scoring.reading.yaml_file import scalar

_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<]")
_UNSAFE_INSIDE = re.compile(r": |:$| #|[\r\n\t]| $")
_PROSE = str.maketrans("", "", "，：“”‘’")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def dump_yaml(data: Mapping[str, Any]) -> str:
    """The mapping in block style, keys in their order; ends with one line feed."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        lines += _under(f"{indent}{_key(key)}:", value, indent)
    return lines


def _under(head: str, value: Any, indent: str) -> list[str]:
    """A key with its value, on the same line or below."""
    if isinstance(value, Mapping) and value:
        return [head, *_mapping(value, indent + "  ")]
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return [head, *_sequence(value, indent + "  ")]
    if value is None:
        return [head]
    return [f"{head} {_scalar(value)}"]


def _sequence(data: Sequence[Any], indent: str) -> list[str]:
    lines: list[str] = []
    for value in data:
        if isinstance(value, Mapping) and value:
            first, *rest = _mapping(value, indent + "  ")
            lines += [f"{indent}- {first[len(indent) + 2 :]}", *rest]
        elif isinstance(value, Sequence) and not isinstance(value, str) and value:
            first, *rest = _sequence(value, indent + "  ")
            lines += [f"{indent}- {first[len(indent) + 2 :]}", *rest]
        else:
            lines.append(f"{indent}- {'null' if value is None else _scalar(value, alone=True)}")
    return lines


def _key(key: str) -> str:
    return key if _plain(key) and not suspect(key) else _quoted(key)


def _scalar(value: Any, *, alone: bool = False) -> str:
    """One value; `alone` in a list, where `甲：乙` could be meant as a key."""
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        prose = value if alone or value[:1] in "“‘" else value.translate(_PROSE)
        safe = _plain(value) and scalar(value) == value and not suspect(prose)
        return value if safe else _quoted(value)
    if isinstance(value, points.Rational):
        return points.plain(value)
    return "[]"


def _plain(text: str) -> bool:
    return _PLAIN_START.match(text) is not None and _UNSAFE_INSIDE.search(text) is None and text.isprintable()


def _quoted(text: str) -> str:
    """A double-quoted text; whatever cannot be seen is written as its number."""
    return '"' + "".join(_escaped(each) for each in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() or character == "\u3000":
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
