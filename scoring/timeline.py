"""Dates as exact numbers: a day is its ordinal, an hour a fraction of it; which days are worked, the calendar says.

未完成 (not done) is later than every date, so that "by a date" is false for it and "after" true.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from scoring.points import Rational, exact, ratio

UNDONE = date.max.toordinal() + 1
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}))?\Z", re.ASCII)


def parse_date(text: str) -> Rational | None:
    """The day number that "2023-03-31" or "2023-03-31 17:00" writes, or None where it is no date."""
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups()[:3])
    hour, minute = int(match[4] or 0), int(match[5] or 0)
    if hour > 23 or minute > 59:
        return None
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return None
    return exact(ordinal + ratio(hour * 60 + minute, 24 * 60))


def date_text(value: Rational) -> str:
    """The date as it is written in files; 未完成 for what was not done."""
    if value >= UNDONE:
        return "未完成"
    day = day_of(value)
    minutes = int((value - day) * 24 * 60)
    text = date.fromordinal(day).isoformat()
    return f"{text} {minutes // 60:02}:{minutes % 60:02}" if minutes else text


def day_of(value: Rational) -> int:
    """The day in which a moment lies."""
    return value.numerator // value.denominator


def whole_day(value: Rational) -> bool:
    """Whether a date was given without an hour: then it means the whole day."""
    return value.denominator == 1


def add_months(day: int, months: int) -> int:
    """The same day of the month, `months` later; where that month has no such day, its last day."""
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


@dataclass(slots=True)
class Calendar:
    """Which days are worked (工作日): weekdays but for holidays, and the weekends worked instead.

    A day outside `first`…`last` is not guessed: it is remembered in `beyond`, and what asked for it stays unknown.
    """

    first: int = 0
    last: int = -1
    holidays: frozenset[int] = frozenset()
    workdays: frozenset[int] = frozenset()
    beyond: set[int] = field(default_factory=set)

    def working(self, day: int) -> bool | None:
        """Whether the day is worked; None where the calendar does not reach."""
        if not self.first <= day <= self.last:
            self.beyond.add(day)
            return None
        if day in self.workdays:
            return True
        return day not in self.holidays and date.fromordinal(day).weekday() < 5

    def count(self, days: Iterable[int]) -> int | None:
        """How many of these days are worked."""
        found = 0
        for day in days:
            worked = self.working(day)
            if worked is None:
                return None
            found += worked
        return found

    def advance(self, day: int, steps: int) -> int | None:
        """The `steps`-th working day after `day`; with 0 steps the day itself or the next that is worked."""
        if steps == 0:
            day, steps = day - 1, 1
        while steps:
            day += 1
            worked = self.working(day)
            if worked is None:
                return None
            steps -= worked
        return day
