"""Measures a submission: its data become a scope in which every rule finds its exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import TypeAlias

from scoring.canonical import joined, quoted, told
from scoring.condition import MISSING
from scoring.method import LIST, Fact, Method
from scoring.scope import Expression, Horizon, Kind, Records, Scope, Trace, key_of
from scoring.submission import Datum, Record, Said, Submission

REMEMBERED = 4096
"""Data kept of one fact."""

COUNT_ONCE = "只计一次"
Place: TypeAlias = tuple[str, ...]
"""A fact by name, or a field of a record by list, key and field."""


def fact_kind(fact: Fact) -> Kind:
    """What the values of a fact mean."""
    return Kind(fact.type, fact.unit, fact.choices)


@dataclass(slots=True)
class Measure:
    """The definitions of a method, laid out for measuring one department after another."""

    method: Method
    derived: Mapping[str, Expression] = field(init=False)
    selected: Mapping[str, Records] = field(init=False)
    lists: Mapping[str, Mapping[str, Expression]] = field(init=False)
    groups: Mapping[str, int] = field(init=False)
    order: tuple[str, ...] = ()
    """The given facts and lists in the order in which the method's nodes rest on them."""
    tellers: Mapping[str, Teller] = field(init=False)
    """By the address of a fact or field."""
    told: list[tuple[str, str, Teller, Callable[[Scope], str] | None]] = field(init=False)
    """How the facts are told: as canonical form begins each, by what name, by whom, and what tells its working."""
    columns: Mapping[str, list[tuple[str, Teller, bool]]] = field(init=False)
    """The fields of each list: their names, by whom they are told, and whether they are derived."""

    def __post_init__(self) -> None:
        facts = self.method.facts.values()
        every = [each for fact in facts for each in (fact, *fact.fields.values())]
        self.tellers = {each.address: Teller(fact_kind(each)) for each in every}
        self.derived = {fact.name: fact.derived for fact in facts if fact.derived is not None}
        self.selected = {fact.name: fact.selected for fact in facts if fact.selected is not None}
        self.lists = {
            fact.name: {each.name: each.derived for each in fact.fields.values() if each.derived is not None}
            for fact in facts
            if fact.type == LIST
        }
        self.told = [
            (
                told(fact.name) + ":",
                fact.name,
                self.tellers[fact.address],
                None if fact.derived is None else telling(fact.derived),
            )
            for fact in sorted(facts, key=lambda fact: fact.name)
            if fact.type != LIST
        ]
        self.columns = {
            fact.name: [
                (each.name, self.tellers[each.address], each.derived is not None) for each in fact.fields.values()
            ]
            for fact in facts
            if fact.type == LIST
        }
        self.groups = {group.code: number for number, group in enumerate(self.method.groups)}

    def scope(self, submission: Submission, horizon: Horizon) -> Scope:
        """The scope of one department. A list nobody handed in is missing, not empty."""
        spent = self.spent(submission)
        found = Scope(
            horizon,
            submission.department.code,
            self.groups[submission.department.group],
            {name: datum.layers[-1].value for name, datum in submission.facts.items()},
            self.derived,
            {},
            self.selected,
            submission.facts,
            frozenset([place[0] for place in spent if len(place) == 1]),
            counted=submission.department.named,
        )
        for name, definitions in self.lists.items():
            if name not in self.selected:
                records = submission.lists.get(name)
                found.lists[name] = (
                    None
                    if records is None
                    else tuple(self.record(record, definitions, found, name, spent) for record in records)
                )
        return found

    def record(
        self, record: Record, derived: Mapping[str, Expression], up: Scope, source: str, spent: Set[Place]
    ) -> Scope:
        """The scope of one record; what its fields do not say, its department may."""
        own = [place[2] for place in spent if place[:2] == (source, record.key)] if spent else ()
        return Scope(
            up.horizon,
            up.department,
            up.group,
            {name: datum.layers[-1].value for name, datum in record.data.items()},
            derived,
            given=record.data,
            spent=frozenset(own),
            evidence=() if "" in own else record.evidence,
            texts=record.texts,
            key=record.key,
            up=up,
        )

    def spent(self, submission: Submission) -> Set[Place]:
        """Where evidence proves nothing any more, because the method counts a paper once (只计一次): it proves only
        where it comes first in the order of the method, in a list in the order of keys."""
        if self.method.evidence_reuse != COUNT_ONCE:
            return frozenset()
        places: list[tuple[Place, tuple[str, ...]]] = []
        for name in (*self.order, *sorted({*submission.facts, *submission.lists} - set(self.order))):
            if name in submission.facts:
                places.append(((name,), submission.facts[name].evidence))
            for record in submission.lists.get(name, ()):
                places.append(((name, record.key, ""), record.evidence))
                places += [((name, record.key, field_), record.data[field_].evidence) for field_ in sorted(record.data)]
        used: set[str] = set()
        found: set[Place] = set()
        for place, ids in places:
            papers = {submission.evidence[id_].number or id_ if id_ in submission.evidence else id_ for id_ in ids}
            if papers and papers <= used:
                found.add(place)
            used |= papers
        return found

    def settle_strata(self, scopes: list[Scope], horizon: Horizon) -> None:
        """Compute the statistics over departments, stratum by stratum; each then stands in `horizon.shared`."""
        for across in self.method.strata:
            horizon.shared[across.address] = across.settle(scopes)

    def facts(self, submission: Submission, scope: Scope) -> str:
        """Every fact of the department as assessment.json holds it: its value with all layers, or its working."""
        given = submission.facts
        texts = []
        for head, name, teller, derived in self.told:
            if derived is None:
                texts.append(head + teller.given(given.get(name)))
            else:
                value = quoted(scope.say(name, teller.kind))
                texts.append(f'{head}{{"value":{value},"working":{derived(scope)}}}')
        return "{" + ",".join(texts) + "}"

    def records(self, submission: Submission, scope: Scope) -> str:
        """Every list of the department: its records by key, each field with its layers or its value."""
        texts: dict[str, str] = {}
        for name, fact in self.method.facts.items():
            if fact.type != LIST:
                continue
            records = scope.records(name)
            if records is None:
                texts[name] = told(None)
            elif fact.selected is not None:
                texts[name] = told([record.key for record in records])
            else:
                written = {record.key: record for record in submission.lists.get(name, ())}
                rows = [self.fields(written[record.key], record, fact) for record in records]
                texts[name] = "[" + ",".join(rows) + "]"
        return joined(texts)

    def fields(self, record: Record, scope: Scope, fact: Fact) -> str:
        shown = {"key": quoted(record.key)}
        if record.evidence:
            shown["evidence"] = told(record.evidence)
        data, texts = record.data, record.texts
        for name, teller, derived in self.columns[fact.name]:
            if derived:
                shown[name] = f'{{"value":{quoted(scope.say(name, teller.kind))}}}'
            elif name in texts:
                shown[name] = f'{{"value":{quoted(texts[name])}}}'
            else:
                shown[name] = teller.given(data.get(name))
        return joined(shown)


