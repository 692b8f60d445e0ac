"""Ranks: totals become ranks and grades, with a step for each reason; no point moves here (名次、等次).

Order: what the ranking reads → ranks with ties and tie-breaks → grade by score → exceptions → limits → quotas →
the leaders' word → consequences. Unnamed departments are graded for the bureau's eyes and stand outside ranks,
quota bases and quotas, so that adding or removing one changes nothing for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cmp_to_key
from itertools import groupby

from scoring.assessment import GradeStep, GroupStandings, Json, Scorecard, Standing
from scoring.condition import NO_ROW, Absent, Decision, Value
from scoring.method import Method, Quota, Reading
from scoring.points import Rational, divide, exact, plain, rounded
from scoring.scope import key_of
from scoring.settle.outcome import said_by
from scoring.settle.scorecard import Sheet
from scoring.submission import REGRADE, Department, Ruling

COMPETITION, DENSE, AVERAGE = "并列占位", "并列不占位", "平均名次"
Match = Callable[[Decision, tuple[Value, ...]], int]


@dataclass(slots=True, eq=False)
class Contender:
    """A scored department on its way to a rank and a grade, with what standing must know of its data.

    `held` are the addresses of limits, exceptions and consequences whose condition holds, with what they read.
    """

    department: Department
    card: Scorecard
    breaks: tuple[Value, ...]
    break_workings: tuple[Json, ...]
    holding: dict[str, list[Json]]
    left_out: bool
    regrades: tuple[Ruling, ...]
    rank: Rational | None = None
    used: int = 0
    """How many tie-breaks were needed to tell it from those of the same value."""
    graded: str | None = None
    steps: list[GradeStep] = field(default_factory=list)

    def read(self, reading: Reading) -> Rational:
        """The value that standing reads: the total after or before its rounding, or rounded once more."""
        assert self.card.total is not None
        assert self.card.exact is not None
        value = self.card.total if reading.of == "总分" else self.card.exact
        if reading.rounding is None:
            return value
        return rounded(value, reading.rounding.decimals, reading.rounding.mode)

    def grade(self, step: str, grade: str, basis: Json) -> None:
        """Bring the grade to what a step says."""
        self.graded = grade
        self.steps.append(GradeStep(step, grade, basis))


def contend(method: Method, sheet: Sheet, card: Scorecard) -> Contender:
    """What standing needs of a settled sheet, so that the sheet itself can be let go."""
    standing_ = method.standing
    ranking = standing_.ranking
    breaks = ranking.tie_breaks if ranking is not None else ()
    asked = [(limit.address, limit.decision) for limit in standing_.limits]
    asked += [(each.address, each.decision) for each in standing_.grade_exceptions]
    asked += [(each.address, each.decision) for each in standing_.consequences if not each.of]
    return Contender(
        sheet.submission.department,
        card,
        tuple(tie.expression.value(sheet.scope) for tie in breaks),
        tuple(tie.expression.working(sheet.scope) for tie in breaks),
        {address: sheet.awarder.reads(decision.reads) for address, decision in asked if sheet.holds(decision)},
        standing_.leaves_out is not None and sheet.holds(standing_.leaves_out),
        tuple(each for each in sheet.submission.rulings if each.kind == REGRADE),
    )


def stand(
    method: Method, contenders: list[Contender], unassessed: Iterable[Department], match: Match
) -> tuple[tuple[GroupStandings, ...], tuple[Scorecard, ...]]:
    """Rank and grade all contenders; the standings by group, and the scorecards with their grades."""
    inside, outside = [], []
    for contender in contenders:
        reason = unranked_because(contender)
        if reason:
            outside.append((contender, reason))
        else:
            inside.append(contender)
    for pool in pools(method, inside):
        place(method, pool)
    for contender in contenders:
        if contender.card.total is not None:
            by_score(method, contender, match)
            by_limit(method, contender)
    quotas = fill_quotas(method, inside)
    for contender in contenders:
        by_decision(contender)
        contender.card = replace(
            contender.card,
            grade=contender.graded,
            grade_steps=tuple(contender.steps),
            consequences=consequences(method, contender, match),
        )
    groups = []
    for group in method.groups:
        ranked = [each for each in inside if each.department.group == group.code]
        ranked.sort(key=lambda each: (each.rank or 0, each.department.order, each.department.code))
        left: list[Json] = [
            {"department": each.department.code, "reason": reason, "text": ""}
            for each, reason in outside
            if each.department.group == group.code
        ]
        left += [
            {"department": each.code, "reason": "not_assessed", "text": each.reason}
            for each in unassessed
            if each.group == group.code
        ]
        groups.append(
            GroupStandings(
                group.code,
                group.name,
                tuple(standing(method, each) for each in ranked),
                tuple(sorted(left, key=lambda each: str(each["department"]))),
                tuple(each for each in quotas if each["group"] in (None, group.code)),
            )
        )
    return tuple(groups), tuple(each.card for each in contenders)


def unranked_because(contender: Contender) -> str:
    if not contender.department.named:
        return "unnamed"
    if contender.card.total is None:
        return "held"
    return "left_out" if contender.left_out else ""


def pools(method: Method, inside: list[Contender]) -> list[list[Contender]]:
    ranking = method.standing.ranking
    if ranking is None or not ranking.within_group:
        return [inside]
    return [[each for each in inside if each.department.group == group.code] for group in method.groups]


def place(method: Method, pool: list[Contender]) -> None:
    """Give every contender of the pool its rank: by value, then by the tie-breaks in order."""
    ranking = method.standing.ranking
    if ranking is None:
        return
    forwards = [tie.highest_first for tie in ranking.tie_breaks]

    def compare(one: Contender, other: Contender) -> int:
        for left, right, forward in zip(one.breaks, other.breaks, forwards, strict=True):
            order = ahead(left, right, forward)
            if order:
                return order
        return 0

    start = level = 0
    for rivals in tied(ranking.of, pool, ranking.highest_first):
        if forwards and len(rivals) > 1:
            need(rivals)
        for _, equals in groupby(sorted(rivals, key=cmp_to_key(compare)), key=cmp_to_key(compare)):
            together = list(equals)
            end, level = start + len(together), level + 1
            rank = {DENSE: level, AVERAGE: divide(start + 1 + end, 2)}.get(ranking.ties, start + 1)
            for each in together:
                each.rank = rank
            start = end


def tied(of: Reading, pool: list[Contender], highest_first: bool) -> list[list[Contender]]:
    """Those of the same value together, the first of them first."""
    found: dict[object, list[Contender]] = {}
    for each in pool:
        found.setdefault(key_of(exact(each.read(of))), []).append(each)
    return sorted(found.values(), key=lambda rivals: rivals[0].read(of), reverse=highest_first)


def ahead(left: Value, right: Value, highest_first: bool) -> int:
    """Negative where `left` comes first; a value that is absent comes after all that are not."""
    if isinstance(left, Absent) or isinstance(right, Absent):
        return isinstance(left, Absent) - isinstance(right, Absent)
    if left == right:
        return 0
    return -1 if (left > right) == highest_first else 1


def need(rivals: list[Contender], known: int = 0) -> None:
    """Note how many tie-breaks it takes to tell each of several from all the others; all where it stays equal to one.

    `known` tie-breaks have not told these apart.
    """
    for each in rivals:
        each.used = min(known + 1, len(each.breaks))
    if known == len(rivals[0].breaks):
        return
    alike: dict[object, list[Contender]] = {}
    for each in rivals:
        value = each.breaks[known]
        alike.setdefault(value if isinstance(value, Absent) else key_of(exact(value)), []).append(each)
    for still in alike.values():
        if len(still) > 1:
            need(still, known + 1)


def by_score(method: Method, contender: Contender, match: Match) -> None:
    """The grade by exception or by the bands."""
    standing_ = method.standing
    for exception in standing_.grade_exceptions:
        if exception.address in contender.holding:
            because = contender.holding[exception.address]
            contender.grade("exception", exception.grade, {"rule": exception.address, "because": because})
            return
    if standing_.grade_decision is None or standing_.grades_of is None:
        return
    value = contender.read(standing_.grades_of)
    row = match(standing_.grade_decision, (value,))
    if row == NO_ROW or row < 0:
        return
    band = standing_.grades[row]
    bounds = {"at_least": band.at_least, "above": band.above, "at_most": band.at_most, "below": band.below}
    basis: Json = {
        "rule": band.address,
        "reads": reading_data(standing_.grades_of),
        "value": plain(value),
        "bounds": {key: plain(bound) for key, bound in bounds.items() if bound is not None},
    }
    contender.grade("by_score", band.grade, basis)


def by_limit(method: Method, contender: Contender) -> None:
    """Limits on the grade, in order; each that bites leaves a step, and points stay as they are."""
    for limit in method.standing.limits:
        if limit.total is not None or limit.address not in contender.holding:
            continue
        scale = method.standing.scale
        grade = contender.graded
        if grade not in scale:
            continue
        at = scale.index(grade)
        if limit.grade_at_most:
            at = max(at, scale.index(limit.grade_at_most))
        while at < len(scale) - 1 and scale[at] in limit.bars:
            at += 1
        basis: Json = {
            "rule": limit.address,
            "because": contender.holding[limit.address],
            "from": grade,
        }
        contender.grade("limit", scale[at], basis)


def fill_quotas(method: Method, inside: list[Contender]) -> list[Json]:
    """Let the best keep a grade while places last; the rest fall one grade. Ties at the edge as the method says."""
    found: list[Json] = []
    scale = method.standing.scale
    for quota in method.standing.quotas:
        for group, pool in quota_pools(method, quota, inside):
            places = quota.places(len(pool))
            wanting = [each for each in pool if each.graded == quota.grade]
            kept, edge = map(set, keep(quota, wanting, places))
            lower = scale[min(scale.index(quota.grade) + 1, len(scale) - 1)]
            for each in wanting:
                if each not in kept:
                    basis: Json = {
                        "rule": quota.address,
                        "from": quota.grade,
                        "base": len(pool),
                        "places": places,
                        "candidates": len(wanting),
                        "rank": None if each.rank is None else plain(each.rank),
                        "tied_at_edge": each in edge,
                    }
                    each.grade("quota", lower, basis)
            found.append(
                {
                    "rule": quota.address,
                    "group": group,
                    "grade": quota.grade,
                    "base": len(pool),
                    "share": None if quota.share is None else plain(quota.share),
                    "places": places,
                    "candidates": len(wanting),
                    "kept": len(kept),
                    "tied_at_edge": sorted(each.department.code for each in edge),
                }
            )
    return found


def quota_pools(method: Method, quota: Quota, inside: list[Contender]) -> list[tuple[str | None, list[Contender]]]:
    wanted = [group.code for group in method.groups if not quota.groups or group.code in quota.groups]
    if not quota.within_group:
        return [(None, [each for each in inside if each.department.group in wanted])]
    return [(code, [each for each in inside if each.department.group == code]) for code in wanted]


def keep(quota: Quota, wanting: list[Contender], places: int) -> tuple[list[Contender], list[Contender]]:
    """Those who keep the grade, and those tied across the last place."""
    if len(wanting) <= places:
        return wanting, []

    def key(each: Contender) -> Rational:
        if quota.of is None:
            return -(each.rank or 0)
        return each.read(quota.of)

    ordered = sorted(wanting, key=key, reverse=True)
    if places == 0:
        return [], []
    last, first_out = key(ordered[places - 1]), key(ordered[places])
    if last != first_out:
        return ordered[:places], []
    edge = [each for each in ordered if key(each) == last]
    if quota.tie_at_edge == "均入选":
        return [each for each in ordered if key(each) >= last], edge
    return [each for each in ordered if key(each) > last], edge


def by_decision(contender: Contender) -> None:
    """The leaders' word on the grade (调整等次)."""
    for ruling in contender.regrades:
        basis: Json = {"rule": "decisions", "from": contender.graded, "ruling": said_by(ruling)}
        contender.grade("decision", ruling.grade, basis)


