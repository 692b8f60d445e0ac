"""What every matcher offers, what it may refuse, and how its answers are said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from scoring.condition import NO_ROW, UNKNOWN_MISSING, UNKNOWN_NOT_APPLICABLE, Absent, Decision, Value
from scoring.points import plain

HOLDS, FAILS = 1, 0
"""What one test says, beside UNKNOWN_MISSING and UNKNOWN_NOT_APPLICABLE, which are negative."""

Question = tuple[Decision, tuple[Value, ...]]

_NO_ROWS = {NO_ROW: "no row", UNKNOWN_MISSING: "unknown (未报)", UNKNOWN_NOT_APPLICABLE: "unknown (不适用)"}


class Matcher(Protocol):
    """Answers questions: which row of a decision holds for these values. The same values, the same answer, always."""

    name: str

    def match(self, decision: Decision, values: tuple[Value, ...]) -> int:
        """The index of the row that holds, or NO_ROW, UNKNOWN_MISSING, UNKNOWN_NOT_APPLICABLE.

        `values` are those of `decision.reads`, in their order.
        """

    def match_each(self, decision: Decision, values: Sequence[Value]) -> list[int]:
        """The answers to a decision with a single read, for one value after another."""
        return [self.match(decision, (value,)) for value in values]

    def match_many(self, questions: Sequence[Question]) -> list[int]:
        """The answers to many questions, in their order; an engine may find it cheaper to hear them together."""
        return [self.match(decision, values) for decision, values in questions]


class Contradiction(Exception):
    """The program contradicts itself (exit code 3): no score may be made of this, and no data are to blame.

    `address`, `values` and `outcomes` (matcher, what it said) are set where a decision's answer is what is wrong.
    """

    def __init__(
        self,
        what: str,
        *,
        address: str = "",
        values: tuple[str, ...] = (),
        outcomes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(what, address, values, outcomes)
        self.what, self.address, self.values, self.outcomes = what, address, values, outcomes

    def __str__(self) -> str:
        asked = f"{self.address} ({', '.join(self.values)}): " if self.address else ""
        said = "".join(f"; {name}: {outcome}" for name, outcome in self.outcomes)
        return f"{asked}{self.what}{said}"

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes hand their exceptions over by pickling, which would drop what is given by keyword.
        return _contradiction, (self.what, self.address, self.values, self.outcomes)


def _contradiction(
    what: str, address: str, values: tuple[str, ...], outcomes: tuple[tuple[str, str], ...]
) -> Contradiction:
    return Contradiction(what, address=address, values=values, outcomes=outcomes)


class EngineAbsent(Exception):
    """durable-rules cannot be used here; `reason` says why. The plain matcher does all it does."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def value_text(value: Value) -> str:
    """A value printed exactly: "90.5", "8/3", "未报"."""
    return value.value if isinstance(value, Absent) else plain(value)


def value_texts(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(value_text(value) for value in values)


def outcome_text(outcome: int) -> str:
    """An answer in words; rows are counted from 0, as addresses count them."""
    return _NO_ROWS.get(outcome, f"row {outcome}")
