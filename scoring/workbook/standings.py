"""The ranked sheet (得分和名次): totals, places and grades as live formulas over the entries, with their values.

A formula follows the method: which total is read, which comes first, how ties stand. What moved a grade after the
bands (a limit, a quota, a ruling) is a fact of the run and stands in a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoring.points import Rational, divide, plain, rounded, unplain
from scoring.render.xlsx.cells import Cell, Formula, Heading, Leaf, Number, column_name
from scoring.views.roll import Member
from scoring.workbook.entries import OUTSIDE, Ledger

Json = Mapping[str, Any]

NAME = "得分和名次"
TOTAL, UNROUNDED = "总分", "未取位总分"
COMPETITION, DENSE, AVERAGE = "并列占位", "并列不占位", "平均名次"
LAST = 10**30
"""Stands in for a tie-break that a department has no value for: behind all others, whichever end comes first."""
DATE, UNDONE_WORD, UNDONE = "日期", "未完成", 10**15
BEYOND = f'[<-{10**29}]"—";[>{10**29}]"—";0.0000'
STEPS = {"exception": "不定等次的情形", "limit": "等次限定", "quota": "名额", "ruling": "审定", "by_score": "按分数"}
ROUND = {"四舍五入": "ROUND", "舍去": "ROUNDDOWN", "进位": "ROUNDUP"}
REASONS = {"unnamed": "不列名", "held": "暂缓评定", "left_out": "不参加排名", "not_assessed": "不参加考核"}


class Ranked:
    """The sheet, column by column: which column holds what, so that formulas can name it."""

    def __init__(self, assessment: Json, roll: Sequence[Member], entries: Ledger, remarks: tuple[str, ...]) -> None:
        self.method = assessment["method"]
        self.facts = assessment["facts"]
        self.roll = roll
        self.entries = entries
        self.cards = {each["department"]: each for each in assessment["scorecards"]}
        self.groups = {each["code"]: each["name"] for each in assessment["groups"]}
        self.unranked = {row["department"]: row for each in assessment["groups"] for row in each["unranked"]}
        self.tops = [each for each in self.method["tree"] if each["level"] == 1]
        self.ranking = self.method["ranking"]
        self.breaks = self.ranking["tie_breaks"] if self.ranking else []
        names = {each["code"]: each["name"] for each in self.method["tree"]}
        self.headings = [Heading("分组", 14), Heading("部门编码", 10), Heading("部门名称", 26), Heading("参加排名", 8)]
        self.first_sum = len(self.headings)
        self.headings += [Heading(each["name"], 11) for each in self.tops]
        self.headings.append(Heading("总分调整", 10))
        self.total = len(self.headings)
        self.headings.append(Heading(TOTAL, 9))
        self.reads: dict[str, int] = {}
        for reading in filter(None, (self.ranking and self.ranking["reads"], self.method["graded_by"])):
            if reading != {"of": TOTAL} and _key(reading) not in self.reads:
                self.reads[_key(reading)] = len(self.headings)
                self.headings.append(Heading(_said(reading), 12))
        self.first_break = len(self.headings)
        self.headings += [Heading(f"并列时比较：{_broken_by(each, names)}", 14) for each in self.breaks]
        self.dense = len(self.headings) if self.ranking and self.ranking["ties"] == DENSE else None
        self.headings += [Heading("并列个数", 8)] if self.dense is not None else []
        self.place = len(self.headings)
        self.headings += [Heading("名次", 8)] if self.ranking else []
        self.by_score = len(self.headings)
        self.headings += [Heading("按分数的等次", 10), Heading("调整为", 8), Heading("等次", 8)]
        self.headings += [Heading("等次调整的原因", 16), Heading("不参加排名的原因", 18)]
        self.leaf = Leaf(NAME, NAME, tuple(self.headings), (), remarks, frozen=3)
        self.leaf = Leaf(NAME, NAME, tuple(self.headings), tuple(self._rows()), remarks, frozen=3)

    def cell_of_total(self, member: Member) -> str:
        """Where the total of a member stands, for other sheets."""
        return f"'{NAME}'!{self._at(self.total, self.roll.index(member))}"

    def _rows(self) -> Iterable[tuple[Cell, ...]]:
        pools = self._pools()
        for place, member in enumerate(self.roll):
            row: list[Cell] = [self.groups[member.group], member.code, member.name, "是" if self._in(member) else "否"]
            for top in self.tops:
                formula = self.entries.sum_of(member.code, top["code"])
                row.append(Formula(formula, member.points(top["code"])) if formula else Number(0))
            outside = self.entries.sum_of(member.code, OUTSIDE)
            row.append(Formula(outside, self._outside(member)) if outside else Number(0))
            row.append(self._total(member, place))
            row += [self._read(reading, member, place) for reading in self._readings()]
            row += [self._break(each, member) for each in self.breaks]
            if self.ranking:
                row += self._standing(member, place, pools[member.group])
            row += self._grade(member, place)
            yield tuple(row)

    def _in(self, member: Member) -> bool:
        return member.rank is not None if self.ranking else member.code not in self.unranked

    def _pools(self) -> dict[str, tuple[int, int]]:
        """The first and the last row, counted from 0, of those a group's members are ranked among."""
        if not self.ranking or not self.ranking["within_group"]:
            return dict.fromkeys(self.groups, (0, len(self.roll) - 1))
        found: dict[str, tuple[int, int]] = {}
        for place, member in enumerate(self.roll):
            first, _ = found.get(member.group, (place, place))
            found[member.group] = first, place
        return found

    def _at(self, column: int, place: int, fixed: bool = False) -> str:
        row = self.leaf.first_row + place
        return f"${column_name(column)}${row}" if fixed else f"${column_name(column)}{row}"

    def _range(self, column: int, pool: tuple[int, int]) -> str:
        return f"{self._at(column, pool[0], True)}:{self._at(column, pool[1], True)}"

    def _outside(self, member: Member) -> Rational:
        tops = {each["code"] for each in self.tops}
        return sum(unplain(each["points"]) for each in member.entries if each["indicator"] not in tops)

    def _total(self, member: Member, place: int) -> Cell:
        if member.total is None:
            return member.printed
        parts = f"{self._at(self.first_sum, place)}:{self._at(self.total - 1, place)}"
        return Formula(f"=ROUND(SUM({parts}),6)", member.total, self.method["rounding"]["print"])

    def _readings(self) -> list[Json]:
        readings = [self.ranking and self.ranking["reads"], self.method["graded_by"]]
        return list({_key(each): each for each in readings if each and each != {"of": TOTAL}}.values())

    def _column(self, reading: Json) -> int:
        return self.reads.get(_key(reading), self.total)

    def _read(self, reading: Json, member: Member, place: int) -> Cell:
        """Another reading of the total: before its rounding it is a fact of the run, rounded again it is a formula."""
        if member.total is None:
            return member.printed
        value = self._value(reading, member)
        if reading["of"] == TOTAL:
            rounding = reading["rounded"]
            told = f"={ROUND[rounding['mode']]}({self._at(self.total, place)},{rounding['decimals']})"
            return Formula(told, value)
        return Number(value)

    def _value(self, reading: Json, member: Member) -> Rational:
        assert member.total is not None
        value = unplain(self.cards[member.code]["exact"]) if reading["of"] == UNROUNDED else member.total
        if "rounded" in reading:
            value = rounded(value, reading["rounded"]["decimals"], reading["rounded"]["mode"])
        return value

    def _break(self, each: Json, member: Member) -> Cell:
        return Number(self._broken(each, member), shown=BEYOND)

    def _broken(self, each: Json, member: Member) -> Rational:
        """What a tie-break compares; whoever has no value stands behind, whichever end comes first."""
        behind = -LAST if each["highest_first"] else LAST
        if each["kind"] == "fact":
            datum = self.cards[member.code]["facts"].get(each["of"], {}).get("value", "")
            return comparable(self.facts[each["of"]], datum, behind)
        share = member.shares.get(each["of"])
        if share is None:
            return behind
        if each["kind"] == "score_of":
            return share.points
        return divide(share.points, share.available) if share.available else behind

    def _standing(self, member: Member, place: int, pool: tuple[int, int]) -> list[Cell]:
        """The place among the pool: one more than those in front, by the value read and then by each tie-break."""
        assert self.ranking is not None
        if member.rank is None:
            return [Number(1), ""] if self.dense is not None else [""]
        columns = [(self._column(self.ranking["reads"]), self.ranking["highest_first"])]
        columns += [(self.first_break + n, each["highest_first"]) for n, each in enumerate(self.breaks)]
        inside = f'({self._range(3, pool)}="是")'
        ahead, equal = "", inside
        for column, highest in columns:
            own, others = self._at(column, place), self._range(column, pool)
            ahead += f"{'+' if ahead else ''}{equal}*({others}{'>' if highest else '<'}{own})"
            equal += f"*({others}={own})"
        in_front, beside = f"SUMPRODUCT({ahead})", f"SUMPRODUCT({equal})"
        if self.ranking["ties"] == AVERAGE:
            return [Formula(f"={in_front}+({beside}+1)/2", member.rank)]
        if self.dense is None:
            return [Formula(f"=1+{in_front}", member.rank)]
        different = f"({ahead})/{self._range(self.dense, pool)}"
        equals = sum(self._keys(each) == self._keys(member) for each in self._members(pool))
        return [Formula(f"={beside}", equals), Formula(f"=1+ROUND(SUMPRODUCT({different}),0)", member.rank)]

    def _members(self, pool: tuple[int, int]) -> list[Member]:
        return [each for each in self.roll[pool[0] : pool[1] + 1] if each.rank is not None]

    def _keys(self, member: Member) -> tuple[Rational, ...]:
        assert self.ranking is not None
        value = self._value(self.ranking["reads"], member)
        return (value, *(self._broken(each, member) for each in self.breaks))

    def _grade(self, member: Member, place: int) -> list[Cell]:
        card = self.cards[member.code]
        steps = {each["step"]: each for each in card["grade_steps"]}
        by_score = steps.get("by_score", {}).get("grade", "")
        final = member.grade
        moved = final if final != by_score else ""
        told: list[Cell] = [""]
        if by_score and self.method["graded_by"]:
            own = self._at(self._column(self.method["graded_by"]), place)
            told = [Formula(f"={_bands(self.method['grades'], own)}", by_score)]
        why = "、".join(
            STEPS.get(each["step"], each["step"]) for each in card["grade_steps"] if each["step"] != "by_score"
        )
        first, second = self._at(self.by_score, place), self._at(self.by_score + 1, place)
        grade: Cell = Formula(f'=IF({second}="",{first},{second})', final) if final else ""
        left = self.unranked.get(member.code)
        reason = "" if left is None else left["text"] or REASONS.get(left["reason"], left["reason"])
        return [*told, moved, grade, why if moved else "", reason]


