"""The place of one operator in a rule: what its keys say, read as operands, conditions, words and counts."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.condition import NOT_APPLICABLE, Decision, Value
from scoring.finding import Findings
from scoring.location import Mapping
from scoring.method import LIST
from scoring.reading.conditions import decision
from scoring.reading.draft import Draft, Names
from scoring.reading.operands import NOTHING, operand, or_absent
from scoring.scope import Expression, Kind


@dataclass(slots=True)
class Place:
    """One operator being read: its mapping, its names, its address."""

    draft: Draft
    names: Names
    said: Mapping
    address: str

    @property
    def findings(self) -> Findings:
        return self.draft.findings

    def expression(self, key: str, kind: Kind | None = None, names: Names | None = None) -> Expression:
        if key not in self.said:
            self.findings.add("K220", self.said.location, key=key)
            return NOTHING
        return operand(self.draft, names or self.names, self.said, key, f"{self.address}/{key}", kind)

    def maybe(self, key: str, kind: Kind | None = None, names: Names | None = None) -> Expression | None:
        return self.expression(key, kind, names) if key in self.said else None

    def text(self, key: str) -> str:
        """A required choice among words; what the words may be, the schema says."""
        if key not in self.said:
            self.findings.add("K220", self.said.location, key=key)
        return str(self.said.get(key, ""))

    def whole(self, key: str, otherwise: int) -> int:
        said = self.said.get(key, otherwise)
        return said if isinstance(said, int) else otherwise

    def absent(self, key: str, unit: str) -> Value:
        if key not in self.said:
            return NOT_APPLICABLE
        return or_absent(self.draft, self.said[key], self.said.value(key), unit)

    def decision(self, key: str, names: Names) -> Decision | None:
        if key not in self.said:
            return None
        return decision(self.draft, names, self.said[key], self.said.value(key), f"{self.address}/{key}")

    def source(self) -> tuple[str, Names]:
        """The list named by `in`, and the names that hold inside its records."""
        name = self.text("in")
        fact = self.names.find(name)
        if fact is None or fact.type != LIST:
            if "in" in self.said:
                self.draft.unknown_fact(name, self.said.value("in"), self.names)
            return name, self.names
        self.draft.used.setdefault(name, []).append(self.said.source.file)
        return name, Names(dict(fact.fields), lambda field: fact.fields.get(field), self.names)
