"""Decisions compiled to disjoint boxes: closed intervals of codes, exactly one of which holds whatever the values.

A decision is expanded measure by measure, over the cells of each, into a diagram. A branch ends as soon as the outcome
is settled; neighbours that lead to the same end are one branch. Each way through the diagram is a box, and a box is one
rule of the engine: it needs no `or`, no negation and no test of absence, where engines go wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from scoring.condition import (
    NO_ROW,
    UNKNOWN_MISSING,
    Any_,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
    Value,
)
from scoring.engine.matcher import FAILS, HOLDS
from scoring.engine.measures import (
    Coder,
    Measure,
    coder,
    column_coder,
    measures,
    side,
    thresholds,
    upright,
    value_coder,
)

MOST_FORKS = 10_000
"""Forks in one diagram; a decision beyond it is no rule that anybody reads, and could take for ever."""


class Branch(NamedTuple):
    """Codes from `low` to `high`, both included, and what follows from them."""

    low: int
    high: int
    then: Diagram


class Fork(NamedTuple):
    """A measure and its branches, which share out all of its codes, ascending."""

    measure: int
    branches: tuple[Branch, ...]


Diagram: TypeAlias = int | Fork


class Bounds(NamedTuple):
    measure: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Box:
    """Intervals of codes, one a measure that matters, and the outcome where all of them hold."""

    bounds: tuple[Bounds, ...]
    outcome: int

    def holds(self, codes: Sequence[int]) -> bool:
        return all(low <= codes[measure] <= high for measure, low, high in self.bounds)


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that a decision breaks: `found` of something, where `allowed` is the most. Names as in limits.py."""

    address: str
    limit: str
    found: int
    allowed: int


