"""Tables as workbooks that print on turned A4 pages. Text stays text, never a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

import xlsxwriter

from scoring.points import parse
from scoring.render.pages import TITLE, Grid, Sheet, Words
from scoring.render.width import cells
from scoring.render.xlsx.cells import LONGEST_NAME

A4 = 9
CELLS = 132
"""How many cells of a terminal a page is wide, two for a Chinese character: what the columns share."""
LINE = 14
"""The height of a line in points. A row's height is written, for not every program works it out for itself."""
MADE = datetime(1980, 1, 1, tzinfo=timezone.utc)
"""The date of making that is written into the file: a fixed one, for the same bytes every time."""

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
CELL = {"font_name": "仿宋_GB2312", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
HEAD = {**CELL, "font_name": "黑体", "align": "center"}
TITLE_CELL = {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True}
NOTICE_CELL = {"font_name": "楷体_GB2312", "font_size": 10, "valign": "vcenter", "text_wrap": True}


def xlsx_file(sheets: Sequence[Sheet], author: str) -> bytes:
    """A workbook with these sheets; each holds words first and then one grid."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, PLAIN)
    book.set_properties({"title": sheets[0].name, "author": author, "created": MADE})
    formats = {
        name: book.add_format(shape)
        for name, shape in (("cell", CELL), ("head", HEAD), ("title", TITLE_CELL), ("notice", NOTICE_CELL))
    }
    formats["number"] = book.add_format({**CELL, "align": "center"})
    for sheet in sheets:
        _sheet(book.add_worksheet(sheet.name[:LONGEST_NAME]), sheet, formats)
    book.close()
    return written.getvalue()


def _sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    grid = next(block for block in sheet.blocks if isinstance(block, Grid))
    last = len(grid.columns) - 1
    whole = sum(column.part for column in grid.columns)
    widths = [CELLS * column.part // whole for column in grid.columns]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    row = 0
    for block in sheet.blocks:
        if isinstance(block, Words):
            style = formats["title" if block.style == TITLE else "notice"]
            page.merge_range(row, 0, row, last, "", style)
            page.write_string(row, 0, f"{block.lead}{block.text}", style)
            page.set_row(row, 2 * LINE if block.style == TITLE else LINE * lines(block.text, CELLS))
            row += 1
    for place, column in enumerate(grid.columns):
        page.write_string(row, place, column.name, formats["head"])
    head = row
    for texts in grid.rows:
        row += 1
        apart = (at for at in range(last + 1) if at not in grid.joined)
        page.set_row(row, LINE * max(lines(texts[at], widths[at]) for at in apart) + 4)
        for place, (column, text) in enumerate(zip(grid.columns, texts, strict=True)):
            number = parse(text) if column.number else None
            if number is not None:
                page.write_number(row, place, number, formats["number"])
            else:
                page.write_string(row, place, text, formats["number" if column.number else "cell"])
    for place in grid.joined:
        _join(page, grid, place, head + 1, formats["cell"])
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, row, last)
    page.set_header(f"&L{sheet.mark}" if sheet.mark else "")
    page.set_footer("&C— &P —")


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a character that no longer fits leaves the rest of its line empty."""
    return sum(1 + max(0, cells(line) - 1) // (width - 2) for line in text.split("\n"))


def _join(page: Any, grid: Grid, place: int, first: int, style: Any) -> None:
    """Make one cell of each text and the empty ones below it."""
    starts = [at for at, texts in enumerate(grid.rows) if texts[place]] or [0]
    for start, end in zip(starts, [*starts[1:], len(grid.rows)], strict=True):
        if end - start > 1:
            page.merge_range(first + start, place, first + end - 1, place, "", style)
            page.write_string(first + start, place, grid.rows[start][place], style)
