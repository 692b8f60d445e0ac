"""What a written value means for a fact: an exact number, a state, a date, 不适用; or why it cannot be taken (数值)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as AbstractMapping
from typing import Any, NamedTuple

from scoring.condition import NOT_APPLICABLE, Absent, Value
from scoring.location import Mapping
from scoring.method import CHOICE, COUNT, DATE, Fact
from scoring.points import Rational, decimals_of, divide, fixed, parse, percent, plain, rounded
from scoring.reading.draft import close
from scoring.reading.numerals import meant_number
from scoring.reading.shape import kind_of, shown
from scoring.timeline import UNDONE, date_text, parse_date

NOT_APPLICABLE_WORD, UNDONE_WORD = "不适用", "未完成"
LONGEST_NUMBER = 60

_LOOSE_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?", re.ASCII)
_RUN_OF_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_STRICT_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", re.ASCII)


class Typed(NamedTuple):
    """A value, or None where it cannot be taken; and the finding to make of it, if any, by code and parameters."""

    value: Value | None
    code: str = ""
    params: AbstractMapping[str, object] = {}


def typed(fact: Fact, written: Any, text: str, excused: bool) -> Typed:
    """The value that `written` (as read) and `text` (as it stands in the file) give for a fact.

    `excused` tells that a reason stands beside it, which 不适用 needs where the method does not foresee it.
    A list or mapping is refused in silence: the check of shapes has said so already.
    """
    if written is None or isinstance(written, (list, dict)):
        return Typed(None)
    if fact.type == CHOICE and text in fact.choices:
        return Typed(fact.choices.index(text))
    if text == NOT_APPLICABLE_WORD or text in fact.not_applicable_if:
        foreseen = NOT_APPLICABLE_WORD in fact.may_be or text in fact.not_applicable_if
        return Typed(NOT_APPLICABLE) if foreseen or excused else _refused(fact, "K314", text=text)
    if fact.type == CHOICE:
        return _choice(fact, text)
    if fact.type == DATE:
        return _date(fact, text)
    return _number(fact, written, text)


def as_written(holder: Mapping, key: str) -> str:
    """The characters that stand in the file for a value: 2.50 stays 2.50; a quoted text is what it quotes."""
    value = holder.get(key)
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (list, dict)):
        return ""
    mark, lines = holder.values_at.get(key), holder.source.lines
    if mark is not None and 0 < mark.line <= len(lines) and not holder.source.sheet:
        return lines[mark.line - 1][mark.column - 1 : mark.column - 1 + mark.width]
    return shown(value)


def spoken(fact: Fact, value: Value) -> str:
    """The value in a sentence, with its unit: "4项", "95%", "2023-03-31"."""
    if isinstance(value, Absent):
        return value.value
    if fact.type == DATE:
        return date_text(value)
    if fact.choices:
        return fact.choices[int(value)]
    if fact.unit == "%":
        places = decimals_of(value * 100)
        return percent(value, places if places is not None else 2)
    return plain(value) + fact.unit


def in_words(fact: Fact, value: Rational) -> str:
    """The value as it is said in prose, where a day is 2023年3月31日."""
    return chinese_date(value) if fact.type == DATE else spoken(fact, value)


def chinese_date(value: Rational) -> str:
    """A day as officers write it: 2023年3月31日."""
    year, month, day = date_text(value)[:10].split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def meant_date(text: str) -> str:
    """The date as it should be written, where one was plainly meant; else ""."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    match = _LOOSE_DATE.fullmatch(narrow) or _RUN_OF_DIGITS.fullmatch(narrow)
    if match is None:
        return ""
    date = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return date if parse_date(date) is not None else ""


def _refused(fact: Fact, code: str, **params: object) -> Typed:
    return Typed(None, code, {"name": fact.name, **params})


def _choice(fact: Fact, text: str) -> Typed:
    meant = {"true": "是", "false": "否"}.get(text, "")
    if meant not in fact.choices:
        meant = close(text, fact.choices)
    named = {"key": fact.name, "title": "", "found": shown(text), "allowed": "、".join(fact.choices), "meant": meant}
    return Typed(None, "K113", named)


