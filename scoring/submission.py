"""What is handed in for a year: the roster, and for each department its data with all their layers (报送材料)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.condition import Value
from scoring.points import Rational

SELF_REPORT, BUREAU, SPOT_CHECK, REVIEW, APPEAL = "自报", "财政掌握", "抽查", "复核", "申诉改判"
LAYERS = (SELF_REPORT, BUREAU, SPOT_CHECK, REVIEW, APPEAL)
"""Sources of a datum (数据来源), low to high: the highest that says anything counts, and all are kept."""

EXEMPT, ADJUST, ADJUST_TOTAL = "免予考核", "调整得分", "调整总分"
NOT_SUBMITTED, NOT_ASSESSED, REGRADE = "未报送", "不参加考核", "调整等次"


@dataclass(frozen=True, slots=True)
class Department:
    """An assessed department (被考核部门), as the roster has it. `named` is False where it must not be published."""

    code: str
    name: str
    short: str
    group: str
    order: int
    desk: str = ""
    since: str = ""
    until: str = ""
    successor: str = ""
    assessed: bool = True
    reason: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence (佐证材料). `sha256` is set where a file was named and read."""

    id: str
    title: str
    number: str = ""
    date: str = ""
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one layer says of a datum: its value, the text as written, the proof, and who said it when and why."""

    layer: str
    value: Value
    text: str
    evidence: tuple[str, ...] = ()
    by: str = ""
    on: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Datum:
    """The value of a fact for one department, with every layer that spoke, low to high; the last counts."""

    layers: tuple[Said, ...]

    @property
    def value(self) -> Value:
        return self.layers[-1].value

    @property
    def evidence(self) -> tuple[str, ...]:
        """Evidence of any layer proves the datum."""
        return tuple(dict.fromkeys(each for said in self.layers for each in said.evidence))


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a list (清单): its data by field, its text fields, and the evidence for the record itself."""

    key: str
    data: Mapping[str, Datum]
    texts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word that changes a score: an exemption, an override, or a decision of the leaders (审定事项).

    `kind` is one of the decision kinds; `layer` tells whether it came with a review, an appeal or the leaders.
    """

    kind: str
    code: str
    layer: str
    points: Rational | None = None
    treatment: str = ""
    grade: str = ""
    by: str = ""
    on: str = ""
    basis: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """All that is known of one department for the year.

    `submitted` is False where the department handed in nothing itself. `broken` tells that a form of it could not
    be read whole: it is scored on what could be read, and the run says so.
    """

    department: Department
    facts: Mapping[str, Datum] = field(default_factory=dict)
    lists: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    self_scores: Mapping[str, Rational] = field(default_factory=dict)
    reviewed: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    submitted: bool = True
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything handed in for a year: departments in order of code, and the files it was read from."""

    edition: str
    district: str
    note: str
    submissions: tuple[Submission, ...]
    office: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
