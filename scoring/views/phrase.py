"""Phrases (用语): how names, numbers and dates are written in whatever officers read. Strings in, strings out.

A count of zero is the empty string, so that a template which forgets to ask leaves a gap instead of printing “0个”.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.points import Rational, divide, percent, plain
from scoring.visible import visible

BLANK = "××"
"""What stands where the office has not said it."""
YES, NO = "是", ""

_DIGITS = "零一二三四五六七八九"


def plain_text(text: str) -> str:
    """The text on one line, as it can be seen: without control characters, marks of direction and their like.

    What somebody wrote in a name or a reason may hold anything; what cannot be seen can turn a printed line around.
    """
    return " ".join(visible(text).split())


def counted(number: int) -> str:
    """A count; nothing for none."""
    return str(number) if number else ""


def listed(names: Iterable[str]) -> str:
    """Names side by side: 甲、乙、丙."""
    return "、".join(names)


def quoted(names: Iterable[str]) -> str:
    """Names side by side in quotation marks: “中”“差”."""
    return "".join(f"“{name}”" for name in names)


def share(part: Rational, whole: Rational) -> str:
    """A part of a whole with its sign: 25.81%. The whole is not 0."""
    return percent(divide(part, whole))


def brief_percent(value: Rational) -> str:
    """A rate as a rule says it: 30%, not 30.00%."""
    return f"{plain(value * 100)}%"


def day(text: str) -> str:
    """A date as it is printed: 2024-06-05 is 2024年6月5日."""
    year, month, rest = text[:10].split("-")
    return f"{year}年{int(month)}月{int(rest)}日"


def undated(text: str) -> str:
    """A date that is not settled: of what the office said only the year stands."""
    return f"{text[:4] or '×'}年×月×日"


def numeral(number: int) -> str:
    """A number in Chinese, up to 99, for 一、 and （一）."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
