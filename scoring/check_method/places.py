"""Where the rules of an edition stand, and how they were written: for findings, and for what a Method leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scoring.location import Location, Mapping, Sequence, locate
from scoring.reading.draft import Draft
from scoring.reading.edition import FACTS, METHOD, Edition
from scoring.reading.rules import written_out


class Places:
    """Answers by address; a place without a heading takes that of what it belongs to."""

    def __init__(self, edition: Edition) -> None:
        self._places = edition.places
        self._documents = edition.documents
        self._written = {_corner(each.location): each for each in _mappings(list(edition.documents.values()))}
        method = edition.documents.get(METHOD)
        rules = method.get("rules") if method is not None else None
        self._draft = Draft(edition.method.edition, rules=dict(rules or {}))

    def at(self, address: str, key: str = "") -> Location | None:
        """Where the rule of an address stands; with `key`, where that key of it does."""
        near = address
        while near not in self._places and "/" in near:
            near = near.rpartition("/")[0]
        found = self._places.get(near)
        if found is None:
            return self.method() if address.startswith("method") else None
        if key and near == address:
            written = self.written(address)
            if written is not None and key in written:
                found = written.value(key)
        return replace(found, headings=self._headings(address))

    def written(self, address: str) -> Mapping | None:
        """What was written at an address, its named rule written out."""
        place = self._places.get(address)
        found = self._written.get(_corner(place)) if place is not None else None
        return None if found is None else written_out(self._draft, found)

    def use(self, address: str) -> Location | None:
        """The line where a named rule is used, for what stands in the rule itself."""
        owner = address
        while "/" in owner and not self._is_owner(owner):
            owner = owner.rpartition("/")[0]
        used, here = self._places.get(owner), self._places.get(address)
        found = self._written.get(_corner(used)) if used is not None else None
        if used is None or here is None or found is None or "rule" not in found:
            return None
        return self.at(owner)

    def _is_owner(self, address: str) -> bool:
        place = self._places.get(address)
        found = self._written.get(_corner(place)) if place is not None else None
        return found is not None and ("rule" in found or "name" in found)

    def fact(self, address: str, key: str = "") -> Location | None:
        """Where a fact is declared: its name, or one of its keys."""
        path = tuple(address.split("/"))
        document = self._documents.get(FACTS)
        if document is None:
            return None
        found = locate(document, (*path, key) if key else path, key=not key)
        return replace(found, headings=(f"数据项“{path[-1]}”",))

    def declaration(self, address: str) -> object:
        """What was written of a fact, its named rule written out."""
        here: Any = self._documents.get(FACTS)
        for step in address.split("/"):
            here = here.get(step) if isinstance(here, Mapping) else None
        return written_out(self._draft, here) if isinstance(here, Mapping) else None

    def when(self, address: str) -> object:
        """The condition of a row of method.yaml, as it was written."""
        here: Any = self._documents.get(METHOD)
        for step in (*address.removeprefix("method/").split("/"), "when"):
            if isinstance(here, Sequence) and step.isdigit() and int(step) < len(here):
                here = here[int(step)]
            else:
                here = here.get(step) if isinstance(here, Mapping) else None
        return here

    def method(self, *path: str | int) -> Location | None:
        """A place of method.yaml; the whole file without a path."""
        document = self._documents.get(METHOD)
        if document is None:
            return None
        return locate(document, path) if path else Location(document.location.file)

    def document(self, path: str) -> Mapping | None:
        """A file of the edition as it was read."""
        return self._documents.get(path)

    def documents(self) -> Iterator[tuple[str, Mapping]]:
        """Every file that was read, by path."""
        yield from sorted(self._documents.items())

    def _headings(self, address: str) -> tuple[str, ...]:
        while address:
            found = self._places.get(address)
            if found is not None and found.headings:
                return found.headings
            if address.startswith("facts/") and "/" not in address.removeprefix("facts/"):
                return (f"数据项“{address.removeprefix('facts/')}”",)
            address = address.rpartition("/")[0]
        return ()


def _corner(place: Location) -> tuple[str, int, int]:
    return place.file, place.line, place.column


def _mappings(value: Any) -> Iterator[Mapping]:
    """Every mapping, those inside first: where two begin at the same place, the outer one is meant."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _mappings(each)
        yield value
    elif isinstance(value, (Sequence, list)):
        for each in value:
            yield from _mappings(each)
