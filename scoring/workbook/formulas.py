"""Writes rules as spreadsheet formulas (复算公式), as far as a spreadsheet can say them.

It is a second reading of the method, apart from the one that scored: it knows the rules, the cells where the data
stand, and whether a datum is there. What it cannot say it refuses by name, and never approximates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from scoring.condition import All, Any_, Compare, Decision, IsOneOf, None_, Test
from scoring.mechanisms.checks import Checks
from scoring.mechanisms.points import Points
from scoring.mechanisms.review import Review
from scoring.mechanisms.scale import Scale
from scoring.mechanisms.selector import Rows
from scoring.mechanisms.steps import CEILING, FLOOR, Step, Steps
from scoring.method import DATE, Marks
from scoring.operators import arithmetic, lists
from scoring.operators.base import AsOfDay, Literal, Named
from scoring.points import DOWN, HALF_UP, Rational, plain
from scoring.scope import Expression

EPOCH = 693_594
"""The day number of a spreadsheet's day 0."""
ROUNDING = {HALF_UP: "ROUND", DOWN: "ROUNDDOWN"}
KEPT = 12
"""Decimals that a derived figure keeps: enough for any bound, too few for the noise of binary fractions."""


class Beyond(Exception):
    """What a spreadsheet formula does not say here, in a word."""


class Cells(Protocol):
    """Where data stand: of a department, and of the records of its lists."""

    def fact(self, name: str) -> str:
        """The cell of a fact; Beyond where it holds no figure, date or state."""

    def field(self, source: str, name: str) -> str:
        """The range of a field over the records of a list; Beyond where one of them holds nothing."""

    def records(self, source: str) -> int:
        """How many records there are."""


class Writer:
    """Formulas for one department; `source` is the list inside whose records an expression stands."""

    def __init__(self, cells: Cells, source: str = "") -> None:
        self.cells = cells
        self.source = source

    def expression(self, said: Expression) -> str:
        """The formula of an expression, without its equals sign."""
        write = EXPRESSIONS.get(type(said))
        if write is None:
            raise Beyond(type(said).__name__)
        return write(self, said)

    def named(self, said: Named) -> str:
        return self.cells.field(self.source, said.name) if self.source else self.cells.fact(said.name)

    def mean(self, said: arithmetic.Mean) -> str:
        if said.lowest or said.highest:
            raise Beyond("去掉两端的平均")
        told = [self.expression(each) for each in said.operands]
        weights = [plain(each) for each in said.weights] or ["1"] * len(told)
        above = "+".join(f"({each})*{weight}" for each, weight in zip(told, weights, strict=True))
        return f"({above})/({'+'.join(weights)})"

    def clamp(self, said: arithmetic.Clamp) -> str:
        found = self.expression(said.of)
        if said.at_least is not None:
            found = f"MAX({found},{self.expression(said.at_least)})"
        return found if said.at_most is None else f"MIN({found},{self.expression(said.at_most)})"

    def rounded(self, said: arithmetic.Rounded) -> str:
        if said.mode not in ROUNDING:
            raise Beyond(said.mode)
        return f"{ROUNDING[said.mode]}({self.expression(said.of)},{said.decimals})"

    def count(self, said: lists.Count) -> str:
        return self.total(said.source, said.where, None)

    def share(self, said: lists.Share) -> str:
        whole = self.total(said.source, said.among, said.by)
        both = self.total(said.source, said.among, said.by, said.where)
        return f"({both})/({whole})"

    def over(self, said: lists.Over) -> str:
        if said.lowest or said.highest or said.weight is not None or said.needs > 1:
            raise Beyond("去掉两端、加权或者设最少个数的统计")
        if said.name == "sum":
            return self.total(said.source, said.where, said.of)
        if said.name == "mean":
            return f"({self.total(said.source, said.where, said.of)})/({self.total(said.source, said.where, None)})"
        raise Beyond("清单的最大、最小值")

    def total(self, source: str, where: Decision | None, of: Expression | None, also: Decision | None = None) -> str:
        """The sum over the records that satisfy the conditions; their number where nothing is added up."""
        if not self.cells.records(source):
            return "0"
        inside = Writer(self.cells, source)
        parts = [inside.holds(each) for each in (where, also) if each is not None]
        parts += [inside.expression(of)] if of is not None else []
        return f"SUMPRODUCT({'*'.join(parts)})" if parts else str(self.cells.records(source))

    def holds(self, said: Decision) -> str:
        """1 where the only row of a decision holds, else 0."""
        if len(said.rows) != 1:
            raise Beyond("几种情形")
        return self.test(said.rows[0], said)

    def test(self, said: Test, decision: Decision) -> str:
        if isinstance(said, Compare):
            left = self.expression(decision.reads[said.left])
            if said.right is not None:
                return f"(({left}){said.relation}({self.expression(decision.reads[said.right])}))"
            kind = decision.reads[said.left].kind
            if kind.choices:
                raise Beyond("选项比大小")
            return f"(({left}){said.relation}{figure(said.bound, kind.type)})"
        if isinstance(said, IsOneOf):
            read = decision.reads[said.left]
            if not isinstance(read, Named) or not read.kind.choices:
                raise Beyond("分组或者佐证")
            cell = self.expression(read)
            names = [read.kind.choices[state].replace('"', '""') for state in said.states]
            told = "+".join(f'({cell}="{name}")' for name in names)
            return f"({told})"
        if isinstance(said, All):
            return "*".join(self.test(each, decision) for each in said.parts) or "1"
        if isinstance(said, Any_):
            return f"SIGN({'+'.join(self.test(each, decision) for each in said.parts) or '0'})"
        if isinstance(said, None_):
            return f"(1-SIGN({'+'.join(self.test(each, decision) for each in said.parts) or '0'}))"
        raise Beyond("是否不适用")

    def award(self, said: Any, marks: Marks) -> str:
        """The formula of a mechanism."""
        write = AWARDS.get(type(said))
        if write is None:
            raise Beyond(type(said).__name__)
        return write(self, said, marks)

    def points(self, said: Points, marks: Marks) -> str:
        amount = self.expression(said.amount)
        return f"{plain(marks.top)}-({amount})" if said.deducted else amount

    def rows(self, said: Rows, marks: Marks) -> str:
        found = "NA()"
        for test, row in reversed(list(zip(said.decision.rows, said.rows, strict=True))):
            found = f"IF({self.test(test, said.decision)},{self.award(row.award, marks)},{found})"
        return found

    def checks(self, said: Checks, marks: Marks) -> str:
        found, met = self.expression(said.start), list[str]()
        for item in said.items:
            if item.proof_of:
                raise Beyond("要有佐证的要点")
            met.append("*".join([self.holds(item.decision), *(met[each] for each in item.needs)]))
            found += f"{'+' if item.sign > 0 else '-'}({met[-1]})*({self.expression(item.amount)})"
        return found

    def steps(self, said: Steps, marks: Marks) -> str:
        return "+".join([self.expression(said.start), *(self.step(row) for row in said.rows)])

    def step(self, said: Step) -> str:
        if said.proof:
            raise Beyond("要有佐证的加减分")
        of, base = self.expression(said.of), self.expression(said.base)
        beyond = f"({of})-({base})" if said.upward else f"({base})-({of})"
        counted = f"ROUND(({beyond})/({self.expression(said.per)}),{KEPT})"
        if said.partial == FLOOR:
            counted = f"ROUNDDOWN({counted},0)"
        elif said.partial == CEILING:
            counted = f"ROUNDUP({counted},0)"
        change = f"{counted}*({self.expression(said.amount)})"
        if said.up_to is not None:
            change = f"MIN({change},{plain(said.up_to)})"
        return f"({'-' if said.sign < 0 else ''}({self.holds(said.decision)})*{change})"

    def scale(self, said: Scale, marks: Marks) -> str:
        anchors = sorted(
            (each.at.number, each.points.number)
            for each in said.anchors
            if isinstance(each.at, Literal) and isinstance(each.points, Literal)
        )
        if len(anchors) < len(said.anchors) or len({at for at, _ in anchors}) < len(anchors):
            raise Beyond("随数据而定的两端")
        x = self.expression(said.of)
        if said.outside != "照此继续":
            x = f"MIN(MAX({x},{plain(anchors[0][0])}),{plain(anchors[-1][0])})"
        return self.stretches(anchors, x)

    def stretches(self, anchors: list[tuple[Rational, Rational]], x: str) -> str:
        """One line between each two anchors, the last one going on."""
        found = ""
        for place in range(len(anchors) - 2, -1, -1):
            (low, less), (high, more) = anchors[place], anchors[place + 1]
            line = f"{plain(less)}+(({x})-{plain(low)})*({plain(more)}-({plain(less)}))/({plain(high)}-({plain(low)}))"
            found = line if not found else f"IF(({x})<={plain(high)},{line},{found})"
        return found


