"""The only door to python-calamine: workbooks and CSV files become rows like those of a YAML file (报送表)."""

from __future__ import annotations

import datetime
import io
import posixpath
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook

from scoring.finding import Finding, Findings, finding
from scoring.location import Location, Mapping, Mark, Source
from scoring.reading.encoding import from_gb18030, utf_8
from scoring.reading.secrecy import marked_secret
from scoring.reading.workbook_marks import SheetMarks, workbook_marks
from scoring.reading.yaml_file import scalar

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 100_000
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIELD = re.compile(r'"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*)')
_LINE_END = re.compile(r"\r\n|\r|\n")
_OTHER_SEPARATORS = {"\t": "tab", ";": "semicolon"}
_EXPONENT = re.compile(r"(-?)(\d)(?:\.(\d+))?e([+-]\d+)")


class Cell(NamedTuple):
    """One cell as it is shown, and where it stands."""

    text: str
    at: Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its headings, and a Mapping for each row, with every value and its place.

    `rows` hold what a YAML file would give for the same text (numbers exact, blank None); `texts` hold the same
    cells as they are shown, for columns of codes and names, where 2.10 is not 2.1.
    """

    name: str
    source: Source
    headings: tuple[str, ...]
    headings_at: Mapping
    rows: list[Mapping] = field(default_factory=list)
    texts: list[dict[str, str]] = field(default_factory=list)


def read_table(name: str, raw: bytes) -> tuple[list[Sheet], list[Finding]]:
    """The sheets of a .xlsx or .csv file, and everything in them that needs mending. Never raises.

    A sheet's headings are in the first row with at least two filled cells; what stands above is a title. A CSV file
    is one sheet, called like the file.
    """
    whole = Location(name)
    base = posixpath.basename(name)
    if base.startswith("~$"):
        return [], [finding("K395", whole)]
    if len(raw) > MOST_BYTES:
        return [], [finding("K115", whole, kind="large", most=MOST_BYTES // 1024 // 1024)]
    if not raw.strip():
        return [], [finding("K115", whole, kind="empty", most="")]
    found = Findings()
    grids = _csv(name, raw, found) if base.lower().endswith(".csv") else _workbook(name, raw, found)
    shown = "\n".join(cell.text for grid in grids for row in grid.rows for cell in row)
    secret = marked_secret(name, shown)
    if secret:
        return [], [finding("K390", whole)]
    return [sheet for grid in grids if (sheet := _sheet(grid, found))], found.found


@dataclass(slots=True)
class _Grid:
    """The cells of one sheet, row by row, before headings were looked for."""

    name: str
    source: Source
    rows: list[list[Cell]]
    marks: SheetMarks


def _csv(name: str, raw: bytes, found: Findings) -> list[_Grid]:
    text = utf_8(raw)
    if text is None:
        text = from_gb18030(raw)
        if text is None:
            found.add("K120", Location(name), kind="encoding", most="")
            return []
        found.add("K121", Location(name))
    source = Source(name, _LINE_END.split(text))
    apart = _otherwise_separated(source.lines)
    if apart:
        found.add("K120", source.at(Mark(*apart[1:], 1)), kind=apart[0], most="")
        return []
    rows = _records(text)
    if len(rows) > MOST_ROWS:
        found.add("K120", Location(name), kind="large", most=MOST_ROWS)
        return []
    stem = posixpath.splitext(posixpath.basename(name))[0]
    return [_Grid(stem, source, rows, SheetMarks())]


def _otherwise_separated(lines: list[str]) -> tuple[str, int, int] | None:
    """What else than a comma separates the cells, and where it first stands: spreadsheets save tabs and semicolons too.

    Without a comma, the headings and the row below must agree in how many there are; a title may well hold one.
    """
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for (number, line), (_, below) in pairwise(filled):
        for separator, kind in _OTHER_SEPARATORS.items():
            if separator in line and "," not in line and line.count(separator) == below.count(separator):
                return kind, number, line.index(separator) + 1
        if "," in line:
            return None
    return None


def _records(text: str) -> list[list[Cell]]:
    """The fields of each record with their places; a quoted field may hold commas and line ends."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    line, line_start, at = 1, 0, 0
    while at <= len(text):
        match = _FIELD.match(text, at)
        if match is None:  # pragma: no cover - the pattern matches the empty text
            break
        quoted, rest, bare = match.groups()
        shown = bare if quoted is None else quoted.replace('""', '"') + rest
        width = len(match.group().split("\n")[0])
        row.append(Cell(shown.strip(), Mark(line, at - line_start + 1, max(1, width))))
        for end in _LINE_END.finditer(text, at, match.end()):
            line, line_start = line + 1, end.end()
        at = match.end()
        if text[at : at + 1] == ",":
            at += 1
            continue
        rows.append(row)
        row = []
        ended = _LINE_END.match(text, at)
        if ended is None:
            break
        line, line_start, at = line + 1, ended.end(), ended.end()
    return rows


