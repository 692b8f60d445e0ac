"""Situations: values for all that a decision reads, one set for each way in which it can come out.

Within a cell no test can tell two values apart, so one witness stands for all. Where reads are compared with each
other, the values chosen for one become edges for the others; between two rationals there is always another, so that
every order they can stand in is met, three-way ones (a ≤ b ≤ c) included, and no impossible one. (Whole numbers can run
out of room: there a lowest, a middle and a highest witness are tried.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Compare, Decision, Value
from scoring.engine.cells import Range, cells, elementary, natural_ranges
from scoring.engine.measures import atoms, measures
from scoring.points import Rational

Said = TypeVar("Said")

ABSENT_TOGETHER = 4
"""How many values are tried absent at once. Whether a decision is unknown, and why, hangs on two at most: one that is
未报 and one that is 不适用."""


def explore(
    decision: Decision,
    ask: Callable[[Sequence[Value]], Said],
    ranges: Sequence[Range] | None = None,
    absent_together: int = ABSENT_TOGETHER,
) -> Iterator[tuple[dict[int, Value], Said]]:
    """Every situation that `ask` can tell apart, as the values of the reads it looked at, and what it said.

    A read is given a value when `ask` first looks at it, so what it did not look at is proven not to matter. `ask`
    must be a function of the values alone, and compare as the decision does. At most `absent_together` of the values
    are absent at a time: were it all, none of ten conditions would have 3^10 situations in which nothing is settled.
    """
    within = natural_ranges(decision) if ranges is None else ranges
    related = _related(decision)
    edges = _edges(decision, related)
    alone = {
        measure.left: [cell.witness for cell in found]
        for measure, found in zip(measures(decision), cells(decision, within), strict=True)
        if len(related[measure.left]) == 1 and measure.right is None
    }

    def follow(known: dict[int, Value]) -> Iterator[tuple[dict[int, Value], Said]]:
        try:
            said = ask(_Partial(known))
        except _Unknown as unknown:
            read = unknown.read
            absent = sum(isinstance(value, Absent) for value in known.values())
            if within[read].may_be_absent and absent < absent_together:
                yield from follow({**known, read: MISSING})
                yield from follow({**known, read: NOT_APPLICABLE})
            if read in alone:
                witnesses: Iterable[Rational] = alone[read]
            else:
                others = [known[other] for other in related[read] if other in known]
                points = edges[read].union(other for other in others if not isinstance(other, Absent))
                witnesses = _witnesses(sorted(points), within[read], len(related[read]))
            for witness in witnesses:
                yield from follow({**known, read: witness})
            return
        yield known, said

    return follow({})


class _Unknown(Exception):
    """A value was looked at that is not chosen yet."""

    def __init__(self, read: int) -> None:
        super().__init__(read)
        self.read = read


class _Partial(Sequence[Value]):
    """Values of which only some are chosen."""

    def __init__(self, known: Mapping[int, Value]) -> None:
        self._known = known

    @overload
    def __getitem__(self, read: int) -> Value: ...
    @overload
    def __getitem__(self, read: slice) -> Sequence[Value]: ...
    def __getitem__(self, read: int | slice) -> Value | Sequence[Value]:
        if isinstance(read, slice):
            raise TypeError("values are looked at one by one")
        if read not in self._known:
            raise _Unknown(read)
        return self._known[read]

    def __len__(self) -> int:
        raise TypeError("values are looked at one by one")


def _related(decision: Decision) -> dict[int, set[int]]:
    """For each read those it is compared with, through others too, itself included."""
    related: dict[int, set[int]] = {read: {read} for read in range(len(decision.reads))}
    for row in decision.rows:
        for atom in atoms(row):
            if isinstance(atom, Compare) and atom.right is not None and atom.right not in related[atom.left]:
                joined = related[atom.left] | related[atom.right]
                related.update(dict.fromkeys(joined, joined))
    return related


def _edges(decision: Decision, related: Mapping[int, set[int]]) -> dict[int, set[Rational]]:
    """For each read the thresholds of all it is related to."""
    own: dict[int, set[Rational]] = {}
    for each in measures(decision):
        if each.right is None:
            own[each.left] = set(each.edges)
    return {read: set().union(*(own.get(other, ()) for other in others)) for read, others in related.items()}


def _witnesses(points: Sequence[Rational], within: Range, related: int) -> Iterator[Rational]:
    for cell in elementary(points, within):
        if not within.whole:
            yield cell.witness
            continue
        # Room on both sides for the other reads, where there is any.
        low = cell.witness - 2 * related if cell.low is None else cell.low
        high = cell.witness + 2 * related if cell.high is None else cell.high
        lowest, highest = -((-low) // 1), high // 1
        lowest += cell.low is not None and not cell.closed[0] and lowest == low
        highest -= cell.high is not None and not cell.closed[1] and highest == high
        yield from dict.fromkeys((lowest, cell.witness, highest))
