"""What a workbook is laid out from (工作簿): cells that hold a text, a number, or a formula and its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from scoring.points import Rational

LONGEST_NAME = 31
"""The longest name that a sheet may have."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, shown with so many decimals, as many as it has where none are said, or in a format of its own."""

    value: Rational
    decimals: int | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and the value it has now, which is stored beside it: not every reader calculates."""

    text: str
    value: Rational | str
    decimals: int | None = None
    shown: str = ""


Cell: TypeAlias = str | Number | Formula


@dataclass(frozen=True, slots=True)
class Heading:
    """A column by its name, `width` characters wide."""

    name: str
    width: int = 10


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet: a title, remarks, one line of headings, the rows below it; the first `frozen` columns stay in sight."""

    name: str
    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remarks: tuple[str, ...] = ()
    frozen: int = 0

    @property
    def first_row(self) -> int:
        """The row, counted from 1, in which the first data stand."""
        return len(self.remarks) + 3


def column_name(place: int) -> str:
    """The letters of a column, counted from 0: A, …, Z, AA."""
    name, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
