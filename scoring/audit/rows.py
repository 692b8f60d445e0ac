"""The ranked tables (名次表) of the page: a row a department with what this audience may see of it, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.explain.figures import points
from scoring.points import Rational, unplain
from scoring.views.matters_of_score import self_scored
from scoring.views.phrase import plain_text
from scoring.views.roll import HELD

Json = Mapping[str, Any]
Row = dict[str, Any]

FULL, PART, NOTHING, LEFT, NONE = "f", "p", "z", "n", "-"
"""How a node came out: full marks, some, none; not applicable; not on this department's sheet, or without marks."""
LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be told of a department beside its name and grade."""

    scores: bool = True
    ranks: bool = True
    details: bool = True


def rows(seen: Json, scope: Scope) -> list[Row]:
    """Every department in order of group and rank; those outside the ranking after the others, by order of roster."""
    cards = {each["department"]: each for each in seen["scorecards"]}
    places = {each["department"]: each for group in seen["groups"] for each in group["standings"]}
    outside = {each["department"]: each for group in seen["groups"] for each in group["unranked"]}
    groups = {group["code"]: number for number, group in enumerate(seen["groups"])}
    shown = _Figures(seen["method"]["tree"])
    found = []
    for department in seen["departments"]:
        code = department["code"]
        card, place = cards.get(code), places.get(code)
        if card is None and place is None and department["assessed"]:
            continue  # of a department that is only named there is nothing to tell
        row: Row = {
            "code": code,
            "name": plain_text(department["name"]),
            "group": groups[department["group"]],
            "grade": (card or place or {}).get("grade") or "",
            "note": plain_text("；".join(_notes(department, card, outside.get(code)))),
        }
        if plain_text(department.get("short") or "") not in ("", row["name"]):
            row["short"] = plain_text(department["short"])
        if card is not None and scope.scores:
            row["total"] = card["printed"] or HELD
        if place is not None and scope.ranks and "rank" in place:
            row["rank"] = str(place["rank"])
        if place is not None and place.get("previous"):
            row["before"] = _before(place["previous"])
        if card is not None and scope.details:
            row |= shown.of(card)
            if card.get("self_scores"):
                row["self"] = points(self_scored(card)[0])
        order = (groups[department["group"]], _rank(place), department["order"] is None, department["order"] or 0, code)
        found.append((order, row))
    if not scope.ranks:
        found.sort(key=lambda each: (each[0][0], *each[0][2:]))
    else:
        found.sort(key=lambda each: each[0])
    return [row for _, row in found]


def _rank(place: Json | None) -> Rational:
    return LAST if place is None or "rank" not in place else unplain(str(place["rank"]))


def _before(previous: Json) -> str:
    grade = f"，{previous['grade']}" if previous["grade"] else ""
    return plain_text(f"第{previous['rank']}名，{points(unplain(previous['total']))}分{grade}")


def _notes(department: Json, card: Json | None, outside: Json | None) -> Iterator[str]:
    if not department["assessed"]:
        yield "不参加考核"
        if department.get("reason"):
            yield department["reason"]
        return
    if department["visibility"] != "named":
        yield "不列名"
    elif outside is not None:
        yield "不参加排名"
    if card is not None and card.get("held"):
        yield f"暂缓：{'、'.join(card['held'])}"
    if department.get("submitted") is False:
        yield "未报送"


class _Figures:
    """The points of a card node by node in the order of the tree. They repeat, so each figure is worded once."""

    def __init__(self, tree: Iterable[Json]) -> None:
        tree = list(tree)
        self.codes = [each["code"] for each in tree]
        self.marks = [each["marks"] for each in tree]
        self._words: dict[str, str] = {}
        self._states: dict[tuple[str, str], str] = {}

    def of(self, card: Json) -> Row:
        """Points and states by node, and what could be reached where that is not what the method says."""
        told = [card["nodes"].get(code) for code in self.codes]
        full = {
            str(number): self._word(each["available"])
            for number, each in enumerate(told)
            if each is not None and not each["left"] and each["available"] not in ("0", self.marks[number])
        }
        found: Row = {
            "points": ["" if each is None else self._word(each["points"]) for each in told],
            "states": "".join([NONE if each is None else self._state(each) for each in told]),
        }
        return {**found, "full": full} if full else found

    def _word(self, text: str) -> str:
        if text not in self._words:
            self._words[text] = points(unplain(text))
        return self._words[text]

    def _state(self, node: Json) -> str:
        if node["left"]:
            return LEFT
        key = (node["points"], node["available"])
        if key not in self._states:
            got, available = unplain(key[0]), unplain(key[1])
            if not available:
                self._states[key] = PART if got < 0 else NONE
            else:
                self._states[key] = FULL if got >= available else PART if got > 0 else NOTHING
        return self._states[key]
