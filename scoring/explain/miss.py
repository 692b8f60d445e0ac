"""The nearest miss (差距): of every entry that lost points, by how much it missed more, in the datum's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.explain import conditions
from scoring.explain.figures import constant, difference, number, points, size
from scoring.explain.ground import DATE, Ground, Json, Quantity, points_of
from scoring.explain.telling import Told
from scoring.points import Rational, exact, unplain
from scoring.timeline import day_of, parse_date

LOWER, UPPER = ("at_least", "above", "from", "after", "equals"), ("at_most", "below", "by", "before", "equals")


def nearest(ground: Ground, entry: Json, rule: str, marks: Rational | None, told: Told) -> str:
    """What would have brought more, and by how much it was missed; `rule` is the node that the entry stands under."""
    basis = entry["basis"]
    working: Json = basis.get("working", {})
    if entry["kind"] == "exemption" or entry["kind"] == "gate":
        return ground.say(f"miss.{entry['kind']}")
    if entry["state"] == "missing" and "items" not in working:
        return ground.say("miss.missing")
    measure = ground.quantity(basis["measure"]) if basis.get("measure") else None
    inner = working.get("award", working)
    missed: Mapping[str, Any] = basis.get("miss", {})
    if "bounds" in missed:
        return _row(ground, str(working["by"]), rule, missed, marks, measure)
    if "items" in missed or (told.tried and (working.get("by") == "cases" or not _measured(missed))):
        return ""  # what was not met is told one by one already
    if inner.get("by") == "review":
        return _review(ground, inner)
    if "base" in missed:
        row = next(each for each in inner["rows"] if each["row"] == missed["row"])
        quantity = ground.quantity(row)
        return _reach(ground, "steps", quantity, unplain(missed["base"]), "")
    if "at" in missed and measure is not None:
        return _reach(ground, "scale", measure, unplain(missed["at"]), points_of(missed["points"]))
    if inner.get("by") == "points" and "from" in inner and marks:
        return _reach(
            ground, "scale", ground.quantity({**inner["from"], "value": inner["points"]}), marks, points(marks)
        )
    return ground.say("miss.fixed", points=points(marks) if marks else "")


def _measured(missed: Mapping[str, Any]) -> bool:
    """Whether the better row has ends that a value can be so and so far from."""
    return bool(missed.get("bounds")) or "base" in missed or "at" in missed


def _reach(ground: Ground, key: str, quantity: Quantity, at: Rational, worth: str) -> str:
    """From the value to the one that counts more."""
    if quantity.number is None or quantity.number == at:
        return ground.say("miss.fixed", points=worth)
    gap = difference(size(exact(quantity.number - at)), quantity.kind.unit)
    values = {"name": quantity.name, "value": quantity.shown(), "at": constant(at, quantity.kind.unit)}
    return ground.say(f"miss.{key}", gap=gap, rises=at > quantity.number, points=worth, **values)


def _row(
    ground: Ground, by: str, rule: str, missed: Mapping[str, Any], marks: Rational | None, measure: Quantity | None
) -> str:
    """The next better row of bands or cases."""
    row = ground.rules.mapping(f"{rule}/{by}/{missed['row']}")
    award = conditions.award(ground, row, marks)
    if by == "cases" or measure is None:
        return ground.say("miss.case", condition=conditions.words(ground, row.get("when"), measure), award=award)
    said = {key: row[key] for key in ("is", "one_of") if key in row}
    fixed = {
        key: text if measure.kind.type == DATE else unplain(text) for key, text in missed["bounds"].items() if text
    }
    bounds = conditions.bounds(ground, {**fixed, **said}, measure.kind)
    values = {"name": measure.name, "value": measure.shown(*missed["bounds"].values()), "bounds": bounds}
    return ground.say("miss.band", gap=_gap(measure, missed["bounds"]), award=award, **values)


def _gap(measure: Quantity, bounds: Mapping[str, str]) -> str:
    """How far a value lies outside of bounds; "" where that has no size."""
    dated = measure.kind.type == DATE
    value = _day(measure.text) if dated else measure.number
    for key, text in bounds.items():
        bound = _day(text) if dated else number(text)
        if value is None or bound is None:
            continue
        if (key in LOWER and value < bound) or (key in UPPER and value > bound):
            gap = size(exact(value - bound))
            return difference(gap, "天" if dated else measure.kind.unit)
        if value == bound and key in ("above", "below", "after", "before"):
            return ""
    return ""


def _day(text: str) -> Rational | None:
    moment = parse_date(text)
    return None if moment is None else day_of(moment)


def _review(ground: Ground, inner: Json) -> str:
    """A reviewer's number: the most that this level allows."""
    top = next((inner["bounds"][key] for key in ("at_most", "below") if key in inner.get("bounds", {})), None)
    if top is None or unplain(top) <= unplain(inner["points"]):
        return ground.say("miss.reviewed")
    gap = points(exact(unplain(top) - unplain(inner["points"])))
    return ground.say("miss.review", top=points_of(top), gap=gap, below="below" in inner["bounds"])
