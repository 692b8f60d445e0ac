"""The rule beside its official wording: numbers the text does not have, edges it draws otherwise (文字与规则).

A text is no rule, so this only asks to look again; a criterion without a `standard` is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from scoring.check_method.ground import Ground
from scoring.check_method.usage import facts_in
from scoring.location import Location, Mapping, Sequence
from scoring.method import Method, Node, Provision
from scoring.points import Rational, exact, parse, plain
from scoring.reading.strata import Dependence, Thing

EDGES = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}
"""Each edge, and the one that differs from it by the figure itself."""
NUMBERS = (*EDGES, "equals", "points", "deduct", "add", "per", "up_to", "zero_at", "full_at", "at", "start")
APART = ("parts", "provision", "related", "lint_off", "with", "rounding", "fields")
ORDINARY = (0, 1, 100)
"""Nothing, one and full marks are said in many ways."""
FAR = 100
"""From here on a number is looked up in all texts of the method: smaller ones stand for too many things."""

NOTHING_LEFT = re.compile(r"不得分|得零分|扣完为止")
_TOLD = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?:个?(?:分(?![制别值组])|天|工作日|百分点)|[%％]|万元|[个次项])")
"""A number with a unit that rules have; years and dates are none."""
_NUMERAL = re.compile(r"\d+(?:\.\d+)?|百分之[一二三四五六七八九十百]+|[一二两三四五六七八九十百]+")
_DIGITS = {digit: place for place, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_AFTER = re.compile(r"[%％]?[^，。；、（）()\d以]{0,4}(?:[（(]含[^）)]*[）)])?[及或]?以(上|下|内)")
_BEFORE = (
    (re.compile(r"(?:不超过|不高于|不大于|不多于)$"), "at_most"),
    (re.compile(r"(?:不低于|不少于|不小于|至少|达到)[^，。；、]{0,2}$"), "at_least"),
    (re.compile(r"(?:超过|高于|大于|多于)$"), "above"),
    (re.compile(r"(?:不满|低于|不足|少于|小于)$"), "below"),
)


class Figure(NamedTuple):
    """A number written in a rule: under which key, and what it may be called in a text."""

    key: str
    shown: str
    values: tuple[Rational, ...]
    place: Location


class Wording(NamedTuple):
    """What a text says: its numbers, and the edges that it draws at them."""

    numbers: frozenset[Rational]
    edges: frozenset[tuple[Rational, str]]


def check_texts(ground: Ground) -> None:
    """Every criterion with a standard, the facts that it rests on, and what is named by its condition."""
    own = texts_by_node(ground.method)
    everything = wording(text for node in ground.method.nodes() for text in texts_of(node))
    resting: dict[str, list[Figure]] = {}
    noted: dict[str, set[Rational]] = {}
    for node in ground.method.nodes():
        written = ground.places.written(node.address)
        if own.get(node.address) and written is not None:
            said = wording(own[node.address])
            numbers = list(figures(written, node.marks.full))
            resting.setdefault(node.address.partition("/")[0], []).extend(numbers)
            _compare(ground, numbers, said, said, ground.places.at(node.address), [node.address])
    users = users_of(ground.method)
    for fact in facts_in(ground.method):
        rules = [node.address for node in users.get(fact.address.split("/")[1], ()) if own.get(node.address)]
        for address in rules:  # what whoever fills in the form is told counts as said
            noted.setdefault(address.partition("/")[0], set()).update(wording((fact.note,)).numbers)
        if rules and not fact.given:
            said = wording(text for address in rules for text in own[address])
            numbers = list(figures(ground.places.declaration(fact.address), None))
            for address in rules:
                resting.setdefault(address.partition("/")[0], []).extend(numbers)
            _compare(ground, numbers, said, everything, ground.places.fact(fact.address), rules)
    for node in ground.method.nodes():
        if node.code and node.standard and not any(part.code for part in node.parts):
            marks = {part.marks.full for part in node.walk() if part.marks.full is not None}
            known = marks | noted.get(node.address, set())
            _missing(ground, node.address, "standard", node.standard, resting.get(node.address, []), known)
    named = [(rule.address, rule.name, rule.provision) for rule in ground.method.warnings]
    named += [(rule.address, rule.name, rule.provision) for rule in ground.method.standing.limits]
    for address, name, provision in named:
        said = wording((name, "" if provision is None else provision.quote))
        numbers = list(figures(ground.places.when(address), None))
        told = [figure for figure in numbers if said.numbers.intersection(figure.values)]  # a name need not tell all
        _compare(ground, told, said, said, ground.places.at(address), [address])
        _missing(ground, address, "name", name, numbers, set())


def check_lowest(ground: Ground) -> None:
    """Where the wording says that nothing may be left (不得分, 扣完为止), the rule must be able to leave nothing."""
    for node in ground.method.nodes():
        said = NOTHING_LEFT.search(node.standard)
        spans = [scores.of(node).span for scores in ground.groups if scores.of(node).span.present]
        never = bool(spans) and all(span.low is not None and span.low > 0 for span in spans)
        if said and never and not ground.silence.over(node.address, "K296"):
            ground.found.add("K296", ground.places.at(node.address, "standard"), kind="lowest", number=said[0])


def _missing(ground: Ground, address: str, key: str, text: str, numbers: list[Figure], marks: set[Rational]) -> None:
    """Numbers that a text tells with their unit, and that nowhere stand in its rule."""
    known = {value for figure in numbers for value in figure.values} | {*marks, *ORDINARY}
    for match in _TOLD.finditer(text):
        value = parse(match[1])
        if value is not None and value not in known and not ground.silence.over(address, "K296"):
            known.add(value)
            ground.found.add("K296", ground.places.at(address, key), kind="text", number=match[0])


def _compare(
    ground: Ground,
    numbers: list[Figure],
    said: Wording,
    everything: Wording,
    heading: Location | None,
    rules: list[str],
) -> None:
    """Numbers against the texts that speak of them; the larger ones also against all others.

    `rules` are the addresses that may have a reason for saying it otherwise.
    """
    for figure in numbers:
        place = figure.place
        if heading is not None:
            place = Location(place.file, place.line, place.column, place.width, place.text, heading.headings)
        known = any(value in said.numbers for value in figure.values)
        if not known and any(value in ORDINARY for value in figure.values):
            continue
        if not known and not any(value in everything.numbers for value in figure.values):
            if True not in {ground.silence.over(address, "K296") for address in rules}:
                ground.found.add("K296", place, kind="rule", number=figure.shown)
            continue
        other, edges = EDGES.get(figure.key, ""), (said if known else everything).edges
        for value in figure.values:
            drawn = {(value, other), (value, figure.key)} & edges
            if drawn != {(value, other)} or not (known or value >= FAR):
                continue
            if True not in {ground.silence.over(address, "K297") for address in rules}:
                ground.found.add("K297", place, key=figure.key, meant=other, number=figure.shown)


def _criteria(node: Node, above: tuple[str, ...], standard: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts that speak of each node: its own and, without a code, those of what it belongs to."""
    standard = node.standard or (None if node.code else standard)
    texts = texts_of(node) if node.code else (*above, *texts_of(node))
    yield node.address, texts if standard else ()
    for part in node.parts:
        yield from _criteria(part, texts, standard)


