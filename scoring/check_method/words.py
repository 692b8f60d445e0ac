"""Values, reads and examples as a finding says them: ready-made, exact, in the unit of the fact (取值的写法)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.condition import Absent, Value
from scoring.method import Node
from scoring.operators.base import EvidenceFor, GroupOf, Named, RateOf, ScoreOf, SelfScoreOf
from scoring.points import Rational, decimals_of, exact, fixed, percent, plain
from scoring.scope import Expression, Kind
from scoring.timeline import UNDONE, date_text


def said(kind: Kind, value: Value) -> str:
    """A value as an officer reads it: "11分", "90.5%", "2023-03-31", "是"."""
    if isinstance(value, Absent):
        return value.value
    if kind.type == "日期":
        return date_text(min(max(value, 1), UNDONE))
    if kind.choices:
        return kind.choices[int(value)] if 0 <= value < len(kind.choices) else plain(value)
    if kind.unit == "%":
        places = decimals_of(exact(value * 100))
        return percent(value, places if places is not None else 2)
    return number(value) + kind.unit


def number(value: Rational) -> str:
    """A number without loss where it is short, else to four decimals."""
    return plain(value) if decimals_of(value) is not None else fixed(value, 4)


def title(read: Expression) -> str:
    """What a read is called: the fact's name, the code of a node; "" for what has no name."""
    if isinstance(read, Named):
        return read.name
    if isinstance(read, (ScoreOf, RateOf, SelfScoreOf)):
        return read.code
    if isinstance(read, GroupOf):
        return "分组"
    if isinstance(read, EvidenceFor):
        return f"{read.name}佐证"
    of = getattr(read, "of", None)
    return title(of) if of is not None else ""


def example(reads: Iterable[Expression], values: Mapping[int, Value]) -> str:
    """A situation by its values: "自评平均偏差 11分，应自评项目数 0个"."""
    shown = []
    for place, read in enumerate(reads):
        if place in values:
            shown.append(f"{title(read)} {said(read.kind, values[place])}".strip())
    return "，".join(shown)


def called(node: Node) -> str:
    """A node as a list names it."""
    return node.code or node.name
