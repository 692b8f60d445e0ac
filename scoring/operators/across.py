"""Statistics over departments (横向统计): what a department's value means beside the others'.

They are computed once, at a barrier between strata, in order of department code, and only then read; so a score
that depends on others can be told from one that does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt

from scoring.condition import MISSING, NOT_APPLICABLE, UNKNOWN_MISSING, Absent, Decision, Value
from scoring.operators.base import NUMBER, trace
from scoring.points import HALF_UP, Rational, divide, exact, rounded
from scoring.scope import Expression, Kind, Scope, Trace

ALL, OWN_GROUP = "全部", "本组"
COMPETITION, DENSE, AVERAGE = "并列占位", "并列不占位", "平均名次"


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

    def inputs(self) -> tuple[Expression, ...]:
        return (self.of,)

    def value(self, scope: Scope) -> Value:
        return scope.horizon.shared[self.address].get(scope.department, NOT_APPLICABLE)

    def working(self, scope: Scope) -> Trace:
        return {
            "operator": "across",
            "statistic": self.statistic,
            "among": self.among,
            "own": trace(self.of, scope),
        }

    def settle(self, scopes: list[Scope]) -> dict[str, Value]:
        """The value of this statistic for each department, by code; `scopes` are in order of code."""
        own = {scope.department: self.own(scope) for scope in scopes}
        members: dict[int, list[Rational]] = {}
        for scope in scopes:
            value = own[scope.department]
            if scope.counted and not isinstance(value, Absent):
                members.setdefault(self.population(scope), []).append(value)
        found: dict[str, Value] = {}
        for scope in scopes:
            value, values = own[scope.department], members.get(self.population(scope), [])
            if self.statistic != "名次":
                found[scope.department] = self.figure(values)
            else:
                found[scope.department] = value if isinstance(value, Absent) else self.place(value, values)
        return found

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

    def place(self, own: Rational, values: list[Rational]) -> Rational:
        ahead = [value for value in values if (value > own if self.highest_first else value < own)]
        if self.ties == DENSE:
            return len(set(ahead)) + 1
        if self.ties == AVERAGE:
            return exact(len(ahead) + divide(max(values.count(own), 1) + 1, 2))
        return len(ahead) + 1

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
