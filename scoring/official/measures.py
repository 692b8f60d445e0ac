"""Expressions as nouns (计分口径): what a rule measures, said in one phrase, one function an operator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scoring.condition import Decision, Value
from scoring.method import COUNT, NUMBER, Rounding
from scoring.official.conditions import clauses
from scoring.official.terms import Terms, enumerated, rounding, value
from scoring.operators.across import ALL, OWN_GROUP, Across
from scoring.operators.arithmetic import (
    SKIP,
    Absolute,
    Clamp,
    Difference,
    Extreme,
    First,
    Lookup,
    Mean,
    Product,
    Ratio,
    Rounded,
    Sum,
)
from scoring.operators.base import AsOfDay, EvidenceFor, GroupOf, Literal, Named, RateOf, ScoreOf, SelfScoreOf
from scoring.operators.dates import LATE, MONTHS, MOVES, DateAfter, Days, DaysLate, Months
from scoring.operators.lists import Count, CountConditions, Over, Select, Share
from scoring.points import plain
from scoring.scope import Expression, Kind
from scoring.views.phrase import listed


def _literal(of: Literal, terms: Terms) -> str:
    return value(of.number, of.kind)


def _named(of: Named, terms: Terms) -> str:
    return of.name


def _score_of(of: ScoreOf, terms: Terms) -> str:
    return terms.node(of.code) if of.code == terms.method.root.code else f"{terms.node(of.code)}得分"


def _rate_of(of: RateOf, terms: Terms) -> str:
    return f"{terms.node(of.code)}得分率"


def _self_score_of(of: SelfScoreOf, terms: Terms) -> str:
    told = f"{terms.node(of.code)}自评得分"
    return f"{told}与评定得分之差" if of.excess else told


def _evidence_for(of: EvidenceFor, terms: Terms) -> str:
    return of.name or "该条记录"


def _as_of_day(of: AsOfDay, terms: Terms) -> str:
    return terms.noun(of.of)


# arithmetic


def _sum(of: Sum, terms: Terms) -> str:
    return f"{_joined(of.operands, terms)}之和"


def _difference(of: Difference, terms: Terms) -> str:
    first, second = (_operand(each, terms) for each in of.operands)
    return f"{first}减去{second}之差"


def _product(of: Product, terms: Terms) -> str:
    return f"{_joined(of.operands, terms)}之积"


def _ratio(of: Ratio, terms: Terms) -> str:
    below = of.operands[1]
    fixed = isinstance(below, Literal) and below.number != 0
    zero = "" if fixed else f"（{terms.noun(below)}为零的，{_otherwise(of.if_zero, of.kind)}）"
    return f"{_operand(of.operands[0], terms)}与{_operand(below, terms)}之比{zero}"


def _absolute(of: Absolute, terms: Terms) -> str:
    return f"{_operand(of.operands[0], terms)}的绝对值"


def _mean(of: Mean, terms: Terms) -> str:
    skipped = "（不适用的不计）" if of.not_applicable == SKIP else ""
    trimmed = _trimmed(of)
    if not of.weights:
        return f"{_joined(of.operands, terms)}{trimmed}的平均数{skipped}"
    pairs = zip(of.operands, of.weights, strict=True)
    told = listed(f"{_operand(each, terms)}（权数{plain(weight)}）" for each, weight in pairs)
    return f"{told}{trimmed}的加权平均数{skipped}"


def _trimmed(of: Mean | Over) -> str:
    """去掉一个最高值、一个最低值后: what a trimmed mean leaves out."""
    told = [f"去掉{number}个{word}值" for number, word in ((of.highest, "最高"), (of.lowest, "最低")) if number]
    return f"{'、'.join(told)}后" if told else ""


def _extreme(of: Extreme, terms: Terms) -> str:
    skipped = "（不适用的不计）" if of.not_applicable == SKIP else ""
    return f"{_joined(of.operands, terms)}中{'最大' if of.largest else '最小'}的{skipped}"


def _limit(of: Clamp, terms: Terms) -> str:
    least = [] if of.at_least is None else [f"最小按{terms.noun(of.at_least)}计"]
    most = [] if of.at_most is None else [f"最大按{terms.noun(of.at_most)}计"]
    return f"{_operand(of.of, terms)}（{'，'.join(least + most)}）"


def _rounded(of: Rounded, terms: Terms) -> str:
    return f"{_operand(of.of, terms)}（{rounding(Rounding(of.decimals, of.mode), of.kind.unit)}）"


def _first(of: First, terms: Terms) -> str:
    return f"{_listed(of.operands, terms)}中首个适用的一项"


def _lookup(of: Lookup, terms: Terms) -> str:
    """States that give the same are named together."""
    groups: dict[str, list[str]] = {}
    for state, row in enumerate(of.rows):
        if row is not None:
            groups.setdefault(terms.noun(row), []).append(terms.state(of.by, state))
    rows = [f"{listed(labels)}为{given}" for given, labels in groups.items()]
    rest = [] if of.otherwise is None else [f"其他为{terms.noun(of.otherwise)}"]
    return f"按{terms.noun(of.by)}确定的数（{'，'.join(rows + rest)}）"


# dates


def _days(of: Days, terms: Terms) -> str:
    return f"{_operand(of.start, terms)}至{_operand(of.end, terms)}的天数（按{of.count}计）"


def _months(of: Months, terms: Terms) -> str:
    partial = {"不计": "不计", "按一档": "按1个月计", "按比例": "按比例计"}[of.partial]
    return f"{_operand(of.start, terms)}至{_operand(of.end, terms)}的月数（不足1个月的部分{partial}）"


def _days_late(of: DaysLate, terms: Terms) -> str:
    due_day = "期限当日起算迟报" if of.due_day == LATE else "期限当日为按时"
    undone = [] if of.if_not_done is None else [f"未完成的按{terms.noun(of.if_not_done)}计"]
    ways = [f"按{of.count}计", due_day, _holiday(of.if_holiday), *undone]
    return f"{_operand(of.done, terms)}迟于{_operand(of.due, terms)}的天数（{'，'.join(ways)}）"


def _date_after(of: DateAfter, terms: Terms) -> str:
    unit = "个月" if of.count == MONTHS else f"个{of.count}"
    add = terms.noun(of.add)
    return f"自{_operand(of.start, terms)}{of.first_day}满{add}{unit}之日（{_holiday(of.if_holiday)}）"


def _holiday(treatment: str) -> str:
    return "期限遇休息日的顺延至下一工作日" if treatment == MOVES else "期限遇休息日的不顺延"


# lists


def _count(of: Count, terms: Terms) -> str:
    return f"{_records(of.source, of.where, terms)}记录条数"


def _count_conditions(of: CountConditions, terms: Terms) -> str:
    told = enumerated(each for decision in of.conditions for each in clauses(decision, terms))
    return f"下列条件中成立的项数（{told}）"


def _share(of: Share, terms: Terms) -> str:
    by = "按条数" if of.by is None else f"按{terms.noun(of.by)}"
    met = listed(clauses(of.where, terms))
    empty = _otherwise(of.if_empty, of.kind)
    return f"{_records(of.source, of.among, terms)}记录中，{met}的所占比例（{by}计；没有的，{empty}）"


def _over(of: Over, terms: Terms) -> str:
    taken = f"{_records(of.source, of.where, terms)}各条{terms.noun(of.of)}的"
    result = {"sum": "合计", "mean": "平均数", "smallest": "最小值", "largest": "最大值"}[of.name]
    if of.weight is not None:
        result = f"加权{result}（以{terms.noun(of.weight)}为权数）"
    trimmed = _trimmed(of)
    if trimmed:
        result = f"{trimmed}的{result}"
    if of.name == "sum" and not of.needs:
        return f"{taken}{result}"
    few = f"不足{of.needs}个的" if of.needs > 1 else "没有的"
    return f"{taken}{result}（{few}，{_otherwise(of.if_empty, of.kind)}）"


def selection(of: Select, terms: Terms) -> str:
    """取记录, which is a list and no number: only the definition of a fact can be one."""
    taken = f"{_records(of.source, of.where, terms)}记录"
    if not of.by:
        return taken
    which = "" if of.largest is None else f"{terms.noun(of.largest)}最大的"
    return f"{taken}，{of.by}相同的只计{which}一条"


def _records(source: str, where: Decision | None, terms: Terms) -> str:
    return f"“{source}”中{listed(clauses(where, terms))}的" if where is not None else f"“{source}”的"


# other departments


def _order(highest_first: bool) -> str:
    return "由高到低" if highest_first else "由低到高"


def _across(of: Across, terms: Terms) -> str:
    among = {ALL: "全部部门", OWN_GROUP: "本组各部门"}.get(of.among, "")
    if of.condition is not None:
        among = f"{listed(clauses(of.condition, terms))}的各部门"
    measured = "" if isinstance(of.of, GroupOf) else terms.noun(of.of)
    if of.statistic == "名次":
        turns = [f"{terms.noun(each)}{_order(first)}" for each, first in of.tie_breaks]
        told = f"，相同的依次比较{listed(turns)}" if turns else ""
        return f"{measured}在{among}中{_order(of.highest_first)}的名次（{of.ties}{told}）"
    if of.statistic == "分位":
        return f"{among}{measured}的{value(of.at, Kind(unit='%'))}分位数（{of.method}）"
    if of.statistic == "标准差":
        return f"{among}{measured}的标准差（除以{of.divisor}，保留{of.decimals}位小数）"
    word = {"平均": "平均数", "中位": "中位数", "最小": "最小值", "最大": "最大值"}.get(of.statistic, of.statistic)
    return f"{among}{measured}的{word}"


# what they share


def _otherwise(number: Value, kind: Kind) -> str:
    said = value(number, Kind(NUMBER if kind.type == COUNT else kind.type, kind.unit))
    return said if said == "不适用" else f"按{said}计"


def _listed(operands: Iterable[Expression], terms: Terms) -> str:
    return listed(_operand(each, terms) for each in operands)


def _operand(of: Expression, terms: Terms) -> str:
    """What stands inside a larger phrase: an operation of its own is put in brackets."""
    plainly = isinstance(of, (Literal, Named, ScoreOf, RateOf, GroupOf))
    return terms.noun(of) if plainly else f"（{terms.noun(of)}）"


def _joined(operands: tuple[Expression, ...], terms: Terms) -> str:
    """甲、乙与丙."""
    *most, last = operands
    return f"{_listed(most, terms)}与{_operand(last, terms)}" if most else _operand(last, terms)


NOUNS: Mapping[type, Callable[[Any, Terms], str]] = {
    Literal: _literal,
    Named: _named,
    ScoreOf: _score_of,
    RateOf: _rate_of,
    SelfScoreOf: _self_score_of,
    GroupOf: lambda of, terms: "所属分组",
    EvidenceFor: _evidence_for,
    AsOfDay: _as_of_day,
    Sum: _sum,
    Difference: _difference,
    Product: _product,
    Ratio: _ratio,
    Absolute: _absolute,
    Mean: _mean,
    Extreme: _extreme,
    Clamp: _limit,
    Rounded: _rounded,
    First: _first,
    Lookup: _lookup,
    Days: _days,
    Months: _months,
    DaysLate: _days_late,
    DateAfter: _date_after,
    Count: _count,
    CountConditions: _count_conditions,
    Share: _share,
    Over: _over,
    Across: _across,
}
"""How each kind of expression is said; a test holds it complete."""
