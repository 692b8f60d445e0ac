"""Coverage: what no example reaches is found where it stands in the rules."""

from __future__ import annotations

import pytest

from scoring.app.worked.coverage import spots
from tests.worked.small import EXAMPLES, INDICATORS, edited, files, params, read, tried, without

pytestmark = pytest.mark.once


def left(made: dict[str, bytes]) -> list[tuple[str, str, int, str]]:
    """(code, kind, row, the line) of everything that is not reached."""
    found, _ = tried(made)
    return [
        (each.code, params(each).get("kind", ""), int(params(each).get("row", 0)), each.location.text.strip())
        for each in found
        if each.location and each.code in ("K606", "K607")
    ]


def test_an_unreached_band_is_found_at_its_line() -> None:
    made = files()
    text = made[EXAMPLES].decode().replace("差错: 3}", "差错: 1}").replace("差错: 4}", "差错: 1}")
    made[EXAMPLES] = text.encode()
    assert ("K607", "row", 2, "- {above: 2, points: 15}") in left(made)


UNREACHED = [
    ("差错4处", "holds", "- {name: 差错偏多, when: {fact: 差错, above: 3}, level: 黄}"),
    ("应完成数为0的按其余指标折算", "arriving", '- code: "1.2"'),
    ("应完成数为0的按其余指标折算", "rebase", "rebase_to: 100"),
    ("弄虚作假的不合格", "limit", "- {name: 弄虚作假, when: {fact: 弄虚作假, is: 是}, grade_at_most: 不合格"),
    ("弄虚作假的不合格", "holds", "- {name: 弄虚作假, when: {fact: 弄虚作假, is: 是}, grade_at_most: 不合格"),
    ("总分相同，完成率高的列前", "tie", "rank: {of: 总分, order: 由高到低, within: 本组, ties: 并列占位, tie_breaks:"),
]


@pytest.mark.parametrize(("name", "kind", "line"), UNREACHED)
def test_what_only_one_example_reaches_is_missed_without_it(name: str, kind: str, line: str) -> None:
    assert any((kind, line) == (found, text[: len(line)]) for _, found, _, text in left(without(name)))


def test_a_criterion_whose_points_no_example_states_is_named() -> None:
    made = files()
    made[EXAMPLES] = made[EXAMPLES].decode().replace('"2": ', '"1": ').replace('"1": 40}', '"1": 60}').encode()
    found = [each for each in tried(made)[0] if each.code == "K606"]
    assert [params(each) for each in found] == [{"code": "2", "name": "质量"}]


def test_a_condition_wants_both_sides() -> None:
    made = edited(INDICATORS, "[{at_least: 4, points: 0}]", "[{at_least: 0, points: 20}]")
    assert ("K607", "fails", 1) in [each[:3] for each in left(made)]


GRANTED = """
      - {at_most: 2, points: 40}
      - {above: 2, points: 15}
  - code: "3"
    name: 加分
    full_marks: 0
    provision: {article: 第六条}
    start: 0
    checks: [{name: 有佐证, when: {fact: 弄虚作假, is: 是}, add: 1, evidence: 必需}]
    cap: 0
"""


def test_evidence_and_caps_are_spots_of_their_own() -> None:
    made = edited(INDICATORS, "\n      - {at_most: 2, points: 40}\n      - {above: 2, points: 15}\n", GRANTED)
    made["method.yaml"] = made["method.yaml"].decode().replace('["1", "2"]', '["1", "2", "3"]').encode()
    wanted = {(each.address, each.kind) for each in spots(read(made).method)}
    assert {("3/checks/0", "evidence"), ("3/cap", "cap"), ("3/checks/0", "holds")} <= wanted
    assert [each[:2] for each in left(made)] == [("K606", ""), ("K607", "cap")]
    text = made[EXAMPLES].decode().replace("弄虚作假: 是}", "弄虚作假: {value: 是, evidence: [E1]}}")
    made[EXAMPLES] = text.encode()
    assert [each[:2] for each in left(made)] == [("K606", ""), ("K607", "evidence")]
