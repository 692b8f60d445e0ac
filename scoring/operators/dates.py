"""Intervals, lateness and deadlines (间隔、迟报天数、期限), in calendar days, working days or months.

What officers argue about is a required choice: whether the due day itself is on time, from which day a period
counts, and whether a deadline on a day of rest moves to the next working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scoring.condition import MISSING, Absent, Value
from scoring.operators.base import absence, present, trace
from scoring.points import Rational, ratio
from scoring.scope import Expression, Kind, Scope, Trace
from scoring.timeline import UNDONE, Calendar, add_months, day_of

CALENDAR, WORKING, MONTHS = "自然日", "工作日", "月"
ON_TIME, LATE = "按时", "迟报"
NEXT_DAY, SAME_DAY = "次日起算", "当日起算"
MOVES, STAYS = "顺延", "不顺延"


def between(calendar: Calendar, start: int, end: int, count: str) -> int | None:
    """Days after `start` up to and with `end`; negative the other way round."""
    if count == CALENDAR:
        return end - start
    if end < start:
        found = calendar.count(range(end + 1, start + 1))
        return None if found is None else -found
    return calendar.count(range(start + 1, end + 1))


def later(day: int, months: int) -> int:
    """The same day of the month, `months` later; UNDONE, which is later than every date, where no date can say it."""
    try:
        return add_months(day, months)
    except ValueError:
        return UNDONE


def through_months(day: int, months: int) -> int:
    """The last day of so many months of which `day` is the first: through the day before the same day of the month.

    Where that month has no such day, its last day is the last.
    """
    last = later(day, months)
    if last == UNDONE:
        return last
    return last - (date.fromordinal(last).day == date.fromordinal(day).day)


@dataclass(frozen=True, slots=True)
class Days:
    """间隔天数 from one date to another, signed."""

    start: Expression
    end: Expression
    count: str
    kind: Kind = Kind("数", "天")

    def inputs(self) -> tuple[Expression, ...]:
        return (self.start, self.end)

    def value(self, scope: Scope) -> Value:
        start, end = self.start.value(scope), self.end.value(scope)
        absent = absence((start, end))
        if absent is not None:
            return absent
        if UNDONE in (start, end):
            return MISSING
        found = between(scope.horizon.calendar, day_of(present(start)), day_of(present(end)), self.count)
        return MISSING if found is None else found

    def working(self, scope: Scope) -> Trace:
        return {
            "operator": "days",
            "from": trace(self.start, scope),
            "to": trace(self.end, scope),
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Months:
    """间隔月数 from one date to another; `partial` says what a month begun counts."""

    start: Expression
    end: Expression
    partial: str
    kind: Kind = Kind("数", "月")

    def inputs(self) -> tuple[Expression, ...]:
        return (self.start, self.end)

    def value(self, scope: Scope) -> Value:
        start, end = self.start.value(scope), self.end.value(scope)
        absent = absence((start, end))
        if absent is not None:
            return absent
        if UNDONE in (start, end):
            return MISSING
        first, last = day_of(present(start)), day_of(present(end))
        if last < first:
            return -self.months(last, first)
        return self.months(first, last)

    def months(self, first: int, last: int) -> Rational:
        whole = 0
        while later(first, whole + 1) <= last:
            whole += 1
        reached = add_months(first, whole)
        if reached == last or self.partial == "不计":
            return whole
        if self.partial == "按一档":
            return whole + 1
        return whole + ratio(last - reached, later(first, whole + 1) - reached)

    def working(self, scope: Scope) -> Trace:
        return {
            "operator": "months",
            "from": trace(self.start, scope),
            "to": trace(self.end, scope),
            "partial": self.partial,
        }


@dataclass(frozen=True, slots=True)
class DaysLate:
    """迟报天数: whole days after the due day, at least 0.

    An hour in the due date makes anything later on that day one day late. `if_not_done` is the day on which what
    was never done counts as done: without it silence would be on time.
    """

    due: Expression
    done: Expression
    count: str
    due_day: str
    if_holiday: str
    if_not_done: Expression | None
    kind: Kind = Kind("个数", "天")

    def inputs(self) -> tuple[Expression, ...]:
        return tuple(each for each in (self.due, self.done, self.if_not_done) if each is not None)

    def deadline(self, scope: Scope) -> Value:
        """The due moment, moved to the next working day where the method says so."""
        due = self.due.value(scope)
        if isinstance(due, Absent) or self.if_holiday != MOVES:
            return due
        day = day_of(due)
        moved = scope.horizon.calendar.advance(day, 0)
        return MISSING if moved is None else due + (moved - day)

    def moment(self, scope: Scope) -> Value:
        done = self.done.value(scope)
        if done == UNDONE:
            return MISSING if self.if_not_done is None else self.if_not_done.value(scope)
        return done

    def value(self, scope: Scope) -> Value:
        due, done = self.deadline(scope), self.moment(scope)
        absent = absence((due, done))
        if absent is not None:
            return absent
        limit, moment = present(due), present(done)
        last, day = day_of(limit), day_of(moment)
        if self.due_day == LATE:
            last -= 1
        if day < last or (day == last and (limit.denominator == 1 or moment <= limit)):
            return 0
        found = between(scope.horizon.calendar, last, day, self.count)
        if found is None:
            return MISSING
        return max(found, 1) if day == last else found

    def working(self, scope: Scope) -> Trace:
        dates = Kind("日期")
        return {
            "operator": "days_late",
            "due": dates.say(self.deadline(scope)),
            "done": trace(self.done, scope),
            "counted_as_done": dates.say(self.moment(scope)),
            "count": self.count,
            "due_day": self.due_day,
        }


@dataclass(frozen=True, slots=True)
class DateAfter:
    """期限: the last day of a period that begins at a date."""

    start: Expression
    add: Expression
    count: str
    first_day: str
    if_holiday: str
    kind: Kind = Kind("日期")

    def inputs(self) -> tuple[Expression, ...]:
        return (self.start, self.add)

    def value(self, scope: Scope) -> Value:
        start, add = self.start.value(scope), self.add.value(scope)
        absent = absence((start, add))
        if absent is not None:
            return absent
        if start == UNDONE:
            return MISSING
        calendar = scope.horizon.calendar
        found = self.last_day(day_of(present(start)), day_of(present(add)), calendar)
        if found is not None and self.if_holiday == MOVES and found < UNDONE:
            found = calendar.advance(found, 0)
        return MISSING if found is None else found

    def last_day(self, day: int, steps: int, calendar: Calendar) -> int | None:
        """The last day, before a day of rest moves it; None where the calendar does not reach."""
        if self.count == MONTHS:
            return later(day, steps) if self.first_day == NEXT_DAY else through_months(day, steps)
        if self.first_day == SAME_DAY:
            day -= 1
        return calendar.advance(day, steps) if self.count == WORKING and steps else day + steps

    def working(self, scope: Scope) -> Trace:
        return {
            "operator": "date_after",
            "from": trace(self.start, scope),
            "add": trace(self.add, scope),
            "count": self.count,
            "first_day": self.first_day,
        }
