"""Conditions that can never hold, or always do: what they decide is decided already (恒真、恒假的条件)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scoring.check_method.decisions import asked_in, scales_in
from scoring.check_method.ground import Ground
from scoring.check_method.rows import decided_before
from scoring.check_method.scores import Scores
from scoring.check_method.situations import ARRIVED, GAP, ROWS, SKIPPED, TooMany
from scoring.check_method.ways import outcomes
from scoring.check_method.words import said, title
from scoring.condition import All, Any_, Compare, Decision, IsNotApplicable, IsOneOf, None_, Test
from scoring.method import Method


def check_conditions(ground: Ground) -> None:
    """Rows before a mechanism, checks, steps, `where` and `when`: does each decide anything?"""
    for address, kind in ground.in_every_group(lambda scores: decided_before(scores, ground)):
        _say(ground, address, kind, "row", "")
    plain = tuple(_single(ground.method))
    told: dict[str, str] = {}
    for address, kind, form in ground.in_every_group(lambda scores: _fixed(ground, scores, plain, told)):
        _say(ground, address, kind, form, told[address])


def _say(ground: Ground, address: str, kind: str, form: str, reads: str) -> None:
    place, other = ground.places.at(address), ground.places.use(address)
    if kind == "never":
        ground.found.add("K256", place, other=other, form=form, reads=reads)
    else:
        ground.found.add("K257", place, other=other, form=form, reads=reads)


def _single(method: Method) -> Iterator[tuple[Decision, str, str]]:
    """Decisions of one row, with their list and whether it is the base of a step or a condition."""
    scales = scales_in(method)
    results = {each.address for each in method.standing.consequences if each.of}
    results |= {method.standing.grade_decision.address} if method.standing.grade_decision is not None else set()
    for decision, source in asked_in(method):
        before = decision.address.endswith(("/exceptions", "/not_applicable"))
        if len(decision.rows) == 1 and not before and decision.address not in scales | results:
            yield decision, source, "step" if "/steps/" in decision.address else "condition"


def _fixed(
    ground: Ground, scores: Scores, plain: tuple[tuple[Decision, str, str], ...], told: dict[str, str]
) -> Iterator[tuple[tuple[str, str, str], bool]]:
    """Conditions with whether they never hold or always do; what they speak of is noted in `told`."""
    for decision, source, form in plain:
        try:
            met = {way.stage for way in outcomes(decision, scores.reach, source)} - {ARRIVED}
            held = {stage == ROWS for stage in met}
        except TooMany:
            ground.unproven.add((decision.address, SKIPPED))
            continue
        if not held:
            continue
        told.setdefault(decision.address, _told(decision, scores, source))
        yield (decision.address, "never", form), held == {False}
        yield (decision.address, "always", form), held == {True}
        for place, part in enumerate(_alternatives(decision.rows[0])):
            alone = replace(decision, rows=(part,))
            lives = ROWS in _stages(alone, scores, source)
            told.setdefault(f"{decision.address}/{place}", _told(alone, scores, source))
            yield (f"{decision.address}/{place}", "never", "part"), not lives
        for place, part in enumerate(_conjuncts(decision.rows[0])):
            alone = replace(decision, rows=(part,))
            fails = GAP in _stages(alone, scores, source)
            told.setdefault(f"{decision.address}/all/{place}", _told(alone, scores, source))
            yield (f"{decision.address}/all/{place}", "always", "part"), not fails


def _stages(decision: Decision, scores: Scores, source: str) -> set[str]:
    """How a part of a condition can turn out; either way where that cannot be told."""
    try:
        return {way.stage for way in outcomes(decision, scores.reach, source)}
    except TooMany:
        return {ROWS, GAP}


def _alternatives(test: Test) -> Iterator[Test]:
    """The parts of an `any` or `none`: each should be able to hold."""
    if isinstance(test, (Any_, None_)):
        yield from test.parts if len(test.parts) > 1 else ()
    if isinstance(test, (All, Any_, None_)):
        for part in test.parts:
            yield from _alternatives(part)


def _conjuncts(test: Test) -> Iterator[Test]:
    """The conditions of an `all`, the boundaries of one condition left aside: each should be able to fail."""
    if isinstance(test, (All, Any_, None_)):
        if isinstance(test, All) and not any(isinstance(part, (Compare, IsOneOf)) for part in test.parts):
            yield from test.parts if len(test.parts) > 1 else ()
        for part in test.parts:
            yield from _conjuncts(part)


def _told(decision: Decision, scores: Scores, source: str) -> str:
    """What a condition speaks of, with how far it reaches: "完成率 0%至100%"."""
    shown = []
    for place in sorted(_places(decision.rows[0])):
        read = decision.reads[place]
        span = scores.reach.span(read, source)
        if read.kind.choices or not span.present:
            shown.append(title(read))
        else:
            low = "" if span.low is None else said(read.kind, span.low)
            high = "" if span.high is None else said(read.kind, span.high)
            shown.append(f"{title(read)} {low}…{high}" if low or high else title(read))
    return "，".join(shown)


def _places(test: Test) -> set[int]:
    if isinstance(test, Compare):
        return {test.left} if test.right is None else {test.left, test.right}
    if isinstance(test, (IsOneOf, IsNotApplicable)):
        return {test.left}
    return set[int]().union(*map(_places, test.parts))
