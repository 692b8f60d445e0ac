"""What the tests of intake share: a small method, a small folder without a fault, and reading one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scoring.finding import Finding
from scoring.method import Method
from scoring.reading.edition import read_edition
from scoring.reading.intake import read_intake
from scoring.submission import Intake, Submission

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"

ROSTER = """\
format: 1
edition: 样例
district: 样例区
departments:
  - {code: A1, name: 样例一局, short: 一局, group: 甲, order: 1, from: 2001-01-01, facts: {编制数: 30}}
  - {code: A2, name: 样例二局, short: 二局, group: 甲, order: 2}
  - {code: B1, name: 样例镇, short: 样例镇, group: 乙, order: 3}
"""
FORM = """\
format: 1
edition: 样例
department: A1
filled: {by: 某人, on: 2024-01-15}
facts:
  已办数: 4
  执行率: 95%
  金额: 1200.00
  完成日期: 2023-08-16
  备案日期: 2022-12-30
  制度健全: {value: 是, evidence: [E1]}
  经验: 有
lists:
  项目:
    - {项目编码: X-1, 项目名称: 一, 项目金额: 522.50, 已评估: 是, 评估日期: 2023-03-31}
    - {项目编码: X-2, 项目名称: 二, 项目金额: 30, 已评估: 否, 评估日期: 未完成}
evidence:
  E1: {title: 制度汇编, number: 样〔2023〕1号, date: 2023-02-01, file: 佐证/制度.txt}
self_scores: {"1.1": 40, "1.2": 19, "2.1": 18, "2.3": 20, 扣: 0}
"""
TABLE = """\
部门编码,部门名称,已办数,执行率,制度健全
A2,样例二局,3,80%,否
B1,样例镇,5,100%,否
"""
RECORDS = """\
format: 1
edition: 样例
by: 某科
on: 2024-01-20
why: 台账
departments:
  A1:
    facts: {应办数: 5}
    lists:
      台账:
        - {编号: T-1, 天数: 3}
  A2: {facts: {应办数: 5}}
  B1: {facts: {应办数: 5}, lists: {台账: []}}
"""
REVIEWS = """\
format: 1
edition: 样例
by: 某科
on: 2024-02-20
why: 复核
departments:
  A1:
    facts:
      质量评分: {value: 88.5, why: 材料齐全}
    reviewed: ["2.1"]
    overrides:
      - {code: "1.2", points: 18, why: 执行数有争议}
  A2:
    why: 逐项评定
    facts: {质量评分: 70}
    exemptions:
      - {code: "2.3", treatment: 折算, why: 当年设立}
"""
APPEALS = """\
format: 1
edition: 样例
by: 某科
on: 2024-03-20
why: 复核申请
departments:
  A2:
    facts: {质量评分: {value: 75, why: 补充了材料}}
"""
DECISIONS = """\
format: 1
edition: 样例
decisions:
  - {department: B1, kind: 调整总分, points: -1, by: 会议, on: 2024-03-25, basis: 样〔2024〕2号, why: 通报事项}
"""
CLEAN = {
    "roster.yaml": ROSTER,
    "decisions.yaml": DECISIONS,
    "office.yaml": "format: 1\norgan: 样例局\n",
    "submissions/A1.yaml": FORM,
    "submissions/汇总.csv": TABLE,
    "submissions/佐证/制度.txt": "制度\n",
    "records/01.yaml": RECORDS,
    "reviews/01.yaml": REVIEWS,
    "appeals/01.yaml": APPEALS,
    "README.md": "说明\n",
}


@cache
def method() -> Method:
    """The method of the folder `edition` beside this file."""
    folder = Path(__file__).resolve().parent / "edition"
    return edition_in(folder)


def edition_files() -> dict[str, str]:
    """The rule files of that method, as text."""
    folder = Path(__file__).resolve().parent / "edition"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}


@cache
def edition_in(folder: Path) -> Method:
    paths = sorted(path for path in folder.rglob("*.yaml"))
    edition, found = read_edition({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}, SCHEMAS)
    assert edition is not None
    assert not found
    return edition.method


@cache
def schemas() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in SCHEMAS.glob("*.json")}


def read(changes: Mapping[str, str | bytes | None] | None = None, **options: Any) -> tuple[Intake, list[Finding]]:
    """The clean folder with some files changed, added, or (None) left out."""
    intake, found = try_read(changes, **options)
    assert intake is not None, found
    return intake, found


def try_read(
    changes: Mapping[str, str | bytes | None] | None = None, **options: Any
) -> tuple[Intake | None, list[Finding]]:
    texts: dict[str, str | bytes | None] = {**CLEAN, **(changes or {})}
    files = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items() if text is not None}
    return read_intake(files, method(), schemas(), **options)


def of(intake: Intake, code: str) -> Submission:
    return next(each for each in intake.submissions if each.department.code == code)


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


def folder_of(path: Path) -> dict[str, bytes]:
    """A folder's files as the caller of read_intake gives them."""
    return {each.relative_to(path).as_posix(): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}
