"""The headroom (提升空间): full marks, score and what is still to gain, by indicator and by article; all of it re-adds.

What stands between a sum and its parts (conversions, caps, rounding) has a row of its own, so that every column can be
added up on a calculator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scoring.explain.figures import points
from scoring.explain.ground import Ground, Json
from scoring.points import Rational, divide, exact, fixed, plain, rounded, unplain
from scoring.render.width import cells, padded

ROOT = "总分"
ARTICLE = re.compile(r"第[^条]+条")
AWARD, BONUS, DEDUCTION = "award", "bonus", "deduction"
NOT_COUNTED = ("分摊", "折算")


@dataclass(frozen=True, slots=True)
class Room:
    """One line: a criterion, an indicator over its criteria (`sums`), or what lies between (`between`).

    `marks` and `left` are None where there is no top to reach.
    """

    code: str
    name: str
    level: int
    marks: Rational | None
    score: Rational
    left: Rational | None
    article: str
    state: str
    sums: bool = False
    between: bool = False

    def data(self) -> Json:
        return {
            "code": self.code,
            "name": self.name,
            "level": self.level,
            "marks": None if self.marks is None else plain(self.marks),
            "score": plain(self.score),
            "left": None if self.left is None else plain(self.left),
            "article": self.article or None,
            "state": self.state,
            "sums": self.sums,
            "between": self.between,
        }


@dataclass(frozen=True, slots=True)
class Headroom:
    """The table of one department. `awarded` is what is left of the marks alone, without bonuses and deductions;
    `converted` is what that is worth in the total, where the table was brought back to its full marks (缺项折算).
    """

    rows: tuple[Room, ...]
    articles: tuple[Room, ...]
    total: Room
    awarded: Rational | None
    converted: Rational | None

    def data(self) -> Json:
        return {
            "rows": [each.data() for each in self.rows],
            "articles": [each.data() for each in self.articles],
            "total": self.total.data(),
            "awarded": None if self.awarded is None else plain(self.awarded),
            "converted": None if self.converted is None else plain(self.converted),
        }


def headroom(ground: Ground) -> Headroom:
    """The table, in the order of the method."""
    tree = [each for each in ground.assessment["method"]["tree"] if each["code"] in ground.card["nodes"]]
    below: dict[str, list[Json]] = {}
    for node in tree:
        below.setdefault(node["parent"] or "", []).append(node)
    root = next((each for each in tree if each["code"] == ROOT), tree[0])
    rows = tuple(_rows(ground, root, below))[1:]
    leaves = [each for each in rows if not each.sums and not each.between]
    awarded = [each for each in leaves if ground.node(each.code)["kind"] == AWARD]
    marks, left = _sum(each.marks for each in awarded), _sum(each.left for each in rows if each.level == 1)
    said = _state(ground, root)
    total = Room(ROOT, root["name"], 0, marks, unplain(said["points"]), left, "", said["state"], sums=True)
    return Headroom(
        rows, tuple(_by_article(leaves)), total, _sum(each.left for each in awarded), _converted(ground, awarded)
    )


def _rows(ground: Ground, node: Json, below: dict[str, list[Json]]) -> Iterator[Room]:
    """A node, all below it, and what its own points are beyond theirs."""
    parts = below.get(node["code"], [])
    inner = [list(_rows(ground, each, below)) for each in parts]
    yield _room(ground, node, [each[0] for each in inner])
    for each in inner:
        yield from each
    if parts:
        between = unplain(_state(ground, node)["points"]) - (_sum(each[0].score for each in inner) or 0)
        if between:
            yield Room(node["code"], "", node["level"] + 1, None, exact(between), None, "", "", between=True)


def _room(ground: Ground, node: Json, parts: list[Room]) -> Room:
    said = _state(ground, node)
    score = unplain(said["points"])
    marks = None if node["marks"] is None or node["kind"] == DEDUCTION else unplain(node["marks"])
    left: Rational | None
    if parts:
        left = _sum(each.left for each in parts)
        if node["kind"] == AWARD:
            marks = _sum(each.marks for each in parts if each.marks is not None)
        elif node["kind"] == BONUS and marks is not None:
            left = exact(max(0, marks - score))
    elif node["kind"] == DEDUCTION:
        left = exact(-score)
    elif said["state"] == "not_applicable" and said["left"] in NOT_COUNTED:
        marks, left = 0, 0
    elif node["kind"] == AWARD:
        marks = unplain(said["available"])
        left = exact(max(0, marks - score))
    else:
        left = None if marks is None else exact(max(0, marks - score))
    article = ground.rules.article(node["code"]).article
    return Room(node["code"], node["name"], node["level"], marks, score, left, article, said["state"], sums=bool(parts))


def _state(ground: Ground, node: Json) -> Json:
    found: Json = ground.card["nodes"][node["code"]]
    return found


def _sum(values: Iterable[Rational | None]) -> Rational | None:
    there = [each for each in values if each is not None]
    return exact(sum(there)) if there else None


def _by_article(leaves: list[Room]) -> Iterator[Room]:
    """The criteria of each article (条) together, in the order in which the articles first appear."""
    found: dict[str, list[Room]] = {}
    for each in leaves:
        cited = ARTICLE.match(each.article)
        found.setdefault(cited[0] if cited else each.article, []).append(each)
    for article, rooms in found.items():
        codes = "、".join(each.code for each in rooms)
        marks, left = _sum(each.marks for each in rooms), _sum(each.left for each in rooms)
        score = _sum(each.score for each in rooms) or 0
        yield Room(codes, codes, 1, marks, score, left, article, "", sums=True)


def _converted(ground: Ground, awarded: list[Room]) -> Rational | None:
    """What the marks still to gain are worth once the total is brought back to its full marks."""
    left = _sum(each.left for each in awarded) or 0
    for entry in ground.card["entries"]:
        working = entry["basis"].get("working", {})
        if working.get("by") == "rebase" and entry["criterion"] == ROOT:
            return divide(left * unplain(working["to"]), unplain(working["available"]))
    return None


def as_table(found: Headroom, ground: Ground) -> str:
    """The table as text, columns lined up; ends with a line feed."""
    say = ground.say
    heads = [say(f"headroom.columns.{key}") for key in ("name", "marks", "score", "left", "article")]
    lines = [heads]
    for each in (*found.rows, found.total):
        name = say("headroom.between") if each.between else say("headroom.name", **each.data())
        indent = "  " * max(0, each.level - 1)
        lines.append([f"{indent}{name}", *_figures(each, ground.decimals), each.article])
    by_article = [[say("headroom.columns.article"), *heads[1:4], heads[0]]]
    by_article += [[each.article, *_figures(each, ground.decimals), each.name] for each in found.articles]
    department, method = ground.department, ground.assessment["method"]
    parts = [
        say("headroom.title", name=department["name"], code=department["code"], year=method["year"]),
        *_aligned(lines),
    ]
    if found.converted is not None:
        parts.append(
            say(
                "headroom.converted",
                left=points(rounded(found.awarded or 0, ground.decimals)),
                converted=fixed(found.converted, 2),
            )
        )
    parts += ["", say("headroom.by_article"), *_aligned(by_article)]
    return "\n".join(each.rstrip() for each in parts) + "\n"


def _figures(room: Room, decimals: int) -> list[str]:
    """Marks, score and what is left, as the ledger writes them: a fraction is no figure for a table."""
    return ["—" if each is None else points(rounded(each, decimals)) for each in (room.marks, room.score, room.left)]


def _aligned(lines: list[list[str]]) -> Iterator[str]:
    widths = [max(cells(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        sized = enumerate(zip(line, widths, strict=True))
        yield "  ".join(padded(text, width, right=0 < column < 4) for column, (text, width) in sized)
