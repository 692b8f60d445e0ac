"""The only door to pyarrow: a table as a Parquet file, with decimals that stay exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow
from pyarrow import parquet

from scoring.points import cell_value, unplain

DECIMAL, INTEGER, STRING = "decimal", "integer", "string"
DIGITS, DECIMALS = 18, 6


def parquet_file(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> bytes:
    """A table of columns by name and type; an empty cell is null."""
    types = {DECIMAL: pyarrow.decimal128(DIGITS, DECIMALS), INTEGER: pyarrow.int64(), STRING: pyarrow.string()}
    arrays = [
        pyarrow.array([_value(row[place], type_) for row in rows], types[type_])
        for place, (_, type_) in enumerate(columns)
    ]
    table = pyarrow.Table.from_arrays(arrays, names=[name for name, _ in columns])
    written = pyarrow.BufferOutputStream()
    parquet.write_table(table, written, compression="zstd")
    return bytes(written.getvalue())


def _value(text: str, type_: str) -> Any:
    if not text:
        return None
    if type_ == DECIMAL:
        return cell_value(unplain(text)).quantize(cell_value(1).scaleb(-DECIMALS))
    return int(text) if type_ == INTEGER else text
