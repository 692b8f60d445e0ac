"""The departments that a circular speaks of (参评部门): named, scored, each with what is printed of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.points import Rational, plain, unplain
from scoring.views.office import BY_SCORE

HELD = "暂缓"
"""What is printed in place of a total that is held back."""
LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Share:
    """What a department got at one node, of what it could get there; nothing where the node left its sheet."""

    points: Rational = 0
    available: Rational = 0


NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Member:
    """One department of the roll. `rank` is None where it stands outside the ranking, `total` where it is held back."""

    code: str
    name: str
    short: str
    group: str
    order: int
    grade: str
    total: Rational | None
    printed: str
    rank: Rational | None
    shares: Mapping[str, Share] = field(default_factory=dict)
    entries: tuple[Mapping[str, Any], ...] = ()
    ties: tuple[Mapping[str, Any], ...] = ()
    """The tie-breaks that were asked, in order."""
    named: bool = True

    def points(self, code: str) -> Rational:
        """The points of a node; 0 where it is not on this department's sheet."""
        return self.shares.get(code, NOTHING).points

    def available(self, code: str) -> Rational:
        """The marks that this department could reach there; 0 where the node left its sheet."""
        return self.shares.get(code, NOTHING).available

    @property
    def rank_text(self) -> str:
        """The place as it is printed, “—” outside the ranking."""
        if self.rank is None:
            return "—"
        return plain(self.rank)


def members(seen: Mapping[str, Any], *, unnamed: bool = False) -> tuple[Member, ...]:
    """The scored departments of what is seen, in order of group and roster; the named ones unless asked otherwise."""
    about = {each["code"]: each for each in seen["departments"]}
    ranked = seen["method"]["ranking"] is not None
    places = {row["department"]: row for group in seen["groups"] for row in group["standings"] if ranked}
    groups = {group["code"]: number for number, group in enumerate(seen["groups"])}
    found = []
    read: dict[str, Rational] = {}
    for card in seen["scorecards"]:
        department, place = about[card["department"]], places.get(card["department"])
        named = department["visibility"] == "named"
        if named or unnamed:
            found.append(
                Member(
                    code=department["code"],
                    name=department["name"],
                    short=department["short"] or department["name"],
                    group=department["group"],
                    order=department["order"] if department["order"] is not None else LAST,
                    grade=card["grade"] or "",
                    total=None if card["total"] is None else unplain(card["total"]),
                    printed=card["printed"] or HELD,
                    rank=None if place is None else unplain(str(place["rank"])),
                    shares={code: _share(node, read) for code, node in card["nodes"].items()},
                    entries=tuple(card["entries"]),
                    ties=() if place is None else tuple(place["rank_steps"][1:]),
                    named=named,
                )
            )
    return tuple(sorted(found, key=lambda each: (groups[each.group], each.order, each.code)))


def _share(node: Mapping[str, Any], read: dict[str, Rational]) -> Share:
    """The figures of a node. They repeat from department to department, so each text is read once."""
    for text in (node["points"], node["available"]):
        if text not in read:
            read[text] = unplain(text)
    return Share(read[node["points"]], 0 if node["left"] else read[node["available"]])


def in_list_order(found: Iterable[Member], order: str) -> list[Member]:
    """Names as the office lists them: from the highest score down, or by establishment (建制顺序)."""
    if order != BY_SCORE:
        return sorted(found, key=lambda each: (each.order, each.code))
    return sorted(found, key=lambda each: (-(each.total or 0), _rank(each), each.order, each.code))


def in_rank_order(found: Iterable[Member]) -> list[Member]:
    """By place; those outside the ranking come last, from the highest score down."""
    return sorted(found, key=lambda each: (_rank(each), -(each.total or 0), each.order, each.code))


def _rank(member: Member) -> Rational:
    return LAST if member.rank is None else member.rank
