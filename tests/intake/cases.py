"""One bad folder and one good folder for each code: how an officer goes wrong, and how the same thing is right.

A case changes the clean folder. `# ←` ends the line that the finding must show; for tables, `cell` names the place.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.intake.folders import DECISIONS, FORM, RECORDS, REVIEWS, ROSTER, TABLE

MARK = "# ←"


class Case(NamedTuple):
    """`bad` and `good` are changes to the clean folder; `department` owns the finding."""

    code: str
    bad: dict[str, str | bytes | None]
    good: dict[str, str | bytes | None]
    department: str = ""
    cell: tuple[int, int] | None = None


def form(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in FORM, old
    return {"submissions/A1.yaml": FORM.replace(old, new, 1)}


def roster(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in ROSTER, old
    return {"roster.yaml": ROSTER.replace(old, new, 1)}


def table(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in TABLE, old
    return {"submissions/汇总.csv": TABLE.replace(old, new, 1)}


def reviews(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in REVIEWS, old
    return {"reviews/01.yaml": REVIEWS.replace(old, new, 1)}


def records(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in RECORDS, old
    return {"records/01.yaml": RECORDS.replace(old, new, 1)}


def decisions(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in DECISIONS, old
    return {"decisions.yaml": DECISIONS.replace(old, new, 1)}


def fact(line: str) -> dict[str, str | bytes | None]:
    """One more line under the facts of the form."""
    return form("  经验: 有\n", f"  经验: 有\n  {line}\n")


def evidence(line: str, use: str = "[E1]") -> dict[str, str | bytes | None]:
    """One more piece of evidence in the form, and what refers to it."""
    changed = FORM.replace("制度健全: {value: 是, evidence: [E1]}", f"制度健全: {{value: 是, evidence: {use}}}")
    return {"submissions/A1.yaml": changed.replace("self_scores:", f"  {line}\nself_scores:")}


NOTHING: dict[str, str | bytes | None] = {}

CASES = [
    Case("K116", {"records/台账.docx": "x"}, {"records/readme.txt": "x"}),
    Case("K300", {"roster.yaml": None}, NOTHING),
    Case("K301", form("department: A1", f"department: 样例一局 {MARK}"), NOTHING, "A1"),
    Case("K301", records("  B1: {", f"  B7: {{  {MARK}\n    "), NOTHING),
    Case("K301", table("B1,样例镇", "B9,样例镇"), NOTHING, "", (3, 1)),
    Case("K302", {"submissions/又一份.yaml": FORM.replace("A1\n", f"A1 {MARK}\n", 1)}, NOTHING, "A1"),
    Case("K302", table("B1,样例镇,5", "A2,样例二局,5"), NOTHING, "A2", (3, 1)),
    Case("K303", {"submissions/A1.yaml": None}, NOTHING, "A1"),
    Case(
        "K303",
        table("B1,样例镇,5,100%,否\n", ""),
        table("B1,样例镇,5,100%,否\n", "") | decisions("kind: 调整总分, points: -1,", "kind: 未报送,"),
        "B1",
    ),
    Case("K304", form("edition: 样例", f'edition: "2022" {MARK}'), NOTHING, "A1"),
    Case("K304", records("edition: 样例", f"edition: 样例二 {MARK}"), NOTHING),
    Case("K305", fact(f"已办: 4 {MARK}"), fact("概述: 已办理"), "A1"),
    Case("K305", form("项目金额: 30,", "项目金额: 30, 金额: 30,"), NOTHING, "A1"),
    Case("K305", table("执行率", "执行率率"), NOTHING, "", (1, 15)),
    Case("K306", fact(f"办结率: 80% {MARK}"), NOTHING, "A1"),
    Case(
        "K307",
        {"submissions/B1.yaml": f"format: 1\nedition: 样例\ndepartment: B1\nfacts:\n  质量评分: 99 {MARK}\n"},
        NOTHING,
        "B1",
    ),
    Case("K308", fact(f"项目: 3 {MARK}"), NOTHING, "A1"),
    Case("K311", form("执行率: 95%", f"执行率: 0.95 {MARK}"), form("执行率: 95%", "执行率: 0"), "A1"),
    Case("K311", table("80%", "80"), NOTHING, "A2", (2, 11)),
    Case("K312", form("已办数: 4", f"已办数: 6 {MARK}"), form("已办数: 4", "已办数: 5"), "A1"),
    Case("K312", form("金额: 1200.00", f"金额: 12000000 {MARK}"), form("金额: 1200.00", "金额: 5000"), "A1"),
    Case(
        "K312",
        form("备案日期: 2022-12-30", f"备案日期: 2024-04-01 {MARK}"),
        form("2022-12-30", "2024-03-31 17:00"),
        "A1",
    ),
    Case("K313", form("金额: 1200.00", f"金额: 1200.005 {MARK}"), form("金额: 1200.00", "金额: 1200.010"), "A1"),
    Case(
        "K314",
        form("已办数: 4", f"已办数: 不适用 {MARK}"),
        form("已办数: 4", "已办数: {value: 不适用, reason: 未涉及}"),
        "A1",
    ),
    Case(
        "K315",
        form("备案日期: 2022-12-30", f"备案日期: 未完成 {MARK}"),
        form("完成日期: 2023-08-16", "完成日期: 未完成"),
        "A1",
    ),
    Case("K316", form("2023-08-16", f"2023年8月16日 {MARK}"), NOTHING, "A1"),
    Case("K316", form("2023-08-16", f"2023-02-30 {MARK}"), NOTHING, "A1"),
    Case("K317", reviews("{value: 88.5, why: 材料齐全}", f"88.5 {MARK}"), NOTHING, "A1"),
    Case("K318", form("已办数: 4", f"已办数: 80% {MARK}"), NOTHING, "A1"),
    Case("K319", form("已办数: 4", f"已办数: 2.5 {MARK}"), form("已办数: 4", "已办数: 4.0"), "A1"),
    Case("K319", form("已办数: 4", f"已办数: -1 {MARK}"), NOTHING, "A1"),
    Case(
        "K320",
        records("facts: {应办数: 5}", "facts: {应办数: 5, 已办数: 3}"),
        records("facts: {应办数: 5}", "facts: {应办数: 5, 已办数: 4}"),
        "A1",
    ),
    Case("K321", form("- {项目编码: X-2", "- {项目编码: X-1"), NOTHING, "A1"),
    Case("K322", table("B1,样例镇,5", "A1,样例一局,5"), NOTHING, "A1"),
    Case(
        "K322",
        {"records/02.yaml": RECORDS.replace("        - {编号: T-1, 天数: 3}", "        - {编号: T-2, 天数: 3}")},
        NOTHING,
        "A1",
    ),
    Case("K323", form("项目编码: X-2, ", ""), NOTHING, "A1"),
    Case(
        "K324",
        records("      台账:", "      项目: [{项目编码: X-3, 已评估: 是}]\n      台账:"),
        records("      台账:", "      项目: [{项目编码: X-2, 已评估: 否}]\n      台账:"),
        "A1",
    ),
    Case("K325", table("部门编码,部门名称", "单位,单位全称"), NOTHING, "", (1, 1)),
    Case("K326", table("B1,样例镇", "B1,样例二局"), table("B1,样例镇", ",样例镇"), "B1", (3, 1)),
    Case("K326", table("B1,样例镇", ","), NOTHING, "", (3, 1)),
    Case("K330", form("{value: 是, evidence: [E1]}", f"是 {MARK}"), form("{value: 是, evidence: [E1]}", "否"), "A1"),
    Case("K331", evidence("E2: {title: 二}", "[E1, E3]"), evidence("E2: {title: 二}", "[E1, E2]"), "A1"),
    Case("K332", form("佐证/制度.txt", "制度.txt"), NOTHING, "A1"),
    Case("K333", form("佐证/制度.txt", "../../制度.txt"), form("佐证/制度.txt", "./佐证/../佐证/制度.txt"), "A1"),
    Case(
        "K334",
        records(
            "    facts: {应办数: 5}\n",
            "    facts: {应办数: {value: 5, evidence: [E1]}}\n    evidence: {E1: {title: 台账}}\n",
        ),
        NOTHING,
        "A1",
    ),
    Case("K335", evidence(f"E2: {{title: 二}} {MARK}"), evidence("E2: {title: 二}", "[E1, E2]"), "A1"),
    Case("K340", form("2023-08-16", f"2022-08-20 {MARK}"), form("2023-08-16", "2023-12-31 23:00"), "A1"),
    Case("K340", form("2023-08-16", f"2024-01-01 {MARK}"), NOTHING, "A1"),
    Case("K345", form("date: 2023-02-01", "date: 2023-02-29"), NOTHING, "A1"),
    Case("K350", reviews('reviewed: ["2.1"]', f'reviewed: ["2.9"] {MARK}'), NOTHING, "A1"),
    Case("K350", reviews('reviewed: ["2.1"]', f'reviewed: ["2.2"] {MARK}'), NOTHING, "A1"),
    Case("K351", form('"1.1": 40', '"1.1": 41'), NOTHING, "A1"),
    Case("K351", form("扣: 0}", "扣: 2}"), form("扣: 0}", "扣: -2}"), "A1"),
    Case("K352", form("经验: 有", "经验: {value: 有, evidence: [E1]}"), NOTHING, "A1"),
    Case("K353", reviews("points: 18", "points: 21"), NOTHING, "A1"),
    Case("K361", roster("code: A2", "code: A1"), NOTHING),
    Case("K361", roster("order: 2}", f"order: 1}} {MARK}"), NOTHING, "A2"),
    Case("K362", roster("group: 乙", "group: 乙组"), NOTHING, "B1"),
    Case(
        "K363",
        roster("order: 2}", f"order: 2, successor: A9}} {MARK}"),
        roster("order: 2}", "order: 2, successor: A1}"),
        "A2",
    ),
    Case("K364", roster("2001-01-01", "2024-01-01"), roster("2001-01-01", "2023-05-01"), "A1"),
    Case("K365", roster("order: 2}", "order: 2, assessed: false, reason: 撤并}"), NOTHING, "A2"),
    Case(
        "K371",
        decisions("kind: 调整总分, points: -1", "kind: 调整等次, grade: 优"),
        decisions("kind: 调整总分, points: -1", "kind: 调整等次, grade: 合格"),
        "B1",
    ),
    Case(
        "K372",
        reviews(
            '      - {code: "1.2", points: 18, why: 执行数有争议}\n',
            f'      - {{code: "1.2", points: 18, why: 甲}}\n      - {{code: "1.2", points: 17, why: 乙}} {MARK}\n',
        ),
        NOTHING,
        "A1",
    ),
    Case("K390", form("经验: 有", "经验: 有  # 机密★5年"), NOTHING, "A1"),
    Case("K395", {"submissions/~$汇总.csv": b"\x05x"}, NOTHING),
]
