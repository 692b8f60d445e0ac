"""Who may see what (可见范围), decided here and nowhere else: every view is made from what `sighted` lets through.

For all but the leaders it is a list of what may pass, not of what may not: a field that is added to an assessment
stays unseen until somebody decides otherwise here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

APPROVAL, ISSUED, DEPARTMENT, PUBLIC = "approval", "issued", "department", "public"
AUDIENCES = {APPROVAL: "送审稿", ISSUED: "印发稿", DEPARTMENT: "反馈件", PUBLIC: "公开稿"}
"""Leaders · all departments · one department · everybody; with what their edition is called."""

APPEAL, RULING = "申诉改判", "审定"
"""The layer of a re-review that a department asked for, and the word of the leaders."""

Json = dict[str, Any]

_OF_DEPARTMENT = ("code", "name", "short", "group", "order", "assessed", "reason", "visibility")
_OF_OWN_DEPARTMENT = (*_OF_DEPARTMENT, "submitted", "reviewed")
_OF_CARD = ("department", "group", "total", "printed", "grade")
_OF_NODE = ("points", "available", "state", "left")
_OF_STANDING = ("rank", "department", "total", "grade")
_OF_TIE = ("rate_of", "score_of", "fact", "of")
_OF_OWN_CARD = (
    *_OF_CARD,
    "exact",
    "grade_steps",
    "self_scores",
    "lists",
    "evidence",
    "nodes",
    "published",
    "consequences",
    "held",
)


def sighted(
    assessment: Mapping[str, Any],
    audience: str,
    *,
    department: str = "",
    approved: bool = False,
    tell_unlisted: bool = False,
) -> Json:
    """The part of the assessment that this audience may see, in the shape of the assessment.

    `department` is whose edition it is, for a department's own; what was approved is told to departments only
    after the approval. `unlisted` is how many departments are left out, 0 unless the office wants it told.
    """
    named = {each["code"] for each in assessment["departments"] if each["visibility"] == "named"}
    left_out = [each for each in assessment["departments"] if each["assessed"] and each["code"] not in named]
    unlisted = len(left_out) if tell_unlisted and audience != DEPARTMENT else 0
    if audience == APPROVAL:
        return {**assessment, "unlisted": unlisted, "appeals": _appeals(assessment["scorecards"])}
    own = {department} if audience == DEPARTMENT else named
    cards = [each for each in assessment["scorecards"] if each["department"] in own]
    told = named if audience != DEPARTMENT or approved else set()
    return {
        "edition": assessment["edition"],
        "method": assessment["method"],
        "facts": assessment["facts"] if audience == DEPARTMENT else {},
        "district": assessment["district"],
        "departments": [
            _part(each, _OF_OWN_DEPARTMENT if each["code"] == department else _OF_DEPARTMENT)
            for each in assessment["departments"]
            if each["code"] in own | told
        ],
        "findings": [
            _part(each, ("severity", "department"))
            for each in assessment["findings"]
            if not each["department"] or each["department"] in own
        ],
        "groups": [_group(each, told, audience) for each in assessment["groups"]],
        "scorecards": [_own_card(each) if audience == DEPARTMENT else _card(each) for each in cards],
        "appeals": _appeals(cards),
        "unlisted": unlisted,
    }


def alone(assessment: Mapping[str, Any]) -> dict[str, Json]:
    """For each scored department what an assessment would be if it were the only one, with its place among the others.

    A department's edition is the same from it as from the whole; with thousands of them it is found much sooner.
    """
    departments = {each["code"]: each for each in assessment["departments"]}
    findings: dict[str | None, list[Json]] = {}
    for each in assessment["findings"]:
        findings.setdefault(each["department"] or None, []).append(each)
    placed: dict[tuple[str, str, str], Json] = {
        (group["code"], kind, row["department"]): row
        for group in assessment["groups"]
        for kind in ("standings", "unranked")
        for row in group[kind]
    }
    found = {}
    for card in assessment["scorecards"]:
        code = card["department"]
        groups = [
            {
                **group,
                **{
                    kind: [placed[group["code"], kind, code]] if (group["code"], kind, code) in placed else []
                    for kind in ("standings", "unranked")
                },
            }
            for group in assessment["groups"]
        ]
        found[code] = {
            **assessment,
            "departments": [departments[code]],
            "findings": [*findings.get(None, ()), *findings.get(code, ())],
            "groups": groups,
            "scorecards": [card],
        }
    return found


def _part(row: Mapping[str, Any], keys: Iterable[str]) -> Json:
    return {key: row[key] for key in keys if key in row}


def _group(group: Mapping[str, Any], told: set[str], audience: str) -> Json:
    """A group with those that may be told; to a department its places are told as grades alone."""
    alone = audience == DEPARTMENT
    return {
        "code": group["code"],
        "name": group["name"],
        "standings": [
            _part(each, ("department", "grade")) if alone else _standing(each)
            for each in group["standings"]
            if each["department"] in told
        ],
        "unranked": [_part(each, ("department", "reason")) for each in group["unranked"] if each["department"] in told],
        "quota": [] if alone else group["quota"],
    }


def _standing(standing: Mapping[str, Any]) -> Json:
    """A place, and of its reasons only which tie-breaks were asked: what they read belongs to the department."""
    steps = [{"rule": each["rule"], "reads": _part(each["reads"], _OF_TIE)} for each in standing["rank_steps"]]
    return {**_part(standing, _OF_STANDING), "rank_steps": steps}


def _card(card: Mapping[str, Any]) -> Json:
    """A score by indicator, without its reasons and its data."""
    return {
        **_part(card, _OF_CARD),
        "nodes": {code: _part(node, _OF_NODE) for code, node in card["nodes"].items()},
        "entries": [_part(each, ("stage", "criterion", "points")) for each in card["entries"]],
    }


def _own_card(card: Mapping[str, Any]) -> Json:
    """A department's own score in full; who reviewed it is not told, what the leaders decided is."""
    return {
        **_part(card, _OF_OWN_CARD),
        "grade_steps": [{**each, "basis": _unsigned(each["basis"])} for each in card["grade_steps"]],
        "facts": {name: _unsigned_layers(fact) for name, fact in card["facts"].items()},
        "lists": {name: _unsigned_records(rows) for name, rows in card["lists"].items()},
        "entries": [{**each, "basis": _unsigned(each["basis"])} for each in card["entries"]],
    }


