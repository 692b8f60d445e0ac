"""Accounts for one entry: which rule gave it, by which data, through which calculation.

The figures are held against the ledger: an explanation that does not come to the entry's own points is a fault of
the program and is never printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from scoring.engine import Contradiction
from scoring.explain import changes, conditions, data, selectors
from scoring.explain.account import Basis, EntryAccount, lost
from scoring.explain.decisions import DECIDED, NOT_SUBMITTED, decision
from scoring.explain.figures import points, size
from scoring.explain.formula import equation, term
from scoring.explain.ground import NOT_APPLICABLE, Ground, Json
from scoring.explain.miss import nearest
from scoring.explain.records import is_list, lacking, texts
from scoring.explain.telling import Asked, Told
from scoring.points import Rational, divide, exact, rounded, unplain

DECISIONS = "decisions"
"""The address of what no rule says: a decision of the leaders."""

LEFT_OUT = ("满分", "分摊", "折算")
"""Treatments of 不适用 by which nothing is lost."""

AWARDED = ("award", "bonus", "deduction", "gate", "exemption")
"""Kinds of entries that say what a criterion gave; the others change what was given."""


def account(ground: Ground, entry: Json) -> EntryAccount:
    """The account of an entry."""
    basis = entry["basis"]
    told = _told(ground, entry)
    formula = changes.shared(ground, entry, told)
    written, whole = unplain(entry["points"]), unplain(entry["exact"] or entry["points"])
    closing = entry["kind"] == "rounding" and "share" not in basis
    if formula.value != (written if closing else whole):
        raise Contradiction(f"{ground.department['code']} {entry['id']}: {formula.text} is not {whole}")
    names = list(basis.get("data", ()))
    rows = tuple(dict.fromkeys(told.rows)) or (basis["rule"],)
    return EntryAccount(
        id=entry["id"],
        kind=entry["kind"],
        stage=entry["stage"],
        state=entry["state"],
        indicator=entry["indicator"],
        criterion=entry["criterion"],
        block=_block(ground, entry),
        heading=ground.title(entry["criterion"] if changed(entry) else basis["rule"]),
        self_score=_self_score(ground, entry),
        points=written,
        exact=whole,
        fact=told.fact + ("" if changed(entry) else data.disputes(ground, names)),
        standard=told.standard,
        score=_score(ground, entry, told, written),
        better=told.better,
        best=told.best,
        calculation=equation(formula, written),
        preludes=told.prelude,
        notes=tuple(_notes(ground, entry)),
        tried=told.tried,
        not_held=told.not_held,
        basis=stands_on(ground, basis["rule"], rows, basis.get("ruling", {})),
        data_used=data.used(ground, names),
        steps=data.steps(ground, _derived(ground, entry)),
        miss=_miss(ground, entry, told, written),
    )


def changed(entry: Json) -> bool:
    """Whether the entry changes what a criterion gave, rather than gives it."""
    return entry["kind"] not in AWARDED or entry["basis"].get("working", {}).get("by") in changes.CHANGES


def _self_score(ground: Ground, entry: Json) -> str:
    """What the department gave itself for the criterion; said once, with its first entry."""
    said = ground.card["self_scores"].get(entry["criterion"])
    return points(unplain(said)) if said is not None and entry["id"].endswith("#1") else ""


def stands_on(ground: Ground, rule: str, rows: Iterable[str] = (), ruling: Mapping[str, str] | None = None) -> Basis:
    """The lines and the article of a rule; of rows their own; of a decision of the leaders its line as well."""
    addresses = list(rows) or [rule]
    places = [] if rule == DECISIONS else [ground.rules.place(each) for each in addresses]
    if ruling and ruling.get("layer") == DECIDED:
        code = ground.department["code"]
        places.append(decision(ground.rules, code, ruling.get("on", ""), ruling.get("why", ""))[1])
    found = dict.fromkeys(place for place in places if place.file)
    return Basis(rule, tuple(found), ground.rules.article(addresses[0]))


def _told(ground: Ground, entry: Json) -> Told:
    basis = entry["basis"]
    working = basis.get("working", {})
    if entry["kind"] == "exemption":
        return _exempt(ground, entry)
    if entry["state"] == "not_evaluable":
        return _stuck(ground, entry)
    if working.get("by") in changes.CHANGES:
        return changes.told(ground, entry)
    if entry["state"] == "missing" and not _counted(entry, working):
        return _missing(ground, entry)
    asked = Asked(
        ground, basis["rule"], basis.get("measure", {}), ground.marks(_node(basis["rule"])), basis.get("miss", {})
    )
    told = selectors.told(asked, working)
    if entry["kind"] == "gate":
        return _special(ground, entry, told)
    return replace(told, not_held=tuple(_not_held(ground, basis["rule"])))


def _node(rule: str) -> str:
    """The node of a rule's address: what stands before a row of exceptions or of 不适用."""
    for step in ("/exceptions/", "/not_applicable/"):
        rule = rule.partition(step)[0]
    return rule


