"""What criteria came to, by what their rules read: equal questions need not be asked twice.

A criterion is remembered where its outcome hangs on a few values alone, and where all above it only adds up. Its lines
and their entries are then the same for every department with these values, and all of them share them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from scoring.mechanisms.checks import Checks
from scoring.mechanisms.selector import Rows
from scoring.mechanisms.steps import Steps
from scoring.method import Mechanism, Method, Node
from scoring.operators.base import AsOfDay, EvidenceFor, GroupOf, Literal, Named, RateOf, ScoreOf
from scoring.scope import Expression, Scope, key_of
from scoring.settle.outcome import Outcome
from scoring.settle.pattern import Patterns, patterns

REMEMBERED, TRIED = 4096, 256
"""Outcomes kept of one criterion, and how many it takes to see that nothing recurs there."""


@dataclass(slots=True)
class Memory:
    """The outcomes of one criterion, by the values of `reads` and by which of `proofs` are proven."""

    reads: tuple[Expression, ...]
    proofs: tuple[str, ...]
    patterns: Patterns | None = None
    outcomes: dict[object, Outcome] = field(default_factory=dict)
    recalled: int = 0
    worthwhile: bool = True

    def recall(self, scope: Scope, settle: Callable[[], Outcome]) -> Outcome:
        """The outcome of an equal question, or of one that is alike but for its figure; else what `settle` finds."""
        key: object = None
        if self.worthwhile:
            key = self.key(scope)
            found = self.outcomes.get(key)
            if found is not None:
                self.recalled += 1
                return found
        found = None if self.patterns is None else self.patterns.outcome(scope)
        if found is None:
            found = settle()
            if self.patterns is not None:
                self.patterns.learn(scope, found)
        if self.worthwhile:
            self.keep(key, found)
        return found

    def keep(self, key: object, outcome: Outcome) -> None:
        """Keep an outcome that nobody changes any more."""
        known = len(self.outcomes)
        if known == TRIED and self.recalled < TRIED // 8:
            self.worthwhile = False
            self.outcomes.clear()
        elif known < REMEMBERED:
            self.outcomes[key] = outcome

    def key(self, scope: Scope) -> object:
        """What tells one question from another."""
        if self.proofs or len(self.reads) != 1:
            return (*[key_of(each.value(scope)) for each in self.reads], *map(scope.proven, self.proofs))
        value = self.reads[0].value(scope)
        return value if type(value) is int else key_of(value)


def memories(method: Method, proof: Mapping[str, tuple[str, ...]]) -> dict[str, Memory]:
    """A memory for each criterion that can have one, by address; `proof` names the facts whose evidence it demands."""
    found = {}
    for node in _added_up(method.root):
        reads = _reads(node) if node.code and not node.parts and node is not method.root else None
        if reads is not None:
            proofs = dict.fromkeys([*proof.get(node.address, ()), *proofs_of(node)])
            found[node.address] = Memory(
                reads, tuple(proofs), patterns(node) if len(reads) == 1 and not proofs else None
            )
    return found


def _added_up(node: Node) -> Iterator[Node]:
    """The nodes whose lines reach the total as they are."""
    yield node
    for part in node.parts if node.combine == "合计" else ():
        yield from _added_up(part)


def _reads(node: Node) -> tuple[Expression, ...] | None:
    """Every reference in the rule of a criterion; None where it looks at more than single values."""
    found: dict[Expression, None] = {}
    waiting = list(_expressions(node))
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, AsOfDay):
            waiting += expression.inputs()
        elif isinstance(expression, Named | ScoreOf | RateOf | GroupOf | EvidenceFor):
            found[expression] = None
        elif not isinstance(expression, Literal):
            return None
    return tuple(found)


def _expressions(node: Node) -> Iterator[Expression]:
    yield from (each for each in (node.of, node.times) if each is not None)
    if node.not_applicable is not None and node.not_applicable.decision is not None:
        yield from node.not_applicable.decision.reads
    if node.exceptions is not None:
        yield from node.exceptions.decision.reads
    for mechanism in _mechanisms(node):
        yield from mechanism.inputs()
        for decision in mechanism.decisions():
            yield from decision.reads
        if isinstance(mechanism, Rows):
            yield from (bound for row in mechanism.rows for _, bound in row.bounds)


def proofs_of(node: Node) -> Iterator[str]:
    """The facts whose evidence the rows of a criterion ask for."""
    for mechanism in _mechanisms(node):
        if isinstance(mechanism, Checks):
            yield from (name for item in mechanism.items for name in item.proof_of)
        elif isinstance(mechanism, Steps):
            yield from (name for row in mechanism.rows for name in row.proof_of)


def _mechanisms(node: Node) -> Iterator[Mechanism]:
    """The node's mechanism and those of its exceptions, with what their rows award."""
    waiting = [] if node.mechanism is None else [node.mechanism]
    waiting += [] if node.exceptions is None else node.exceptions.awards
    while waiting:
        mechanism = waiting.pop()
        yield mechanism
        if isinstance(mechanism, Rows):
            waiting += [row.award for row in mechanism.rows]
