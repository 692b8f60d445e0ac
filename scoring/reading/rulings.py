"""Reads what a person decided beside the data: self-scores, reviews done, exemptions, overrides, decisions (认定)."""

from __future__ import annotations

from scoring.location import Location, Mapping, Sequence
from scoring.method import DEDUCTION, FULL, REBASE, REWEIGHT, ZERO, Marks, Node
from scoring.points import Rational, plain
from scoring.reading.dossier import Desk, Dossier, Voice
from scoring.reading.draft import close
from scoring.reading.papers import check_day
from scoring.reading.roster import find
from scoring.reading.values import as_written
from scoring.submission import ADJUST, ADJUST_TOTAL, EXEMPT, NOT_ASSESSED, NOT_SUBMITTED, REGRADE, Ruling

LEADERS = "审定"
"""The layer of a ruling that the leaders made: above all that speak of data."""

_KINDS = (EXEMPT, ADJUST, ADJUST_TOTAL, NOT_SUBMITTED, NOT_ASSESSED, REGRADE)
_TREATMENTS = (FULL, ZERO, REWEIGHT, REBASE)


def read_self_scores(desk: Desk, dossier: Dossier, said: Mapping) -> None:
    """The department's own scores; one outside its marks is kept out, because a sheet would print it."""
    scores = said.get("self_scores")
    if not isinstance(scores, Mapping):
        return
    for code in scores:
        node = known_node(desk, dossier, code, scores.key(code))
        points = number(scores[code])
        if node is None or points is None:
            continue
        if possible(node.marks, points):
            dossier.self_scores[code] = points
        else:
            _outside(desk, dossier, "K351", node, points, scores.value(code))


def read_judgements(desk: Desk, dossier: Dossier, said: Mapping, voice: Voice) -> None:
    """What a review or an appeal settles by itself: indicators reviewed, exemptions, overrides."""
    reviewed = said.get("reviewed")
    if isinstance(reviewed, Sequence):
        for at, code in enumerate(reviewed):
            if isinstance(code, str) and known_node(desk, dossier, code, reviewed.item(at)) is not None:
                dossier.reviewed.add(code)
    for key, kind in (("exemptions", EXEMPT), ("overrides", ADJUST)):
        entries = said.get(key)
        for entry in entries if isinstance(entries, Sequence) else ():
            if isinstance(entry, Mapping) and as_written(entry, "why"):
                by, on = as_written(entry, "by") or voice.by, as_written(entry, "on") or voice.on
                _rule(desk, dossier, entry, kind, Voice(voice.layer, by, on, as_written(entry, "why")))


def read_decisions(desk: Desk, document: Mapping) -> None:
    """decisions.yaml: what the leaders decided, each with who, when, and the approval's number."""
    entries = document.get("decisions")
    for entry in entries if isinstance(entries, Sequence) else ():
        if not isinstance(entry, Mapping) or entry.get("kind") not in _KINDS:
            continue
        words = [as_written(entry, key) for key in ("department", "by", "on", "basis", "why")]
        if not all(words):
            continue
        department, by, on, _, why = words
        dossier = find(desk, department, entry.value("department"))
        if dossier is not None:
            check_day(desk, entry, "on", dossier.code)
            _rule(desk, dossier, entry, str(entry["kind"]), Voice(LEADERS, by, on, why))


def _rule(desk: Desk, dossier: Dossier, entry: Mapping, kind: str, voice: Voice) -> None:
    """One ruling, where all it needs is there and possible; the check of shapes has said what is not there."""
    code = as_written(entry, "code") if kind in (EXEMPT, ADJUST) else ""
    points = number(entry.get("points")) if kind in (ADJUST, ADJUST_TOTAL) else None
    treatment = as_written(entry, "treatment") if kind == EXEMPT else ""
    grade = as_written(entry, "grade") if kind == REGRADE else ""
    if kind in (EXEMPT, ADJUST):
        node = known_node(desk, dossier, code, entry.value("code")) if code else None
        if node is None or (kind == EXEMPT and treatment not in _TREATMENTS):
            return
        if kind == ADJUST and points is not None and not possible(node.marks, points):
            _outside(desk, dossier, "K353", node, points, entry.value("points"))
            return
    if kind in (ADJUST, ADJUST_TOTAL) and points is None:
        return
    if kind == REGRADE and grade not in desk.method.standing.scale:
        if grade:
            scale = desk.method.standing.scale
            desk.add("K371", entry.value("grade"), dossier, text=grade, allowed="、".join(scale))
        return
    basis = as_written(entry, "basis")
    ruling = Ruling(kind, code, voice.layer, points, treatment, grade, voice.by, voice.on, basis, voice.why)
    place = entry.location
    for other, at in dossier.rulings:
        if (other.kind, other.code, other.layer) == (kind, code, voice.layer) and kind != ADJUST_TOTAL:
            desk.add("K372", place, dossier, at, kind=kind, indicator=code, layer=voice.layer)
            return
    dossier.rulings.append((ruling, place))


def known_node(desk: Desk, dossier: Dossier, code: str, place: Location) -> Node | None:
    """The indicator or criterion of this code, where the department is assessed by it."""
    node = desk.nodes.get(code)
    if node is None:
        named = next((each.code for each in desk.nodes.values() if each.name == code), "")
        desk.add("K350", place, dossier, indicator=code, kind="unknown", meant=named or close(code, desk.nodes))
        return None
    if code not in desk.codes_of(dossier.department.group):
        desk.add("K350", place, dossier, indicator=f"{code} {node.name}", kind="group", meant="")
        return None
    return node


def number(said: object) -> Rational | None:
    """A number as it was read; the check of shapes has spoken of everything else."""
    if isinstance(said, bool) or not isinstance(said, Rational):
        return None
    return said


def possible(marks: Marks, points: Rational) -> bool:
    """Whether points can be had for these marks: deductions are written as negative points."""
    if marks.kind == DEDUCTION:
        return points <= 0 and (marks.full is None or points >= -marks.full)
    return points >= 0 and (marks.full is None or points <= marks.full)


def _outside(desk: Desk, dossier: Dossier, finding: str, node: Node, points: Rational, place: Location) -> None:
    full = "" if node.marks.full is None else plain(node.marks.full)
    low, high, kind = (
        ("-" + full if full else "", "0", "deduction") if node.marks.kind == DEDUCTION else ("0", full, "")
    )
    said = {"indicator": f"{node.code} {node.name}".strip(), "text": plain(points)}
    desk.add(finding, place, dossier, **said, low=low, high=high, kind=kind)
