"""What each way of scoring can give: the span of its points in a situation (得分的取值范围)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scoring.check_method.reach import Reach
from scoring.check_method.situations import ARRIVED, EXCEPTED, REST, ROWS, Stage, TooMany, Way
from scoring.check_method.span import (
    ANY,
    NEVER,
    End,
    Span,
    add,
    between,
    clipped,
    meet,
    multiply,
    negate,
    point,
    quotient,
    scaled,
    union,
)
from scoring.check_method.ways import outcomes, ways
from scoring.condition import NOT_APPLICABLE, Decision, Value
from scoring.mechanisms.checks import Check, Checks
from scoring.mechanisms.points import Points
from scoring.mechanisms.review import Review
from scoring.mechanisms.scale import EXTEND, Scale
from scoring.mechanisms.selector import Rows
from scoring.mechanisms.steps import CEILING, FLOOR, Step, Steps
from scoring.method import Marks, Mechanism, Selector
from scoring.operators.across import Across
from scoring.points import Rational, divide, exact
from scoring.scope import Expression


def awarded(mechanism: Mechanism, marks: Marks, reach: Reach, source: str = "") -> Span:
    """The points a mechanism can give; 不适用 where what it needs may be so."""
    if isinstance(mechanism, Points):
        amount = reach.span(mechanism.amount, source)
        return add((point(marks.top), negate(amount))) if mechanism.deducted else amount
    if isinstance(mechanism, Review):
        return reviewed(mechanism, reach.span(mechanism.of, source))
    if isinstance(mechanism, Scale):
        return _scale(mechanism, reach, source)
    if isinstance(mechanism, Steps):
        changes = [step_change(row, reach, source) for row in mechanism.rows]
        return add([reach.span(mechanism.start, source), *changes])
    if isinstance(mechanism, Checks):
        return add([reach.span(mechanism.start, source), *_changes(mechanism, reach, source)])
    if isinstance(mechanism, Rows):
        return selected(None, mechanism, marks, reach, source)
    return ANY


def selected(exceptions: Selector | None, mechanism: Mechanism, marks: Marks, reach: Reach, source: str) -> Span:
    """The points of a mechanism behind exceptions, each award taken only over what its row leaves."""
    found: list[Span] = []
    for way in ways(stages(None, exceptions, mechanism), reach, source):
        under = reach.under(way.known)
        if way.stage == ARRIVED:
            found.append(NEVER.absent())
        elif way.stage == EXCEPTED and exceptions is not None:
            found.append(awarded(exceptions.awards[way.rows[0]], marks, under, source))
        elif way.stage == ROWS and isinstance(mechanism, Rows):
            found += [awarded(mechanism.rows[row].award, marks, under, source) for row in way.rows]
        elif not isinstance(mechanism, Rows):
            found.append(awarded(mechanism, marks, under, source))
    return union(found)


def award_of(way: Way, exceptions: Selector | None, mechanism: Mechanism | None) -> Mechanism | None:
    """What gives the points in a situation."""
    if way.stage == EXCEPTED and exceptions is not None:
        return exceptions.awards[way.rows[0]]
    if way.stage == ROWS and isinstance(mechanism, Rows):
        return mechanism.rows[way.rows[0]].award
    return mechanism if way.stage == REST else None


def stages(treated: Stage | None, exceptions: Selector | None, mechanism: Mechanism | None) -> list[Stage]:
    """The decisions of a rule in the order in which they are asked."""
    found = [] if treated is None else [treated]
    if exceptions is not None:
        found.append(Stage(EXCEPTED, exceptions.decision))
    if isinstance(mechanism, Rows):
        found.append(Stage(ROWS, mechanism.decision))
    return found


def reviewed(review: Review, of: Span) -> Span:
    """A reviewer's number, where the bounds let it pass: what they do not is refused and counts as missing."""
    low, open_low = review.at_least, False
    if review.above is not None and (low is None or review.above >= low):
        low, open_low = review.above, True
    high, open_high = review.at_most, False
    if review.below is not None and (high is None or review.below <= high):
        high, open_high = review.below, True
    return meet(of, Span(low, high, open_low, open_high).absent())


def _scale(scale: Scale, reach: Reach, source: str) -> Span:
    of = reach.span(scale.of, source)
    at = [reach.span(anchor.at, source) for anchor in scale.anchors]
    points = [reach.span(anchor.points, source) for anchor in scale.anchors]
    missing = any(each.not_applicable for each in (of, *at, *points))
    if not of.present:
        return NEVER.absent(missing)
    fixed = [(place.single, worth.single) for place, worth in zip(at, points, strict=True)]
    anchors = sorted((place, worth) for place, worth in fixed if place is not None and worth is not None)
    if len(anchors) == len(fixed) and len({place for place, _ in anchors}) == len(anchors) > 1:
        return through(anchors, of, scale.outside == EXTEND).absent(missing)
    found = union(points)
    if scale.outside == EXTEND and not _inside(scale, reach, source):
        found = ANY
    if scale.if_equal is not None:
        found = union((found, reach.span(scale.if_equal, source)))
    return found.absent(missing)


