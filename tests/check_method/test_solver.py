"""Rules with more situations than can be looked at: the solver proves them, and shows nothing that is not so."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import check_method
from scoring.check_method import compass, situations, solver, ways
from scoring.check_method.reach import Reach
from scoring.check_method.situations import ROWS, Stage, every_way
from scoring.condition import AT_LEAST, All, Any_, Compare, Decision, IsNotApplicable, IsOneOf, None_
from scoring.condition import Test as Condition
from scoring.finding import Finding
from scoring.operators.base import Named
from scoring.points import ratio
from scoring.reading.edition import read_edition
from tests.check_method.editions import (
    FACTS,
    METHOD,
    ROOT,
    SCHEMAS,
    SECOND,
    Change,
    edition,
    files,
    found,
    shipped,
)

pytestmark = pytest.mark.once

pytest.importorskip("z3")

NUMBERS = [f"数{number}" for number in range(8)]
NUMBER = "{type: 数, unit: 分, at_least: 0, at_most: 100, better: 无, source: 财政}"
EIGHT = "".join(f"  {name}: {NUMBER}\n" for name in NUMBERS)
ABOVE_NEXT = [f"{{fact: {one}, above: {other}}}" for one, other in pairwise(NUMBERS)]
SOME, NONE = f"any: [{', '.join(ABOVE_NEXT)}]", f"none: [{', '.join(ABOVE_NEXT)}]"
MANY: Change = (FACTS, "  试点数:", EIGHT + "  试点数:")
CASES = """          - {when: {fact: 质量等次, is: 好}, points: 10}
          - {when: {fact: 质量等次, is: 中}, points: 6}
          - {points: 0}
"""
GRADE = "  质量等次: {type: 选项, choices: [好, 中, 差], better: 列前, source: 评审}\n"
UNUSED: Change = (FACTS, GRADE, "")


def cases(*rows: str) -> Change:
    return (SECOND, CASES, "".join(f"          - {{{row}}}\n" for row in rows))


def said(*changes: Change) -> dict[str, dict[str, str]]:
    return {each.code: dict(each.params) for each in found(MANY, *changes)}


@pytest.fixture(autouse=True)
def only_the_method(monkeypatch: pytest.MonkeyPatch) -> None:
    """That the engine's boxes say the same takes it a quarter of a million situations, and is asked elsewhere."""
    monkeypatch.setattr(check_method, "check_machine", lambda ground: None)


def hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)


SOUND = (cases(f"when: {{{SOME}}}, points: 10", f"when: {{{NONE}}}, points: 0"), UNUSED)
LESS = f"{{all: [{{{NONE}}}, {{fact: 数0, below: 60}}]}}"
GAP = (cases(f"when: {{{SOME}}}, points: 10", f"when: {LESS}, points: 0"), UNUSED)
MORE = f"{{none: [{', '.join(ABOVE_NEXT[1:])}]}}"
OVERLAP = (cases(f"when: {{{SOME}}}, points: 10", f"when: {MORE}, points: 0"), UNUSED)
DEAD = (cases(f"when: {{{SOME}}}, points: 10", "when: {fact: 数0, above: 数7}, points: 6", "points: 0"), UNUSED)
FALLS = (cases(f"when: {{{SOME}}}, points: 10", "when: {fact: 质量等次, is: 差}, points: 6", "points: 0"),)


def test_what_is_sound_is_proven_to_be() -> None:
    assert said(*SOUND) == {}


def test_a_gap_is_shown_by_values_that_leave_it() -> None:
    told = said(*GAP)
    assert list(told) == ["K253"]
    shown = dict(part.split(" ") for part in told["K253"]["witness"].split("，"))
    values = [int(shown[name].removesuffix("分")) for name in NUMBERS]
    assert values == sorted(values)
    assert values[0] >= 60


def test_an_overlap_names_both_rows() -> None:
    told = said(*OVERLAP)
    assert list(told) == ["K254"]
    assert (told["K254"]["first"], told["K254"]["second"]) == ("1", "2")


def test_a_row_is_dead_where_the_rows_before_leave_nothing() -> None:
    """The first number is above the last only where one of them is above the next."""
    assert list(said(*DEAD)) == ["K255"]


@pytest.mark.parametrize(("condition", "code"), [("数7, above: 数0", "K256"), ("数0, at_least: 数7", "K257")])
def test_a_condition_that_is_decided_by_the_others(condition: str, code: str) -> None:
    descending = ", ".join(f"{{fact: {one}, at_least: {other}}}" for one, other in pairwise(NUMBERS))
    first, _, others = EIGHT.partition("\n")
    facts = first + "\n" + others.replace("at_most: 100", "at_most: 数0")
    outer, inner = ("all", "any") if code == "K256" else ("any", "all")
    when = f"{outer}: [{{{inner}: [{descending}]}}, {{fact: {condition}}}]"
    warning = f"  - {{name: 依次递减, when: {{{when}}}, level: 黄}}\n"
    told = found((FACTS, "  试点数:", facts + "  试点数:"), (METHOD, "standing:\n", warning + "standing:\n"))
    assert code in {each.code for each in told}
    assert "K289" not in {each.code for each in told}


def test_points_that_fall_with_a_better_datum() -> None:
    told = said(*FALLS)
    assert list(told) == ["K285"]
    assert (told["K285"]["points_before"], told["K285"]["points_after"]) == ("6", "0")
    assert told["K285"]["before"] == "差"


