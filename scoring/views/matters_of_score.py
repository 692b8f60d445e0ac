"""Matters that scores raise: caps, self-scores, what is late or missing, and what people changed (得分的审定事项)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scoring.points import Rational, percent, unplain
from scoring.views.consistency import mismatches
from scoring.views.docket import Docket, Figures, Json, Matter, apart
from scoring.views.phrase import NO, YES, day, listed
from scoring.views.roll import Member
from scoring.views.sight import APPEAL, RULING

SELF_GAP = 10
"""How many points a self-score may differ from the score before the leaders are told; every list names the figure."""


def caps(docket: Docket) -> Iterable[Matter]:
    """附加分或扣分封顶."""
    for each, card in docket.cards():
        for entry in card["entries"]:
            if entry["stage"] in ("bonus_cap", "deduction_cap") and entry["basis"].get("working"):
                working = entry["basis"]["working"]
                bound = working.get("cap", working.get("floor"))
                if bound is not None:
                    yield Matter(
                        "cap",
                        docket.name(each.code),
                        {
                            "指标": docket.node(entry["criterion"]),
                            "规定": docket.provisions([entry["criterion"]]),
                            "加分": YES if entry["stage"] == "bonus_cap" else NO,
                            "应计": docket.marks(apart(unplain(working["value"]), 0)),
                            "上限": docket.marks(apart(unplain(bound), 0)),
                            "超过": docket.marks(apart(unplain(working["value"]), unplain(bound))),
                        },
                    )


def self_gaps(docket: Docket) -> Iterable[Matter]:
    """自评与评定相差较大, over the criteria that the department scored itself, before any conversion."""
    for each, card in docket.cards():
        told, scored = self_scored(card)
        if card["self_scores"] and apart(told, scored) >= SELF_GAP:
            yield Matter(
                "self_gap",
                docket.name(each.code),
                {
                    "自评幅度": docket.marks(SELF_GAP),
                    "自评": docket.marks(told),
                    "评定": docket.marks(scored),
                    "相差": docket.marks(apart(told, scored)),
                    "自评较高": YES if told > scored else NO,
                },
            )


def self_scored(card: Json) -> tuple[Rational, Rational]:
    """The self-score and, over the same criteria, the score before what conversions add to it."""
    told = card["self_scores"]
    own = [
        unplain(each["points"])
        for each in card["entries"]
        if each["criterion"] in told and each["stage"] not in ("reweight", "rebase", "scale")
    ]
    return sum(map(unplain, told.values())), sum(own)


def late(docket: Docket) -> Iterable[Matter]:
    """未报送或逾期, a matter a department."""
    handed_in = {each["code"]: each["submitted"] for each in docket.seen["departments"]}
    for each, card in docket.cards():
        missing = dict.fromkeys(entry["criterion"] for entry in card["entries"] if entry["state"] == "missing")
        read = {name: entry["criterion"] for entry in card["entries"] for name in _read(entry)}
        dated = {name: _overdue(name, card["facts"][name]) for name in card["facts"] if name in read}
        overdue = {name: figures for name, figures in dated.items() if figures is not None}
        resting = [read[name] for name in overdue]
        if not handed_in[each.code] or missing or overdue:
            yield Matter(
                "late",
                docket.name(each.code),
                {
                    "未报送": NO if handed_in[each.code] else YES,
                    "缺项": listed(docket.node(code) for code in missing),
                    "逾期": list(overdue.values()),
                    "规定": docket.provisions([*missing, *resting]),
                },
            )


TOLD = ("late_in_full", "claimed", "dated_before_proof")
"""Mismatches that are matters of their own; the others are told with self-scores, reviews and findings."""


def mismatched(docket: Docket) -> Iterable[Matter]:
    """数据与得分不一致, a matter each."""
    for each, card in docket.cards():
        for found in mismatches(docket.seen, card):
            if found.kind in TOLD:
                figures = {
                    "情形": found.kind,
                    "指标": docket.node(found.rule),
                    "规定": docket.provisions([found.rule]),
                    "数据项": found.figures.get("name", "、".join(found.figures.get("claims", ()))),
                    "天数": found.figures.get("days", ""),
                    "清单": found.figures.get("list", ""),
                    "条数": found.figures.get("count", ""),
                    "日期": day(found.figures["day"]) if "day" in found.figures else "",
                    "材料": found.figures.get("paper", ""),
                    "材料日期": day(found.figures["on"]) if "on" in found.figures else "",
                }
                yield Matter("mismatch", docket.name(each.code), figures)


def _read(entry: Json) -> Iterable[str]:
    """The facts that an entry was measured by, or that stood in its way; of an exempt criterion none was."""
    measure = entry["basis"].get("measure")
    return [str(each["fact"]) for each in (measure, *entry["basis"].get("because", ())) if each and "fact" in each]


def _overdue(name: str, fact: Json) -> Figures | None:
    working = fact.get("working", {})
    if working.get("operator") != "days_late" or not _positive(fact["value"]):
        return None
    done = str(working["done"].get("value", "")) if isinstance(working.get("done"), Mapping) else ""
    due = str(working.get("due", ""))
    dated = due[:4].isdigit() and len(due) >= 10
    return {
        "事项": str(working["done"].get("fact", name)) if isinstance(working.get("done"), Mapping) else name,
        "期限": day(due) if dated else "",
        "实际": day(done) if done[:4].isdigit() and len(done) >= 10 else "",
        "天数": fact["value"],
    }


def _positive(text: str) -> bool:
    return text[:1].isdigit() and unplain(text) > 0


def reviewed(docket: Docket) -> Iterable[Matter]:
    """复核调整: what a re-review changed, and what a reviewer put in place of the rule's number."""
    for each, card in docket.cards():
        changed = [_redone(docket, name, datum) for name, datum in _data(card)]
        yield from (Matter("review", docket.name(each.code), figures) for figures in changed if figures is not None)
        yield from _ruled(docket, each, card, "review_points", lambda layer: layer != RULING)