def consequences(method: Method, contender: Contender, match: Match) -> tuple[Json, ...]:
    """What follows from the result, outside the score."""
    found: list[Json] = []
    for consequence in method.standing.consequences:
        if consequence.groups and contender.department.group not in consequence.groups:
            continue
        if not consequence.of:
            row = 0 if consequence.address in contender.holding else NO_ROW
        else:
            value = result_value(method, contender, consequence.of)
            if value is None:
                continue
            row = match(consequence.decision, (value,))
        if row >= 0:
            found.append({"rule": consequence.address, "row": row, "text": consequence.texts[row]})
    return tuple(found)


def result_value(method: Method, contender: Contender, of: str) -> Rational | None:
    if of == "名次":
        return contender.rank
    if of == "等次":
        scale = method.standing.scale
        return scale.index(contender.graded) if contender.graded in scale else None
    return None if contender.card.total is None else contender.read(Reading(of))


def standing(method: Method, contender: Contender) -> Standing:
    """The place of a ranked contender, with the value read and the tie-breaks that were needed."""
    ranking = method.standing.ranking
    steps: list[Json] = []
    if ranking is not None:
        value = plain(contender.read(ranking.of))
        steps.append({"rule": "method/standing/rank", "reads": reading_data(ranking.of), "value": value})
        told = zip(ranking.tie_breaks, contender.breaks, contender.break_workings, strict=True)
        for tie, broken, working in list(told)[: contender.used]:
            shown = broken.value if isinstance(broken, Absent) else plain(broken)
            steps.append({"rule": tie.address, "reads": working, "value": shown})
    assert contender.card.total is not None
    return Standing(
        contender.department.code, contender.rank or 0, contender.card.total, contender.graded, tuple(steps)
    )


def reading_data(reading: Reading) -> Json:
    found: Json = {"of": reading.of}
    if reading.rounding is not None:
        found["rounded"] = {"decimals": reading.rounding.decimals, "mode": reading.rounding.mode}
    return found
