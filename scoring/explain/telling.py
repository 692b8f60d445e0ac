"""What is asked of a mechanism's explanation, and what is told: fact, standard, calculation, what would have helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.explain.formula import Formula
from scoring.explain.ground import Ground, Quantity
from scoring.points import Rational

Trace = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A mechanism asked at an address: by which measure, for how many marks, and what it missed."""

    ground: Ground
    rule: str
    measure: Trace
    marks: Rational | None
    miss: Mapping[str, Any]

    @property
    def quantity(self) -> Quantity | None:
        return self.ground.quantity(self.measure) if self.measure else None


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an award; `rows` are the addresses of the rows that decided, `tried` the better
    outcomes that were missed, `not_held` the special cases that were asked first and did not apply."""

    formula: Formula
    fact: str = ""
    standard: str = ""
    better: str = ""
    prelude: tuple[str, ...] = ()
    """Calculations that lead to a figure of the formula."""
    rows: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()
    best: str = ""
    """What would have given full marks, where `better` speaks of less."""
