"""Says what would have been needed (差什么能到), as text for an officer and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.app.whatif import GRADE, OPEN, RANK, Way, WhatIf
from scoring.app.whatif.bench import Changes, Outcome
from scoring.app.whatif.levers import Change
from scoring.app.whatif.overlay import written
from scoring.condition import Absent
from scoring.explain.figures import difference, given, points
from scoring.explain.figures import size as size_of
from scoring.explain.ground import Ground
from scoring.explain.layout import WIDTH, Sheet
from scoring.explain.records import label
from scoring.measure import fact_kind
from scoring.method import DATE
from scoring.points import Rational, fixed, plain, unplain
from scoring.timeline import UNDONE

Json = dict[str, Any]


class Teller:
    """One answer, with the words it is told in."""

    def __init__(self, answer: WhatIf, ground: Ground) -> None:
        self.answer, self.ground = answer, ground
        self.method = answer.bench.method
        self.by_rank = answer.to == RANK

    def say(self, key: str, **values: Any) -> str:
        return self.ground.say(f"whatif.{key}", by_rank=self.by_rank, target=self.answer.target, **values)

    # text

    def text(self, width: int = WIDTH) -> str:
        return "\n".join(self._lines(Sheet(self.ground.wording, width))) + "\n"

    def _lines(self, sheet: Sheet) -> Iterator[str]:
        answer, department = self.answer, self.ground.department
        year = self.ground.assessment["method"]["year"]
        yield from sheet.flow(self.say("title", name=department["name"], code=department["code"], year=year))
        yield from sheet.flow(
            self.say(
                "now",
                group=self.ground.group_name(department["group"]),
                count=answer.within_reach,
                **self._standing(answer.before),
            )
        )
        if answer.state != OPEN:
            yield from sheet.flow(self.say(f"state.{answer.state}"))
            return
        for key, ways, none in (("ones", answer.ones, "none_alone"), ("pairs", answer.pairs, "none_in_pairs")):
            yield from ("", sheet.heading(self.say(key)))
            for number, way in enumerate(ways, 1):
                yield from self._way(sheet, number, way)
            if not ways:
                yield from sheet.flow(self.say(none, ones=bool(answer.ones)), 2)
        if answer.more_pairs:
            yield from sheet.flow(self.say("more_pairs"), 2)
        if answer.together is not None:
            yield from ("", sheet.heading(self.say("together")))
            yield from sheet.flow(self.say("together_note"), 2)
            for number, each in enumerate(answer.together.changes, 1):
                yield from sheet.flow(f"{number}. {self.change(each)}", 2, 3)
            yield from sheet.flow(self.outcome(answer.together.outcome), 2)
        yield from ("", sheet.heading(self.say("best")))
        yield from sheet.flow(self.far(), 2)

    def _way(self, sheet: Sheet, number: int, way: Way) -> Iterator[str]:
        changes = [self.change(each) for each in way.changes]
        yield from sheet.flow(self.say("way", number=number, changes=changes, outcome=self.outcome(way.outcome)), 2, 3)

    def change(self, change: Change) -> str:
        """提前、增加、改为: how a datum would have to be."""
        lever, value = change.lever, change.value
        kind, now = fact_kind(lever.fact), lever.before
        after, before = given(kind.say(value), kind), given(kind.say(now), kind)
        way, size = "amount", ""
        if isinstance(now, Absent):
            way = "supplied"
        elif now == value:
            way = "proven"
        elif kind.choices:
            way = "state"
        elif kind.type == DATE:
            way = "done" if now == UNDONE else "date"
            size = f"{plain(size_of(_days(now) - _days(value)))}天"
        else:
            size = difference(size_of(now - value), kind.unit)
        return self.say(
            "change",
            label=self.label(change),
            way=way,
            before=before,
            after=after,
            size=size,
            rises=not isinstance(now, Absent) and value > now,
            earlier=not isinstance(now, Absent) and value < now,
            proof=lever.proof,
        )

    def label(self, change: Change) -> str:
        """The datum as its reader knows it; of a record which one."""
        lever = change.lever
        if not lever.key:
            return f"“{lever.name}”"
        return f"{lever.name}{label(self.ground, lever.name, lever.key)}的“{lever.fact.name}”"

    def outcome(self, outcome: Outcome) -> str:
        """Which criteria gain, and where the department comes to stand."""
        return self.say("outcome", moves=list(self._moves(outcome)), **self._standing(outcome))

    def _moves(self, outcome: Outcome) -> Iterator[dict[str, str]]:
        before, after = self.answer.before.card.nodes, outcome.card.nodes
        for node in self.ground.assessment["method"]["tree"]:
            code = node["code"]
            if node["leaf"] and code in after and before.get(code, {}).get("points") != after[code]["points"]:
                old, new = before.get(code, {}).get("points", "0"), after[code]["points"]
                yield {
                    "code": code,
                    "name": self.ground.named(code),
                    "before": _shown(unplain(old)),
                    "after": _shown(unplain(new)),
                }

    def _standing(self, outcome: Outcome) -> Json:
        rank = outcome.rank
        return {
            "total": "" if outcome.total is None else fixed(outcome.total, self.method.printed),
            "grade": outcome.grade or "",
            "rank": "" if rank is None else plain(rank),
        }

    def far(self) -> str:
        """How far everything within reach would lead."""
        best = self.answer.best
        if best is None:
            return ""
        found = best.outcome
        band = next((each for each in self.method.standing.grades if each.grade == self.answer.target), None)
        line = None if band is None else band.at_least if band.at_least is not None else band.above
        short = line - found.total if line is not None and found.total is not None and found.total < line else 0
        steps = {each.step: each for each in found.card.grade_steps}
        names = {each.address: each.name for each in self.method.standing.limits}
        limits = [names[each.basis["rule"]] for each in found.card.grade_steps if each.step == "limit"]
        return self.say(
            "far",
            reached=bool(self.answer.ones or self.answer.pairs or self.answer.together),
            bound="" if line is None else points(line),
            short=points(short) if short else "",
            limits=limits,
            quota="quota" in steps and not short,
            **self._standing(found),
        )

    # data

    def data(self) -> Json:
        answer = self.answer
        return {
            "format": 1,
            "edition": self.ground.assessment["edition"],
            "department": self.ground.department["code"],
            "to": answer.to,
            "state": answer.state,
            "target": answer.target or None if answer.to == GRADE else None,
            "now": self._outcome(answer.before),
            "within_reach": answer.within_reach,
            "ones": [self._told(each) for each in answer.ones],
            "pairs": [self._told(each) for each in answer.pairs],
            "more_pairs": answer.more_pairs,
            "together": None if answer.together is None else self._told(answer.together),
            "best": None if answer.best is None else self._told(answer.best),
        }

    def _told(self, way: Way) -> Json:
        return {
            "changes": self._changes(way.changes),
            "moves": list(self._moves(way.outcome)),
            **self._outcome(way.outcome),
        }

    def _outcome(self, outcome: Outcome) -> Json:
        return {
            "total": None if outcome.total is None else plain(outcome.total),
            "grade": outcome.grade,
            "rank": None if outcome.rank is None else plain(outcome.rank),
        }

    def _changes(self, changes: Changes) -> list[Json]:
        found = []
        for each in changes:
            lever, kind = each.lever, fact_kind(each.lever.fact)
            now = lever.before
            found.append(
                {
                    "fact": lever.name,
                    "key": lever.key or None,
                    "field": lever.fact.name if lever.key else None,
                    "from": kind.say(now) if isinstance(now, Absent) else _text(written(lever.fact, now)),
                    "to": _text(written(lever.fact, each.value)),
                    "evidence": lever.proof,
                }
            )
        return found


def _text(said: Any) -> str:
    return said if isinstance(said, str) else plain(said)


def _days(moment: Rational) -> int:
    return moment.numerator // moment.denominator


def _shown(value: Rational) -> str:
    places = 2
    return fixed(value, places)