def _unsigned(basis: Mapping[str, Any]) -> Json:
    ruling = basis.get("ruling")
    if not isinstance(ruling, Mapping) or ruling.get("layer") == RULING:
        return dict(basis)
    return {**basis, "ruling": {key: text for key, text in ruling.items() if key != "by"}}


def _unsigned_layers(fact: Mapping[str, Any]) -> Json:
    layers = [{key: text for key, text in layer.items() if key != "by"} for layer in fact.get("layers", ())]
    return {**fact, "layers": layers} if "layers" in fact else dict(fact)


def _unsigned_records(rows: Any) -> Any:
    """The records of a list; of a list that only selects from another one, the keys as they are."""
    return None if rows is None else [_unsigned_record(each) if isinstance(each, Mapping) else each for each in rows]


def _unsigned_record(record: Mapping[str, Any]) -> Json:
    return {name: _unsigned_layers(each) if isinstance(each, Mapping) else each for name, each in record.items()}


def _appeals(cards: Iterable[Mapping[str, Any]]) -> list[Json]:
    """For each department that asked for a re-review: how many points of it, and how many of them were changed."""
    found = []
    for card in cards:
        changed = [*_changed_data(card), *_changed_points(card)]
        if changed:
            found.append({"department": card["department"], "asked": len(changed), "changed": sum(changed)})
    return found


def _changed_data(card: Mapping[str, Any]) -> list[bool]:
    told = [*card["facts"].values()]
    records = [row for rows in card["lists"].values() for row in rows or () if isinstance(row, Mapping)]
    told += [each for record in records for each in record.values()]
    found = []
    for datum in told:
        layers = datum.get("layers", ()) if isinstance(datum, Mapping) else ()
        if layers and layers[-1]["layer"] == APPEAL:
            found.append(len(layers) == 1 or layers[-1]["value"] != layers[-2]["value"])
    return found


def _changed_points(card: Mapping[str, Any]) -> list[bool]:
    return [each["points"] != "0" for each in card["entries"] if each["basis"].get("ruling", {}).get("layer") == APPEAL]
