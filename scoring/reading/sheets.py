"""Reads tables with a row a department, or for a list a row a record, into what YAML forms would say (报送表)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scoring.location import Location, Mapping, Mark, Sequence
from scoring.method import LIST, TEXT, Fact
from scoring.reading.dossier import Desk, Dossier, Told, Voice
from scoring.reading.forms import add_row, hear_fact, known, known_field, tell
from scoring.reading.roster import by_name, find
from scoring.reading.table import Sheet, read_table
from scoring.reading.yaml_file import composed
from scoring.submission import SELF_REPORT

ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv")
CODE, NAME = "部门编码", "部门名称"
_BESIDE = {
    "登记人": "by",
    "填报人": "by",
    "登记日期": "on",
    "填报日期": "on",
    "事由": "why",
    "理由": "why",
    "备注": "note",
    "说明": "note",
    "佐证编号": "evidence",
}
_IGNORED = (CODE, NAME, "序号")
_BETWEEN_IDS = re.compile(r"[\s,，、;；]+")


def read_sheets(desk: Desk, path: str, voice: Voice) -> None:
    """All sheets of one file. A sheet called like a list holds its records; any other, a column for each plain fact."""
    desk.read.add(path)
    sheets, found = read_table(desk.prefix + path, desk.files[path])
    desk.findings.extend(found)
    if any(each.code == "K390" for each in found):
        desk.withhold(path)
        return
    for sheet in sheets:
        if CODE not in sheet.headings and NAME not in sheet.headings:
            desk.add("K325", sheet.headings_at.location, None, sheet=sheet.name)
            continue
        named = (desk.method.facts.get(name) for name in (sheet.name, sheet.name.removesuffix("清单")))
        fact = next((each for each in named if each is not None and each.type == LIST), None)
        _Reader(desk, sheet, voice, fact).read()


@dataclass(slots=True)
class _Reader:
    """One sheet; `fact` is the list it holds, if it holds one."""

    desk: Desk
    sheet: Sheet
    voice: Voice
    fact: Fact | None

    def read(self) -> None:
        if self.fact is not None and known(self.desk, None, self.fact.name, self.headings, LIST) is None:
            return
        columns = self.columns()
        seen: dict[str, Location] = {}
        tolds: dict[str, Told | None] = {}
        for row, texts in zip(self.sheet.rows, self.sheet.texts, strict=True):
            dossier = self.owner(row, texts)
            if dossier is None:
                continue
            said = self.said(row, texts, columns)
            filled = any(said.get(fact.name) is not None for fact in columns.values())
            place = self.place(row)
            if self.fact is not None:
                if dossier.code not in tolds:
                    tolds[dossier.code] = self.told(dossier, place)
                told = tolds[dossier.code]
                if filled and told is not None:
                    add_row(self.desk, dossier, self.fact, told, said)
            elif dossier.code in seen:
                first, name = seen[dossier.code], dossier.department.name
                self.desk.add("K302", place, dossier, first, name=name, kind="row")
                dossier.broken = True
                continue
            else:
                seen[dossier.code] = place
                self.facts(dossier, said, columns)
            if self.voice.layer == SELF_REPORT and (filled or self.fact is not None):
                dossier.forms.append(place)

    @property
    def headings(self) -> Mapping:
        return self.sheet.headings_at

    def columns(self) -> dict[str, Fact]:
        """The columns that hold data, by heading; a heading that means nothing here is said once.

        Headings come without spaces, because cells are broken into lines by hand; a name may have some.
        """
        found: dict[str, Fact] = {}
        own = self.desk.method.facts if self.fact is None else self.fact.fields
        names = {"".join(name.split()): name for name in own}
        for heading in self.sheet.headings:
            if heading in _IGNORED or (heading in _BESIDE and not self.is_data(heading)):
                continue
            name = names.get(heading, heading)
            if name != heading:
                self.headings.put(name, name, self.headings.keys_at[heading], self.headings.values_at[heading])
            if self.fact is None:
                fact = known(self.desk, None, name, self.headings, "")
            else:
                fact = known_field(self.desk, None, self.fact, name, self.headings)
            if fact is not None:
                found[heading] = fact
        return found

    def is_data(self, heading: str) -> bool:
        """Whether the method itself has a fact or field of that name."""
        return heading in (self.desk.method.facts if self.fact is None else self.fact.fields)

    def owner(self, row: Mapping, texts: dict[str, str]) -> Dossier | None:
        """The department of a row, by its code and its name, which must go together."""
        code, name = composed(texts.get(CODE, "")), composed(texts.get(NAME, ""))
        place = self.place(row)
        if not code and not name:
            self.desk.add("K326", place, None, kind="blank", text="", name="", meant="")
            return None
        if not code:
            return by_name(self.desk, name) or find(self.desk, name, place)
        dossier = find(self.desk, code, place)
        if dossier is None or not name or name in (dossier.department.name, dossier.department.short):
            return dossier
        self.desk.add("K326", place, dossier, kind="other", text=code, name=name, meant=dossier.department.name)
        dossier.broken = True
        if self.voice.layer == SELF_REPORT:
            dossier.forms.append(place)
        return None

    def place(self, row: Mapping) -> Location:
        return row.value(CODE if CODE in row else NAME)

    def said(self, row: Mapping, texts: dict[str, str], columns: dict[str, Fact]) -> Mapping:
        """The row as a form would say it: texts as they are shown, what stands beside the data under its own key."""
        said = Mapping(row.source, row.mark)
        for heading in row:
            at = row.values_at.get(heading, row.mark)
            if heading in columns:
                shown = columns[heading].type == TEXT or (
                    self.fact is not None and columns[heading].name == self.fact.key
                )
                said.put(columns[heading].name, (composed(texts[heading]) or None) if shown else row[heading], at, at)
            elif _BESIDE.get(heading) == "evidence":
                said.put("evidence", _ids(row, texts[heading], at), at, at)
            elif heading in _BESIDE and texts[heading]:
                said.put(_BESIDE[heading], texts[heading], at, at)
        return said

    def facts(self, dossier: Dossier, said: Mapping, columns: dict[str, Fact]) -> None:
        by, on, why = (str(said.get(key) or "") for key in ("by", "on", "why"))
        voice = Voice(self.voice.layer, by, on, why or str(said.get("note") or ""))
        for fact in columns.values():
            if said.get(fact.name) is not None:
                self.desk.given[fact.name][1].add(dossier.code)
                hear_fact(self.desk, dossier, fact, said, fact.name, voice)

    def told(self, dossier: Dossier, place: Location) -> Told | None:
        """The list of one department. A row with nothing but the department says that there are no records."""
        assert self.fact is not None
        told = Told(self.voice, {}, place)
        self.desk.given[self.fact.name][1].add(dossier.code)
        return told if tell(self.desk, dossier, self.fact, told) else None


def _ids(row: Mapping, text: str, at: Mark) -> Sequence:
    """The evidence numbers in one cell."""
    ids = Sequence(row.source, at)
    for each in _BETWEEN_IDS.split(text):
        if each:
            ids.put(each, at)
    return ids
