"""Opens the files of an input folder: read once, kept from secrets, held against their schema (材料文件)."""

from __future__ import annotations

from collections.abc import Mapping as Files
from pathlib import Path

from scoring.finding import ERROR, Finding, Findings, under
from scoring.location import Mapping, Sequence
from scoring.points import Rational
from scoring.reading.dossier import Desk
from scoring.reading.encoding import decoded
from scoring.reading.schema import check_shape
from scoring.reading.secrecy import marked_secret
from scoring.reading.values import as_written
from scoring.reading.yaml_file import read_yaml
from scoring.timeline import parse_date

_STARS = tuple(star.encode(encoding) for star in "★☆" for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))

_BESIDE = frozenset({"evidence", "why", "note"})


def schema_texts(schemas: Path | Files[str, str]) -> dict[str, str]:
    """The schema files, read once for all papers."""
    if isinstance(schemas, Path):
        return {each.name: each.read_text(encoding="utf-8") for each in sorted(schemas.glob("*.json"))}
    return dict(schemas)


def secret(desk: Desk, path: str, department: str = "") -> bool:
    """Whether a file bears a mark of secrecy: then nothing of it is read, kept or shown.

    A mark has a star, and a file without its bytes needs no closer look. What is packed, such as a workbook, is looked
    at where it is unpacked.
    """
    raw = desk.files.get(path, b"")
    if not any(star in raw for star in _STARS):
        return False
    text = decoded(desk.prefix + path, raw, Findings())
    mark = None if text is None else marked_secret(desk.prefix + path, text)
    if mark is None:
        return False
    desk.withhold(path)
    desk.findings.extend(under([mark], department))
    return True


def opened(desk: Desk, path: str) -> tuple[Mapping | None, list[Finding]]:
    """The document of a YAML file and what is wrong with its writing."""
    desk.read.add(path)
    return read_yaml(desk.prefix + path, desk.files[path])


def single(desk: Desk, path: str, kind: str) -> Mapping | None:
    """The document of a file that speaks of nobody in particular, with all its findings made."""
    if secret(desk, path):
        return None
    document, found = opened(desk, path)
    desk.findings.extend(found)
    if document is not None:
        desk.findings.extend(check_shape(kind, document, desk.schemas))
    return document


def of_this_edition(desk: Desk, document: Mapping, department: str = "") -> bool:
    """Whether the paper was filled in for the edition at hand; one of another year is not read."""
    said = as_written(document, "edition")
    if not said or said == desk.method.edition:
        return True
    place = document.value("edition")
    desk.findings.add("K304", place, department=department, text=said, edition=desk.method.edition)
    return False


def check_day(desk: Desk, holder: Mapping, key: str, department: str = "") -> None:
    """A date in the right form that no calendar has; of the form itself, the check of shapes speaks."""
    text = as_written(holder, key)
    if len(text) == 10 and parse_date(text) is None:
        desk.findings.add("K345", holder.value(key), department=department, text=text)


def check_form(desk: Desk, document: Mapping) -> list[Finding]:
    """The shape of a department's own form."""
    return check_shape("submission", _thinned(document), desk.schemas)


def check_parts(desk: Desk, kind: str, document: Mapping) -> list[Finding]:
    """The shape of a register, department by department, so that each finding finds its owner.

    A department with an error is marked as broken; the others are not touched by it.
    """
    parts = document.get("departments")
    if not isinstance(parts, Mapping):
        return check_shape(kind, document, desk.schemas)
    common = check_shape(kind, _with_parts(document, parts, {}), desk.schemas)
    found = list(common)
    for code, part in parts.items():
        thin = _thinned(part) if isinstance(part, Mapping) else part
        if isinstance(thin, Mapping) and not any(thin.values()) and thin.keys() <= {"facts", "lists"}:
            continue
        dossier = desk.dossiers.get(code)
        for each in check_shape(kind, _with_parts(document, parts, {code: thin}), desk.schemas):
            if each not in common:
                found += under([each], code)
                if dossier is not None and each.severity == ERROR:
                    dossier.broken = True
    return found


def _with_parts(document: Mapping, parts: Mapping, chosen: dict[str, object]) -> Mapping:
    """The same document with only these departments."""
    made = Mapping(parts.source, parts.mark)
    for code, part in chosen.items():
        made.put(code, part, parts.keys_at[code], parts.values_at[code])
    return _replaced(document, {"departments": made})


def _replaced(document: Mapping, instead: dict[str, object]) -> Mapping:
    copy = Mapping(document.source, document.mark)
    for key, value in document.items():
        copy.put(key, instead.get(key, value), document.keys_at[key], document.values_at[key])
    return copy


def _thinned(said: Mapping) -> Mapping:
    """The same form without its plain data: they are the most of it, and are judged by the method, not by a schema."""
    facts, lists = said.get("facts"), said.get("lists")
    instead: dict[str, object] = {}
    if isinstance(facts, Mapping):
        instead["facts"] = _only(facts, {name: value for name, value in facts.items() if not _plain(value)})
    if isinstance(lists, Mapping):
        kept = {name: _odd_rows(rows) if isinstance(rows, Sequence) else rows for name, rows in lists.items()}
        instead["lists"] = _only(lists, {name: rows for name, rows in kept.items() if rows or rows is None})
    return _replaced(said, instead)


def _only(said: Mapping, kept: dict[str, object]) -> Mapping:
    made = Mapping(said.source, said.mark)
    for key, value in kept.items():
        made.put(key, value, said.keys_at[key], said.values_at[key])
    return made


def _odd_rows(rows: Sequence) -> Sequence:
    """The records that hold more than plain data."""
    made = Sequence(rows.source, rows.mark)
    for at, row in enumerate(rows):
        if not isinstance(row, Mapping) or not _BESIDE.isdisjoint(row) or not all(map(_plain, row.values())):
            made.put(row, rows.items_at[at])
    return made


def _plain(value: object) -> bool:
    return value is None or isinstance(value, (str, Rational))


def plainly(said: object) -> object:
    """A value without its places: what was read, as ordinary dicts and lists."""
    if isinstance(said, dict):
        return {key: plainly(value) for key, value in said.items()}
    return [plainly(each) for each in said] if isinstance(said, list) else said