def _counted(entry: Json, working: Json) -> bool:
    """Whether checks that nobody answered were counted as they are, the others being scored."""
    share = unplain(entry["basis"].get("share", "1"))
    whole = unplain(entry["exact"] or entry["points"])
    return "items" in working and exact(unplain(working["points"]) * share) == whole


def _special(ground: Ground, entry: Json, told: Told) -> Told:
    """特殊情形: a row of exceptions decided."""
    basis = entry["basis"]
    measure = ground.quantity(basis["measure"]) if basis.get("measure") else None
    row = ground.rules.mapping(basis["rule"])
    said = row.get("when", row)
    values = {
        "because": _pairs(ground, basis["because"]),
        "name": str(row.get("name", "")),
        "condition": conditions.words(ground, said, measure),
        "inner": told.standard,
    }
    fact = ground.say("modifiers.exceptions.fact", **values)
    return replace(told, fact=fact, standard=ground.say("modifiers.exceptions.standard", **values))


def _not_held(ground: Ground, rule: str) -> Iterable[str]:
    """The conditions of 不适用 and the special cases that were asked first and did not hold, with what they read."""
    node = ground.rules.mapping(rule)
    of = node.get("of")
    measure = ground.value(of) if isinstance(of, str) else None
    for key, template in (("not_applicable", "exemption"), ("exceptions", "exceptions")):
        rows = node.get(key)
        for row in rows if isinstance(rows, list) else ():
            said = row.get("when", row if key == "exceptions" else None)
            if said is None:
                continue
            facts = conditions.told(ground, [said]) or ([measure] if measure else [])
            yield ground.say(
                f"modifiers.{template}.tried",
                name=str(row.get("name", "")),
                condition=conditions.words(ground, said, measure),
                award=conditions.award(ground, row, ground.marks(rule)),
                treatment=str(row.get("treatment", "")),
                facts=[{"name": each.name, "value": each.shown()} for each in facts],
            )


def _exempt(ground: Ground, entry: Json) -> Told:
    """不适用: whose condition, which treatment."""
    basis = entry["basis"]
    working = basis.get("working", {})
    row = ground.rules.mapping(basis["rule"])
    measure = ground.quantity(basis["measure"]) if basis.get("measure") else None
    values = {
        "because": _pairs(ground, basis.get("because", ())),
        "condition": conditions.words(ground, row.get("when"), measure),
        "ruling": ground.ruling(basis.get("ruling", {})),
        "left": [ground.named(each) if ground.node(each) else ground.title(each) for each in working.get("left", ())],
        "measure": measure.name if measure else "",
        "claimed": list(_claimed(ground, _rests_on(ground, basis))),
        "treatment": basis["treatment"],
    }
    fact, standard = (ground.say(f"modifiers.exemption.{part}", **values) for part in ("fact", "standard"))
    return Told(term(_own(entry)), fact, standard)


def _own(entry: Json) -> Rational:
    """The points of an entry before the share by which its part counts."""
    share = unplain(entry["basis"].get("share", "1"))
    return divide(unplain(entry["exact"] or entry["points"]), share) if share else 0


def _rests_on(ground: Ground, basis: Json) -> list[str]:
    """The given data of an entry; where a part had to be chosen first, what chooses it."""
    chosen = ground.rules.mapping(basis["rule"]).get("chosen_by")
    return list(basis.get("data") or ([str(chosen)] if chosen else []))


def _claimed(ground: Ground, names: Iterable[str]) -> Iterable[dict[str, str]]:
    """The given data that were declared 不适用, with the reason."""
    for each in data.used(ground, (name for name in names if not is_list(ground, name))):
        if each.value == NOT_APPLICABLE and each.layers:
            yield {"name": each.name, "why": each.layers[-1].why, "layer": each.layers[-1].title}


