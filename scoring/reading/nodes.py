"""Reads nodes: the tree of indicators and criteria, with their mechanisms and modifiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.condition import Decision, Test
from scoring.location import Mapping, Sequence
from scoring.method import AWARD, BONUS, DEDUCTION, Marks, Node, Treatment
from scoring.points import Rational, parse
from scoring.reading.conditions import condition
from scoring.reading.draft import Draft, Names, Reads, close
from scoring.reading.mechanisms import Stand, exceptions, mechanism
from scoring.reading.operands import NOTHING, bound, named, operand, rounding
from scoring.reading.rules import written_out
from scoring.scope import Expression

MODIFIERS = ("evidence", "times", "convert_to", "rebase_to", "cap", "floor", "rounding")
"""Keys of a node that may leave a line of their own in the ledger, so that each has a place of its own."""


MARKS = ("full_marks", "bonus_up_to", "deduct_up_to")


def marks_of(said: Mapping, above: str) -> Marks:
    """The range of a node: its own marks, of the kind they name, else the kind of the block it stands in."""
    for key, kind in (("bonus_up_to", BONUS), ("deduct_up_to", DEDUCTION), ("full_marks", above)):
        if key in said:
            full = said[key]
            return Marks(kind, None if isinstance(full, (str, bool)) else full)
    return Marks(above, None)


def converted(said: Mapping, marks: Marks) -> Rational | None:
    """The marks a node ends with: after its conversion, where it has one."""
    to = said.get("convert_to")
    if to is None:
        return marks.full
    return parse(to) if isinstance(to, str) else to


def register(draft: Draft, said: Any, above: str = AWARD) -> None:
    """Note the codes and marks of a node and all below it before any is built: rules may refer forwards."""
    if not isinstance(said, Mapping):
        return
    marks = marks_of(written_out(draft, said) if said.get("rule") in draft.rules else said, above)
    code = said.get("code")
    if isinstance(code, str):
        if code in draft.codes:
            draft.findings.add("K237", said.value("code"), code=code, other=draft.codes[code].value("code"))
        draft.codes[code] = said
        full = converted(written_out(draft, said) if said.get("rule") in draft.rules else said, marks)
        if full is not None:
            draft.marks[code] = full
    parts = said.get("parts")
    if isinstance(parts, Sequence):
        for part in parts:
            register(draft, part, marks.kind)


@dataclass(slots=True)
class NodeReader:
    """Builds nodes; `top` holds the nodes that the root names by code."""

    draft: Draft
    names: Names
    top: dict[str, tuple[Mapping, str]]

    def read(self, written: Mapping, address: str, above: str, headings: tuple[str, ...] = ()) -> Node:
        """One node with all below it. `above` is the kind of the block it stands in."""
        draft = self.draft
        said = written_out(draft, written)
        code = str(said.get("code", ""))
        address = code or address
        name = str(said.get("name", ""))
        headings = (*headings, f"{code} {name}".strip())
        draft.place(address, written.location, headings)
        told = [key for key in MARKS if key in said]
        if len(told) != 1:
            draft.findings.add("K220", written.location, key="full_marks")
        elif isinstance(said[told[0]], str) and said[told[0]] != "不设满分":
            draft.findings.add("K211", said.value(told[0]), text=said[told[0]])
        for key in MODIFIERS:
            if key in said:
                draft.place(f"{address}/{key}", said.key(key), headings)
        marks = marks_of(said, above)
        of = operand(draft, self.names, said, "of", f"{address}/of") if "of" in said else None
        stand = Stand(draft, self.names, address, marks, of)
        made = mechanism(stand, said)
        parts = self._parts(said, address, marks, headings)
        if (made is None) == (not parts):
            draft.findings.add("K238", written.location, name=name)
        return Node(
            code=code,
            address=address,
            name=name,
            marks=marks,
            of=of,
            mechanism=made,
            parts=parts,
            combine=str(said.get("combine", "合计")),
            chosen_by=self._chosen_by(said),
            chosen=self._chosen(said, parts),
            needs=self._needs(said, parts),
            weight=self._weight(said),
            groups=self._groups(said),
            not_applicable=self._treatment(said, stand),
            exceptions=exceptions(stand, said["exceptions"]) if "exceptions" in said else None,
            evidence=said.get("evidence") == "必需",
            times=operand(draft, self.names, said, "times", f"{address}/times") if "times" in said else None,
            convert_to=converted(said, marks) if "convert_to" in said else None,
            cap=bound(draft, said, "cap", converted(said, marks)),
            floor=self._floor(said, marks),
            rounding=rounding(said),
            rebase_to=said.get("rebase_to"),
            not_monotone_because=str(said.get("not_monotone_because", "")),
            provision=draft.provision(said),
            origin=str(said.get("origin", "")),
            standard=str(said.get("standard", "")),
            data_source=str(said.get("data_source", "")),
            note=str(said.get("note", "")),
            related=_related(said),
        )

    def _parts(self, said: Mapping, address: str, marks: Marks, headings: tuple[str, ...]) -> tuple[Node, ...]:
        parts = said.get("parts")
        if not isinstance(parts, Sequence):
            return ()
        found = []
        for index, part in enumerate(parts):
            if isinstance(part, Mapping):
                found.append(self.read(part, f"{address}/parts/{index}", marks.kind, headings))
            elif str(part) in self.top:
                below, kind = self.top[str(part)]
                found.append(self.read(below, str(part), kind))
            else:
                self.draft.findings.add(
                    "K216", parts.item(index), code=str(part), suggestion=close(str(part), self.top)
                )
        return tuple(found)

    def _floor(self, said: Mapping, marks: Marks) -> Rational | None:
        if marks.kind == DEDUCTION and isinstance(said.get("floor"), str) and said["floor"] != "不限":
            share = parse(said["floor"])
            return None if share is None or marks.full is None else share * marks.full
        return bound(self.draft, said, "floor", converted(said, marks))

    def _chosen_by(self, said: Mapping) -> Expression | None:
        if "chosen_by" not in said:
            return None
        return named(self.draft, self.names, str(said["chosen_by"]), said.value("chosen_by"))

    def _chosen(self, said: Mapping, parts: tuple[Node, ...]) -> tuple[tuple[int, int], ...]:
        """Which state of `chosen_by` takes which part: they bear the same names."""
        by = self._chosen_by(said)
        if by is None or by is NOTHING:
            return ()
        found: list[tuple[int, int]] = []
        for state, label in enumerate(by.kind.choices):
            matching = [index for index, part in enumerate(parts) if label in (part.name, part.code)]
            if not matching:
                self.draft.findings.add("K239", said.value("chosen_by"), state=label)
            found.extend((state, index) for index in matching[:1])
        return tuple(found)

    def _needs(self, said: Mapping, parts: tuple[Node, ...]) -> int:
        needs = said.get("needs", 1)
        return len(parts) if isinstance(needs, str) else int(needs)

    def _weight(self, said: Mapping) -> Rational | None:
        weight = said.get("weight")
        return parse(weight) if isinstance(weight, str) else weight

    def _groups(self, said: Mapping) -> tuple[str, ...]:
        groups = said.get("groups")
        if not isinstance(groups, Sequence):
            return ()
        for index, code in enumerate(groups):
            if code not in self.draft.groups:
                self.draft.findings.add(
                    "K218", groups.item(index), code=str(code), suggestion=close(str(code), self.draft.groups)
                )
        return tuple(str(code) for code in groups)

    def _treatment(self, said: Mapping, stand: Stand) -> Treatment | None:
        told = said.get("not_applicable")
        if told is None:
            return None
        if not isinstance(told, Sequence):
            return Treatment((), None, str(told))
        reads = Reads()
        row_tests: list[Test] = []
        treatments: list[str] = []
        arriving = ""
        for index, row in enumerate(told):
            where = told.item(index)
            address = f"{stand.address}/not_applicable/{index}"
            stand.draft.place(address, where)
            if "when" not in row:
                arriving = str(row.get("treatment", ""))
                continue
            row_tests.append(
                condition(self.draft, self.names, reads, row["when"], row.value("when"), address, stand.of)
            )
            treatments.append(str(row.get("treatment", "")))
        address = f"{stand.address}/not_applicable"
        decision = Decision(address, tuple(reads.expressions), tuple(reads.kinds), tuple(row_tests))
        return Treatment(tuple(treatments), decision if row_tests else None, arriving)


def _related(said: Mapping) -> tuple[tuple[str, str], ...]:
    told = said.get("related")
    if told is None:
        return ()
    rows = told if isinstance(told, list) else [told]
    return tuple((str(row.get("code", "")), str(row.get("kind", ""))) for row in rows)
