"""The account (说明) of one department: every entry and step in words, with what proves them; and its JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.explain.data import Step, Used
from scoring.explain.figures import size
from scoring.explain.formula import Formula
from scoring.explain.rulebook import Article, Place
from scoring.points import Rational, plain

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a sentence stands on: the article, and the address and lines of the rule as it stood (依据)."""

    address: str
    places: tuple[Place, ...]
    article: Article

    def data(self) -> Json:
        return {
            "rule": self.address,
            "places": [{"file": each.file, "line": each.line or None, "text": each.text} for each in self.places],
            "provision": {
                "document": self.article.document,
                "number": self.article.number,
                "article": self.article.article,
                "quote": self.article.quote,
            }
            if self.article
            else None,
        }


@dataclass(frozen=True, slots=True)
class EntryAccount:
    """Why one entry of the ledger is what it is."""

    id: str
    kind: str
    stage: str
    state: str
    indicator: str
    criterion: str
    block: str
    """Whether its own rule wins marks, a bonus, or is a deduction."""
    heading: str
    self_score: str
    points: Rational
    exact: Rational
    fact: str
    standard: str
    score: str
    better: str
    best: str
    calculation: str
    preludes: tuple[str, ...]
    notes: tuple[str, ...]
    tried: tuple[str, ...]
    not_held: tuple[str, ...]
    basis: Basis
    data_used: tuple[Used, ...]
    steps: tuple[Step, ...]
    miss: str = ""
    """Of an entry that lost points, how far it was from losing fewer."""

    @property
    def sentence(self) -> str:
        """事实 → 标准 → 计算 → 得分, and what would have given full marks."""
        ruled = "，".join(each for each in (self.standard, self.score) if each)
        return "".join(each if each.endswith("。") else f"{each}。" for each in (self.fact, ruled, self.better) if each)

    @property
    def reason(self) -> str:
        """The same for a score sheet, which has no line of its own for the calculation: that stands in brackets."""
        formula = self.calculation.partition("=")[0]
        ruled = f"{self.standard}（{formula}）" if "=" in self.calculation and self.standard else self.standard
        parts = (self.fact, "，".join(each for each in (ruled, self.score) if each), self.better)
        return "".join(each if each.endswith("。") else f"{each}。" for each in parts if each)

    def data(self) -> Json:
        return {
            "id": self.id,
            "kind": self.kind,
            "stage": self.stage,
            "state": self.state,
            "indicator": self.indicator,
            "criterion": self.criterion,
            "name": self.heading,
            "self_score": self.self_score or None,
            "points": plain(self.points),
            "exact": plain(self.exact),
            "sentence": self.sentence,
            "fact": self.fact,
            "standard": self.standard,
            "score": self.score,
            "better": self.better,
            "miss": self.miss,
            "calculation": self.calculation,
            "preludes": list(self.preludes),
            "notes": list(self.notes),
            "tried": list(self.tried),
            "not_held": list(self.not_held),
            "basis": self.basis.data(),
            "data": [used_data(each) for each in self.data_used],
            "steps": [{"name": each.name, "text": each.text, "calculation": each.equation} for each in self.steps],
        }


@dataclass(frozen=True, slots=True)
class StepAccount:
    """Why a grade or a rank is what it is: one step on the way, with its ground. It moves no points."""

    step: str
    outcome: str
    sentence: str
    calculation: str
    basis: Basis

    def data(self) -> Json:
        return {
            "step": self.step,
            "outcome": self.outcome,
            "sentence": self.sentence,
            "calculation": self.calculation,
            "basis": self.basis.data(),
        }


@dataclass(frozen=True, slots=True)
class Section:
    """The entries under one heading, in the order of the ledger, and what they add up to."""

    heading: str
    accounts: tuple[EntryAccount, ...]
    total: Formula


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is said of one department; `indicator` names the one that was asked for, if only one was."""

    edition: str
    method: Json
    department: Json
    indicator: str
    headline: str
    sections: tuple[Section, ...]
    total: Formula
    total_line: str
    printed: str | None
    grade: str | None
    grade_steps: tuple[StepAccount, ...]
    rank_steps: tuple[StepAccount, ...]
    warnings: tuple[StepAccount, ...]
    consequences: tuple[StepAccount, ...]

    def data(self) -> Json:
        """The same content for programs; exact numbers are strings."""
        return {
            "format": 1,
            "edition": self.edition,
            "method": self.method,
            "department": self.department,
            "indicator": self.indicator or None,
            "total": self.printed,
            "grade": self.grade,
            "sum": {"calculation": self.total.text, "value": plain(self.total.value)},
            "sections": [
                {
                    "heading": section.heading,
                    "entries": [each.id for each in section.accounts],
                    "points": plain(section.total.value),
                }
                for section in self.sections
            ],
            "entries": [each.data() for section in self.sections for each in section.accounts],
            "grade_steps": [each.data() for each in self.grade_steps],
            "rank_steps": [each.data() for each in self.rank_steps],
            "warnings": [each.data() for each in self.warnings],
            "consequences": [each.data() for each in self.consequences],
        }


def used_data(used: Used) -> Json:
    return {
        "name": used.name,
        "value": used.value,
        "exact": used.exact or None,
        "layers": [
            {
                "layer": each.layer or None,
                "value": each.value or None,
                "exact": each.exact or None,
                "by": each.by,
                "on": each.on,
                "why": each.why,
                "evidence": list(each.evidence),
            }
            for each in used.layers
        ],
    }


def lost(marks: Rational | None, points: Rational) -> Rational | None:
    """What was lost of the marks; None where there are none to lose, or more was won."""
    if marks is None or points > marks:
        return None
    return size(marks - points)
