"""What would have been needed (差什么能到): the smallest changes of data that reach the next grade or the next rank.

Only data that the method declares within reach are changed, and the changed data stay valid. Everybody else stays as
they are. Each answer is scored again from files, as everything is scored, before it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scoring.app.assess import Bundle
from scoring.app.whatif.bench import Bench, Changes, Outcome, open_bench
from scoring.app.whatif.levers import Change
from scoring.app.whatif.overlay import confirmed
from scoring.app.whatif.search import Search
from scoring.engine import Contradiction
from scoring.points import Rational

GRADE, RANK = "grade", "rank"
MOST_PAIRS = 12
"""So many pairs are given; that there are more is said."""


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that reach the goal, and what the department comes to with them."""

    changes: Changes
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer. `state` is open, or why there is nothing to ask: at the top, held back, outside the ranking.

    `within_reach` is how many data would still raise the score.
    """

    bench: Bench
    to: str
    state: str
    before: Outcome
    target: str
    within_reach: int
    ones: tuple[Way, ...] = ()
    pairs: tuple[Way, ...] = ()
    more_pairs: bool = False
    together: Way | None = None
    best: Way | None = None


OPEN, TOP, HELD, UNGRADED, UNRANKED, NO_REACH = "open", "top", "held", "ungraded", "unranked", "no_reach"


def what_if(bundle: Bundle, schemas: Path, department: str, to: str) -> WhatIf:
    """The smallest changes with which a department reaches the next grade, or a better rank."""
    bench = open_bench(bundle, schemas, department)
    now = bench.outcome(())
    assert now is not None
    state, target = _goal(bench, now, to)
    if state != OPEN:
        return WhatIf(bench, to, state, now, target, 0)
    search = Search(bench, lambda outcome: _reached(bench, outcome, to, target, now.rank))
    if not search.levers:
        return WhatIf(bench, to, NO_REACH, now, target, 0)

    def way(changes: Changes) -> Way:
        found = confirmed(bundle, bench, changes, schemas)
        if found is None:
            names = "、".join(f"{each.lever.name}{each.lever.key}" for each in changes)
            raise Contradiction(f"{department}: {names}")
        return Way(changes, found)

    alone = search.ones()
    pairs = list(islice(search.pairs(alone), MOST_PAIRS + 1))
    together = None if alone or pairs else search.together()
    best = _all(bench, search)
    return WhatIf(
        bench,
        to,
        OPEN,
        now,
        target,
        0 if best is None else len(best),
        tuple(way((Change(lever, steps),)) for lever, steps in alone.items()),
        tuple(way(each) for each in pairs[:MOST_PAIRS]),
        len(pairs) > MOST_PAIRS,
        None if together is None else way(together),
        None if best is None else way(best),
    )


def _all(bench: Bench, search: Search) -> Changes | None:
    """Everything within reach that would still raise the score; None where all of it together is not valid."""
    outcome = bench.outcome(search.best())
    if outcome is None:
        return None
    top = outcome.total, outcome.grade, outcome.rank
    search.reached = lambda found: (found.total, found.grade, found.rank) == top
    return search.irreducible(search.best())


def _goal(bench: Bench, now: Outcome, to: str) -> tuple[str, str]:
    """Whether there is anything to reach, and the name of the next grade."""
    scale = bench.method.standing.scale
    if now.total is None:
        return HELD, ""
    if to == RANK:
        if now.rank is None:
            return UNRANKED, ""
        return (TOP, "") if now.rank == 1 else (OPEN, "")
    if now.grade not in scale:
        return UNGRADED, ""
    at = scale.index(now.grade)
    return (TOP, "") if at == 0 else (OPEN, scale[at - 1])


def _reached(bench: Bench, outcome: Outcome, to: str, target: str, rank: Rational | None) -> bool:
    if to == RANK:
        return outcome.rank is not None and rank is not None and outcome.rank < rank
    scale = bench.method.standing.scale
    return outcome.grade in scale and scale.index(outcome.grade) <= scale.index(target)