def telling(expression: Expression) -> Callable[[Scope], str]:
    """What tells the working of an expression: often it knows a shorter way than by writing it down first."""
    shorter: Callable[[Scope], str] | None = getattr(expression, "told", None)
    return shorter or (lambda scope: told(expression.working(scope)))


@dataclass(slots=True)
class Teller:
    """Tells the data of one fact in canonical form. Departments say the same again and again: that is told once."""

    kind: Kind
    known: dict[object, str] = field(default_factory=dict)

    def given(self, datum: Datum | None) -> str:
        """A given datum with what each layer said, low to high."""
        layers = () if datum is None else datum.layers
        if len(layers) == 1:
            said = layers[0]
            if not (said.by or said.on or said.why or said.evidence):
                return self.alone(said)
        key: object = tuple(
            [(key_of(each.value), each.layer, each.by, each.on, each.why, each.evidence) for each in layers]
        )
        found = self.known.get(key)
        if found is None:
            value = quoted(self.kind.say(layers[-1].value if layers else MISSING))
            found = f'{{"layers":[{",".join(map(self.layer, layers))}],"value":{value}}}'
            self.remember(key, found)
        return found

    def alone(self, said: Said) -> str:
        """A given datum of which one layer says nothing but the value: nearly all are such."""
        key = said.layer, key_of(said.value)
        found = self.known.get(key)
        if found is None:
            value = quoted(self.kind.say(said.value))
            found = f'{{"layers":[{{"layer":{quoted(said.layer)},"value":{value}}}],"value":{value}}}'
            self.remember(key, found)
        return found

    def remember(self, key: object, text: str) -> None:
        if len(self.known) < REMEMBERED:
            self.known[key] = text

    def layer(self, said: Said) -> str:
        shown: Trace = {"layer": said.layer, "value": self.kind.say(said.value)}
        for key, text in (("by", said.by), ("on", said.on), ("why", said.why)):
            if text:
                shown[key] = text
        if said.evidence:
            shown["evidence"] = said.evidence
        return told(shown)
