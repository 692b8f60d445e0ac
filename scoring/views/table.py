"""Tables (附件), ready to be laid out in any format: headings, rows of strings, what is a number and what is wide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column; numbers stand to the right. `part` is its share of the width beside the others."""

    name: str
    number: bool = False
    part: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its own heading (the group), rows of strings, and notes below."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: “附件1” where there are several, “附件” where it is the only one; `wide` wants the page turned."""

    mark: str
    title: str
    tables: tuple[Table, ...]
    wide: bool = False
