"""What is exchanged: frames of named, typed columns, every cell a text that stands for one exact value."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, NUMBER, WHOLE = "文本", "数", "整数"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its code, its Chinese name, its type, and a word on what it holds."""

    code: str
    title: str
    type: str = TEXT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A table by a name that is a file's name and a database's; an empty cell is no value."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
