"""What one department's rules can see: its facts, its records, its scores. Each value is computed once.

A Scope is lazy: a derived fact is computed when a rule first asks for it. The order of asking cannot matter,
because the dependency graph of a checked method has no circle and every value is a pure function of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """

    match: Callable[[Decision, tuple[Value, ...]], int]
    calendar: Calendar
    shared: dict[str, dict[str, Value]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Scope:
    """The values of one department, or of one record of a list (then `up` is its department).

    `values` begins with the given data and remembers what was computed. `derived` and `selected` are the method's
    definitions for this scope. `evidence` says of each given fact whether proof is attached; the empty name stands
    for the record itself.
    """

    horizon: Horizon
    department: str
    group: int
    values: dict[str, Value]
    derived: Mapping[str, Expression]
    lists: dict[str, tuple[Scope, ...] | None] = field(default_factory=dict)
    selected: Mapping[str, Records] = field(default_factory=dict)
    evidence: Mapping[str, bool] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    up: Scope | None = None
    score_of: Callable[[str], Value] | None = None
    rate_of: Callable[[str], Value] | None = None
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
        return self.horizon.match(decision, tuple([each.value(self) for each in decision.reads]))

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

    def proven(self, name: str) -> bool:
        """Whether evidence is attached to the fact; for a list, to each of its records."""
        if name in self.evidence:
            return self.evidence[name]
        if name in self.lists or name in self.selected:
            found = self.records(name)
            return bool(found) and all(each.proven("") for each in found or ())
        return self.up.proven(name) if self.up is not None and name else False
