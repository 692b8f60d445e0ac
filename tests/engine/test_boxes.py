"""Boxes mean what is written: compiled decisions against the tests themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    MISSING,
    NO_ROW,
    NOT_APPLICABLE,
    UNKNOWN_MISSING,
    UNKNOWN_NOT_APPLICABLE,
    All,
    Any_,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
    Value,
)
from scoring.engine.boxes import BoxTable, DecisionTooLarge, Diagram, Fork, compiled
from scoring.engine.matcher import Contradiction
from scoring.engine.measures import Measure, coder, measures
from scoring.engine.proof import prove
from scoring.engine.rules import rules
from tests.engine.decisions import (
    RELATIONS,
    TINY,
    bands,
    decisions,
    grid,
    numbers,
    outcome_as_written,
    scattered,
    values_of,
)

pytestmark = pytest.mark.once


def single(test: Test, kind: str = "number", reads: int = 1) -> Decision:
    return Decision("1.1/cases", ("fact",) * reads, (kind,) * reads, (test,))


def outcome(decision: Decision, *values: Value) -> int:
    table = compiled(decision)
    return table.outcome(table.codes(values))


@settings(max_examples=50)
@given(decisions())
def test_boxes_say_what_is_written(decision: Decision) -> None:
    table = compiled(decision)
    for values in values_of(decision):
        assert table.outcome(table.codes(values)) == outcome_as_written(decision, values), values


@settings(max_examples=50)
@given(decisions())
def test_exactly_one_box_holds(decision: Decision) -> None:
    table = compiled(decision)
    boxes = table.boxes()
    assert len(boxes) == table.size()
    for values in values_of(decision, 60):
        codes = table.codes(values)
        assert [box.outcome for box in boxes if box.holds(codes)] == [table.outcome(codes)]


@settings(max_examples=40)
@given(decisions(reads=2))
def test_exactly_one_box_holds_at_every_corner_of_every_cell(decision: Decision) -> None:
    """Also where no values have these codes: an engine that is sent nonsense must not fire twice."""
    table = compiled(decision)
    boxes = table.boxes()
    corners: list[list[int]] = [[]]
    for measure in table.measures:
        ends = sorted({end for span in measure.spans() for end in span})
        corners = [[*codes, end] for codes in corners for end in ends][:2000]
    for codes in corners:
        assert sum(box.holds(codes) for box in boxes) == 1


@settings(max_examples=50)
@given(decisions())
def test_rules_of_the_engine_are_the_boxes(decision: Decision) -> None:
    table = compiled(decision)
    kept = list(rules(table.diagram))
    assert len(kept) == table.size()
    for values in values_of(decision, 30):
        codes = table.codes(values)
        holds = {"$gte": int.__ge__, "$lte": int.__le__, "$eq": int.__eq__}
        firing = [rule for rule in kept if all(holds[how](codes[of], code) for how, of, code in rule.conditions)]
        assert [rule.outcome for rule in firing] == [table.outcome(codes)]


@settings(max_examples=50)
@given(decisions())
def test_every_decision_is_proven(decision: Decision) -> None:
    assert prove(decision) is None


@given(st.lists(numbers(), min_size=1, max_size=5), numbers(), st.sampled_from((0, TINY, -TINY, Fraction(1, 7))))
def test_a_code_compares_as_its_value_does(edges: list[Fraction], near: Fraction, step: Fraction) -> None:
    decision = single(Any_(tuple(Compare(0, AT_LEAST, edge) for edge in edges)))
    (measure,) = measures(decision)
    code = coder(measure, "")
    for value in (near + step, *(edge + step for edge in edges)):
        assert measure.low <= code((value,)) <= measure.high
        for edge in measure.edges:
            assert (value >= edge) == (code((value,)) >= 2 * edge * measure.unit)
            assert (value > edge) == (code((value,)) >= 2 * edge * measure.unit + 1)
            assert (value <= edge) == (code((value,)) <= 2 * edge * measure.unit)
            assert (value < edge) == (code((value,)) <= 2 * edge * measure.unit - 1)


def test_absent_values_have_codes_of_their_own_below_all_others() -> None:
    for kind in ("number", "states:4"):
        (measure,) = measures(single(Compare(0, AT_LEAST, 3), kind))
        code = coder(measure, "")
        assert (
            code((MISSING,))
            < code((NOT_APPLICABLE,))
            < measure.low
            == min(code((-(10**9) * (kind == "number"),)), 0 if measure.states else 5)
        )


def test_a_difference_is_its_sign_and_is_missing_before_it_is_not_applicable() -> None:
    decision = single(Compare(1, ABOVE, 0, 0), reads=2)
    (measure,) = measures(decision)
    assert (measure.left, measure.right, measure.low, measure.high) == (0, 1, -1, 1)
    code = coder(measure, "")
    assert [code((Fraction(1, 3), other)) for other in (0, Fraction(2, 6), 1)] == [1, 0, -1]
    assert code((MISSING, NOT_APPLICABLE)) == code((NOT_APPLICABLE, MISSING)) == measure.missing
    assert code((1, NOT_APPLICABLE)) == measure.not_applicable
    assert outcome(decision, 1, 2) == 0
    assert outcome(decision, 2, 1) == NO_ROW


def test_a_comparison_written_either_way_round_is_one_measure() -> None:
    both = All((Compare(0, AT_MOST, 0, 1), Compare(1, AT_LEAST, 0, 0)))
    assert len(measures(single(both, reads=2))) == 1


@pytest.mark.parametrize(
    ("rows", "ordered", "expected"),
    [
        ((), True, NO_ROW),
        ((All(()),), True, 0),
        ((Any_(()), None_(())), True, 1),
        ((Compare(0, AT_LEAST, 1), All(())), True, UNKNOWN_MISSING),
        ((Compare(0, AT_LEAST, 1), All(())), False, 1),
        ((Compare(1, AT_LEAST, 1), Compare(0, AT_LEAST, 1)), True, UNKNOWN_NOT_APPLICABLE),
        ((Compare(1, AT_LEAST, 1), Compare(0, AT_LEAST, 1)), False, UNKNOWN_MISSING),
        ((All((Compare(0, AT_LEAST, 1), Any_(()))),), True, NO_ROW),
        ((Any_((Compare(0, AT_LEAST, 1), All(()))),), True, 0),
        ((None_((Compare(0, AT_LEAST, 1),)),), True, UNKNOWN_MISSING),
        ((All((Compare(1, AT_LEAST, 1), Compare(0, AT_LEAST, 1))),), True, UNKNOWN_MISSING),
        ((IsNotApplicable(0),), True, UNKNOWN_MISSING),
        ((IsNotApplicable(1),), True, 0),
        ((None_((IsNotApplicable(1),)),), True, NO_ROW),
    ],
)
def test_what_is_unknown(rows: tuple[Test, ...], ordered: bool, expected: int) -> None:
    decision = Decision("1.1/cases", ("first", "second"), ("number", "number"), rows, ordered)
    values = (MISSING, NOT_APPLICABLE)
    assert outcome(decision, *values) == outcome_as_written(decision, values) == expected


def test_bands_are_as_many_boxes_as_there_are_rows_and_unknowns() -> None:
    table = compiled(bands("1.1/bands", (60, Fraction(200, 3), 80, 90)))
    assert [box.outcome for box in table.boxes()] == [0, 1, 2, 3, 4, UNKNOWN_NOT_APPLICABLE, UNKNOWN_MISSING]
    assert table.measures[0].unit == 3


def test_a_branch_stops_as_soon_as_the_outcome_is_settled() -> None:
    decision = single(None_(tuple(Compare(read, AT_LEAST, 1) for read in range(10))), reads=10)
    assert compiled(decision).size() < 300
    assert prove(decision) is None


def test_states_are_whole_numbers_and_nothing_else() -> None:
    decision = single(IsOneOf(0, (0, 1, 2)), "states:4")
    assert [box.outcome for box in compiled(decision).boxes()] == [UNKNOWN_MISSING, UNKNOWN_NOT_APPLICABLE, 0, NO_ROW]
    assert outcome(decision, Fraction(2, 1)) == 0
    for wrong in (4, -1, Fraction(1, 2)):
        with pytest.raises(Contradiction, match=r"1\.1/cases"):
            outcome(decision, wrong)


def test_a_table_of_seven_hundred_rows() -> None:
    decision = grid("1.1/cases", (7, 10, 10))
    assert len(decision.rows) == 700
    table = compiled(decision)
    for values in values_of(decision, 60):
        assert table.outcome(table.codes(values)) == outcome_as_written(decision, values)


def test_a_decision_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.engine.boxes.MOST_FORKS", 1000)
    with pytest.raises(DecisionTooLarge, match=r"1\.1/cases: forks") as refused:
        compiled(scattered("1.1/cases", 60, reads=10))
    assert refused.value.excess.found > refused.value.excess.allowed


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_wrong_box_is_found(relation: str) -> None:
    """The proof is worth what it finds: boxes of a threshold half a step away do not pass for those meant."""
    meant = single(Compare(0, relation, 80))
    slip = compiled(single(Compare(0, relation, Fraction(161, 2))))
    found = prove(meant, BoxTable(meant, slip.measures, slip.diagram, slip.codes))
    assert found is not None
    assert found.address == "1.1/cases"


@given(decisions(), st.data())
def test_any_one_slip_is_found(decision: Decision, data: st.DataObject) -> None:
    """A box with another outcome, or an end that is one code off, wherever it is."""
    table = compiled(decision)
    assume(all(measure.right is None for measure in table.measures))  # else some boxes cannot be reached by any values
    wrong = slipped(table.diagram, data)
    assert prove(decision, BoxTable(decision, table.measures, wrong, table.codes)) is not None


def slipped(diagram: Diagram, data: st.DataObject) -> Diagram:
    """The same diagram with one slip, on a way drawn by chance."""
    if isinstance(diagram, int):
        return diagram + 1
    branches = list(diagram.branches)
    place = data.draw(st.integers(0, len(branches) - 1))
    branch = branches[place]
    if data.draw(st.booleans()):
        branches[place] = branch._replace(then=slipped(branch.then, data))
    else:
        low, high = data.draw(st.sampled_from(((-1, 0), (1, 0), (0, -1), (0, 1))))
        branches[place] = branch._replace(low=branch.low + low, high=branch.high + high)
    return Fork(diagram.measure, tuple(branches))


def test_wrong_codes_are_found() -> None:
    """A coarser unit cannot tell 80 and 80.5 apart."""
    meant = single(All((Compare(0, AT_LEAST, 80), Compare(0, BELOW, Fraction(161, 2)))))
    right = compiled(meant)
    (fine,) = right.measures
    coarse = Measure(0, None, fine.edges, 0, False, 1, 159, 162)
    assert prove(meant, BoxTable(meant, (coarse,), right.diagram, right.codes)) is not None


@pytest.mark.long
@settings(max_examples=2500)
@given(decisions(reads=4, rows=6))
def test_many_decisions_are_proven(decision: Decision) -> None:
    assert prove(decision) is None
    table = compiled(decision)
    for values in values_of(decision, 1000):
        assert table.outcome(table.codes(values)) == outcome_as_written(decision, values)
