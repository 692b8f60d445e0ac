"""What one department's rules can see: its facts, its records, its scores. Each value is computed once.

A Scope is lazy: a derived fact is computed when a rule first asks for it. The order of asking cannot matter,
because the dependency graph of a checked method has no circle and every value is a pure function of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from scoring.condition import MISSING, Absent, Decision, Value
from scoring.points import plain
from scoring.timeline import Calendar, date_text

Trace = dict[str, Any]
"""A working in the shape assessment.json holds it: strings for exact values, lists, and dicts of these."""


class Kind(NamedTuple):
    """What an expression's values mean, so that they can be said: a number with its unit, a date, a state."""

    type: str = "数"
    unit: str = ""
    choices: tuple[str, ...] = ()

    def say(self, value: Value) -> str:
        """The value as text without loss: "0.905", "8/3", "2023-03-31", "是", "不适用"."""
        if isinstance(value, Absent):
            return value.value
        if self.type == "日期":
            return date_text(value)
        if self.choices:
            return self.choices[int(value)]
        return plain(value)


def key_of(value: Value) -> object:
    """What tells a value from others in a key. A fraction is taken apart: its own hash costs more than all the rest."""
    if isinstance(value, (int, Absent)):
        return value
    return value.as_integer_ratio()


class Expression(Protocol):
    """Something with one exact value for a department or a record: a literal, a fact, an operator."""

    @property
    def kind(self) -> Kind: ...

    def value(self, scope: Scope) -> Value: ...

    def inputs(self) -> tuple[Expression, ...]:
        """The expressions it is computed from, in the order of its working."""

    def working(self, scope: Scope) -> Trace:
        """How the value came about, one step deep; fact names lead on."""


class Records(Protocol):
    """Something with a list of records for a department: a list fact, or a selection from one."""

    def records(self, scope: Scope) -> tuple[Scope, ...] | None: ...


@dataclass(slots=True)
class Horizon:
    """What a department shares with the others: how decisions are answered, and the statistics over all.

    `shared` holds, by the address of an `across`, its value for each department; it is filled stratum by stratum.
    `awards` holds what a row gives, by its decision and number, where it gives the same to everybody. `match_each`
    answers a decision that reads one value for each of many, where the matcher knows a shorter way.
    """

    match: Callable[[Decision, tuple[Value, ...]], int]
    calendar: Calendar
    shared: dict[str, dict[str, Value]] = field(default_factory=dict)
    awards: dict[tuple[Decision, int], Any] = field(default_factory=dict)
    match_each: Callable[[Decision, Sequence[Value]], list[int]] | None = None
    alike: dict[Decision, Decision] = field(default_factory=dict)
    questions: dict[object, Decision] = field(default_factory=dict)
    """Decisions that ask the same: each with the first of them, and that by what is asked."""


class Proven(Protocol):
    """Something that evidence may be attached to."""

    @property
    def evidence(self) -> tuple[str, ...]: ...


@dataclass(slots=True, eq=False)
class Scope:
    """The values of one department, or of one record of a list (then `up` is its department).

    `values` begins with the given data and remembers what was computed, `words` what was said of it, and `made`, by the
    id of an operator, what it made of the scope. `derived` and `selected` are the method's definitions. `given` are the
    data themselves, for their evidence, and `spent` those of them whose evidence proves nothing any more; `evidence` is
    that of the record.
    """

    horizon: Horizon
    department: str
    group: int
    values: dict[str, Value]
    derived: Mapping[str, Expression]
    lists: dict[str, tuple[Scope, ...] | None] = field(default_factory=dict)
    selected: Mapping[str, Records] = field(default_factory=dict)
    given: Mapping[str, Proven] = field(default_factory=dict)
    spent: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    up: Scope | None = None
    words: dict[str, str] = field(default_factory=dict)
    made: dict[object, Any] = field(default_factory=dict)
    score_of: Callable[[str], Value] | None = None
    rate_of: Callable[[str], Value] | None = None
    self_score_of: Callable[[str], Value] | None = None
    counted: bool = True
    """Whether statistics over departments count it: not where it may not be published."""

    def fact(self, name: str) -> Value:
        """The value of a fact or field by name; MISSING where nobody gave one."""
        try:
            return self.values[name]
        except KeyError:
            pass
        definition = self.derived.get(name)
        if definition is None:
            return self.up.fact(name) if self.up is not None else MISSING
        found = self.values[name] = definition.value(self)
        return found

    def say(self, name: str, kind: Kind) -> str:
        """The value of a fact as text, which workings ask for again and again."""
        try:
            return self.words[name]
        except KeyError:
            said = self.words[name] = kind.say(self.fact(name))
            return said

    def records(self, name: str) -> tuple[Scope, ...] | None:
        """The records of a list by name; None where the list was not submitted."""
        try:
            return self.lists[name]
        except KeyError:
            pass
        selection = self.selected.get(name)
        if selection is None:
            return self.up.records(name) if self.up is not None else None
        found = self.lists[name] = selection.records(self)
        return found

    def answer(self, decision: Decision) -> int:
        """Which row of the decision holds here, as the rules engine says."""
        reads = decision.reads
        if len(reads) == 1:
            return self.horizon.match(decision, (reads[0].value(self),))
        return self.horizon.match(decision, tuple([each.value(self) for each in reads]))

    def score(self, code: str) -> Value:
        """The points of a node, computed on demand."""
        root = self.up or self
        if root.score_of is None:
            raise LookupError(code)
        return root.score_of(code)

    def rate(self, code: str) -> Value:
        """The points of a node as a share of its marks that count here."""
        root = self.up or self
        if root.rate_of is None:
            raise LookupError(code)
        return root.rate_of(code)

    def self_score(self, code: str) -> Value:
        """What the department gave itself for a node."""
        root = self.up or self
        return MISSING if root.self_score_of is None else root.self_score_of(code)

    def proven(self, name: str) -> bool:
        """Whether evidence is attached to the fact; for a list, to each of its records."""
        if not name:
            return bool(self.evidence)
        if name in self.given:
            return name not in self.spent and bool(self.given[name].evidence)
        if name in self.lists or name in self.selected:
            found = self.records(name)
            return bool(found) and all(each.proven("") for each in found or ())
        return self.up.proven(name) if self.up is not None else False
