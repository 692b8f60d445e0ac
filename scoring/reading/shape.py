"""Departures from a schema, said as findings: which key, what belongs there, and what was probably meant (形状)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scoring import points
from scoring.finding import Finding, Findings, in_order
from scoring.location import Location, Mapping, Sequence, locate
from scoring.reading.numerals import meant_number

LONGEST_SHOWN = 30
MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class ShapeError:
    """One error of the validator, without the validator: where, which keyword, what it wanted, what stands there."""

    path: tuple[str | int, ...]
    schema_path: tuple[str | int, ...]
    keyword: str
    wanted: Any
    value: Any
    schema: Any


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema file and the others that its references lead to."""

    content: dict[str, Any]
    documents: dict[str, Any]

    def resolved(self, schema: Any) -> Any:
        """What a schema's `$ref` leads to, its own title and description kept in front."""
        seen = 0
        while isinstance(schema, dict) and isinstance(schema.get("$ref"), str) and seen < 20:
            name, _, pointer = schema["$ref"].partition("#")
            target = self.documents.get(name, {})
            for step in pointer.split("/")[1:]:
                target = target.get(step, {})
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
            seen += 1
        return schema

    def around(self, path: tuple[str | int, ...]) -> list[dict[str, Any]]:
        """The schemas passed on the way down `path`, innermost first."""
        passed: list[dict[str, Any]] = []
        here: Any = self.content
        for step in path:
            if isinstance(here, dict):
                passed.append(here)
                if step == "$ref":
                    here = self.resolved({"$ref": here["$ref"]})
                    continue
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                break
        return passed[::-1]

    def spoken(self, key: str, around: list[dict[str, Any]]) -> tuple[str, str]:
        """The Chinese title and description of a key, by the nearest schema that knows it."""
        for schema in around:
            known = self.resolved(schema).get("properties", {}).get(key)
            if isinstance(known, dict):
                known = self.resolved(known)
                return str(known.get("title", "")), str(known.get("description", ""))
        return "", ""


def findings_of(document: Mapping, root: Schema, errors: list[ShapeError]) -> list[Finding]:
    """The findings of all errors in file order, at most one a value."""
    said = _Said(document, root)
    for error in sorted(_worth_saying(errors), key=lambda each: each.keyword == "required"):
        said.error(error)
    return in_order(said.found.found)


_ABOUT_THE_VALUE = ("enum", "const", "type", "pattern", "minLength", "maxLength")


def _worth_saying(errors: list[ShapeError]) -> Iterator[ShapeError]:
    """Of several errors about one value, the one that tells most: a value of the wrong kind is also not allowed."""
    told: dict[tuple[str | int, ...], ShapeError] = {}
    for error in errors:
        if error.keyword not in _ABOUT_THE_VALUE:
            yield error
            continue
        other = told.get(error.path)
        if other is None or _ABOUT_THE_VALUE.index(error.keyword) < _ABOUT_THE_VALUE.index(other.keyword):
            told[error.path] = error
    yield from told.values()


