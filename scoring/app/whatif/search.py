"""Finds the smallest changes that reach a goal: of one datum, of two, or of as many as it takes (最小改动).

Between two edges the answers to all questions stay the same and the score moves one way only, so the ends of a stretch
tell of all of it. Short ranges are gone through step by step, which supposes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from scoring.app.whatif.bench import Bench, Changes, Outcome
from scoring.app.whatif.levers import Change, Lever

SHORT = 32
"""So many steps are gone through one by one."""
SAMPLES = 16
"""Stretches that are looked into at the least before they are taken to be without an edge."""
ENDLESS = 50
"""Doublings after which a datum without an upper end is given up."""
MOST_POINTS = 24
"""Pairs of steps shown for one pair of data; of a finer grid those at its edges."""

Reached = Callable[[Outcome], bool]


@dataclass(slots=True)
class Search:
    """The levers of one department, each with how far it goes, and the goal."""

    bench: Bench
    reached: Reached
    levers: tuple[Lever, ...] = field(init=False)
    most: dict[Lever, int] = field(init=False)
    known_edges: dict[Lever, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.levers = self.bench.levers()
        self.most = {each: self._most(each) for each in self.levers}

    def reaches(self, *changes: Change) -> bool:
        outcome = self.bench.outcome(tuple(each for each in changes if each.steps))
        return outcome is not None and self.reached(outcome)

    def best(self) -> Changes:
        """Everything within reach moved as far as it goes; where one datum bounds another, as far as that allows."""
        moved: Changes = ()
        for lever in self.levers:
            fits, fails = 0, self.most[lever] + 1
            tried = self.most[lever]
            while fails - fits > 1:
                if self.bench.outcome((*moved, Change(lever, tried))) is None:
                    fails = tried
                else:
                    fits = tried
                tried = (fits + fails) // 2
            moved = (*moved, Change(lever, fits)) if fits else moved
        return moved

    def _most(self, lever: Lever) -> int:
        """How many steps make sense: all there are, or as many as still change anything."""
        if lever.steps is not None:
            return lever.steps
        last, total, quiet = 1, self._total(lever, 0), 0
        for doubled in range(ENDLESS):
            found = self._total(lever, 2**doubled)
            quiet = 0 if found != total else quiet + 1
            last, total = (2**doubled, found) if found != total else (last, total)
            if self.reaches(Change(lever, 2**doubled)) or quiet > SAMPLES:
                return max(last, 2**doubled if self.reaches(Change(lever, 2**doubled)) else last)
        return last

    def _total(self, lever: Lever, steps: int) -> object:
        outcome = self.bench.outcome((Change(lever, steps),))
        return None if outcome is None else (outcome.total, outcome.rank)

    # one datum

    def smallest(self, lever: Lever, most: int, beside: Changes = ()) -> int | None:
        """The fewest steps of a lever, from 1 to `most`, that reach the goal beside other changes."""
        if most <= SHORT:
            return next((n for n in range(1, most + 1) if self.reaches(Change(lever, n), *beside)), None)
        starts = [each for each in self.edges(lever) if each <= most]
        for start, after in zip(starts, [*starts[1:], most + 1], strict=True):
            if self.reaches(Change(lever, start), *beside):
                return start
            if self.reaches(Change(lever, after - 1), *beside):
                return self._between(lever, start, after - 1, beside)
        return None

    def _between(self, lever: Lever, fails: int, holds: int, beside: Changes) -> int:
        while holds - fails > 1:
            middle = (fails + holds) // 2
            if self.reaches(Change(lever, middle), *beside):
                holds = middle
            else:
                fails = middle
        return holds

    def edges(self, lever: Lever) -> tuple[int, ...]:
        """The first step of every stretch in which all questions are answered alike."""
        if lever not in self.known_edges:
            known: dict[int, object] = {}

            def asked(steps: int) -> object:
                if steps not in known:
                    known[steps] = self.bench.asked((Change(lever, steps),))
                return known[steps]

            def inside(low: int, high: int) -> Iterator[int]:
                if asked(low) == asked(high):
                    return
                if high - low == 1:
                    yield high
                    return
                middle = (low + high) // 2
                yield from inside(low, middle)
                yield from inside(middle, high)

            most = self.most[lever]
            marks = sorted({1 + (most - 1) * part // SAMPLES for part in range(SAMPLES + 1)})
            found = {1, *(edge for low, high in pairwise(marks) for edge in inside(low, high))}
            self.known_edges[lever] = tuple(sorted(found))
        return self.known_edges[lever]

    def ones(self) -> dict[Lever, int]:
        """The levers that reach the goal alone, with their smallest steps."""
        found = {each: self.smallest(each, self.most[each]) for each in self.levers}
        return {lever: steps for lever, steps in found.items() if steps is not None}

    # two data

    def pairs(self, ones: dict[Lever, int]) -> Iterator[Changes]:
        """Pairs of changes that reach the goal together where neither does alone, none smaller in both."""
        for one, other in combinations(self.levers, 2):
            tops = [ones.get(each, self.most[each] + 1) - 1 for each in (one, other)]
            if all(tops) and self.reaches(Change(one, tops[0]), Change(other, tops[1])):
                yield from self._front(one, other, tops[0], tops[1])

    def _front(self, one: Lever, other: Lever, most: int, most_other: int) -> Iterator[Changes]:
        """From the largest change of the first datum to its smallest; the second grows as the first shrinks."""
        for _ in range(MOST_POINTS):
            steps = self.smallest(other, most_other, (Change(one, most),))
            if steps is None:
                return
            fewest = self.smallest(one, most, (Change(other, steps),))
            assert fewest is not None
            yield Change(one, fewest), Change(other, steps)
            most = self._next(one, fewest)
            if most < 1:
                return

    def _next(self, lever: Lever, steps: int) -> int:
        """The next smaller change worth a look: the one before, on a fine grid the end of the stretch before."""
        if self.most[lever] <= SHORT:
            return steps - 1
        return max((edge - 1 for edge in self.edges(lever) if edge <= steps), default=0)

    # as many as it takes

    def together(self) -> Changes | None:
        """Changes of which none can be left out and none made smaller; None where even the best is not enough."""
        best = self.best()
        return self.irreducible(best) if self.reaches(*best) else None

    def irreducible(self, changes: Changes) -> Changes:
        """Of changes that reach the goal those that are needed, each as small as the others let it be."""
        kept = list(changes)
        for each in changes:
            rest = [other for other in kept if other is not each]
            if self.reaches(*rest):
                kept = rest
        for place, each in enumerate(kept):
            rest = [other for other in kept if other is not each]
            fewest = self.smallest(each.lever, each.steps, tuple(rest))
            assert fewest is not None
            kept[place] = Change(each.lever, fewest)
        return tuple(kept)
