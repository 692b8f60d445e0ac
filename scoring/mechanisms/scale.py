"""`scale` 按比例: points between anchors, in proportion; what happens outside them is the method's word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

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
from scoring.points import Rational, difference, divide, plain, product, total
from scoring.scope import Expression, Scope, Trace

EXTEND = "照此继续"
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
        value, places = self.of.value(scope), self.places(scope)
        if isinstance(value, Absent) or isinstance(places, Absent):
            absent = absence([each for each in (value, places) if isinstance(each, Absent)])
            return Award(0, {"by": self.key}, absent=absent)
        x = value
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
            share = divide(difference(x, low[0]), difference(high[0], low[0]))
            points = total((low[1], product(share, difference(high[1], low[1]))))
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

    def places(self, scope: Scope) -> list[Place] | Absent:
        """The anchors, ascending; where they are constants, laid out once for all departments."""
        known: list[Place] | None = scope.horizon.awards.get((self.decision, ANCHORS)) if self.decision else None
        if known is not None:
            return known
        ats = [each.at.value(scope) for each in self.anchors]
        points = [each.points.value(scope) for each in self.anchors]
        absent = absence([*ats, *points])
        if absent is not None:
            return absent
        found = sorted((present(at), present(of)) for at, of in zip(ats, points, strict=True))
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
