"""What an expectation means as an exact value, and the value of a fact, a field or a list that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from scoring.assessment import Scorecard
from scoring.condition import Absent
from scoring.location import Mapping
from scoring.measure import fact_kind
from scoring.method import DATE, LIST, TEXT, Fact, Method
from scoring.points import Rational, plain, unplain
from scoring.reading.values import UNDONE_WORD, as_written, spoken, typed
from scoring.scope import Kind

_FRACTION = re.compile(r"-?\d{1,40}/[1-9]\d{0,40}", re.ASCII)
_WORDS = {each.value for each in Absent} | {UNDONE_WORD}


def number(said: Any) -> Rational | None:
    """The exact number that an expectation writes: 2.5, or 25/3 where no decimal is exact."""
    if isinstance(said, str):
        return unplain(said) if _FRACTION.fullmatch(said) else None
    return said if isinstance(said, Rational) and not isinstance(said, bool) else None


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a fact as the card has it, with the fact that says what it means; None for a list."""

    fact: Fact | None
    text: str

    def spoken(self, text: str) -> str:
        """A value in a sentence, with its unit."""
        if self.fact is None or self.fact.choices or self.fact.type in (DATE, TEXT) or text in _WORDS:
            return text
        return spoken(self.fact, unplain(text))


class Wanted(NamedTuple):
    """What was expected, in the words of the card; or the finding to make of it, by code and parameters."""

    text: str
    code: str = ""
    params: AbstractMapping[str, object] = {}


def fact_at(method: Method, card: Scorecard, name: str) -> Found | None:
    """What the card says under a name: a fact, a list (the keys of its records), or `list/key/field`."""
    fact = method.facts.get(name)
    if fact is not None and fact.type != LIST:
        return Found(meant(fact), str(card.facts[name]["value"]))
    rows = card.lists.get(name.partition("/")[0])
    if fact is not None:
        keys = [str(row["key"] if isinstance(row, dict) else row) for row in rows or ()]
        return Found(None, "未报" if rows is None else "、".join(keys))
    list_, _, rest = name.partition("/")
    key, _, field = rest.rpartition("/")
    holder = method.facts.get(list_)
    if holder is None or field not in holder.fields:
        return None
    row = next((each for each in rows or () if isinstance(each, dict) and each["key"] == key), None)
    return None if row is None else Found(meant(holder.fields[field]), str(row[field]["value"]))


def meant(fact: Fact) -> Fact:
    """The fact as its values are to be read: a derived one has the kind of its operator, and no limit of decimals."""
    if fact.derived is None:
        return fact
    kind = fact.derived.kind
    return replace(
        fact, type=kind.type, unit=fact.unit or kind.unit, choices=fact.choices or kind.choices, decimals=None
    )


def wanted_value(fact: Fact | None, holder: Mapping, key: str) -> Wanted:
    """The value that an expectation writes for a fact, read like a datum."""
    text = as_written(holder, key)
    if fact is None or fact.type == TEXT or text in _WORDS:
        return Wanted(text)
    fraction = number(holder[key]) if isinstance(holder[key], str) else None
    if fraction is not None:
        return Wanted(plain(fraction))
    found = typed(fact, holder[key], text, True)
    if found.value is None:
        return Wanted("", found.code or "K603", found.params if found.code else {"kind": "facts", "text": text})
    return Wanted(_kind(fact).say(found.value))


def _kind(fact: Fact) -> Kind:
    return fact_kind(fact)
