"""The numbers of an edition's rules, each with its neighbours; and which of them cannot move anything (数的改动).

A number is a plain number, a percentage or a date where it stands in a rule file. Those that can move no score, grade
or rank are told apart by where they stand, each with the reason; whether the others matter, only a trial can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Files
from dataclasses import dataclass
from typing import Any

from scoring.location import Location, Mapping, Mark, Sequence, locate
from scoring.method import DATE
from scoring.points import Rational, exact, fixed, parse
from scoring.reading.edition import CALENDAR, EXAMPLES, FACTS, METHOD
from scoring.timeline import date_text, parse_date

Keys = tuple[str | int, ...]

LABELS = {"format", "provision", "provisions", "related", "choices", "is", "one_of", "note", "standard", "name"}
"""Keys below which no number is one of the rules: names, states, sources, remarks."""

SHOWN = "只用于标明年度、口径或者打印格式"
BESIDE = "提示和结果应用不影响得分、等次和名次"
NO_WORKING_DAYS = "没有按工作日计算或者遇节假日顺延的规定，日历不影响得分"
NO_DATES = "没有须在考核期内的部门填报日期"
ALREADY_ROUNDED = "各级得分和总分已先按不多于此的位数取位"
ONLY_ORDER = "只用于比较先后，改动后先后不变"
HELD = "数据项的有效范围已经限定，改动后可以取用的评定分不变"

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?(%?)", re.ASCII)
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_SHOWN = {("year",), ("rounding", "print"), ("entry_decimals",)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a rule file: `text` within `mark`, below `keys`."""

    path: str
    keys: Keys
    mark: Mark
    text: str
    place: Location

    def replaced(self, raw: bytes, instead: str) -> bytes:
        """The file with another number in this place; every other character stays."""
        pieces = _LINE_END.split(raw.decode("utf-8-sig"))
        line, start = pieces[2 * (self.mark.line - 1)], self.mark.column - 1
        end = start + self.mark.width
        pieces[2 * (self.mark.line - 1)] = line[:start] + line[start:end].replace(self.text, instead, 1) + line[end:]
        return "".join(pieces).encode("utf-8")


def numbers(documents: Files[str, Mapping]) -> Iterator[Number]:
    """Every number of an edition's rules, file by file."""
    for path in sorted(documents):
        if path != EXAMPLES:
            document = documents[path]
            lines = document.source.lines
            for keys, mark, value in _below(document, ()):
                written = lines[mark.line - 1][mark.column - 1 : mark.column - 1 + mark.width]
                text = value if isinstance(value, str) else written
                yield Number(path, keys, mark, text, locate(document, keys))


def _below(value: Any, keys: Keys) -> Iterator[tuple[Keys, Mark, Any]]:
    """The scalars below that are numbers, in the order of the file."""
    inner: list[tuple[str | int, Any, Mark]] = []
    if isinstance(value, Mapping):
        inner = [(key, each, value.values_at[key]) for key, each in value.items() if key not in LABELS]
    elif isinstance(value, Sequence):
        inner = [(at, each, value.items_at[at]) for at, each in enumerate(value)]
    for key, each, mark in inner:
        if isinstance(each, (Mapping, Sequence)):
            yield from _below(each, (*keys, key))
        elif is_number(each):
            yield (*keys, key), mark, each


def is_number(value: Any) -> bool:
    """Whether a value of a rule file is a number. Codes are texts: "3.2" in quotes is none."""
    if isinstance(value, str):
        return (value.endswith("%") and _NUMBER.fullmatch(value) is not None) or parse_date(value) is not None
    return isinstance(value, Rational) and not isinstance(value, bool)


def neighbours(text: str) -> tuple[str, str]:
    """The number one unit of its last written decimal up and down; a date, a day later and earlier."""
    moment = parse_date(text)
    if moment is not None:
        return date_text(moment + 1), date_text(moment - 1)
    match, value = _NUMBER.fullmatch(text), parse(text.removesuffix("%"))
    assert match is not None
    assert value is not None
    decimals = len(match[1] or "")
    unit = parse("0." + "1".rjust(decimals, "0")) if decimals else 1
    assert unit is not None
    return fixed(value + unit, decimals) + match[2], fixed(value - unit, decimals) + match[2]


