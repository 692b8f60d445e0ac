"""The Assessment (考核结果) and what it is made of: entries, scorecards, standings. Values only, with their JSON form.

assessment.json holds no file, no line and no wording: a rule is named by its address, a datum by department and
fact. Amounts are strings. The same meaning gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from scoring.canonical import joined, pieces, told
from scoring.points import Rational, fixed, plain, rounded

SEMANTICS = 1
"""Raised by any change after which the same rules and inputs give another byte of assessment.json or places.json:
runs in archives are computed again, and one of another semantics is refused, never called altered."""

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


class Entry(NamedTuple):
    """One line of the ledger (计分明细): signed points with their basis.

    `points` is as written, to at most the method's `entry_decimals`; `exact` is what it stands for.
    `stage` is the step of the flow, `kind` what the entry is; `reads` are the entries it was computed from.
    `told` is the entry in canonical form: its basis stands there alone.
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
    told: str

    def telling(self, told: str) -> Entry:
        """An entry like this one that tells another basis."""
        return Entry(*self[:-1], told)

    @property
    def basis(self) -> Json:
        """Why: the rule, the data, the working."""
        return dict(json.loads(self.told)["basis"])


def entry(
    id_: str,
    kind: str,
    stage: str,
    indicator: str,
    criterion: str,
    points: Rational,
    exact: Rational,
    state: str,
    reads: tuple[str, ...],
    basis: Json,
) -> Entry:
    """An entry of the ledger, told once and for all."""
    unwritten = "null" if exact is points or exact == points else f'"{plain(exact)}"'
    text = _form(id_, kind, stage, indicator, criterion, state, reads) % (told(basis), unwritten, plain(points))
    return Entry(id_, kind, stage, indicator, criterion, points, exact, state, reads, text)


@lru_cache(maxsize=4096)
def _form(id_: str, kind: str, stage: str, indicator: str, criterion: str, state: str, reads: tuple[str, ...]) -> str:
    """How such an entry is told, with room for its basis, its exact points and its points."""
    about = f'"criterion":{told(criterion)},"exact":\0,"id":{told(id_)},"indicator":{told(indicator)},"kind":"{kind}"'
    text = f'{{"basis":\0,{about},"points":"\0","reads":{told(reads)},"stage":"{stage}","state":"{state}"}}'
    return text.replace("%", "%%").replace("\0", "%s")


def written(value: Rational, decimals: int) -> Rational:
    """The value as an entry writes it: exact where that many decimals suffice, else brought half up to them."""
    return rounded(value, decimals)


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

    `total` is the sum of the entries, None while it is held back; `exact` the total before its rounding. What is much
    and seldom asked for is kept in canonical form: `facts_told`, `lists_told`, and the entries.
    """

    department: str
    group: str
    total: Rational | None
    exact: Rational | None
    entries: tuple[Entry, ...]
    facts_told: str
    lists_told: str
    self_scores: dict[str, Rational]
    nodes: Mapping[str, Json]
    """By node code: its points, marks available to this department, and state."""
    evidence: Json = field(default_factory=dict)
    published: Json = field(default_factory=dict)
    warnings: tuple[Json, ...] = ()
    held: tuple[str, ...] = ()
    """Codes of the nodes that hold the total back."""
    grade: str | None = None
    grade_steps: tuple[GradeStep, ...] = ()
    consequences: tuple[Json, ...] = ()

    @property
    def facts(self) -> Json:
        """By name, the value of each fact with all its layers, or with its working."""
        return dict(json.loads(self.facts_told))

    @property
    def lists(self) -> Json:
        """By name, the records of each list."""
        return dict(json.loads(self.lists_told))

    def told(self, printed: int) -> str:
        """The scorecard in canonical form."""
        return joined(
            {
                "department": told(self.department),
                "group": told(self.group),
                "total": told(None if self.total is None else plain(self.total)),
                "printed": told(None if self.total is None else fixed(self.total, printed)),
                "exact": told(None if self.exact is None else plain(self.exact)),
                "grade": told(self.grade),
                "grade_steps": told([step.data() for step in self.grade_steps]),
                "self_scores": told({code: plain(points) for code, points in self.self_scores.items()}),
                "entries": "[" + ",".join([entry.told for entry in self.entries]) + "]",
                "facts": self.facts_told,
                "lists": self.lists_told,
                "evidence": told(self.evidence),
                "nodes": told(self.nodes),
                "published": told(self.published),
                "warnings": told(self.warnings),
                "consequences": told(self.consequences),
                "held": told(self.held),
            }
        )

    def data(self, printed: int) -> Json:
        return dict(json.loads(self.told(printed)))


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
        return self._beside() | {"scorecards": [card.data(self.printed) for card in self.scorecards]}

    def told(self) -> Iterator[bytes]:
        """assessment.json piece by piece: its scorecards are never all written out at a time."""
        return pieces(self._beside() | {"scorecards": (card.told(self.printed) for card in self.scorecards)})

    def _beside(self) -> Json:
        """All but the scorecards."""
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
            "corrects": self.corrects,
        }
