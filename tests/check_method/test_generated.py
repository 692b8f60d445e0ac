"""Whatever method passes the linter: its scores keep the bounds that were announced, and every question one outcome."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from scoring.assessment import Scorecard, written
from scoring.canonical import canonical
from scoring.check_method import check_method, decisions_in, ranges
from scoring.condition import NO_ROW, Absent, Decision, Value
from scoring.engine import DURABLE, PLAIN, available, open_matcher
from scoring.engine.matcher import HOLDS
from scoring.engine.plain_matcher import row_tests
from scoring.finding import ERROR
from scoring.measure import Measure
from scoring.mechanisms.selector import Rows
from scoring.method import LIST, TEXT, Method
from scoring.rank import contend, stand
from scoring.reading.edition import Edition, read_edition
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler, Sheet
from scoring.submission import Submission
from tests.check_method.editions import SCHEMAS
from tests.check_method.generated import editions
from tests.check_method.random_data import submissions

SEEDS = st.integers(0, 2**16)
SLOW = {"suppress_health_check": list(HealthCheck)}
DEPARTMENTS = 5


def sound(files: dict[str, str]) -> Edition:
    """The edition, if the linter passes it."""
    edition, found = read_edition({path: text.encode() for path, text in files.items()}, SCHEMAS)
    assert edition is not None, found
    wrong = [each for each in found if each.severity == ERROR]
    assert not wrong, wrong
    errors = {each.code for each in check_method(edition) if each.severity == ERROR}
    event(f"errors: {sorted(errors)}")
    assume(not errors)
    return edition


def scored(edition: Edition, given_: list[Submission], matcher: str) -> tuple[list[Sheet], list[Scorecard], object]:
    """Every department settled, ranked and graded."""
    method = edition.method
    engine = open_matcher(matcher, decisions_in(method))
    tables = {
        node.mechanism.decision: row_tests(node.mechanism.decision)
        for node in method.nodes()
        if isinstance(node.mechanism, Rows)
    }

    def ask(decision: Decision, values: tuple[Value, ...]) -> int:
        outcome = engine.match(decision, values)
        if decision in tables:
            holding = [row for row, holds in enumerate(tables[decision]) if holds(values) == HOLDS]
            assert outcome != NO_ROW, (decision.address, values)
            assert decision.ordered or len(holding) <= 1, (decision.address, values)
        return outcome

    horizon = Horizon(ask, edition.calendar)
    settler = Settler(method)
    sheets = [settler.open(each, horizon) for each in given_]
    Measure(method).settle_strata([sheet.scope for sheet in sheets], horizon)
    contenders = [contend(method, sheet, sheet.scorecard()) for sheet in sheets]
    groups, cards = stand(method, contenders, [], engine.match)
    return sheets, cards, groups


def within(method: Method, sheets: list[Sheet]) -> None:
    """Every fact and every node lies where it was announced to lie."""
    spans = ranges(method)
    for sheet in sheets:
        found = {
            address: outcome.value
            for address, outcome in sheet.outcomes.items()
            if not outcome.left and not outcome.held
        }
        for fact in method.facts.values():
            value = sheet.scope.fact(fact.name) if fact.type not in (LIST, TEXT) else None
            found |= {} if value is None or isinstance(value, Absent) else {fact.address: value}
        for address, value in found.items():
            low, high = spans[address]
            assert low is None or value >= low, (address, value, low)
            assert high is None or value <= high, (address, value, high)


def adds_up(method: Method, sheets: list[Sheet], cards: list[Scorecard]) -> None:
    """Each node has one outcome, each ledger its total, each department with a total one grade."""
    for sheet, card in zip(sheets, cards, strict=True):
        group = sheet.submission.department.group
        for node in method.nodes():
            parts = {part.code for part in node.parts if part.within(group)}
            assert parts <= set(card.nodes) or not parts & set(card.nodes), (node.address, parts)
        if card.total is not None:
            assert sum(entry.points for entry in card.entries) == written(card.total, method.entry_decimals)
            assert card.grade


def hold(files: dict[str, str], seed: int) -> None:
    edition = sound(files)
    given_ = submissions(edition, seed, DEPARTMENTS)
    sheets, cards, groups = scored(edition, given_, PLAIN)
    within(edition.method, sheets)
    adds_up(edition.method, sheets, cards)
    if available():
        _, others, other_groups = scored(edition, given_, DURABLE)
        assert [canonical(card.data(2)) for card in cards] == [canonical(card.data(2)) for card in others]
        assert groups == other_groups


@settings(max_examples=25, **SLOW)  # type: ignore[arg-type]
@given(editions(), SEEDS)
def test_what_passes_the_linter_keeps_its_word(files: dict[str, str], seed: int) -> None:
    hold(files, seed)


@pytest.mark.long
@settings(max_examples=max(400, settings().max_examples), **SLOW)  # type: ignore[arg-type]
@given(editions(), SEEDS)
def test_many_that_pass_the_linter_keep_their_word(files: dict[str, str], seed: int) -> None:
    hold(files, seed)
