"""All matchers answer alike, and what they cannot agree on is no answer."""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.condition import (
    AT_MOST,
    MISSING,
    NO_ROW,
    NOT_APPLICABLE,
    UNKNOWN_MISSING,
    All,
    Compare,
    Decision,
    None_,
    Value,
)
from scoring.engine import BOTH, DURABLE, PLAIN, Contradiction, EngineAbsent, available, open_matcher
from scoring.engine.both_matcher import BothMatcher
from scoring.engine.boxes import DecisionTooLarge, Diagram
from scoring.engine.durable_matcher import REMEMBERED, DurableMatcher
from scoring.engine.limits import TOGETHER, excesses
from scoring.engine.matcher import Matcher, Question
from scoring.engine.plain_matcher import PlainMatcher
from scoring.engine.rules import AT_LEAST, Rule, rules
from tests.engine.decisions import bands, decisions, grid, outcome_as_written, scattered, values_of

BANDS = bands("1.1/bands", (60, Fraction(200, 3), 80, 90))


def questions_of(asked: Sequence[Decision], most: int) -> list[Question]:
    return [(decision, values) for decision in asked for values in values_of(decision, most)]


@settings(max_examples=50)
@given(decisions())
def test_plain_says_what_is_written(decision: Decision) -> None:
    plain = PlainMatcher([decision])
    for values in values_of(decision):
        assert plain.match(decision, values) == outcome_as_written(decision, values), values


@pytest.mark.engine
@settings(max_examples=50)
@given(st.lists(decisions(), min_size=1, max_size=4))
def test_durable_says_what_plain_says(asked: list[Decision]) -> None:
    durable, plain = DurableMatcher(asked), PlainMatcher(asked)
    questions = questions_of(asked, 40)
    assert [durable.match(*question) for question in questions] == plain.match_many(questions)
    durable.close()


@pytest.mark.engine
@settings(max_examples=40)
@given(st.lists(decisions(), min_size=1, max_size=20))
def test_many_together_are_answered_as_one_by_one(asked: list[Decision]) -> None:
    """In any order, with equal questions among them, and asked again."""
    durable = DurableMatcher(asked)
    questions = questions_of(asked, 8)
    questions += questions[::-3]
    expected = PlainMatcher(asked).match_many(questions)
    assert durable.match_many(questions) == expected
    put = durable.asked
    assert durable.match_many(questions) == expected
    assert durable.asked == put
    durable.close()


@pytest.mark.engine
def test_a_large_method() -> None:
    """Hundreds of decisions, a table of 700 rows, 1,000 bands: every answer is the plain matcher's."""
    asked = [
        bands(f"{index}/bands", tuple(Fraction(5 * step + index, 3) for step in range(1 + index % 9)))
        for index in range(200)
    ]
    asked += [bands("long/bands", tuple(range(1000))), grid("table/cases", (7, 10, 10))]
    asked += [scattered(f"{index}/table", 12, seed=index) for index in range(20)]
    durable, plain = DurableMatcher(asked), PlainMatcher(asked)
    questions = questions_of(asked, 300)
    assert len(questions) > 10_000
    assert durable.match_many(questions) == plain.match_many(questions)
    durable.close()


@pytest.mark.engine
def test_at_the_limits_of_the_engine() -> None:
    """As deep as decisions may be, as many together as a fact may put, in every order of what holds."""
    reads = next(reads for reads in range(30, 0, -1) if not excesses([deep("0/cases", reads)]))
    assert reads > 15
    asked = [deep(f"{index}/cases", reads) for index in range(TOGETHER)]
    durable, plain = DurableMatcher(asked), PlainMatcher(asked)
    chance = random.Random(1)
    for _ in range(40):
        row: tuple[Value, ...] = tuple(chance.choices((1, 0, MISSING, NOT_APPLICABLE), (60, 1, 3, 6), k=reads))
        questions = [(decision, row) for decision in asked]
        assert durable.match_many(questions) == plain.match_many(questions)
    durable.close()


def deep(address: str, reads: int) -> Decision:
    tests = All(tuple(Compare(read, AT_MOST, Fraction(1, 2)) for read in range(reads)))
    return Decision(address, ("fact",) * reads, ("number",) * reads, (None_((tests,)), tests))


