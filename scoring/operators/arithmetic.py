"""Arithmetic over named operands: sum, difference, product, ratio and their kin (合计、差、积、比率……).

An operand that is missing makes the result missing; one that does not apply makes it 不适用, unless the
operator says 略过. Nothing is rounded here except by `rounded`, where a rule asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from scoring.canonical import told
from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Value
from scoring.operators.base import NUMBER, absence, present, trace, traced
from scoring.points import Rational, divide, exact, rounded, total
from scoring.scope import Expression, Kind, Scope, Trace

SKIP, PASS_ON = "略过", "传递"


@dataclass(frozen=True, slots=True)
class Operands:
    """What the operators over a list of operands share."""

    operands: tuple[Expression, ...]
    kind: Kind = NUMBER

    def inputs(self) -> tuple[Expression, ...]:
        return self.operands

    def values(self, scope: Scope) -> list[Value]:
        return [each.value(scope) for each in self.operands]

    def shown(self, name: str, scope: Scope) -> Trace:
        return {"operator": name, "inputs": [trace(each, scope) for each in self.operands]}


@dataclass(frozen=True, slots=True)
class Sum(Operands):
    """合计."""

    def value(self, scope: Scope) -> Value:
        values = self.values(scope)
        return absence(values) or total(map(present, values))

    def working(self, scope: Scope) -> Trace:
        return self.shown("sum", scope)


@dataclass(frozen=True, slots=True)
class Difference(Operands):
    """差: the first less the second."""

    def value(self, scope: Scope) -> Value:
        first, second = self.values(scope)
        return absence((first, second)) or exact(present(first) - present(second))

    def working(self, scope: Scope) -> Trace:
        return self.shown("difference", scope)


@dataclass(frozen=True, slots=True)
class Product(Operands):
    """积."""

    def value(self, scope: Scope) -> Value:
        values = self.values(scope)
        absent = absence(values)
        if absent is not None:
            return absent
        product: Rational = 1
        for value in values:
            product = exact(product * present(value))
        return product

    def working(self, scope: Scope) -> Trace:
        return self.shown("product", scope)


@dataclass(frozen=True, slots=True)
class Ratio(Operands):
    """比率: the first over the second; `if_zero` is what the method says of a zero denominator."""

    if_zero: Value = NOT_APPLICABLE

    def value(self, scope: Scope) -> Value:
        above, below = self.values(scope)
        absent = absence((above, below))
        if absent is not None:
            return absent
        return divide(present(above), present(below)) if below != 0 else self.if_zero

    def working(self, scope: Scope) -> Trace:
        shown = self.shown("ratio", scope)
        if self.operands[1].value(scope) == 0:
            shown["if_zero"] = self.kind.say(self.if_zero)
        return shown


@dataclass(frozen=True, slots=True)
class Absolute(Operands):
    """绝对值."""

    def value(self, scope: Scope) -> Value:
        (value,) = self.values(scope)
        return value if isinstance(value, Absent) or value >= 0 else -value

    def working(self, scope: Scope) -> Trace:
        return self.shown("absolute", scope)


@dataclass(frozen=True, slots=True)
class Mean(Operands):
    """平均, of the operands or weighted by `weights`; with 略过 those that do not apply are left out.

    Of the rest the `lowest` and `highest` so many are left out as well; of equal ones, those named first.
    """

    weights: tuple[Rational, ...] = ()
    not_applicable: str = PASS_ON
    lowest: int = 0
    highest: int = 0

    def value(self, scope: Scope) -> Value:
        values = self.values(scope)
        absent = absence(values)
        if absent is MISSING or (absent is not None and self.not_applicable != SKIP):
            return absent
        weights: tuple[Rational, ...] = self.weights or (1,) * len(values)
        taken = [(present(values[place]), weights[place]) for place in self.kept(values)]
        below = total([weight for _, weight in taken])
        if below == 0:
            return NOT_APPLICABLE
        return divide(total([value * weight if weight != 1 else value for value, weight in taken]), below)

    def kept(self, values: list[Value]) -> list[int]:
        """The places of the operands that count, in the order of the rule."""
        there = [place for place, value in enumerate(values) if not isinstance(value, Absent)]
        if not self.lowest and not self.highest:
            return there
        ranked = sorted(there, key=lambda place: present(values[place]))
        return sorted(ranked[self.lowest : max(self.lowest, len(ranked) - self.highest)])

    def working(self, scope: Scope) -> Trace:
        shown = self.shown("mean", scope)
        weights = [NUMBER.say(weight) for weight in self.weights]
        values = self.values(scope)
        if (self.lowest or self.highest) and absence(values) is not MISSING:
            kept, inputs = self.kept(values), shown["inputs"]
            trimmed = [inputs[n] for n, value in enumerate(values) if n not in kept and not isinstance(value, Absent)]
            shown["inputs"] = [inputs[place] for place in kept]
            weights = [weights[place] for place in kept] if weights else []
            shown |= {"trimmed": trimmed} if trimmed else {}
        if weights:
            shown["weights"] = weights
        return shown

    def told(self, scope: Scope) -> str:
        """The working in canonical form."""
        if self.weights or self.lowest or self.highest:
            return told(self.working(scope))
        return f'{{"inputs":[{",".join([traced(each, scope) for each in self.operands])}],"operator":"mean"}}'


@dataclass(frozen=True, slots=True)
class Extreme(Operands):
    """最小 or 最大 of the operands; with 略过 those that do not apply are left out."""

    largest: bool = False
    not_applicable: str = PASS_ON

    def value(self, scope: Scope) -> Value:
        values = self.values(scope)
        absent = absence(values)
        if absent is MISSING or (absent is not None and self.not_applicable != SKIP):
            return absent
        taken = [present(value) for value in values if value is not NOT_APPLICABLE]
        if not taken:
            return NOT_APPLICABLE
        return max(taken) if self.largest else min(taken)

    def working(self, scope: Scope) -> Trace:
        return self.shown("largest" if self.largest else "smallest", scope)


@dataclass(frozen=True, slots=True)
class Clamp:
    """限幅: not below one bound, not above the other."""

    of: Expression
    at_least: Expression | None
    at_most: Expression | None

    @property
    def kind(self) -> Kind:
        return self.of.kind

    def inputs(self) -> tuple[Expression, ...]:
        return tuple(each for each in (self.of, self.at_least, self.at_most) if each is not None)

    def value(self, scope: Scope) -> Value:
        values = [each.value(scope) for each in self.inputs()]
        absent = absence(values)
        if absent is not None:
            return absent
        value = present(values[0])
        if self.at_least is not None:
            value = max(value, present(self.at_least.value(scope)))
        if self.at_most is not None:
            value = min(value, present(self.at_most.value(scope)))
        return value

    def working(self, scope: Scope) -> Trace:
        shown: Trace = {"operator": "limit", "inputs": [trace(self.of, scope)]}
        if self.at_least is not None:
            shown["at_least"] = trace(self.at_least, scope)
        if self.at_most is not None:
            shown["at_most"] = trace(self.at_most, scope)
        return shown


@dataclass(frozen=True, slots=True)
class Rounded:
    """舍入: quantising is a rule, not a technique, so it is written where a method means a printed figure."""

    of: Expression
    decimals: int
    mode: str

    @property
    def kind(self) -> Kind:
        return self.of.kind

    def inputs(self) -> tuple[Expression, ...]:
        return (self.of,)

    def value(self, scope: Scope) -> Value:
        value = self.of.value(scope)
        return value if isinstance(value, Absent) else rounded(value, self.decimals, self.mode)

    def working(self, scope: Scope) -> Trace:
        return {
            "operator": "rounded",
            "inputs": [trace(self.of, scope)],
            "decimals": self.decimals,
            "mode": self.mode,
        }


@dataclass(frozen=True, slots=True)
class First(Operands):
    """依次取: the first that is not 不适用. One that is missing stops it: a later value must not stand in for it."""

    def value(self, scope: Scope) -> Value:
        for operand in self.operands:
            value = operand.value(scope)
            if value is not NOT_APPLICABLE:
                return value
        return NOT_APPLICABLE

    def working(self, scope: Scope) -> Trace:
        return self.shown("first", scope)


@dataclass(frozen=True, slots=True)
class Lookup:
    """查表: one operand for each state of a choice, or of the group."""

    by: Expression
    rows: tuple[Expression | None, ...]
    otherwise: Expression | None

    @property
    def kind(self) -> Kind:
        return next((each.kind for each in (*self.rows, self.otherwise) if each is not None), NUMBER)

    def inputs(self) -> tuple[Expression, ...]:
        return (self.by, *(each for each in (*self.rows, self.otherwise) if each is not None))

    def chosen(self, scope: Scope) -> Expression | None:
        state = self.by.value(scope)
        if isinstance(state, Absent):
            return None
        row = self.rows[int(state)] if int(state) < len(self.rows) else None
        return row if row is not None else self.otherwise

    def value(self, scope: Scope) -> Value:
        state = self.by.value(scope)
        if isinstance(state, Absent):
            return state
        chosen = self.chosen(scope)
        return chosen.value(scope) if chosen is not None else NOT_APPLICABLE

    def working(self, scope: Scope) -> Trace:
        chosen = self.chosen(scope)
        shown: Trace = {"operator": "lookup", "by": trace(self.by, scope)}
        if chosen is not None:
            shown["inputs"] = [trace(chosen, scope)]
        return shown
