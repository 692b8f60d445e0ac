"""The only door to z3-solver: terms over exact numbers, and values that satisfy them (求解器).

Where a rule has more situations than can be looked at one by one, a solver decides over all of them at once. Every
question has a context and a solver of its own and ends after a number of steps, never after a time: the same question
gets the same answer on any machine and in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from scoring.condition import ABOVE, AT_LEAST, AT_MOST, BELOW
from scoring.points import Rational, exact, ratio

Term: TypeAlias = Any
"""A number or a truth in the solver's words; numbers add, multiply and compare by the usual signs."""

STEPS = 3_000_000
"""How much work one question may cost, in the solver's own units (rlimit): a few seconds."""
PATIENCE = 3
"""After so many questions that cost too much about one rule no more are asked."""


def available() -> bool:
    """Whether the solver is installed (extra `proofs`)."""
    try:
        import z3  # noqa: F401
    except ImportError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Model:
    """Values that satisfy what was asked."""

    _library: Any
    _model: Any

    def number(self, term: Term) -> Rational | None:
        """The value of a number; None where no quotient of whole numbers is it."""
        found = self._model.eval(term, model_completion=True)
        if not self._library.is_rational_value(found) and not self._library.is_int_value(found):
            return None
        if self._library.is_int_value(found):
            return int(found.as_long())
        return exact(ratio(found.numerator_as_long(), found.denominator_as_long()))

    def holds(self, term: Term) -> bool:
        """Whether a truth is one."""
        return bool(self._library.is_true(self._model.eval(term, model_completion=True)))


class GaveUp(Exception):
    """The question cost more steps than it may."""


class Solver:
    """Makes terms and answers questions about them. Without z3 there is none: ask `available` first."""

    def __init__(self) -> None:
        import z3

        self._z3 = z3
        self._context = z3.Context()
        self._given_up = 0
        self.true: Term = z3.BoolVal(True, self._context)
        self.false: Term = z3.BoolVal(False, self._context)

    def number(self, value: Rational) -> Term:
        return self._z3.RealVal(f"{value.numerator}/{value.denominator}", self._context)

    def real(self, name: str) -> Term:
        """Any number."""
        return self._z3.Real(name, self._context)

    def whole(self, name: str) -> Term:
        """Any whole number."""
        return self._z3.ToReal(self._z3.Int(name, self._context))

    def truth(self, name: str) -> Term:
        return self._z3.Bool(name, self._context)

    def every(self, terms: Iterable[Term]) -> Term:
        found = list(terms)
        return self._z3.And(*found) if found else self.true

    def some(self, terms: Iterable[Term]) -> Term:
        found = list(terms)
        return self._z3.Or(*found) if found else self.false

    def no(self, term: Term) -> Term:
        return self._z3.Not(term)

    def pick(self, condition: Term, then: Term, otherwise: Term) -> Term:
        return self._z3.If(condition, then, otherwise)

    def floor(self, term: Term) -> Term:
        """The largest whole number not above."""
        return self._z3.ToReal(self._z3.ToInt(term))

    def total(self, terms: Iterable[Term]) -> Term:
        found = list(terms)
        return self._z3.Sum(*found) if found else self.number(0)

    def compare(self, one: Term, relation: str, other: Term) -> Term:
        if relation == AT_LEAST:
            return one >= other
        if relation == ABOVE:
            return one > other
        if relation == AT_MOST:
            return one <= other
        return one < other if relation == BELOW else one == other

    def find(self, claims: Iterable[Term]) -> Model | None:
        """Values with which all claims hold; None where there are none. GaveUp where neither could be found."""
        if self._given_up >= PATIENCE:
            raise GaveUp
        asked = self._z3.Solver(ctx=self._context)
        asked.set("random_seed", 0)
        asked.set("rlimit", STEPS)
        asked.add(*claims)
        said = asked.check()
        if said == self._z3.unknown:
            self._given_up += 1
            raise GaveUp
        return Model(self._z3, asked.model()) if said == self._z3.sat else None
