"""Values that show a rule going beyond its marks (例证)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.awards import award_of, awarded
from scoring.check_method.scores import Scores
from scoring.check_method.span import Span, point
from scoring.check_method.words import example, said, title
from scoring.method import Node
from scoring.points import Rational, divide, exact

FAR = (*range(1, 21), 25, 30, 40, 50, 60, 80, 100, 200, 500, 1000, 10**4, 10**6)
"""How far from the end of a range, or from 0, a value is tried where there is no end."""


def beyond(scores: Scores, node: Node, limit: Rational, *, above: bool) -> str:
    """Data with which the points of a criterion lie above (or below) a limit, and what they come to; "" where no single
    situation tells."""
    if node.parts or node.times is not None or node.convert_to is not None:
        return ""
    for gain in scores.gains(node):
        far = gain.points.top > (0, limit) if above else gain.points.bottom < (0, limit)
        award = award_of(gain.way, node.exceptions, node.mechanism)
        if not gain.points.present or not far or award is None:
            continue
        under = scores.reach.under(gain.way.known)
        for value in tried(under.span(node.of), node.of.kind.unit == "%") if node.of is not None else ():
            assert node.of is not None
            points = awarded(award, node.marks, under.under({(node.of, ""): point(value)}))
            if points.single is not None and (points.single > limit if above else points.single < limit):
                others = {place: said_ for place, said_ in gain.way.values.items() if gain.way.reads[place] != node.of}
                shown = f"{title(node.of)} {said(node.of.kind, value)}".strip()
                return "，".join(filter(None, (example(gain.way.reads, others), shown)))
        return example(gain.way.reads, gain.way.values)
    return ""


def tried(span: Span, rate: bool) -> Iterator[Rational]:
    """A few values of a span: its ends, else values further and further out."""
    unit = divide(1, 100) if rate else 1
    for end in (span.low, span.high):
        if end is not None and span.holds(end):
            yield end
    if span.high is None:
        start = span.low if span.low is not None else 0
        yield from (exact(start + step * unit) for step in FAR if span.holds(exact(start + step * unit)))
    if span.low is None:
        start = span.high if span.high is not None else 0
        yield from (exact(start - step * unit) for step in FAR if span.holds(exact(start - step * unit)))
