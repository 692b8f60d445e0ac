"""The ledger of one department as lines that re-add on a calculator (明细): by criterion, by indicator, to the total.

Every amount is the sum of entries as they are written, so that what is printed adds up to what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scoring.points import Rational, decimals_of, exact, fixed, unplain

Json = Mapping[str, Any]

AWARD, BONUS, DEDUCTION = "award", "bonus", "deduction"
GIVEN = ("award", "bonus", "deduction", "gate", "exemption")
"""Kinds of entries that say what a criterion gave; the others change what was given."""
ROUNDING, OVERRIDE = "rounding", "override"


@dataclass(frozen=True, slots=True)
class Reason:
    """What is said of one entry: why it is what it is, by which article, on what evidence."""

    text: str
    better: str = ""
    """What would have given full marks, or the next better points."""
    block: str = AWARD
    article: str = ""
    evidence: tuple[str, ...] = ()


Line = tuple[Json, Reason]
"""An entry with its reason."""


@dataclass(frozen=True)
class Ledger:
    """The entries of a scorecard along the tree of the method, each with its reason, in the order of the ledger."""

    tree: Sequence[Json]
    card: Json
    reasons: Sequence[Reason]
    decimals: int
    root: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", next(each["code"] for each in self.tree if each["level"] == 0))

    @cached_property
    def own(self) -> Mapping[str, list[Line]]:
        """The entries of each node by its code."""
        found: dict[str, list[Line]] = {}
        for entry, reason in zip(self.card["entries"], self.reasons, strict=True):
            found.setdefault(entry["criterion"], []).append((entry, reason))
        return found

    @cached_property
    def _below(self) -> Mapping[str | None, list[Json]]:
        found: dict[str | None, list[Json]] = {}
        for node in self.tree:
            if node["code"] in self.card["nodes"]:
                found.setdefault(node["parent"], []).append(node)
        return found

    def below(self, code: str) -> Sequence[Json]:
        """The nodes right below one, as far as they are there for this department."""
        return self._below.get(code, ())

    def points(self, code: str) -> Rational:
        """What the entries of a node itself come to."""
        return exact(sum(unplain(entry["points"]) for entry, _ in self.own.get(code, ())))

    def total(self, code: str) -> Rational:
        """What a node and all below it come to."""
        return exact(self.points(code) + sum(self.total(each["code"]) for each in self.below(code)))

    def self_scored(self, code: str) -> Rational | None:
        """What the department gave itself there; None where it gave itself nothing, not even a zero."""
        said = self.card["self_scores"].get(code)
        found = [] if said is None else [unplain(said)]
        found += [told for each in self.below(code) if (told := self.self_scored(each["code"])) is not None]
        return exact(sum(found)) if found else None

    def shown(self, value: Rational) -> str:
        """Points with the decimals of the method, or more where there are more: nothing is rounded away."""
        return fixed(value, max(self.decimals, decimals_of(value) or 0))

    def closing(self) -> Iterable[tuple[str, Line | None, Rational]]:
        """What makes up the total, in the order of the ledger: the blocks by kind, and each entry on the total itself.

        A block stands where its last entry does: a conversion of the marks comes after them and before a bonus.
        """
        kinds: dict[str, str] = {}
        for node in self.tree:
            kinds[node["code"]] = node["kind"] if node["level"] <= 1 else kinds.get(node["parent"] or "", "")
        last: dict[str, int] = {}
        found: list[tuple[int, str, Line | None, Rational]] = []
        for place, entry in enumerate(self.card["entries"]):
            if entry["criterion"] == self.root:
                line = entry, self.reasons[place]
                found.append((place, str(entry["kind"]), line, unplain(entry["points"])))
            elif entry["criterion"] in kinds and self._counts(entry["criterion"]):
                last[kinds[entry["criterion"]]] = place
        for kind, place in last.items():
            parts = [each for each in self.below(self.root) if each["kind"] == kind]
            found.append((place, kind, None, exact(sum(self.total(each["code"]) for each in parts))))
        return [each[1:] for each in sorted(found, key=lambda each: each[0])]

    def _counts(self, code: str | None) -> bool:
        """Whether a node is part of the total, not beside it (表外)."""
        above = {each["code"]: each["parent"] for each in self.tree}
        while code is not None and code != self.root:
            code = above.get(code)
        return code is not None
