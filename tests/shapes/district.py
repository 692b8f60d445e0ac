"""A small district scored the way every district is: facts in, the ledger and the standing out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.app.assess import scorecards
from scoring.assessment import Scorecard, written
from scoring.canonical import canonical
from scoring.check_method import decisions_in
from scoring.condition import MISSING
from scoring.engine import open_matcher
from scoring.location import Mapping as Said_
from scoring.method import TEXT, Fact
from scoring.points import Rational, plain, unplain
from scoring.rank import contend, stand
from scoring.reading.edition import Edition
from scoring.reading.values import as_written, typed
from scoring.scope import Horizon
from scoring.submission import LAYERS, SELF_REPORT, Datum, Department, Intake, Record, Ruling, Said, Submission

STATES = {"missing": "未报", "not_applicable": "不适用", "not_evaluable": "无法评定", "overridden": "改判"}
ALONE = "甲"
_RATIO = re.compile(r"-?\d+/\d+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one department."""

    card: Scorecard
    rank: Rational | None
    unranked: str
    quotas: tuple[dict[str, Any], ...]


def whole(base: Said_ | None, said: Said_) -> Said_:
    """A department as written, with what the base says of everything that it does not say itself."""
    if base is None:
        return said
    merged = Said_(said.source, said.mark)
    for holder in (base, said):
        for key in holder:
            value = holder[key]
            if key in ("facts", "lists") and key in merged:
                value = whole(merged[key], value)
            merged.put(key, value, holder.keys_at[key], holder.values_at[key])
    return merged


def scored(edition: Edition, departments: list[Said_], matcher: str) -> dict[str, Outcome]:
    """Score departments written as `{code, group, facts, lists, …}`; the outcome of each by code."""
    method = edition.method
    submissions = [submission(edition, each, number) for number, each in enumerate(departments)]
    submissions.sort(key=lambda each: each.department.code)
    engine = open_matcher(matcher, decisions_in(method))
    horizon = Horizon(engine.match, edition.calendar)
    intake = Intake(method.edition, "样例区", "", tuple(submissions))
    settled = scorecards(method, intake, horizon)
    contenders = [contend(method, sheet, card) for _, sheet, card in settled]
    groups, cards = stand(method, contenders, [], engine.match)
    for card in cards:
        sound(card, method.entry_decimals)
    ranks = {each.department: each.rank for group in groups for each in group.standings}
    left = {str(row["department"]): str(row["reason"]) for group in groups for row in group.unranked}
    quotas = {group.code: group.quota for group in groups}
    return {
        card.department: Outcome(
            card,
            ranks.get(card.department) if method.standing.ranking else None,
            left.get(card.department, ""),
            quotas[card.group],
        )
        for card in cards
    }


def sound(card: Scorecard, decimals: int) -> None:
    """What holds of every scorecard: it can be written, and its entries add up to its total."""
    canonical(card.data(2))
    if card.total is not None:
        assert sum(entry.points for entry in card.entries) == written(card.total, decimals), card.department


def submission(edition: Edition, said: Said_, number: int) -> Submission:
    """The Submission of a department, its data read like those of a form; what is left blank was not said."""
    method = edition.method
    code = str(said.get("code", ALONE))
    group = str(said.get("group", method.groups[0].code))
    facts = said.get("facts", {})
    lists: dict[str, tuple[Record, ...]] = {}
    for name, rows in said.get("lists", {}).items():
        fact = method.facts[name]
        lists[name] = tuple(sorted((_record(fact, row) for row in rows), key=lambda each: each.key))
    return Submission(
        Department(code, code, code, group, number, named=said.get("visibility", "named") == "named"),
        {name: _datum(method.facts[name], facts, name) for name in facts if facts[name] is not None},
        lists,
        rulings=tuple(_ruling(each) for each in said.get("rulings", ())),
    )


