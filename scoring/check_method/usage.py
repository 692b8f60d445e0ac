"""What is declared and not used, what stands on no provision, what the calendar lacks (闲置、无依据、日历)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.decisions import values_in
from scoring.check_method.ground import Ground
from scoring.condition import AT_MOST, BELOW, Compare, Decision
from scoring.engine.measures import atoms
from scoring.location import Location, Mapping
from scoring.method import TEXT, Fact, Method, Node
from scoring.operators.base import EvidenceFor, Literal, Named
from scoring.operators.dates import MOVES, WORKING, DaysLate
from scoring.reading.edition import CALENDAR
from scoring.timeline import UNDONE, date_text, day_of

YEAR = 366


def check_usage(ground: Ground) -> None:
    """Facts, provisions, the calendar, units."""
    for fact in unused(ground.method):
        ground.found.add("K269", ground.places.fact(fact.address), name=fact.name)
    for node in ground.method.nodes():
        if _is_criterion(node) and node.provision is None:
            ground.found.add("K270", ground.places.at(node.address), code=node.code, name=node.name)
    for limit in ground.method.standing.limits:
        if limit.provision is None:
            ground.found.add("K270", ground.places.at(limit.address), code="", name=limit.name)
    for fact in facts_in(ground.method):
        span = ground.groups[0].reach.given(fact, "") if fact.given and not _is_field(fact) else None
        if span is not None and not span.present:
            ground.found.add("K294", ground.places.fact(fact.address), name=fact.name)
    _year(ground)
    _calendar(ground)


def _year(ground: Ground) -> None:
    """The assessed year lies in the period; no deadline lies before it, or a year and more after it."""
    method = ground.method
    first, last = date_text(method.period_from), date_text(method.period_by)
    other = ground.places.method("period")
    if not int(first[:4]) <= method.year <= int(last[:4]):
        place = ground.places.method("year")
        ground.found.add("K298", place, other=other, kind="year", said=method.year, first=first, last=last)
    for place, day in _deadlines(ground):
        if not method.period_from <= day <= method.period_by + YEAR:
            ground.found.add("K298", place, other=other, kind="day", said=date_text(day), first=first, last=last)


def _deadlines(ground: Ground) -> Iterator[tuple[Location | None, int]]:
    """The deadlines of facts and criteria, each with its place. What counts may well have begun before the period."""
    for fact in facts_in(ground.method):
        yield from ((ground.places.fact(fact.address), day) for day in _deadlines_in((fact.derived, fact.selected)))
    for node in ground.method.nodes():
        read = (node.of, node.mechanism, node.exceptions, node.not_applicable)
        yield from ((ground.places.at(node.address), day) for day in _deadlines_in(read))


def _deadlines_in(rule: object) -> Iterator[int]:
    for value in values_in(rule):
        if isinstance(value, DaysLate):
            yield from (day_of(each.number) for each in (value.due, value.if_not_done) if isinstance(each, Literal))
        elif isinstance(value, Decision):
            for test in (each for row in value.rows for each in atoms(row) if isinstance(each, Compare)):
                until = test.relation in (AT_MOST, BELOW) and value.kinds[test.left] == "date"
                if until and test.right is None and test.bound != UNDONE:
                    yield day_of(test.bound)


def _is_criterion(node: Node) -> bool:
    """A node with a code of which no part has one: what a score sheet lists and an officer may be asked about."""
    return bool(node.code) and not any(part.code for part in node.parts)


def _is_field(fact: Fact) -> bool:
    return "/fields/" in fact.address


def facts_in(method: Method) -> Iterator[Fact]:
    """Every declaration, fields of lists after their list; a selection has its list's fields, not its own."""
    for fact in method.facts.values():
        yield fact
        if fact.selected is None:
            yield from fact.fields.values()


def unused(method: Method) -> Iterator[Fact]:
    """Facts that no rule reads, that are not published and warn of nothing. A text is there to be read by people."""
    names = set(method.published)
    waiting: list[object] = [method.root, method.aside, method.warnings, method.standing]
    waiting += [each for name in method.published for each in _called(method, name)]
    while waiting:
        for value in values_in(waiting.pop()):
            for name in _names(value):
                if name not in names:
                    names.add(name)
                    waiting += _called(method, name)
    for fact in facts_in(method):
        if fact.type != TEXT and fact.name not in names and not _is_key(method, fact):
            yield fact


def _names(value: object) -> list[str]:
    """The facts and lists that a part of a rule names."""
    found = [value.name] if isinstance(value, (Named, EvidenceFor)) else []
    found += [str(getattr(value, key, "")) for key in ("source", "by") if isinstance(getattr(value, key, None), str)]
    return [name for name in found if name]


def _called(method: Method, name: str) -> Iterator[object]:
    """What a name leads on to: of a list only how it is selected, its fields being named themselves."""
    for fact in facts_in(method):
        if fact.name == name:
            yield from (each for each in (fact.derived, fact.selected, fact.at_least, fact.at_most) if each is not None)


def _is_key(method: Method, fact: Fact) -> bool:
    return any(fact.name == each.key and fact is each.fields.get(fact.name) for each in method.facts.values())


def _calendar(ground: Ground) -> None:
    """Working days and holidays are counted by calendar.yaml, or not at all."""
    calendar, method = ground.edition.calendar, ground.method
    asking = next(_counting_days(method), "")
    said = ground.places.document(CALENDAR)
    if said is None:
        if asking:
            place = ground.places.fact(asking) if asking.startswith("facts/") else ground.places.at(asking)
            ground.found.add("K271", place)
        return
    if asking and (calendar.first > method.period_from or calendar.last < method.period_by):
        ground.found.add(
            "K272",
            said.value("covers"),
            other=ground.places.method("period"),
            first=date_text(calendar.first),
            last=date_text(calendar.last),
            period_from=date_text(method.period_from),
            period_by=date_text(method.period_by),
        )
    for day in sorted(calendar.holidays & calendar.workdays):
        text = date_text(day)
        place, other = (_day(said, key, text) for key in ("holidays", "workdays"))
        ground.found.add("K273", place, other=other, day=text)


def _counting_days(method: Method) -> Iterator[str]:
    """Where working days are counted, or a deadline moves over holidays."""
    for fact in facts_in(method):
        if fact.derived is not None and any(map(_needs_calendar, values_in(fact.derived))):
            yield fact.address
    for node in method.nodes():
        if any(map(_needs_calendar, values_in((node.of, node.mechanism, node.exceptions, node.not_applicable)))):
            yield node.address


def _needs_calendar(value: object) -> bool:
    return getattr(value, "count", "") == WORKING or getattr(value, "if_holiday", "") == MOVES


def _day(said: Mapping, key: str, text: str) -> Location:
    days = said[key]
    return next((days.item(place) for place, each in enumerate(days) if str(each) == text), said.value(key))
