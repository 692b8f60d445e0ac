"""Says what changed points after the mechanism: caps, factors, conversions, rulings (封顶、系数、折算、改判、取位).

Each is an entry of its own, so its calculation is the new value less the old one. The words stand in
reports/explain/modifiers.yaml and parts.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scoring.assessment import written
from scoring.explain.figures import points
from scoring.explain.formula import Formula, term
from scoring.explain.ground import Ground, Json
from scoring.explain.telling import Told, Trace
from scoring.points import Rational, exact, rounded, unplain

Changed = tuple[str, Formula, dict[str, Any]]
"""The template, the calculation, and what else the template is given."""


def told(ground: Ground, entry: Json) -> Told:
    """What an entry changed, by its basis."""
    basis = entry["basis"]
    working = basis["working"]
    key, formula, values = CHANGES[str(working["by"])](ground, entry, working)
    values = {
        "value": _shown(ground, unplain(working["value"])) if "value" in working else "",
        "exact": working["value"] if "/" in working.get("value", "") else "",
        "ruling": ground.ruling(basis.get("ruling", {})),
        "because": [{"name": each.name, "value": each.shown()} for each in ground.reads(basis.get("because", ()))],
        **values,
    }
    fact, standard = (ground.say(f"{key}.{part}", **values) for part in ("fact", "standard"))
    return Told(formula, fact, standard)


def _shown(ground: Ground, value: Rational) -> str:
    """Points as a sentence says them: never a fraction."""
    return points(written(value, ground.decimals))


def _bound(ground: Ground, entry: Json, working: Trace) -> Changed:
    kind = str(working["by"])
    bound, value = unplain(working[kind]), unplain(working["value"])
    values = {
        "bound": points(bound),
        "beyond": points(exact(max(value, bound) - min(value, bound))),
        "deducts": entry["stage"] == "deduction_cap",
        "name": ground.title(entry["basis"]["rule"].rpartition("/")[0]),
    }
    return f"modifiers.{kind}", term(bound).minus(term(value)), values


def _times(ground: Ground, entry: Json, working: Trace) -> Changed:
    value, factor = term(unplain(working["value"])), term(unplain(working["factor"]), "")
    measure = ground.quantity(entry["basis"]["measure"])
    return "modifiers.times", value.times(factor).minus(value), {"name": measure.name, "factor": measure.shown()}


def _convert(ground: Ground, entry: Json, working: Trace) -> Changed:
    value, of, to = (term(unplain(working[key])) for key in ("value", "of", "to"))
    return "modifiers.convert_to", value.over(of).times(to).minus(value), {"of": of.text, "to": to.text}


def _evidence(ground: Ground, entry: Json, working: Trace) -> Changed:
    value = term(unplain(working["value"]))
    return "modifiers.evidence", term(0).minus(value), {"unproven": list(working["unproven"])}


def _override(ground: Ground, entry: Json, working: Trace) -> Changed:
    given, value = term(unplain(working["points"])), term(unplain(working["value"]))
    return "modifiers.override", given.minus(value), {"points": given.text}


def _adjust(ground: Ground, entry: Json, working: Trace) -> Changed:
    given = unplain(working["points"])
    return "modifiers.adjust", term(given), {"points": points(given), "adds": given > 0}


def _veto(ground: Ground, entry: Json, working: Trace) -> Changed:
    given, value = term(unplain(working["points"])), term(unplain(working["value"]))
    name = str(ground.rules.mapping(entry["basis"]["rule"]).get("name", ""))
    return "modifiers.veto", given.minus(value), {"points": given.text, "name": name}


def _rounding(ground: Ground, entry: Json, working: Trace) -> Changed:
    """Rounding closes what it reads: it is the rounded figure less the entries as they are written.

    Within a weighted part it is one amount among others, and its own figures say it.
    """
    by = str(working["by"])
    target = rounded(unplain(working["value"]), working["decimals"], working["mode"]) if by == "rounding" else None
    if "share" in entry["basis"] and target is not None:
        formula = term(target).minus(term(unplain(working["value"])))
    else:
        below = sum_of([ground.entry(id_) for id_ in entry["reads"]]).value
        target = exact(below + unplain(entry["points"]))
        formula = term(target).minus(term(below))
    values = {
        "target": points(target),
        "written": formula.text.partition("-")[2],
        "decimals": working.get("decimals", 0),
        "mode": working.get("mode", ""),
        "total": entry["stage"] == "rounding",
    }
    return f"modifiers.{by}", formula, values


def _reweight(ground: Ground, entry: Json, working: Trace) -> Changed:
    value, marks, carries = (term(unplain(working[key])) for key in ("value", "marks", "carries"))
    grown = value.times(marks.plus(carries)).over(marks).minus(value)
    left = [ground.named(address) for address in working["left"]]
    figures = {"marks": marks.value, "carries": carries.value, "all": exact(marks.value + carries.value)}
    return "parts.reweight", grown, {"left": left, **{key: _shown(ground, each) for key, each in figures.items()}}


def _rebase(ground: Ground, entry: Json, working: Trace) -> Changed:
    value, available, to = (term(unplain(working[key])) for key in ("value", "available", "to"))
    grown = value.over(available).times(to)
    left = [
        ground.named(each["criterion"])
        for each in map(ground.entry, entry["reads"])
        if each["basis"].get("treatment") == "折算" and each["basis"].get("working", {}).get("by") != "parts"
    ]
    values = {"available": _shown(ground, available.value), "to": to.text, "left": list(dict.fromkeys(left))}
    return "parts.rebase", grown.minus(value), values


CHANGES: dict[str, Callable[[Ground, Json, Trace], Changed]] = {
    "cap": _bound,
    "floor": _bound,
    "times": _times,
    "convert_to": _convert,
    "evidence": _evidence,
    "override": _override,
    "adjust": _adjust,
    "veto": _veto,
    "rounding": _rounding,
    "written": _rounding,
    "reweight": _reweight,
    "rebase": _rebase,
}
"""How each change is explained, by what its working says it is."""


def shared(ground: Ground, entry: Json, found: Told) -> Formula:
    """The calculation with the share by which the entry's part counts (加权、平均)."""
    share = entry["basis"].get("share")
    return found.formula if share is None else found.formula.times(term(unplain(share), "%"))


def sum_of(entries: Iterable[Mapping[str, Any]]) -> Formula:
    """The written points of entries, added up; those of 0 are left out."""
    found: Formula | None = None
    for each in entries:
        value = unplain(each["points"])
        if found is None and value:
            found = term(value)
        elif found is not None and value:
            found = found.plus(term(value)) if value > 0 else found.minus(term(-value))
    return found or term(0)
