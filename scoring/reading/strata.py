"""What depends on what, through facts, lists, scores and other departments; and in which order that can be computed.

A statistic over departments (横向统计) is computed once for all, so it must come after everything it is computed from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TypeAlias

from scoring.condition import Decision
from scoring.method import LIST, Fact, Method, Node
from scoring.operators.across import Across
from scoring.operators.base import EvidenceFor, Named, RateOf, ScoreOf

Thing: TypeAlias = tuple[str, str, str]
"""Something that is computed: ("fact", name, list or ""), ("node", address, "") or ("across", address, "")."""


@dataclass(slots=True)
class Dependence:
    """The graph of a method: from each thing to those that it is computed from."""

    method: Method
    across: dict[str, Across] = field(default_factory=dict)
    _nodes: dict[str, Node] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)
    _known: dict[Thing, tuple[Thing, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.method.nodes():
            self._nodes[node.address] = node
            if node.code:
                self._codes[node.code] = node.address

    def things(self) -> Iterator[Thing]:
        """Everything that is computed, in the order of the method."""
        for fact in self.method.facts.values():
            yield ("fact", fact.name, "")
            if fact.selected is None:
                yield from (("fact", name, fact.name) for name in fact.fields)
        yield from (("node", address, "") for address in self._nodes)

    def below(self, thing: Thing) -> tuple[Thing, ...]:
        """What a thing is computed from, each once."""
        if thing not in self._known:
            self._known[thing] = tuple(dict.fromkeys(self._below(thing)))
        return self._known[thing]

    def _below(self, thing: Thing) -> Iterator[Thing]:
        kind, name, source = thing
        if kind == "fact":
            fact = self._fact(name, source)
            if fact is not None:
                yield from self._read((fact.derived, fact.selected), source)
        elif kind == "across":
            across = self.across[name]
            yield from self._read((across.of, across.condition, across.tie_breaks), source)
        else:
            node = self._nodes[name]
            yield from self._read(
                (
                    node.of,
                    node.mechanism,
                    node.chosen_by,
                    node.exceptions,
                    node.times,
                    None if node.not_applicable is None else node.not_applicable.decision,
                ),
                "",
            )
            yield from (("node", part.address, "") for part in node.parts)

    def _fact(self, name: str, source: str) -> Fact | None:
        if source:
            return self.method.facts[source].fields.get(name)
        return self.method.facts.get(name)

    def _read(self, value: object, source: str) -> Iterator[Thing]:
        """What an expression, a mechanism or a decision reads; `source` is the list inside which it stands."""
        if isinstance(value, (Named, EvidenceFor)):
            inside = source in self.method.facts and value.name in self.method.facts[source].fields
            yield ("fact", value.name, source if inside else "")
        elif isinstance(value, (ScoreOf, RateOf)):
            yield ("node", self._codes.get(value.code, ""), "")
        elif isinstance(value, Across):
            self.across.setdefault(value.address, value)
            yield ("across", value.address, "")
        elif isinstance(value, tuple):
            for each in value:
                yield from self._read(each, source)
        elif isinstance(value, Decision):
            yield from self._read(value.reads, source)
        elif is_dataclass(value):
            named = str(getattr(value, "source", ""))
            if named in self.method.facts and self.method.facts[named].type == LIST:
                yield ("fact", named, "")
                source = named
            for each in fields(value):
                yield from self._read(getattr(value, each.name), source)


def in_order(method: Method, listed: tuple[Across, ...]) -> tuple[Across, ...]:
    """The statistics over departments so that each comes after all it is computed from; each once.

    Where there is a circle (a finding, when the method is checked) the order is as good as any.
    """
    graph = Dependence(method)
    for across in listed:
        graph.across.setdefault(across.address, across)
    found: dict[str, Across] = {}
    seen: set[Thing] = set()

    def visit(thing: Thing) -> None:
        if thing in seen or not thing[1]:
            return
        seen.add(thing)
        for each in graph.below(thing):
            visit(each)
        if thing[0] == "across":
            found.setdefault(thing[1], graph.across[thing[1]])

    for across in listed:
        visit(("across", across.address, ""))
    return tuple(found.values())