def unmoving(number: Number, documents: Files[str, Mapping]) -> str:
    """Why the number can move no score, grade or rank; "" where it may."""
    if (number.path == METHOD and number.keys in _SHOWN) or number.keys[-1] == "fiscal_year":
        return SHOWN
    if number.path == METHOD and (number.keys[0] == "warnings" or number.keys[:2] == ("standing", "consequences")):
        return BESIDE
    if number.path == METHOD and number.keys[0] == "period" and not _dates_in_period(documents[FACTS]["facts"]):
        return NO_DATES
    if number.path == CALENDAR and not _counts_working_days(list(documents.values())):
        return NO_WORKING_DAYS
    return ""


def same(number: Number, instead: str, documents: Files[str, Mapping]) -> str:
    """Why this one change of the number can move nothing; "" where it may."""
    if number.path == METHOD and number.keys == ("rounding", "total"):
        award = documents[METHOD]["rounding"]["award"]
        if isinstance(award, int) and min(int(number.text), int(instead)) >= award:
            return ALREADY_ROUNDED
    if len(number.keys) > 3 and number.keys[-3:-1] == ("lookup", "values"):
        name = str(number.keys[-4])
        if {key for document in documents.values() for key in _uses(document, name)} == {"largest"}:
            values = _at(documents[number.path], number.keys[:-1])
            others = [each for state, each in values.items() if state != number.keys[-1] and is_number(each)]
            before, after = values[number.keys[-1]], parse(instead)
            if after is not None and all(_order(before, each) == _order(after, each) for each in others):
                return ONLY_ORDER
    if number.keys[-2:-1] == ("review",) and _held(number, instead, documents):
        return HELD
    return ""


def _held(number: Number, instead: str, documents: Files[str, Mapping]) -> bool:
    """Whether the bounds of a reviewer's figure, as a fact, keep it within both limits already, the old and the new."""
    way: list[Any] = [documents[number.path]]
    for key in number.keys[:-1]:
        way.append(way[-1][key])
    fact = documents[FACTS]["facts"].get(str(way[-1].get("of")), {})
    marks = next(
        (each["full_marks"] for each in reversed(way) if isinstance(each, Mapping) and "full_marks" in each), 0
    )
    bounds = [_amount(each, marks) for each in (number.text, instead)]
    side = "at_most" if number.keys[-1] in ("at_most", "below") else "at_least"
    limit = fact.get(side)
    if not is_number(limit) or isinstance(limit, str) or None in bounds:
        return False
    beyond = [bound - limit if side == "at_most" else limit - bound for bound in bounds if bound is not None]
    return min(beyond) > 0 or (min(beyond) == 0 and number.keys[-1] == side)


def _amount(text: str, marks: Any) -> Rational | None:
    """A number of points, or a share of the marks."""
    value = parse(text)
    if value is None or not text.endswith("%"):
        return value
    return exact(value * marks) if is_number(marks) and not isinstance(marks, str) else None


def _order(one: Rational, other: Rational) -> int:
    return (one > other) - (one < other)


def _uses(value: Any, name: str, key: str | int = "") -> Iterator[str | int]:
    """The keys at which the name of a fact is written."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _uses(each, name, inner)
    elif isinstance(value, list):
        for each in value:
            yield from _uses(each, name, key)
    elif value == name:
        yield key


def _dates_in_period(facts: Files[str, Any], source: str = "") -> bool:
    """Whether a department gives a date that is held to the period: of this year, without limits of its own."""
    for fact in facts.values():
        own = fact.get("source", source)
        free = not fact.keys() & {"fiscal_year", "from", "by"}
        if own == "部门" and fact.get("type") == DATE and free:
            return True
        if _dates_in_period(fact.get("fields") or {}, own):
            return True
    return False


def _counts_working_days(value: Any) -> bool:
    if isinstance(value, dict):
        asks = value.get("count") == "工作日" or value.get("if_holiday") == "顺延"
        return asks or any(map(_counts_working_days, value.values()))
    return isinstance(value, list) and any(map(_counts_working_days, value))


def _at(document: Mapping, keys: Keys) -> Any:
    here: Any = document
    for key in keys:
        here = here[key]
    return here
