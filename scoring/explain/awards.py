"""Says what an award gave: points, a reviewer's number, a proportion, steps (得分、扣分、评定、按比例、每…加减).

One function an award; its words stand in reports/explain/ under the award's key. `working` is what the mechanism left
in the entry's basis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.explain import conditions
from scoring.explain.figures import POINTS, constant, constant_difference, difference, exactly, points, shown, size
from scoring.explain.formula import Formula, equation, term
from scoring.explain.ground import points_of
from scoring.explain.telling import Asked, Told, Trace
from scoring.explain.workings import brief, measured
from scoring.points import Rational, unplain

Anchor = tuple[Rational, Rational]


def _points(asked: Asked, working: Trace) -> Told:
    ground = asked.ground
    source = ground.quantity({**working["from"], "value": working["points"]}) if "from" in working else None
    formula = term(unplain(working["points"]))
    if source is not None:
        formula = measured(ground, {**working["from"], "value": working["points"]}) or formula
    values = {"points": points_of(working["points"]), "name": source.name if source else ""}
    fact = ground.say("points.fact", value=source.shown() if source else "", **values)
    return Told(formula, fact, ground.say("points.standard", **values))


def _deduct(asked: Asked, working: Trace) -> Told:
    top, taken = unplain(working["top"]), unplain(working["deducted"])
    values = {"top": points(top), "deducted": points(taken)}
    say = asked.ground.say
    return Told(term(top).minus(term(taken)), say("deduct.fact", **values), say("deduct.standard", **values))


def _review(asked: Asked, working: Trace) -> Told:
    ground = asked.ground
    bounds = conditions.bounds(ground, {key: unplain(text) for key, text in working.get("bounds", {}).items()}, POINTS)
    reason = ""
    if "fact" in working:
        layers = ground.card["facts"].get(working["fact"], {}).get("layers") or [{}]
        reason = layers[-1].get("why", "")
    values = {
        "name": working.get("fact", ""),
        "points": shown(working["points"], POINTS, working.get("bounds", {}).values())[:-1],
        "bounds": bounds,
        "reason": reason,
    }
    return Told(
        term(unplain(working["points"])), ground.say("review.fact", **values), ground.say("review.standard", **values)
    )


def _scale(asked: Asked, working: Trace) -> Told:
    ground, quantity = asked.ground, asked.quantity
    assert quantity is not None
    unit = quantity.kind.unit
    if "if_equal" in working:
        values = {"name": quantity.name, "value": quantity.shown(), "points": points_of(working["points"])}
        return Told(
            term(unplain(working["points"])),
            ground.say("scale.fact", **values, brief="", limit=""),
            ground.say("scale.equal", **values),
            rows=(f"{asked.rule}/scale",),
        )
    low, high = (_anchor(working[key]) for key in ("from", "to"))
    taken = unplain(working["taken_at"])
    held = taken != quantity.number
    x = term(taken, unit) if held else measured(ground, asked.measure) or term(taken, unit)
    values = {
        "name": quantity.name,
        "value": quantity.shown(working["from"]["at"], working["to"]["at"]),
        "brief": brief(ground, asked.measure),
        "limit": constant(taken, unit) if held else "",
        "low": constant(low[0], unit),
        "low_points": points(low[1]),
        "high": constant(high[0], unit),
        "high_points": points(high[1]),
        "form": _form(low, high, unit),
    }
    better = ""
    if asked.miss:
        at = unplain(asked.miss["at"])
        better = ground.say(
            "scale.better",
            name=quantity.name,
            at=constant(at, unit),
            points=points_of(asked.miss["points"]),
            full=unplain(asked.miss["points"]) == asked.marks,
            rise=quantity.number is None or at > quantity.number,
            form=values["form"],
        )
    return Told(
        _between(x, low, high, unit),
        ground.say("scale.fact", **values),
        ground.say("scale.standard", **values),
        better,
        rows=(f"{asked.rule}/scale",),
    )


def _anchor(said: Mapping[str, str]) -> Anchor:
    return unplain(said["at"]), unplain(said["points"])


def _form(low: Anchor, high: Anchor, unit: str) -> str:
    """How the stretch reads best: the measure times the marks, a share of the upper end, or between two ends."""
    if low == (0, 0):
        return "times" if unit == "%" and high[0] == 1 else "share"
    return "between"


def _between(x: Formula, low: Anchor, high: Anchor, unit: str) -> Formula:
    """The points at x, on the line through two anchors."""
    if low == (0, 0):
        share = x if high[0] == 1 and unit == "%" else x.over(term(high[0], unit))
        return share.times(term(high[1]))
    width = term(high[0], unit).minus(term(low[0], unit)) if low[0] else term(high[0], unit)
    if high[1] == 0:
        return term(high[0], unit).minus(x).over(width).times(term(low[1]))
    share = (x.minus(term(low[0], unit)) if low[0] else x).over(width)
    if low[1] == 0:
        return share.times(term(high[1]))
    rise = high[1] - low[1]
    if rise < 0:
        return term(low[1]).minus(share.times(term(low[1]).minus(term(high[1]))))
    return term(low[1]).plus(share.times(term(high[1]).minus(term(low[1]))))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `steps`: what its template is given, by how much it moves the points, the calculation of its steps."""

    values: dict[str, Any]
    moved: Formula
    adds: bool
    prelude: tuple[str, ...]


