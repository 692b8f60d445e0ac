"""Advice that a rule has a reason not to take (`lint_off`, 不再提示), and reasons that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.check_method.places import Places
from scoring.finding import Findings
from scoring.location import Mapping, Sequence

Corner = tuple[str, int, int]


class Silence:
    """What is switched off, by the place of its rule; asking marks a reason as needed."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._entries: dict[tuple[Corner, str], Mapping] = {}
        self._needed: set[tuple[Corner, str]] = set()
        for _, document in places.documents():
            for said, entry in _switched_off(document):
                self._entries[_corner(said), str(entry["code"])] = entry

    def over(self, address: str, code: str) -> bool:
        """Whether the rule of an address, or the criterion it is part of, does not want to be told."""
        while address:
            written = self._places.written(address)
            key = None if written is None else (_corner(written), code)
            if key is not None and key in self._entries:
                self._needed.add(key)
                return True
            address = address.rpartition("/parts/")[0]
        return False

    def say_idle(self, found: Findings) -> None:
        """Reasons for advice that nobody gives."""
        for key, entry in self._entries.items():
            if key not in self._needed:
                found.add("K292", entry.location, code=key[1])


def _switched_off(here: Any) -> Iterator[tuple[Mapping, Mapping]]:
    """The rules that switch advice off, with each entry that does."""
    if isinstance(here, Mapping):
        entries = here.get("lint_off")
        if isinstance(entries, Sequence):
            yield from ((here, entry) for entry in entries if isinstance(entry, Mapping))
        for each in here.values():
            yield from _switched_off(each)
    elif isinstance(here, Sequence):
        for each in here:
            yield from _switched_off(each)


def _corner(said: Mapping) -> Corner:
    place = said.location
    return place.file, place.line, place.column
