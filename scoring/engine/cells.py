"""Cells: the finitely many intervals of values that a decision can tell apart, each with a value to show for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scoring.condition import Decision, Value
from scoring.engine.measures import Measure, atoms, measures, side, states_of, thresholds
from scoring.engine.plain_matcher import Says, says
from scoring.points import Rational, divide, plain, rounded


@dataclass(frozen=True, slots=True)
class Range:
    """Which values a read can have, ends included; None is no end. `whole`: whole numbers only."""

    low: Rational | None = None
    high: Rational | None = None
    whole: bool = False
    may_be_absent: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """Values that no test tells apart: those between `low` and `high` (None: no end), the ends as `closed` says.

    `witness` is one of them, as simple a number as there is.
    """

    low: Rational | None
    high: Rational | None
    closed: tuple[bool, bool]
    witness: Rational

    def __str__(self) -> str:
        """As an interval: "80", "[80, 90)", "(-∞, 60)"."""
        if self.low is not None and self.low == self.high:
            return plain(self.low)
        low = "-∞" if self.low is None else plain(self.low)
        high = "∞" if self.high is None else plain(self.high)
        return f"{'[' if self.closed[0] else '('}{low}, {high}{']' if self.closed[1] else ')'}"


def natural_range(kind: str) -> Range:
    """What a kind by itself allows: counts are whole and not negative, states are 0 to N-1."""
    if kind == "count":
        return Range(0, None, True)
    states = states_of(kind)
    return Range(0, states - 1, True) if states else Range()


def cells(decision: Decision, ranges: Sequence[Range] | None = None) -> tuple[tuple[Cell, ...], ...]:
    """For each of the decision's measures the cells of values that are there, ascending.

    `ranges` are those of the reads; by default what their kinds allow.
    """
    within = natural_ranges(decision) if ranges is None else ranges
    return tuple(tuple(_together(decision, each, _range_of(each, within))) for each in measures(decision))


def natural_ranges(decision: Decision) -> list[Range]:
    """What the kinds of the reads allow by themselves."""
    return [natural_range(kind) for kind in decision.kinds]


def elementary(edges: Sequence[Rational], within: Range) -> Iterator[Cell]:
    """The edges within a range and the gaps between them, ascending; those without any value are left out."""
    low, high = within.low, within.high
    below, closed = low, low is not None
    for edge in edges:
        if (low is not None and edge < low) or (high is not None and edge > high):
            continue
        if below != edge:
            yield from _gap(Cell(below, edge, (closed, False), 0), within.whole)
        if not within.whole or edge.denominator == 1:
            yield Cell(edge, edge, (True, True), edge)
        below, closed = edge, False
    if below is None or below != high:
        yield from _gap(Cell(below, high, (closed, high is not None), 0), within.whole)
    elif closed:
        yield Cell(below, high, (True, True), below)


def _together(decision: Decision, measure: Measure, within: Range) -> Iterator[Cell]:
    """The cells of a measure: neighbours of which every test says the same are one."""
    apart = _tells_apart(decision, measure)
    last: Cell | None = None
    for cell in elementary(measure.edges, within):
        if last is None or apart(last.witness, cell.witness):
            if last is not None:
                yield last
            last = cell
        else:
            # A value between the ends shows more than an end does.
            kept = last.witness if last.low != last.high else cell.witness
            last = Cell(last.low, cell.high, (last.closed[0], cell.closed[1]), kept)
    if last is not None:
        yield last


def _tells_apart(decision: Decision, measure: Measure) -> Callable[[Rational, Rational], bool]:
    """Whether some test of the decision says something else of two values of a measure.

    Only tests with a threshold between them can: asking all of them would take the square of a long table's length.
    """
    at: dict[Rational, list[Says]] = {edge: [] for edge in measure.edges}
    for row in decision.rows:
        for atom in atoms(row):
            if side(atom) == (measure.left, measure.right):
                test = says(atom)
                for edge in thresholds(atom):
                    at[edge].append(test)

    def values(value: Rational) -> list[Value]:
        shown: list[Value] = [0] * len(decision.reads)
        shown[measure.left] = value
        return shown

    def apart(one: Rational, other: Rational) -> bool:
        between = measure.edges[bisect_left(measure.edges, one) : bisect_right(measure.edges, other)]
        return any(test(values(one)) != test(values(other)) for edge in between for test in at[edge])

    return apart


def _range_of(measure: Measure, within: Sequence[Range]) -> Range:
    one = within[measure.left]
    if measure.right is None:
        return one
    if measure.right == measure.left:
        return Range(0, 0, one.whole)
    other = within[measure.right]
    low = None if one.low is None or other.high is None else one.low - other.high
    high = None if one.high is None or other.low is None else one.high - other.low
    return Range(low, high, one.whole and other.whole)


def _gap(cell: Cell, whole: bool) -> Iterator[Cell]:
    """The cell with its witness, if it has any value."""
    low, high = cell.low, cell.high
    if low is None or high is None:
        witness = (high + 1) // 1 - 2 if high is not None else low // 1 + 1 if low is not None else 0
        yield replace(cell, witness=witness)
        return
    middle = divide(low + high, 2)
    for witness in (middle // 1, -(-middle // 1), *(() if whole else (rounded(middle, 1), rounded(middle, 2), middle))):
        if (low < witness < high) or (witness == low and cell.closed[0]) or (witness == high and cell.closed[1]):
            yield replace(cell, witness=witness)
            return
