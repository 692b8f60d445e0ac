"""Grades and ranks: a grade for every total and only one, limits that limit, totals that print as they count (等次)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from scoring.check_method.ground import Ground
from scoring.check_method.situations import GAP, ROWS, Way
from scoring.check_method.span import Span, mapped, scaled, union
from scoring.check_method.ways import outcomes
from scoring.check_method.words import number, said
from scoring.condition import Absent, All, Any_, Compare, Decision, None_, Test
from scoring.location import Location
from scoring.method import Consequence, Method, Reading
from scoring.operators.base import Named
from scoring.points import DOWN, Rational, divide, exact, fixed, rounded
from scoring.scope import Kind

TOTAL = Named("总分", Kind(unit="分"))
"""Stands for what standing reads: no fact bears this name, a node does."""
SCALES = (
    ("优", "良", "中", "差"),
    ("优秀", "良好", "合格", "不合格"),
    ("一等", "二等", "三等", "四等"),
    ("A", "B", "C", "D", "E"),
)
"""Grades whose names tell which is better."""


def check_standing(ground: Ground) -> None:
    """The grade scale, limits, consequences, and what is read after which rounding."""
    _scale(ground)
    _names(ground)
    for limit in ground.method.standing.limits:
        for kind, grade in _idle(ground.method, limit.grade_at_most, limit.bars):
            ground.found.add("K293", ground.places.at(limit.address), kind=kind, grade=grade, name=limit.name)
    for consequence in ground.method.standing.consequences:
        _overlaps(ground, consequence)
    _printing(ground)


def total_span(ground: Ground) -> Span:
    """The totals that can occur, in any group."""
    return union(scores.of(ground.method.root).span for scores in ground.groups).absent(False)


def decimals(method: Method, reading: Reading) -> int | None:
    """How many decimals a total has as standing reads it; None where there is no end of them."""
    stage = method.total_rounding if reading.of == "总分" else None
    own = method.root.rounding or method.award_rounding
    found = [each.decimals for each in (stage, own, reading.rounding) if each is not None]
    return min(found, default=None)


def turns_out(ground: Ground, asked: Decision, span: Span) -> list[Way]:
    """How a decision about a result turns out over the results that can occur."""
    asked = replace(asked, reads=(TOTAL, *asked.reads[1:]))
    return outcomes(asked, ground.groups[0].reach.under({(TOTAL, ""): span}))


def _scale(ground: Ground) -> None:
    standing = ground.method.standing
    asked, reading = standing.grade_decision, standing.grades_of
    total = total_span(ground)
    if asked is None or reading is None or not total.present:
        return
    places = decimals(ground.method, reading)
    unit = 1 if places is None else 10**places
    span = scaled(total, unit)
    if places is not None:  # a total has so many decimals: in units of the last, it is a whole number
        span = mapped(span, lambda value: rounded(value, 0), whole=True)
    found = turns_out(ground, replace(asked, rows=tuple(_times(row, unit) for row in asked.rows)), span)
    for way in found:
        if way.stage == GAP:
            hole = next(iter(way.known.values()))
            place, other = _around(ground, hole, unit)
            ground.found.add(
                "K263",
                place,
                other=other,
                low=_text(hole.low, unit),
                high=_text(hole.high, unit),
                low_open="yes" if hole.open_low else "",
                high_open="yes" if hole.open_high else "",
                witness=_witness(way, unit),
            )
    for way in found:
        for one, second in combinations(way.rows if way.stage == ROWS else (), 2):
            ground.found.add(
                "K264",
                ground.places.at(standing.grades[one].address),
                other=ground.places.at(standing.grades[second].address),
                first=standing.grades[one].grade,
                second=standing.grades[second].grade,
                witness=_witness(way, unit),
            )
    met = {row for way in found if way.stage == ROWS for row in way.rows}
    for row, band in enumerate(standing.grades):
        if row not in met:
            ground.found.add("K255", ground.places.at(band.address))


def _times(test: Test, unit: int) -> Test:
    """The same test of a value told in units of its last decimal."""
    if isinstance(test, Compare):
        return replace(test, bound=exact(test.bound * unit))
    if isinstance(test, (All, Any_, None_)):
        return replace(test, parts=tuple(_times(part, unit) for part in test.parts))
    return test


def _text(end: Rational | None, unit: int) -> str:
    return "" if end is None else number(divide(end, unit))


def _witness(way: Way, unit: int) -> str:
    value = next(iter(way.values.values()))
    return value.value if isinstance(value, Absent) else number(divide(value, unit))


def _around(ground: Ground, hole: Span, unit: int) -> tuple[Location | None, Location | None]:
    """The bands on either side of a hole in the scale; the scale itself where there is none."""
    found = []
    for band in ground.method.standing.grades:
        tops = [end for end in (band.below, band.at_most) if end is not None]
        bottoms = [end for end in (band.at_least, band.above) if end is not None]
        if _meets(tops, hole.low, unit) or _meets(bottoms, hole.high, unit):
            found.append(ground.places.at(band.address))
    scale = ground.places.method("standing", "grades", "bands")
    return (found[0] if found else scale), (found[1] if len(found) > 1 else None)


def _meets(ends: list[Rational], end: Rational | None, unit: int) -> bool:
    return end is not None and any(exact(each * unit) == end for each in ends)


def _names(ground: Ground) -> None:
    """Grades whose names say another order than their totals, and a grade with another one inside it."""
    ranking, scale = ground.method.standing.ranking, ground.method.standing.scale
    if ranking is not None and not ranking.highest_first:
        return
    for usual in SCALES:
        known = [grade for grade in scale if grade in usual]
        for better, worse in pairwise(known):
            if len(known) == len(scale) and usual.index(better) > usual.index(worse):
                ground.found.add("K295", _band(ground, better), other=_band(ground, worse), first=better, second=worse)


def _band(ground: Ground, grade: str) -> Location | None:
    address = next(band.address for band in ground.method.standing.grades if band.grade == grade)
    return ground.places.at(address)


def _idle(method: Method, at_most: str, bars: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A limit that limits nobody: to the best grade, or by closing the worst, below which there is none."""
    scale = method.standing.scale
    if scale and at_most == scale[0]:
        yield "best", at_most
    if scale and scale[-1] in bars:
        yield "worst", scale[-1]


