"""Says what selects and what puts together: bands, cases and checks (分档、按情形、逐项)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from scoring.explain import conditions
from scoring.explain.awards import AWARDS
from scoring.explain.figures import points, size
from scoring.explain.formula import term
from scoring.explain.ground import DATE, MISSING, Ground, Quantity, points_of
from scoring.explain.records import lacking
from scoring.explain.telling import Asked, Told, Trace
from scoring.explain.workings import brief
from scoring.points import Rational, parse, unplain

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def told(asked: Asked, working: Trace) -> Told:
    """What the mechanism `working["by"]` gave."""
    return MECHANISMS[str(working["by"])](asked, working)


def _checks(asked: Asked, working: Trace) -> Told:
    ground = asked.ground
    states = {entry["item"]: entry["state"] for entry in working["items"]}
    names = {entry["name"]: entry["item"] for entry in working["items"]}
    items = []
    for entry in working["items"]:
        said = ground.rules.mapping(f"{asked.rule}/checks/{entry['item']}")
        needs = said.get("needs") or ()
        unmet = [
            str(name)
            for name in ([needs] if isinstance(needs, str) else needs)
            if states.get(names.get(str(name), -1)) != "met"
        ]
        number = CIRCLED[entry["item"]] if entry["item"] < len(CIRCLED) else f"({entry['item'] + 1})"
        facts = conditions.told(ground, [said.get("when")])
        items.append(
            {
                "number": "" if entry["name"][:1] in CIRCLED else number,
                "name": entry["name"],
                "state": entry["state"],
                "adds": "deduct" not in said,
                "amount": conditions.award(ground, {"points": said.get("add", said.get("deduct", 0))}, asked.marks),
                "change": points(size(unplain(entry["change"]))),
                "facts": [{"name": each.name, "value": each.shown()} for each in facts],
                "unproven": list(entry.get("unproven", ())),
                "needs": unmet,
                "lacking": list(lacking(ground, [each.name for each in facts if each.text == MISSING])),
            }
        )
    changes = [unplain(entry["change"]) for entry in working["items"]]
    skips_start = working["start"] == "0" and changes[:1] >= [0]
    formula = term(changes.pop(0) if skips_start else unplain(working["start"]))
    for each in changes:
        formula = formula.minus(term(-each)) if each < 0 else formula.plus(term(each))
    values = {"items": items, "start": points_of(working["start"]), "started": working["start"] != "0"}
    lost = [items[index] for index in asked.miss.get("items", ())]
    return Told(
        formula,
        ground.say("checks.fact", **values),
        ground.say("checks.standard", **values),
        ground.say("checks.better", lost=lost) if lost else "",
        rows=tuple(f"{asked.rule}/checks/{entry['item']}" for entry in working["items"]),
        tried=tuple(ground.say("checks.tried", **each) for each in lost),
    )


def _bands(asked: Asked, working: Trace) -> Told:
    """One row of a measure: which one, and the next better."""
    ground, quantity = asked.ground, asked.quantity
    assert quantity is not None
    rows = ground.rules.said(f"{asked.rule}/bands") or []
    inner, row = _inner(asked, working, "bands")
    beside = [text for each in (working["bounds"], asked.miss.get("bounds", {})) for text in each.values()]
    values = {
        "name": quantity.name,
        "value": quantity.shown(*beside),
        "brief": brief(ground, asked.measure),
        "row": str(row.get("name", "")),
        "bounds": _bounds(ground, working["bounds"], row, quantity),
        "levels": len(rows),
        "inner": inner.standard,
    }
    better, tried = "", inner.tried
    if "bounds" in asked.miss:
        other = ground.rules.mapping(f"{asked.rule}/bands/{asked.miss['row']}")
        missed = {
            "bounds": _bounds(ground, asked.miss["bounds"], other, quantity),
            "award": conditions.award(ground, other, asked.marks),
        }
        better = ground.say("bands.better", name=quantity.name, **missed)
        tried = (ground.say("bands.tried", name=quantity.name, value=values["value"], **missed),)
    return replace(
        inner,
        fact=ground.say("bands.fact", **values) + (inner.fact if inner.fact else ""),
        standard=ground.say("bands.standard", **values),
        better=better or inner.better,
        best=_best(asked, rows, quantity),
        rows=(f"{asked.rule}/bands/{working['row']}", *inner.rows),
        tried=tried,
    )


def _best(asked: Asked, rows: list[Any], quantity: Quantity) -> str:
    """The row that gives full marks, where the next better one is another; only of bounds written in the rule."""
    top = next((number for number, each in enumerate(rows) if _whole(each) == asked.marks), None)
    if "bounds" not in asked.miss or top in (None, asked.miss["row"]):
        return ""
    other = asked.ground.rules.mapping(f"{asked.rule}/bands/{top}")
    written = {key: other[key] for key in ("at_least", "above", "at_most", "below") if key in other}
    read = {key: parse(each) if isinstance(each, str) else each for key, each in written.items()}
    if not read or None in read.values():
        return ""
    bounds = conditions.bounds(asked.ground, read, quantity.kind)
    award = conditions.award(asked.ground, other, asked.marks)
    return asked.ground.say("bands.better", name=quantity.name, bounds=bounds, award=award)


def _whole(row: Mapping[str, Any]) -> Rational | None:
    """The points of a row, where it gives a number of them."""
    said = row.get("points")
    return None if said is None or isinstance(said, (str, bool, Mapping)) else said


def _bounds(ground: Ground, evaluated: Mapping[str, str], row: Mapping[str, Any], quantity: Quantity) -> str:
    """The bounds of a row as they came out for this department; of a row by states, the states."""
    fixed: dict[str, Any] = {}
    for key, text in evaluated.items():
        fixed[key] = text if quantity.kind.type == DATE else unplain(text)
    states = {key: row[key] for key in ("is", "one_of") if key in row}
    return conditions.bounds(ground, {**fixed, **states}, quantity.kind)


def _cases(asked: Asked, working: Trace) -> Told:
    """The first row whose condition holds; those before it were tried and did not."""
    ground = asked.ground
    rows = ground.rules.said(f"{asked.rule}/cases") or []
    inner, row = _inner(asked, working, "cases")
    held = int(working["row"])
    tried_rows = [each for index, each in enumerate(rows) if index < held] if _ordered(rows) else []
    facts = conditions.told(ground, [each.get("when") for each in (*tried_rows, row)])
    tried = tuple(
        ground.say(
            "cases.tried",
            name=str(each.get("name", "")),
            condition=conditions.words(ground, each.get("when"), asked.quantity),
            award=conditions.award(ground, each, asked.marks),
        )
        for each in tried_rows
    )
    values = {
        "facts": [{"name": each.name, "value": each.shown()} for each in facts],
        "row": str(row.get("name", "")),
        "condition": conditions.words(ground, row.get("when"), asked.quantity),
        "inner": inner.standard,
    }
    better = ""
    if "bounds" in asked.miss:
        other = ground.rules.mapping(f"{asked.rule}/cases/{asked.miss['row']}")
        better = ground.say(
            "cases.better",
            condition=conditions.words(ground, other.get("when"), asked.quantity),
            award=conditions.award(ground, other, asked.marks),
        )
    return replace(
        inner,
        fact=ground.say("cases.fact", **values) + inner.fact,
        standard=ground.say("cases.standard", **values),
        better=better or inner.better,
        rows=(f"{asked.rule}/cases/{held}", *inner.rows),
        tried=(*tried, *inner.tried),
    )


def _ordered(rows: list[Any]) -> bool:
    """Whether rows are tried in order: with a last row for the rest they are, else they exclude one another."""
    return any("when" not in row for row in rows)


def _inner(asked: Asked, working: Trace, key: str) -> tuple[Told, Mapping[str, Any]]:
    address = f"{asked.rule}/{key}/{working['row']}"
    # What was missed is another row, or, where there is none better, what the row's own award missed.
    miss = {} if "bounds" in asked.miss else asked.miss
    given = AWARDS[str(working["award"]["by"])](replace(asked, rule=address, miss=miss), working["award"])
    return given, asked.ground.rules.mapping(address)


MECHANISMS: dict[str, Callable[[Asked, Trace], Told]] = {**AWARDS, "checks": _checks, "bands": _bands, "cases": _cases}
"""How each mechanism is explained, by its key in a rule file."""
