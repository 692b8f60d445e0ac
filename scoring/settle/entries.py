"""Writes the ledger: exact lines become entries of so many decimals, each with its id, that add up to the total."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.assessment import Entry, written
from scoring.method import Method
from scoring.points import Rational, exact, total
from scoring.settle.outcome import Line


def write(lines: list[Line], decimals: int) -> list[Rational]:
    """The points of each line as written. A rounding closes what it reads, so that the written lines add up."""
    for line in lines:
        if line.written is None and line.target is None:
            line.written = written(line.points, decimals)
        elif line.written is None and line.target is not None:
            line.written = exact(written(line.target, decimals) - total([read.written or 0 for read in line.reads]))
    return [line.written or 0 for line in lines]


def entries_of(lines: list[Line], indicators: Mapping[str, str], method: Method) -> tuple[Entry, ...]:
    """The lines as written, each with its id: the criterion and a running number."""
    entries: list[Entry] = []
    ids: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for line, points in zip(lines, write(lines, method.entry_decimals), strict=True):
        number = numbers[line.criterion] = numbers.get(line.criterion, 0) + 1
        entry = line.entry
        if entry is None:
            entry = Entry(
                id=f"{line.criterion}#{number}",
                kind=line.kind,
                stage=line.stage,
                indicator=indicators.get(line.criterion, method.root.code),
                criterion=line.criterion,
                points=points,
                exact=line.points,
                state=line.state,
                reads=tuple(ids[id(read)] for read in line.reads if id(read) in ids),
                basis=line.basis,
            )
            if line.shared:
                entry = line.entry = entry.shared()
        ids[id(line)] = entry.id
        entries.append(entry)
    return tuple(entries)