def _date(fact: Fact, text: str) -> Typed:
    if text == UNDONE_WORD:
        return Typed(UNDONE) if UNDONE_WORD in fact.may_be else _refused(fact, "K315", text=text)
    moment = parse_date(text)
    if moment is not None:
        return Typed(moment)
    kind = "no_such_day" if _STRICT_DATE.fullmatch(text) else "form"
    undone = "yes" if UNDONE_WORD in fact.may_be else ""
    return _refused(fact, "K316", text=shown(text), kind=kind, meant=meant_date(text), undone=undone)


def _number(fact: Fact, written: Any, text: str) -> Typed:
    rate = fact.unit == "%"
    number: Rational | None = None
    if isinstance(written, str):
        number = parse(written) if len(written) <= LONGEST_NUMBER else None
        if number is None or (not written.endswith("%") and not rate):
            return _no_number(fact, written, rate)
        if not rate:
            return _refused(fact, "K318", text=shown(text), unit=fact.unit)
    elif not isinstance(written, bool) and isinstance(written, Rational):
        number = written
    if number is None:
        return _not_of_kind(fact, kind_of(written), text)
    if rate and not text.endswith("%") and (number != 0 or isinstance(written, str)):
        return _bare_rate(fact, number, text)
    if fact.type == COUNT and (number < 0 or number.denominator != 1):
        kind = "negative" if number < 0 else "fraction"
        return _refused(fact, "K319", text=shown(text), unit=fact.unit, kind=kind)
    return _quantised(fact, number, text)


def _quantised(fact: Fact, number: Rational, text: str) -> Typed:
    """The number with no more decimals than the fact declares; for a rate these are decimals of its percentage."""
    if fact.decimals is None:
        return Typed(number)
    places = fact.decimals + (2 if fact.unit == "%" else 0)
    carried = decimals_of(number)
    if carried is not None and carried <= places:
        return Typed(number)
    value = rounded(number, places)
    params = {"name": fact.name, "text": shown(text), "decimals": fact.decimals, "taken": spoken(fact, value)}
    return Typed(value, "K313", params)


def _bare_rate(fact: Fact, number: Rational, text: str) -> Typed:
    as_percent, as_share = plain(number) + "%", plain(number * 100) + "%"
    if number == 1:
        meant = f"{as_share}”或者“{as_percent}"
    else:
        meant = as_share if -1 < number < 1 else as_percent
    return _refused(fact, "K311", text=shown(text), meant=meant)


def _no_number(fact: Fact, written: str, rate: bool) -> Typed:
    meant, why = meant_number(written)
    if not meant:
        meant, why = meant_number("".join(written.split()))
    if not meant:
        return _not_of_kind(fact, kind_of(written), written)
    if rate and not meant.endswith("%"):
        number = parse(meant)
        return _bare_rate(fact, number if number is not None else 0, written)
    return Typed(None, "K112", {"key": fact.name, "title": "", "found": shown(written), "meant": meant, "why": why})


def _not_of_kind(fact: Fact, found: str, text: str) -> Typed:
    expected = "integer" if fact.type == COUNT else "number"
    named = {"key": fact.name, "title": "", "expected": expected, "found": found, "text": shown(text)}
    return Typed(None, "K111", {**named, "description": ""})


def in_tens_of_thousands(fact: Fact, number: Rational, limit: Rational) -> str:
    """The amount in 万元 where one in 元 was plainly written, because only then it keeps within the limit; else ""."""
    amount = divide(number, 10000)
    if fact.unit != "万元" or number <= limit or amount > limit:
        return ""
    return fixed(amount, fact.decimals if fact.decimals is not None else 2)


def worst(fact: Fact, value: Value) -> bool:
    """Whether the value claims nothing that needs proof: the worst state, no amount, not done, not concerned."""
    if isinstance(value, Absent):
        return True
    if fact.better == "列前":
        return value == len(fact.choices) - 1
    if fact.better == "多":
        return value == 0
    return fact.better == "早" and value == UNDONE
