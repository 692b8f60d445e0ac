"""80.10 + 9.8963: what is graded and printed is what each declared rounding stage says."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import resources
from scoring.app.assess import Bundle, assess

METHOD = """format: 1
edition: "1"
name: 取位
issuer: 测试
year: 2023
period: {{from: 2023-01-01, by: 2023-12-31}}
status: 样本
groups: [{{code: 甲, name: 甲}}]
score: {{code: 总分, name: 总分, full_marks: 100, parts: [A]}}
missing: {{treatment: 零分}}
evidence_reuse: {{treatment: 提示}}
rounding: {{award: {award}, total: {total}, print: 2, mode: 四舍五入}}
standing:
  rank: {{of: {of}, order: 由高到低, within: 全部, ties: 并列占位}}
  grades:
    of: {of}
    bands: [{{at_least: 90, grade: 优}}, {{at_least: 80, below: 90, grade: 良}}, {{below: 80, grade: 中}}]
"""
FACTS = """format: 1
facts:
  甲: {type: 数, unit: 分, source: 财政, at_least: 0, at_most: 90, better: 多}
  乙: {type: 数, unit: 分, source: 财政, at_least: 0, at_most: 10, better: 多}
"""
NODES = """format: 1
indicators:
  - code: A
    name: 甲乙
    full_marks: 100
    parts:
      - {code: A1, name: 甲, full_marks: 90, points: 甲, provision: {article: 第一条}}
      - {code: A2, name: 乙, full_marks: 10, points: 乙, provision: {article: 第二条}}
"""
ROSTER = """format: 1
edition: "1"
departments:
  - {code: D1, name: 甲局, short: 甲局, group: 甲, order: 1, assessed: true, visibility: named}
"""
RECORDS = """format: 1
edition: "1"
by: 财政局
on: 2023-12-31
why: 登记
departments:
  D1: {facts: {甲: 80.10, 乙: 9.8963}}
"""


def card(award: str, total: str, of: str) -> dict[str, Any]:
    rules = {
        "method.yaml": METHOD.format(award=award, total=total, of=of).encode(),
        "facts.yaml": FACTS.encode(),
        "indicators/a.yaml": NODES.encode(),
    }
    forms = {
        "roster.yaml": ROSTER.encode(),
        "records/r.yaml": RECORDS.encode(),
        "submissions/d.yaml": b'format: 1\nedition: "1"\ndepartment: D1\n',
    }
    found = assess(Bundle("1", {"1": rules}, forms, {}), resources.schemas(), "plain")
    assert found.assessment is not None, found.findings
    return dict(found.assessment.data()["scorecards"][0])


@pytest.mark.parametrize(
    ("award", "total", "of", "expected"),
    [
        ("不取位", "2", "总分", ("90", "90.00", "优")),
        ("不取位", "2", "未取位总分", ("90", "90.00", "良")),
        ("不取位", "不取位", "总分", ("89.9963", "90.00", "良")),
        ("2", "2", "总分", ("90", "90.00", "优")),
        ("2", "2", "未取位总分", ("90", "90.00", "优")),
        ("不取位", "2", "{rounded: {of: 未取位总分, decimals: 3, mode: 四舍五入}}", ("90", "90.00", "良")),
        ("不取位", "0", "总分", ("90", "90.00", "优")),
    ],
)
def test_each_stage_grades_and_prints_what_it_says(
    award: str, total: str, of: str, expected: tuple[str, str, str]
) -> None:
    made = card(award, total, of)
    assert (made["total"], made["printed"], made["grade"]) == expected
