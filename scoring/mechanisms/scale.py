"""`scale` 按比例: points between anchors, in proportion; what happens outside them is the method's word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    NO_ROW,
    NOT_APPLICABLE,
    UNKNOWN_MISSING,
    Absent,
    All,
    Compare,
    Decision,
    Test,
)
from scoring.condition import MISSING as NOT_SAID
from scoring.method import Award, Marks
from scoring.operators.base import absence, present
from scoring.points import Rational, divide, exact, plain
from scoring.scope import Expression, Scope, Trace

EXTEND = "照此继续"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Here so many points (…得满分，…得零分)."""

    at: Expression
    points: Expression


def segments(address: str, of: Expression, kind: str, at: tuple[Rational, ...]) -> Decision:
    """The question which stretch between constant anchors the measure lies in: below all, each stretch, above all."""
    rows: list[Test] = [Compare(0, BELOW, at[0])]
    for index, (low, high) in enumerate(itertools.pairwise(at)):
        rows.append(All((Compare(0, ABOVE if index else AT_LEAST, low), Compare(0, AT_MOST, high))))
    rows.append(Compare(0, ABOVE, at[-1]))
    return Decision(address, (of,), (kind,), tuple(rows), ordered=False)


@dataclass(frozen=True, slots=True)
class Scale:
    """Points in proportion between anchors. `decision` is set where all anchors are constants, in ascending order.

    Anchors that are facts (a group's best and worst) may fall together: then `if_equal` is the award.
    """

    of: Expression
    anchors: tuple[Anchor, ...]
    outside: str
    if_equal: Expression | None
    decision: Decision | None
    key: str = "scale"

    def award(self, scope: Scope, marks: Marks) -> Award:
        value = self.of.value(scope)
        values = [each.at.value(scope) for each in self.anchors] + [each.points.value(scope) for each in self.anchors]
        absent = absence([value, *values])
        if absent is not None:
            return Award(0, {"by": self.key}, absent=absent)
        x = present(value)
        count = len(self.anchors)
        pairs = zip(values[:count], values[count:], strict=True)
        places = sorted((present(at), present(points)) for at, points in pairs)
        if places[0][0] == places[-1][0]:
            return self.level(scope, places)
        segment = self.segment(scope, x, places)
        if segment is None:
            return Award(0, {"by": self.key}, absent=NOT_SAID)
        if segment in (0, len(places)):
            low, high = (places[0], places[1]) if segment == 0 else (places[-2], places[-1])
            if self.outside != EXTEND:
                x = low[0] if segment == 0 else high[0]
        else:
            low, high = places[segment - 1], places[segment]
        if low[0] == high[0]:  # two of several anchors fell together: there the points jump, and the higher count
            points = low[1] if segment == 0 else high[1]
        else:
            points = exact(low[1] + divide((x - low[0]) * (high[1] - low[1]), high[0] - low[0]))
        working: Trace = {
            "by": self.key,
            "from": {"at": plain(low[0]), "points": plain(low[1])},
            "to": {"at": plain(high[0]), "points": plain(high[1])},
            "taken_at": plain(x),
            "points": plain(points),
        }
        best = max(places, key=lambda place: place[1])
        miss = {"at": plain(best[0]), "points": plain(best[1])} if points < best[1] else None
        return Award(points, working, miss)

    def level(self, scope: Scope, places: list[tuple[Rational, Rational]]) -> Award:
        points = None if self.if_equal is None else self.if_equal.value(scope)
        if points is None or isinstance(points, Absent):
            return Award(0, {"by": self.key}, absent=NOT_APPLICABLE)
        return Award(points, {"by": self.key, "if_equal": plain(places[0][0]), "points": plain(points)})

    def segment(self, scope: Scope, x: Rational, places: list[tuple[Rational, Rational]]) -> int | None:
        """0 below all anchors, n in the n-th stretch, one more above all."""
        if self.decision is not None:
            answer = scope.answer(self.decision)
            return None if answer in (NO_ROW, UNKNOWN_MISSING) else answer
        if x < places[0][0]:
            return 0
        return next((index for index, place in enumerate(places) if index and x <= place[0]), len(places))

    def decisions(self) -> Iterator[Decision]:
        if self.decision is not None:
            yield self.decision

    def inputs(self) -> Iterator[Expression]:
        yield self.of
        for anchor in self.anchors:
            yield anchor.at
            yield anchor.points
        if self.if_equal is not None:
            yield self.if_equal
