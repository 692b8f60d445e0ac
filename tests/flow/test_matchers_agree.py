"""Both matchers answer every question alike: on each edge, a billionth beside it, on thirds, and on nothing at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from scoring import resources
from scoring.app.folders import edition_files
from scoring.check_method import decisions_in
from scoring.condition import MISSING, NOT_APPLICABLE, Compare, Decision
from scoring.engine import open_matcher
from scoring.method import CHOICE, COUNT, DATE, LIST, TEXT, Fact, Method
from scoring.reading.edition import Edition, read_edition
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler
from scoring.submission import BUREAU, Datum, Department, Record, Said, Submission
from scoring.timeline import UNDONE, parse_date

BILLIONTH = Fraction(1, 10**9)


def edition(name: str) -> Edition:
    made, found = read_edition(edition_files(resources.rules() / name), resources.schemas())
    assert made is not None, found
    return made


def edges(decisions: list[Decision]) -> dict[str, set[Any]]:
    """The bounds that each fact or field is compared with, by name."""
    found: dict[str, set[Any]] = {}

    def visit(test: Any, decision: Decision) -> None:
        if isinstance(test, Compare) and test.right is None:
            name = getattr(decision.reads[test.left], "name", "")
            found.setdefault(name, set()).add(test.bound)
        for part in getattr(test, "parts", ()):
            visit(part, decision)

    for decision in decisions:
        for row in decision.rows:
            visit(row, decision)
    return found


def pool(fact: Fact, known: dict[str, set[Any]]) -> list[Any]:
    """Values worth trying for a fact."""
    start = known.get(fact.name, set())
    if fact.type == CHOICE:
        return [*range(len(fact.choices)), MISSING, NOT_APPLICABLE]
    if fact.type == DATE:
        due = [parse_date(text) for text in ("2023-03-31", "2023-06-30", "2023-08-31", "2023-08-31 17:00")]
        return [*start, *(day + n for day in due if day for n in range(-1, 5)), UNDONE, MISSING]
    if fact.type == COUNT:
        return [*range(8), MISSING, NOT_APPLICABLE]
    base = start | {0, 5, 10, 15, 20, 60, 80, 90, 100, 500, 1000}
    near = {Fraction(edge) + step for edge in base for step in (0, BILLIONTH, -BILLIONTH)}
    thirds = {Fraction(draw, 3) for draw in range(0, 301, 7)}
    return [*(int(each) if each.denominator == 1 else each for each in sorted(near | thirds)), MISSING, NOT_APPLICABLE]


def departments(method: Method, decisions: list[Decision], number: int) -> Iterator[Submission]:
    """That many departments whose data stand on the method's edges."""
    draw = random.Random(20231231)
    known = edges(decisions)
    pools = {name: pool(fact, known) for name, fact in method.facts.items() if fact.given and fact.type != LIST}
    fields = {
        name: {each.name: pool(each, known) for each in fact.fields.values() if each.given and each.type != TEXT}
        for name, fact in method.facts.items()
        if fact.given and fact.type == LIST
    }
    groups = [group.code for group in method.groups]
    for index in range(number):
        facts = {name: datum(draw.choice(values)) for name, values in pools.items() if draw.random() < 0.95}
        lists = {
            name: tuple(
                Record(f"P{n}", {field: datum(draw.choice(values)) for field, values in each.items()})
                for n in range(draw.randrange(5))
            )
            for name, each in fields.items()
            if draw.random() < 0.95
        }
        code = f"D{index:06}"
        yield Submission(Department(code, code, code, draw.choice(groups), index), facts, lists)


def datum(value: Any) -> Datum:
    return Datum((Said(BUREAU, value, str(value)),))


def settle_with_both(name: str, number: int) -> int:
    """Settle that many departments with both matchers; a disagreement raises. The number of entries."""
    made = edition(name)
    decisions = list(decisions_in(made.method))
    horizon = Horizon(open_matcher("both", decisions).match, made.calendar)
    settler = Settler(made.method)
    return sum(
        len(settler.open(submission, horizon).scorecard().entries)
        for submission in departments(made.method, decisions, number)
    )


@pytest.mark.engine
@pytest.mark.parametrize("name", ["2022", "2023"])
def test_both_matchers_answer_alike_on_the_edges(name: str) -> None:
    assert settle_with_both(name, 1_000) > 20_000


@pytest.mark.long
@pytest.mark.engine
@pytest.mark.parametrize("name", ["2022", "2023"])
def test_both_matchers_answer_alike_for_a_hundred_thousand_departments(name: str) -> None:
    assert settle_with_both(name, 50_000) > 1_000_000
