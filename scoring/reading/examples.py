"""Reads examples.yaml: each worked example (样例) becomes submissions, with what they must come to beside them.

The data of an example are read like those of a form, so that an example shows what a real submission would meet:
bounds, decimals and the period hold. Each datum is said by the layer that its source demands; one with `why` is said
by a spot check, which is not held to the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from scoring.finding import ERROR, Finding, Findings
from scoring.location import Location, Mapping, Sequence
from scoring.method import LIST, Fact, Method
from scoring.reading.bounds import Bounds
from scoring.reading.dossier import Desk, Dossier, Piece, Told, Voice
from scoring.reading.draft import close
from scoring.reading.forms import add_row, hear_fact, known, tell
from scoring.reading.merging import merged
from scoring.reading.rulings import read_judgements
from scoring.scope import Horizon
from scoring.submission import BUREAU, LAYERS, REVIEW, SELF_REPORT, SPOT_CHECK, Department, Evidence, Submission

ALONE = "甲"
"""The code of the department of an example that has only one."""

WHY = "样例"
REFUSED = {"K312", "K340", "K353"}
"""Findings about data that are written well and do not count: an example may show just that."""

_LAYER_OF = {"部门": SELF_REPORT, "财政": BUREAU, "名册": BUREAU, "评审": REVIEW}
_HEIGHT = {layer: height for height, layer in enumerate(LAYERS)}
_MERGED = ("facts", "lists")


@dataclass(frozen=True, slots=True)
class Case:
    """One department of an example: what is known of it, and what it is expected to come to."""

    submission: Submission
    expected: Mapping


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example.

    `slips` are mistakes in its writing. `refused` are data that do not count, which is a mistake only where the
    example did not come to what was expected.
    """

    name: str
    place: Location
    cases: tuple[Case, ...]
    slips: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Examples:
    """The examples of one edition, each read when it is asked for."""

    document: Mapping
    method: Method
    horizon: Horizon
    rows: list[Mapping] = field(init=False)
    base: Mapping = field(init=False)
    _desk: Desk = field(init=False)
    _bounds: Bounds = field(init=False)
    _known: set[Finding] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rows = list(_mappings(self.document.get("examples")))
        base = self.document.get("base")
        self.base = base if isinstance(base, Mapping) else _empty(self.document)
        self._desk = Desk(self.method, {}, {})
        self._bounds = Bounds.of(self.method, self.horizon)
        self._submission("base", "", ALONE, 0, _empty(self.base))
        self._known = set(map(_bare, self._desk.findings.found))

    @property
    def base_slips(self) -> list[Finding]:
        """Mistakes in the base department, which every example would repeat."""
        return [each for each in sorted(self._known, key=_position) if _slip(each)]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Example]:
        return map(self.read, range(len(self.rows)))

    def read(self, index: int) -> Example:
        """The example at this place in the file."""
        row = self.rows[index]
        name = str(row.get("name", ""))
        self._desk.findings = Findings()
        district = row.get("district")
        members = list(_mappings(district)) if district is not None else list(_mappings([row.get("department")]))
        cases: dict[str, Case] = {}
        for order, said in enumerate(members):
            code = str(said.get("code", ALONE))
            if code in cases:
                self._desk.findings.add("K604", said.value("code"), code=code)
                continue
            expected = (row if district is None else said).get("expect")
            submission = self._submission(name, code if district is not None else "", code, order, said)
            if submission is not None:
                cases[code] = Case(submission, expected if isinstance(expected, Mapping) else _empty(said))
        found = [each for each in self._desk.findings.found if _bare(each) not in self._known]
        return Example(
            name,
            replace(row.value("name"), headings=(f"样例“{name}”",)),
            tuple(cases[code] for code in sorted(cases)),
            tuple(filter(_slip, found)),
            tuple(each for each in found if each.code in REFUSED),
        )

    def _submission(self, name: str, member: str, code: str, order: int, said: Mapping) -> Submission | None:
        """What is known of one department: what it says itself, and what the base says of all else."""
        whole = over_base(self.base, said)
        group = self._group(whole)
        if group is None:
            return None
        label = f"样例“{name}”" + (f" {member}" if member else "")
        dossier = Dossier(Department(code, label, label, group, order), whole)
        dossier.forms.append(whole.location)
        self._prove(dossier, whole)
        facts, lists = whole.get("facts"), whole.get("lists")
        if isinstance(facts, Mapping):
            self._facts(dossier, facts)
        if isinstance(lists, Mapping):
            self._lists(dossier, lists)
        read_judgements(self._desk, dossier, whole, Voice(REVIEW, why=WHY))
        return merged(self._desk, dossier, self._bounds)

    def _group(self, said: Mapping) -> str | None:
        group, groups = str(said.get("group", "")), [each.code for each in self.method.groups]
        if group in groups:
            return group
        place = said.value("group")
        self._desk.findings.add("K602", place, kind="group", text=group, meant=close(group, groups))
        return None

    def _prove(self, dossier: Dossier, said: Mapping) -> None:
        """Whatever evidence an example names is at hand: what it proves is all that matters here."""
        for id_, place in _evidence(said):
            dossier.evidence[id_] = Piece(Evidence(id_, id_), place)

    def _facts(self, dossier: Dossier, facts: Mapping) -> None:
        for name in facts:
            fact = known(self._desk, dossier, name, facts, "")
            if fact is not None:
                layer = _layer(_LAYER_OF.get(fact.source, SELF_REPORT), facts[name])
                hear_fact(self._desk, dossier, fact, facts, name, Voice(layer, why=WHY))

    def _lists(self, dossier: Dossier, lists: Mapping) -> None:
        for name in lists:
            fact = known(self._desk, dossier, name, lists, LIST)
            if fact is None or not isinstance(lists[name], Sequence):
                continue
            least = _layer_of_list(fact)
            tolds = {least: Told(Voice(least, why=WHY), {}, lists.key(name))}
            for row in _mappings(lists[name]):
                layer = _layer(least, row)
                told = tolds.setdefault(layer, Told(Voice(layer, why=WHY), {}, lists.key(name)))
                add_row(self._desk, dossier, fact, told, row)
            for told in tolds.values():
                tell(self._desk, dossier, fact, told)


