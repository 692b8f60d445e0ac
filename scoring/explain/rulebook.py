"""The rules as they stood when the run was scored: read from the run's own copies, found by address.

assessment.json names a rule by its address and holds no wording. Here an address leads to what the rule says, the line
that says it, and the article it stands on. Nothing is computed from it, and nothing is needed for the points: where a
file of an old run cannot be read, the explanation is poorer by its words and no figure changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Read
from dataclasses import dataclass, field
from typing import Any, Protocol

from scoring.location import Mapping, Sequence
from scoring.points import Rational, parse
from scoring.reading.draft import Draft
from scoring.reading.rules import written_out
from scoring.reading.yaml_file import read_yaml

METHOD, FACTS, NODES = "method.yaml", "facts.yaml", ("indicators", "bonus", "deductions", "aside")
DECISIONS = "decisions.yaml"
MARKS = ("full_marks", "bonus_up_to", "deduct_up_to")


class Wall(Protocol):
    """What explaining reads of a run folder."""

    @property
    def assessment(self) -> dict[str, Any]: ...

    @property
    def places(self) -> dict[str, Any]: ...

    @property
    def files(self) -> tuple[str, ...]: ...

    def read(self, path: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands in the run's own copies: file, line, the line itself."""

    file: str
    line: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The provision (条款) a rule stands on, with the document's title and number."""

    document: str = ""
    number: str = ""
    article: str = ""
    quote: str = ""

    def __bool__(self) -> bool:
        return bool(self.article)


@dataclass(slots=True)
class Rulebook:
    """One edition's rules by address."""

    wall: Wall
    files: dict[str, Mapping] = field(default_factory=dict)
    nodes: dict[str, Mapping] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    draft: Draft = field(init=False)
    decisions: tuple[Mapping, ...] = field(init=False)
    """What the leaders decided, row by row, from the run's own inputs."""
    _said: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edition = str(self.wall.assessment["edition"])
        self.draft = Draft(edition)
        prefix = f"rules/{edition}/"
        for path in self.wall.files:
            if path.startswith(prefix) and path.endswith((".yaml", ".yml")):
                document, _ = read_yaml(path, self.wall.read(path))
                if document is not None:
                    self.files[path[len(prefix) :]] = document
        self.decisions = tuple(self._decided())
        rules = self.method.get("rules")
        if isinstance(rules, Mapping):
            self.draft.rules = {name: rule for name, rule in rules.items() if isinstance(rule, Mapping)}
        for node in self._top():
            self._register(node, "总分")
        root = self.method.get("score")
        if isinstance(root, Mapping):
            self._register(root, "")

    def _decided(self) -> Iterator[Mapping]:
        for path in self.wall.files:
            if path.startswith("inputs/") and path.rpartition("/")[2] == DECISIONS:
                document, _ = read_yaml(path, self.wall.read(path))
                listed = document.get("decisions") if document is not None else None
                yield from (each for each in listed if isinstance(each, Mapping)) if isinstance(listed, list) else ()

    @property
    def method(self) -> Read[str, Any]:
        return self.files.get(METHOD, {})

    def _top(self) -> Iterator[Mapping]:
        for path in sorted(self.files):
            for key in NODES:
                listed = self.files[path].get(key)
                yield from (each for each in listed if isinstance(each, Mapping)) if isinstance(listed, list) else ()

    def _register(self, node: Mapping, parent: str) -> None:
        node = written_out(self.draft, node)
        code = str(node.get("code", ""))
        if code:
            self.nodes[code] = node
            self.parents.setdefault(code, parent)
        for part in node.get("parts") or ():
            if isinstance(part, Mapping):
                self._register(part, code or parent)
            elif code:
                self.parents[str(part)] = code

    def said(self, address: str) -> Any:
        """What stands at an address, named rules written out; None where nothing does."""
        if address not in self._said:
            self._said[address] = self._at(address)
        return self._said[address]

    def _at(self, address: str) -> Any:
        here, steps = self._start(address)
        for step in steps:
            if isinstance(here, Mapping):
                here = here.get(step)
            elif isinstance(here, Sequence) and step.isdigit() and int(step) < len(here):
                here = here[int(step)]
            else:
                return None
            if isinstance(here, Mapping):
                here = written_out(self.draft, here)
        return here

    def mapping(self, address: str) -> Read[str, Any]:
        """What stands at an address, where it is a mapping; else an empty one."""
        said = self.said(address)
        return said if isinstance(said, Mapping) else {}

    def _start(self, address: str) -> tuple[Any, list[str]]:
        head, _, rest = address.partition("/")
        if head == "method":
            return self.method, rest.split("/")
        if head == "facts":
            return self.files.get(FACTS, {}), address.split("/")
        while head not in self.nodes and rest:
            step, _, rest = rest.partition("/")
            head = f"{head}/{step}"
        return self.nodes.get(head), rest.split("/") if rest else []

    def node_of(self, address: str) -> str:
        """The code of the node below which the address lies; "" for what is no node."""
        found = [code for code in self.nodes if address == code or address.startswith(f"{code}/")]
        return max(found, key=len, default="")

    def marks(self, address: str) -> Rational | None:
        """The marks of the node at an address, or None where they are without a top or not said."""
        node = self.mapping(address)
        for key in MARKS:
            if key in node:
                return parse(node[key]) if isinstance(node[key], str) else node[key]
        return None

    def place(self, address: str) -> Place:
        """Where the rule stands: as the run recorded it, else the line of its key, else what it stands in."""
        recorded = self.wall.places.get(address)
        if recorded is not None:
            return Place(recorded["file"], recorded["line"], self._line(recorded["file"], recorded["line"]))
        above, _, key = address.rpartition("/")
        if not above:
            return Place(f"rules/{self.wall.assessment['edition']}/{METHOD}")
        here = self.said(above)
        if above == "method" and key in self.method:
            here = self.files[METHOD]
        if isinstance(here, Mapping) and key in here:
            where = here.key(key)
            if f"{key}:" in where.text:  # a key taken over from a named rule stands in another file
                return Place(where.file, where.line, where.text.strip())
        return self.place(above)

    def _line(self, file: str, line: int) -> str:
        document = self.files.get(file.split("/", 2)[-1])
        lines = document.source.lines if document is not None else []
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""

    def article(self, address: str) -> Article:
        """The provision of the nearest rule that names one: the row's own, else its node's, else that of the whole."""
        while address:
            said = self.mapping(address).get("provision")
            if isinstance(said, Mapping):
                return self.cited(said)
            above = address.rpartition("/")[0]
            address = self.parents.get(address, "") if address in self.nodes else above
        return Article()

    def cited(self, provision: Read[str, Any]) -> Article:
        """A provision with the title of its document; where it names none, of the method itself."""
        method = self.wall.assessment["method"]
        own = {"title": method["title"], "number": method["number"]}
        document = method["documents"].get(str(provision.get("document", "")), own)
        return Article(
            document["title"], document["number"], str(provision.get("article", "")), str(provision.get("quote", ""))
        )
