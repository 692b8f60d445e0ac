"""How many points (计分方式): `points`, `deduct`, `review`, `scale` and `steps` as sentences, a function each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.mechanisms.points import Points
from scoring.mechanisms.review import Review
from scoring.mechanisms.scale import EXTEND, Anchor, Scale
from scoring.mechanisms.steps import CEILING, FLOOR, Step, Steps
from scoring.method import AWARD, BONUS, COUNT, DEDUCTION, Marks, Mechanism
from scoring.official.terms import RANK, Terms, difference, enumerated, value
from scoring.operators.base import Literal, Named
from scoring.points import Rational, plain
from scoring.scope import Expression, Kind
from scoring.views.phrase import listed

POINTS = Kind(unit="分")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a mechanism stands: under which marks, and what its node measures."""

    terms: Terms
    marks: Marks
    of: Expression | None = None

    def begins_at(self, bound: Expression) -> bool:
        """Whether the measure is never below the bound, so that nothing need be said of what lies there."""
        lowest, _ = self.terms.range(self.of)
        return isinstance(bound, Literal) and lowest is not None and bound.number <= lowest

    def ends_at(self, bound: Expression) -> bool:
        """Whether the measure is never above the bound."""
        _, highest = self.terms.range(self.of)
        return isinstance(bound, Literal) and highest is not None and bound.number >= highest


def gained(points: Rational, marks: Marks) -> str:
    """So many points in the words of the block: 得9分, 不得分, 加2分, 扣3分."""
    if points < 0:
        return f"扣{plain(-points)}分"
    verb = {AWARD: "得", BONUS: "加"}.get(marks.kind, "加")
    return f"{verb}{plain(points)}分" if points else {AWARD: "不得分", BONUS: "不加分", DEDUCTION: "不扣分"}[marks.kind]


def given(of: Expression, stand: Stand) -> str:
    """The points that an expression gives: 得9分, 按“自评得分”计分."""
    if isinstance(of, Literal):
        return gained(of.number, stand.marks)
    return f"按{quoted(of, stand)}{'加分' if stand.marks.kind == BONUS else '计分'}"


def quoted(of: Expression, stand: Stand) -> str:
    """A fact in quotation marks, where its name alone could be taken for a common word: 按“得分”计分."""
    noun = stand.terms.noun(of)
    return f"“{noun}”" if isinstance(of, Named) else noun


def points(of: Points, stand: Stand) -> str:
    """得9分；扣3分；按某数据项计分."""
    if not of.deducted:
        return given(of.amount, stand)
    if isinstance(of.amount, Literal):
        return gained(-of.amount.number, stand.marks) if of.amount.number else "不扣分"
    return f"按{quoted(of.amount, stand)}扣分"


def review(of: Review, stand: Stand) -> str:
    """由评定人在一定范围内评分."""
    words = (("{}以上", of.at_least), ("超过{}", of.above), ("{}以下", of.at_most), ("不满{}", of.below))
    bounds = listed(word.format(value(bound, POINTS)) for word, bound in words if bound is not None)
    by = quoted(of.of, stand)
    return f"由评定人在{bounds}的范围内评分（{by}），超出范围的不予采用" if bounds else f"由评定人评分（{by}）"


# 按比例


def scale(of: Scale, stand: Stand) -> str:
    """甲以上的得满分，乙以下的不得分，其间按比例计分."""
    fixed = [each for each in of.anchors if isinstance(each.at, Literal)]
    settled = len(fixed) == len(of.anchors)
    anchors = sorted(fixed, key=_place) if settled else list(of.anchors)
    held = settled and of.outside != EXTEND
    told = [_anchor(each, anchors, held, stand) for each in anchors]
    if anchors[-1].points != anchors[0].points and _better_last(anchors):
        told.reverse()
    between = "其间按比例计分" if len(told) == 2 else "相邻两点之间按比例计分"
    tail = []
    if of.outside == EXTEND:
        tail.append("两端以外按同一比例继续增减" if len(told) == 2 else "两端以外按相邻一段的比例继续增减")
    elif not held:
        tail.append("两端以外不再增减")
    if of.if_equal is not None:
        tail.append(f"各端数值相等的，{given(of.if_equal, stand)}")
    return f"{stand.terms.noun(of.of)}{'，'.join([*told, between, *tail])}"


