"""How a derived fact came about, as a calculation: 应评估4个、已评估3个 becomes 3÷4."""

from __future__ import annotations

from typing import Any

from scoring.explain.conditions import words
from scoring.explain.figures import date, shown
from scoring.explain.formula import Formula, term, total
from scoring.explain.ground import Ground, Quantity, term_of
from scoring.explain.records import derivation, detailed, label, labels, texts
from scoring.explain.telling import Trace
from scoring.points import unplain
from scoring.scope import Kind

MOST_TERMS = 12
"""More values than this are not written out inside a calculation; their own line says them."""


def formula(ground: Ground, name: str, working: Trace) -> Formula | None:
    """The calculation of a working, or None where there is none to write: a choice, a date, something absent."""
    operator = working.get("operator")
    if operator == "share":
        unit = ground.kind(str(ground.rules.mapping(f"facts/{name}/share").get("by", "")), working["in"]).unit
        return over(term_at(working.get("above"), unit), term_at(working.get("below"), unit))
    if "values" in working:
        return over_records(ground, name, working)
    if "inputs" not in working:
        return None
    quantities = [ground.quantity(each) for each in working["inputs"]]
    if operator == "mean":
        weights = [unplain(each) for each in working.get("weights", ())]
        return mean([term_of(each) for each in quantities], [term(each, "") for each in weights])
    terms = [each for each in (term_of(quantity) for quantity in quantities) if each is not None]
    if len(terms) != len(quantities) or not terms:
        return None
    if operator == "sum":
        return total(terms)
    if operator == "product":
        found = terms[0]
        for each in terms[1:]:
            found = found.times(each)
        return found
    if operator == "difference":
        return terms[0].minus(terms[1])
    return over(terms[0], terms[1]) if operator == "ratio" else None


def over_records(ground: Ground, name: str, working: Trace) -> Formula | None:
    """合计 and 平均 over the records of a list."""
    unit = ground.kind(name).unit
    terms = [term_at(each["value"], unit) for each in working["values"]]
    weights = [term(unplain(each["weight"]), "") for each in working["values"] if "weight" in each]
    if working["operator"] == "mean":
        return mean(terms, weights)
    numbers = [each for each in terms if each is not None]
    return total(numbers) if working["operator"] == "sum" and len(numbers) == len(terms) > 0 else None


def mean(terms: list[Formula | None], weights: list[Formula]) -> Formula | None:
    """平均; values that do not apply are left out, with their weights."""
    if not weights:
        present = [each for each in terms if each is not None]
        if len(present) < 2:
            return present[0] if present else None
        return total(present).over(term(len(present), ""))
    pairs = [(each, weight) for each, weight in zip(terms, weights, strict=True) if each is not None]
    below = total([weight for _, weight in pairs]) if pairs else None
    if below is None or below.value == 0:
        return None
    return total([each.times(weight) for each, weight in pairs]).over(below)


def over(above: Formula | None, below: Formula | None) -> Formula | None:
    return None if above is None or below is None or below.value == 0 else above.over(below)


def term_at(text: str | None, unit: str) -> Formula | None:
    return term_of(Quantity("", text or "", Kind(unit=unit)))


def measured(ground: Ground, measure: Trace) -> Formula | None:
    """The measure as a figure of the criterion's calculation: with the operation it came from, where that is short."""
    quantity = ground.quantity(measure)
    if quantity.number is None:
        return None
    working = measure if "operator" in measure else ground.card["facts"].get(measure.get("fact"), {}).get("working")
    if working and count(working) <= MOST_TERMS:
        found = formula(ground, measure.get("fact", ""), working)
        if found is not None and found.value == quantity.number:
            return found
    return term_of(quantity)


def count(working: Trace) -> int:
    return len(working.get("values") or working.get("inputs") or ())


def values(ground: Ground, name: str, working: Trace) -> dict[str, Any]:
    """What the templates of operators.yaml are given: names, values, conditions and records, ready to be read."""
    operator = str(working["operator"])
    listed = str(working.get("in", ""))
    said = ground.rules.mapping(f"facts/{name}/{operator}")
    quantity = ground.value(name) if name else ground.quantity(working)
    return {
        "name": quantity.name,
        "value": quantity.shown(),
        "list": listed,
        "among": words(ground, said.get("among"), None, listed),
        "where": words(ground, said.get("where"), None, listed),
        "inputs": [_pair(ground.quantity(each)) for each in working.get("inputs", ())],
        "trimmed": [_pair(ground.quantity(each)) for each in working.get("trimmed", ())],
        "named": labels(ground, listed, working.get("counted", [])),
        "counted": detailed(ground, listed, working.get("counted", []), texts(said.get("where"))),
        "not_counted": detailed(ground, listed, working.get("not_counted", []), texts(said.get("where"))),
        "skipped": labels(ground, listed, working.get("skipped", [])),
        "values": [
            {
                "name": label(ground, listed, each["key"]),
                "value": shown(each["value"], quantity.kind),
                "from": derivation(ground, listed, each["key"], [str(said.get("of", ""))]),
                "weight": each.get("weight", ""),
            }
            for each in working.get("values", ())
        ],
        "conditions": list(working.get("conditions", ())),
        "if_empty": _instead(working, quantity),
        "sized": str(said.get("by", "")),
        **{key: date(str(working[key])) if key in working else "" for key in ("due", "counted_as_done")},
        **{
            key: _pair(ground.quantity(working[key])) if key in working else {}
            for key in ("done", "from", "to", "add", "by", "own", "at_least", "at_most")
        },
        "tie_breaks": [_pair(ground.quantity(each)) for each in working.get("tie_breaks", ())],
        **{
            key: str(working.get(key, ""))
            for key in ("count", "due_day", "partial", "first_day", "decimals", "mode", "statistic")
        },
        "population": working.get("among", "") if isinstance(working.get("among", ""), str) else "",
    }


def _instead(working: Trace, quantity: Quantity) -> str:
    """What the method says of an empty list or a zero below the line, where that is what counted."""
    said = working.get("if_empty", working.get("if_zero", ""))
    return quantity.shown() if said and said == quantity.text else ""


def brief(ground: Ground, trace: Trace) -> str:
    """A measure's operation in a few words, for the sentence itself."""
    name = trace.get("fact", "")
    working = trace if "operator" in trace else ground.card["facts"].get(name, {}).get("working")
    if not working or "operator" not in working:
        return ""
    return ground.say(f"operators.{working['operator']}.brief", **values(ground, name, working))


def _pair(quantity: Quantity) -> dict[str, str]:
    return {"name": quantity.name, "value": quantity.shown()}
