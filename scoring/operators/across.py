"""Statistics over departments (横向统计): what a department's value means beside the others'.

They are computed once, at a barrier between strata, in order of department code, and only then read; so a score
that depends on others can be told from one that does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt

from scoring.condition import MISSING, NOT_APPLICABLE, UNKNOWN_MISSING, Absent, Decision, Value
from scoring.operators.base import NUMBER, GroupOf, trace
from scoring.points import HALF_UP, Rational, divide, exact, rounded
from scoring.scope import Expression, Kind, Scope, Trace

ALL, OWN_GROUP = "全部", "本组"
COMPETITION, DENSE, AVERAGE = "并列占位", "并列不占位", "平均名次"

Standing = tuple[tuple[bool, Rational], ...]
"""What a department is ranked by: the value, then the tie-breaks; the least comes first, whoever lacks one last."""


@dataclass(frozen=True, slots=True)
class Across:
    """One statistic of an expression over the departments of `among` that have a value."""

    address: str
    of: Expression
    statistic: str
    among: str
    condition: Decision | None = None
    highest_first: bool = True
    ties: str = COMPETITION
    at: Rational = 0
    method: str = "线性"
    divisor: str = "n"
    decimals: int = 6
    kind: Kind = NUMBER
    tie_breaks: tuple[tuple[Expression, bool], ...] = ()
    """What tells equals apart in a 名次, in turn, and whether the highest of it comes first."""

    def inputs(self) -> tuple[Expression, ...]:
        return (self.of, *(each for each, _ in self.tie_breaks))

    def value(self, scope: Scope) -> Value:
        return scope.horizon.shared[self.address].get(scope.department, NOT_APPLICABLE)

    def working(self, scope: Scope) -> Trace:
        shown: Trace = {"operator": "across", "statistic": self.statistic, "among": self.among}
        if not isinstance(self.of, GroupOf):
            shown["own"] = trace(self.of, scope)
        if self.tie_breaks:
            shown["tie_breaks"] = [trace(each, scope) for each, _ in self.tie_breaks]
        return shown

    def settle(self, scopes: list[Scope]) -> dict[str, Value]:
        """The value of this statistic for each department, by code; `scopes` are in order of code."""
        own = {scope.department: self.own(scope) for scope in scopes}
        members: dict[int, list[Scope]] = {}
        for scope in scopes:
            if scope.counted and not isinstance(own[scope.department], Absent):
                members.setdefault(self.population(scope), []).append(scope)
        if self.statistic == "名次":
            return self.places(scopes, own, members)
        figures = {
            population: self.figure([value for each in those if not isinstance(value := own[each.department], Absent)])
            for population, those in members.items()
        }
        nobody = self.figure([])
        return {scope.department: figures.get(self.population(scope), nobody) for scope in scopes}

    def places(self, scopes: list[Scope], own: dict[str, Value], members: dict[int, list[Scope]]) -> dict[str, Value]:
        """The place of each department among the members of its population."""
        standings = {scope.department: self.standing(scope, own[scope.department]) for scope in scopes}
        ranked = {key: sorted(standings[each.department] for each in those) for key, those in members.items()}
        different = {key: sorted(set(those)) for key, those in ranked.items()}
        found: dict[str, Value] = {}
        for scope in scopes:
            value, mine, population = own[scope.department], standings[scope.department], self.population(scope)
            among = (different if self.ties == DENSE else ranked).get(population, [])
            ahead = bisect_left(among, mine)
            place: Rational = ahead + 1
            if self.ties == AVERAGE:
                place = exact(ahead + divide(max(bisect_right(among, mine) - ahead, 1) + 1, 2))
            found[scope.department] = value if isinstance(value, Absent) else place
        return found

    def standing(self, scope: Scope, value: Value) -> Standing:
        """The less, the further in front."""
        read = [(value, self.highest_first), *((each.value(scope), first) for each, first in self.tie_breaks)]
        return tuple(
            (True, 0) if isinstance(each, Absent) else (False, -each if first else each) for each, first in read
        )

    def own(self, scope: Scope) -> Value:
        """What a department brings to the statistic; 不适用 where it is no part of `among`.

        Whoever is missing has no rank either, and may not pass for one whom the ranking does not concern.
        """
        if self.condition is not None:
            answer = scope.answer(self.condition)
            if answer != 0:
                return MISSING if answer == UNKNOWN_MISSING else NOT_APPLICABLE
        return self.of.value(scope)

    def population(self, scope: Scope) -> int:
        return scope.group if self.among == OWN_GROUP else -1

    def figure(self, values: list[Rational]) -> Value:
        if self.statistic == "个数":
            return len(values)
        if not values:
            return NOT_APPLICABLE
        return FIGURES[self.statistic](self, sorted(values))

    def quantile(self, values: list[Rational]) -> Rational:
        place = exact(self.at * (len(values) - 1))
        low = place.numerator // place.denominator
        high = min(low + (place != low), len(values) - 1)
        if self.method == "取低":
            return values[low]
        if self.method == "取高":
            return values[high]
        return exact(values[low] + (values[high] - values[low]) * (place - low))

    def deviation(self, values: list[Rational]) -> Value:
        """The standard deviation, an integer square root brought half up to `decimals`: exact again, and declared."""
        below = len(values) - (self.divisor == "n-1")
        if below == 0:
            return NOT_APPLICABLE
        mean = divide(sum(values), len(values))
        variance = divide(sum((value - mean) * (value - mean) for value in values), below)
        scale = 10 ** (self.decimals + 1)
        root = isqrt(variance.numerator * scale * scale // variance.denominator)
        return rounded(divide(root, scale), self.decimals, HALF_UP)


FIGURES: dict[str, Callable[[Across, list[Rational]], Value]] = {
    "平均": lambda across, values: divide(sum(values), len(values)),
    "中位": lambda across, values: divide(values[(len(values) - 1) // 2] + values[len(values) // 2], 2),
    "最小": lambda across, values: values[0],
    "最大": lambda across, values: values[-1],
    "合计": lambda across, values: exact(sum(values)),
    "分位": Across.quantile,
    "标准差": Across.deviation,
}