def over_base(base: Mapping, said: Mapping) -> Mapping:
    """A department as written, with what the base says of everything that it does not say itself."""
    made = Mapping(said.source, said.mark)
    for holder in (base, said):
        for key in holder:
            value = holder[key]
            if key in _MERGED and isinstance(made.get(key), Mapping) and isinstance(value, Mapping):
                value = over_base(made[key], value)
            made.put(key, value, holder.keys_at[key], holder.values_at[key])
    return made


def _layer(least: str, said: object) -> str:
    """Who says it: the least layer that may, or a spot check where a reason stands beside it."""
    found = isinstance(said, Mapping) and bool(said.get("why"))
    return max(least, SPOT_CHECK, key=_HEIGHT.__getitem__) if found else least


def _layer_of_list(fact: Fact) -> str:
    """The least layer that may say the list and each of its fields."""
    sources = [fact.source, *(each.source for each in fact.fields.values())]
    return max((_LAYER_OF.get(each, SELF_REPORT) for each in sources), key=_HEIGHT.__getitem__)


def _evidence(said: object) -> Iterator[tuple[str, Location]]:
    """Every evidence number that a department names, and where."""
    if isinstance(said, Mapping):
        for key, value in said.items():
            if key == "evidence" and isinstance(value, Sequence):
                yield from ((str(each), value.item(at)) for at, each in enumerate(value))
            else:
                yield from _evidence(value)
    elif isinstance(said, list):
        for each in said:
            yield from _evidence(each)


def _slip(found: Finding) -> bool:
    return found.severity == ERROR and found.code not in REFUSED


def _bare(found: Finding) -> Finding:
    """The finding without the headings, which differ from example to example."""
    where = found.location
    return replace(found, location=replace(where, headings=()) if where is not None else None, department="")


def _position(found: Finding) -> tuple[int, int, str]:
    where = found.location or Location("")
    return where.line, where.column, found.code


def _mappings(said: object) -> Iterator[Mapping]:
    rows: Iterable[object] = said if isinstance(said, list) else ()
    return (row for row in rows if isinstance(row, Mapping))


def _empty(near: Mapping) -> Mapping:
    return Mapping(near.source, near.mark)
