"""Rules too large for the engine, or for a proof, are said to be so."""

from __future__ import annotations

import sys

import pytest

from tests.check_method.editions import FACTS, FIRST, METHOD, SECOND, found, only

pytestmark = pytest.mark.once

ROWS = "          - {below: 60%, points: 0}\n"


def test_a_condition_that_the_engine_cannot_hold() -> None:
    """Twenty-four conditions in one wait for each other; the engine lets fewer wait."""
    names = [f"事项{number:02}" for number in range(24)]
    facts = "".join(f"  {name}: {{type: 个数, unit: 个, better: 无, source: 财政}}\n" for name in names)
    every = ", ".join(f"{{fact: {name}, at_least: 1}}" for name in names)
    warning = f"  - {{name: 事项齐备, when: {{all: [{every}]}}, level: 黄}}\n"
    said = only("K284", (FACTS, "  试点数:", facts + "  试点数:"), (METHOD, "standing:\n", warning + "standing:\n"))
    assert said["limit"] == "waiting"
    assert int(said["found"]) > int(said["allowed"])


def test_a_rule_with_more_situations_than_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the solver makes of it stands in test_solver.py."""
    monkeypatch.setitem(sys.modules, "z3", None)
    facts = "".join(
        f"  数{number}: {{type: 数, unit: 分, at_least: 0, at_most: 100, better: 无, source: 财政}}\n"
        for number in range(7)
    )
    alike = ", ".join(f"{{fact: 数{number}, above: 数{number + 1}}}" for number in range(6))
    cases = f"""          - {{when: {{any: [{alike}]}}, points: 10}}
          - {{when: {{fact: 质量等次, is: 中}}, points: 6}}
"""
    old = """          - {when: {fact: 质量等次, is: 好}, points: 10}
          - {when: {fact: 质量等次, is: 中}, points: 6}
"""
    said = found((FACTS, "  试点数:", facts + "  试点数:"), (SECOND, old, cases))
    assert "K289" in {each.code for each in said}


def test_a_scale_of_many_rows_is_proven() -> None:
    rows = "".join(
        f"          - {{at_least: {low}%, below: {low + 1}%, points: {ratio}}}\n"
        for low, ratio in ((number, number // 10) for number in range(60))
    )
    said = only("K253", (FIRST, ROWS, rows.replace("{at_least: 30%,", "{above: 30%,")))
    assert said["witness"] == "30%"
