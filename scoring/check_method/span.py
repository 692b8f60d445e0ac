"""Spans: which values something can take, from a lowest to a highest, and whether it may be 不适用 (取值范围).

Every operation answers with a span that holds all values its operands can give. It may hold more: then a check says
too much rather than too little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias

from scoring.points import Rational, divide, exact, plain

End: TypeAlias = tuple[int, Rational]
"""An end of a span so that ends compare: (-1, 0) is -∞, (0, x) the number x, (1, 0) is +∞."""

BELOW_ALL: End = (-1, 0)
ABOVE_ALL: End = (1, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """Values from `low` to `high` (None: no end); an open end is not among them. `whole`: whole numbers only.

    `present` is False where there is never a value; `not_applicable` where it may be 不适用.
    """

    low: Rational | None = None
    high: Rational | None = None
    open_low: bool = False
    open_high: bool = False
    whole: bool = False
    not_applicable: bool = False
    present: bool = True

    @property
    def bottom(self) -> End:
        return BELOW_ALL if self.low is None else (0, self.low)

    @property
    def top(self) -> End:
        return ABOVE_ALL if self.high is None else (0, self.high)

    @property
    def single(self) -> Rational | None:
        """The value, where there is only one."""
        return self.low if self.present and self.low is not None and self.low == self.high else None

    def holds(self, value: Rational) -> bool:
        """Whether the value is one of these."""
        above = self.low is None or (value > self.low if self.open_low else value >= self.low)
        below = self.high is None or (value < self.high if self.open_high else value <= self.high)
        return self.present and above and below

    def absent(self, may_be: bool = True) -> Span:
        """The same values, with 不适用 (or without)."""
        return self if self.not_applicable == may_be else replace(self, not_applicable=may_be)


ANY = Span()
NEVER = Span(present=False)


def point(value: Rational, whole: bool = True) -> Span:
    """Just this value."""
    return Span(value, value, whole=whole and value.denominator == 1)


def between(bottom: End, top: End, *, whole: bool = False, not_applicable: bool = False) -> Span:
    """The closed span of two ends."""
    return Span(
        end_of(bottom),
        end_of(top),
        whole=whole,
        not_applicable=not_applicable,
    )


def end_of(end: End) -> Rational | None:
    """An end as a span holds it."""
    return end[1] if end[0] == 0 else None


def union(spans: Iterable[Span]) -> Span:
    """The smallest span that holds them all."""
    return reduce(_join, spans, NEVER)


def _join(one: Span, other: Span) -> Span:
    missing = one.not_applicable or other.not_applicable
    if not one.present or not other.present:
        return (other if not one.present else one).absent(missing)
    bottom, top = min(one.bottom, other.bottom), max(one.top, other.top)
    return Span(
        end_of(bottom),
        end_of(top),
        all(each.open_low for each in (one, other) if each.bottom == bottom),
        all(each.open_high for each in (one, other) if each.top == top),
        one.whole and other.whole,
        missing,
    )


def meet(one: Span, other: Span) -> Span:
    """The values in both."""
    if not one.present or not other.present:
        return NEVER.absent(one.not_applicable and other.not_applicable)
    bottom, top = max(one.bottom, other.bottom), min(one.top, other.top)
    open_low = any(each.open_low for each in (one, other) if each.bottom == bottom)
    open_high = any(each.open_high for each in (one, other) if each.top == top)
    empty = bottom > top or (bottom == top and bottom[0] == 0 and (open_low or open_high))
    return Span(
        end_of(bottom),
        end_of(top),
        open_low,
        open_high,
        one.whole or other.whole,
        one.not_applicable and other.not_applicable,
        not empty,
    )


def _missing(spans: Iterable[Span]) -> bool:
    return any(each.not_applicable for each in spans)


def _impossible(*spans: Span) -> bool:
    return not all(each.present for each in spans)


def add(spans: Iterable[Span]) -> Span:
    """Sums; of nothing, 0."""
    found = point(0)
    for each in spans:
        if _impossible(found, each):
            found = NEVER.absent(found.not_applicable or each.not_applicable)
            continue
        found = Span(
            None if found.low is None or each.low is None else exact(found.low + each.low),
            None if found.high is None or each.high is None else exact(found.high + each.high),
            found.open_low or each.open_low,
            found.open_high or each.open_high,
            found.whole and each.whole,
            found.not_applicable or each.not_applicable,
        )
    return found


def negate(span: Span) -> Span:
    return replace(
        span,
        low=None if span.high is None else -span.high,
        high=None if span.low is None else -span.low,
        open_low=span.open_high,
        open_high=span.open_low,
    )


def scaled(span: Span, factor: Rational) -> Span:
    """Times a constant that is not negative."""
    if factor == 0:
        return replace(point(0), not_applicable=span.not_applicable, present=span.present)
    return replace(
        span,
        low=None if span.low is None else exact(span.low * factor),
        high=None if span.high is None else exact(span.high * factor),
        whole=span.whole and factor.denominator == 1,
    )


def multiply(one: Span, other: Span) -> Span:
    """Products, of every pair of ends."""
    for constant, span in ((one, other), (other, one)):
        factor = constant.single
        if factor is not None and factor >= 0 and span.present and not constant.not_applicable:
            return scaled(span, factor)
    missing = _missing((one, other))
    if _impossible(one, other):
        return NEVER.absent(missing)
    corners = [_times(x, y) for x in (one.bottom, one.top) for y in (other.bottom, other.top)]
    return between(min(corners), max(corners), whole=one.whole and other.whole, not_applicable=missing)


def _times(one: End, other: End) -> End:
    if one[0] == 0 and other[0] == 0:
        return (0, exact(one[1] * other[1]))
    signs = [each[0] or (each[1] > 0) - (each[1] < 0) for each in (one, other)]
    return (signs[0] * signs[1], 0)


def quotient(above: Span, below: Span) -> Span:
    """Quotients where the divisor is not 0."""
    missing = _missing((above, below))
    if _impossible(above, below) or below.single == 0:
        return NEVER.absent(missing)
    if below.bottom < (0, 0) < below.top:
        return ANY.absent(missing)
    if below.top <= (0, 0):
        return quotient(negate(above), negate(below))
    # The divisor lies above 0, so one over it runs from one over its top to one over its bottom.
    low = (0, 0) if below.high is None else (0, divide(1, below.high))
    high = ABOVE_ALL if below.low is None or below.low <= 0 else (0, divide(1, below.low))
    return multiply(above.absent(False), between(low, high)).absent(missing)


def magnitude(span: Span) -> Span:
    """Absolute values."""
    if not span.present or (span.low is not None and span.low >= 0):
        return span
    flipped = negate(span)
    if span.high is not None and span.high <= 0:
        return flipped
    top = max(span.top, flipped.top)
    return between((0, 0), top, whole=span.whole, not_applicable=span.not_applicable)


def clipped(span: Span) -> Span:
    """The same values, but 0 for those below 0."""
    if not span.present or (span.low is not None and span.low >= 0):
        return span
    if span.high is not None and span.high <= 0:
        return point(0).absent(span.not_applicable)
    return replace(span, low=0, open_low=False)


def larger(one: Span, other: Span) -> Span:
    """The larger of two."""
    missing = _missing((one, other))
    if _impossible(one, other):
        return NEVER.absent(missing)
    whole = one.whole and other.whole
    return between(max(one.bottom, other.bottom), max(one.top, other.top), whole=whole, not_applicable=missing)


def smaller(one: Span, other: Span) -> Span:
    """The smaller of two."""
    return negate(larger(negate(one), negate(other)))


def mapped(span: Span, change: Callable[[Rational], Rational], *, whole: bool = False) -> Span:
    """The span of a change that never turns the order round, and closes what was open."""
    return (
        between(
            span.bottom if span.low is None else (0, change(span.low)),
            span.top if span.high is None else (0, change(span.high)),
            whole=whole,
            not_applicable=span.not_applicable,
        )
        if span.present
        else span
    )


def end_text(value: Rational | None, otherwise: str) -> str:
    """An end as text; `otherwise` where there is none."""
    return otherwise if value is None else plain(value)