class _Said:
    """Puts each kind of error into the parameters of its finding."""

    def __init__(self, document: Mapping, root: Schema) -> None:
        self.document = document
        self.root = root
        self.found = Findings()
        self.misspelt: set[tuple[tuple[str | int, ...], str]] = set()

    def error(self, error: ShapeError) -> None:
        say: dict[str, Callable[[ShapeError], None]] = {
            "additionalProperties": self.unknown_keys,
            "unevaluatedProperties": self.unknown_keys,
            "propertyNames": self.unknown_keys,
            "required": self.missing_keys,
            "dependentRequired": self.missing_companions,
            "type": self.wrong_kind,
            "anyOf": self.wrong_choice,
            "oneOf": self.wrong_choice,
            "not": self.wrong_choice,
            "enum": self.not_allowed,
            "const": self.not_allowed,
            "pattern": self.wrong_form,
            "uniqueItems": self.repeated,
            "minimum": self.out_of_range,
            "maximum": self.out_of_range,
            "exclusiveMinimum": self.out_of_range,
            "exclusiveMaximum": self.out_of_range,
            "multipleOf": self.out_of_range,
        }
        say.get(error.keyword, self.wrong_number_of)(error)

    def add(self, code: str, place: Location, **params: object) -> None:
        self.found.add(code, place, other=None, department="", **params)

    def at(self, error: ShapeError, *, key: bool = False) -> Location:
        """Where the value stands; the whole file where the document itself is meant."""
        if not error.path:
            return Location(self.document.source.file)
        return locate(self.document, error.path, key=key)

    def named(self, error: ShapeError) -> dict[str, str]:
        """The key that the value belongs to, with its title; an element of a list is called by the list's key."""
        key = next((step for step in reversed(error.path) if isinstance(step, str)), "")
        around = self.root.around(error.schema_path)
        title = next((each["title"] for each in map(self.root.resolved, around) if "title" in each), "")
        return {"key": key, "title": self.root.spoken(key, around)[0] or str(title if error.path else "")}

    def unknown_keys(self, error: ShapeError) -> None:
        around = [error.schema, *self.root.around(error.schema_path)]
        known = self.root.resolved(error.schema).get("properties", {})
        titles = {key: self.root.spoken(key, around)[0] for key in known}
        for key in error.value:
            if key in known:
                continue
            meant = next((each for each, title in titles.items() if title == key), "")
            absent = [each for each in known if each not in error.value]
            close = difflib.get_close_matches(key, absent, n=1) or difflib.get_close_matches(key, known, n=1)
            meant = meant or (close[0] if close else "")
            self.misspelt.add((error.path, meant))
            allowed = [f"{each}（{titles[each]}）" if titles[each] else each for each in absent]
            self.add(
                "K101",
                locate(self.document, (*error.path, key), key=True),
                key=shown(key),
                meant=meant,
                title=titles.get(meant, ""),
                allowed="、".join(allowed[:MOST_LISTED]),
            )

    def missing_keys(self, error: ShapeError) -> None:
        """A key that stands here misspelt was named already: it is not missing as well."""
        around = [error.schema, *self.root.around(error.schema_path)]
        for key in error.wanted:
            if key not in error.value and (error.path, key) not in self.misspelt:
                title, description = self.root.spoken(key, around)
                place = self.at(error, key=True)
                self.add("K110", place, key=key, title=title, description=description)

    def missing_companions(self, error: ShapeError) -> None:
        for key, companions in error.wanted.items():
            absent = [each for each in companions if each not in error.value]
            if key in error.value and absent:
                place = locate(self.document, (*error.path, key), key=True)
                self.add("K117", place, kind="demand", key=key, others="、".join(absent))

    def wrong_choice(self, error: ShapeError) -> None:
        """ "Exactly one of these" and "not this": said with the keys that stand here."""
        keys = [key for part in _parts(error.wanted) for key in part.get("required", [])]
        if not keys or not isinstance(error.value, dict):
            self.wrong_kind(error)
            return
        here = [key for key in dict.fromkeys(keys) if key in error.value]
        if here:
            place = locate(self.document, (*error.path, here[-1]), key=True)
            self.add("K117", place, kind="exclude", key=here[-1], others="、".join(here[:-1] or keys))
        else:
            others = "、".join(dict.fromkeys(keys))
            self.add("K117", self.at(error, key=True), kind="one_of", key="", others=others)

    def wrong_kind(self, error: ShapeError) -> None:
        place, named = self.at(error), self.named(error)
        kinds = list(dict.fromkeys(self.kinds(error.wanted if error.keyword != "type" else {"type": error.wanted})))
        if error.value is None:
            self.add("K109", place, **named, description=self.description(error))
            return
        if isinstance(error.value, str) and {"number", "integer"} & set(kinds):
            meant, why = meant_number(error.value)
            if meant:
                self.add("K112", place, **named, found=shown(error.value), meant=meant, why=why)
                return
        written = written_at(place) if isinstance(error.value, (int, points.Rational)) else ""
        self.add(
            "K111",
            place,
            **named,
            expected="|".join(kinds),
            found=kind_of(error.value),
            text=shown(written or error.value),
            description=self.description(error),
        )

    def not_allowed(self, error: ShapeError) -> None:
        wanted = error.wanted if error.keyword == "enum" else [error.wanted]
        if error.value is None or isinstance(error.value, (list, dict)):
            kinds = {"string" if isinstance(each, str) else "number": None for each in wanted}
            self.wrong_kind(ShapeError(error.path, error.schema_path, "type", list(kinds), error.value, error.schema))
            return
        allowed = [shown(each) for each in wanted]
        close = difflib.get_close_matches(shown(error.value), allowed, n=1, cutoff=0.5)
        inside = [each for each in allowed if each in shown(error.value) or shown(error.value) in each]
        meant = (close or (inside if len(inside) == 1 else []) or (allowed if len(allowed) == 1 else []) or [""])[0]
        self.add(
            "K113",
            self.at(error),
            **self.named(error),
            found=shown(error.value),
            allowed="、".join(allowed),
            meant=meant,
        )

    def wrong_form(self, error: ShapeError) -> None:
        self.add(
            "K114",
            self.at(error),
            **self.named(error),
            found=shown(error.value),
            form="date" if _is_date(str(error.wanted)) else "",
            description=self.description(error),
        )

    def repeated(self, error: ShapeError) -> None:
        if not isinstance(error.value, Sequence):
            return
        for index, value in enumerate(error.value):
            first = next(at for at, each in enumerate(error.value) if each == value)
            if first < index:
                place = locate(self.document, (*error.path, index))
                self.found.add("K106", place, other=error.value.item(first), kind="element", key=shown(value))

    def out_of_range(self, error: ShapeError) -> None:
        bound = points.plain(error.wanted)
        value = points.plain(error.value)
        self.add("K119", self.at(error), **self.named(error), kind=error.keyword, found=value, bound=bound)

    def wrong_number_of(self, error: ShapeError) -> None:
        """Too few or too many, and whatever keyword a schema may come to use later."""
        if error.keyword == "minLength" and not error.value:
            self.add("K109", self.at(error), **self.named(error), description=self.description(error))
            return
        kind = error.keyword if error.keyword.startswith(("min", "max")) else "other"
        self.add(
            "K118",
            self.at(error, key=True),
            **self.named(error),
            kind=kind,
            found=len(error.value) if hasattr(error.value, "__len__") else "",
            bound=error.wanted if isinstance(error.wanted, int) else "",
        )

    def kinds(self, wanted: Any) -> Iterator[str]:
        """The kinds of value that a schema or a list of alternatives takes, as words of the catalogue."""
        for part in _parts(wanted):
            part = self.root.resolved(part)
            if "enum" in part:
                yield from (shown(each) for each in part["enum"])
            elif "const" in part:
                yield shown(part["const"])
            elif "type" in part:
                yield from [part["type"]] if isinstance(part["type"], str) else part["type"]

    def description(self, error: ShapeError) -> str:
        for schema in map(self.root.resolved, [error.schema, *self.root.around(error.schema_path)]):
            if "description" in schema or "title" in schema:
                return str(schema.get("description", ""))
        return ""


def _parts(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _is_date(pattern: str) -> bool:
    return re.search(pattern, "2023-03-31") is not None and re.search(pattern, "2023-3-31") is None


def kind_of(value: Any) -> str:
    """The kind of a value as it was read, as a word of the catalogue."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, dict):
        return "mapping"
    if isinstance(value, list):
        return "list"
    return "text" if isinstance(value, str) else "empty" if value is None else "number"


def shown(value: Any) -> str:
    """A value in a sentence: short, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = " ".join(value.split())
    elif isinstance(value, (dict, list)) or value is None:
        text = ""
    else:
        text = points.plain(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def written_at(place: Location) -> str:
    """The characters of the file at a place: 2.50 stays 2.50."""
    return place.text[place.column - 1 : place.column - 1 + place.width] if place.text else ""