def _steps(asked: Asked, working: Trace) -> Told:
    ground = asked.ground
    rows = {row["row"]: _step(asked, row) for row in working["rows"]}
    moving = [row["row"] for row in working["rows"] if row["change"] != "0"]
    formula: Formula | None = None if working["start"] == "0" else term(unplain(working["start"]))
    for index in moving:
        moved = rows[index].moved
        if formula is None and rows[index].adds:
            formula = moved
        else:
            formula = formula or term(0)
            formula = formula.plus(moved) if rows[index].adds else formula.minus(moved)
    for row in rows.values():
        same = [each.values for each in rows.values() if each.values["measure"] == row.values["measure"]]
        told_by = next((each for each in same if each["counted"]), same[0])
        row.values["hidden"] = not row.values["counted"] and told_by is not row.values
    values = {"rows": [row.values for row in rows.values()], "start": points_of(working["start"])}
    better = ground.say("steps.better", **rows[asked.miss["row"]].values) if asked.miss else ""
    return Told(
        formula or term(0),
        ground.say("steps.fact", **values),
        ground.say("steps.standard", **values),
        better,
        tuple(each for row in rows.values() for each in row.prelude),
        tuple(f"{asked.rule}/steps/{index}" for index in moving or rows),
    )


def _step(asked: Asked, row: Trace) -> Row:
    ground = asked.ground
    said = ground.rules.mapping(f"{asked.rule}/steps/{row['row']}")
    same = "operator" in row and row.get("inputs") == asked.measure.get("inputs")
    quantity = ground.quantity({"unit": asked.measure.get("unit", ""), **row} if same else row)
    unit = quantity.kind.unit
    side = "above" if "above" in row else "below"
    base, per, each, count = (unplain(row[key]) for key in (side, "per", "each", "steps"))
    values = {
        "name": str(said.get("name", "")),
        "measure": quantity.name,
        "value": quantity.shown(row[side]),
        "brief": brief(ground, row),
        "side": side,
        "base": constant(base, unit),
        "based": base != 0,
        "signed": unit == "%",
        "beyond": difference(unplain(row["beyond"]), unit) if "beyond" in row else "",
        "per": constant_difference(per, unit),
        "each": points(size(each)),
        "adds": each > 0,
        "partial": str(said.get("partial", "")),
        "count": exactly(count, ""),
        "counted": count != 0,
        "unproven": list(row.get("unproven", ())),
        "up_to": points(size(unplain(row["up_to"]))) if "up_to" in row else "",
        "uncapped": points(size(unplain(row["uncapped"]))) if "uncapped" in row else "",
    }
    full = term(size(each)).times(term(count, ""))
    moved = term(size(unplain(row["change"]))) if "up_to" in row else full
    prelude = [equation(full, full.value)] if "up_to" in row else []
    if "beyond" in row and (per != 1 or base):
        passed = term(quantity.number or 0, unit), term(base, unit)
        larger, smaller = passed if side == "above" else passed[::-1]
        steps = (larger.minus(smaller) if smaller.value else larger).over(term(per, unit))
        prelude.insert(0, equation(steps, steps.value, ""))
    return Row(values, moved, each > 0, tuple(prelude))


AWARDS: dict[str, Callable[[Asked, Trace], Told]] = {
    "points": _points,
    "deduct": _deduct,
    "review": _review,
    "scale": _scale,
    "steps": _steps,
}
"""How each award is explained, by its key in a rule file."""
