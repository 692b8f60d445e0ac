"""The smallest and the largest that every fact and node can come to, as a printed method shows them (取值范围)."""

from __future__ import annotations

from scoring.check_method.circles import circles
from scoring.check_method.ground import nodes_of
from scoring.check_method.scores import Scores
from scoring.check_method.span import Span, union
from scoring.method import LIST, TEXT, Method
from scoring.points import Rational


def ranges(method: Method) -> dict[str, tuple[Rational | None, Rational | None]]:
    """(lowest, highest) by address, over all groups, whatever is missing or 不适用; None where there is no end.

    A person's word (an override, an adjusted total) is outside of it. Empty where scores go round in a circle.
    """
    if next(circles(method), None) is not None:
        return {}
    found: dict[str, list[Span]] = {}
    for group in range(len(method.groups)):
        scores = Scores(method, group, silent=True)
        for node in nodes_of(scores):
            found.setdefault(node.address, []).append(scores.with_carried(node))
        for fact in method.facts.values():
            if fact.type not in (LIST, TEXT):
                found.setdefault(fact.address, []).append(scores.reach.named(fact.name, ""))
    spans = {address: union(each) for address, each in found.items()}
    return {address: (span.low, span.high) for address, span in spans.items() if span.present}