def _overlaps(ground: Ground, consequence: Consequence) -> None:
    """Two texts of one consequence for the same result."""
    spans = {"名次": Span(1, whole=True), "等次": Span(0, len(ground.method.standing.scale) - 1, whole=True)}
    span = spans.get(consequence.of, total_span(ground))
    if not consequence.of or not span.present:
        return
    shown: set[tuple[int, int]] = set()
    for way in turns_out(ground, consequence.decision, span):
        for one, other in combinations(way.rows if way.stage == ROWS else (), 2):
            if (one, other) not in shown:
                shown.add((one, other))
                rows = ("standing", "consequences", int(consequence.address.rpartition("/")[2]), "bands")
                kind = consequence.decision.reads[0].kind
                ground.found.add(
                    "K254",
                    ground.places.method(*rows, one),
                    other=ground.places.method(*rows, other),
                    first=one + 1,
                    second=other + 1,
                    witness=said(kind, next(iter(way.values.values()))),
                    group="",
                )


def _printing(ground: Ground) -> None:
    """Totals that are printed alike and yet ranked or graded apart."""
    for path, reading in _readings(ground.method):
        places, printed = decimals(ground.method, reading), ground.method.printed
        if places is None or places > printed:
            edge = next((band.at_least for band in ground.method.standing.grades if band.at_least is not None), 90)
            step, stage = divide(1, 10 ** (printed + 1)), ground.method.total_rounding
            cut = stage is not None and stage.mode == DOWN and stage.decimals <= printed
            near, edge = (edge, exact(edge + step)) if cut else (exact(edge - step), edge)
            ground.found.add(
                "K282",
                ground.places.method("standing", *path, "of"),
                other=ground.places.method("rounding"),
                what=path[0],
                one=number(near),
                other_one=number(edge),
                shown=fixed(near if cut else edge, printed),
                printed=printed,
            )


def _readings(method: Method) -> Iterator[tuple[tuple[str | int, ...], Reading]]:
    standing = method.standing
    if standing.ranking is not None:
        yield ("rank",), standing.ranking.of
    if standing.grades_of is not None:
        yield ("grades",), standing.grades_of
    for place, quota in enumerate(standing.quotas):
        if quota.of is not None:
            yield ("quotas", place), quota.of
    for place, consequence in enumerate(standing.consequences):
        if consequence.of in ("总分", "未取位总分"):
            yield ("consequences", place), Reading(consequence.of)