def through(anchors: list[tuple[Rational, Rational]], of: Span, extend: bool) -> Span:
    """The points of a line through anchors (ascending), over the values of its measure."""
    found: list[tuple[End, bool]] = [((0, worth), False) for place, worth in anchors if of.holds(place)]
    for value, open_, end, inward in ((of.low, of.open_low, 0, 1), (of.high, of.open_high, -1, -2)):
        worth = anchors[end][1]
        if value is None and extend and anchors[inward][1] != worth:
            found.append(((1 if worth > anchors[inward][1] else -1, 0), False))
        elif value is None:
            found.append(((0, worth), False))
        else:
            held = value if extend else min(max(value, anchors[0][0]), anchors[-1][0])
            found.append(((0, at_point(anchors, held)), open_ and held == value))
    bottom, top = min(end for end, _ in found), max(end for end, _ in found)
    return replace(
        between(bottom, top),
        open_low=all(open_ for end, open_ in found if end == bottom),
        open_high=all(open_ for end, open_ in found if end == top),
    )


def at_point(anchors: list[tuple[Rational, Rational]], value: Rational) -> Rational:
    """The points at a value, beyond the anchors in proportion."""
    place = next((at for at in range(1, len(anchors) - 1) if value <= anchors[at][0]), len(anchors) - 1)
    low, high = anchors[place - 1], anchors[place]
    return exact(low[1] + divide((value - low[0]) * (high[1] - low[1]), high[0] - low[0]))


def _inside(scale: Scale, reach: Reach, source: str) -> bool:
    """Whether the measure cannot leave its anchors: they are the smallest and the largest of it over departments."""
    bounds = []
    for anchor in scale.anchors:
        at = reach.definition(anchor.at, source)
        if not isinstance(at, Across) or at.condition is not None or at.of != scale.of:
            return False
        bounds.append(at.statistic)
    return sorted(bounds) == ["最大", "最小"]


def step_change(row: Step, reach: Reach, source: str) -> Span:
    """What one row of steps can move."""
    of, base, per, amount = (reach.span(each, source) for each in (row.of, row.base, row.per, row.amount))
    beyond = add((of, negate(base))) if row.upward else add((base, negate(of)))
    beyond = clipped(beyond)
    if beyond.present and not per.holds(0):
        steps = scaled(beyond, divide(1, per.single)) if per.single is not None else quotient(beyond, per)
    else:
        steps = Span(0, not_applicable=beyond.not_applicable, present=beyond.present)
    change = multiply(_counted(row, steps), amount)
    if row.up_to is not None:
        change = meet(change, Span(None if amount.low is None or amount.low < 0 else 0, row.up_to).absent())
        change = change if change.present else point(row.up_to)
    if row.proof:
        change = union((change, point(0)))
    return change if row.sign > 0 else negate(change)


def _counted(row: Step, steps: Span) -> Span:
    """Whole steps, as a step begun counts."""
    if row.partial not in (FLOOR, CEILING) or not steps.present:
        return steps
    low, high = steps.low, steps.high
    if row.partial == FLOOR:
        most = None if high is None else high // 1 - (steps.open_high and high.denominator == 1)
        least = 0 if low is None else low // 1
        return replace(steps, low=least, high=most, open_low=False, open_high=False, whole=True)
    least = 0 if low is None else -(-low // 1) + (steps.open_low and low.denominator == 1)
    most = None if high is None else -(-high // 1)
    return replace(steps, low=least, high=most, open_low=False, open_high=False, whole=True)


def _changes(checks: Checks, reach: Reach, source: str) -> Iterator[Span]:
    """What the checks can move; those about one value together, since they cannot all hold at once."""
    alone: dict[Expression, list[Check]] = {}
    for item in checks.items:
        if len(item.decision.reads) == 1 and not item.needs and not item.proof_of:
            alone.setdefault(item.decision.reads[0], []).append(item)
        else:
            yield check_change(item, reach, source)
    for items in alone.values():
        if len(items) == 1:
            yield check_change(items[0], reach, source)
        else:
            spans = [add(changes) for _, changes in together(items, reach, source)]
            if reach.silent:
                spans.append(
                    add(union((change, point(0))) for change in (_change(each, reach, source) for each in items))
                )
            yield union(spans) if spans else point(0)


def together(items: list[Check], reach: Reach, source: str) -> Iterator[tuple[Value, list[Span]]]:
    """Checks that read one and the same value: each cell of it, with what moves the points there."""
    first = items[0].decision
    joint = Decision(first.address, first.reads, first.kinds, tuple(item.decision.rows[0] for item in items), False)
    for way in ways((Stage(ROWS, joint),), reach, source):
        yield way.values.get(0, NOT_APPLICABLE), [_change(items[row], reach, source) for row in way.rows]


def _change(item: Check, reach: Reach, source: str) -> Span:
    amount = reach.span(item.amount, source)
    return amount if item.sign > 0 else negate(amount)


def check_change(item: Check, reach: Reach, source: str) -> Span:
    """What one check can move: all or nothing, as far as its condition can hold and fail."""
    change = _change(item, reach, source)
    try:
        met = [bool(way.rows) for way in outcomes(item.decision, reach, source)]
    except TooMany:
        met = [True, False]
    if met and all(met) and not (item.needs or item.proof_of or reach.silent):
        return change
    return union((change, point(0))) if any(met) or reach.silent else point(0)
