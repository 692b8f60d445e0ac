"""How the points of one award move with the data, inside one situation (得分随数据的变化)."""

from __future__ import annotations

from itertools import pairwise

from scoring.check_method.awards import together
from scoring.check_method.directions import (
    DOWN,
    UP,
    Compass,
    Directions,
    Signs,
    join,
    opposite,
    order_of,
    sign_of,
    truth,
    turned,
)
from scoring.check_method.reach import Reach
from scoring.check_method.span import Span, add, negate, point, union
from scoring.condition import Absent
from scoring.mechanisms.checks import Check, Checks
from scoring.mechanisms.points import Points
from scoring.mechanisms.review import Review
from scoring.mechanisms.scale import EXTEND, Scale
from scoring.mechanisms.steps import Steps
from scoring.operators.across import Across
from scoring.operators.base import Literal
from scoring.points import Rational
from scoring.scope import Expression

PLACES = {"最小": 0, "最大": 2}
"""Where a statistic lies among the values it is made of; all others lie between."""


def inside(award: object, compass: Compass, reach: Reach, source: str) -> Directions:
    """The directions of an award; `reach` holds what is known in its situation."""
    if isinstance(award, Points):
        return turned(compass.of(award.amount, source), DOWN if award.deducted else UP)
    if isinstance(award, Review):
        return compass.of(award.of, source)
    if isinstance(award, Scale):
        return _scale(award, compass, reach, source)
    if isinstance(award, Steps):
        return _steps(award, compass, source)
    return _checks(award, compass, reach, source) if isinstance(award, Checks) else {}


def _steps(steps: Steps, compass: Compass, source: str) -> Directions:
    found = [compass.of(steps.start, source)]
    for row in steps.rows:
        sign = _sign(row.sign)
        away = sign if row.upward else opposite(sign)
        moved = ((row.of, away), (row.base, opposite(away)), (row.per, opposite(sign)), (row.amount, sign))
        found += [turned(compass.of(each, source), signs) for each, signs in moved]
    return join(*found)


def _sign(sign: int) -> Signs:
    return UP if sign > 0 else DOWN


def _scale(scale: Scale, compass: Compass, reach: Reach, source: str) -> Directions:
    slope = _slope(scale, reach, source)
    found = [turned(compass.of(scale.of, source), slope)]
    for anchor in scale.anchors:
        found.append(compass.of(anchor.points, source))
        if not isinstance(reach.definition(anchor.at, source), Across):
            found.append(turned(compass.of(anchor.at, source), opposite(slope)))
    return join(*found)


def _slope(scale: Scale, reach: Reach, source: str) -> Signs:
    """Which ways the line runs over the values that occur."""
    fixed = [
        (anchor.at.number, reach.span(anchor.points, source))
        for anchor in scale.anchors
        if isinstance(anchor.at, Literal)
    ]
    signs = 0
    if len(fixed) == len(scale.anchors):
        of = reach.span(scale.of, source)
        anchors = sorted(fixed, key=lambda each: each[0])
        for place, ((low, worth), (high, next_worth)) in enumerate(pairwise(anchors)):
            from_below = place == 0 and scale.outside == EXTEND
            to_above = place == len(anchors) - 2 and scale.outside == EXTEND
            begins = from_below or of.high is None or of.high > low
            ends = to_above or of.low is None or of.low < high
            signs |= order_of(worth, next_worth) if begins and ends else 0
        return signs
    for place, one in enumerate(scale.anchors):
        for other in scale.anchors[place + 1 :]:
            rise = order_of(reach.span(one.points, source), reach.span(other.points, source))
            order = _order(one.at, other.at, reach, source)
            signs |= (rise if order & UP else 0) | (opposite(rise) if order & DOWN else 0)
    return signs


def _order(one: Expression, other: Expression, reach: Reach, source: str) -> Signs:
    """UP where one anchor lies below the other, DOWN where above; both where neither is known."""
    first, second = reach.definition(one, source), reach.definition(other, source)
    if isinstance(first, Across) and isinstance(second, Across) and first.of == second.of:
        low, high = PLACES.get(first.statistic, 1), PLACES.get(second.statistic, 1)
        if low != high:
            return UP if low < high else DOWN
    if reach.at_most(one, other, source) or reach.at_most(other, one, source):
        return UP if reach.at_most(one, other, source) else DOWN
    found = order_of(reach.span(one, source), reach.span(other, source))
    return found if found in (UP, DOWN) else UP | DOWN


def _checks(checks: Checks, compass: Compass, reach: Reach, source: str) -> Directions:
    """Each item moves the points by itself and by those that need it; items about one value are taken together."""
    found = [compass.of(checks.start, source)]
    needed = {place for item in checks.items for place in item.needs}
    alone: dict[Expression, list[Check]] = {}
    for place, item in enumerate(checks.items):
        found.append(turned(compass.of(item.amount, source), _sign(item.sign)))
        if len(item.decision.reads) == 1 and not item.needs and place not in needed:
            alone.setdefault(item.decision.reads[0], []).append(item)
        else:
            found.append(turned(truth(compass, item.decision, source), _effect(checks, place, reach, source)))
    for read, items in alone.items():
        found.append(_together(read, items, compass, reach, source))
    return join(*found)


def _effect(checks: Checks, place: int, reach: Reach, source: str) -> Signs:
    """What it does that an item comes to hold: its own points, and at most those of all that need it."""
    spans: list[Span] = []
    reached: set[int] = set()
    for at, item in enumerate(checks.items):
        amount = reach.span(item.amount, source)
        change = amount if item.sign > 0 else negate(amount)
        if at == place:
            spans.append(change)
            reached.add(at)
        elif reached & set(item.needs):
            spans.append(union((point(0), change)))
            reached.add(at)
    return sign_of(add(spans))


def _together(read: Expression, items: list[Check], compass: Compass, reach: Reach, source: str) -> Directions:
    """Items about one value: what they make together, along that value."""
    moves = compass.of(read, source)
    if not moves:
        return {}
    if len(items) == 1:
        return turned(truth(compass, items[0].decision, source), _sign(items[0].sign))
    made: list[tuple[Rational, Span]] = []
    for value, changes in together(items, reach, source):
        if not isinstance(value, Absent):
            made.append((value, add(changes)))
    made.sort(key=lambda each: each[0])
    signs = 0
    for (_, before), (_, after) in pairwise(made):
        signs |= order_of(before, after)
    return turned(moves, signs)
