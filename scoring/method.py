"""A Method (考核办法): one edition's rules as values. Built once, then only read; nothing here computes a point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from scoring.condition import Decision, Value
from scoring.points import Rational, rounded
from scoring.scope import Expression, Records, Scope, Trace

NUMBER, COUNT, CHOICE, DATE, TEXT, LIST = "数", "个数", "选项", "日期", "文字", "清单"
FULL, ZERO, REWEIGHT, REBASE = "满分", "零分", "分摊", "折算"
HOLD = "暂缓"
AWARD, BONUS, DEDUCTION = "award", "bonus", "deduction"


@dataclass(frozen=True, slots=True)
class Provision:
    """The article (条款) a rule stands on."""

    document: str = ""
    article: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact (数据项): declared by the method, given by data or derived by one operator.

    `unit` "%" makes it a rate: 0.95 is written 95%. `at_least` and `at_most` bound valid data.
    `fields` describe the records of a list; `derived` or `selected` is set where nobody enters it.
    `within_reach` 部门可改进 moves no score: it tells which data may be spoken of as what would have been needed.
    """

    name: str
    address: str
    type: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    at_least: Expression | None = None
    at_most: Expression | None = None
    decimals: int | None = None
    better: str = "无"
    source: str = ""
    fiscal_year: int = 0
    same_as: str = ""
    evidence: str = "可选"
    may_be: tuple[str, ...] = ()
    not_applicable_if: tuple[str, ...] = ()
    within_reach: bool = False
    key: str = ""
    fields: Mapping[str, Fact] = field(default_factory=dict)
    derived: Expression | None = None
    selected: Records | None = None
    note: str = ""

    @property
    def given(self) -> bool:
        return self.derived is None and self.selected is None


@dataclass(frozen=True, slots=True)
class Award:
    """What a mechanism gives: points, how they came about, and the nearest better outcome that was missed.

    `unanswered` names checks nobody answered. `absent` is set, and points are 0, where nothing could be awarded.
    """

    points: Rational
    working: Trace
    miss: Trace | None = None
    absent: Value | None = None
    unanswered: tuple[str, ...] = ()


class Mechanism(Protocol):
    """A way of scoring (计分方式); `key` is its key in a rule file."""

    @property
    def key(self) -> str: ...

    def award(self, scope: Scope, marks: Marks) -> Award: ...

    def decisions(self) -> Iterator[Decision]: ...

    def inputs(self) -> Iterator[Expression]: ...


@dataclass(frozen=True, slots=True)
class Marks:
    """The range of a node: `full` is 分值, 加分上限 or 扣分上限; None is 不设满分."""

    kind: str
    full: Rational | None

    @property
    def top(self) -> Rational:
        """The most that can be reached: where a deduction begins."""
        return 0 if self.kind == DEDUCTION or self.full is None else self.full

    @property
    def bottom(self) -> Rational:
        return -self.full if self.kind == DEDUCTION and self.full is not None else 0


