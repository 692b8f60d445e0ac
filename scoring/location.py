"""Where a text stands: every key and value that was read keeps its place, so that a finding can show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file, with the line itself.

    `line` and `column` count from 1, in characters; 0 means "the whole file" or "the whole line".
    `sheet` is set for workbooks, where `cell` ("E7") stands for line and column.
    `headings` is the chain of names above the place, outermost first ("指标B2 绩效目标编制质量"):
    an officer looks for the indicator, not for a line number.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""
    headings: tuple[str, ...] = ()
    sheet: str = ""
    cell: str = ""


class Mark(NamedTuple):
    """The span of one key or value in its file; lines and columns count from 1.

    `width` is the number of characters to underline in the first line.
    """

    line: int
    column: int
    width: int


class Source:
    """The lines of one file, kept once and shared by every container read from it."""

    __slots__ = ("file", "lines", "sheet")

    def __init__(self, file: str, lines: list[str], sheet: str = "") -> None:
        self.file = file
        self.lines = lines
        self.sheet = sheet

    def at(self, mark: Mark, headings: tuple[str, ...] = ()) -> Location:
        """The Location of a mark; for a sheet, `mark.line` is the row and `mark.column` the column of the cell."""
        if self.sheet:
            return Location(
                self.file, mark.line, mark.column, 1, "", headings, self.sheet, cell_name(mark.line, mark.column)
            )
        text = self.lines[mark.line - 1] if 0 < mark.line <= len(self.lines) else ""
        return Location(self.file, mark.line, mark.column, mark.width, text, headings)


def cell_name(row: int, column: int) -> str:
    """The name of a cell as spreadsheet users say it: (7, 5) is "E7"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


class Mapping(dict[str, Any]):
    """A mapping as it was read: plain dict for everyone, with the mark of each key and value beside it."""

    __slots__ = ("keys_at", "mark", "source", "sources", "values_at")

    def __init__(self, source: Source, mark: Mark) -> None:
        super().__init__()
        self.source = source
        self.mark = mark
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}
        self.sources: dict[str, Source] = {}

    def put(self, key: str, value: Any, key_at: Mark, value_at: Mark) -> None:
        """Set a key together with its two marks."""
        self[key] = value
        self.keys_at[key] = key_at
        self.values_at[key] = value_at

    def take(self, key: str, other: Mapping, value: Any = None) -> None:
        """Take a key over from another mapping, with its place there; `value` stands in for the value."""
        self.put(key, other[key] if value is None else value, other.keys_at[key], other.values_at[key])
        source = other.sources.get(key, other.source)
        if source is not self.source:
            self.sources[key] = source

    def key(self, key: str) -> Location:
        """Where the key stands; the mapping itself where the key is absent."""
        return self.sources.get(key, self.source).at(self.keys_at.get(key, self.mark))

    def value(self, key: str) -> Location:
        """Where the value of the key stands; the mapping itself where the key is absent."""
        return self.sources.get(key, self.source).at(self.values_at.get(key, self.mark))

    @property
    def location(self) -> Location:
        return self.source.at(self.mark)


class Sequence(list[Any]):
    """A list as it was read, with the mark of each element beside it."""

    __slots__ = ("items_at", "mark", "source")

    def __init__(self, source: Source, mark: Mark) -> None:
        super().__init__()
        self.source = source
        self.mark = mark
        self.items_at: list[Mark] = []

    def put(self, value: Any, at: Mark) -> None:
        """Append an element together with its mark."""
        self.append(value)
        self.items_at.append(at)

    def item(self, index: int) -> Location:
        """Where the element stands."""
        return self.source.at(self.items_at[index])

    @property
    def location(self) -> Location:
        return self.source.at(self.mark)


def locate(root: Mapping | Sequence, path: tuple[str | int, ...], *, key: bool = False) -> Location:
    """The Location of what stands at `path` below `root`, with the headings above it.

    A heading is the `code` and `name` of each mapping that is passed, because that is how officers speak
    of a rule. With `key`, the place of the key rather than of its value.
    """
    headings = tuple(_headings(root, path))
    here: Any = root
    where = root.location
    for position, step in enumerate(path):
        last = position == len(path) - 1
        if isinstance(here, Mapping) and isinstance(step, str) and step in here:
            where = here.key(step) if key and last else here.value(step)
            here = here[step]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
            where = here.item(step)
            here = here[step]
        else:
            break
    return Location(where.file, where.line, where.column, where.width, where.text, headings, where.sheet, where.cell)


def _headings(root: Mapping | Sequence, path: tuple[str | int, ...]) -> Iterator[str]:
    here: Any = root
    for step in (None, *path):
        if step is not None:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return
        if isinstance(here, dict) and isinstance(here.get("name"), str):
            code = here.get("code")
            yield f"{code} {here['name']}" if isinstance(code, str) else here["name"]
