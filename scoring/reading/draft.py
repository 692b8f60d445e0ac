"""What the builders of a Method share while they read an edition: names, places, findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from scoring.finding import Findings
from scoring.location import Location, Mapping
from scoring.method import CHOICE, COUNT, DATE, Fact, Provision
from scoring.points import Rational
from scoring.scope import Expression, Kind

_LIKE_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


@dataclass(slots=True)
class Names:
    """The facts that can be named at a place: the edition's, and inside a list the fields of its records first."""

    facts: dict[str, Fact | None]
    build: Callable[[str], Fact | None]
    up: Names | None = None

    def find(self, name: str) -> Fact | None:
        """The fact of that name, built now if it was not yet; None where there is none."""
        if name in self.facts:
            return self.build(name)
        return self.up.find(name) if self.up is not None else None

    def known(self) -> list[str]:
        return [*self.facts, *(self.up.known() if self.up is not None else [])]


@dataclass(slots=True)
class Reads:
    """The expressions a decision reads, each once, with what the engine must know of their values."""

    expressions: list[Expression] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def index(self, expression: Expression) -> int:
        if expression in self.expressions:
            return self.expressions.index(expression)
        self.expressions.append(expression)
        self.kinds.append(engine_kind(expression.kind))
        return len(self.expressions) - 1


def engine_kind(kind: Kind) -> str:
    """What a decision says of a value: a number, a whole count, a date, or one of N states."""
    if kind.choices:
        return f"states:{len(kind.choices)}"
    return {DATE: "date", COUNT: "count", CHOICE: "states:1"}.get(kind.type, "number")


def close(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ""."""
    found = get_close_matches(word, sorted(set(known)), n=1, cutoff=0.5)
    return found[0] if found else ""


@dataclass(slots=True)
class Draft:
    """The state of building one edition."""

    edition: str
    findings: Findings = field(default_factory=Findings)
    places: dict[str, Location] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    marks: dict[str, Rational] = field(default_factory=dict)
    codes: dict[str, Mapping] = field(default_factory=dict)
    rules: dict[str, Mapping] = field(default_factory=dict)
    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    strata: list[Any] = field(default_factory=list)
    used: dict[str, list[str]] = field(default_factory=dict)
    warning: bool = False
    """Whether a warning is being read: it may look at self-scores, which no point may hang on."""

    def place(self, address: str, where: Location, headings: tuple[str, ...] = ()) -> None:
        """Remember where the rule of this address stands."""
        self.places[address] = Location(where.file, where.line, where.column, where.width, where.text, headings)

    def provision(self, source: Mapping) -> Provision | None:
        """The provision a mapping names; a document it names must be known to the method."""
        said = source.get("provision")
        if not isinstance(said, Mapping):
            return None
        document = str(said.get("document", ""))
        if document and document not in self.documents:
            self.findings.add("K213", said.value("document"), name=document, suggestion=close(document, self.documents))
        return Provision(document, str(said.get("article", "")), str(said.get("quote", "")))

    def unknown_fact(self, name: str, where: Location, names: Names) -> None:
        if _LIKE_A_DATE.match(name):
            self.findings.add("K243", where, text=name)
        else:
            self.findings.add("K210", where, name=name, suggestion=close(name, names.known()))
