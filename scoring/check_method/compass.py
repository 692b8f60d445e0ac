"""How everything in one group moves when a datum gets better; and where points fall at an edge (变化方向)."""

from __future__ import annotations

from dataclasses import dataclass, field

from scoring.check_method.awards import award_of, awarded, selected, stages
from scoring.check_method.directions import (
    DOWN,
    MOVES,
    UNSURE,
    UP,
    Directions,
    Signs,
    given,
    join,
    opposite,
    order_of,
    sign_of,
    turned,
)
from scoring.check_method.ground import nodes_of
from scoring.check_method.inside import inside
from scoring.check_method.reach import Reach
from scoring.check_method.scores import Scores, address_of, bounded_by
from scoring.check_method.situations import DIRECTION, REST, SKIPPED, TooMany, Way
from scoring.check_method.slopes import Key, Slopes, Untold, Worth
from scoring.check_method.solver import available
from scoring.check_method.span import NEVER, Span, end_of, point, union
from scoring.check_method.ways import ways
from scoring.check_method.words import number, said, title
from scoring.condition import Absent
from scoring.method import DEDUCTION, FULL, ZERO, Marks, Node
from scoring.operators.arithmetic import Ratio
from scoring.points import Rational, rounded
from scoring.reading.facts import Scored
from scoring.scope import Expression

MOST = 300
"""Situations of one rule that are compared with each other."""
LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Turn:
    """One situation of a rule: the points it gives, and the award (or treatment) that gives them."""

    way: Way
    points: Span
    award: object


@dataclass(frozen=True, slots=True)
class Jump:
    """Where points fall although a datum gets better: the value that crosses an edge, and what it is worth."""

    read: str
    before: str
    after: str
    points_before: str
    points_after: str