def figure(value: Rational, type_: str) -> str:
    return plain(value - EPOCH if type_ == DATE else value)


def _literal(writer: Writer, said: Literal) -> str:
    if said.kind.choices:
        raise Beyond("选项")
    return f"({figure(said.number, said.kind.type)})"


def _joined(sign: str) -> Callable[[Writer, Any], str]:
    return lambda writer, said: sign.join(f"({writer.expression(each)})" for each in said.operands)


def _calling(name: str) -> Callable[[Writer, Any], str]:
    return lambda writer, said: f"{name}({','.join(writer.expression(each) for each in said.operands)})"


EXPRESSIONS: Mapping[type, Callable[[Writer, Any], str]] = {
    Literal: _literal,
    Named: Writer.named,
    AsOfDay: lambda writer, said: f"INT({writer.expression(said.of)})",
    arithmetic.Sum: _joined("+"),
    arithmetic.Difference: _joined("-"),
    arithmetic.Product: _joined("*"),
    arithmetic.Ratio: _joined("/"),
    arithmetic.Absolute: _calling("ABS"),
    arithmetic.Mean: Writer.mean,
    arithmetic.Extreme: lambda writer, said: _calling("MAX" if said.largest else "MIN")(writer, said),
    arithmetic.Clamp: Writer.clamp,
    arithmetic.Rounded: Writer.rounded,
    lists.Count: Writer.count,
    lists.Share: Writer.share,
    lists.Over: Writer.over,
}
AWARDS: Mapping[type, Callable[[Writer, Any, Marks], str]] = {
    Points: Writer.points,
    Rows: Writer.rows,
    Checks: Writer.checks,
    Steps: Writer.steps,
    Scale: Writer.scale,
    Review: lambda writer, said, marks: writer.expression(said.of),
}
