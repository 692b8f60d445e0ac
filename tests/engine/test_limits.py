"""What the engine cannot hold is known before it is asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from scoring.condition import AT_LEAST, All, Compare, Decision, IsOneOf
from scoring.engine import durable_matcher
from scoring.engine.boxes import compiled
from scoring.engine.durable_matcher import QUESTIONS, code_field, guard
from scoring.engine.limits import BEHIND_ONE, FIELDS, LARGEST, UNDER_ONE, WAITING, broken, excesses
from tests.engine.decisions import bands, decisions, grid, scattered

pytestmark = pytest.mark.once


def names(*decisions: Decision) -> list[str]:
    return [excess.limit for excess in excesses(decisions)]


def many(reads: int) -> Decision:
    test = All(tuple(Compare(read, AT_LEAST, 1) for read in range(reads)))
    return Decision("1.1/cases", ("fact",) * reads, ("number",) * reads, (test,))


def test_nothing_is_said_of_what_fits() -> None:
    assert names(bands("1.1/bands", tuple(range(1000))), grid("1.2/cases", (7, 10, 10)), many(10)) == []


@settings(max_examples=40)
@given(decisions())
def test_decisions_of_any_kind_fit(decision: Decision) -> None:
    assert broken(compiled(decision)) == []


def test_a_very_long_table_is_bracketed() -> None:
    """4,000 bands side by side would wait 4,000 deep; the engine allows 64."""
    assert names(bands("1.1/bands", tuple(range(4000)))) == []
    scattered = Decision("1.1/cases", ("n",), ("states:4000",), (IsOneOf(0, tuple(range(0, 4000, 2))),))
    assert names(scattered) == []


def test_too_many_boxes() -> None:
    (excess,) = excesses([bands("1.1/bands", tuple(range(5000)))])
    assert (excess.address, excess.limit, excess.found, excess.allowed) == ("1.1/bands", "boxes", 5003, 4096)


def test_too_many_cases_to_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.engine.boxes.MOST_FORKS", 1000)
    assert names(scattered("1.1/cases", 60, reads=10)) == ["forks"]


def test_too_deep() -> None:
    (excess,) = excesses([many(24)])
    assert excess.limit == "waiting"
    assert excess.found > WAITING


def test_too_large_a_number() -> None:
    assert names(bands("1.1/bands", (LARGEST,))) == ["integer"]
    assert names(bands("1.1/bands", (LARGEST // 4,))) == []


def test_each_limit_of_each_decision_is_told() -> None:
    assert names(many(24), bands("1.1/bands", (LARGEST,)), many(3)) == ["waiting", "integer"]


def asked(rules: list[str], fact: str) -> list[str]:
    """What fires, spoken to as the matcher does."""
    engine = durable_matcher.engine()
    texts = [f'"{number}":{{"all":[{{"m":{{"$and":[{tests}]}}}}]}}' for number, tests in enumerate(rules)]
    handle = engine.create_ruleset("limits", "{" + ",".join(texts) + "}")
    _, session = engine.assert_fact(handle, '{"id":"1",' + fact + "}")
    firing, fired = engine.start_action_for_state(handle, session)[1], []
    while firing:
        fired.append(firing[2 : firing.index('"', 2)])
        firing = engine.complete_and_start_action(handle, session)
    engine.delete_state(handle, "0")
    engine.delete_ruleset(handle)
    return fired


@pytest.mark.engine
def test_the_engine_holds_what_is_allowed() -> None:
    """No more is tried here: 512 conditions side by side hang it, and a 256th rule behind one crashes it."""
    guard = '{"$ex":{"q":1}}'
    side_by_side = [f'{guard},{{"a":{code}}}' for code in range(UNDER_ONE)]
    assert asked(side_by_side, f'"q":1,"a":{UNDER_ONE - 1}') == [str(UNDER_ONE - 1)]
    assert len(asked([f'{guard},{{"a":1}}'] * BEHIND_ONE, '"q":1,"a":1')) == BEHIND_ONE
    assert asked([guard], ",".join(['"q":1', *(f'"x{number}":1' for number in range(FIELDS - 1))])) == ["0"]
    for code in (LARGEST, -LARGEST):
        halves = [f'{{"$gte":{{"a":{code}}}}}', f'{{"$lte":{{"a":{code - 1}}}}}']
        assert asked(halves, f'"a":{code}') == ["0"]
        assert asked(halves, f'"a":{code - 1}') == ["1"]
    waiting = [f'{guard},{{"$gte":{{"a":{code}}}}}' for code in range(WAITING + 1)]
    assert len(asked(waiting[:-1], f'"q":1,"a":{WAITING}')) == WAITING
    with pytest.raises(durable_matcher.engine().error, match="303"):
        asked(waiting, f'"q":1,"a":{WAITING}')


def test_no_two_fields_look_alike_to_the_engine() -> None:
    """It knows fields by 32 bits of their hash (FNV-1a) alone."""

    def hashed(name: str) -> int:
        value = 2166136261
        for byte in name.encode():
            value = ((value ^ byte) * 16777619) % 2**32
        return value

    fields = [guard(number) for number in range(QUESTIONS)]
    fields += [code_field(number, measure) for number in range(QUESTIONS) for measure in range(FIELDS)]
    fields += ["id", "sid", "$s", "$m"]
    assert len({hashed(name) for name in fields}) == len(fields)
