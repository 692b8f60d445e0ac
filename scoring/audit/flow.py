"""From self-score to approval (自评、评定、复核、审定): what each stage made of a criterion, who decided, on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.audit.texts import fixed
from scoring.explain.account import EntryAccount, Explanation
from scoring.explain.figures import date, points, signed
from scoring.points import Rational, unplain
from scoring.render.folding import Told
from scoring.views.phrase import plain_text
from scoring.views.sight import RULING

Json = Mapping[str, Any]

CHECKED = ("抽查", "复核", "申诉改判")
"""Layers by which somebody else corrected what was reported or registered."""


def flow(card: Json, department: Json, tree: Iterable[Json], explanation: Explanation) -> Told:
    """A row a criterion: its number in the tree, 自评, 评定, what 复核 and 审定 added, the score, and who did what.

    评定 is what the rules give on the data as they count in the end; a corrected datum moves it and is told beside
    it. The last row is what belongs to no single criterion: conversion, caps, rounding, an adjusted total.
    """
    entries: dict[str, list[Json]] = {}
    for each in card["entries"]:
        entries.setdefault(each["criterion"], []).append(each)
    accounts: dict[str, list[EntryAccount]] = {}
    for section in explanation.sections:
        for account in section.accounts:
            accounts.setdefault(account.criterion, []).append(account)
    rows: list[Told] = []
    for number, node in enumerate(tree):
        own = entries.pop(node["code"], []) if node["leaf"] else []
        if own:
            rows.append(_criterion(card, department, node["code"], number, own, accounts[node["code"]]))
    rest = [each for own in entries.values() for each in own]
    moved = sum((unplain(each["points"]) for each in rest), start=0)
    acts = tuple(act for each in rest for act in _rulings(each))
    return (tuple(rows), (signed(moved) if moved else "", acts))


def _criterion(
    card: Json, department: Json, code: str, number: int, entries: Iterable[Json], accounts: Iterable[EntryAccount]
) -> Told:
    moved: dict[bool, Rational] = {True: 0, False: 0}
    score: Rational = 0
    acts: list[Told] = []
    for entry in entries:
        score += unplain(entry["points"])
        ruling = entry["basis"].get("ruling")
        if ruling and entry["kind"] == "override":
            moved[ruling.get("layer") == RULING] += unplain(entry["points"])
        acts += _rulings(entry)
    acts += _corrected(accounts)
    own = card["self_scores"].get(code)
    return (
        fixed(str(number)),
        "" if own is None else points(unplain(own)),
        points(score - moved[True] - moved[False]),
        signed(moved[False]) if moved[False] else "",
        signed(moved[True]) if moved[True] else "",
        points(score),
        fixed("已复核" if code in department["reviewed"] else ""),
        tuple(acts),
    )


def _rulings(entry: Json) -> list[Told]:
    """What a person decided about this entry: stage, what, who, when, on what document, why."""
    ruling = entry["basis"].get("ruling")
    if not ruling:
        return []
    stage = "审定" if ruling.get("layer") == RULING else "复核"
    working = entry["basis"].get("working", {})
    if entry["kind"] == "exemption":
        what = f"不适用，按{entry['basis'].get('treatment', '')}处理"
    elif "value" in working and "points" in working:
        what = f"{points(unplain(working['value']))}分改为{points(unplain(working['points']))}分"
    else:
        what = f"{signed(unplain(entry['points']))}分"
    words = (ruling.get("by", ""), date(ruling.get("on", "")), ruling.get("basis", ""), ruling.get("why", ""))
    return [(fixed(stage), plain_text(what), *[fixed(each) for each in words])]


def _corrected(accounts: Iterable[EntryAccount]) -> list[Told]:
    """The data that somebody else's layer settled, each once."""
    found: dict[str, Told] = {}
    for account in accounts:
        for used in account.data_used:
            last = used.layers[-1] if used.layers else None
            if last is None or last.layer not in CHECKED or not last.value or used.name in found:
                continue
            values = "，".join(f"{each.title}{each.value}" for each in used.layers)
            words = (last.by, last.on, "、".join(last.evidence), last.why)
            found[used.name] = (
                fixed(last.title),
                plain_text(f"{used.name}：{values}"),
                *[fixed(each) for each in words],
            )
    return list(found.values())
