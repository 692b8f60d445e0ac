"""How far the points of a whole reach, from those of its parts, whichever of them leave the table (合成的取值范围)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple

from scoring.check_method.situations import TooMany
from scoring.check_method.span import NEVER, Span, add, end_of, larger, mapped, point, scaled, smaller, union
from scoring.method import REBASE, REWEIGHT, Node, Rounding
from scoring.points import Rational, divide, exact, rounded

PASSED_OVER = ("取高", "取低", "首个适用", "选定")
"""Ways of combining in which one part stands for all, and one that left is passed over, however it left."""
MOST = 3000
"""Different sums of marks that are followed for one node."""


@dataclass(slots=True)
class Score:
    """What a node can come to.

    `cases` says by the marks that count (`available`) what points go with them; `exact` the same before the node's own
    rounding. `left` are the treatments by which it may leave the table; `stuck`, whether nobody could say what it is.
    `raw` is what it can be before cap and floor.
    """

    cases: dict[Rational, Span] = field(default_factory=dict)
    exact: dict[Rational, Span] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    stuck: bool = False
    raw: Span = NEVER

    @property
    def span(self) -> Span:
        """Its points, whatever counts; 不适用 where it may leave."""
        return union(self.cases.values()).absent(bool(self.left))


class Whole(NamedTuple):
    """What parts make together: points by the marks that count, and the treatments by which all of it may leave.

    `absent`: whether 选定 may find nothing to take, which counts like a 不适用 of the data.
    """

    cases: dict[Rational, Span]
    left: frozenset[str] = frozenset()
    absent: bool = False


class _State(NamedTuple):
    """Parts taken so far: marks of those that stay, marks they carry for others, how many stay, how others left."""

    marks: Rational
    carried: Rational
    stay: int
    ways: frozenset[str]


def whole(
    node: Node, parts: Sequence[tuple[Node, Score]], rounding: Callable[[Node], Rounding | None], choice: Span
) -> Whole:
    """The parts of a node (those of its own kind) put together.

    `rounding` is that of each part; `choice` are the states that choose one under 选定.
    """
    if node.combine == "选定":
        return _chosen(node, parts, choice)
    if not parts:
        return Whole({0: point(0)})
    if node.combine == "合计":
        return _sum(node, parts, rounding)
    staying = [(part, score) for part, score in parts if score.cases]
    sure = [score for _, score in staying if not score.left]
    left = frozenset() if len(sure) >= max(node.needs, 1) else _ways(score.left for _, score in parts)
    if not staying or len(parts) < node.needs:
        return Whole({}, left or frozenset({REBASE}))
    if node.combine in ("平均", "加权"):
        return Whole(_mean(node, parts), left)
    return Whole({_marks(node, staying): _one(node, staying)}, left)


def _marks(node: Node, staying: Sequence[tuple[Node, Score]]) -> Rational:
    """The marks of a node of which one part stands for the whole."""
    return node.marks.full if node.marks.full is not None else max(max(score.cases) for _, score in staying)


def _ways(left: Iterable[frozenset[str]]) -> frozenset[str]:
    """How a whole leaves whose parts have left: by 分摊 where all did, else by 折算."""
    ways = frozenset[str]().union(*left)
    return ways if len(ways) < 2 else frozenset({REWEIGHT, REBASE})


def _chosen(node: Node, parts: Sequence[tuple[Node, Score]], choice: Span) -> Whole:
    """选定: the part that a state names, and no other."""
    by_address = {part.address: score for part, score in parts}
    found: list[Span] = []
    left: set[str] = set()
    absent = choice.not_applicable
    taken: list[tuple[Node, Score]] = []
    for state, place in node.chosen:
        score = by_address.get(node.parts[place].address)
        if not choice.holds(state):
            continue
        if score is None:
            absent = True
            continue
        taken.append((node.parts[place], score))
        found.append(score.span.absent(False))
        left |= score.left
    if node.needs > 1:  # one part is counted, and one alone is too few
        return Whole({}, frozenset({REBASE, *left}) if taken else frozenset(), absent)
    span = union(found)
    staying = [each for each in taken if each[1].cases]
    return Whole({_marks(node, staying): span} if span.present else {}, frozenset(left), absent)


def _sum(node: Node, parts: Sequence[tuple[Node, Score]], rounding: Callable[[Node], Rounding | None]) -> Whole:
    cases: dict[Rational, Span] = {}
    left: set[str] = set()

    def put(marks: Rational, span: Span) -> None:
        cases[marks] = union((cases.get(marks, NEVER), span))

    for state, span in _states(parts, None, rounding).items():
        if state.stay < max(node.needs, 1):
            left.add(REWEIGHT if state.ways == {REWEIGHT} else REBASE)
        elif not state.carried or not state.marks:
            put(exact(state.marks + state.carried), span)
        else:
            factor = divide(state.marks + state.carried, state.marks)
            put(exact(state.marks + state.carried), _states(parts, factor, rounding)[state])
    return Whole(cases, frozenset(left))


def _states(
    parts: Sequence[tuple[Node, Score]], factor: Rational | None, rounding: Callable[[Node], Rounding | None]
) -> dict[_State, Span]:
    """The sums that parts can make; where they carry what others left, each times `factor` and rounded anew."""
    found: dict[_State, Span] = {_State(0, 0, 0, frozenset()): point(0)}
    for part, score in parts:
        after: dict[_State, Span] = {}

        def put(state: _State, span: Span, after: dict[_State, Span] = after) -> None:
            after[state] = union((after.get(state, NEVER), span))

        cases = score.cases
        if factor is not None:
            cases = {marks: _rounded(scaled(span, factor), rounding(part)) for marks, span in score.exact.items()}
        for state, span in found.items():
            for marks, worth in cases.items():
                kept = state._replace(marks=exact(state.marks + marks), stay=state.stay + 1)
                put(kept, add((span, worth)))
            for way in sorted(score.left):
                carried = (part.worth.full or 0) if way == REWEIGHT else 0
                gone = state._replace(carried=exact(state.carried + carried), ways=state.ways | {way})
                put(gone, span)
        if len(after) > MOST:
            raise TooMany
        found = after
    return found


def _rounded(span: Span, rounding: Rounding | None) -> Span:
    if rounding is None:
        return span
    decimals, mode = rounding.decimals, rounding.mode
    return mapped(span, lambda x: rounded(x, decimals, mode))


def _mean(node: Node, parts: Sequence[tuple[Node, Score]]) -> dict[Rational, Span]:
    """Weighted means of those that stay; the weight of one that left by 折算 takes its marks along."""
    full = node.marks.full or 0
    weights = [(part.weight or 0) if node.combine == "加权" else 1 for part, _ in parts]
    every = sum(weights)
    if not every:
        return {full: point(0)}
    gone: set[Rational] = {0}
    for weight, (_, score) in zip(weights, parts, strict=True):
        if REBASE in score.left:
            gone |= {exact(weight + other) for other in gone}
    items = [
        (weight, score.span, bool(score.left)) for weight, (_, score) in zip(weights, parts, strict=True) if score.cases
    ]
    top = _best([(weight, span.high, leaves) for weight, span, leaves in items])
    bottom = _best([(weight, None if span.low is None else -span.low, leaves) for weight, span, leaves in items])
    found = Span(None if bottom is None else -bottom, top)
    return {exact(full * keep): scaled(found, keep) for each in sorted(gone) if (keep := divide(every - each, every))}


def _best(items: list[tuple[Rational, Rational | None, bool]]) -> Rational | None:
    """The highest weighted mean, any of those that may leave being left out; None where there is no highest."""
    sure = [(weight, value) for weight, value, leaves in items if not leaves]
    maybe = [(weight, value) for weight, value, leaves in items if leaves]
    if any(value is None for _, value in (*sure, *maybe)):
        return None
    weight = sum(each for each, _ in sure)
    total = sum(each * (value or 0) for each, value in sure)
    for each, value in sorted(maybe, key=lambda item: item[1] or 0, reverse=True):
        if not weight or divide(total + each * (value or 0), weight + each) > divide(total, weight):
            weight, total = weight + each, total + each * (value or 0)
    return divide(total, weight) if weight else 0


def _one(node: Node, staying: list[tuple[Node, Score]]) -> Span:
    """取高, 取低, 首个适用: one part stands for all."""
    spans = [score.span.absent(False) for _, score in staying]
    leaving = [bool(score.left) for _, score in staying]
    if node.combine == "首个适用":
        last = leaving.index(False) if False in leaving else len(spans) - 1
        return union(spans[: last + 1])
    sure = [span for span, leaves in zip(spans, leaving, strict=True) if not leaves]
    every = union(spans)
    if not sure:
        return every
    if node.combine == "取高":
        return Span(reduce(larger, sure).low, end_of(every.top))
    return Span(end_of(every.bottom), reduce(smaller, sure).high)