@dataclass(frozen=True, slots=True)
class Selector:
    """Rows that choose an award: the decision says which row, the award at that index what it gives."""

    decision: Decision
    awards: tuple[Mechanism, ...]
    provisions: tuple[Provision | None, ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What 不适用 does to a node (满分 零分 分摊 折算), by rows where it depends."""

    treatments: tuple[str, ...]
    decision: Decision | None = None
    arriving: str = ""
    """The treatment of a 不适用 that comes with the data; "" where the method foresees none."""


@dataclass(frozen=True, slots=True)
class Rounding:
    decimals: int
    mode: str


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator, a criterion, or a part of one: a mark range and a way to fill it (指标、评分标准)."""

    code: str
    address: str
    name: str
    marks: Marks
    of: Expression | None = None
    mechanism: Mechanism | None = None
    parts: tuple[Node, ...] = ()
    combine: str = "合计"
    chosen_by: Expression | None = None
    chosen: tuple[tuple[int, int], ...] = ()
    needs: int = 1
    weight: Rational | None = None
    groups: tuple[str, ...] = ()
    not_applicable: Treatment | None = None
    exceptions: Selector | None = None
    evidence: bool = False
    times: Expression | None = None
    convert_to: Rational | None = None
    cap: Rational | None = None
    floor: Rational | None = None
    rounding: Rounding | None = None
    rebase_to: Rational | None = None
    not_monotone_because: str = ""
    provision: Provision | None = None
    origin: str = ""
    standard: str = ""
    data_source: str = ""
    note: str = ""
    related: tuple[tuple[str, str], ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the method."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def worth(self) -> Marks:
        """The marks it ends with: its own, or what they are converted to (折算为)."""
        return self.marks if self.convert_to is None else Marks(self.marks.kind, self.convert_to)

    def within(self, group: str) -> bool:
        return not self.groups or group in self.groups


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that standing reads: the total before or after its rounding, or rounded once more; or a node's rate."""

    of: str
    rounding: Rounding | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on the grade (等次限定), in one of three effects."""

    name: str
    address: str
    decision: Decision
    provision: Provision | None
    grade_at_most: str = ""
    bars: tuple[str, ...] = ()
    total: Rational | None = None


@dataclass(frozen=True, slots=True)
class TieBreak:
    """What tells equals apart; `kind` is the key it was written with: score_of, rate_of or fact."""

    address: str
    name: str
    expression: Expression
    highest_first: bool
    kind: str = "fact"


@dataclass(frozen=True, slots=True)
class Ranking:
    of: Reading
    highest_first: bool
    within_group: bool
    ties: str
    tie_breaks: tuple[TieBreak, ...]


@dataclass(frozen=True, slots=True)
class GradeBand:
    address: str
    grade: str
    at_least: Rational | None
    below: Rational | None
    above: Rational | None = None
    at_most: Rational | None = None
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class GradeException:
    address: str
    grade: str
    decision: Decision
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """The most departments of a grade (名额), as a share of those ranked or as a number.

    `of` says by what the places are filled; None stands for the rank itself, tie-breaks included.
    """

    address: str
    grade: str
    share: Rational | None
    number: int | None
    within_group: bool
    groups: tuple[str, ...]
    count: str
    of: Reading | None
    tie_at_edge: str
    provision: Provision | None = None

    def places(self, base: int) -> int:
        """How many places there are among `base` ranked departments."""
        if self.share is None:
            return self.number or 0
        return int(rounded(self.share * base, 0, self.count))


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a result (奖惩), outside the score: by rank, total or grade, or under a condition."""

    address: str
    name: str
    of: str
    decision: Decision
    texts: tuple[str, ...]
    groups: tuple[str, ...] = ()
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How totals become grades and ranks (名次)."""

    limits: tuple[Limit, ...] = ()
    leaves_out: Decision | None = None
    ranking: Ranking | None = None
    grades_of: Reading | None = None
    grades: tuple[GradeBand, ...] = ()
    grade_decision: Decision | None = None
    grade_exceptions: tuple[GradeException, ...] = ()
    quotas: tuple[Quota, ...] = ()
    consequences: tuple[Consequence, ...] = ()

    @property
    def scale(self) -> tuple[str, ...]:
        """The names of the grades, best first."""
        order = sorted(self.grades, key=_bottom, reverse=True)
        return tuple(dict.fromkeys(band.grade for band in order))


def _bottom(band: GradeBand) -> tuple[int, Rational]:
    for bound in (band.at_least, band.above):
        if bound is not None:
            return (1, bound)
    return (0, 0)


@dataclass(frozen=True, slots=True)
class Warning_:
    """A consistency warning without points (提示)."""

    address: str
    name: str
    level: str
    decision: Decision
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Departments that are ranked together (分组)."""

    code: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """One edition of the assessment method, ready to score."""

    edition: str
    title: str
    number: str
    issuer: str
    year: int
    period_from: int
    period_by: int
    status: str
    supersedes: str
    note: str
    documents: Mapping[str, tuple[str, str]]
    groups: tuple[Group, ...]
    facts: Mapping[str, Fact]
    root: Node
    aside: tuple[Node, ...]
    missing: str
    evidence_reuse: str
    award_rounding: Rounding | None
    total_rounding: Rounding | None
    printed: int
    entry_decimals: int
    published: tuple[str, ...]
    warnings: tuple[Warning_, ...]
    standing: Standing
    strata: tuple[Any, ...] = ()
    """The `across` operators in the order in which they can be computed."""

    def nodes(self) -> Iterator[Node]:
        yield from self.root.walk()
        for node in self.aside:
            yield from node.walk()

    def node(self, code: str) -> Node:
        return next(each for each in self.nodes() if each.code == code)

    def group_number(self, code: str) -> int:
        return next(index for index, group in enumerate(self.groups) if group.code == code)