def test_what_is_derived_follows_from_its_data() -> None:
    total = f"  合计数: {{sum: [{', '.join(NUMBERS)}]}}\n"
    both = (FACTS, "  试点数:", EIGHT + total + "  试点数:")
    rows = [f"when: {{{SOME}}}, points: 10", "when: {fact: 合计数, above: 数7}, points: 6", "points: 0"]
    assert found(both, cases(*rows), UNUSED) == []
    # Where none is above the next, eight of them come to no more than eight times the last.
    eightfold = "  八倍: {product: [数7, 8]}\n"
    more = (FACTS, "  试点数:", EIGHT + total + eightfold + "  试点数:")
    rows[1] = "when: {fact: 合计数, above: 八倍}, points: 6"
    assert [each.code for each in found(more, cases(*rows), UNUSED)] == ["K255"]


@pytest.mark.parametrize("planted", [GAP, OVERLAP, DEAD, FALLS])
def test_without_the_solver_it_is_said_that_the_proof_was_skipped(
    planted: tuple[Change, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden(monkeypatch)
    assert said(*planted) == {"K289": {"kind": "skipped"}}


@pytest.mark.parametrize("planted", [SOUND, GAP, OVERLAP, DEAD, FALLS])
def test_a_question_that_takes_too_long_is_no_finding(
    planted: tuple[Change, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*_: object) -> None:
        raise solver.GaveUp

    monkeypatch.setattr(solver.Solver, "find", find)
    assert set(said(*planted)) == {"K289"}


def test_what_may_be_impossible_together_is_not_shown() -> None:
    """Mean and count are of one list: that the solver sets them apart from each other proves nothing."""
    either = "{any: [{fact: 评价数, at_least: 1}, {fact: 评价均分, at_least: 60}]}"
    rows = [f"when: {{{SOME}}}, points: 10", f"when: {{all: [{{{NONE}}}, {either}]}}, points: 0"]
    changed = (SECOND, "        cases:\n" + CASES, "        not_applicable: 零分\n        cases:\n" + cases(*rows)[2])
    assert said(changed, UNUSED) == {"K289": {"kind": "undecided"}}


def test_the_same_is_found_every_time() -> None:
    def once() -> list[Finding]:
        return found(MANY, *GAP)

    assert once() == once()


@pytest.mark.parametrize("code", ["K253", "K254", "K255", "K256", "K257", "K285"])
def test_what_is_found_one_by_one_is_found_by_the_solver_too(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = files(ROOT / "tests" / "findings" / code / "bad")
    made, _ = read_edition({**files(ROOT / "tests" / "findings" / "edition"), **changed}, SCHEMAS)
    assert made is not None
    one_by_one = [(each.code, each.location) for each in check_method.check_method(made)]
    monkeypatch.setattr(situations, "MOST", 0)
    monkeypatch.setattr(compass, "MOST", 0)
    assert [(each.code, each.location) for each in check_method.check_method(made)] == one_by_one
    assert code in {each for each, _ in one_by_one}


def test_the_solver_finds_nothing_in_a_shipped_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(situations, "MOST", 0)
    monkeypatch.setattr(compass, "MOST", 0)
    assert check_method.check_method(shipped("2022")) == []


READS = ("完成率", "问题数", "试点数", "质量等次", "覆盖率")
KINDS = ("number", "count", "count", "states:3", "number")
BOUNDS = {0: (0, ratio(1, 2), ratio(9, 10), 1), 1: (0, 1, 5), 2: (0, 2, 5), 4: (0, ratio(1, 2), 1)}


def comparisons() -> st.SearchStrategy[Condition]:
    def compared(read: int) -> st.SearchStrategy[Condition]:
        relations = st.sampled_from((">=", ">", "<=", "<", "="))
        return st.builds(Compare, st.just(read), relations, st.sampled_from(BOUNDS[read]))

    one = st.sampled_from(sorted(BOUNDS)).flatmap(compared)
    states = st.builds(IsOneOf, st.just(3), st.sampled_from(((0,), (1,), (0, 2), (1, 2))))
    each_other = st.sampled_from((Compare(1, ">", 0, 2), Compare(1, "<=", 0, 2), Compare(0, AT_LEAST, 0, 4)))
    return st.one_of(one, states, each_other, st.just(IsNotApplicable(4)))


def conditions() -> st.SearchStrategy[Condition]:
    parts = st.lists(comparisons(), min_size=1, max_size=3).map(tuple)
    return st.one_of(comparisons(), st.builds(All, parts), st.builds(Any_, parts), st.builds(None_, parts))


@settings(max_examples=40)
@given(st.lists(conditions(), min_size=1, max_size=3), st.booleans())
def test_the_solver_and_the_situations_one_by_one_agree(rows: list[Condition], ordered: bool) -> None:
    method = edition().method
    reads = tuple(Named(name) for name in READS)
    stages = [Stage(ROWS, Decision("2.2/cases", reads, KINDS, tuple(rows), ordered))]
    one_by_one = {(way.stage, row) for way in every_way(stages, Reach(method, 0)) for row in way.rows or (-1,)}
    reach = Reach(method, 0)
    picked = ways.Picking(stages, reach).ways()
    assert not reach.undecided
    assert {(way.stage, row) for way in picked for row in way.rows or (-1,)} == one_by_one
