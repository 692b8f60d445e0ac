"""What Word and spreadsheet files are laid out from (版面): words in a style, and grids of cells. Strings only."""

from __future__ import annotations

from dataclasses import dataclass

TITLE, NOTICE, HEADING, TEXT, REMARK = "title", "notice", "heading", "text", "remark"
"""Styles of words: the title, what is said below it, a heading (一、), a paragraph, a remark in smaller type."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; its `lead` is set off from the rest."""

    style: str
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column; `part` is its share of the width beside the others."""

    name: str
    part: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. In the `joined` columns, by place, an empty cell goes on with the one above."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A turned A4 page and those after it; `mark` (征求意见稿, 送审稿) stands at the head of each."""

    name: str
    mark: str
    blocks: tuple[Words | Grid, ...]
