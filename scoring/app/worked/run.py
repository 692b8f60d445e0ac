"""Runs worked examples: the same stages as a real year, from measuring to ranking, for a handful of departments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scoring.assessment import GroupStandings, Scorecard
from scoring.condition import Decision, Value
from scoring.engine import open_matcher
from scoring.engine.matcher import Matcher
from scoring.measure import Measure
from scoring.points import Rational
from scoring.rank import contend, stand
from scoring.reading.edition import Edition
from scoring.reading.examples import Example
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler

Asked = Callable[[Decision, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one department: its card, its place, and the limits whose condition holds."""

    card: Scorecard
    rank: Rational | None
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What an example came to: its departments by code, and the standing of each group."""

    outcomes: dict[str, Outcome]
    groups: tuple[GroupStandings, ...]


@dataclass(slots=True)
class Runner:
    """Runs one example after another by one edition; `asked` hears every question and its answer.

    The plain matcher decides: it needs no preparation, and editions change here from one run to the next.
    """

    edition: Edition
    asked: Asked | None = None
    settler: Settler = field(init=False)
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        self.settler = Settler(self.edition.method)
        self.matcher = open_matcher("plain", ())

    def horizon(self) -> Horizon:
        """What the departments of one example share, and nobody else."""
        return Horizon(self.matcher.match if self.asked is None else self._heard, self.edition.calendar)

    def run(self, example: Example) -> Came:
        """Score and rank the departments of an example."""
        method, horizon = self.edition.method, self.horizon()
        sheets = [self.settler.open(case.submission, horizon) for case in example.cases]
        Measure(method).settle_strata([sheet.scope for sheet in sheets], horizon)
        contenders = [contend(method, sheet, sheet.scorecard()) for sheet in sheets]
        groups, cards = stand(method, contenders, [], horizon.match)
        ranks = {each.department: each.rank for group in groups for each in group.standings}
        limits = {
            each.department.code: tuple(limit.name for limit in method.standing.limits if limit.address in each.holding)
            for each in contenders
        }
        return Came(
            {card.department: Outcome(card, ranks.get(card.department), limits[card.department]) for card in cards},
            groups,
        )

    def _heard(self, decision: Decision, values: tuple[Value, ...]) -> int:
        answer = self.matcher.match(decision, values)
        if self.asked is not None:
            self.asked(decision, answer)
        return answer