def texts_by_node(method: Method) -> dict[str, tuple[str, ...]]:
    """The texts that speak of each node by address; none where no `standard` was written."""
    return dict(_criteria(method.root, (), None))


def texts_of(node: Node) -> tuple[str, ...]:
    provision = node.provision or Provision()
    return (node.name, node.standard, node.note, provision.quote)


def users_of(method: Method) -> dict[str, list[Node]]:
    """The criteria that rest on each fact, directly or through others."""
    graph = Dependence(method)
    found: dict[str, list[Node]] = {}
    for node in method.nodes():
        seen: set[Thing] = set()
        waiting = [thing for thing in graph.below(("node", node.address, "")) if thing[0] != "node"]
        while waiting:
            thing = waiting.pop()
            if thing not in seen:
                seen.add(thing)
                waiting += [each for each in graph.below(thing) if each[0] != "node"]
        for kind, name, source in sorted(seen):
            if kind == "fact" and node not in found.setdefault(source or name, []):
                found[source or name].append(node)
    return found


def figures(written: Any, full: Rational | None, key: str = "") -> Iterator[Figure]:
    """The numbers of a rule, in its order; shares of marks also as the points they make."""
    if isinstance(written, Mapping):
        for each, value in written.items():
            if each in NUMBERS and not isinstance(value, (Mapping, Sequence)):
                figure = _figure(each, value, full, written.value(each))
                if figure is not None:
                    yield figure
            elif each not in APART:
                yield from figures(value, full, each)
    elif isinstance(written, Sequence):
        for each in written:
            yield from figures(each, full, key)


def _figure(key: str, value: Any, full: Rational | None, place: Location) -> Figure | None:
    if isinstance(value, str):
        share = parse(value) if value.endswith("%") else None
        if share is None:
            return None
        values = (exact(share * 100),) if full is None else (exact(share * 100), exact(share * full))
        return Figure(key, value, values, place)
    if isinstance(value, bool) or value is None:
        return None
    return Figure(key, plain(value), (abs(value),), place)


def wording(texts: Any) -> Wording:
    """The numbers of texts, in figures or characters, with the edges drawn at them."""
    numbers: set[Rational] = set()
    edges: set[tuple[Rational, str]] = set()
    for text in texts:
        for match in _NUMERAL.finditer(text):
            value = _value(match[0])
            if value is None:
                continue
            numbers.add(value)
            after = _AFTER.match(text, match.end())
            if after:
                edges.add((value, "at_least" if after[1] == "上" else "at_most"))
            before = next((edge for form, edge in _BEFORE if form.search(text[: match.start()])), "")
            if before:
                edges.add((value, before))
        if "一半" in text:
            numbers.add(50)
    return Wording(frozenset(numbers), frozenset(edges))


def _value(numeral: str) -> Rational | None:
    """The number that a numeral writes, up to the hundreds."""
    if numeral[0].isdigit():
        return parse(numeral.lstrip("0") if not numeral.startswith("0.") and numeral != "0" else numeral)
    total, pending = 0, 0
    for digit in numeral.removeprefix("百分之"):
        if digit in _DIGITS:
            pending = _DIGITS[digit]
        else:
            total += (pending or 1) * (10 if digit == "十" else 100)
            pending = 0
    return total + pending
