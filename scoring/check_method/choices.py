"""Choices that a method must make where the case can occur: 不适用, a divisor of 0, an empty list (必须写明的处理)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.check_method.ground import Ground, nodes_of
from scoring.check_method.parts import PASSED_OVER
from scoring.check_method.scores import Scores
from scoring.check_method.span import Span
from scoring.check_method.words import example, title
from scoring.condition import NOT_APPLICABLE
from scoring.location import Location, Mapping, Sequence, locate
from scoring.mechanisms.steps import Steps
from scoring.method import AWARD, REBASE, Node
from scoring.operators import arithmetic
from scoring.reading.draft import Draft, Names
from scoring.reading.edition import FACTS, METHOD
from scoring.reading.operands import one
from scoring.reading.operators import operator
from scoring.reading.rules import written_out
from scoring.scope import Expression

OVER_LIST = ("share", "mean", "smallest", "largest")
OPERANDS = {"mean": arithmetic.Mean, "smallest": arithmetic.Extreme, "largest": arithmetic.Extreme}


def check_choices(ground: Ground) -> None:
    """Treatments of nodes, then of operators."""
    for (address, reads), group in ground.by_group(_untreated):
        ground.found.add("K265", ground.places.at(address), other=ground.places.use(address), reads=reads, group=group)
    for address in ground.in_every_group(_cannot_choose):
        ground.found.add("K268", ground.places.at(address, "chosen_by"))
    for node in _without_table(ground.method.root, False):
        ground.found.add("K267", ground.places.at(node.address, "not_applicable"))
    for (address, name), _ in ground.by_group(_steps_of_zero):
        ground.found.add("K266", ground.places.at(address, "per"), kind="per", name=name)
    for kind, name, place in Written(ground).open_choices():
        ground.found.add("K266", place, kind=kind, name=name)


def _untreated(scores: Scores) -> Iterator[tuple[str, str]]:
    """Nodes that can be 不适用 where nothing says what that means."""
    for node in nodes_of(scores):
        for gain in scores.gains(node):
            if gain.treatment == "":
                measure = f"{title(node.of)} 不适用".strip() if node.of is not None else ""
                said = NOT_APPLICABLE in gain.way.values.values()
                yield node.address, example(gain.way.reads, gain.way.values) if said else measure
                break


def _cannot_choose(scores: Scores) -> Iterator[tuple[str, bool]]:
    """选定 that may find nothing to take, where nothing says what that means."""
    for node in nodes_of(scores):
        if node.combine == "选定":
            yield node.address, scores.of(node).stuck and not any(gain.treatment == "" for gain in scores.gains(node))


def _without_table(node: Node, inside: bool) -> Iterator[Node]:
    """Nodes that leave the table (折算) although nothing above them brings it back to its marks."""
    inside = inside or node.rebase_to is not None or node.combine in PASSED_OVER
    told = node.not_applicable
    if told is not None and REBASE in (*told.treatments, told.arriving) and not inside and node.marks.kind == AWARD:
        yield node
    for part in node.parts:
        if part.marks.kind == AWARD:
            yield from _without_table(part, inside)


def _steps_of_zero(scores: Scores) -> Iterator[tuple[str, str]]:
    """Steps whose length is a fact that can be 0."""
    for node in nodes_of(scores):
        for row, step in enumerate(node.mechanism.rows if isinstance(node.mechanism, Steps) else ()):
            span = scores.reach.span(step.per)
            if span.bottom <= (0, 0):
                yield f"{node.address}/steps/{row}", title(step.per)


@dataclass(slots=True)
class Written:
    """The operators as they were written: a Method no longer tells a choice from its absence."""

    ground: Ground

    def open_choices(self) -> Iterator[tuple[str, str, Location]]:
        """`if_zero`, `if_empty`, `not_applicable` that are not said where they matter: key, what, where."""
        for path, document in self.ground.places.documents():
            for step in _steps(document):
                if (path, step) == (METHOD, "rules"):
                    continue
                yield from self._visit(document, (step,), document[step], "", path == FACTS)

    def _visit(
        self, root: Mapping, path: tuple[str | int, ...], here: Any, source: str, facts: bool
    ) -> Iterator[tuple[str, str, Location]]:
        if isinstance(here, Mapping):
            here = self._written_out(here)
            yield from self._operator(root, path, here, source)
            for key in here:
                inner = here[key]
                within = source
                if facts and len(path) == 3 and path[2] == "fields":
                    within = str(path[1])
                elif isinstance(inner, Mapping) and "in" in inner:
                    within = str(inner["in"])
                yield from self._visit(root, (*path, key), inner, within, facts)
        elif isinstance(here, Sequence):
            for place, inner in enumerate(here):
                yield from self._visit(root, (*path, place), inner, source, facts)

    def _written_out(self, said: Mapping) -> Mapping:
        return written_out(self._draft(), said) if "rule" in said else said

    def _operator(
        self, root: Mapping, path: tuple[str | int, ...], said: Mapping, source: str
    ) -> Iterator[tuple[str, str, Location]]:
        for key in OVER_LIST:
            inner = said.get(key)
            if isinstance(inner, Mapping) and "in" in inner and "if_empty" not in said and "if_empty" not in inner:
                yield "if_empty", str(inner["in"]), _place(root, path, said, key)
        late = said.get("days_late")
        if isinstance(late, Mapping) and "if_not_done" not in {**late, **said} and "done" in late:
            done = self._expression(late["done"], late.value("done"), source)
            fact, _ = self.ground.groups[0].reach.fact(title(done), source)
            if fact is not None and "未完成" in fact.may_be:
                yield "if_not_done", title(done), _place(root, path, said, "days_late")
        operands = said.get("ratio")
        if isinstance(operands, Sequence) and len(operands) == 2 and "if_zero" not in said:
            below = self._expression(operands[1], operands.item(1), source)
            if any(span.holds(0) for span in self._spans(below, source)):
                yield "if_zero", title(below), _place(root, path, said, "ratio")
        for key, kind in OPERANDS.items():
            if isinstance(said.get(key), Sequence) and "not_applicable" not in said:
                found = operator(self._draft(), self._names(source), _alone(said, key), "")
                for each in found.inputs() if isinstance(found, kind) else ():
                    if any(span.not_applicable for span in self._spans(each, source)):
                        yield "not_applicable", title(each), _place(root, path, said, key)
                        break

    def _spans(self, expression: Expression, source: str) -> list[Span]:
        return [scores.reach.span(expression, source) for scores in self.ground.groups]

    def _expression(self, said: Any, where: Location, source: str) -> Expression:
        return one(self._draft(), self._names(source), said, where, "")

    def _names(self, source: str) -> Names:
        facts = self.ground.method.facts
        names = Names(dict(facts), facts.get)
        fields = facts[source].fields if source in facts else {}
        return Names(dict(fields), fields.get, names) if fields else names

    def _draft(self) -> Draft:
        """A draft for reading a piece of the edition once more; what is wrong with it was said the first time."""
        method = self.ground.method
        said = self.ground.places.document(METHOD)
        assert said is not None
        rules = said.get("rules") or {}
        return Draft(
            method.edition,
            groups=tuple(group.code for group in method.groups),
            marks={node.code: node.marks.full or 1 for node in method.nodes()},
            codes={node.code: said for node in method.nodes()},
            rules={str(name): rule for name, rule in rules.items()},
        )


def _alone(said: Mapping, key: str) -> Mapping:
    found = Mapping(said.source, said.mark)
    found.put(key, said[key], said.keys_at[key], said.values_at[key])
    return found


def _steps(document: Mapping) -> list[str]:
    return [key for key in document if isinstance(document[key], (Mapping, Sequence))]


def _place(root: Mapping, path: tuple[str | int, ...], said: Mapping, key: str) -> Location:
    """Where the operator stands, with the headings above it."""
    above, here = locate(root, path), said.key(key)
    return Location(here.file, here.line, here.column, here.width, here.text, above.headings)
