"""What is gathered while an input folder is read: for each department who said what where, before it is merged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scoring.condition import Value
from scoring.finding import SEVERITIES, Finding, Findings
from scoring.location import Location, Mapping
from scoring.method import Method, Node
from scoring.points import Rational
from scoring.submission import Department, Evidence, Ruling


class Voice(NamedTuple):
    """Who speaks: a layer (数据来源), and by whom, when and why, unless a datum says otherwise.

    `general` tells that `why` was said of a whole file, which explains no single review.
    """

    layer: str
    by: str = ""
    on: str = ""
    why: str = ""
    general: bool = False


class Proof(NamedTuple):
    """An evidence number beside a datum or record, and where it stands."""

    id: str
    place: Location


class Word(NamedTuple):
    """What one voice says of one datum. `value` is None where it could not be taken; the text is kept all the same.

    `holder` and `key` tell where it stands: a Location is made only when a finding needs one.
    """

    voice: Voice
    value: Value | None
    text: str
    holder: Mapping
    key: str
    proofs: tuple[Proof, ...] = ()

    def place(self, *headings: str) -> Location:
        return replace(self.holder.value(self.key), headings=headings)


class Row(NamedTuple):
    """One record of a list as one voice has it."""

    key: str
    words: dict[str, Word]
    texts: dict[str, Word]
    proofs: tuple[Proof, ...]
    holder: Mapping
    key_field: str


class Told(NamedTuple):
    """A list as one voice has it, its rows by key."""

    voice: Voice
    rows: dict[str, Row]
    place: Location


class Piece(NamedTuple):
    """A piece of evidence and where it is listed."""

    evidence: Evidence
    place: Location


@dataclass(slots=True)
class Dossier:
    """All that concerns one department. `entry` is its place in the roster; `forms` are those of its own forms, and a
    row of a table is one too."""

    department: Department
    entry: Mapping
    facts: dict[str, list[Word]] = field(default_factory=dict)
    lists: dict[str, list[Told]] = field(default_factory=dict)
    evidence: dict[str, Piece] = field(default_factory=dict)
    self_scores: dict[str, Rational] = field(default_factory=dict)
    reviewed: set[str] = field(default_factory=set)
    rulings: list[tuple[Ruling, Location]] = field(default_factory=list)
    forms: list[Location] = field(default_factory=list)
    broken: bool = False

    @property
    def code(self) -> str:
        return self.department.code


@dataclass(slots=True)
class Desk:
    """What all readers of one input folder share."""

    method: Method
    files: AbstractMapping[str, bytes]
    schemas: dict[str, str]
    prefix: str = ""
    findings: Findings = field(default_factory=Findings)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    unscored: set[str] = field(default_factory=set)
    """Codes that are in the roster and cannot be scored."""
    doubled: set[str] = field(default_factory=set)
    """Codes of departments with two forms."""
    read: set[str] = field(default_factory=set)
    """Files that were read."""
    proof: set[str] = field(default_factory=set)
    """Files that prove something: hashed, not read."""
    withheld: set[str] = field(default_factory=set)
    """Files with a mark of secrecy."""
    given: dict[str, tuple[Location, set[str]]] = field(default_factory=dict)
    """For each fact that anybody gave, where first, and for which departments."""
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of evidence files by path."""
    stored: dict[str, str] = field(init=False)
    """Files by their path in Unicode's composed form: some systems decompose names."""
    nodes: dict[str, Node] = field(init=False)
    """Indicators and criteria by code."""
    _codes: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stored = {unicodedata.normalize("NFC", path): path for path in sorted({*self.files, *self.digests})}
        self.nodes = {node.code: node for node in self.method.nodes() if node.code}

    def codes_of(self, group: str) -> frozenset[str]:
        """The codes of the indicators and criteria that a group is assessed by."""
        if group not in self._codes:
            tops = (self.method.root, *self.method.aside)
            self._codes[group] = frozenset(node.code for top in tops for node in within(top, group) if node.code)
        return self._codes[group]

    def withhold(self, path: str) -> None:
        """Keep a file out of everything: it is neither read nor stored nor shown."""
        self.withheld.add(path)
        self.read.discard(path)

    def add(
        self,
        code: str,
        place: Location | None,
        dossier: Dossier | None,
        other: Location | None = None,
        /,
        **params: object,
    ) -> None:
        """A finding that belongs to a department, or to nobody in particular."""
        said = tuple(sorted((name, str(value)) for name, value in params.items()))
        department = dossier.code if dossier is not None else ""
        self.findings.extend([Finding(code, SEVERITIES[code], said, place, other, department)])


def within(node: Node, group: str) -> Iterator[Node]:
    """The node and all below it that a group is assessed by."""
    if node.within(group):
        yield node
        for part in node.parts:
            yield from within(part, group)
