"""The Assessment (考核结果) and what it is made of: entries, scorecards, standings. Values only, with their JSON form.

assessment.json holds no file, no line and no wording: a rule is named by its address, a datum by department and
fact. Amounts are strings. The same meaning gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from scoring.canonical import Shared
from scoring.points import Rational, decimals_of, fixed, plain, rounded

SEMANTICS = 1
"""Raised by any change that moves a score, a grade, a rank or the meaning of a field below."""

AWARDS, GATES, EXEMPTIONS, OVERRIDES, COEFFICIENTS = "award", "gate", "exemption", "override", "coefficient"
CRITERION_CAPS, INDICATOR_CAPS, REWEIGHTING, REBASING = "criterion_cap", "indicator_cap", "reweight", "rebase"
SCALING, BONUSES, BONUS_CAPS, DEDUCTIONS = "scale", "bonus", "bonus_cap", "deduction"
DEDUCTION_CAPS, TOTAL_CAPS, VETO, ROUNDINGS = "deduction_cap", "total_cap", "veto", "rounding"
STAGES = (
    AWARDS,
    GATES,
    EXEMPTIONS,
    OVERRIDES,
    COEFFICIENTS,
    CRITERION_CAPS,
    INDICATOR_CAPS,
    REWEIGHTING,
    REBASING,
    SCALING,
    BONUSES,
    BONUS_CAPS,
    DEDUCTIONS,
    DEDUCTION_CAPS,
    TOTAL_CAPS,
    VETO,
    ROUNDINGS,
)
"""The stages of a score, in the order of the ledger."""

SCORED, NOT_APPLICABLE, MISSING, NOT_EVALUABLE, OVERRIDDEN = (
    "scored",
    "not_applicable",
    "missing",
    "not_evaluable",
    "overridden",
)
"""The states of an item: none is ever skipped in silence."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger (计分明细): signed points with their basis.

    `points` is as written, to at most the method's `entry_decimals`; `exact` is what it stands for.
    `stage` is the step of the flow, `kind` what the entry is; `reads` are the entries it was computed from.
    """

    id: str
    kind: str
    stage: str
    indicator: str
    criterion: str
    points: Rational
    exact: Rational
    state: str
    reads: tuple[str, ...]
    basis: Json
    told: Shared | None = None
    """Its data, made once where many scorecards share it."""

    def shared(self) -> Entry:
        """The same entry, for many scorecards to share."""
        return replace(self, told=Shared(self.data()))

    def data(self) -> Json:
        if self.told is not None:
            return self.told
        return {
            "id": self.id,
            "kind": self.kind,
            "stage": self.stage,
            "indicator": self.indicator,
            "criterion": self.criterion,
            "points": plain(self.points),
            "exact": None if self.exact == self.points else plain(self.exact),
            "state": self.state,
            "reads": list(self.reads),
            "basis": self.basis,
        }


def written(value: Rational, decimals: int) -> Rational:
    """The value as an entry writes it: exact where that many decimals suffice, else brought half up to them."""
    places = decimals_of(value)
    return value if places is not None and places <= decimals else rounded(value, decimals)


@dataclass(frozen=True, slots=True)
class GradeStep:
    """One step on the way to a grade: by score, by exception, by limit, by quota, by the leaders."""

    step: str
    grade: str
    basis: Json

    def data(self) -> Json:
        return {"step": self.step, "grade": self.grade, "basis": self.basis}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A department's score (得分单): the ledger, and everything it was computed from.

    `total` is the sum of the entries, None while it is held back; `exact` the total before its rounding.
    """

    department: str
    group: str
    total: Rational | None
    exact: Rational | None
    entries: tuple[Entry, ...]
    facts: Json
    lists: Json
    self_scores: dict[str, Rational]
    nodes: Json
    """By node code: its points, marks available to this department, and state."""
    evidence: Json = field(default_factory=dict)
    published: Json = field(default_factory=dict)
    warnings: tuple[Json, ...] = ()
    held: tuple[str, ...] = ()
    """Codes of the nodes that hold the total back."""
    grade: str | None = None
    grade_steps: tuple[GradeStep, ...] = ()
    consequences: tuple[Json, ...] = ()

    def data(self, printed: int) -> Json:
        return {
            "department": self.department,
            "group": self.group,
            "total": None if self.total is None else plain(self.total),
            "printed": None if self.total is None else fixed(self.total, printed),
            "exact": None if self.exact is None else plain(self.exact),
            "grade": self.grade,
            "grade_steps": [step.data() for step in self.grade_steps],
            "self_scores": {code: plain(points) for code, points in self.self_scores.items()},
            "entries": [entry.data() for entry in self.entries],
            "facts": self.facts,
            "lists": self.lists,
            "evidence": self.evidence,
            "nodes": self.nodes,
            "published": self.published,
            "warnings": list(self.warnings),
            "consequences": list(self.consequences),
            "held": list(self.held),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """A department's place (名次) in its ranking."""

    department: str
    rank: Rational
    total: Rational
    grade: str | None
    rank_steps: tuple[Json, ...]
    previous: Json | None = None

    def data(self) -> Json:
        return {
            "rank": int(self.rank) if self.rank.denominator == 1 else plain(self.rank),
            "department": self.department,
            "total": plain(self.total),
            "grade": self.grade,
            "previous": self.previous,
            "rank_steps": list(self.rank_steps),
        }


@dataclass(frozen=True, slots=True)
class GroupStandings:
    """The ranked departments of a group, those outside the ranking with the reason, and the quotas."""

    code: str
    name: str
    standings: tuple[Standing, ...]
    unranked: tuple[Json, ...]
    quota: tuple[Json, ...]

    def data(self) -> Json:
        return {
            "code": self.code,
            "name": self.name,
            "standings": [standing.data() for standing in self.standings],
            "unranked": list(self.unranked),
            "quota": list(self.quota),
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of one run, whole."""

    edition: str
    method: Json
    facts: Json
    departments: tuple[Json, ...]
    district: Json
    findings: tuple[Json, ...]
    groups: tuple[GroupStandings, ...]
    scorecards: tuple[Scorecard, ...]
    printed: int
    complete: bool
    provisional: tuple[Json, ...] = ()
    corrects: Json | None = None

    def data(self) -> Json:
        """The content of assessment.json."""
        return {
            "format": 1,
            "semantics": SEMANTICS,
            "edition": self.edition,
            "status": {"complete": self.complete, "provisional": list(self.provisional)},
            "method": self.method,
            "facts": self.facts,
            "district": self.district,
            "departments": list(self.departments),
            "findings": list(self.findings),
            "groups": [group.data() for group in self.groups],
            "scorecards": [card.data(self.printed) for card in self.scorecards],
            "corrects": self.corrects,
        }
