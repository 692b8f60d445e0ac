"""Situations: every way in which the decisions of one rule can turn out, with values to show for each (情形).

What a criterion gives is settled in stages: rows that make it 不适用, exceptions, the rows of its table. They are
explored together, so that a later stage is only asked about what the earlier ones leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from scoring.check_method.reach import Known, Reach
from scoring.check_method.span import NEVER, Span
from scoring.condition import (
    AT_LEAST,
    MISSING,
    NO_ROW,
    UNKNOWN_MISSING,
    Absent,
    All,
    Any_,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
    Value,
)
from scoring.engine.cells import Cell, Range, cells
from scoring.engine.matcher import HOLDS
from scoring.engine.measures import atoms, measures
from scoring.engine.plain_matcher import Says, answer, row_tests
from scoring.engine.situations import explore
from scoring.points import Rational
from scoring.scope import Expression
from scoring.timeline import UNDONE

MOST = 2000
"""Situations of one rule that are looked at; a rule with more is not proven, and the check says so."""

TREATED, EXCEPTED, ROWS, REST, ARRIVED, GAP = "treated", "excepted", "rows", "rest", "arrived", "gap"
"""How a rule is settled: by a row of 不适用, by an exception, by rows of its table, by its mechanism as such; by a
不适用 that comes with the data; or by no row at all."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Decisions asked one after another: the first that answers settles it."""

    name: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Way:
    """One situation: how it is settled, by which rows, and what is known of the data then.

    `reads` and `values` show an example; two or more `rows` hold at once only where they overlap. `picked`: of all
    ways that come out so, one was found by the solver, and nothing is known of the others. `doubtful`: it could neither
    be shown nor be ruled out.
    """

    stage: str
    rows: tuple[int, ...] = ()
    reads: tuple[Expression, ...] = ()
    values: Mapping[int, Value] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    picked: bool = False
    doubtful: bool = False


class TooMany(Exception):
    """There are more situations than can be looked at."""


SKIPPED, UNDECIDED, DIRECTION, PARTS = "skipped", "undecided", "direction", "parts"
"""Why something of a rule is not proven: no solver is installed; the solver could not tell, or not which way points
move with the data; or parts leave the table in more ways than can be followed."""


def every_way(stages: Sequence[Stage], reach: Reach, source: str = "") -> list[Way]:
    """Every way in which the stages can turn out where nothing is missing. TooMany where there is no end of them."""
    if not stages:
        return [Way(REST)]
    joint, moved = joined(stages)
    asked = Asked(moved)
    spans = [reach.span(read, source) for read in joint.reads]
    if not all(each.present or each.not_applicable for each in spans):
        return []
    within = [within_of(span, kind) for span, kind in zip(spans, joint.kinds, strict=True)]
    told = _Cells(joint, within, spans)
    bounds = [
        (one, other)
        for one, other in permutations(range(len(joint.reads)), 2)
        if reach.at_most(joint.reads[one], joint.reads[other], source)
    ]
    found: list[Way] = []
    for seen, (values, (name, rows)) in enumerate(explore(_with_ends(joint, within), asked, within)):
        if seen > MOST:
            raise TooMany
        if name == MISSING.value or MISSING in values.values():
            continue
        known = {(joint.reads[read], source): told.span(read, value) for read, value in values.items()}
        if told.possible(values, bounds) and _consistent(known, reach):
            found.append(Way(name, rows, joint.reads, values, known))
    return found


def joined(stages: Sequence[Stage]) -> tuple[Decision, list[Stage]]:
    """All stages as one decision over shared reads, and each by itself over the same."""
    reads: list[Expression] = []
    kinds: list[str] = []
    moved: list[tuple[str, Decision]] = []
    for stage in stages:
        places = []
        for read, kind in zip(stage.decision.reads, stage.decision.kinds, strict=True):
            if read not in reads:
                reads.append(read)
                kinds.append(kind)
            places.append(reads.index(read))
        rows = tuple(_moved(row, places) for row in stage.decision.rows)
        moved.append((stage.name, replace(stage.decision, rows=rows)))
    whole = [Stage(name, replace(decision, reads=tuple(reads), kinds=tuple(kinds))) for name, decision in moved]
    joint = replace(whole[0].decision, rows=tuple(row for stage in whole for row in stage.decision.rows))
    return joint, whole