def _missing(ground: Ground, entry: Json) -> Told:
    """未报: what was not said, and by whom it should have been."""
    basis = entry["basis"]
    working = basis.get("working", {})
    refused = working.get("award", working)
    measure = ground.quantity(basis["measure"]) if basis.get("measure") else None
    values = {
        "lacking": list(lacking(ground, _rests_on(ground, basis))),
        "measure": measure.name if measure else "",
        "refused": points(unplain(refused["points"])) if refused.get("refused") else "",
        "treatment": str(ground.rules.mapping("method/missing").get("treatment", "")),
        "deducts": entry["kind"] == "deduction",
    }
    fact, standard = (ground.say(f"modifiers.missing.{part}", **values) for part in ("fact", "standard"))
    return Told(term(_own(entry)), fact, standard, rows=(basis["rule"], "method/missing"))


def _stuck(ground: Ground, entry: Json) -> Told:
    basis = entry["basis"]
    measure = ground.quantity(basis["measure"]) if basis.get("measure") else None
    values = {"measure": measure.name if measure else "", "name": ground.title(basis["rule"])}
    fact, standard = (ground.say(f"modifiers.not_evaluable.{part}", **values) for part in ("fact", "standard"))
    return Told(term(0), fact, standard)


def _score(ground: Ground, entry: Json, told: Told, written: Rational) -> str:
    """得…分，扣…分（分值…分）, or by how much an entry changes the score."""
    basis, kind = entry["basis"], entry["kind"]
    if changed(entry):
        return ground.say("frame.change", points=points(size(written)), raises=written > 0, kind=kind)
    own = rounded(told.formula.value, ground.decimals) if "share" in basis else written
    block = _block(ground, entry)
    marks = ground.marks(_node(basis["rule"])) if block == "award" else None
    missed = lost(marks, own)
    out = entry["state"] == "not_applicable" and basis["treatment"] not in ("满分", "零分")
    return ground.say(
        f"frame.score_{block}",
        points=points(size(own)),
        zero=own == 0,
        below=own < 0,
        marks=points(marks) if marks else "",
        lost=points(missed) if missed and own > 0 else "",
        full=missed == 0,
        out=out,
    )


def _miss(ground: Ground, entry: Json, told: Told, written: Rational) -> str:
    """The nearest miss, where marks were lost or something was deducted."""
    basis = entry["basis"]
    if changed(entry) or entry["state"] == "not_evaluable" or basis.get("treatment") in LEFT_OUT:
        return ""
    own = told.formula.value if "share" in basis else written
    block = _block(ground, entry)
    rule = _node(basis["rule"])
    marks = ground.marks(rule) if block == "award" else None
    lost_some = own < 0 if block != "award" else bool(lost(marks, own))
    return nearest(ground, entry, rule, marks, told) if lost_some else ""


def _block(ground: Ground, entry: Json) -> str:
    """Whether the entry wins marks, a bonus, or is a deduction: as its own rule says, else as its criterion."""
    node = ground.rules.mapping(_node(entry["basis"]["rule"]))
    for key, block in (("bonus_up_to", "bonus"), ("deduct_up_to", "deduction")):
        if key in node:
            return block
    return str(ground.node(entry["criterion"]).get("kind", "award"))


def _notes(ground: Ground, entry: Json) -> Iterable[str]:
    """What a node above does with the entry: takes it in place of others, counts it by a share."""
    basis = entry["basis"]
    if entry["state"] == "missing":
        said, _ = decision(ground.rules, ground.department["code"], kind=NOT_SUBMITTED)
        if said:
            yield ground.ruling(said)
    taken = basis.get("taken_by")
    if taken and not changed(entry):
        passed = [ground.title(each["rule"]) for each in taken.get("not_taken", ())]
        name = ground.title(basis["rule"])
        yield ground.say(
            "parts.taken", name=name, combine=taken["combine"], of=ground.title(taken["rule"]), passed=passed
        )
    if "share" in basis:
        yield ground.say(
            "parts.share", share=term(unplain(basis["share"]), "%").text, points=points(unplain(entry["points"]))
        )


def _derived(ground: Ground, entry: Json) -> list[str]:
    """The derived data that the entry speaks of: its measure, what its conditions read, what its rows name."""
    basis = entry["basis"]
    found: list[str] = list(data.named([basis.get("measure", {}), basis.get("because", []), basis.get("working", {})]))
    if entry["kind"] in AWARDED:  # a boundary, an anchor, a step may be a figure worked out from other departments
        rule = ground.rules.mapping(_node(basis["rule"]))
        found += texts([rule.get(key) for key in ("scale", "steps", "bands", "cases", "checks")])
    return found


def _pairs(ground: Ground, traces: Iterable[Any]) -> list[dict[str, str]]:
    return [{"name": each.name, "value": each.shown()} for each in ground.reads(traces)]
