"""Writes the ledger: exact lines become entries of so many decimals, each with its id, that add up to the total."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.assessment import Entry, entry
from scoring.method import Method
from scoring.points import ratio, units
from scoring.settle.outcome import Line


def write(lines: list[Line], decimals: int) -> int:
    """Write the points of each line, in units of the last decimal, and add them up. A rounding closes what it reads, so
    that the written lines add up."""
    for line in lines:
        if line.units is None:
            if line.target is None:
                line.units = units(line.points, decimals)
            else:
                line.units = units(line.target, decimals) - sum([read.units or 0 for read in line.reads])
    return sum([line.units or 0 for line in lines])


def entries_of(lines: list[Line], indicators: Mapping[str, str], method: Method) -> tuple[Entry, ...]:
    """The lines as written, each with its id: the criterion and a running number."""
    write(lines, method.entry_decimals)
    entries: list[Entry] = []
    numbers: dict[str, int] = {}
    for line in lines:
        criterion = line.criterion
        number = numbers[criterion] = numbers.get(criterion, 0) + 1
        entry = line.entry
        if entry is None:
            id_, indicator = f"{criterion}#{number}", indicators.get(criterion, method.root.code)
            entry = line.entry = _entry(line, id_, indicator, method.entry_decimals)
        entries.append(entry)
    return tuple(entries)


def _entry(line: Line, id_: str, indicator: str, decimals: int) -> Entry:
    points = line.points
    above, below = points.as_integer_ratio()
    if above * 10**decimals != (line.units or 0) * below:
        points = ratio(line.units or 0, 10**decimals)
    reads = tuple([read.entry.id for read in line.reads if read.entry is not None])
    return entry(
        id_, line.kind, line.stage, indicator, line.criterion, points, line.points, line.state, reads, line.basis
    )