def _bands(bands: Sequence[Json], cell: str) -> str:
    """The grade of a value, band after band."""
    signs = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
    found = '""'
    for band in reversed(bands):
        tests = [f"{cell}{signs[key]}{plain(unplain(bound))}" for key, bound in sorted(band["bounds"].items())]
        held = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})" if tests else "TRUE"
        found = f'IF({held},"{_quoted(band["grade"])}",{found})'
    return found


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def comparable(fact: Json, text: str, absent: Rational) -> Rational:
    """A datum as a number that stands to others as the datum does; `absent` where there is none."""
    if fact.get("choices"):
        return fact["choices"].index(text) if text in fact["choices"] else absent
    if fact["type"] == DATE:
        digits = "".join(filter(str.isdigit, text))
        return UNDONE if text == UNDONE_WORD else int(digits.ljust(12, "0")) if digits else absent
    return unplain(text) if text[-1:].isdigit() else absent


def _key(reading: Json) -> str:
    return repr(sorted(reading.items()))


def _said(reading: Json) -> str:
    rounding = reading.get("rounded")
    return f"{reading['of']}（{rounding['mode']}到{rounding['decimals']}位）" if rounding else str(reading["of"])


def _broken_by(each: Json, names: Mapping[str, str]) -> str:
    ending = {"score_of": "得分", "rate_of": "得分率"}.get(each["kind"], "")
    return f"{names.get(each['of'], each['of'])}{ending}"
