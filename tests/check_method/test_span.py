"""A span holds every value that its operands can give."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.check_method.span import (
    NEVER,
    Span,
    add,
    larger,
    magnitude,
    meet,
    multiply,
    negate,
    point,
    quotient,
    smaller,
    union,
)
from scoring.points import Rational, divide, ratio

pytestmark = pytest.mark.once

small = st.builds(ratio, st.integers(-6, 6), st.sampled_from((1, 2, 3)))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low, high = draw(st.none() | small), draw(st.none() | small)
    if low is not None and high is not None and low > high:
        low, high = high, low
    closed = low == high
    return Span(low, high, not closed and draw(st.booleans()), not closed and draw(st.booleans()))


def some(span: Span) -> list[Rational]:
    """A few values of a span, near its ends above all."""
    tried = [*range(-8, 9), *(ratio(each, 3) for each in range(-19, 20)), 1000, -1000]
    for end in (span.low, span.high):
        if end is not None:
            tried += [end, end + ratio(1, 1000), end - ratio(1, 1000)]
    return [each for each in tried if span.holds(each)]


@given(spans(), spans())
def test_operations_hold_what_their_operands_give(one: Span, other: Span) -> None:
    sums, products, quotients = add((one, other)), multiply(one, other), quotient(one, other)
    most, least, joint, both = larger(one, other), smaller(one, other), union((one, other)), meet(one, other)
    for x, y in product(some(one)[::5], some(other)[::5]):
        assert sums.holds(x + y)
        assert products.holds(x * y)
        assert most.holds(max(x, y))
        assert least.holds(min(x, y))
        if y:
            assert quotients.holds(divide(x, y))
    for x in some(one):
        assert joint.holds(x)
        assert magnitude(one).holds(abs(x))
        assert negate(one).holds(-x)
        assert both.holds(x) == other.holds(x)


def test_ends_stay_open_where_they_are() -> None:
    assert add((Span(0, 1, open_high=True), point(2))) == Span(2, 3, open_high=True)
    assert not meet(Span(0, 1, open_high=True), Span(1, 2)).present
    assert union((Span(0, 1, open_high=True), Span(1, 2))) == Span(0, 2)


def test_nothing_comes_of_nothing() -> None:
    assert not multiply(NEVER, Span()).present
    assert not quotient(Span(0, 1), point(0)).present
    assert quotient(Span(0, 10), Span(0)) == Span(0)
    assert NEVER.absent().not_applicable
    assert add(()) == point(0)
