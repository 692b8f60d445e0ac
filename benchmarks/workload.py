"""A method and departments of the size that was measured elsewhere: 40 criteria, 149 rows, 60 facts, 10 projects.

Everything is made from a seed, so that two runs measure the same work. The figures mean nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from scoring.points import ratio
from scoring.reading.edition import Edition, read_edition
from scoring.submission import BUREAU, Datum, Department, Record, Said, Submission

CRITERIA, ROWS, FACTS, PROJECTS = 40, 149, 60, 10
BANDED, CASED, CHECKED, SCALED, STEPPED = 26, 2, 4, 4, 4

METHOD = """format: 1
edition: bench
name: 基准测试办法
issuer: 测试
year: 2023
period: {{from: 2023-01-01, by: 2023-12-31}}
status: 样本
groups: [{{code: 甲, name: 甲组}}, {{code: 乙, name: 乙组}}]
score: {{code: 总分, name: 总分, full_marks: 100, rebase_to: 100, parts: [{codes}]}}
missing: {{treatment: 零分}}
evidence_reuse: {{treatment: 提示}}
rounding: {{award: 2, total: 2, print: 2, mode: 四舍五入}}
standing:
  rank: {{of: 总分, order: 由高到低, within: 本组, ties: 并列占位}}
  grades:
    of: 总分
    bands:
      - {{at_least: 90, grade: 优}}
      - {{at_least: 80, below: 90, grade: 良}}
      - {{at_least: 60, below: 80, grade: 中}}
      - {{below: 60, grade: 差}}
  quotas:
    - {{grade: 优, at_most: 30%, base: 参评, within: 本组, count: 舍去, of: 总分, tie_at_edge: 均不入选}}
"""


def files() -> dict[str, bytes]:
    """The files of the method."""
    texts = {"method.yaml": _method(), "facts.yaml": _facts(), "indicators/all.yaml": _indicators()}
    return {name: text.encode() for name, text in texts.items()}


def edition(schemas: Path, prefix: str = "") -> Edition:
    """The method, read as any other edition is."""
    made, found = read_edition(files(), schemas, prefix)
    assert made is not None, found
    return made


def _method() -> str:
    return METHOD.format(codes=", ".join(f'"{group}"' for group in range(8)))


def _facts() -> str:
    """60 facts: 30 figures, 14 states, one list, and 15 derived from the projects or from figures."""
    lines = ["format: 1", "facts:"]
    for index in range(30):
        lines.append(f"  数{index}: {{type: 数, unit: 分, at_least: 0, at_most: 100, source: 财政, better: 多}}")
    for index in range(14):
        lines.append(f"  是非{index}: {{type: 选项, choices: [是, 否], source: 财政, better: 列前}}")
    lines += [
        "  项目:",
        "    type: 清单",
        "    source: 财政",
        "    key: 编号",
        "    fields:",
        "      编号: {type: 文字}",
        "      金额: {type: 数, unit: 万元, at_least: 0, better: 无}",
        "      已评估: {type: 选项, choices: [是, 否], better: 列前}",
        "      已公开: {type: 选项, choices: [是, 否], better: 列前}",
    ]
    for index in range(5):
        lines += [
            f"  覆盖{index}:",
            f"    share: {{in: 项目, among: {{fact: 金额, at_least: {index * 150}}}, where: {{fact: 已评估, is: 是}}}}",
            "    if_empty: 0",
        ]
    for index in range(5):
        lines += [
            f"  资金{index}:",
            "    share:",
            f"      in: 项目\n      among: {{fact: 金额, above: {index * 100}}}",
            "      where: {fact: 已公开, is: 是}\n      by: 金额",
            "    if_empty: 0",
        ]
    for index in range(5):
        lines += [f"  均值{index}:", f"    mean: [数{index}, 数{index + 10}, 数{index + 20}]"]
    return "\n".join(lines) + "\n"


def _indicators() -> str:
    """40 criteria of 2.5 marks in 8 indicators, with 149 rows in all."""
    bodies: list[str] = []
    for index in range(BANDED):
        of, unit = (
            (f"数{index}", "") if index < 16 else (f"覆盖{index % 5}", "%") if index < 21 else (f"均值{index % 5}", "")
        )
        cuts = (90, 80, 60, 40) if index % 2 else (95, 85, 70, 50)
        rows = [f"{{at_least: {cuts[0]}{unit}, points: 2.5}}"]
        rows += [
            f"{{at_least: {low}{unit}, below: {high}{unit}, points: {points}}}"
            for low, high, points in zip(cuts[1:], cuts, (2, 1.5, 1), strict=False)
        ]
        rows.append(f"{{below: {cuts[-1]}{unit}, points: 0}}")
        bodies.append(f"of: {of}, bands: [{', '.join(rows[:5])}]")
    for index in range(CASED):
        bodies.append(
            f"cases: [{{when: {{all: [{{fact: 数{index}, at_least: 80}}, {{fact: 是非{index}, is: 是}}]}},"
            f" points: 2.5}}, {{when: {{fact: 是非{index}, is: 是}}, points: 1}}, {{points: 0}}]"
        )
    for index in range(CHECKED):
        checks = ", ".join(
            f"{{name: 项{n}, when: {{fact: 是非{index * 3 + n + 2}, is: 是}}, add: {points}}}"
            for n, points in enumerate((1, 1, 0.5))
        )
        bodies.append(f"start: 0, checks: [{checks}]")
    for index in range(SCALED):
        bodies.append(f"of: 资金{index}, scale: {{zero_at: 0, full_at: 100%, outside: 不再增减}}")
    for index in range(STEPPED):
        bodies.append(f"of: 数{index + 16}, steps: [{{below: 100, per: 5, deduct: 0.2, partial: 不计}}], floor: 0")
    lines = ["format: 1", "indicators:"]
    for group in range(8):
        lines.append(f'  - {{code: "{group}", name: 指标{group}, full_marks: 12.5, parts: [')
        for index in range(group * 5, group * 5 + 5):
            lines.append(f'      {{code: "{group}.{index}", name: 标准{index}, full_marks: 2.5, {bodies[index]}}},')
        lines.append("    ]}")
    return "\n".join(lines) + "\n"


def departments(number: int, seed: int = 7) -> Iterator[Submission]:
    """That many departments with all their data; figures have one decimal, and some stand exactly on an edge."""
    draw = random.Random(seed)
    for index in range(number):
        code = f"D{index:06}"
        facts = {f"数{n}": _datum(ratio(draw.randrange(300, 1001), 10)) for n in range(30)}
        facts |= {f"是非{n}": _datum(int(draw.random() < 0.2)) for n in range(14)}
        records = tuple(
            Record(
                f"P{n:02}",
                {
                    "金额": _datum(ratio(draw.randrange(1000, 90000), 100)),
                    "已评估": _datum(int(draw.random() < 0.3)),
                    "已公开": _datum(int(draw.random() < 0.3)),
                },
                {"编号": f"P{n:02}"},
            )
            for n in range(PROJECTS)
        )
        group = "甲" if index % 3 else "乙"
        yield Submission(Department(code, code, code, group, index), facts, {"项目": records})


def _datum(value: object) -> Datum:
    return Datum((Said(BUREAU, value, str(value)),))  # type: ignore[arg-type]
