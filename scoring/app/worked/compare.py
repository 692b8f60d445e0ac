"""Holds what an example came to against what it was expected to come to; only what is written is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scoring.app.worked.grounds import KINDS, grounds_of_grade, grounds_of_points, grounds_of_total
from scoring.app.worked.run import Came, Outcome
from scoring.app.worked.wanted import fact_at, number, wanted_value
from scoring.assessment import MISSING, NOT_APPLICABLE, NOT_EVALUABLE, STAGES, Entry, Json
from scoring.finding import ERROR, Finding, finding
from scoring.location import Location, Mapping, Sequence
from scoring.method import Method
from scoring.points import plain
from scoring.reading.draft import close
from scoring.reading.examples import ALONE, Example

ABSENT = {"不适用", "未报", "无法评定", "不考核"}
HELD, UNRANKED, NONE = "暂缓", "不排名", "无"


def differences(method: Method, example: Example, came: Came) -> Iterator[Finding]:
    """Every expectation that was not met, and every one that cannot be read, in the order of the file."""
    for case in example.cases:
        code = case.submission.department.code
        if code in came.outcomes:
            headings = (*example.place.headings, *(() if code == ALONE else (code,)))
            yield from _Comparison(method, headings, case.expected, came.outcomes[code]).all()


@dataclass(slots=True)
class _Comparison:
    """One department's expectations beside its outcome."""

    method: Method
    headings: tuple[str, ...]
    expected: Mapping
    outcome: Outcome

    def all(self) -> Iterator[Finding]:
        told: dict[str, Callable[[], Iterator[Finding]]] = {
            "facts": self.facts,
            "points": self.points,
            "total": self.totals,
            "exact": self.totals,
            "grade": self.grade,
            "rank": self.rank,
            "limits": self.limits,
            "warnings": self.warnings,
            "entries": self.entries,
        }
        done = set()
        for key in self.expected:
            compare = told.get(key)
            if compare is not None and compare not in done:
                done.add(compare)
                yield from compare()

    def points(self) -> Iterator[Finding]:
        said = self.expected["points"]
        codes = [node.code for node in self.method.nodes() if node.code]
        for code in said if isinstance(said, Mapping) else ():
            if code not in codes:
                yield self.unknown("code", code, said.key(code), codes)
                continue
            wanted = number(said[code])
            if wanted is None and said[code] not in ABSENT:
                yield self.unread("points", said, code)
                continue
            text = str(said[code]) if wanted is None else plain(wanted)
            states = said_of(self.outcome.card.nodes.get(code))
            if text not in states:
                because = grounds_of_points(self.method, self.outcome.card, code)
                yield self.differs("points", said.value(code), text, states[0], because, code)

    def totals(self) -> Iterator[Finding]:
        card = self.outcome.card
        for key, value in (("total", card.total), ("exact", card.exact)):
            if key not in self.expected:
                continue
            wanted = number(self.expected[key])
            if wanted is None and self.expected[key] != HELD:
                yield self.unread(key, self.expected, key)
                continue
            text, actual = HELD if wanted is None else plain(wanted), HELD if value is None else plain(value)
            if text != actual:
                because = "、".join(card.held) if value is None else grounds_of_total(self.method, card)
                yield self.differs(key, self.expected.value(key), text, actual, because)

    def grade(self) -> Iterator[Finding]:
        standing, wanted = self.method.standing, str(self.expected["grade"])
        grades = [*standing.scale, *(each.grade for each in standing.grade_exceptions)]
        actual = self.outcome.card.grade or NONE
        if wanted not in (*grades, NONE):
            yield self.unknown("grade", wanted, self.expected.value("grade"), grades)
        elif wanted != actual:
            because = grounds_of_grade(self.outcome.card)
            yield self.differs("grade", self.expected.value("grade"), wanted, actual, because)

    def rank(self) -> Iterator[Finding]:
        wanted, rank = number(self.expected["rank"]), self.outcome.rank
        if wanted is None and self.expected["rank"] != UNRANKED:
            yield self.unread("rank", self.expected, "rank")
            return
        text, actual = UNRANKED if wanted is None else plain(wanted), UNRANKED if rank is None else plain(rank)
        if text != actual:
            total = self.outcome.card.total
            because = "" if total is None else f"总分{plain(total)}"
            yield self.differs("rank", self.expected.value("rank"), text, actual, because)

    def limits(self) -> Iterator[Finding]:
        names = [each.name for each in self.method.standing.limits]
        yield from self.named("limits", names, self.outcome.limits)

    def warnings(self) -> Iterator[Finding]:
        names = {each.address: each.name for each in self.method.warnings}
        actual = tuple(names[str(row["warning"])] for row in self.outcome.card.warnings)
        yield from self.named("warnings", list(names.values()), actual)

    def named(self, key: str, names: list[str], actual: tuple[str, ...]) -> Iterator[Finding]:
        """Names that must be exactly these, in whatever order."""
        said = self.expected[key]
        if not isinstance(said, Sequence):
            return
        for at, name in enumerate(said):
            if name not in names:
                yield self.unknown(key, str(name), said.item(at), names)
        if set(said) <= set(names) and set(said) != set(actual):
            texts = ["、".join(each for each in names if each in those) or NONE for those in (said, actual)]
            yield self.differs(key, self.expected.value(key), texts[0], texts[1], "")

    def facts(self) -> Iterator[Finding]:
        said = self.expected["facts"]
        for name in said if isinstance(said, Mapping) else ():
            found = fact_at(self.method, self.outcome.card, name)
            if found is None:
                known = [*self.method.facts]
                yield self.unknown("fact", name, said.key(name), known)
                continue
            wanted = wanted_value(found.fact, said, name)
            if wanted.code:
                params = tuple(sorted((key, str(value)) for key, value in wanted.params.items()))
                yield Finding(wanted.code, ERROR, params, self.at(said.value(name)))
            elif wanted.text != found.text:
                texts = found.spoken(wanted.text), found.spoken(found.text)
                yield self.differs("facts", said.value(name), *texts, "", name)

    def entries(self) -> Iterator[Finding]:
        said = self.expected["entries"]
        codes = [node.code for node in self.method.nodes() if node.code]
        for row in said if isinstance(said, Sequence) else ():
            if not isinstance(row, Mapping):
                continue
            for key, names in (("indicator", codes), ("kind", list(KINDS)), ("stage", list(STAGES))):
                if key in row and str(row[key]) not in names:
                    yield self.unknown(key, str(row[key]), row.value(key), names)
                    return
            if "points" in row and number(row["points"]) is None:
                yield self.unread("points", row, "points")
            elif not any(_matches(row, entry) for entry in self.outcome.card.entries):
                code = str(row.get("indicator", ""))
                near = [each for each in self.outcome.card.entries if not code or code in _codes(each)]
                actual = "、".join(f"{each.kind} {plain(each.exact)}" for each in near) or NONE
                wanted = " ".join(str(row[key]) for key in ("kind", "stage") if key in row)
                amount = number(row.get("points"))
                text = wanted if amount is None else f"{wanted} {plain(amount)}"
                yield self.differs("entries", row.location, text, actual, "", code)

    def at(self, place: Location) -> Location:
        return replace(place, headings=self.headings)

    def differs(self, kind: str, place: Location, wanted: str, actual: str, because: str, name: str = "") -> Finding:
        place = self.at(place)
        return finding("K601", place, kind=kind, name=name, wanted=wanted, actual=actual, because=because)

    def unknown(self, kind: str, text: str, place: Location, known: list[str]) -> Finding:
        return finding("K602", self.at(place), kind=kind, text=text, meant=close(text, known))

    def unread(self, kind: str, holder: Mapping, key: str) -> Finding:
        return finding("K603", self.at(holder.value(key)), kind=kind, text=str(holder[key]))


def said_of(node: Json | None) -> tuple[str, ...]:
    """What may rightly be expected of a node; first what best says it."""
    if node is None:
        return ("不考核", "不适用")
    state, points = node["state"], str(node["points"])
    if state == MISSING:
        return ("未报",)
    if state == NOT_EVALUABLE:
        return ("无法评定",)
    if state == NOT_APPLICABLE:
        return ("不适用",) if node["left"] else (points, "不适用")
    return (points,)


def _codes(entry: Entry) -> tuple[str, str]:
    return entry.criterion, entry.indicator


def _matches(row: Mapping, entry: Entry) -> bool:
    points = number(row.get("points"))
    return (
        row["kind"] == entry.kind
        and ("indicator" not in row or row["indicator"] in _codes(entry))
        and ("stage" not in row or row["stage"] == entry.stage)
        and (points is None or points == entry.exact)
    )
