"""The ways in which a rule can turn out: each of them, or where they are too many, one of each kind (判定的结果).

One by one is exact and shows where each situation begins and ends. Beyond the limit the solver is asked for each row,
for each two rows at once, for a gap, whether it can come about at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from scoring.check_method.data import Data
from scoring.check_method.formulas import Amount, Says, literal
from scoring.check_method.reach import Known, Reach
from scoring.check_method.situations import (
    ARRIVED,
    GAP,
    REST,
    ROWS,
    TREATED,
    Asked,
    Stage,
    TooMany,
    Way,
    every_way,
    joined,
    within_of,
)
from scoring.check_method.solver import GaveUp, Solver, Term, available
from scoring.check_method.span import NEVER, Span, meet
from scoring.check_method.trial import Case, Trial, case_of
from scoring.condition import ABOVE, AT_LEAST, AT_MOST, BELOW, Decision
from scoring.engine.cells import Cell, cells
from scoring.engine.measures import measures
from scoring.scope import Expression


def ways(stages: Sequence[Stage], reach: Reach, source: str = "") -> list[Way]:
    """The ways in which the stages can turn out where nothing is missing.

    TooMany where they cannot be looked at one by one and no solver is installed.
    """
    try:
        return every_way(stages, reach, source)
    except TooMany:
        if not available():
            raise
        return Picking(stages, reach, source).ways()


def outcomes(decision: Decision, reach: Reach, source: str = "") -> list[Way]:
    """The ways of a single decision."""
    return ways((Stage(ROWS, decision),), reach, source)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to be settled, and when it is."""

    stage: str
    rows: tuple[int, ...]
    claim: Term


def settled(stages: Sequence[Stage], data: Data, reads: list[Amount]) -> Iterator[Outcome]:
    """When stages asked in turn are settled by which row, or by none."""
    solver = data.solver
    left, arrived = solver.true, [solver.false]
    for stage in stages:
        said = [data.says(row, reads) for row in stage.decision.rows]
        unknown = solver.every((left, solver.some(_unknown(data, stage.decision.ordered, said))))
        for row, claim in enumerate(_held(data, stage.decision.ordered, said)):
            yield Outcome(stage.name, (row,), solver.every((left, claim)))
        failed = solver.every((left, *(each.fails for each in said)))
        if stage.name == ROWS:
            yield Outcome(GAP, (), failed)
        if stage.name != TREATED:
            arrived.append(unknown)
        left = solver.some((failed, unknown)) if stage.name == TREATED else failed
    if all(stage.name != ROWS for stage in stages):
        yield Outcome(REST, (), left)
    yield Outcome(ARRIVED, (), solver.some(arrived))


def _held(data: Data, ordered: bool, said: list[Says]) -> Iterator[Term]:
    """When each row counts: in order only where all before it fail."""
    for row, each in enumerate(said):
        yield data.solver.every((*(before.fails for before in said[:row]), each.holds)) if ordered else each.holds


def _unknown(data: Data, ordered: bool, said: list[Says]) -> Iterator[Term]:
    """When a row leaves it open."""
    solver = data.solver
    for row, each in enumerate(said):
        others = [before.fails for before in said[:row]] if ordered else [solver.no(other.holds) for other in said]
        yield solver.every((*others, solver.no(each.holds), solver.no(each.fails)))