@pytest.mark.engine
@pytest.mark.long
@settings(max_examples=1500)
@given(st.lists(decisions(reads=4, rows=8), min_size=1, max_size=6))
def test_many_decisions_are_answered_alike(asked: list[Decision]) -> None:
    matchers = DurableMatcher(asked), PlainMatcher(asked)
    BothMatcher(*matchers).match_many(questions_of(asked, 100))
    matchers[0].close()


@pytest.mark.engine
def test_equal_questions_are_put_once() -> None:
    durable = DurableMatcher([BANDS])
    for values, outcome in (
        ((81,), 3),
        ((Fraction(162, 2),), 3),
        ((MISSING,), UNKNOWN_MISSING),
        ((MISSING,), UNKNOWN_MISSING),
    ):
        assert durable.match(BANDS, values) == outcome
    assert durable.asked == 2
    for value in (95, 2000, Fraction(10**9, 7)):
        assert durable.match(BANDS, (value,)) == 4
    assert durable.asked == 3  # codes are cut one step outside the thresholds
    durable.close()


@pytest.mark.engine
def test_memory_has_an_end() -> None:
    durable = DurableMatcher([wide := bands("1/bands", (0, 10**6))])
    for value in range(REMEMBERED + 10):
        assert durable.match(wide, (value,)) == 1
    assert durable.asked == REMEMBERED + 10
    durable.match(wide, (0,))
    assert durable.asked == REMEMBERED + 11
    durable.close()


@pytest.mark.engine
def test_a_decision_that_was_not_announced_is_learnt() -> None:
    durable = DurableMatcher()
    assert durable.match(BANDS, (70,)) == 2
    assert durable.match_many([(BANDS, (95,)), (bands("2/bands", (1,)), (0,))]) == [4, 0]
    assert PlainMatcher().match(BANDS, (70,)) == 2
    durable.close()


@pytest.mark.engine
def test_two_matchers_do_not_see_each_other() -> None:
    first, second = DurableMatcher([BANDS]), DurableMatcher([other := bands("1.1/bands", (50,))])
    assert (first.match(BANDS, (55,)), second.match(other, (55,))) == (0, 1)
    second.close()
    assert first.match(BANDS, (65,)) == 1
    first.close()


@pytest.mark.engine
def test_a_decision_without_reads() -> None:
    always = Decision("1/cases", (), (), (All(()),))
    never = Decision("2/cases", (), (), ())
    durable = DurableMatcher([always, never])
    assert durable.match_many([(always, ()), (never, ())]) == [0, NO_ROW]
    durable.close()


@pytest.mark.engine
@pytest.mark.parametrize("matcher", [DurableMatcher, PlainMatcher])
def test_a_matcher_can_be_handed_to_another_process(matcher: type[DurableMatcher] | type[PlainMatcher]) -> None:
    copy, decision = pickle.loads(pickle.dumps((matcher([BANDS]), BANDS)))
    assert copy.match(decision, (70,)) == 2


