"""Days in rules against the days that the official wording names: 3月31日前, 8月底前 (期限的核对).

A year is seldom said, so only month and day are compared; a wording that names no day is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scoring.check_method.ground import Ground
from scoring.check_method.texts import texts_by_node, users_of
from scoring.check_method.usage import facts_in
from scoring.location import Mapping, Sequence
from scoring.timeline import date_text

_WRITTEN = re.compile(r"\d{4}-(\d\d)-(\d\d)(?: \d\d:\d\d)?")
_SAID = re.compile(r"(\d{1,2})月(?:份?(\d{1,2})日|底)")
LAST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The last day of each month; February in a leap year, which 2月底 may mean."""


def check_deadlines(ground: Ground) -> None:
    """The days of every derived fact, in the texts of the criteria that rest on it."""
    texts, users = texts_by_node(ground.method), users_of(ground.method)
    ends = date_text(ground.method.period_by)
    for fact in facts_in(ground.method):
        rules = [node.address for node in users.get(fact.address.split("/")[1], ()) if texts.get(node.address)]
        named = set(_named(text for address in rules for text in texts[address]))
        if fact.given or not named:
            continue
        for day in dict.fromkeys(_written(ground.places.declaration(fact.address))):
            match = _WRITTEN.fullmatch(day)
            assert match is not None
            known = (int(match[1]), int(match[2])) in named or day.startswith(ends)
            if not known and True not in {ground.silence.over(address, "K296") for address in rules}:
                ground.found.add("K296", ground.places.fact(fact.address), kind="rule", number=day)


def _named(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Months and days that texts name."""
    for text in texts:
        for match in _SAID.finditer(text):
            month = int(match[1])
            if 1 <= month <= 12:
                yield month, int(match[2]) if match[2] else LAST[month]


def _written(said: Any) -> Iterator[str]:
    """The days that a declaration writes."""
    if isinstance(said, Mapping):
        for key, each in said.items():
            if key not in ("provision", "note"):
                yield from _written(each)
    elif isinstance(said, Sequence):
        for each in said:
            yield from _written(each)
    elif isinstance(said, str) and _WRITTEN.fullmatch(said):
        yield said
