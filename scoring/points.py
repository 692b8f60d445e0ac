"""The one door to exact numbers: reading, rounding and printing of rationals. No float ever passes here.

Inside, a number is an `int` or a `fractions.Fraction` (type `Rational`). With 28-digit decimals about one sum in
nine of six n/d × w came out unequal, and thresholds on nested ratios were wrong; exact ratios have neither fault.
Whole numbers stay `int` because that is many times faster and compares equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import TypeAlias

Rational: TypeAlias = int | Fraction

_NUMBER = re.compile(r"(-?)(0|[1-9]\d*)(?:\.(\d+))?(%?)\Z", re.ASCII)

_PLACES = {part: (1, 10 // part) for part in (2, 5, 10)} | {part: (2, 100 // part) for part in (4, 20, 25, 50, 100)}
"""How many decimal places write a fraction with such a denominator, and how many units of the last its parts are."""

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
    common = gcd(above, below) if below > 0 else -gcd(above, below)
    if common == below:
        return above // below
    # A fraction made of its parts: `Fraction(above, below)` takes twice as long, and nothing is made more often.
    made = object.__new__(Fraction)
    made._numerator, made._denominator = above // common, below // common  # type: ignore[attr-defined]
    return made


def divide(above: Rational, below: Rational) -> Rational:
    """The exact quotient; `below` must not be 0, which the method's `if_zero` has already settled."""
    one, part = above.as_integer_ratio()
    other, whole = below.as_integer_ratio()
    return ratio(one * whole, part * other)


def total(values: Iterable[Rational]) -> Rational:
    """The exact sum. It is brought to lowest terms at the end, many times faster than adding fraction to fraction."""
    above, below = 0, 1
    for value in values:
        if isinstance(value, int):
            above += value * below
            continue
        more, part = value.as_integer_ratio()
        if part == below:
            above += more
            continue
        if below % part:
            common = lcm(below, part)
            above, below = above * (common // below), common
        above += more * (below // part)
    return ratio(above, below)


def difference(one: Rational, other: Rational) -> Rational:
    """The exact difference."""
    above, below = one.as_integer_ratio()
    less, part = other.as_integer_ratio()
    return ratio(above * part - less * below, below * part)


def product(one: Rational, other: Rational) -> Rational:
    """The exact product."""
    above, below = one.as_integer_ratio()
    times, part = other.as_integer_ratio()
    return ratio(above * times, below * part)


Line: TypeAlias = tuple[int, int, int]
"""A straight line y = (a·x + b) / c, as a, b, c in whole numbers."""


def line_through(one: tuple[Rational, Rational], other: tuple[Rational, Rational]) -> Line:
    """The line through two points (x, y) of different x."""
    slope = divide(difference(other[1], one[1]), difference(other[0], one[0]))
    start = difference(one[1], product(slope, one[0]))
    part = lcm(slope.denominator, start.denominator)
    return int(slope * part), int(start * part), part


def on_line(line: Line, x: Rational) -> Rational:
    """The y of a line at x."""
    rise, start, part = line
    above, below = x.as_integer_ratio()
    return ratio(rise * above + start * below, part * below)


def rounded(value: Rational, decimals: int, mode: str = HALF_UP) -> Rational:
    """`value` brought to `decimals` places. 四舍五入 rounds a half away from zero; 舍去 and 进位 cut towards
    and away from zero. (GB/T 8170 itself prescribes half-even, so a method must say 四舍五入 in the file.)"""
    above, below = value.as_integer_ratio()
    scale = 10**decimals
    if scale % below == 0:
        return value
    size, rest = divmod(abs(above) * scale, below)
    if mode == HALF_UP:
        size += 2 * rest >= below
    elif mode == UP:
        size += rest > 0
    return ratio(-size if above < 0 else size, scale)


def units(value: Rational, decimals: int) -> int:
    """How many units of the last of so many decimals `value` is, half up: 8/3 with 2 is 267."""
    above, below = value.as_integer_ratio()
    scale: int = 10**decimals
    size, rest = divmod(abs(above) * scale, below)
    if 2 * rest >= below:
        size += 1
    return -size if above < 0 else size


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
    size = units(value, decimals)
    if not decimals:
        return f"{size}"
    digits = str(abs(size)).rjust(decimals + 1, "0")
    return f"{'-' if size < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def plain(value: Rational) -> str:
    """The exact shortest text of `value`: "12", "0.905", and "8/3" where no decimal text is exact."""
    above, below = value.as_integer_ratio()
    if below == 1:
        return f"{above:d}"
    known = _PLACES.get(below)
    if known is None:
        places = decimals_of(value)
        if places is None:
            return f"{above}/{below}"
        known = places, 10**places // below
    places, times = known
    digits = str(above * times)
    if len(digits) <= places + (above < 0):  # below 1: zeros stand in front
        digits = f"{'-' if above < 0 else ''}{digits.lstrip('-').rjust(places + 1, '0')}"
    return f"{digits[:-places]}.{digits[-places:]}"


@lru_cache(maxsize=1 << 14)
def unplain(text: str) -> Rational:
    """The number that `plain` wrote."""
    return exact(Fraction(text))


def cell_value(value: Rational) -> Decimal:
    """The 15 digits of a number that a spreadsheet keeps."""
    return Context(prec=15).divide(Decimal(value.numerator), Decimal(value.denominator))


def percent(value: Rational, decimals: int = 2) -> str:
    """A rate as officers print it: 0.75 is "75.00%"."""
    return fixed(value * 100, decimals) + "%"
