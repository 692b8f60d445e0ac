"""Reads one edition (年度版本): a folder of rule files in, a Method with the place of every rule out."""

from __future__ import annotations

from collections.abc import Mapping as Files
from dataclasses import dataclass, replace
from typing import Any

from scoring.finding import Finding, Findings
from scoring.location import Location, Mapping, Sequence
from scoring.method import AWARD, BONUS, DEDUCTION, Group, Method, Rounding
from scoring.reading.draft import Draft, Names
from scoring.reading.facts import FactReader
from scoring.reading.nodes import NodeReader, register
from scoring.reading.schema import check_shape
from scoring.reading.standing import standing, warnings
from scoring.reading.strata import in_order
from scoring.reading.yaml_file import read_yaml
from scoring.timeline import Calendar, day_of, parse_date

METHOD, FACTS, ADJUSTMENTS, CALENDAR, EXAMPLES = (
    "method.yaml",
    "facts.yaml",
    "adjustments.yaml",
    "calendar.yaml",
    "examples.yaml",
)
KINDS = {
    METHOD: "method",
    FACTS: "facts",
    ADJUSTMENTS: "adjustments",
    CALENDAR: "calendar",
    EXAMPLES: "examples",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A Method as read: with the calendar it counts working days by, and where each rule stands."""

    method: Method
    calendar: Calendar
    places: Files[str, Location]
    documents: Files[str, Mapping]


def kind_of(path: str) -> str | None:
    """Which schema a file of an edition follows, by its name; None for files that are no rules."""
    if path.startswith("indicators/") and path.endswith((".yaml", ".yml")):
        return "indicators"
    return KINDS.get(path)


def read_edition(files: Files[str, bytes], schemas: Any, prefix: str = "") -> tuple[Edition | None, list[Finding]]:
    """The edition that these files (by path inside its folder) make, and everything that is wrong with them.

    None where so much is missing that no method can be built. `prefix` stands before the paths in findings.
    """
    found = Findings()
    documents: dict[str, Mapping] = {}
    for path in sorted(files):
        kind = kind_of(path)
        if kind is None:
            if not path.endswith((".md", ".txt")):
                found.add("K116", Location(prefix + path))
            continue
        document, problems = read_yaml(prefix + path, files[path])
        found.extend(problems)
        if document is not None:
            found.extend(check_shape(kind, document, schemas))
            documents[path] = document
    for path in (METHOD, FACTS):
        if path not in files:
            found.add("K200", Location(prefix + path))
    if found.errors:
        return None, found.found
    draft = Draft(str(documents[METHOD].get("edition", "")), found)
    method = _Builder(draft, documents).method()
    method = replace(method, strata=in_order(method, method.strata))
    places = dict(sorted(draft.places.items()))
    return Edition(method, _calendar(documents.get(CALENDAR)), places, documents), found.found


def _calendar(said: Mapping | None) -> Calendar:
    if said is None:
        return Calendar()
    covers = said.get("covers", {})

    def day(text: object) -> int:
        return day_of(parse_date(str(text)) or 0)

    return Calendar(
        day(covers.get("from")),
        day(covers.get("by")),
        frozenset(day(text) for text in said.get("holidays") or ()),
        frozenset(day(text) for text in said.get("workdays") or ()),
    )


@dataclass(slots=True)
class _Builder:
    """Builds the Method of an edition whose files have their shape."""

    draft: Draft
    documents: dict[str, Mapping]

    def method(self) -> Method:
        draft, said = self.draft, self.documents[METHOD]
        draft.groups = tuple(str(group["code"]) for group in said["groups"])
        draft.rules = {str(name): rule for name, rule in (said.get("rules") or {}).items()}
        draft.documents = _provision_documents(said)
        top = self._top()
        register(draft, said["score"])
        for below, kind in top.values():
            register(draft, below, kind)
        for node in said.get("aside") or ():
            register(draft, node)
        facts = FactReader(draft, self.documents[FACTS]["facts"], "facts")
        built = facts.all()
        reader = NodeReader(draft, facts.names, top)
        root = reader.read(said["score"], "总分", AWARD)
        self._unused(top, {node.code for node in root.walk()})
        aside = tuple(reader.read(node, "", AWARD) for node in said.get("aside") or ())
        rounding = said["rounding"]
        for key in ("missing", "rounding", "entry_decimals"):
            draft.place(f"method/{key}", said.key(key))
        period = said["period"]
        first, last = (parse_date(str(period[key])) for key in ("from", "by"))
        if first is not None and last is not None and day_of(last) < day_of(first):
            draft.findings.add("K245", period.value("by"), first=period["from"], last=period["by"])
        return Method(
            edition=draft.edition,
            title=str(said["name"]),
            number=str(said.get("document_number", "")),
            issuer=str(said.get("issuer", "")),
            year=int(said["year"]),
            period_from=self._day(period, "from"),
            period_by=self._day(period, "by"),
            status=str(said["status"]),
            supersedes=str(said.get("supersedes", "")),
            note=str(said.get("note", "")),
            documents=draft.documents,
            groups=tuple(
                Group(str(each["code"]), str(each["name"]), str(each.get("note", ""))) for each in said["groups"]
            ),
            facts=built,
            root=root,
            aside=aside,
            missing=str(said["missing"]["treatment"]),
            evidence_reuse=str(said["evidence_reuse"]["treatment"]),
            award_rounding=_stage(rounding, "award"),
            total_rounding=_stage(rounding, "total"),
            printed=int(rounding["print"]),
            entry_decimals=int(said.get("entry_decimals", 6)),
            published=self._published(said, facts.names),
            warnings=warnings(draft, facts.names, said.get("warnings")),
            standing=standing(draft, facts.names, said["standing"]),
            strata=tuple(draft.strata),
        )

    def _top(self) -> dict[str, tuple[Mapping, str]]:
        """The nodes that the root may name by code, with the kind of their block."""
        found: dict[str, tuple[Mapping, str]] = {}
        for path in sorted(self.documents):
            document = self.documents[path]
            for key, kind in (("indicators", AWARD), ("bonus", BONUS), ("deductions", DEDUCTION)):
                nodes = document.get(key)
                if isinstance(nodes, Sequence):
                    found.update({str(node.get("code", "")): (node, kind) for node in nodes})
        return found

    def _unused(self, top: dict[str, tuple[Mapping, str]], used: set[str]) -> None:
        for code, (node, _) in top.items():
            if code not in used:
                self.draft.findings.add("K242", node.value("code"), code=code)

    def _day(self, said: Mapping, key: str) -> int:
        moment = parse_date(str(said[key]))
        if moment is None:
            self.draft.findings.add("K243", said.value(key), text=str(said[key]))
            return 1
        return day_of(moment)

    def _published(self, said: Mapping, names: Names) -> tuple[str, ...]:
        listed = said.get("published")
        if not isinstance(listed, Sequence):
            return ()
        for index, name in enumerate(listed):
            if name not in self.draft.codes and names.find(str(name)) is None:
                self.draft.unknown_fact(str(name), listed.item(index), names)
            self.draft.used.setdefault(str(name), []).append(METHOD)
        return tuple(str(name) for name in listed)


def _provision_documents(said: Mapping) -> dict[str, tuple[str, str]]:
    provisions = said.get("provisions") or {}
    documents = provisions.get("documents") or {}
    return {str(id_): (str(each["title"]), str(each.get("number", ""))) for id_, each in documents.items()}


def _stage(rounding: Mapping, key: str) -> Rounding | None:
    decimals = rounding[key]
    return Rounding(decimals, str(rounding["mode"])) if isinstance(decimals, int) else None
