"""Data for any method: each fact given, 未报 or 不适用, within its bounds; drawn by a seeded source, so it repeats."""

from __future__ import annotations

import random
from collections.abc import Mapping

from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Value
from scoring.engine.plain_matcher import PlainMatcher
from scoring.method import CHOICE, COUNT, DATE, LIST, TEXT, Fact, Method
from scoring.operators.base import Literal, Named
from scoring.points import Rational, ratio
from scoring.reading.edition import Edition
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler, Sheet
from scoring.submission import SELF_REPORT, Datum, Department, Record, Said, Submission
from scoring.timeline import UNDONE

NUMBERS = (0, 1, 2, 3, 5, 10, 12, 60, 80, 90, 100, 500, ratio(1, 2), ratio(1, 3), ratio(9, 10), ratio(3, 100), -1, -30)


def submissions(edition: Edition, seed: int, many: int) -> list[Submission]:
    """So many departments of all groups."""
    source, method = random.Random(seed), edition.method
    return [submission(method, number, source) for number in range(many)]


def submission(method: Method, number: int, source: random.Random) -> Submission:
    group = method.groups[number % len(method.groups)].code
    department = Department(f"D{number}", f"部门{number}", f"部门{number}", group, number, "")
    values: dict[str, Value] = {}
    facts, lists = {}, {}
    for fact in method.facts.values():
        if fact.type == LIST and fact.selected is None:
            if source.random() < 0.9:
                lists[fact.name] = tuple(
                    record(fact, key, method, source, values) for key in range(source.randrange(5))
                )
        elif fact.given and fact.type != TEXT:
            value = values[fact.name] = drawn(fact, method, source, values)
            if value is not MISSING:
                facts[fact.name] = datum(value, source)
    return Submission(department, facts, lists)


def record(fact: Fact, key: int, method: Method, source: random.Random, above: Mapping[str, Value]) -> Record:
    values: dict[str, Value] = dict(above)
    data, texts = {}, {}
    for field in fact.fields.values():
        if field.type == TEXT:
            texts[field.name] = str(source.randrange(3))
        elif field.given:
            value = values[field.name] = drawn(field, method, source, values)
            if value is not MISSING:
                data[field.name] = datum(value, source)
    return Record(str(key), data, texts, ("E",) if source.random() < 0.5 else ())


def datum(value: Value, source: random.Random) -> Datum:
    return Datum((Said(SELF_REPORT, value, "", ("E",) if source.random() < 0.6 else ()),))


def drawn(fact: Fact, method: Method, source: random.Random, others: Mapping[str, Value]) -> Value:
    """A value that the form would take: what lies outside its bounds counts as not reported."""
    chance = source.random()
    if chance < 0.05:
        return MISSING
    if chance < 0.2 and ("不适用" in fact.may_be or fact.not_applicable_if):
        return NOT_APPLICABLE
    value = plain_value(fact, method, source)
    for bound, below in ((fact.at_least, True), (fact.at_most, False)):
        limit = bound.number if isinstance(bound, Literal) else None
        if isinstance(bound, Named):
            other = others.get(bound.name, MISSING)
            limit = None if isinstance(other, Absent) else other
        if limit is not None and (value < limit if below else value > limit) and value != UNDONE:
            value = limit if source.random() < 0.7 else MISSING  # type: ignore[assignment]
            if isinstance(value, Absent):
                return value
    return value


def plain_value(fact: Fact, method: Method, source: random.Random) -> Rational:
    if fact.type == CHOICE:
        return source.randrange(len(fact.choices))
    if fact.type == DATE:
        if "未完成" in fact.may_be and source.random() < 0.2:
            return UNDONE
        return source.randint(method.period_from - 40, method.period_by + 60)
    if fact.type == COUNT:
        return source.choice((0, 1, 2, 3, 5, 12, 100))
    number = source.choice(NUMBERS)
    if fact.unit == "%":
        return source.choice((0, ratio(source.randint(0, 130), 100), ratio(1, 3), ratio(-3, 10), 1))
    return number


def sheets(edition: Edition, given: list[Submission]) -> list[Sheet]:
    """Every department settled, by the plain matcher, statistics over all of them included."""
    matcher = PlainMatcher()
    horizon = Horizon(matcher.match, edition.calendar)
    settler = Settler(edition.method)
    found = [settler.open(each, horizon) for each in given]
    settler.measure.settle_strata([sheet.scope for sheet in found], horizon)
    for sheet in found:
        sheet.scorecard()
    return found
