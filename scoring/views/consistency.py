"""What does not go together (一致性提示): found in the assessment alone, of every method, and moving no points.

A method may declare warnings of its own. These need no declaration: they hold a score against what the department, the
papers and the calendar say. Each is facts by name; who prints it has the words under its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.points import Rational, exact, plain, unplain

Json = Mapping[str, Any]
RED, YELLOW = "红", "黄"
CARRIED = ("reweight", "rebase", "scale")
"""Stages in which a criterion gains what others leave: a self-score knows nothing of them."""
OPEN = ("missing", "not_evaluable")
UNDONE, NOT_APPLICABLE, SELF_REPORT = "未完成", "不适用", "自报"
FAR = 2
"""A self-score is far from the score where they differ by a half (one in so many) of the marks."""
FOUND = {"K352": "evidence_twice", "K356": "sum", "K357": "not_applicable"}
"""Findings of the forms that are as much about consistency, by what they are called here."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not go together: its kind and colour, the rule it stands under, and its figures."""

    kind: str
    level: str
    rule: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def mismatches(assessment: Json, card: Json) -> Iterator[Mismatch]:
    """Everything that does not go together on one scorecard, criterion by criterion, then what the forms show."""
    nodes = [each for each in assessment["method"]["tree"] if each["leaf"] and each["code"] in card["nodes"]]
    for node in nodes:
        entries = [each for each in card["entries"] if each["criterion"] == node["code"]]
        for look in (_self_gap, _by_hand, _late_in_full, _claimed):
            yield from look(card, node, entries)
    yield from _dated(card)
    for finding in assessment["findings"]:
        if finding["department"] == card["department"] and finding["code"] in FOUND:
            kind, params = FOUND[finding["code"]], dict(finding["params"])
            rules = {"evidence_twice": "method/evidence_reuse", "not_applicable": f"facts/{params.get('name', '')}"}
            yield Mismatch(kind, YELLOW, rules.get(kind) or str(params["indicator"]).partition(" ")[0], params)


def _self_gap(card: Json, node: Json, entries: list[Json]) -> Iterator[Mismatch]:
    """自评与评定相差悬殊; red where full marks were claimed and none given."""
    told, state = card["self_scores"].get(node["code"]), card["nodes"][node["code"]]["state"]
    if told is None or node["marks"] is None or not unplain(node["marks"]) or state in (*OPEN, "not_applicable"):
        return
    claimed, scored, marks = unplain(told), _own(entries), unplain(node["marks"])
    if FAR * apart(claimed, scored) >= marks:
        level = RED if claimed >= marks and scored <= 0 else YELLOW
        figures = {"told": claimed, "scored": scored, "marks": marks, "higher": claimed > scored}
        yield Mismatch("self_gap", level, node["code"], figures)


def _by_hand(card: Json, node: Json, entries: list[Json]) -> Iterator[Mismatch]:
    """按规则不得满分，改定为满分."""
    for entry in entries:
        working = entry["basis"].get("working", {})
        if working.get("by") == "override" and node["marks"] is not None and node["kind"] == "award":
            given, value, marks = (unplain(each) for each in (working["points"], working["value"], node["marks"]))
            if given >= marks > value:
                yield Mismatch("full_by_hand", RED, node["code"], {"given": given, "value": value, "marks": marks})


def _late_in_full(card: Json, node: Json, entries: list[Json]) -> Iterator[Mismatch]:
    """逾期而得满分."""
    if node["marks"] is None or node["kind"] != "award" or _own(entries) < unplain(node["marks"]):
        return
    for name, days in late(card, entries):
        yield Mismatch("late_in_full", RED, node["code"], {"name": name, "days": days, "marks": unplain(node["marks"])})


def late(card: Json, entries: Iterable[Json]) -> Iterator[tuple[str, str]]:
    """What these entries were measured by that was late, and by how many days."""
    seen = dict.fromkeys(str(each["basis"].get("measure", {}).get("fact", "")) for each in entries)
    for name in seen:
        fact = card["facts"].get(name, {})
        working = fact.get("working", {})
        if working.get("operator") == "days_late" and fact["value"][:1].isdigit() and unplain(fact["value"]) > 0:
            yield name, fact["value"]


def _claimed(card: Json, node: Json, entries: list[Json]) -> Iterator[Mismatch]:
    """部门称不适用，而有关清单有记录."""
    for entry in entries:
        if entry["state"] != "not_applicable" or entry["basis"].get("because") or entry["basis"].get("ruling"):
            continue
        names = list(entry["basis"].get("data", ()))
        claims = [each for each in names if _self_reported(card["facts"].get(each), NOT_APPLICABLE)]
        for name in names:
            rows = card["lists"].get(name)
            if claims and rows:
                yield Mismatch(
                    "claimed", YELLOW, node["code"], {"claims": claims, "list": name, "count": str(len(rows))}
                )


def _self_reported(fact: Json | None, value: str) -> bool:
    layers: list[Json] = [] if fact is None else list(fact.get("layers", ()))
    return bool(layers) and layers[-1]["layer"] == SELF_REPORT and layers[-1]["value"] == value


def _dated(card: Json) -> Iterator[Mismatch]:
    """报送的日期早于佐证材料的日期: done, it is said, before the paper that proves it was there."""
    for label, datum, ids in _data(card):
        day = datum["value"][:10]
        if len(day) != 10 or day[4:5] != "-":
            continue
        for id_ in ids:
            paper = card["evidence"].get(id_, {})
            if paper.get("date", "")[:10] > day:
                figures = {"name": label, "day": datum["value"], "paper": paper.get("title", id_), "on": paper["date"]}
                yield Mismatch("dated_before_proof", YELLOW, f"facts/{label.partition(' ')[0]}", figures)


def _data(card: Json) -> Iterator[tuple[str, Json, list[str]]]:
    """Every given datum by name, with the evidence beside it."""
    for name, datum in card["facts"].items():
        yield name, datum, [id_ for each in datum.get("layers", ()) for id_ in each.get("evidence", ())]
    for name, rows in card["lists"].items():
        for row in rows or ():
            if isinstance(row, Mapping):
                for field_, datum in row.items():
                    if isinstance(datum, Mapping):
                        yield f"{name} {row['key']} {field_}", datum, list(row.get("evidence", ()))


def _own(entries: Iterable[Json]) -> Rational:
    """What the criterion itself came to."""
    own = [unplain(each["exact"] or each["points"]) for each in entries if each["stage"] not in CARRIED]
    return exact(sum(own))


def apart(one: Rational, other: Rational) -> Rational:
    return one - other if one > other else other - one


def data(found: Mismatch) -> dict[str, Any]:
    """A mismatch for programs; exact numbers are strings."""
    figures = {
        key: plain(each) if isinstance(each, Rational) and not isinstance(each, bool) else each
        for key, each in found.figures.items()
    }
    return {"kind": found.kind, "level": found.level, "rule": found.rule, "figures": figures}
