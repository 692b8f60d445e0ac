"""The one door to exact numbers: reading, rounding and printing of rationals. No float ever passes here.

Inside, a number is an `int` or a `fractions.Fraction` (type `Rational`). With 28-digit decimals about one sum in
nine of six n/d × w came out unequal, and thresholds on nested ratios were wrong; exact ratios have neither fault.
Whole numbers stay `int` because that is many times faster and compares equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import TypeAlias

Rational: TypeAlias = int | Fraction

_NUMBER = re.compile(r"(-?)(0|[1-9]\d*)(?:\.(\d+))?(%?)\Z", re.ASCII)

HALF_UP, DOWN, UP = "四舍五入", "舍去", "进位"


def parse(text: str) -> Rational | None:
    """The exact number that `text` writes ("12", "0.5", "-30%"), or None where it is not written as a number."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    sign, whole, decimals, percent = match.groups()
    digits = decimals or ""
    scale = 10 ** (len(digits) + (2 if percent else 0))
    value = int(whole + digits)
    return exact(Fraction(-value if sign else value, scale))


def exact(value: Rational) -> Rational:
    """The same number, as `int` where it is whole."""
    if isinstance(value, int):
        return value
    return value.numerator if value.denominator == 1 else value


def ratio(above: int, below: int) -> Rational:
    """The exact quotient of two whole numbers; `below` is not 0."""
    whole, rest = divmod(above, below)
    return Fraction(above, below) if rest else whole


def divide(above: Rational, below: Rational) -> Rational:
    """The exact quotient; `below` must not be 0, which the method's `if_zero` has already settled."""
    return ratio(above.numerator * below.denominator, above.denominator * below.numerator)


def total(values: Iterable[Rational]) -> Rational:
    """The exact sum. It is put over one denominator at the end, many times faster than adding fraction to fraction."""
    whole = 0
    parts: dict[int, int] = {}
    for value in values:
        if isinstance(value, int):
            whole += value
        else:
            below = value.denominator
            parts[below] = parts.get(below, 0) + value.numerator
    if not parts:
        return whole
    below = lcm(*parts)
    return ratio(whole * below + sum([above * (below // part) for part, above in parts.items()]), below)


def rounded(value: Rational, decimals: int, mode: str = HALF_UP) -> Rational:
    """`value` brought to `decimals` places. 四舍五入 rounds a half away from zero; 舍去 and 进位 cut towards
    and away from zero. (GB/T 8170 itself prescribes half-even, so a method must say 四舍五入 in the file.)"""
    below, scale = value.denominator, 10**decimals
    if scale % below == 0:
        return value
    above = value.numerator
    size, rest = divmod(abs(above) * scale, below)
    if mode == HALF_UP:
        size += 2 * rest >= below
    elif mode == UP:
        size += rest > 0
    return ratio(-size if above < 0 else size, scale)


def decimals_of(value: Rational) -> int | None:
    """How many decimal places write `value` exactly, or None where no number of places does."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while not rest % 5:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def fixed(value: Rational, decimals: int) -> str:
    """`value` printed with exactly `decimals` places, half up: 89.9963 with 2 is "90.00"."""
    above, below = value.numerator, value.denominator
    size, rest = divmod(abs(above) * 10**decimals, below)
    if 2 * rest >= below:
        size += 1
    sign = "-" if above < 0 and size else ""
    if not decimals:
        return f"{sign}{size}"
    digits = str(size).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def plain(value: Rational) -> str:
    """The exact shortest text of `value`: "12", "0.905", and "8/3" where no decimal text is exact."""
    if isinstance(value, int):
        return f"{value:d}"
    places = decimals_of(value)
    return fixed(value, places) if places is not None else f"{value.numerator}/{value.denominator}"


def unplain(text: str) -> Rational:
    """The number that `plain` wrote."""
    return exact(Fraction(text))


def percent(value: Rational, decimals: int = 2) -> str:
    """A rate as officers print it: 0.75 is "75.00%"."""
    return fixed(value * 100, decimals) + "%"
