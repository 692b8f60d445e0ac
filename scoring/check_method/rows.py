"""Tables: no gap, no overlap, no row that never counts; shown by a value that proves it (分档、情形的空档和重叠)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from scoring.check_method.awards import stages
from scoring.check_method.ground import Ground, nodes_of
from scoring.check_method.scores import Scores
from scoring.check_method.situations import EXCEPTED, GAP, REST, ROWS, SKIPPED, TREATED, TooMany, Way
from scoring.check_method.span import Span
from scoring.check_method.ways import ways
from scoring.check_method.words import example, said, title
from scoring.condition import All, Any_, Decision, IsOneOf, None_, Test
from scoring.location import Location
from scoring.mechanisms.selector import Rows
from scoring.method import Selector
from scoring.reading.facts import Scored
from scoring.scope import Kind

SHOWN = 3
"""Gaps shown of one table over several measures: each takes away some of the others."""


def check_rows(ground: Ground) -> None:
    """Gaps, overlaps and dead rows of every table."""
    for (address, first, second, gap), group in ground.by_group(lambda scores: _gaps(ground, scores)):
        name, low, high, low_open, high_open, witness = gap
        ground.found.add(
            "K253",
            ground.places.at(first or address),
            other=_other(ground, second, first or address),
            name=name,
            low=low,
            high=high,
            low_open=low_open,
            high_open=high_open,
            witness=witness,
            group=group,
        )
    for (address, one, other, witness), group in ground.by_group(lambda scores: _overlaps(ground, scores)):
        ground.found.add(
            "K254",
            ground.places.at(f"{address}/{one}"),
            other=_other(ground, f"{address}/{other}", f"{address}/{one}"),
            first=one + 1,
            second=other + 1,
            witness=witness,
            group=group,
        )
    for address in ground.in_every_group(lambda scores: _dead(ground, scores)):
        ground.found.add("K255", ground.places.at(address), other=ground.places.use(address))


def _other(ground: Ground, address: str, shown: str) -> Location | None:
    return ground.places.at(address) if address else ground.places.use(shown)


def tables(ground: Ground, scores: Scores) -> Iterator[tuple[Rows, list[Way]]]:
    """Every table with the ways it can turn out, behind what is decided before it."""
    for node in nodes_of(scores):
        if isinstance(node.mechanism, Rows):
            yield node.mechanism, [gain.way for gain in scores.gains(node)]
    for address, scored, source in scored_facts(scores):
        if isinstance(scored.mechanism, Rows):
            try:
                yield scored.mechanism, ways(stages(None, scored.exceptions, scored.mechanism), scores.reach, source)
            except TooMany:
                ground.unproven.add((address, SKIPPED))


def scored_facts(scores: Scores) -> Iterator[tuple[str, Scored, str]]:
    """The derived facts that are scores, with the list they belong to."""
    for fact in scores.method.facts.values():
        if isinstance(fact.derived, Scored):
            yield fact.address, fact.derived, ""
        if fact.selected is None:
            for field in fact.fields.values():
                if isinstance(field.derived, Scored):
                    yield field.address, field.derived, fact.name


def _gaps(ground: Ground, scores: Scores) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for rows, found in tables(ground, scores):
        gaps = [way for way in found if way.stage == GAP and not way.doubtful]
        address = rows.decision.address
        alone = len(rows.decision.reads) == 1
        for way in gaps if alone else islice(gaps, SHOWN):
            yield (address, *_beside(way, found, address), _told(way, alone))


def _told(way: Way, alone: bool) -> tuple[str, ...]:
    """A gap as its ends and a value in it; over several measures the values alone."""
    if not alone or way.picked or len(way.values) != 1:
        return "", "", "", "", "", example(way.reads, way.values)
    ((place, value),) = way.values.items()
    read = way.reads[place]
    span = next(iter(way.known.values()))
    ends = ("", "") if read.kind.choices else (_end(read.kind, span, "low"), _end(read.kind, span, "high"))
    return (
        title(read),
        *ends,
        "yes" if span.open_low else "",
        "yes" if span.open_high else "",
        said(read.kind, value),
    )


def _end(kind: Kind, span: Span, side: str) -> str:
    value = span.low if side == "low" else span.high
    return "" if value is None else said(kind, value)


def _beside(gap: Way, found: list[Way], address: str) -> tuple[str, str]:
    """The rows on either side of a gap in one measure; "" where there is none."""
    if len(gap.known) != 1:
        return "", ""
    ((key, hole),) = gap.known.items()
    below = above = ""
    for way in found:
        span = way.known.get(key)
        if way.stage == ROWS and span is not None and len(way.known) == 1:
            if span.high is not None and span.high == hole.low:
                below = f"{address}/{way.rows[0]}"
            if span.low is not None and span.low == hole.high:
                above = f"{address}/{way.rows[0]}"
    return (below, above) if below else (above, "")


def _overlaps(ground: Ground, scores: Scores) -> Iterator[tuple[str, int, int, str]]:
    for rows, found in tables(ground, scores):
        shown: set[tuple[int, int]] = set()
        for way in found:
            if way.stage == ROWS and not way.doubtful:
                for pair in combinations(way.rows, 2):
                    if pair not in shown:
                        shown.add(pair)
                        yield (rows.decision.address, *pair, example(way.reads, way.values))


def _dead(ground: Ground, scores: Scores) -> Iterator[tuple[str, bool]]:
    for rows, found in tables(ground, scores):
        counting = {row for way in found if way.stage == ROWS for row in way.rows}
        for row in range(len(rows.rows)) if found else ():
            yield f"{rows.decision.address}/{row}", row not in counting and not _closes(rows.decision, row)


def _closes(decision: Decision, row: int) -> bool:
    """Whether a row is for the rest, after rows that name states and groups: it may stand there to be safe."""
    return decision.rows[row] == All(()) and row > 0 and all(map(_names_states, decision.rows[:row]))


def _names_states(test: Test) -> bool:
    if isinstance(test, (All, Any_, None_)):
        return bool(test.parts) and all(map(_names_states, test.parts))
    return isinstance(test, IsOneOf)


def decided_before(scores: Scores, ground: Ground) -> Iterator[tuple[tuple[str, str], bool]]:
    """Rows of 不适用 and of exceptions: address and "never" or "always", and whether it is so."""
    for node in nodes_of(scores):
        found = [gain.way for gain in scores.gains(node)]
        treated = node.not_applicable.decision if node.not_applicable is not None else None
        if treated is not None and found:
            yield from _rows_of(treated.address, len(treated.rows), TREATED, found)
        if node.exceptions is not None and found:
            yield from _exceptions(node.exceptions, found)
    for address, scored, source in scored_facts(scores):
        if scored.exceptions is not None:
            try:
                found = ways(stages(None, scored.exceptions, scored.mechanism), scores.reach, source)
            except TooMany:
                ground.unproven.add((address, SKIPPED))
                continue
            if found:
                yield from _exceptions(scored.exceptions, found)


def _exceptions(exceptions: Selector, found: list[Way]) -> Iterator[tuple[tuple[str, str], bool]]:
    yield from _rows_of(exceptions.decision.address, len(exceptions.awards), EXCEPTED, found)


def _rows_of(address: str, many: int, stage: str, found: list[Way]) -> Iterator[tuple[tuple[str, str], bool]]:
    met = {way.rows[0] for way in found if way.stage == stage}
    left = any(way.stage in (REST, ROWS, GAP) for way in found)
    for row in range(many):
        yield (f"{address}/{row}", "never"), row not in met
        yield (f"{address}/{row}", "always"), row in met and not left and len(met) == 1
