"""Reviewers' numbers: every number that may be handed in must be one that some level admits (评定的范围)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.awards import reviewed
from scoring.check_method.ground import Ground, nodes_of
from scoring.check_method.scores import Scores
from scoring.check_method.span import ANY, Span
from scoring.check_method.words import said, title
from scoring.mechanisms.review import Review
from scoring.mechanisms.selector import Rows
from scoring.method import Node
from scoring.points import Rational
from scoring.scope import Expression


def check_reviews(ground: Ground) -> None:
    """The bounds of a fact against those of the levels that read it."""
    for address, kind, name, value in ground.in_every_group(_unlike):
        ground.found.add("K299", ground.places.at(address), kind=kind, name=name, value=value)


def _unlike(scores: Scores) -> Iterator[tuple[tuple[str, str, str, str], bool]]:
    for node in nodes_of(scores):
        by_fact: dict[Expression, list[tuple[str, Span]]] = {}
        for address, review in _reviews(node):
            by_fact.setdefault(review.of, []).append((address, reviewed(review, ANY)))
        for of, admitted in by_fact.items():
            whole, kind = scores.reach.span(of), of.kind
            hole = _hole(whole, [span for _, span in admitted])
            if hole is not None:
                yield (_beside(hole, admitted) or node.address, "refused", title(of), said(kind, hole)), True
            for address, span in admitted:
                for end, beyond in ((span.low, span.bottom < whole.bottom), (span.high, span.top > whole.top)):
                    if end is not None:
                        yield (address, "never", title(of), said(kind, end)), beyond


def _reviews(node: Node) -> Iterator[tuple[str, Review]]:
    """The reviews of a node, each with its address."""
    if isinstance(node.mechanism, Review):
        yield node.address, node.mechanism
    if isinstance(node.mechanism, Rows):
        for place, row in enumerate(node.mechanism.rows):
            if isinstance(row.award, Review):
                yield f"{node.mechanism.decision.address}/{place}", row.award


def _hole(whole: Span, admitted: list[Span]) -> Rational | None:
    """An end of what may be handed in, or an edge between levels, that no level admits."""
    edges = [whole.low, whole.high, *(end for span in admitted for end in (span.low, span.high))]
    for edge in edges:
        if edge is not None and whole.holds(edge) and not any(span.holds(edge) for span in admitted):
            return edge
    return None


def _beside(hole: Rational, admitted: list[tuple[str, Span]]) -> str | None:
    """The level whose edge is the nearest to a hole: it is there that a level is too narrow."""
    near: tuple[Rational, str] | None = None
    for address, span in admitted:
        for end in (span.low, span.high):
            if end is not None and (near is None or max(end - hole, hole - end) < near[0]):
                near = (max(end - hole, hole - end), address)
    return near[1] if near else None
