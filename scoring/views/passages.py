"""Hand-written passages (手写段落): what an officer adds to a circular, kept in a file of its own.

They are text and nothing else: a brace or a pipe in them is printed as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SLOTS = ("conduct", "results", "requirements")
"""The places for paragraphs, in the order of the circular; those of the problems go by the code of the criterion."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages by place, a paragraph an element; an empty one prints nothing."""

    conduct: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    problems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def passages_of(said: Mapping[str, Any]) -> Passages:
    """The passages of a file that has passed its schema."""
    problems = said.get("problems") or {}
    return Passages(
        **{slot: _paragraphs(said.get(slot)) for slot in SLOTS},
        problems={code: told for code, text in problems.items() if (told := _paragraphs(text))},
    )


def _paragraphs(text: Any) -> tuple[str, ...]:
    """A line of the text is a paragraph."""
    return tuple(line for each in str(text or "").splitlines() if (line := each.strip()))