@dataclass(slots=True)
class Picking:
    """One way of each kind. What could not be told is noted with `reach`, by the address of the last decision."""

    stages: Sequence[Stage]
    reach: Reach
    source: str = ""
    data: Data = field(init=False)
    decision: Decision = field(init=False)
    reads: list[Amount] = field(init=False)
    cells: dict[int, tuple[Cell, ...]] = field(init=False)
    """For each read the values of it that no test can tell apart, ascending."""
    _moved: list[Stage] = field(init=False)
    _ask: Asked = field(init=False)

    def __post_init__(self) -> None:
        self.data = Data(Solver(), self.reach)
        self.decision, self._moved = joined(self.stages)
        self._ask = Asked(self._moved)
        self.reads = [self.data.amount(read, self.source) for read in self.decision.reads]
        for key in self.reach.known:
            self.data.amount(*key)
        within = [
            within_of(self.reach.span(read, self.source), kind)
            for read, kind in zip(self.decision.reads, self.decision.kinds, strict=True)
        ]
        found = zip(measures(self.decision), cells(self.decision, within), strict=True)
        self.cells = {measure.left: each for measure, each in found if measure.right is None}

    def ways(self) -> list[Way]:
        found: list[Way] = []
        for outcome in settled(self._moved, self.data, self.reads):
            found += self._look(outcome)
        found += self._overlaps()
        if any(way.doubtful and way.stage != ARRIVED for way in found):  # what a node says of 不适用 settles that
            self.reach.undecided.add(self.stages[-1].decision.address)
        return found

    def _overlaps(self) -> Iterator[Way]:
        """Two rows that hold at once, where they should exclude each other."""
        solver, before = self.data.solver, self.data.solver.true
        for stage in self._moved:
            said = [self.data.says(row, self.reads) for row in stage.decision.rows]
            if not stage.decision.ordered:
                pairs = {
                    pair: solver.every((before, *(said[row].holds for row in pair)))
                    for pair in combinations(range(len(said)), 2)
                }
                if self._possible(solver.some(pairs.values())):
                    for pair, claim in pairs.items():
                        yield from self._look(Outcome(stage.name, pair, claim))
            before = solver.every((before, *(each.fails for each in said)))

    def _possible(self, *claims: Term) -> bool:
        """Whether claims may hold together."""
        try:
            return self.data.solver.find((*self.data.claims, *claims)) is not None
        except GaveUp:
            return True

    def _look(self, outcome: Outcome) -> Iterator[Way]:
        """The way of an outcome, with values that were tried out; nothing where there is none."""
        try:
            model = self.data.solver.find((*self.data.claims, outcome.claim))
        except GaveUp:
            yield Way(outcome.stage, outcome.rows, known=self._known(outcome), picked=True, doubtful=True)
            return
        if model is None:
            return
        trial, case = Trial(self.data, self.source), case_of(self.data, model)
        shown = None if case is None else trial.tidied(case, self._comes_out(trial, outcome))
        reported = outcome.stage in (GAP, ARRIVED) or len(outcome.rows) > 1
        if shown is None or (reported and self.data.related()):
            # A row that may count is no complaint: only what would be one is in doubt.
            yield Way(outcome.stage, outcome.rows, known=self._known(outcome), picked=True, doubtful=reported)
            return
        reads = self.decision.reads
        values = dict(enumerate(trial.values(shown, reads)))
        yield Way(outcome.stage, outcome.rows, reads, values, self._known(outcome), picked=True)

    def _known(self, outcome: Outcome) -> Known:
        """How far each read reaches where it comes out so: from the first cell of it that is possible to the last."""
        found: dict[tuple[Expression, str], Span] = {}
        for place, read in enumerate(self.decision.reads):
            span, amount = self.reach.span(read, self.source), self.reads[place]
            absent = span.not_applicable and self._possible(outcome.claim, amount.absent)
            low = self._first_end(outcome, place, self.cells.get(place, ()))
            high = self._first_end(outcome, place, self.cells.get(place, ())[::-1])
            held = span.absent(absent)
            if low is not None and high is not None:
                inside = Span(low.low, high.high, not low.closed[0], not high.closed[1], span.whole)
                held = meet(span, inside.absent()).absent(absent)
            elif self.cells.get(place):
                held = NEVER.absent()
            found[read, self.source] = held
        return found

    def _first_end(self, outcome: Outcome, place: int, cells: Sequence[Cell]) -> Cell | None:
        """The first of some cells that a read may lie in."""
        data, amount = self.data, self.reads[place]
        for cell in cells:
            ends = (
                (ABOVE if not cell.closed[0] else AT_LEAST, cell.low),
                (BELOW if not cell.closed[1] else AT_MOST, cell.high),
            )
            held = [data.compared(amount, sign, literal(data, end)) for sign, end in ends if end is not None]
            if self._possible(outcome.claim, data.solver.no(amount.absent), *held):
                return cell
        return None

    def _comes_out(self, trial: Trial, outcome: Outcome) -> Callable[[Case], bool]:
        """Whether the rule itself says so of a case."""

        def so(case: Case) -> bool:
            stage, rows = self._ask(trial.values(case, self.decision.reads))
            return stage == outcome.stage and set(outcome.rows) <= set(rows)

        return so
