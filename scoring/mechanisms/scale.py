"""`scale` 按比例: points between anchors, in proportion; what happens outside them is the method's word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from scoring.canonical import Shared
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
from scoring.operators.base import Literal, absence, present
from scoring.points import Line, Rational, line_through, on_line, plain
from scoring.scope import Expression, Scope

EXTEND, KEY = "照此继续", "scale"
ANCHORS = -1
"""Stands for the anchors where awards are kept by row."""

Place: TypeAlias = tuple[Rational, Rational]
"""A value of the measure, and the points there."""


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


@dataclass(slots=True)
class Laid:
    """Anchors laid out, ascending, with the stretches between them: each is made when a value first falls into it."""

    places: list[Place]
    stretches: dict[int, Stretch] = field(default_factory=dict)

    @property
    def level(self) -> bool:
        return self.places[0][0] == self.places[-1][0]

    def award(self, segment: int, value: Rational, extend: bool) -> Award:
        """What a value comes to in its segment: 0 is below all anchors, n the n-th stretch, one more above all."""
        stretch = self.stretches.get(segment) or self._stretch(segment)
        if stretch.edge is not None and not extend:
            value = stretch.edge[0]
        points = stretch.points(value)
        working = {
            "by": KEY,
            "from": stretch.begins,
            "to": stretch.ends,
            "taken_at": plain(value),
            "points": plain(points),
        }
        return Award(points, working, stretch.miss if points < stretch.most else None)

    def _stretch(self, segment: int) -> Stretch:
        places, edge = self.places, None
        if segment == 0:
            low, high, edge = places[0], places[1], places[0]
        elif segment == len(places):
            low, high, edge = places[-2], places[-1], places[-1]
        else:
            low, high = places[segment - 1], places[segment]
        jump = line = None
        if low[0] == high[0]:  # two of several anchors fell together: there the points jump, and the higher count
            jump = low[1] if segment == 0 else high[1]
        else:
            line = line_through(low, high)
        best = max(places, key=lambda place: place[1])
        found = Stretch(edge, jump, line, shown(low), shown(high), best[1], shown(best))
        self.stretches[segment] = found
        return found


class Stretch(NamedTuple):
    """From one anchor to the next: the points are on the `line` through both, or `jump` where they are one.

    `edge` is where a stretch below or above all anchors ends. `most` are the best points there are.
    """

    edge: Place | None
    jump: Rational | None
    line: Line | None
    begins: Shared
    ends: Shared
    most: Rational
    miss: Shared

    def points(self, value: Rational) -> Rational:
        if self.line is None:
            assert self.jump is not None
            return self.jump
        return on_line(self.line, value)


def shown(place: Place) -> Shared:
    return Shared({"at": plain(place[0]), "points": plain(place[1])})


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
    key: str = KEY

    def award(self, scope: Scope, marks: Marks) -> Award:
        value, laid = self.of.value(scope), self.laid(scope)
        if isinstance(value, Absent) or isinstance(laid, Absent):
            absent = absence([each for each in (value, laid) if isinstance(each, Absent)])
            return Award(0, {"by": self.key}, absent=absent)
        if laid.level:
            return self.level(scope, laid.places)
        segment = self.segment(scope, value, laid.places)
        if segment is None:
            return Award(0, {"by": self.key}, absent=NOT_SAID)
        return laid.award(segment, value, self.outside == EXTEND)

    def laid(self, scope: Scope) -> Laid | Absent:
        """The anchors, ascending; where they are constants, laid out once for all departments."""
        known: Laid | None = scope.horizon.awards.get((self.decision, ANCHORS)) if self.decision else None
        if known is not None:
            return known
        ats = [each.at.value(scope) for each in self.anchors]
        points = [each.points.value(scope) for each in self.anchors]
        absent = absence([*ats, *points])
        if absent is not None:
            return absent
        found = Laid(sorted((present(at), present(of)) for at, of in zip(ats, points, strict=True)))
        if self.decision is not None and all(isinstance(each.points, Literal) for each in self.anchors):
            scope.horizon.awards[self.decision, ANCHORS] = found
        return found

    def level(self, scope: Scope, places: list[Place]) -> Award:
        points = None if self.if_equal is None else self.if_equal.value(scope)
        if points is None or isinstance(points, Absent):
            return Award(0, {"by": self.key}, absent=NOT_APPLICABLE)
        return Award(points, {"by": self.key, "if_equal": plain(places[0][0]), "points": plain(points)})

    def segment(self, scope: Scope, x: Rational, places: list[Place]) -> int | None:
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
