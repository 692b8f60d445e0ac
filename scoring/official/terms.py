"""What a sentence draws on to call things by their names: nodes by code, groups, values with their units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.check_method import ranges
from scoring.condition import Absent, Value
from scoring.explain.figures import constant, constant_difference, date
from scoring.method import DATE, Method, Node, Rounding
from scoring.operators.base import GroupOf, Named
from scoring.points import Rational, plain
from scoring.scope import Expression, Kind
from scoring.timeline import date_text
from scoring.views.phrase import listed

RANK = "名"
UNITS = {"月": "个月"}
"""Units that are written otherwise behind a figure."""

_BETWEEN_WIDE = re.compile(r"(?<=[^\x00-\x7F])[ \n]+(?=[^\x00-\x7F])")
_ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True)
class Terms:
    """The names that one method gives. `nouns` says each kind of expression, by its class."""

    method: Method
    nouns: Mapping[type, Callable[[Any, Terms], str]]
    nodes: Mapping[str, Node] = field(init=False)
    groups: Mapping[str, str] = field(init=False)
    ranges: Mapping[str, tuple[Rational | None, Rational | None]] = field(init=False)
    """The lowest and the highest that facts and nodes can come to, by address."""
    above: Mapping[str, Node] = field(init=False)
    """By the address of a node, the one it is a part of."""
    rebasing: dict[str, Node] = field(init=False)
    """By the address of a node, the nearest one above it that is brought back to full marks (缺项折算为)."""

    def __post_init__(self) -> None:
        self.nodes = {node.code: node for node in self.method.nodes() if node.code}
        self.groups = {group.code: group.name for group in self.method.groups}
        self.ranges = ranges(self.method)
        self.above = {part.address: node for node in self.method.nodes() for part in node.parts}
        self.rebasing = {}
        for node in self.method.nodes():  # from the root down, so that the nearest comes last
            if node.rebase_to is not None:
                self.rebasing.update({below.address: node for part in node.parts for below in part.walk()})

    def noun(self, expression: Expression) -> str:
        """An expression as a noun: “计划迟报天数”, “自评得分与复核得分之差”."""
        return self.nouns[type(expression)](expression, self)

    def range(self, of: Expression | None) -> tuple[Rational | None, Rational | None]:
        """Between what a fact lies; of anything else nothing is known here."""
        fact = self.method.facts.get(of.name) if isinstance(of, Named) else None
        return self.ranges.get(fact.address, (None, None)) if fact is not None else (None, None)

    def node(self, code: str) -> str:
        """A node as a sentence speaks of it: “3.2 绩效目标编制质量”."""
        name = self.nodes[code].name
        return name if code in (name, self.method.root.code) else f"“{code} {name}”"

    def state(self, by: Expression, number: int) -> str:
        """A state of a choice; a group by its name."""
        label = by.kind.choices[number]
        return self.groups.get(label, label) if isinstance(by, GroupOf) else label

    def within(self, codes: Iterable[str]) -> str:
        return listed(self.groups.get(code, code) for code in codes)


def value(number: Value, kind: Kind) -> str:
    """A value that a rule writes, with its unit: 5分, 95%, 2023年3月31日, “是”, 不适用."""
    if isinstance(number, Absent):
        return number.value
    if kind.type == DATE:
        return date(date_text(number))
    if kind.choices:
        return f"“{kind.choices[int(number)]}”"
    if kind.unit == RANK:
        return f"第{plain(number)}名"
    return constant(number, UNITS.get(kind.unit, kind.unit))


def difference(number: Rational, unit: str) -> str:
    """By how much something differs: 5个百分点, 1个月, 1名."""
    return constant_difference(number, UNITS.get(unit, unit))


def rounding(how: Rounding, unit: str = "") -> str:
    """四舍五入保留2位小数. A rate is rounded as it is printed: four decimals are two of its percentage."""
    decimals = how.decimals
    if unit == "%" and decimals > 1:
        return f"{how.mode}至百分数" + (f"的{decimals - 2}位小数" if decimals > 2 else "的个位")
    return f"{how.mode}" + (f"保留{decimals}位小数" if decimals else "取整数")


def enumerated(sentences: Iterable[str]) -> str:
    """①…；②…. A single one stands without its number, and so do those that brought their own."""
    found = list(sentences)
    if len(found) == 1 or all(each.startswith(tuple(_ENCLOSED)) for each in found):
        return "；".join(found)
    return "；".join(f"{ordinal(number)}{each}" for number, each in enumerate(found, 1))


def ordinal(number: int) -> str:
    return _ENCLOSED[number - 1] if number <= len(_ENCLOSED) else f"（{number}）"


def unfolded(text: str) -> str:
    """A text of the rule files without the blanks that folding its lines left between Chinese characters."""
    return _BETWEEN_WIDE.sub("", text.strip())
