"""Values of a method with one thing in them changed: every number, and every choice among words, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scoring.condition import Compare, Decision
from scoring.mechanisms.checks import Check
from scoring.mechanisms.scale import Scale
from scoring.mechanisms.selector import Row
from scoring.mechanisms.steps import Step
from scoring.method import Node, Provision, Quota, Standing
from scoring.operators.across import Across
from scoring.operators.base import Literal
from scoring.operators.lists import Over
from scoring.points import Rational, plain, ratio
from scoring.scope import Kind

OTHERWISE = {
    "不计": "按一档",
    "按一档": "按比例",
    "按比例": "不计",
    "自然日": "工作日",
    "工作日": "自然日",
    "月": "自然日",
    "按时": "迟报",
    "迟报": "按时",
    "顺延": "不顺延",
    "不顺延": "顺延",
    "次日起算": "当日起算",
    "当日起算": "次日起算",
    "合计": "平均",
    "平均": "合计",
    "加权": "平均",
    "取高": "取低",
    "取低": "取高",
    "首个适用": "取高",
    "选定": "取高",
    "并列占位": "并列不占位",
    "并列不占位": "平均名次",
    "平均名次": "并列占位",
    "线性": "取低",
    "n": "n-1",
    "n-1": "n",
    "四舍五入": "舍去",
    "舍去": "进位",
    "进位": "四舍五入",
    "不再增减": "照此继续",
    "照此继续": "不再增减",
    "满分": "零分",
    "零分": "满分",
    "分摊": "折算",
    "折算": "分摊",
    "略过": "传递",
    "传递": "略过",
    "均不入选": "均入选",
    "均入选": "均不入选",
    "总分": "未取位总分",
    "未取位总分": "总分",
}
"""For each choice of the language another one of the same kind."""

NAMES = {"address", "code", "name", "title", "key", "note", "standard", "data_source", "origin", "related"}
PLACES = {"left", "right", "states", "better", "chosen"}
"""Fields that are no rule: how a thing is called, and where in a list something stands."""

REPEATED = {
    (Row, "bounds"),  # the decision says them
    (Scale, "decision"),  # the anchors say it
    (Step, "decision"),  # the base says it
    (Standing, "grades"),  # their decision says their bounds
    (Check, "needs"),  # places of other items
    (Literal, "kind"),
    (Decision, "kinds"),
    (Decision, "ordered"),
}


def changed(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """(what was changed, the value with it)."""
    if isinstance(value, (Provision, Kind)) or (isinstance(value, Literal) and where.endswith(".reads/0")):
        return  # a literal that a decision reads stands in for the total or the rank
    if isinstance(value, bool):
        yield f"{where} {value}", not value
    elif isinstance(value, Rational):
        yield f"{where} {plain(value)}", value + (1 if value.denominator == 1 else ratio(1, 100))
    elif isinstance(value, str) and value in OTHERWISE:
        yield f"{where} {value}", OTHERWISE[value]
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            for what, other in changed(each, f"{where}/{index}"):
                yield what, (*value[:index], other, *value[index + 1 :])
    elif is_dataclass(value) and not isinstance(value, type):
        for name in (each.name for each in fields(value)):
            if name not in NAMES | PLACES and (type(value), name) not in REPEATED and acts(value, name):
                inner = getattr(value, name)
                others = [("", -inner)] if name == "sign" else changed(inner, f"{where}.{name}")
                for what, other in others:
                    yield what or f"{where}.{name}", replace(value, **{name: other})


def acts(owner: Any, name: str) -> bool:
    """Whether a field does anything, the others being as they are."""
    if isinstance(owner, Node):
        return name not in ("combine", "needs") or bool(owner.parts)
    if isinstance(owner, Compare):
        return name != "bound" or owner.right is None
    if isinstance(owner, Over):
        return name != "if_empty" or owner.name != "sum" or bool(owner.needs)
    if isinstance(owner, Quota):
        return name != "count" or owner.share is not None
    if isinstance(owner, Step):
        return name != "partial" or not whole(owner)
    if isinstance(owner, Across):
        own = {"名次": {"highest_first", "ties"}, "分位": {"at", "method"}, "标准差": {"divisor", "decimals"}}
        return name in {"of", "condition", *own.get(owner.statistic, ())}
    return True


def whole(row: Step) -> bool:
    """Whether a step can only be taken in full."""
    steady = isinstance(row.base, Literal) and isinstance(row.per, Literal) and row.per.number == 1
    return steady and row.of.kind.type in ("个数", "整数") and row.base.number.denominator == 1