def _workbook(name: str, raw: bytes, found: Findings) -> list[_Grid]:
    if raw.startswith(_OLD_FORMAT):
        kind = "password" if "EncryptedPackage".encode("utf-16-le") in raw else "old"
        found.add("K120", Location(name), kind=kind, most="")
        return []
    try:
        marks = workbook_marks(raw)
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        values = {each: book.get_sheet_by_name(each).to_python(skip_empty_area=False) for each in marks}
    except Exception:  # damage shows itself in a dozen ways, and the library names its own errors by version
        found.add("K120", Location(name), kind="broken", most="")
        return []
    grids: list[_Grid] = []
    for sheet, rows in values.items():
        if len(rows) > MOST_ROWS:
            found.add("K120", Location(name, sheet=sheet), kind="large", most=MOST_ROWS)
            continue
        cells = [
            [
                Cell(_shown(value, (row, column) in marks[sheet].percent), Mark(row, column, 1))
                for column, value in enumerate(values_of_row, 1)
            ]
            for row, values_of_row in enumerate(rows, 1)
        ]
        grids.append(_Grid(sheet, Source(name, [], sheet), cells, marks[sheet]))
    return grids


def _sheet(grid: _Grid, found: Findings) -> Sheet | None:
    """Headings and rows of one grid."""
    top = next((at for at, row in enumerate(grid.rows) if sum(bool(cell.text) for cell in row) > 1), None)
    if top is None:
        _no_headings(grid, found)
        return None
    below = [row for row in grid.rows[top + 1 :] if any(cell.text for cell in row)]
    columns = _columns(grid, grid.rows[top], below, found)
    headings_at = Mapping(grid.source, grid.rows[top][0].at)
    for column, heading in columns.items():
        headings_at.put(heading, heading, grid.rows[top][column].at, grid.rows[top][column].at)
    sheet = Sheet(grid.name, grid.source, tuple(columns.values()), headings_at)
    for row in below:
        _take_row(sheet, grid, row, columns, len(grid.rows[top]), found)
    _cell_findings(grid, top, found)
    if not below:
        found.add("K126", Location(grid.source.file, sheet=grid.source.sheet), sheet=grid.name)
    return sheet


def _no_headings(grid: _Grid, found: Findings) -> None:
    first = next((cell for row in grid.rows for cell in row if cell.text), None)
    if first is not None and "，" in first.text and not grid.source.sheet:
        place = grid.source.at(Mark(first.at.line, grid.source.lines[first.at.line - 1].index("，") + 1, 1))
        found.add("K104", place, kind="comma", found="，", instead=",")
    elif first is not None or not grid.source.sheet:
        found.add("K126", Location(grid.source.file, sheet=grid.source.sheet), sheet=grid.name)


def _columns(grid: _Grid, headings: list[Cell], below: list[list[Cell]], found: Findings) -> dict[int, str]:
    """The columns that have a heading of their own, by number from 0."""
    columns: dict[int, str] = {}
    taken: dict[str, Cell] = {}
    for number, cell in enumerate(headings):
        heading = "".join(cell.text.split())
        if heading in taken:
            other = grid.source.at(taken[heading].at)
            found.add("K124", grid.source.at(cell.at), other=other, key=heading)
        elif heading:
            columns[number] = heading
            taken[heading] = cell
        else:
            filled = next((row[number].text for row in below if number < len(row) and row[number].text), "")
            if filled:
                found.add("K123", grid.source.at(cell.at), found=filled)
    return columns


def _take_row(sheet: Sheet, grid: _Grid, row: list[Cell], columns: dict[int, str], width: int, found: Findings) -> None:
    made = Mapping(grid.source, row[0].at)
    texts: dict[str, str] = {}
    for number, heading in columns.items():
        if number < len(row):
            cell = row[number]
            made.put(heading, scalar(cell.text), cell.at, cell.at)
            texts[heading] = cell.text
    extra = [cell for cell in row[width:] if cell.text]
    if extra:
        found.add("K125", grid.source.at(extra[0].at), found=len(row), bound=width)
    sheet.rows.append(made)
    sheet.texts.append(texts)


def _cell_findings(grid: _Grid, top: int, found: Findings) -> None:
    """Errors and merged cells at and below the headings; a merged title above them is as it should be."""
    for (row, column), shown in sorted(grid.marks.errors.items()):
        if row > top:
            found.add("K122", grid.source.at(Mark(row, column, 1)), found=shown)
    for first, last, reference in sorted(grid.marks.merged):
        if last[0] > top + 1:
            found.add("K127", grid.source.at(Mark(*first, 1)), found=reference)


def _shown(value: Any, percent: bool) -> str:
    """A cell's value as its text: numbers with the 15 digits that a spreadsheet itself shows, dates as 2023-03-31."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value * 100) + "%" if percent else _number(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip()


def _number(value: float) -> str:
    """The plain decimal text of a number that a spreadsheet keeps in binary: 0.30000000000000004 was meant as 0.3."""
    text = f"{value:.15g}"
    match = _EXPONENT.fullmatch(text)
    if match is None:
        return "0" if text == "-0" else text
    sign, first, decimals, exponent = match.group(1), match.group(2), match.group(3) or "", int(match.group(4))
    digits = first + decimals
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
    return sign + digits.ljust(exponent + 1, "0")