def _place(anchor: Anchor) -> Rational:
    assert isinstance(anchor.at, Literal)
    return anchor.at.number


def _better_last(anchors: list[Anchor]) -> bool:
    """Whether the points rise: officers name the best first."""
    first, last = anchors[0].points, anchors[-1].points
    return isinstance(first, Literal) and isinstance(last, Literal) and first.number < last.number


def _anchor(anchor: Anchor, among: list[Anchor], held: bool, stand: Stand) -> str:
    at = stand.terms.noun(anchor.at)
    if held and anchor is among[0] and not stand.begins_at(anchor.at):
        at = f"{at}以下"
    elif held and anchor is among[-1] and not stand.ends_at(anchor.at):
        at = f"{at}以上"
    else:
        at = f"为{at}"
    return f"{at}的{given(anchor.points, stand)}"


# 每…加减分


def steps(of: Steps, stand: Stand) -> str:
    """从5分起，预算完成率比100%每低5个百分点扣2分，不足5个百分点的部分不扣分."""
    return begun(of.start, {row.sign for row in of.rows}, stand) + enumerated(_step(row, stand) for row in of.rows)


def begun(start: Expression, signs: set[int], stand: Stand) -> str:
    """Where the counting begins, unless it begins at nothing."""
    usual = stand.marks.top if signs == {-1} else 0
    if isinstance(start, Literal) and start.number == usual:
        return f"从{value(usual, POINTS)}起，" if usual else ""
    return f"起评分{value(start.number, POINTS) if isinstance(start, Literal) else stand.terms.noun(start)}，"


def moved(amount: Expression, stand: Stand) -> str:
    """By how much something moves the points: 2分, 或者某数据项的分数."""
    return value(amount.number, POINTS) if isinstance(amount, Literal) else f"{quoted(amount, stand)}的分数"


def _step(row: Step, stand: Stand) -> str:
    terms, unit = stand.terms, row.of.kind.unit
    per = difference(row.per.number, unit) if isinstance(row.per, Literal) else terms.noun(row.per)
    from_zero = isinstance(row.base, Literal) and row.base.number == 0 and row.upward
    way = {True: "后移", False: "前移"}[row.upward] if unit == RANK else {True: "高", False: "低"}[row.upward]
    beyond = f"每{per}" if from_zero else f"比{terms.noun(row.base)}每{way}{per}"
    verb = "扣" if row.sign < 0 else "加"
    told = [f"{terms.noun(row.of)}{beyond}{verb}{moved(row.amount, stand)}"]
    if not _whole(row):
        partial = {FLOOR: f"不{verb}分", CEILING: f"按{per}计"}.get(row.partial, "按比例计")
        told.append(f"不足{per}的部分{partial}")
    if row.up_to is not None:
        told.append(f"该项最多{verb}{plain(row.up_to)}分")
    if row.proof:
        told.append(f"没有佐证材料（{listed(row.proof_of)}）的不计")
    return "，".join(told)


def _whole(row: Step) -> bool:
    """Whether only whole steps can occur, so that nothing need be said of a part of one."""
    if not isinstance(row.base, Literal) or not isinstance(row.per, Literal):
        return False
    return row.of.kind.type in (COUNT, "整数") and row.base.number.denominator == 1 and row.per.number == 1


AWARDS: Mapping[type[Mechanism], Callable[[Any, Stand], str]] = {
    Points: points,
    Review: review,
    Scale: scale,
    Steps: steps,
}
