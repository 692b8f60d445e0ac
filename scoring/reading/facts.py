"""Reads facts.yaml: what departments and the bureau give, and what is derived from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scoring.condition import Absent, Value
from scoring.location import Mapping
from scoring.method import AWARD, DATE, LIST, Award, Fact, Marks, Mechanism, Rounding, Selector
from scoring.points import Rational, exact, rounded
from scoring.reading.draft import Draft, Names
from scoring.reading.mechanisms import MECHANISMS, Stand, exceptions, mechanism
from scoring.reading.operands import bound, operand, rounding
from scoring.reading.operators import OPERATORS, operator, selection
from scoring.reading.rules import written_out
from scoring.scope import Expression, Kind, Scope, Trace


@dataclass(frozen=True, slots=True)
class Scored:
    """A derived fact that is a score: a mechanism over a measure (a record's points, say)."""

    mechanism: Mechanism
    exceptions: Selector | None
    marks: Marks
    times: Expression | None = None
    cap: Rational | None = None
    floor: Rational | None = None
    rounding: Rounding | None = None
    kind: Kind = Kind(unit="分")

    def award(self, scope: Scope) -> Award:
        if self.exceptions is not None:
            answer = scope.answer(self.exceptions.decision)
            if answer >= 0:
                return self.exceptions.awards[answer].award(scope, self.marks)
        return self.mechanism.award(scope, self.marks)

    def value(self, scope: Scope) -> Value:
        award = self.award(scope)
        if isinstance(award.absent, Absent):
            return award.absent
        points = award.points
        if self.times is not None:
            factor = self.times.value(scope)
            if isinstance(factor, Absent):
                return factor
            points = exact(points * factor)
        if self.cap is not None:
            points = min(points, self.cap)
        if self.floor is not None:
            points = max(points, self.floor)
        return points if self.rounding is None else rounded(points, self.rounding.decimals, self.rounding.mode)

    def inputs(self) -> tuple[Expression, ...]:
        return tuple(self.mechanism.inputs())

    def working(self, scope: Scope) -> Trace:
        return {"operator": "scored", "award": self.award(scope).working}


@dataclass(slots=True)
class FactReader:
    """Builds facts on demand, so that a derived fact may name one that stands further down; a circle is a finding."""

    draft: Draft
    said: Mapping
    prefix: str
    up: Names | None = None
    built: dict[str, Fact | None] = field(default_factory=dict)
    under_way: list[str] = field(default_factory=list)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(dict.fromkeys(self.said), self.build, self.up)

    def all(self) -> dict[str, Fact]:
        """Every fact, in the order of the file."""
        found = {}
        for name in self.said:
            fact = self.build(name)
            if fact is not None:
                found[name] = fact
        return found

    def build(self, name: str) -> Fact | None:
        if name in self.built:
            return self.built[name]
        if name in self.under_way:
            circle = [*self.under_way[self.under_way.index(name) :], name]
            self.draft.findings.add("K230", self.said.key(name), circle="→".join(circle))
            return None
        self.under_way.append(name)
        fact = self._read(name, self.said[name]) if isinstance(self.said[name], Mapping) else None
        self.under_way.pop()
        self.built[name] = fact
        return fact

    def _read(self, name: str, written: Mapping) -> Fact:
        draft, address = self.draft, f"{self.prefix}/{name}"
        draft.place(address, self.said.key(name), (f"数据项“{name}”",))
        said = written_out(draft, written)
        given = said.get("type")
        derived: Expression | None = None
        if "records" in said:
            return self._selection(name, address, said)
        scored = [key for key in MECHANISMS if key in said]
        operators = [key for key in said if key in OPERATORS and not (given and key in ("limit",))]
        if given is None and scored:
            derived = self._scored(said, address)
        elif given is None and operators:
            derived = operator(draft, self.names, _operator_part(said), address)
        elif given is None:
            draft.findings.add("K233", self.said.key(name), name=name)
            given = "数"
        fields: dict[str, Fact] = {}
        if given == LIST:
            inner = said.get("fields")
            if isinstance(inner, Mapping):
                clashes = [field_name for field_name in inner if field_name in self.said]
                for clash in clashes:
                    draft.findings.add("K234", inner.key(clash), name=clash, other=self.said.key(clash))
                fields = FactReader(draft, inner, f"{address}/fields", self.names).all()
            if said.get("key") not in fields:
                draft.findings.add("K235", said.value("key"), name=str(said.get("key", "")))
        kind = derived.kind if derived is not None else Kind(str(given))
        return Fact(
            name=name,
            address=address,
            type=str(given) if given else kind.type,
            unit=str(said.get("unit", "")) or (derived.kind.unit if derived else ""),
            choices=tuple(str(each) for each in said.get("choices", ())) or kind.choices,
            at_least=self._bound(said, ("at_least", "from"), address),
            at_most=self._bound(said, ("at_most", "by"), address),
            decimals=said.get("decimals"),
            better=str(said.get("better", "无")),
            source=str(said.get("source", "")),
            fiscal_year=int(said.get("fiscal_year", 0)),
            same_as=str(said.get("same_as", "")),
            evidence=str(said.get("evidence", "可选")),
            may_be=tuple(str(each) for each in _listed(said.get("may_be"))),
            not_applicable_if=tuple(str(each) for each in _listed(said.get("not_applicable_if"))),
            within_reach=said.get("within_reach") == "是",
            key=str(said.get("key", "")),
            fields=fields,
            derived=derived,
            note=str(said.get("note", "")),
        )

    def _selection(self, name: str, address: str, said: Mapping) -> Fact:
        inner = said["records"]
        selected = selection(self.draft, self.names, inner, f"{address}/records")
        source = self.names.find(str(inner.get("in", "")))
        fields = dict(source.fields) if source is not None else {}
        key = source.key if source is not None else ""
        return Fact(name, address, LIST, key=key, fields=fields, selected=selected, note=str(said.get("note", "")))

    def _scored(self, said: Mapping, address: str) -> Expression:
        of = operand(self.draft, self.names, said, "of", f"{address}/of") if "of" in said else None
        stand = Stand(self.draft, self.names, address, Marks(AWARD, None), of)
        made = mechanism(stand, said)
        special = exceptions(stand, said["exceptions"]) if "exceptions" in said else None
        assert made is not None
        return Scored(
            made,
            special,
            stand.marks,
            operand(self.draft, self.names, said, "times", f"{address}/times") if "times" in said else None,
            bound(self.draft, said, "cap", None),
            bound(self.draft, said, "floor", None),
            rounding(said),
        )

    def _bound(self, said: Mapping, keys: tuple[str, ...], address: str) -> Expression | None:
        for key in keys:
            if key in said:
                kind = Kind(DATE) if said.get("type") == DATE else Kind("数", str(said.get("unit", "")))
                return operand(self.draft, self.names, said, key, f"{address}/{key}", kind)
        return None


def _operator_part(said: Mapping) -> Mapping:
    """The mapping without the keys of a declaration, so that one operator key remains."""
    part = Mapping(said.source, said.mark)
    for key in said:
        if key not in ("unit", "better", "note", "decimals", "provision", "origin", "type"):
            part.take(key, said)
    return part


def _listed(said: Any) -> list[Any]:
    if said is None:
        return []
    return said if isinstance(said, list) else [said]
