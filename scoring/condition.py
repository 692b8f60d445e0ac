"""Conditions (条件) and the decisions (判定规则) made of them: which row holds, in a logic that knows 未报 and 不适用.

A Decision is everything that selects: the rows of a band table, an ordered list of cases, exceptions, one check, a
`where`. It reads a few values and has exactly one outcome. A comparison with an absent value is unknown, never
false; what is unknown because something was not submitted (MISSING) outranks what is unknown because it does
not apply (NOT_APPLICABLE).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from scoring.points import Rational


class Absent(Enum):
    """Why there is no value: 未报 (nobody said) or 不适用 (it does not concern this department)."""

    MISSING = "未报"
    NOT_APPLICABLE = "不适用"

    def __repr__(self) -> str:
        return self.name


MISSING, NOT_APPLICABLE = Absent.MISSING, Absent.NOT_APPLICABLE

Value: TypeAlias = Rational | Absent
"""A measured value. A state (选项) is its index in `choices`; a date is its day number, with a fraction where
the hour counts; a yes/no probe is 1 or 0."""

AT_LEAST, ABOVE, AT_MOST, BELOW, EQUAL = ">=", ">", "<=", "<", "="


@dataclass(frozen=True, slots=True)
class Compare:
    """`reads[left] relation bound`, or `reads[left] relation reads[right]` where `right` is given."""

    left: int
    relation: str
    bound: Rational = 0
    right: int | None = None


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """`reads[left]` is one of these states (indexes into `choices`, or group numbers)."""

    left: int
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IsNotApplicable:
    """`reads[left]` is 不适用: true or false once something was said, unknown while it is MISSING."""

    left: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; a false part settles it, whatever is unknown beside it. An empty All holds."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Any_:
    """At least one part holds; a true part settles it, whatever is unknown beside it."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class None_:
    """No part holds: the negation of Any_."""

    parts: tuple[Test, ...]


Test: TypeAlias = Compare | IsOneOf | IsNotApplicable | All | Any_ | None_

NO_ROW, UNKNOWN_MISSING, UNKNOWN_NOT_APPLICABLE = -1, -2, -3
"""Outcomes of a decision that are no row."""


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Rows of conditions over a few values, with exactly one outcome.

    `rows` are tried in order: the first that holds is the outcome, its index; an unknown row before it makes the
    outcome unknown. Where `ordered` is False the rows exclude one another (the linter proves it), so a row that
    holds is the outcome even when another is unknown. When every row is false the outcome is NO_ROW. When no row
    settles it, the outcome is UNKNOWN_MISSING if any undecided row is unknown for want of a submission, else
    UNKNOWN_NOT_APPLICABLE; in an ordered decision the first undecided row alone tells.

    `address` names the decision in the edition ("2.1/bands", "facts/覆盖率/share/where") and is unique in a method.
    `reads` are the expressions whose values the tests speak of, by index; `kinds` says of each what its values are:
    "number", "count" (whole, >= 0), "date", or "states:N" (whole numbers 0 to N-1).
    """

    address: str
    reads: tuple[Any, ...]
    kinds: tuple[str, ...]
    rows: tuple[Test, ...]
    ordered: bool = True
