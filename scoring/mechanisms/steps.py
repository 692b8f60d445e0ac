"""`steps` 每…加减分: so many points for each full step away from a base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.condition import NO_ROW, Decision
from scoring.method import Award, Marks
from scoring.operators.base import absence, present
from scoring.points import Rational, divide, exact, plain
from scoring.scope import Expression, Scope, Trace

FLOOR, CEILING = "不计", "按一档"


@dataclass(frozen=True, slots=True)
class Step:
    """每超过/低于 `base`, for each `per`, `amount` points (negative where they are deducted), at most `up_to` in all.

    `partial` says what a step begun counts: nothing, a whole step, or its share. `decision` asks whether the base
    is passed at all.
    """

    of: Expression
    decision: Decision
    upward: bool
    base: Expression
    per: Expression
    amount: Expression
    sign: int
    partial: str
    up_to: Rational | None = None
    proof: bool = False
    proof_of: tuple[str, ...] = ()

    def counted(self, steps: Rational) -> Rational:
        if self.partial == FLOOR:
            return steps.numerator // steps.denominator
        if self.partial == CEILING:
            return -(-steps.numerator // steps.denominator)
        return steps


@dataclass(frozen=True, slots=True)
class Steps:
    """The sum of all rows, from `start`: full marks where rows deduct, 0 where they add, or as 起评分 says."""

    start: Expression
    rows: tuple[Step, ...]
    key: str = "steps"

    def award(self, scope: Scope, marks: Marks) -> Award:
        start = self.start.value(scope)
        values = [each.value(scope) for row in self.rows for each in (row.of, row.base, row.per, row.amount)]
        absent = absence([start, *values])
        if absent is not None:
            return Award(0, {"by": self.key}, absent=absent)
        points = present(start)
        shown: list[Trace] = []
        miss: Trace | None = None
        for index, row in enumerate(self.rows):
            change, working = self.step(scope, row)
            points = exact(points + change)
            shown.append({"row": index, **working})
            if change < 0 and miss is None:
                miss = {"row": index, "base": row.base.kind.say(row.base.value(scope))}
        working = {"by": self.key, "start": plain(present(start)), "rows": shown, "points": plain(points)}
        return Award(points, working, miss)

    def step(self, scope: Scope, row: Step) -> tuple[Rational, Trace]:
        base, per, amount = (present(each.value(scope)) for each in (row.base, row.per, row.amount))
        value = present(row.of.value(scope))
        shown: Trace = {
            **row.of.working(scope),
            "value": row.of.kind.say(value),
            "above" if row.upward else "below": row.base.kind.say(base),
            "per": plain(per),
            "each": plain(row.sign * amount),
        }
        if scope.answer(row.decision) == NO_ROW:
            return 0, {**shown, "steps": "0", "change": "0"}
        beyond = value - base if row.upward else base - value
        steps = row.counted(divide(beyond, per))
        change = exact(row.sign * steps * amount)
        shown |= {"beyond": plain(exact(beyond)), "steps": plain(steps), "partial": row.partial}
        if row.proof and not all(scope.proven(name) for name in row.proof_of):
            return 0, {**shown, "unproven": list(row.proof_of), "change": "0"}
        if row.up_to is not None and not -row.up_to <= change <= row.up_to:
            shown["uncapped"] = plain(change)
            change = row.up_to if change > 0 else -row.up_to
            shown["up_to"] = plain(row.up_to)
        return change, {**shown, "change": plain(change)}

    def decisions(self) -> Iterator[Decision]:
        for row in self.rows:
            yield row.decision

    def inputs(self) -> Iterator[Expression]:
        yield self.start
        for row in self.rows:
            yield from (row.of, row.base, row.per, row.amount)
