"""The only door to sqlite3: tables as one database file, which any statistics program opens."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple


class Column(NamedTuple):
    """A column of a database: its name, and what its cells are held to."""

    name: str
    affinity: str


class Relation(NamedTuple):
    """A table of a database; an empty cell is NULL."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]


def sqlite_file(relations: Sequence[Relation]) -> bytes:
    """The database with these tables, written in one piece so that the same rows give the same bytes."""
    with tempfile.TemporaryDirectory(prefix="kaohe-") as folder:
        path = Path(folder) / "run.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.execute("BEGIN")
            for each in relations:
                columns = ", ".join(f'"{column.name}" {column.affinity}' for column in each.columns)
                base.execute(f'CREATE TABLE "{each.name}" ({columns})')
                marks = ", ".join("?" for _ in each.columns)
                rows = ([text or None for text in row] for row in each.rows)
                base.executemany(f'INSERT INTO "{each.name}" VALUES ({marks})', rows)
            base.execute("COMMIT")
        return path.read_bytes()
