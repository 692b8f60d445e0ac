"""Does a better datum ever lower a score? Proven for every criterion, unless the rule states why (方向一致)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.awards import selected
from scoring.check_method.compass import Compass, Jump
from scoring.check_method.directions import DOWN, UNSURE, UP, truth
from scoring.check_method.ground import Ground, nodes_of
from scoring.check_method.scores import Scores, bounded_by
from scoring.check_method.situations import TooMany
from scoring.check_method.span import point
from scoring.check_method.usage import facts_in
from scoring.check_method.words import number
from scoring.location import Location
from scoring.method import Node
from scoring.operators.base import Literal, Named, RateOf, ScoreOf
from scoring.operators.dates import LATE, DaysLate, between
from scoring.timeline import day_of

NOWHERE = Jump("", "", "", "", "")


def check_monotone(ground: Ground) -> None:
    """Every criterion with every fact that has a better side; then what not being done counts as."""
    compasses = {scores.group: Compass(scores) for scores in ground.groups}
    excused = _excused(ground.method.root, "") | {
        address: why for node in ground.method.aside for address, why in _excused(node, "").items()
    }
    unsure: dict[tuple[str, str], list[str]] = {}
    for (address, name, certain, jump), group in ground.by_group(lambda scores: _falling(compasses[scores.group])):
        if excused[address]:
            continue
        if certain:
            ground.found.add(
                "K285",
                ground.places.at(address),
                other=_declared(ground, name),
                kind="falls" if any(compass.wrong == DOWN for compass in compasses.values()) else "rises",
                name=name,
                read=jump.read,
                before=jump.before,
                after=jump.after,
                points_before=jump.points_before,
                points_after=jump.points_after,
                group=group,
            )
        else:
            unsure.setdefault((address, group), []).append(name)
    for (address, group), names in unsure.items():
        place, other = ground.places.at(address), _declared(ground, names[0]) if len(names) == 1 else None
        ground.found.add("K286", place, other=other, name="、".join(names), group=group)
    backward = [(each, "limit") for each in ground.in_every_group(lambda scores: _limited(compasses[scores.group]))]
    lost: dict[str, list[str]] = {}
    for address, name in ground.in_every_group(lambda scores: _losing(compasses[scores.group])):
        lost.setdefault(address, []).append(name)
    backward += [((address, "、".join(names)), "tie") for address, names in lost.items()]
    for (address, name), kind in backward:
        ground.found.add(
            "K285",
            ground.places.at(address),
            other=_declared(ground, name) if name in ground.method.facts else None,
            kind=kind,
            name=name,
            read="",
            before="",
            after="",
            points_before="",
            points_after="",
            group="",
        )
    falling = {address for compass in compasses.values() for address, *_ in _falling(compass)}
    for node in ground.method.nodes():
        if node.not_monotone_because and not any(part.address in falling for part in node.walk()):
            ground.found.add("K287", ground.places.at(node.address, "not_monotone_because"))
    _undone(ground)


def _falling(compass: Compass) -> Iterator[tuple[str, str, bool, Jump]]:
    """Criteria that may fall with a better datum: address, fact, whether it is certain, and where it shows.

    Where the lowest rank first, those that may rise.
    """
    for node in nodes_of(compass.scores):
        for name, signs in compass.node(node).items():
            if signs & (compass.wrong | UNSURE):
                jump = compass.jumps.get((node.address, name), NOWHERE)
                yield node.address, name, signs == compass.wrong or jump is not NOWHERE, jump


def _limited(compass: Compass) -> Iterator[tuple[tuple[str, str], bool]]:
    """Limits that a better datum brings about: address and fact."""
    for limit in compass.scores.method.standing.limits:
        for name, signs in truth(compass, limit.decision, "").items():
            yield (limit.address, name), signs == UP


def _losing(compass: Compass) -> Iterator[tuple[tuple[str, str], bool]]:
    """Ties that a better datum loses, or fewer points win: address, and the fact or the code."""
    ranking = compass.scores.method.standing.ranking
    for tie in ranking.tie_breaks if ranking is not None else ():
        if isinstance(tie.expression, (ScoreOf, RateOf)):
            yield (tie.address, tie.name), ranking is not None and tie.highest_first != ranking.highest_first
            continue
        for name, signs in compass.of(tie.expression).items():
            yield (tie.address, name), signs == (DOWN if tie.highest_first else UP)


def _excused(node: Node, why: str) -> dict[str, str]:
    """The reason that a node, or one above it, gives for another direction, by address."""
    why = node.not_monotone_because or why
    found = {node.address: why}
    for part in node.parts:
        found |= _excused(part, why)
    return found


def _declared(ground: Ground, name: str) -> Location | None:
    source, _, field = name.rpartition(".")
    return ground.places.fact(f"facts/{source}/fields/{field}" if source else f"facts/{name}", "better")


def _undone(ground: Ground) -> None:
    """未完成 must not count for more than being done, only late."""
    for fact in facts_in(ground.method):
        late = fact.derived
        if isinstance(late, DaysLate):
            days = _days_undone(ground, late)
            if days is not None and days <= 0:
                place = ground.places.fact(fact.address)
                ground.found.add("K288", place, kind="on_time", name=fact.name, days=0, points="", least="")
    for (address, name, shown, points, least), _ in ground.by_group(lambda scores: _better_undone(ground, scores)):
        ground.found.add(
            "K288", ground.places.at(address), kind="late", name=name, days=shown, points=points, least=least
        )


def _days_undone(ground: Ground, late: DaysLate) -> int | None:
    """As how many days late 未完成 counts, where both dates are fixed."""
    if not isinstance(late.due, Literal) or not isinstance(late.if_not_done, Literal):
        return None
    due, undone = day_of(late.due.number), day_of(late.if_not_done.number)
    if undone <= due:
        return 0
    return between(ground.edition.calendar, due - (late.due_day == LATE), undone, late.count)


def _better_undone(ground: Ground, scores: Scores) -> Iterator[tuple[str, str, str, str, str]]:
    """Criteria on days late where 未完成 earns more than the latest completion does."""
    for node in nodes_of(scores):
        late = scores.reach.definition(node.of) if node.of is not None else None
        if node.mechanism is None or node.of is None or not isinstance(late, DaysLate):
            continue
        days = _days_undone(ground, late)
        if days is None or days <= 0 or not isinstance(late.done, Named):
            continue
        known = scores.reach.under({(node.of, ""): point(days)})
        try:
            undone = bounded_by(node, selected(node.exceptions, node.mechanism, node.marks, known, ""))
            every = bounded_by(node, selected(node.exceptions, node.mechanism, node.marks, scores.reach, ""))
        except TooMany:
            continue
        if every.low is not None and undone.low is not None and undone.low > every.low:
            yield node.address, late.done.name, str(days), number(undone.low), number(every.low)