def _datum(fact: Fact, holder: Said_, name: str) -> Datum:
    """`95%`, `{value: 95%, evidence: [E1]}`, or what several layers say: `{自报: 95%, 抽查: 90%}`."""
    assert fact.given, name
    written_ = holder[name]
    if not isinstance(written_, Mapping):
        return Datum((_said(fact, holder, name, SELF_REPORT, ()),))
    proofs = tuple(written_.get("evidence", ()))
    if "value" in written_:
        return Datum((_said(fact, written_, "value", SELF_REPORT, proofs),))
    return Datum(tuple(_said(fact, written_, layer, layer, proofs) for layer in LAYERS if layer in written_))


def _said(fact: Fact, holder: Said_, key: str, layer: str, proofs: tuple[str, ...]) -> Said:
    text = as_written(holder, key)
    if fact.type == TEXT:
        return Said(layer, MISSING, text, proofs)
    found = typed(fact, holder[key], text, excused=True)
    assert found.value is not None, f"{fact.name}: {text} {found.code}"
    return Said(layer, found.value, text, proofs)


def _record(fact: Fact, row: Said_) -> Record:
    fields = {name: fact.fields[name] for name in row if name in fact.fields}
    return Record(
        as_written(row, fact.key),
        {name: _datum(field, row, name) for name, field in fields.items() if field.type != TEXT},
        {name: as_written(row, name) for name, field in fields.items() if field.type == TEXT},
        tuple(row.get("evidence", ())),
    )


def _ruling(said: Said_) -> Ruling:
    return Ruling(
        said["kind"], said.get("code", ""), "复核", said.get("points"), said.get("treatment", ""), said.get("grade", "")
    )


def differences(edition: Edition, expected: Said_, found: Outcome) -> Iterator[str]:
    """Where an outcome is not what was expected; only what is written is compared.

    A code with a number: that many points, and scored by its rule. With 不适用, 未报 or 无法评定: in that state;
    `{不适用: 5}` also says with how many points.
    """
    card = found.card
    said = {
        "total": lambda: "暂缓" if card.total is None else plain(card.total),
        "exact": lambda: "暂缓" if card.exact is None else plain(card.exact),
        "grade": lambda: card.grade,
        "rank": lambda: found.unranked or (None if found.rank is None else plain(found.rank)),
        "held": lambda: list(card.held),
        "warnings": lambda: [_name(edition, row["warning"]) for row in card.warnings],
        "consequences": lambda: [row["text"] for row in card.consequences],
        "steps": lambda: [step.step for step in card.grade_steps],
        "places": lambda: [plain(row["places"]) for row in found.quotas],
        "published": lambda: dict(card.published),
        "facts": lambda: {name: card.facts[name]["value"] for name in expected["facts"]},
        "kinds": lambda: {code: [e.kind for e in card.entries if e.criterion == code] for code in expected["kinds"]},
        "stages": lambda: {code: [e.stage for e in card.entries if e.criterion == code] for code in expected["stages"]},
    }
    for key, wanted in expected.items():
        actual = said[key]() if key in said else _node(card, key)
        if _plain(wanted) != actual:
            yield f"{key}: {actual}, not {_plain(wanted)}"


def _name(edition: Edition, address: str) -> str:
    return next(each.name for each in edition.method.warnings if each.address == address)


def _node(card: Scorecard, code: str) -> Any:
    node = card.nodes[code]
    points, state = node["points"], STATES.get(node["state"])
    if state is None:
        return points
    return state if points == "0" else {state: points}


def _plain(wanted: Any) -> Any:
    """What was expected, in the words of the result: numbers are their exact text."""
    if isinstance(wanted, dict):
        return {key: _plain(each) for key, each in wanted.items()}
    if isinstance(wanted, list):
        return [_plain(each) for each in wanted]
    if isinstance(wanted, Rational):
        return plain(wanted)
    if isinstance(wanted, str) and _RATIO.fullmatch(wanted):
        return plain(unplain(wanted))
    return wanted