@dataclass(slots=True)
class Compass:
    """The directions of one group. `jumps` are kept by address and fact."""

    scores: Scores
    reach: Reach = field(init=False)
    wrong: Signs = field(init=False)
    """Which way points must not move with a better datum: where the lowest rank first, up."""
    jumps: dict[tuple[str, str], Jump] = field(default_factory=dict)
    _known: dict[tuple[Expression, str], Directions] = field(default_factory=dict)
    _nodes: dict[str, Directions] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reach = self.scores.reach
        ranking = self.scores.method.standing.ranking
        self.wrong = DOWN if ranking is None or ranking.highest_first else UP

    def of(self, expression: Expression, source: str = "") -> Directions:
        """How an expression moves; `source` is the list inside which it stands."""
        key = (expression, source)
        if key not in self._known:
            move = MOVES.get(type(expression))
            self._known[key] = {} if move is None else move(self, expression, source)
        return self._known[key]

    def named(self, name: str, source: str) -> Directions:
        """How a fact moves: given, as it is declared; derived, as what it is made of."""
        fact, home = self.reach.fact(name, source)
        if fact is None:
            return {}
        return given(fact, home) if fact.derived is None else self.of(fact.derived, home)

    def score(self, code: str) -> Directions:
        """How the points of a node move that another rule reads."""
        return next((self.below(node) for node in nodes_of(self.scores) if node.code == code), {})

    def settles_zero(self, ratio: Ratio) -> bool:
        """Whether what a ratio says of a divisor of 0 earns what the divisors next to it do, wherever it is scored.

        It then is no step: 0 is the best or the worst divisor there is, and earns the most or the least.
        """
        best = {signs == DOWN for signs in self.of(ratio.operands[1]).values()}
        users = [
            node
            for node in nodes_of(self.scores)
            if node.of is not None and node.mechanism is not None and self.reach.definition(node.of) == ratio
        ]
        if len(best) != 1 or not users or isinstance(ratio.if_zero, Absent):
            return False
        for node in users:
            assert node.of is not None
            assert node.mechanism is not None
            known = self.reach.under({(node.of, ""): point(ratio.if_zero)})
            try:
                zero = bounded_by(node, selected(node.exceptions, node.mechanism, node.marks, known, ""))
                every = bounded_by(node, selected(node.exceptions, node.mechanism, node.marks, self.reach, ""))
            except TooMany:
                return False
            most = best == {self.wrong == DOWN}
            if zero.bottom < every.top if most else zero.top > every.bottom:
                return False
        return True

    def below(self, node: Node) -> Directions:
        """A node moves as its own rule and its parts do: no way of combining turns a sign round."""
        return join(self.node(node), *(self.below(part) for part in self.scores.parts(node)))

    def scored(self, scored: Scored, source: str) -> Directions:
        """How a fact moves that is a score."""
        try:
            found = ways(stages(None, scored.exceptions, scored.mechanism), self.reach, source)
        except TooMany:
            return {}
        if any(way.picked for way in found):
            self.scores.unproven.add((address_of(scored), DIRECTION))
        turns = []
        for way in found:
            award = award_of(way, scored.exceptions, scored.mechanism)
            if award is not None:
                points = awarded(award, scored.marks, self.reach.under(way.known), source)
                turns.append(Turn(way, points, award))
        moved = self._rule(turns, source, None)
        if scored.times is None:
            return moved
        worth = selected(scored.exceptions, scored.mechanism, scored.marks, self.reach, source)
        return self._multiplied(moved, worth, scored.times, source)

    def node(self, node: Node) -> Directions:
        """How a node moves by its own rule, its parts left aside."""
        if node.address not in self._nodes:
            turns = []
            for gain in self.scores.gains(node):
                award = award_of(gain.way, node.exceptions, node.mechanism)
                if gain.treatment is not None:
                    turns.append(_treated(gain.way, gain.treatment, node.marks))
                elif award is not None:
                    turns.append(Turn(gain.way, bounded_by(node, gain.points), award))
                elif node.parts:
                    turns.append(Turn(gain.way, _range(node.marks), REST))
            moved = self._rule(turns, "", node)
            if node.times is not None:
                moved = self._multiplied(moved, union(turn.points for turn in turns), node.times, "")
            self._nodes[node.address] = moved
        return self._nodes[node.address]

    def _multiplied(self, moved: Directions, worth: Span, times: Expression, source: str) -> Directions:
        factor = self.reach.span(times, source)
        return join(turned(moved, sign_of(factor)), turned(self.of(times, source), sign_of(worth)))

    def _weakly(self, signs: Signs, way: Way) -> Signs:
        """What is not known to happen where a way holds, which the solver picked, cannot be said for certain."""
        return signs | UNSURE if way.picked and signs & self.wrong else signs

    def _proven(self, node: Node, turns: list[Turn]) -> Directions:
        """How points move from one situation to another where there are too many to compare each with each."""
        if not available():
            self.scores.unproven.add((node.address, SKIPPED))
            return {}
        worths: dict[Key, Worth] = {}
        for turn in turns:
            if len(turn.way.rows) > 1:  # rows that overlap give no one amount of points; that they do is said already
                return {}
            key = (turn.way.stage, turn.way.rows[0] if turn.way.rows else -1)
            points = worths[key].points if key in worths else NEVER
            worths[key] = Worth(union((points, turn.points)), turn.award)
        if not self.scores.stages(node):
            return {}
        rounding = self.scores.rounding(node)

        def held(points: Rational) -> Rational:
            span = bounded_by(node, point(points))
            assert span.low is not None
            return span.low if rounding is None else rounded(span.low, rounding.decimals, rounding.mode)

        slopes = Slopes(self.reach, self.scores.stages(node), worths, node.marks, self.of, held, self.wrong == DOWN)
        found: Directions = {}
        for name in slopes.names():
            try:
                fall = slopes.fall(name)
            except Untold:
                self.scores.unproven.add((node.address, DIRECTION))
                continue
            found[name] = opposite(self.wrong) if fall is None else self.wrong
            if fall is not None:
                before, after = number(fall.points_before), number(fall.points_after)
                self.jumps.setdefault((node.address, name), Jump(fall.read, fall.before, fall.after, before, after))
        return found

    def _rule(self, turns: list[Turn], source: str, node: Node | None) -> Directions:
        """How points move inside each situation, and from one situation to another."""
        address = "" if node is None else node.address
        found: Directions = {}
        for turn in turns:
            if not isinstance(turn.award, str):
                moved = inside(turn.award, self, self.reach.under(turn.way.known), source)
                found = join(found, {name: self._weakly(signs, turn.way) for name, signs in moved.items()})
        if len(turns) > MOST or any(turn.way.picked for turn in turns):
            return found if node is None else join(found, self._proven(node, turns))
        for place, turn in enumerate(turns):
            for other in turns[place + 1 :]:
                crossing = _crossing(turn.way, other.way)
                if crossing is not None and turn.award != other.award:
                    moves = self.of(turn.way.reads[crossing], source)
                    if moves:
                        found = join(found, self._step(turn, other, crossing, moves, address))
        return found

    def _step(self, one: Turn, other: Turn, crossing: int, moves: Directions, address: str) -> Directions:
        """How points move where one value crosses from one situation to another."""
        low, high = one.way.values[crossing], other.way.values[crossing]
        assert not isinstance(low, Absent)
        assert not isinstance(high, Absent)
        if low > high:
            one, other, low, high = other, one, high, low
        moved = turned(moves, order_of(one.points, other.points))
        read = one.way.reads[crossing]
        for name, signs in moved.items():
            if signs == self.wrong and address:
                worse, better = ((one, low), (other, high)) if moves[name] == UP else ((other, high), (one, low))
                jump = Jump(
                    title(read),
                    said(read.kind, worse[1]),
                    said(read.kind, better[1]),
                    _points(worse[0].points),
                    _points(better[0].points),
                )
                self.jumps.setdefault((address, name), jump)
        return moved


def _treated(way: Way, treatment: str, marks: Marks) -> Turn:
    """不适用: full marks, none, or out of the table, which is worth as much as anything from none to full."""
    if treatment in (FULL, ZERO):
        return Turn(way, point(marks.top if treatment == FULL else 0), treatment)
    return Turn(way, _range(marks) if treatment else NEVER, LEAVING)


def _range(marks: Marks) -> Span:
    if marks.full is None:
        return Span(None, 0) if marks.kind == DEDUCTION else Span(0)
    return Span(marks.bottom, marks.top)


def _crossing(one: Way, other: Way) -> int | None:
    """The one value in which two situations differ, of those that both look at; None where it is not just one."""
    apart = [place for place, value in one.values.items() if place in other.values and other.values[place] != value]
    if len(apart) != 1:
        return None
    values = (one.values[apart[0]], other.values[apart[0]])
    return None if any(isinstance(value, Absent) for value in values) else apart[0]


def _points(span: Span) -> str:
    low, high = end_of(span.bottom), end_of(span.top)
    if low == high and low is not None:
        return number(low)
    return f"{'' if low is None else number(low)}…{'' if high is None else number(high)}"
