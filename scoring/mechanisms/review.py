"""`review` 评定: a reviewer's number, inside the bounds of its level. It is read, never computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.condition import MISSING, Absent, Decision
from scoring.method import Award, Marks
from scoring.points import Rational, plain
from scoring.scope import Expression, Scope, Trace


@dataclass(frozen=True, slots=True)
class Review:
    """The number itself, where it lies within the bounds (points; open or closed).

    A number outside is refused: the item then counts as not reviewed, and the finding was made when it was read.
    """

    of: Expression
    at_least: Rational | None = None
    above: Rational | None = None
    at_most: Rational | None = None
    below: Rational | None = None
    key: str = "review"

    def admits(self, value: Rational) -> bool:
        return not (
            (self.at_least is not None and value < self.at_least)
            or (self.above is not None and value <= self.above)
            or (self.at_most is not None and value > self.at_most)
            or (self.below is not None and value >= self.below)
        )

    def bounds(self) -> Trace:
        pairs = (("at_least", self.at_least), ("above", self.above), ("at_most", self.at_most), ("below", self.below))
        return {name: plain(bound) for name, bound in pairs if bound is not None}

    def award(self, scope: Scope, marks: Marks) -> Award:
        value = self.of.value(scope)
        if isinstance(value, Absent):
            return Award(0, {"by": self.key, "bounds": self.bounds()}, absent=value)
        working: Trace = {"by": self.key, "bounds": self.bounds(), "points": plain(value), **self.of.working(scope)}
        if not self.admits(value):
            return Award(0, {**working, "refused": True}, absent=MISSING)
        return Award(value, working)

    def decisions(self) -> Iterator[Decision]:
        return iter(())

    def inputs(self) -> Iterator[Expression]:
        yield self.of
