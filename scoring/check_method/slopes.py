"""Which way points move from one situation to another, where there are too many to compare each with each (方向的证明).

Two departments are put beside each other: alike in all but one fact, in which one of them is better. Can it come off
worse? What lies inside one situation is not asked here: `inside` tells that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable

from scoring.check_method.data import Data, Name
from scoring.check_method.directions import DOWN, UP, Directions
from scoring.check_method.reach import Reach
from scoring.check_method.situations import ARRIVED, Asked, Stage, joined
from scoring.check_method.solver import GaveUp, Solver, Term
from scoring.check_method.span import Span
from scoring.check_method.trial import Case, Trial, case_of, rounder
from scoring.check_method.ways import settled
from scoring.check_method.words import said, title
from scoring.condition import AT_LEAST, AT_MOST, Absent, Decision, Value
from scoring.method import Award, Fact, Marks
from scoring.points import Rational
from scoring.scope import Expression, Kind, Scope

Key = tuple[str, int]
"""A way to be settled: its stage and row (-1 for none)."""


class Worth(NamedTuple):
    """What a way of being settled gives: points within a span, by an award or a treatment."""

    points: Span
    award: object


class Fall(NamedTuple):
    """Where points fall although a fact gets better: what is shown of it, and the points before and after."""

    read: str
    before: str
    after: str
    points_before: Rational
    points_after: Rational


@runtime_checkable
class Awards(Protocol):
    """What gives points."""

    def award(self, scope: Scope, marks: Marks) -> Award: ...


class Untold(Exception):
    """It could neither be proven nor shown."""


@dataclass(slots=True)
class Slopes:
    """The directions of one rule.

    `moves` tells how an expression moves with a fact, `held` keeps points to cap and floor and rounds them; `upward` is
    whether more points are better.
    """

    reach: Reach
    stages: Sequence[Stage]
    worths: dict[Key, Worth]
    marks: Marks
    moves: Callable[[Expression], Directions]
    held: Callable[[Rational], Rational]
    upward: bool
    solver: Solver = field(init=False)
    decision: Decision = field(init=False)
    _moved: list[Stage] = field(init=False)
    _worse: _Side = field(init=False)
    _better: _Side = field(init=False)

    def __post_init__(self) -> None:
        self.solver = Solver()
        self.decision, self._moved = joined(self.stages)
        self._worse, self._better = self._side("甲"), self._side("乙")

    def names(self) -> list[str]:
        """The facts with which the reads of the rule move."""
        return sorted(set[str]().union(*(self.moves(read) for read in self.decision.reads)))

    def fall(self, name: str) -> Fall | None:
        """Where points fall with a better fact; None where they never do. Untold where neither could be found out."""
        worse, better = self._worse, self._better
        lost = worse.points > better.points if self.upward else worse.points < better.points
        apart = self.solver.no(worse.award == better.award)
        try:
            model = self.solver.find((*worse.claims, *better.claims, *self._alike(name), apart, lost))
        except GaveUp:
            raise Untold from None
        if model is None:
            return None
        pair = case_of(worse.data, model), case_of(better.data, model)
        if pair[0] is None or pair[1] is None or worse.data.related():
            raise Untold
        return self._shown(name, (pair[0], pair[1]))

    def _side(self, mark: str) -> _Side:
        data = Data(self.solver, self.reach, mark)
        reads = [data.amount(read) for read in self.decision.reads]
        awards: list[object] = []
        points = award = self.solver.number(-1)
        claims = []
        for outcome in settled(self._moved, data, reads):
            worth = self.worths.get((outcome.stage, outcome.rows[0] if outcome.rows else -1))
            if worth is None or not worth.points.present:
                claims.append(self.solver.no(outcome.claim))
                continue
            if worth.award not in awards:
                awards.append(worth.award)
            given, own = self._worth(worth, f"得分{len(awards)}{outcome.stage}{outcome.rows}{mark}")
            claims += own
            points = self.solver.pick(outcome.claim, given, points)
            award = self.solver.pick(outcome.claim, self.solver.number(awards.index(worth.award)), award)
        return _Side(data, points, award, [*data.claims, *claims])

    def _worth(self, worth: Worth, name: str) -> tuple[Term, list[Term]]:
        """The points of a way: exactly where they are a number, else any within their span."""
        single = worth.points.single
        if single is not None:
            return self.solver.number(single), []
        points = self.solver.real(name)
        low, high = worth.points.low, worth.points.high
        ends = [(AT_LEAST, low), (AT_MOST, high)]
        claims = [self.solver.compare(points, sign, self.solver.number(end)) for sign, end in ends if end is not None]
        return points, claims

    def _alike(self, name: str) -> Iterator[Term]:
        """What two departments have in common that differ in one fact, one of them being better in it."""
        solver, worse, better = self.solver, self._worse.data, self._better.data
        for key, one in worse.given.items():
            other = better.given[key]
            fact, _ = self.reach.fact(*key)
            yield one.absent == other.absent
            if _called(key) == name and fact is not None:
                yield solver.no(one.absent)
                yield other.above > one.above if UP_BETTER[fact.better] else other.above < one.above
            else:
                yield one.above == other.above
        for read, one in worse.free.items():
            other, signs = better.free[read], self.moves(read[0]).get(name, 0)
            if not signs:
                yield one.absent == other.absent
                yield one.above == other.above
            elif signs in (UP, DOWN):
                yield other.above >= one.above if signs == UP else other.above <= one.above

    def _shown(self, name: str, pair: tuple[Case, Case]) -> Fall:
        if not self._falls(name, pair):
            raise Untold
        pair = self._tidied(name, pair)
        before, after = (self._reads(case) for case in pair)
        points = [self._points(case) for case in pair]
        assert points[0] is not None
        assert points[1] is not None
        apart = [place for place, value in enumerate(before) if value != after[place]]
        if len(apart) == 1:
            read = self.decision.reads[apart[0]]
            shown = (title(read), said(read.kind, before[apart[0]]), said(read.kind, after[apart[0]]))
        else:
            fact, _ = self.reach.fact(name, "")
            if fact is None or (name, "") not in pair[0].given:
                raise Untold
            kind = kind_of(fact)
            shown = (name, said(kind, pair[0].given[(name, "")]), said(kind, pair[1].given[(name, "")]))
        return Fall(*shown, points[0], points[1])

    def _tidied(self, name: str, pair: tuple[Case, Case]) -> tuple[Case, Case]:
        """The same with rounder values."""
        for key in pair[0].given:
            fact, _ = self.reach.fact(*key)
            rate = fact is not None and fact.unit == "%"
            sides: tuple[tuple[int, ...], ...] = ((0,), (1,)) if _called(key) == name else ((0, 1),)
            for places in sides:
                for value in rounder(pair[places[0]].given[key], rate):
                    found = [
                        Case({**case.given, key: value}, case.free) if at in places else case
                        for at, case in enumerate(pair)
                    ]
                    if self._falls(name, (found[0], found[1])):
                        pair = (found[0], found[1])
                        break
        return pair

    def _falls(self, name: str, pair: tuple[Case, Case]) -> bool:
        """Whether the rule itself gives the better department less."""
        trials = Trial(self._worse.data), Trial(self._better.data)
        if not all(trial.allowed(case) for trial, case in zip(trials, pair, strict=True)):
            return False
        for key, value in pair[0].given.items():
            other = pair[1].given[key]
            if _called(key) == name:
                fact, _ = self.reach.fact(*key)
                assert fact is not None
                if isinstance(value, Absent) or isinstance(other, Absent):
                    return False
                if not (other > value if UP_BETTER[fact.better] else other < value):
                    return False
            elif value != other:
                return False
        before, after = (self._points(case) for case in pair)
        if before is None or after is None:
            return False
        return before > after if self.upward else before < after

    def _reads(self, case: Case) -> list[Value]:
        return Trial(self._worse.data).values(case, self.decision.reads)

    def _points(self, case: Case) -> Rational | None:
        """What the rule itself gives; None where that is more than a number."""
        stage, rows = Asked(self._moved)(self._reads(case))
        worth = self.worths.get((stage, rows[0] if rows else -1))
        if worth is None or stage == ARRIVED or isinstance(worth.award, str):
            return None if worth is None else worth.points.single
        scope: Scope = Trial(self._worse.data).scope(case)
        assert isinstance(worth.award, Awards)
        award = worth.award.award(scope, self.marks)
        return None if award.absent is not None else self.held(award.points)


@dataclass(slots=True)
class _Side:
    """One of the two departments: its data, what it gets, and by which award."""

    data: Data
    points: Term
    award: Term
    claims: list[Term]


UP_BETTER = {"多": True, "晚": True, "少": False, "早": False, "列前": False, "无": True}
"""Whether a greater value is the better one."""


def _called(key: Name) -> str:
    name, home = key
    return f"{home}.{name}" if home else name


def kind_of(fact: Fact) -> Kind:
    """What the values of a fact mean."""
    return Kind(fact.type, fact.unit, fact.choices)
