"""The rules engine: which row of a decision holds for a department's values.

    Decision ── measures ──► codes ── boxes ──► rules ──► durable-rules     (durable_matcher)
        └────────────── the tests as written, on the rationals              (plain_matcher)

Either way a question has one answer: a row, no row, or unknown. The engine says which rows hold and never computes
points. When an edition is checked, `proof` shows that both ways agree whatever the values, and `limits` that the engine
holds its decisions; `cells` and `situations` give a linter values for each way a decision can come out. `both_matcher`
asks both and lets no disagreement pass.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.condition import Decision
from scoring.engine.both_matcher import BothMatcher
from scoring.engine.durable_matcher import DurableMatcher, engine
from scoring.engine.matcher import Contradiction, EngineAbsent, Matcher, Question
from scoring.engine.plain_matcher import PlainMatcher

DURABLE, PLAIN, BOTH = "durable", "plain", "both"

__all__ = [
    "BOTH",
    "DURABLE",
    "PLAIN",
    "Contradiction",
    "EngineAbsent",
    "Matcher",
    "Question",
    "available",
    "open_matcher",
]


def available() -> bool:
    """Whether durable-rules can be used here."""
    try:
        engine()
    except EngineAbsent:
        return False
    return True


def open_matcher(choice: str | None, decisions: Iterable[Decision]) -> Matcher:
    """The matcher chosen ("durable", "plain", "both"); None is durable where it can be used, else plain.

    EngineAbsent where durable is asked for and cannot be used; DecisionTooLarge where it cannot hold a decision, which
    a checked edition has none of. One that is asked later about another decision learns it then.
    """
    known = tuple(decisions)
    if choice is None:
        choice = DURABLE if available() else PLAIN
    if choice == PLAIN:
        return PlainMatcher(known)
    if choice == DURABLE:
        return DurableMatcher(known)
    if choice == BOTH:
        return BothMatcher(DurableMatcher(known), PlainMatcher(known))
    raise ValueError(f"no matcher is called {choice!r}")