class DecisionTooLarge(Exception):
    """A decision cannot be compiled: it has no end of cases, or breaks a limit of the engine."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess)
        self.excess = excess

    def __str__(self) -> str:
        return f"{self.excess.address}: {self.excess.limit} {self.excess.found} > {self.excess.allowed}"


@dataclass(frozen=True, slots=True, eq=False)
class BoxTable:
    """A compiled decision. `codes` brings its values to one code a measure; where one value is all, `each` brings many
    such values to a code each."""

    decision: Decision
    measures: tuple[Measure, ...]
    diagram: Diagram
    codes: Callable[[Sequence[Value]], tuple[int, ...]] = field(repr=False)
    each: Callable[[Sequence[Value]], list[int]] | None = field(default=None, repr=False)

    def outcome(self, codes: Sequence[int]) -> int:
        """The outcome for codes, by walking the diagram."""
        at = self.diagram
        while not isinstance(at, int):
            code = codes[at.measure]
            at = next(branch.then for branch in at.branches if branch.low <= code <= branch.high)
        return at

    def boxes(self) -> list[Box]:
        """All boxes, in the order of their codes."""
        return [Box(bounds, outcome) for bounds, outcome in _ways(self.diagram)]

    def size(self) -> int:
        """How many boxes there are, counted without making them."""
        counted: dict[int, int] = {}

        def count(at: Diagram) -> int:
            if isinstance(at, int):
                return 1
            if id(at) not in counted:
                counted[id(at)] = sum(count(branch.then) for branch in at.branches)
            return counted[id(at)]

        return count(self.diagram)


def compiled(decision: Decision) -> BoxTable:
    """The boxes of a decision; DecisionTooLarge where there is no end of cases."""
    found = measures(decision)
    diagram = _Expansion(decision, found).diagram()
    alone = len(decision.reads) == len(found) == 1 and found[0].right is None
    if not alone:
        return BoxTable(decision, found, diagram, _together([coder(each, decision.address) for each in found]))
    code = value_coder(found[0], decision.address)
    each = column_coder(found[0], decision.address)
    return BoxTable(decision, found, diagram, lambda values: (code(values[0]),), each)


def _together(coders: list[Coder]) -> Callable[[Sequence[Value]], tuple[int, ...]]:
    # Nearly every decision reads one or two measures, and is asked often: two are worth their lines.
    if len(coders) == 2:
        first, second = coders
        return lambda values: (first(values), second(values))
    return lambda values: tuple([each(values) for each in coders])


def _ways(at: Diagram) -> Iterator[tuple[tuple[Bounds, ...], int]]:
    if isinstance(at, int):
        yield (), at
        return
    for low, high, then in at.branches:
        for bounds, outcome in _ways(then):
            yield (Bounds(at.measure, low, high), *bounds), outcome


class _Atom(NamedTuple):
    """A comparison: which measure, and the number of what it says of its cells."""

    measure: int
    number: int


class _Join(NamedTuple):
    """All of `parts` (`settles` is FAILS: one that fails settles it), or any of them (`settles` is HOLDS)."""

    settles: int
    parts: tuple[_Formula, ...]


_Formula: TypeAlias = int | _Atom | _Join
"""A test, as far as it is not yet known: a number is a verdict."""


class _Row(NamedTuple):
    number: int
    formula: _Formula


class _Left(NamedTuple):
    """What is left of a decision once some measures are known: rows that may hold, and the worst unknown row seen."""

    rows: tuple[_Row, ...]
    unknown: int


class _Expansion:
    """One decision on its way to a diagram."""

    def __init__(self, decision: Decision, found: tuple[Measure, ...]) -> None:
        self._decision = decision
        self._spans = [measure.spans() for measure in found]
        self._measures = found
        self._places = {(measure.left, measure.right): place for place, measure in enumerate(found)}
        self._first_codes = [[low for low, _ in spans] for spans in self._spans]
        self._starts: list[list[int]] = []
        self._verdicts: list[list[int]] = []
        self._numbers: dict[object, int] = {}
        self._forks: dict[object, Fork] = {}
        self._known: dict[_Left, Diagram] = {}

    def diagram(self) -> Diagram:
        rows = [_Row(number, self._formula(row, False)) for number, row in enumerate(self._decision.rows)]
        left = self._left(rows, NO_ROW)
        return left if isinstance(left, int) else self._expand(left)

    def _formula(self, test: Test, negated: bool) -> _Formula:
        if isinstance(test, Compare | IsOneOf | IsNotApplicable):
            return self._atom(test, negated)
        if isinstance(test, None_):
            return self._formula(Any_(test.parts), not negated)
        # Negation moves inwards: what is unknown stays so, and none of (a, b) is all of (not a, not b).
        settles = HOLDS if isinstance(test, Any_) != negated else FAILS
        return _joined(settles, [self._formula(part, negated) for part in test.parts])

    def _atom(self, atom: Compare | IsOneOf | IsNotApplicable, negated: bool) -> _Atom:
        atom = upright(atom)
        place = self._places[side(atom)]
        verdict, starts = self._measures[place].says(atom), self._first_codes[place]
        # What a test says changes at its thresholds, and where values are absent: at either end.
        turns = {0, 1, 2, len(starts) - 2, len(starts) - 1}
        for edge in thresholds(atom):
            at = bisect_left(starts, self._measures[place].at(edge))
            turns |= {at, at + 1}
        runs: list[tuple[int, int]] = []
        for cell in sorted(turns):
            said = verdict(starts[cell]) if cell < len(starts) else runs[-1][1]
            if not runs or runs[-1][1] != said:
                runs.append((cell, said))
        number = self._numbers.setdefault((place, negated, tuple(runs)), len(self._starts))
        if number == len(self._starts):
            self._starts.append([cell for cell, _ in runs])
            self._verdicts.append([1 - said if negated and said >= 0 else said for _, said in runs])
        return _Atom(place, number)

    def _left(self, rows: Sequence[_Row], unknown: int) -> _Left | int:
        """What rows leave open, or the outcome where they leave nothing."""
        open_rows: list[_Row] = []
        for row in rows:
            verdict = row.formula
            if not isinstance(verdict, int):
                open_rows.append(row)
            elif verdict == HOLDS or (verdict != FAILS and self._decision.ordered):
                # Nothing after this row counts; in any order, a row that holds outranks every unknown one.
                if not open_rows:
                    return row.number if verdict == HOLDS else verdict
                return _Left((*open_rows, row), NO_ROW)
            elif verdict != FAILS:
                unknown = _worse(unknown, verdict)
        return _Left(tuple(open_rows), unknown) if open_rows else unknown

    def _expand(self, left: _Left) -> Diagram:
        if left in self._known:
            return self._known[left]
        if len(self._known) >= MOST_FORKS:
            raise DecisionTooLarge(Excess(self._decision.address, "forks", len(self._known) + 1, MOST_FORKS))
        measure = _first_measure(left.rows[0].formula)
        branches: list[Branch] = []
        for (low, high), rows in zip(self._spans[measure], self._rows_by_cell(left.rows, measure), strict=True):
            after = self._left(rows, left.unknown)
            then = after if isinstance(after, int) else self._expand(after)
            if branches and _same(branches[-1].then, then):
                branches[-1] = branches[-1]._replace(high=high)
            else:
                branches.append(Branch(low, high, then))
        known = branches[0].then if len(branches) == 1 else self._fork(measure, tuple(branches))
        self._known[left] = known
        return known

    def _rows_by_cell(self, rows: Sequence[_Row], measure: int) -> list[list[_Row]]:
        """For each cell of a measure the rows that may still hold there.

        A row is looked at where one of its tests changes, not in every cell: long tables have many of both.
        """
        cells = len(self._spans[measure])
        by_cell: list[list[_Row]] = [[] for _ in range(cells)]
        for number, formula in rows:
            starts = sorted({0, *self._changes_of(formula, measure)})
            for start, end in zip(starts, [*starts[1:], cells], strict=True):
                then = self._resolved(formula, measure, start)
                if then != FAILS:
                    row = _Row(number, then)
                    for cell in range(start, end):
                        by_cell[cell].append(row)
        return by_cell

    def _changes_of(self, formula: _Formula, measure: int) -> Iterator[int]:
        """The cells of a measure where a test in the formula begins to say something else."""
        if isinstance(formula, _Atom):
            if formula.measure == measure:
                yield from self._starts[formula.number]
        elif isinstance(formula, _Join):
            for part in formula.parts:
                yield from self._changes_of(part, measure)

    def _fork(self, measure: int, branches: tuple[Branch, ...]) -> Fork:
        """Equal forks are one object, so that neighbours are compared at a glance."""
        ends = tuple((low, high, then if isinstance(then, int) else ("fork", id(then))) for low, high, then in branches)
        return self._forks.setdefault((measure, ends), Fork(measure, branches))

    def _resolved(self, formula: _Formula, measure: int, cell: int) -> _Formula:
        """The formula once it is known in which cell a measure lies."""
        if isinstance(formula, int):
            return formula
        if isinstance(formula, _Atom):
            if formula.measure != measure:
                return formula
            return self._verdicts[formula.number][bisect_right(self._starts[formula.number], cell) - 1]
        return _joined(formula.settles, [self._resolved(part, measure, cell) for part in formula.parts])


def _joined(settles: int, parts: list[_Formula]) -> _Formula:
    """Parts taken together, as far as they are known."""
    unknown: int | None = None
    open_parts: dict[_Formula, None] = {}
    for part in parts:
        if not isinstance(part, int):
            open_parts[part] = None
        elif part == settles:
            return settles
        elif part < 0:
            unknown = part if unknown is None else _worse(unknown, part)
    if not open_parts:
        return 1 - settles if unknown is None else unknown
    if unknown is None and len(open_parts) == 1:
        return next(iter(open_parts))
    return _Join(settles, (*open_parts, *(() if unknown is None else (unknown,))))


def _worse(one: int, other: int) -> int:
    """未报 outranks 不适用, and either outranks NO_ROW."""
    if UNKNOWN_MISSING in (one, other):
        return UNKNOWN_MISSING
    return other if one == NO_ROW else one


def _first_measure(formula: _Formula) -> int:
    while isinstance(formula, _Join):
        formula = formula.parts[0]
    assert isinstance(formula, _Atom)
    return formula.measure


def _same(one: Diagram, other: Diagram) -> bool:
    return one == other if isinstance(one, int) and isinstance(other, int) else one is other