@pytest.mark.engine
def test_threads_wait_for_each_other() -> None:
    durable = DurableMatcher([wide := bands("1/bands", tuple(range(0, 3000, 10)))])
    with ThreadPoolExecutor(8) as threads:
        rows = list(threads.map(lambda value: durable.match(wide, (value,)), range(3000)))
    assert rows == [1 + value // 10 for value in range(3000)]
    durable.close()


@pytest.mark.engine
def test_what_the_engine_cannot_hold_is_refused() -> None:
    with pytest.raises(DecisionTooLarge, match="1/bands: boxes 5003 > 4096"):
        DurableMatcher([bands("1/bands", tuple(range(5000)))])


@pytest.mark.engine
@pytest.mark.parametrize(("relation", "slip", "fires"), [(AT_LEAST, 1, 0), (AT_LEAST, -1, 2)])
def test_anything_but_one_firing_is_a_contradiction(
    monkeypatch: pytest.MonkeyPatch, relation: str, slip: int, fires: int
) -> None:
    """An interval that begins one step too late leaves its first code without a rule; too early, with two."""
    begins, at = 120, 60 if slip > 0 else Fraction(119, 2)

    def slipped(diagram: Diagram) -> list[Rule]:
        return [
            Rule(
                tuple(
                    each._replace(code=each.code + slip) if each[::2] == (relation, begins) else each
                    for each in rule.conditions
                ),
                rule.outcome,
            )
            for rule in rules(diagram)
        ]

    monkeypatch.setattr("scoring.engine.durable_matcher.rules", slipped)
    decision = bands("1.1/bands", (40, 60, 80))
    durable = DurableMatcher([decision])
    assert durable.match(decision, (50,)) == 1
    for _ in range(2):
        with pytest.raises(Contradiction, match=rf"1\.1/bands \({float(at):g}\): {fires} rules fire where one must"):
            durable.match(decision, (at,))
        with pytest.raises(Contradiction, match=rf"1\.1/bands \({float(at):g}\): {fires} rules fire"):
            durable.match_many([(decision, (45,)), (decision, (at,))])
    assert durable.match(decision, (70,)) == 2


@pytest.mark.engine
def test_an_engine_that_fails_is_a_contradiction() -> None:
    durable = DurableMatcher([BANDS])
    durable.match(BANDS, (1,))
    durable._rulesets[0].handle = 99_999  # nothing is known by it
    with pytest.raises(Contradiction, match=r"1\.1/bands \(70\): the engine fails"):
        durable.match(BANDS, (70,))


class Broken(Matcher):
    """A matcher that takes 以上 for 超过 at 80."""

    name = "broken"

    def match(self, decision: Decision, values: tuple[Value, ...]) -> int:
        return outcome_as_written(decision, values) - (values == (80,))


def test_two_that_disagree_make_no_score() -> None:
    both = BothMatcher(Broken(), PlainMatcher([BANDS]))
    assert both.match(BANDS, (Fraction(799, 10),)) == 2
    with pytest.raises(Contradiction) as raised:
        both.match(BANDS, (80,))
    assert str(raised.value) == "1.1/bands (80): the matchers disagree; broken: row 2; plain: row 3"
    with pytest.raises(Contradiction):
        both.match_many([(BANDS, (81,)), (BANDS, (80,))])
    assert both.match_many([(BANDS, (81,)), (BANDS, (MISSING,))]) == [3, UNKNOWN_MISSING]


def test_a_contradiction_prints_values_exactly_and_survives_pickling() -> None:
    decision = Decision("2.3/cases", ("a", "b", "c", "d"), ("number",) * 4, (Compare(0, AT_MOST, 0),))
    both = BothMatcher(PlainMatcher(), Always(7))
    with pytest.raises(Contradiction) as raised:
        both.match(decision, (Fraction(8, 3), Fraction(181, 2), MISSING, NOT_APPLICABLE))
    assert raised.value.values == ("8/3", "90.5", "未报", "不适用")
    assert raised.value.outcomes == (("plain", "no row"), ("always", "row 7"))
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


class Always(Matcher):
    name = "always"

    def __init__(self, outcome: int) -> None:
        self.outcome = outcome

    def match(self, decision: Decision, values: tuple[Value, ...]) -> int:
        return self.outcome


def test_choosing_a_matcher() -> None:
    assert open_matcher(PLAIN, [BANDS]).name == PLAIN
    assert open_matcher(None, [BANDS]).name == (DURABLE if available() else PLAIN)
    with pytest.raises(ValueError, match="no matcher is called 'other'"):
        open_matcher("other", [])


@pytest.mark.engine
@pytest.mark.parametrize("choice", [DURABLE, BOTH])
def test_choosing_the_engine(choice: str) -> None:
    matcher = open_matcher(choice, [BANDS])
    assert matcher.name == choice
    assert matcher.match(BANDS, (Fraction(200, 3),)) == 2


def test_without_the_engine_plain_is_chosen_and_durable_says_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert not available()
    assert open_matcher(None, [BANDS]).match(BANDS, (70,)) == 2
    for choice in (DURABLE, BOTH):
        with pytest.raises(EngineAbsent, match="durable_rules_engine"):
            open_matcher(choice, [BANDS])
