"""What generated editions are written with: draws, YAML in flow style, and the names there are of each kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from scoring.points import exact, plain

Drawn = TypeVar("Drawn")
Said = Any
"""A piece of an edition: mappings, sequences, texts, numbers."""

RATE, POINTS, COUNT, DAYS = "%", "分", "个", "天"


def flow(said: Said) -> str:
    """YAML of a piece; texts are quoted, so that only numbers are numbers."""
    if isinstance(said, dict):
        return (
            "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {flow(each)}" for key, each in said.items()) + "}"
        )
    if isinstance(said, list):
        return "[" + ", ".join(map(flow, said)) + "]"
    return plain(exact(said)) if isinstance(said, (int, Fraction)) else json.dumps(said, ensure_ascii=False)


@dataclass
class Names:
    """The facts that a rule may name: by unit, dates, choices with their states, and codes of nodes already made."""

    numbers: dict[str, list[str]] = field(default_factory=lambda: {unit: [] for unit in (RATE, POINTS, COUNT, DAYS)})
    dates: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)


@dataclass
class Pen:
    """Draws the pieces of one edition."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    names: Names = field(default_factory=Names)
    records: Names = field(default_factory=Names)
    """The fields of the list 单."""
    groups: list[str] = field(default_factory=list)
    marks: dict[str, Fraction] = field(default_factory=dict)

    def one(self, of: Sequence[Drawn]) -> Drawn:
        return self.draw(st.sampled_from(list(of)))

    def chance(self, percent: int) -> bool:
        """Rather not where an example is made smaller."""
        return bool(self.draw(st.integers(0, 99)) >= 100 - percent)

    def whole(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

    def many(self, make: Callable[[], Drawn], low: int, high: int) -> list[Drawn]:
        return [make() for _ in range(self.whole(low, high))]

    def number(self, unit: str, low: int = -2, high: int = 12) -> Said:
        """A literal of a unit; "35%" of a rate."""
        if unit == RATE:
            return f"{self.whole(low * 10, high * 10)}%"
        number = self.whole(low, high)
        return Fraction(2 * number + 1, 2) if unit == POINTS and self.chance(20) else number

    def numbers(self, unit: str, many: int) -> list[Said]:
        """Different literals, ascending."""
        step = 10 if unit == RATE else 1
        found = sorted(self.draw(st.sets(st.integers(-2, 12), min_size=many, max_size=many)))
        return [f"{each * step}%" if unit == RATE else each for each in found]

    def day(self) -> str:
        return self.one(("2023-01-15", "2023-03-31", "2023-04-01 12:00", "2023-06-30", "2023-12-29"))
