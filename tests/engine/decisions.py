"""Decisions and values to try matchers on, and the meaning of both spelt out as slowly as can be read."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise, product

from hypothesis import strategies as st

from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    EQUAL,
    MISSING,
    NO_ROW,
    NOT_APPLICABLE,
    UNKNOWN_MISSING,
    UNKNOWN_NOT_APPLICABLE,
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
from scoring.points import Rational, exact

RELATIONS = (AT_LEAST, ABOVE, AT_MOST, BELOW, EQUAL)
KINDS = ("number", "number", "count", "date", "states:2", "states:5")
TINY = Fraction(1, 10**9)

Said = bool | Absent


def numbers() -> st.SearchStrategy[Rational]:
    """Thresholds as methods have them, and worse: thirds, sevenths, negatives."""
    return st.builds(
        lambda above, below: exact(Fraction(above, below)),
        st.integers(-12, 12),
        st.sampled_from((1, 1, 1, 2, 3, 7, 10, 100)),
    )


def tests(kinds: tuple[str, ...]) -> st.SearchStrategy[Test]:
    """Tests over reads of these kinds, nested a few deep."""
    reads = st.integers(0, len(kinds) - 1)
    relations = st.sampled_from(RELATIONS)
    atoms = st.one_of(
        st.builds(Compare, reads, relations, numbers()),
        st.builds(Compare, reads, relations, numbers()),
        st.builds(Compare, reads, relations, st.just(0), reads),
        st.builds(IsOneOf, reads, st.lists(st.integers(0, 4), max_size=3, unique=True).map(tuple)),
        st.builds(IsNotApplicable, reads),
    )

    def joined(parts: st.SearchStrategy[Test]) -> st.SearchStrategy[Test]:
        several = st.lists(parts, max_size=3).map(tuple)
        return st.one_of(st.builds(All, several), st.builds(Any_, several), st.builds(None_, several))

    return st.recursive(atoms, joined, max_leaves=6)


@st.composite
def decisions(draw: st.DrawFn, reads: int = 3, rows: int = 4) -> Decision:
    """Decisions of every kind; rows overlap and leave gaps as they like."""
    kinds = tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=reads)))
    chosen = tuple(draw(st.lists(tests(kinds), max_size=rows)))
    return Decision(
        "1.1/bands", tuple(f"read{index}" for index in range(len(kinds))), kinds, chosen, draw(st.booleans())
    )


def thresholds(test: Test) -> set[Rational]:
    """All constants in a test."""
    if isinstance(test, Compare):
        return {0 if test.right is not None else test.bound}
    if isinstance(test, IsOneOf):
        return set(test.states)
    if isinstance(test, IsNotApplicable):
        return set()
    return set().union(*map(thresholds, test.parts))


def values_of(decision: Decision, most: int = 300) -> list[tuple[Value, ...]]:
    """Values at, just below and just above every threshold, far away, thirds, 未报 and 不适用, in all combinations;
    where these are more than `most`, some of them, always the same."""
    edges = set().union(*map(thresholds, decision.rows), {0})
    near: set[Value] = {edge + step for edge in edges for step in (-1, -TINY, 0, TINY, 1, Fraction(1, 3))}
    number = [*sorted(map(exact, near)), 10**12, Fraction(-(10**12), 7)]
    columns: list[list[Value]] = [
        [MISSING, NOT_APPLICABLE, *(range(int(kind[7:])) if kind.startswith("states:") else number)]
        for kind in decision.kinds
    ]
    chance = random.Random(len(number))
    if len(decision.kinds) == 1:
        return [(value,) for value in columns[0]]
    if len(columns[0]) * len(columns[1]) <= most and len(columns) == 2:
        return list(product(*columns))
    return [tuple(map(chance.choice, columns)) for _ in range(most)]


def outcome_as_written(decision: Decision, values: tuple[Value, ...]) -> int:
    """The docstring of Decision, word for word."""
    said = [_says(row, values) for row in decision.rows]
    undecided: list[Absent] = []
    for index, verdict in enumerate(said):
        if isinstance(verdict, Absent):
            undecided.append(verdict)
            if decision.ordered:
                break
        elif verdict:
            return index
    if not undecided:
        return NO_ROW
    return UNKNOWN_MISSING if MISSING in undecided else UNKNOWN_NOT_APPLICABLE


def _says(test: Test, values: tuple[Value, ...]) -> Said:
    if isinstance(test, IsNotApplicable):
        return MISSING if values[test.left] is MISSING else values[test.left] is NOT_APPLICABLE
    if isinstance(test, Compare | IsOneOf):
        read: list[Value] = [values[test.left]]
        if isinstance(test, Compare):
            read.append(test.bound if test.right is None else values[test.right])
        absent = [value for value in read if isinstance(value, Absent)]
        if absent:
            return _worst(absent)
        if isinstance(test, IsOneOf):
            return read[0] in test.states
        one, other = Fraction(read[0]), Fraction(read[1])
        return {
            AT_LEAST: one >= other,
            ABOVE: one > other,
            AT_MOST: one <= other,
            BELOW: one < other,
            EQUAL: one == other,
        }[test.relation]
    said = [_says(part, values) for part in test.parts]
    absent = [verdict for verdict in said if isinstance(verdict, Absent)]
    if isinstance(test, All):
        return False if False in said else _worst(absent) if absent else True
    holds: Said = True if True in said else _worst(absent) if absent else False
    return not holds if isinstance(test, None_) and isinstance(holds, bool) else holds


def _worst(absent: list[Absent]) -> Absent:
    return MISSING if MISSING in absent else NOT_APPLICABLE


def bands(address: str, edges: tuple[Rational, ...], kind: str = "number") -> Decision:
    """A table of bands over one read: below the first edge, from each edge on, 以上 included."""
    rows: list[Test] = [Compare(0, BELOW, edges[0])]
    rows += [All((Compare(0, AT_LEAST, low), Compare(0, BELOW, high))) for low, high in pairwise(edges)]
    rows.append(Compare(0, AT_LEAST, edges[-1]))
    return Decision(address, ("measure",), (kind,), tuple(rows), ordered=False)


def grid(address: str, sides: tuple[int, ...]) -> Decision:
    """A table over several facts, in tens, with a row for each of their combinations: 7 × 10 × 10 is 700 rows."""
    rows: list[Test] = []
    for places in product(*map(range, sides)):
        ends = [(read, 10 * place, 10 * place + 10) for read, place in enumerate(places)]
        rows.append(
            All(
                tuple(
                    Compare(*each) for read, low, high in ends for each in ((read, AT_LEAST, low), (read, BELOW, high))
                )
            )
        )
    return Decision(
        address, tuple(f"fact{read}" for read in range(len(sides))), ("number",) * len(sides), tuple(rows), False
    )


def scattered(address: str, rows: int, reads: int = 3, seed: int = 1) -> Decision:
    """Overlapping rows over any three of several facts: the worst that a table can be."""
    chance = random.Random(seed)
    chosen: list[Test] = []
    for _ in range(rows):
        parts: list[Test] = []
        for read in sorted(chance.sample(range(reads), 3)):
            low = chance.randrange(0, 16)
            parts += [Compare(read, AT_LEAST, low), Compare(read, BELOW, low + chance.randrange(1, 8))]
        chosen.append(All(tuple(parts)))
    return Decision(address, ("fact",) * reads, ("number",) * reads, tuple(chosen))