def _data(card: Json) -> Iterable[tuple[str, Json]]:
    yield from card["facts"].items()
    for name, rows in card["lists"].items():
        for row in rows or ():
            if isinstance(row, Mapping):
                yield from (
                    (f"{name}{row['key']}{field}", datum) for field, datum in row.items() if isinstance(datum, Mapping)
                )


def _redone(docket: Docket, name: str, datum: Json) -> Figures | None:
    layers = datum.get("layers", ())
    if not layers or layers[-1]["layer"] != APPEAL:
        return None
    unit = docket.seen["facts"].get(name, {}).get("unit", "")
    values = [_with_unit(each["value"], unit) for each in layers]
    before = values[-2] if len(values) > 1 else ""
    changed = YES if before != values[-1] else NO
    return {"数据项": name, "原数": before, "现数": values[-1], "调整": changed, "理由": layers[-1].get("why", "")}


def _with_unit(value: str, unit: str) -> str:
    """A value as it is said; dates and choices have no unit."""
    if unit == "%" and _positive(value):
        return percent(unplain(value))
    return f"{value}{unit}" if unit and value[:1].isdigit() else value


def by_hand(docket: Docket) -> Iterable[Matter]:
    """人工调整: what the leaders have decided already, and exemptions."""
    for each, card in docket.cards():
        yield from _ruled(docket, each, card, "by_hand", lambda layer: layer == RULING)
        for step in card["grade_steps"]:
            if step["step"] == "decision":
                ruling = step["basis"]["ruling"]
                yield Matter(
                    "regrade",
                    docket.name(each.code),
                    {"原等次": step["basis"]["from"] or "", "等次": step["grade"], **_signed(ruling)},
                )


def _ruled(docket: Docket, each: Member, card: Json, kind: str, wanted: Callable[[str], bool]) -> Iterable[Matter]:
    for entry in card["entries"]:
        ruling = entry["basis"].get("ruling")
        if ruling and wanted(ruling.get("layer", "")):
            working = entry["basis"].get("working", {})
            figures = {
                "指标": docket.node(entry["criterion"]),
                "规定": docket.provisions([entry["criterion"]]),
                "免予考核": YES if entry["kind"] == "exemption" else NO,
                "处理": entry["basis"].get("treatment", ""),
                "原得分": docket.marks(unplain(working["value"])) if "value" in working else "",
                "增减": docket.marks(unplain(entry["points"])),
                "现得分": docket.marks(unplain(working.get("value", "0")) + unplain(entry["points"])),
            }
            yield Matter(kind, docket.name(each.code), {**figures, **_signed(ruling)})


def _signed(ruling: Json) -> Figures:
    on = ruling.get("on", "")
    return {
        "决定人": ruling.get("by", ""),
        "日期": day(on) if len(on) >= 10 else on,
        "文号": ruling.get("basis", ""),
        "理由": ruling.get("why", ""),
    }
