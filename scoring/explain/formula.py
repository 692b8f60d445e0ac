"""A calculation that says itself: its text and its exact value, so that what is printed is what was computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.explain.figures import exactly, figure, points
from scoring.points import Rational, divide, exact

SUM, PRODUCT, ATOM = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression in + - × ÷, evaluated from left to right with × and ÷ first; `level` tells what needs brackets."""

    text: str
    value: Rational
    level: int = ATOM

    def inside(self, level: int) -> str:
        """The text where at least this level is wanted."""
        return self.text if self.level >= level else f"({self.text})"

    def plus(self, other: Formula) -> Formula:
        right = f"({other.text})" if other.text.startswith("-") else other.text
        return Formula(f"{self.text}+{right}", exact(self.value + other.value), SUM)

    def minus(self, other: Formula) -> Formula:
        return Formula(f"{self.text}-{other.inside(PRODUCT)}", exact(self.value - other.value), SUM)

    def times(self, other: Formula) -> Formula:
        return Formula(f"{self.inside(PRODUCT)}×{other.inside(ATOM)}", exact(self.value * other.value), PRODUCT)

    def over(self, other: Formula) -> Formula:
        return Formula(f"{self.inside(PRODUCT)}÷{other.inside(ATOM)}", divide(self.value, other.value), PRODUCT)


def term(value: Rational, unit: str = "分") -> Formula:
    """A single figure; points unless a unit is given."""
    text = exactly(value, unit)
    return Formula(text, value, SUM if value < 0 else PRODUCT if "/" in text else ATOM)


def total(terms: Iterable[Formula]) -> Formula:
    """The sum of at least one term."""
    first, *rest = terms
    for each in rest:
        first = first.plus(each)
    return first


def worked(formula: Formula, unit: str) -> str:
    """The formula with its value in its unit; where no decimals are exact, with the figure that is printed."""
    found = equation(formula, formula.value, unit)
    return found if "/" not in exactly(formula.value, unit) else f"{found}≈{figure(formula.value, unit)}"


def equation(formula: Formula, written: Rational, unit: str = "分") -> str:
    """The formula with its value: `3÷4×8.00=6.00`, and `=60/7≈8.571429` where only a rounded one can be written."""
    value = exactly(formula.value, unit)
    found = value if formula.level == ATOM or formula.text == value else f"{formula.text}={value}"
    return found if formula.value == written else f"{found}≈{points(written)}"
