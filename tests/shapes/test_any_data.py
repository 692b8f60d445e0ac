"""Whatever the data: every fragment can be scored, both matchers agree, and the order of asking means nothing."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from scoring.canonical import canonical
from scoring.check_method import decisions_in
from scoring.condition import NOT_APPLICABLE, Value
from scoring.engine import DURABLE, PLAIN, available, open_matcher
from scoring.measure import Measure
from scoring.method import CHOICE, COUNT, DATE, LIST, TEXT, Fact, Method
from scoring.points import Rational, exact
from scoring.reading.edition import Edition
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler
from scoring.submission import SELF_REPORT, Datum, Department, Record, Said, Submission
from scoring.timeline import UNDONE, parse_date
from tests.shapes.district import sound
from tests.shapes.fragments import ROOT, blocks, build, other_files, shape_files, snippets

FRAGMENTS = [(path.stem, path.read_text(encoding="utf-8")) for path in [*shape_files(), *other_files()]]
FRAGMENTS += [(f"doc {heading}", text) for heading, text in snippets((ROOT / "docs/language.md").read_text("utf-8"))]
EDGES = [Fraction(text) for text in ("0", "0.05", "0.1", "0.2", "0.3", "0.6", "0.9", "1", "1.3", "4", "5", "50", "100")]
DATES = [UNDONE, *map(parse_date, ("2023-12-31", "2024-02-29", "2024-03-31", "2024-04-01 12:00", "2024-08-31"))]
DEPARTMENTS = 4


def some_value(rnd: random.Random, fact: Fact) -> Value | None:
    """A value near the places where rules change their mind; None where nobody says anything."""
    chance = rnd.random()
    if chance < 0.1:
        return None
    if chance < 0.2:
        return NOT_APPLICABLE
    if fact.type == CHOICE:
        return rnd.randrange(len(fact.choices))
    if fact.type == DATE:
        return rnd.choice(DATES)
    if fact.type == COUNT:
        return rnd.choice([0, 1, 2, 3, 5, 10, rnd.randrange(100)])
    edge = rnd.choice(EDGES)
    found: Rational = exact(edge + rnd.choice([0, 0, Fraction(1, 10000), Fraction(-1, 10000), Fraction(1, 3)]))
    return found if rnd.random() < 0.9 else -found


def some_data(rnd: random.Random, facts: list[Fact]) -> dict[str, Datum]:
    found = {}
    for fact in facts:
        value = some_value(rnd, fact)
        if value is not None:
            found[fact.name] = Datum((Said(SELF_REPORT, value, "", ("E1",) if rnd.random() < 0.7 else ()),))
    return found


def some_submission(rnd: random.Random, method: Method, code: str) -> Submission:
    given = [fact for fact in method.facts.values() if fact.given]
    lists: dict[str, tuple[Record, ...]] = {}
    for fact in given:
        if fact.type == LIST and rnd.random() < 0.9:
            fields = [each for each in fact.fields.values() if each.given]
            texts = {each.name: rnd.choice("甲乙丙") for each in fields if each.type == TEXT}
            lists[fact.name] = tuple(
                Record(
                    str(key),
                    some_data(rnd, [each for each in fields if each.type != TEXT]),
                    texts,
                    ("E1",) if rnd.random() < 0.5 else (),
                )
                for key in range(rnd.choice([0, 1, 2, 4]))
            )
    group = rnd.choice(method.groups).code
    data = some_data(rnd, [fact for fact in given if fact.type not in (LIST, TEXT)])
    return Submission(Department(code, code, code, group, 1), data, lists)


def cards(
    edition: Edition, submissions: list[Submission], matcher: str, order: random.Random | None = None
) -> list[bytes]:
    """The written scorecards; with `order`, every node's points are asked for at random before."""
    engine = open_matcher(matcher, decisions_in(edition.method))
    horizon = Horizon(engine.match, edition.calendar)
    settler = Settler(edition.method)
    sheets = [settler.open(each, horizon) for each in submissions]
    Measure(edition.method).settle_strata([sheet.scope for sheet in sheets], horizon)
    found = []
    for sheet in sheets:
        if order is not None:
            codes = list(settler.by_code)
            order.shuffle(codes)
            for code in codes:
                sheet.score_of(code)
                sheet.rate_of(code)
        card = sheet.scorecard()
        sound(card, edition.method.entry_decimals)
        found.append(canonical(card.data(2)))
    return found


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("name", "text"), FRAGMENTS, ids=[name for name, _ in FRAGMENTS])
def test_any_data_are_scored_the_same_way(name: str, text: str, seed: int) -> None:
    edition, _ = build(blocks(text))
    assert edition is not None
    rnd = random.Random(f"{name} {seed}")
    submissions = [some_submission(rnd, edition.method, str(number)) for number in range(DEPARTMENTS)]
    expected = cards(edition, submissions, PLAIN)
    if available():
        assert cards(edition, submissions, DURABLE) == expected
    assert cards(edition, submissions, PLAIN, rnd) == expected
