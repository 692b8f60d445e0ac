"""What a criterion rests on: the given facts and lists below its rule, and the decisions it asks."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.condition import Decision
from scoring.method import Method, Node
from scoring.scope import Expression


def given_below(node: Node, method: Method) -> tuple[str, ...]:
    """The given facts and lists that a criterion rests on, in the order in which its rule names them."""
    expressions: list[object] = [node.of, node.times, node.mechanism]
    for decision in decisions_of(node):
        expressions.extend(decision.reads)
    return named_below(expressions, method)


def decisions_of(node: Node) -> Iterator[Decision]:
    """The decisions of a node itself: exceptions, 不适用, and those of its mechanism."""
    if node.not_applicable is not None and node.not_applicable.decision is not None:
        yield node.not_applicable.decision
    if node.exceptions is not None:
        yield node.exceptions.decision
    if node.mechanism is not None:
        yield from node.mechanism.decisions()


def named_below(start: list[object] | list[Expression], method: Method) -> tuple[str, ...]:
    """The given facts and lists below expressions, following derived facts to what they rest on."""
    found: dict[str, None] = {}
    seen: set[str] = set()

    def fact(name: str) -> None:
        if not name or name in seen:
            return
        seen.add(name)
        declared = method.facts.get(name)
        if declared is None:
            return
        if declared.selected is not None:
            visit(declared.selected)
        elif declared.derived is not None:
            visit(declared.derived)
        else:
            found.setdefault(name)

    def visit(expression: object) -> None:
        fact(str(getattr(expression, "source", "")))
        fact(str(getattr(expression, "name", "")))
        inputs = getattr(expression, "inputs", None)
        for inner in inputs() if inputs is not None else ():
            visit(inner)

    for each in start:
        if each is not None:
            visit(each)
    return tuple(found)
