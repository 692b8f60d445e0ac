"""Reads roster.yaml: who is assessed (名册). One entry that cannot be used stops no other."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.location import Location, Mapping, Sequence
from scoring.reading.dossier import Desk, Dossier, Voice
from scoring.reading.draft import close
from scoring.reading.forms import hear_facts
from scoring.reading.papers import check_day
from scoring.reading.values import as_written, chinese_date
from scoring.submission import BUREAU, Department
from scoring.timeline import parse_date

ROSTER = "roster.yaml"
_ONCE = (("name", "规范全称"), ("short", "规范简称"), ("order", "建制序号"))


def read_roster(desk: Desk, document: Mapping) -> None:
    """Open a dossier for each department that can be scored, and report what does not fit together."""
    said = document.get("departments")
    entries: dict[str, Mapping] = {}
    for entry in said if isinstance(said, Sequence) else ():
        if isinstance(entry, Mapping):
            _enter(desk, entry, entries)
    for key, title in _ONCE:
        _once(desk, entries, key, title)
    for code, entry in entries.items():
        _successor(desk, entry, code, entries)
        _dates(desk, entry, code)
        dossier = desk.dossiers.get(code)
        if dossier is not None:
            hear_facts(desk, dossier, entry, Voice(BUREAU))


def find(desk: Desk, text: str, place: Location) -> Dossier | None:
    """The dossier of the department with this code; else None, and a finding that says who is probably meant."""
    dossier = desk.dossiers.get(text)
    if dossier is not None or text in desk.unscored:
        return dossier
    meant, kind = by_name(desk, text), "name"
    if meant is None:
        meant, kind = _closest(desk, text), "close"
    if meant is None:
        desk.add("K301", place, None, text=text, kind="unknown", meant_code="", meant_name="")
    else:
        known = meant.department
        owner = meant if kind == "name" else None
        desk.add("K301", place, owner, text=text, kind=kind, meant_code=known.code, meant_name=known.name)
    return None


def by_name(desk: Desk, text: str) -> Dossier | None:
    """The department whose full or short name this is."""
    for dossier in desk.dossiers.values():
        if text and text in (dossier.department.name, dossier.department.short):
            return dossier
    return None


def _closest(desk: Desk, text: str) -> Dossier | None:
    """The department that a misspelt code or name probably means."""
    words: dict[str, Dossier] = {}
    for code in sorted(desk.dossiers, reverse=True):
        department = desk.dossiers[code].department
        for word in (department.short, department.name, code):
            words[word] = desk.dossiers[code]
    return words.get(close(text, filter(None, words)))


def _enter(desk: Desk, entry: Mapping, entries: dict[str, Mapping]) -> None:
    """One department. Without a code it cannot be spoken of; without a group of the method it cannot be scored."""
    code = as_written(entry, "code")
    if not code:
        return
    if code in entries:
        desk.findings.add("K361", entry.value("code"), other=entries[code].value("code"), title="部门编码", text=code)
        return
    entries[code] = entry
    group = as_written(entry, "group")
    groups = {each.code: each.name for each in desk.method.groups}
    if group not in groups:
        if group:
            near = close(group, groups) or next((each for each, name in groups.items() if name == group), "")
            allowed = "、".join(f"{each}（{name}）" for each, name in groups.items())
            desk.findings.add("K362", entry.value("group"), department=code, text=group, meant=near, allowed=allowed)
        desk.unscored.add(code)
        return
    name = as_written(entry, "name") or code
    order = entry.get("order")
    desk.dossiers[code] = Dossier(
        Department(
            code=code,
            name=name,
            short=as_written(entry, "short") or name,
            group=group,
            order=order if isinstance(order, int) and not isinstance(order, bool) else 0,
            desk=as_written(entry, "desk"),
            since=as_written(entry, "from"),
            until=as_written(entry, "to"),
            successor=as_written(entry, "successor"),
            assessed=entry.get("assessed") is not False,
            reason=as_written(entry, "reason"),
            named=entry.get("visibility") != "unnamed",
        ),
        entry,
    )


def _once(desk: Desk, entries: dict[str, Mapping], key: str, title: str) -> None:
    """Names and places in the list tell departments apart, so each is given once."""
    seen: dict[str, Mapping] = {}
    for code, entry in entries.items():
        text = as_written(entry, key)
        if not text:
            continue
        if text in seen:
            other = seen[text].value(key)
            desk.findings.add("K361", entry.value(key), other=other, department=code, title=title, text=text)
        else:
            seen[text] = entry


def _successor(desk: Desk, entry: Mapping, code: str, entries: dict[str, Mapping]) -> None:
    text = as_written(entry, "successor")
    if text and (text == code or text not in entries):
        kind = "self" if text == code else "unknown"
        meant = "" if text == code else close(text, entries)
        desk.findings.add("K363", entry.value("successor"), department=code, text=text, kind=kind, meant=meant)


def _dates(desk: Desk, entry: Mapping, code: str) -> None:
    """A department that began after the period or ended before it has nothing to be assessed for."""
    days = dict(_days(desk, entry, code))
    since, until = days.get("from"), days.get("to")
    period = desk.method.period_from, desk.method.period_by
    kind = ""
    if since is not None and until is not None and since > until:
        kind, key = "turned", "to"
    elif since is not None and since > period[1]:
        kind, key = "after", "from"
    elif until is not None and until < period[0]:
        kind, key = "before", "to"
    if kind and (kind == "turned" or entry.get("assessed") is not False):
        begin, end = map(chinese_date, period)
        text = as_written(entry, key)
        desk.findings.add("K364", entry.value(key), department=code, kind=kind, text=text, begin=begin, end=end)


def _days(desk: Desk, entry: Mapping, code: str) -> Iterator[tuple[str, int]]:
    for key in ("from", "to"):
        text = as_written(entry, key)
        check_day(desk, entry, key, code)
        day = parse_date(text)
        if isinstance(day, int):
            yield key, day
