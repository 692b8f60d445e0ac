"""How far points reach: of every node and of every fact that is a score, with all their modifiers (得分的取值范围)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scoring.check_method.awards import awarded, selected, stages
from scoring.check_method.parts import Score, Whole, whole
from scoring.check_method.reach import Reach
from scoring.check_method.situations import (
    ARRIVED,
    EXCEPTED,
    PARTS,
    REST,
    ROWS,
    SKIPPED,
    TREATED,
    UNDECIDED,
    Stage,
    TooMany,
    Way,
)
from scoring.check_method.span import ANY, NEVER, Span, add, larger, mapped, multiply, point, scaled, smaller, union
from scoring.check_method.ways import ways
from scoring.mechanisms.selector import Rows
from scoring.method import BONUS, DEDUCTION, FULL, REBASE, REWEIGHT, ZERO, Method, Node, Rounding
from scoring.points import Rational, divide, rounded
from scoring.reading.facts import Scored
from scoring.scope import Expression


@dataclass(frozen=True, slots=True)
class Gain:
    """What a situation gives: points, or a treatment of 不适用 ("" where the method foresees none)."""

    way: Way
    points: Span = NEVER
    treatment: str | None = None


@dataclass(slots=True)
class Scores:
    """The scores of one group. `silent` lets data be missing; else all that is demanded is there."""

    method: Method
    group: int
    silent: bool = False
    reach: Reach = field(init=False)
    _found: dict[str, Score] = field(default_factory=dict)
    _gains: dict[str, tuple[Gain, ...]] = field(default_factory=dict)
    _by_code: dict[str, Node] = field(default_factory=dict)
    _parents: dict[str, Node] = field(default_factory=dict)
    unproven: set[tuple[str, str]] = field(default_factory=set)
    """Addresses of rules that were not proven in full, each with why; their spans hold too much."""

    def __post_init__(self) -> None:
        self.reach = Reach(self.method, self.group, self.silent, {}, self.of_code, self.rate_of, self.of_fact)
        self._by_code = {node.code: node for node in self.method.nodes() if node.code}
        self._parents = {part.address: node for node in self.method.nodes() for part in node.parts}

    @property
    def code(self) -> str:
        """The code of the group."""
        return self.method.groups[self.group].code

    def of_code(self, code: str) -> Span:
        """The points that another rule reads of a node."""
        node = self._by_code[code]
        return self.of(node).span if node.within(self.code) else NEVER.absent()

    def rate_of(self, code: str) -> Span:
        """The points of a node over the marks that count."""
        node = self._by_code[code]
        if not node.within(self.code):
            return NEVER.absent()
        score = self.of(node)
        found = union(scaled(span, divide(1, marks)) for marks, span in score.cases.items() if marks)
        return replace(found, whole=False).absent(bool(score.left) or 0 in score.cases)

    def with_carried(self, node: Node) -> Span:
        """The points of a node, also where it carries the marks of siblings that left by 分摊."""
        score = self.of(node)
        above = self._parents.get(node.address)
        if above is None or above.combine != "合计":
            return score.span
        siblings = [part for part in self.parts(above) if part is not node and part.marks.kind == node.marks.kind]
        leaving = {part.address: self.of(part).left for part in siblings}
        shared = sum(part.worth.full or 0 for part in siblings if REWEIGHT in leaving[part.address])
        staying = [node, *(part for part in siblings if not leaving[part.address])]
        kept = sum(min(self.of(part).cases, default=0) for part in staying)
        if not shared or not kept:
            return score.span
        carried = scaled(union(score.exact.values()), divide(kept + shared, kept))
        return union((score.span, _rounded(carried, self.rounding(node))))

    def of_fact(self, expression: Expression, source: str) -> Span:
        """The value of a derived fact that is a score."""
        if not isinstance(expression, Scored):
            return Span(not_applicable=True)
        try:
            found = selected(expression.exceptions, expression.mechanism, expression.marks, self.reach, source)
        except TooMany:
            self.unproven.add((address_of(expression), SKIPPED))
            return ANY.absent()
        if expression.times is not None:
            found = multiply(found, self.reach.span(expression.times, source))
        return _rounded(_bounded(found, expression.cap, expression.floor), expression.rounding)

    def of(self, node: Node) -> Score:
        """What a node can come to."""
        found = self._found.get(node.address)
        if found is None:
            found = self._found[node.address] = self._score(node)
        return found

    def parts(self, node: Node) -> list[Node]:
        """The parts that this group is assessed by."""
        return [part for part in node.parts if part.within(self.code)]

    def gains(self, node: Node) -> tuple[Gain, ...]:
        """What a node gives in every situation; for a node with parts, what it gives in their stead."""
        if node.address not in self._gains:
            try:
                self._gains[node.address] = tuple(self._gain(node))
            except TooMany:
                self.unproven.add((node.address, SKIPPED))
                self._gains[node.address] = tuple(self._every_gain(node))
        return self._gains[node.address]

    def stages(self, node: Node) -> list[Stage]:
        """The decisions of a node in the order in which they are asked."""
        treatment = node.not_applicable
        treated = Stage(TREATED, treatment.decision) if treatment is not None and treatment.decision else None
        return stages(treated, node.exceptions, node.mechanism)

    def _gain(self, node: Node) -> Iterator[Gain]:
        treatment, exceptions, mechanism = node.not_applicable, node.exceptions, node.mechanism
        arriving = treatment.arriving if treatment is not None else ""
        for way in ways(self.stages(node), self.reach):
            under = self.reach.under(way.known)
            found: list[Span] = []
            if way.stage == TREATED and treatment is not None:
                yield Gain(way, treatment=treatment.treatments[way.rows[0]])
            elif way.stage == ARRIVED and way.doubtful and not arriving:
                self.unproven.add((node.address, UNDECIDED))
            elif way.stage == ARRIVED:
                yield Gain(way, treatment=arriving)
            elif way.stage == EXCEPTED and exceptions is not None:
                found = [awarded(exceptions.awards[way.rows[0]], node.marks, under)]
            elif way.stage == ROWS and isinstance(mechanism, Rows):
                found = [awarded(mechanism.rows[row].award, node.marks, under) for row in way.rows]
            elif way.stage == REST and mechanism is not None:
                found = [awarded(mechanism, node.marks, under)]
            elif mechanism is None or way.stage != REST:
                yield Gain(way)
            for span in found:
                yield Gain(way, span.absent(False))
                if span.not_applicable:
                    yield Gain(way, treatment=arriving)

    def _every_gain(self, node: Node) -> Iterator[Gain]:
        """Each row by itself, as if every one of them could count: where the situations are too many."""
        if node.not_applicable is not None:
            for row, treatment in enumerate(node.not_applicable.treatments):
                yield Gain(Way(TREATED, (row,)), treatment=treatment)
            if node.not_applicable.arriving:
                yield Gain(Way(ARRIVED), treatment=node.not_applicable.arriving)
        awards = [] if node.exceptions is None else [(EXCEPTED, each) for each in node.exceptions.awards]
        if isinstance(node.mechanism, Rows):
            awards += [(ROWS, row.award) for row in node.mechanism.rows]
        elif node.mechanism is not None:
            awards.append((REST, node.mechanism))
        else:
            yield Gain(Way(REST))
        for number, (stage, award) in enumerate(awards):
            first = sum(each == stage for each, _ in awards[:number])
            yield Gain(Way(stage, (first,)), awarded(award, node.marks, self.reach).absent(False))

    def _score(self, node: Node) -> Score:
        full = node.marks.full or 0
        scored: dict[Rational, Span] = {}
        fixed: dict[Rational, Span] = {}
        left: set[str] = set()
        stuck = False

        def put(into: dict[Rational, Span], marks: Rational, span: Span) -> None:
            if span.present:
                into[marks] = union((into.get(marks, NEVER), span.absent(False)))

        for gain in self.gains(node):
            if gain.treatment is None:
                put(scored, full, gain.points)
                if gain.way.stage == REST and node.parts:
                    stuck |= self._combine(node, self.reach.under(gain.way.known), scored, fixed, left)
            elif gain.treatment in (REWEIGHT, REBASE):
                left.add(gain.treatment)
            else:
                put(fixed, node.worth.full or 0, point(node.worth.top if gain.treatment == FULL else 0))
                stuck |= not gain.treatment
        if self.silent and (node.mechanism is not None or node.exceptions or node.not_applicable or node.chosen_by):
            put(scored, full, union((point(0), point(-self._lost(node)))))
        return self._modified(node, scored, fixed, frozenset(left), stuck)

    def _lost(self, node: Node) -> Rational:
        """What silence costs in a deduction: all of the one that it is part of."""
        above: Node | None = node
        while above is not None:
            if above.marks.kind == DEDUCTION and above.marks.full is not None:
                return above.marks.full
            above = self._parents.get(above.address)
        return 0

    def _combine(
        self, node: Node, reach: Reach, scored: dict[Rational, Span], fixed: dict[Rational, Span], left: set[str]
    ) -> bool:
        """Add what the parts make; whether nobody could say what it is. `reach` is that of the situation."""
        parts = [(part, self.of(part)) for part in self.parts(node)]
        own = [(part, score) for part, score in parts if part.marks.kind == node.marks.kind]
        try:
            choice = NEVER if node.chosen_by is None else reach.span(node.chosen_by)
            made = whole(node, own, self.rounding, choice)
        except TooMany:
            self.unproven.add((node.address, PARTS))
            made = Whole({node.marks.full or 0: ANY})
        cases = made.cases
        if node.rebase_to is not None:
            cases = {}
            for marks, span in made.cases.items():
                if marks:
                    span = _rounded(scaled(span, divide(node.rebase_to, marks)), self.rounding(node))
                    cases[node.rebase_to] = union((cases.get(node.rebase_to, NEVER), span))
        for marks, span in cases.items():
            total = self._beside(node, span)
            scored[marks] = union((scored.get(marks, NEVER), total))
            if node.combine not in ("合计", "平均", "加权"):
                fixed[marks] = union((fixed.get(marks, NEVER), total))
        arriving = node.not_applicable.arriving if node.not_applicable is not None else ""
        ways = set(made.left) if not arriving else {arriving} if made.left or made.absent else set()
        left |= ways & {REWEIGHT, REBASE}
        if ways & {FULL, ZERO}:
            marks = node.worth.full or 0
            worth = point(node.worth.top if arriving == FULL else 0)
            fixed[marks] = union((fixed.get(marks, NEVER), worth))
        return made.absent and not arriving

    def _beside(self, node: Node, span: Span) -> Span:
        """With what stands beside the marks: bonus and deductions."""
        for part in self.parts(node):
            if part.marks.kind != node.marks.kind:
                score = self.of(part)
                worth = union((score.span.absent(False), point(0))) if score.left else score.span
                span = add((span, worth))
        return span

    def _modified(
        self,
        node: Node,
        scored: dict[Rational, Span],
        fixed: dict[Rational, Span],
        left: frozenset[str],
        stuck: bool,
    ) -> Score:
        cases: dict[Rational, Span] = {}
        raw = NEVER
        for available, span in scored.items():
            if node.evidence and span.top > (0, 0):
                span = union((span, point(0)))
            if node.times is not None:
                span = self._times(node, span)
            whole_marks = available or node.marks.full
            if node.convert_to is not None and whole_marks:
                span, available = scaled(span, divide(node.convert_to, whole_marks)), node.convert_to
            raw = union((raw, span))
            cases[available] = union((cases.get(available, NEVER), bounded_by(node, span, self.silent)))
        for available, span in fixed.items():
            cases[available] = union((cases.get(available, NEVER), span))
        if node is self.method.root:
            vetoes = [point(limit.total) for limit in self.method.standing.limits if limit.total is not None]
            cases = {available: union((span, *vetoes)) for available, span in cases.items()}
        rounding = self.rounding(node)
        final = {available: _rounded(span, rounding) for available, span in cases.items()}
        if node is self.method.root:
            final = {available: _rounded(span, self.method.total_rounding) for available, span in final.items()}
        return Score(final, cases, left, stuck, raw)

    def _times(self, node: Node, span: Span) -> Span:
        assert node.times is not None
        factor = self.reach.span(node.times)
        found = multiply(span, factor.absent(False))
        if factor.not_applicable:
            found = union((found, span))
        return union((found, point(0))) if self.silent else found

    def rounding(self, node: Node) -> Rounding | None:
        """The node's own rounding, or the method's for every node with a code."""
        return node.rounding or (self.method.award_rounding if node.code else None)


def address_of(scored: Scored) -> str:
    """Where a derived score stands, as one of its decisions tells; "" where it has none."""
    decisions = [] if scored.exceptions is None else [scored.exceptions.decision]
    return next((each.address for each in (*decisions, *scored.mechanism.decisions())), "")


def bounded_by(node: Node, span: Span, silent: bool = False) -> Span:
    """Held to a node's cap and floor; a bonus and a deduction are held to their own marks.

    A floor lifts nobody who did not answer: where data may be missing (`silent`), it may lift or not.
    """
    marks = node.marks
    cap = marks.full if marks.kind == BONUS and node.cap is None else node.cap
    floor = marks.bottom if marks.kind == DEDUCTION and marks.full is not None and node.floor is None else node.floor
    found = _bounded(span, cap, floor)
    return union((found, _bounded(span, cap, 0))) if silent and floor is not None and floor > 0 else found


def _bounded(span: Span, cap: Rational | None, floor: Rational | None) -> Span:
    if cap is not None:
        span = smaller(span, point(cap))
    return span if floor is None else larger(span, point(floor))


def _rounded(span: Span, rounding: Rounding | None) -> Span:
    if rounding is None:
        return replace(span, open_low=False, open_high=False)
    decimals, mode = rounding.decimals, rounding.mode
    return mapped(span, lambda x: rounded(x, decimals, mode))