def _with_ends(joint: Decision, within: Sequence[Range]) -> Decision:
    """With edges where the range of a read ends that others are compared with: so that they are met beyond it too."""
    pairs = [(each.left, each.right) for row in joint.rows for each in atoms(row) if isinstance(each, Compare)]
    more: list[Test] = []
    for left, right in pairs:
        for read, other in ((left, right), (right, left)):
            if read is None or other is None:
                continue
            ends = (within[other].low, within[other].high)
            more += [Compare(read, AT_LEAST, end) for end in ends if end is not None]
    return replace(joint, rows=(*joint.rows, *more)) if more else joint


def _moved(test: Test, places: Sequence[int]) -> Test:
    """A test that speaks of the joint reads."""
    if isinstance(test, Compare):
        right = None if test.right is None else places[test.right]
        return Compare(places[test.left], test.relation, test.bound, right)
    if isinstance(test, IsOneOf):
        return IsOneOf(places[test.left], test.states)
    if isinstance(test, IsNotApplicable):
        return IsNotApplicable(places[test.left])
    parts = tuple(_moved(part, places) for part in test.parts)
    if isinstance(test, All):
        return All(parts)
    return Any_(parts) if isinstance(test, Any_) else None_(parts)


class Asked:
    """Asks the stages in turn: how it is settled, and by which rows."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self._stages: list[tuple[str, bool, Says, tuple[Says, ...]]] = [
            (each.name, each.decision.ordered, answer(each.decision), row_tests(each.decision)) for each in stages
        ]

    def __call__(self, values: Sequence[Value]) -> tuple[str, tuple[int, ...]]:
        for name, ordered, says, rows in self._stages:
            holding = () if ordered else tuple(at for at, row in enumerate(rows) if row(values) == HOLDS)
            if holding:
                return name, holding
            outcome = says(values)
            if outcome >= 0:
                return name, (outcome,)
            if outcome == UNKNOWN_MISSING:
                return MISSING.value, ()
            if name == ROWS:
                return (GAP, ()) if outcome == NO_ROW else (ARRIVED, ())
            if outcome != NO_ROW and name == EXCEPTED:
                return ARRIVED, ()
        return REST, ()


class _Cells:
    """What a witness stands for: the cell it was taken from, or all values where reads are compared with each other."""

    def __init__(self, joint: Decision, within: Sequence[Range], spans: Sequence[Span]) -> None:
        self._spans = spans
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._compared: set[int] = set()
        for measure, found in zip(measures(joint), cells(joint, within), strict=True):
            if measure.right is None:
                self._cells[measure.left] = found
            else:
                self._compared |= {measure.left, measure.right}

    def span(self, read: int, value: Value) -> Span:
        if isinstance(value, Absent):
            return NEVER.absent()
        whole = self._spans[read]
        if read in self._compared:
            return whole.absent(False)
        for cell in self._cells.get(read, ()):
            span = Span(cell.low, cell.high, not cell.closed[0], not cell.closed[1], whole.whole)
            if span.holds(value):
                return span
        return whole.absent(False)

    def possible(self, values: Mapping[int, Value], bounds: Sequence[tuple[int, int]]) -> bool:
        """Whether the bounds that facts set for each other (the first never above the second) allow these values."""
        for one, other in bounds:
            value, limit = values.get(one, MISSING), values.get(other, MISSING)
            if not isinstance(value, Absent) and not isinstance(limit, Absent):
                least, most = self._least(one, value), self._most(other, limit)
                if least is not None and most is not None and least > most:
                    return False
        return True

    def _least(self, read: int, value: Rational) -> Rational | None:
        return value if read in self._compared else self.span(read, value).low

    def _most(self, read: int, value: Rational) -> Rational | None:
        return value if read in self._compared else self.span(read, value).high


def _consistent(known: Known, reach: Reach) -> bool:
    """Whether what is known of some values agrees with what follows from the others."""
    if len(known) < 2:
        return True
    under = reach.under(known)
    for (read, source), span in known.items():
        found = under.span(read, source)
        if not (found.present if span.present else found.not_applicable):
            return False
    return True


def within_of(span: Span, kind: str) -> Range:
    """A span as the engine takes the values of a read."""
    low, high = span.low, span.high
    if kind == "date":
        low = 1 if low is None else low
        high = UNDONE if high is None else high
    return Range(low, high, span.whole, span.not_applicable)
