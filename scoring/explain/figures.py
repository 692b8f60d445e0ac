"""Prints figures as officers do: rates and points with two decimals, dates in Chinese, amounts with their unit.

Two figures that stand beside each other must compare as the exact ones do: 89.9999 is not printed as 90.00 beside
a band that begins at 90 (language.md §15). In a calculation every figure is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scoring.points import Rational, decimals_of, fixed, plain, rounded, unplain
from scoring.scope import Kind

POINTS = Kind(unit="分")
TWO_DECIMALS = ("分", "万元", "元", "亿元")
MOST_DECIMALS = 6
_NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: (\d{2}:\d{2}))?", re.ASCII)


def number(text: object) -> Rational | None:
    """The number that assessment.json writes, or None for a state, a date, 未报 or 不适用."""
    return unplain(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else None


def shown(text: str, kind: Kind, beside: Iterable[str] = ()) -> str:
    """A value of assessment.json as a sentence says it; `beside` are values it is compared with in that sentence."""
    value = None if kind.choices else number(text)
    if value is None:
        return date(text)
    others = [each for each in (number(other) for other in beside) if each is not None]
    return figure(value, kind.unit, others)


def given(text: str, kind: Kind) -> str:
    """A datum as it was given: nothing is rounded away."""
    value = None if kind.choices else number(text)
    if value is None or decimals_of(value) is None:
        return shown(text, kind)
    return exactly(value, kind.unit) + ("" if kind.unit == "%" else kind.unit)


def figure(value: Rational, unit: str, beside: Iterable[Rational] = ()) -> str:
    """A number with its unit, with as many decimals as it takes."""
    others = list(beside)
    if unit == "%":
        return fixed(value * 100, decimals(value * 100, [each * 100 for each in others], 2)) + "%"
    places = decimals_of(value)
    if places is None or places > MOST_DECIMALS:
        return fixed(value, decimals(value, others, 2)) + unit
    return (fixed(value, max(places, 2)) if unit in TWO_DECIMALS else plain(value)) + unit


def decimals(value: Rational, beside: Iterable[Rational], least: int) -> int:
    """The fewest decimals, from `least`, with which the value still compares with the others as it really does."""
    others = list(beside)
    found = least
    while any(order(rounded(value, found), rounded(each, found)) != order(value, each) for each in others):
        found += 1
    places = decimals_of(value)
    return places if found > least and places is not None and places <= max(found, MOST_DECIMALS) else found


def size(value: Rational) -> Rational:
    """The value without its sign."""
    return -value if value < 0 else value


def order(one: Rational, other: Rational) -> int:
    return (one > other) - (one < other)


def constant(value: Rational, unit: str) -> str:
    """A figure as a rule writes it, without trailing zeros: 5分, 100%, 500万元."""
    return plain(value * 100) + "%" if unit == "%" else plain(value) + unit


def difference(value: Rational, unit: str) -> str:
    """The difference of two figures: of two rates in 个百分点."""
    return f"{figure(value * 100, '分')[:-1]}个百分点" if unit == "%" else figure(value, unit)


def constant_difference(value: Rational, unit: str) -> str:
    return f"{plain(value * 100)}个百分点" if unit == "%" else plain(value) + unit


@lru_cache(maxsize=1 << 14)
def exactly(value: Rational, unit: str) -> str:
    """A figure in a calculation: never rounded, with at least the decimals that its unit is printed with."""
    scaled = value * 100 if unit == "%" else value
    places = decimals_of(scaled)
    if places is None:
        return plain(value)
    least = 2 if unit in ("%", *TWO_DECIMALS) else 0
    return fixed(scaled, max(places, least)) + ("%" if unit == "%" else "")


def points(value: Rational) -> str:
    """Points as the ledger writes them: two decimals, more where there are more."""
    return exactly(value, "分")


def signed(value: Rational) -> str:
    return points(value) if value < 0 else f"+{points(value)}"


def date(text: str) -> str:
    """2023-03-17 as 2023年3月17日, with its hour where it has one; any other text stays."""
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour = match.groups()
    return f"{int(year)}年{int(month)}月{int(day)}日" + (hour or "")
