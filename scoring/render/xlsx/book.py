"""Workbooks for checking (核对用工作簿): filters, frozen panes, print areas, formulas with their values."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from scoring.points import cell_value
from scoring.render.xlsx.cells import LONGEST_NAME, Cell, Formula, Leaf, Number
from scoring.render.xlsx.table import A4, CELL, HEAD, LINE, MADE, NOTICE_CELL, PLAIN, TITLE_CELL, lines
from scoring.visible import visible

A3 = 8
WIDEST = 180
"""Columns that are wider together than so many characters take a sheet of A3."""
LONGEST_TEXT = 32_767
"""The longest text that a cell may hold."""


def book_file(leaves: Sequence[Leaf], title: str, author: str, mark: str) -> bytes:
    """A workbook with these sheets, in order; `mark` (送审稿) stands at the head of every printed page."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, PLAIN)
    book.set_properties({"title": visible(title), "author": visible(author), "created": MADE})
    pen = _Pen(book)
    for leaf in leaves:
        _leaf(book.add_worksheet(leaf.name[:LONGEST_NAME]), leaf, pen, mark)
    book.close()
    return written.getvalue()


class _Pen:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[str, Any] = {}
        self.text = self.of("text", {**CELL, "align": "left"})
        self.head = self.of("head", HEAD)
        self.title = self.of("title", {**TITLE_CELL, "font_size": 16, "align": "left", "text_wrap": False})
        self.remark = self.of("remark", {**NOTICE_CELL, "text_wrap": False})

    def of(self, key: str, shape: dict[str, Any]) -> Any:
        if key not in self.known:
            self.known[key] = self.book.add_format(shape)
        return self.known[key]

    def number(self, decimals: int | None, shown: str = "") -> Any:
        shown = shown or ("General" if decimals is None else "0" if decimals == 0 else f"0.{'0' * decimals}")
        return self.of(shown, {**CELL, "align": "right", "text_wrap": False, "num_format": shown})


def _leaf(page: Any, leaf: Leaf, pen: _Pen, mark: str) -> None:
    last = len(leaf.headings) - 1
    for place, heading in enumerate(leaf.headings):
        page.set_column(place, place, heading.width)
    page.write_string(0, 0, visible(leaf.title), pen.title)
    for row, remark in enumerate(leaf.remarks, 1):
        page.write_string(row, 0, visible(remark)[:LONGEST_TEXT], pen.remark)
    head = leaf.first_row - 2
    page.set_row(head, LINE * max(lines(heading.name, heading.width) for heading in leaf.headings) + 4)
    for place, heading in enumerate(leaf.headings):
        page.write_string(head, place, visible(heading.name), pen.head)
    bottom = head
    for bottom, cells in enumerate(leaf.rows, head + 1):
        for place, cell in enumerate(cells):
            _write(page, bottom, place, cell, pen)
    if leaf.rows:
        page.autofilter(head, 0, bottom, last)
    page.freeze_panes(head + 1, leaf.frozen)
    page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(A3 if sum(each.width for each in leaf.headings) > WIDEST else A4)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, bottom, last)
    page.set_header(f"&L{mark}" if mark else "")
    page.set_footer("&C— &P —")


def _write(page: Any, row: int, column: int, cell: Cell, pen: _Pen) -> None:
    if isinstance(cell, Number):
        page.write_number(row, column, cell_value(cell.value), pen.number(cell.decimals, cell.shown))
    elif isinstance(cell, Formula):
        if isinstance(cell.value, str):
            page.write_formula(row, column, cell.text, pen.text, cell.value)
        else:
            page.write_formula(row, column, cell.text, pen.number(cell.decimals, cell.shown), cell_value(cell.value))
    elif cell:
        page.write_string(row, column, visible(cell)[:LONGEST_TEXT], pen.text)
    else:
        page.write_blank(row, column, None, pen.text)
