"""The proof that a compiled decision means what is written: boxes and tests agree on every cell.

The cells are finitely many, so this is no sample. It has three parts. Codes and thresholds compare as values and
thresholds do, at, just below and just above each threshold; the branches of each fork share out its cells, each whole;
and in every situation that the tests as written can tell apart, the boxes have the same outcome, whatever the values
that those tests did not look at. (Of more than four reads, every four are tried absent together, not all.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from scoring.condition import ABOVE, AT_LEAST, AT_MOST, BELOW, EQUAL, MISSING, NOT_APPLICABLE, Compare, Decision, Value
from scoring.engine import plain_matcher
from scoring.engine.boxes import BoxTable, DecisionTooLarge, Diagram, Excess, Fork, compiled
from scoring.engine.cells import Range, cells, natural_range
from scoring.engine.matcher import outcome_text, value_text
from scoring.engine.measures import Measure, coder, measures, states_of
from scoring.engine.situations import explore
from scoring.points import Rational, divide

MOST_SITUATIONS = 250_000
"""Some seconds of work: what needs more is no rule that anybody can check either."""

_RELATIONS = (AT_LEAST, ABOVE, AT_MOST, BELOW, EQUAL)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values ("*" where any) on which the boxes and the tests as written part, and what each of them says."""

    address: str
    values: tuple[str, ...]
    boxes: str
    plain: str


def prove(decision: Decision, table: BoxTable | None = None) -> Disagreement | None:
    """The first disagreement between a decision's boxes and its tests as written; None is a proof that there is none.

    DecisionTooLarge where the decision cannot be compiled, or has no end of situations.
    """
    table = compiled(decision) if table is None else table
    # Every rational, whatever the kind: the boxes must not count on whole numbers.
    ranges = [natural_range(kind) if states_of(kind) else Range() for kind in decision.kinds]
    found = (
        _wrong_measures(table),
        _wrong_codes(table),
        _wrong_branches(table, ranges),
        _wrong_outcomes(table, ranges),
    )
    return next((each for part in found for each in part), None)


def _wrong_measures(table: BoxTable) -> Iterator[Disagreement]:
    if table.measures != measures(table.decision):
        yield _disagreement(table.decision, {}, "measures of another decision", "not so")


def _wrong_codes(table: BoxTable) -> Iterator[Disagreement]:
    """Codes that compare otherwise than their values, with a threshold and those next to it: further ones follow."""
    decision = table.decision
    for measure in table.measures:
        code, edges = coder(measure, decision.address), measure.edges
        for place, edge in enumerate(edges):
            for relation, other in product(_RELATIONS, edges[max(place - 1, 0) : place + 2]):
                test = Compare(measure.left, relation, other, measure.right)
                by_code, written = measure.says(test), plain_matcher.says(test)
                for value in _about(edge, measure):
                    values = _shown(decision, {measure.left: value}, 0)
                    if by_code(code(values)) != written(values):
                        yield _disagreement(decision, {measure.left: value}, f"{relation} {other}", "not so")
        for absent, meant in ((MISSING, measure.missing), (NOT_APPLICABLE, measure.not_applicable)):
            if code(_shown(decision, {measure.left: absent}, 0)) != meant:
                yield _disagreement(decision, {measure.left: absent}, "a code of another value", "not so")


def _about(edge: Rational, measure: Measure) -> Iterator[Rational]:
    """An edge, and what is just beside it: a third of what the measure's unit can tell apart."""
    if measure.states:
        yield from (state for state in (edge,) if state in range(measure.states))
        return
    step = divide(1, 3 * measure.unit)
    yield from (edge - 1, edge - step, edge, edge + step, edge + 1)


def _wrong_branches(table: BoxTable, ranges: Sequence[Range]) -> Iterator[Disagreement]:
    """Forks that leave codes out, or cut a cell in two, of which only one part would be tried."""
    starts = _starts(table, ranges)
    for fork in _forks(table.diagram):
        spans = table.measures[fork.measure].spans()
        expected = spans[0][0]
        for low, high, _ in fork.branches:
            if low != expected or low not in starts[fork.measure]:
                yield _disagreement(table.decision, {}, f"measure {fork.measure} from {low}", f"from {expected}")
            expected = high + 1
        if expected != spans[-1][1] + 1:
            end = f"measure {fork.measure} to {expected - 1}"
            yield _disagreement(table.decision, {}, end, f"to {spans[-1][1]}")


def _starts(table: BoxTable, ranges: Sequence[Range]) -> list[set[int]]:
    """For each measure the codes at which a cell begins."""
    compared = {read for each in table.measures if each.right is not None for read in (each.left, each.right)}
    starts: list[set[int]] = []
    for measure, found in zip(table.measures, cells(table.decision, ranges), strict=True):
        absent = {measure.missing, measure.not_applicable}
        if measure.left in compared:
            starts.append({low for low, _ in measure.spans()})
        else:
            # The first absent code above the others ends a cell; so does the first of the others above the absent.
            begins = {int(measure.at(cell.low)) + (not cell.closed[0]) for cell in found if cell.low is not None}
            starts.append({*absent, measure.low, *begins})
    return starts


def _wrong_outcomes(table: BoxTable, ranges: Sequence[Range]) -> Iterator[Disagreement]:
    decision = table.decision
    coders = [coder(each, decision.address) for each in table.measures]
    situations = explore(decision, plain_matcher.answer(decision), ranges)
    for count, (known, outcome) in enumerate(situations, 1):
        if count > MOST_SITUATIONS:
            raise DecisionTooLarge(Excess(decision.address, "situations", count, MOST_SITUATIONS))
        values = _shown(decision, known, MISSING)
        codes = {
            place: code(values)
            for place, (each, code) in enumerate(zip(table.measures, coders, strict=True))
            if _is_known(each, known)
        }
        for said in _outcomes(table.diagram, codes):
            if said != outcome:
                yield _disagreement(decision, known, outcome_text(said), outcome_text(outcome))


def _shown(decision: Decision, known: Mapping[int, Value], otherwise: Value) -> list[Value]:
    return [known.get(read, otherwise) for read in range(len(decision.reads))]


def _is_known(measure: Measure, known: Mapping[int, Value]) -> bool:
    reads = [read for read in (measure.left, measure.right) if read is not None]
    return all(read in known for read in reads) or any(known.get(read) is MISSING for read in reads)


def _outcomes(at: Diagram, codes: Mapping[int, int]) -> Iterator[int]:
    """All outcomes that are left where only some codes are known."""
    if isinstance(at, int):
        yield at
        return
    code = codes.get(at.measure)
    for low, high, then in at.branches:
        if code is None or low <= code <= high:
            yield from _outcomes(then, codes)


def _forks(diagram: Diagram) -> Iterator[Fork]:
    seen: set[int] = set()
    waiting = [diagram]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Fork) and id(at) not in seen:
            seen.add(id(at))
            yield at
            waiting += [branch.then for branch in at.branches]


def _disagreement(decision: Decision, known: Mapping[int, Value], boxes: str, plain: str) -> Disagreement:
    values = tuple(value_text(known[read]) if read in known else "*" for read in range(len(decision.reads)))
    return Disagreement(decision.address, values, boxes, plain)
