"""Cells: every situation a decision can tell apart, with values to show for it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from scoring.condition import ABOVE, AT_LEAST, AT_MOST, BELOW, MISSING, Absent, All, Compare, Decision, IsOneOf, Value
from scoring.engine.cells import Range, cells
from scoring.engine.plain_matcher import answer, row_tests
from scoring.engine.situations import explore
from tests.engine.decisions import bands, decisions, outcome_as_written, values_of

pytestmark = pytest.mark.once

PRESENT = Range(may_be_absent=False)


def test_cells_of_bands_and_their_witnesses() -> None:
    (found,) = cells(bands("1.1/bands", (60, 80, Fraction(161, 2))))
    assert [str(cell) for cell in found] == ["(-∞, 60)", "[60, 80)", "[80, 80.5)", "[80.5, ∞)"]
    assert [cell.witness for cell in found] == [59, 70, Fraction(803, 10), 81]


def test_a_point_that_a_test_singles_out_is_a_cell() -> None:
    (found,) = cells(Decision("1.1/cases", ("x",), ("number",), (Compare(0, ABOVE, 0), Compare(0, BELOW, 0))))
    assert [(str(cell), cell.witness) for cell in found] == [("(-∞, 0)", -1), ("0", 0), ("(0, ∞)", 1)]


def test_between_whole_numbers_there_is_nothing() -> None:
    decision = Decision("1.1/bands", ("n",), ("count",), (Compare(0, AT_MOST, 3), Compare(0, AT_LEAST, 4)))
    (found,) = cells(decision)
    assert [str(cell) for cell in found] == ["[0, 3]", "[4, ∞)"]
    assert [cell.witness for cell in found] == [1, 5]


def test_ranges_cut_cells() -> None:
    (found,) = cells(bands("1.1/bands", (60, 80)), [Range(60, 70)])
    assert [str(cell) for cell in found] == ["[60, 70]"]
    (found,) = cells(bands("1.1/bands", (60, 80)), [Range(65, 65)])
    assert [(str(cell), cell.witness) for cell in found] == [("65", 65)]


def test_states_that_are_treated_alike_are_a_cell() -> None:
    (found,) = cells(Decision("1.1/cases", ("choice",), ("states:5",), (IsOneOf(0, (1,)),)))
    assert [(str(cell), cell.witness) for cell in found] == [("0", 0), ("1", 1), ("[2, 4]", 3)]


def test_a_difference_has_cells_too() -> None:
    decision = Decision("1.1/cases", ("a", "b"), ("count", "count"), (Compare(0, AT_LEAST, 0, 1),))
    (found,) = cells(decision, [Range(0, 10, True), Range(0, 5, True)])
    assert [(str(cell), cell.witness) for cell in found] == [("[-5, 0)", -3), ("[0, 10]", 5)]


@settings(max_examples=50)
@given(decisions())
def test_witnesses_show_every_outcome_there_is(decision: Decision) -> None:
    """No outcome is reached by any values that no witness reaches."""
    shown = {said for _, said in explore(decision, answer(decision))}
    whole = [kind == "count" for kind in decision.kinds]
    for values in values_of(decision):
        if all(not each or _is_count(value) for each, value in zip(whole, values, strict=True)):
            assert outcome_as_written(decision, values) in shown


def _is_count(value: Value) -> bool:
    return isinstance(value, Absent) or (value.denominator == 1 and value >= 0)


@settings(max_examples=50)
@given(decisions())
def test_witnesses_are_what_they_say(decision: Decision) -> None:
    """What was not looked at does not matter."""
    for known, said in explore(decision, answer(decision)):
        for other in (MISSING, 0, 1):
            values = tuple(known.get(read, other) for read in range(len(decision.reads)))
            assert outcome_as_written(decision, values) == said


def test_relations_among_three_facts_are_met_exactly() -> None:
    """a ≤ b, b ≤ c and a > c cannot all hold: a check of pairs alone would say they might."""
    rows = (
        All((Compare(0, AT_MOST, 0, 1), Compare(1, AT_MOST, 0, 2), Compare(0, ABOVE, 0, 2))),
        Compare(0, BELOW, 0, 2),
    )
    decision = Decision("1.1/cases", ("a", "b", "c"), ("number",) * 3, rows)
    said = {said for _, said in explore(decision, answer(decision), [PRESENT] * 3)}
    assert said == {-1, 1}


@pytest.mark.parametrize("within", [Range(0, None, True, False), Range(0, 9, True, False), PRESENT])
def test_all_orders_of_three_facts_are_met(within: Range) -> None:
    order = [(0, 1), (0, 2), (1, 2)]
    rows = tuple(Compare(one, relation, 0, other) for one, other in order for relation in (BELOW, "=", ABOVE))
    decision = Decision("1.1/cases", ("a", "b", "c"), ("number",) * 3, rows)
    tests = row_tests(decision)
    met = {said for _, said in explore(decision, lambda values: tuple(row(values) for row in tests), [within] * 3)}
    assert len(met) == 13
