"""Reads the lists of evidence, and finds the files they name: hashed, never copied (佐证材料)."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from scoring.location import Location, Mapping
from scoring.reading.dossier import Desk, Dossier, Piece, Proof
from scoring.reading.draft import close
from scoring.reading.papers import check_day, secret
from scoring.reading.values import as_written
from scoring.submission import Evidence

COUNT_ONCE = "只计一次"
_DRIVE = re.compile(r"[A-Za-z]:|/|~")


def listed(desk: Desk, dossier: Dossier, said: Mapping, path: str) -> None:
    """Note the evidence that a form lists. A number means one thing in all that concerns a department."""
    catalogue = said.get("evidence")
    if not isinstance(catalogue, Mapping):
        return
    for number in catalogue:
        entry = catalogue[number]
        if not isinstance(entry, Mapping):
            continue
        place = catalogue.key(number)
        evidence = _read(desk, dossier, number, entry, path)
        known = dossier.evidence.get(number)
        if known is None:
            dossier.evidence[number] = Piece(evidence, place)
        elif known.evidence != evidence:
            desk.add("K334", place, dossier, known.place, id=number, first=known.evidence.title, text=evidence.title)


def proven(desk: Desk, dossier: Dossier, proofs: Iterable[Proof]) -> tuple[str, ...]:
    """Those of the evidence numbers that the department's lists know; for the others a finding: they prove nothing."""
    found = []
    for proof in proofs:
        if proof.id in dossier.evidence:
            found.append(proof.id)
        else:
            meant = close(proof.id, dossier.evidence)
            desk.add("K331", proof.place, dossier, id=proof.id, meant=meant, known="、".join(sorted(dossier.evidence)))
    return tuple(dict.fromkeys(found))


class Use(NamedTuple):
    """That a piece of evidence stands beside a datum; `claimed` by the department itself."""

    number: str
    label: str
    claimed: bool


def reused(desk: Desk, dossier: Dossier, uses: Iterable[Use]) -> None:
    """Say which evidence stands for several claims of the department, and which nobody refers to."""
    same: dict[str, list[str]] = {}
    for number in sorted(dossier.evidence):
        evidence = dossier.evidence[number].evidence
        same.setdefault(evidence.sha256 or evidence.number or number, []).append(number)
    data: dict[str, set[str]] = {}
    for use in uses:
        claims = data.setdefault(use.number, set())
        if use.claimed:
            claims.add(use.label)
    treatment = "once" if desk.method.evidence_reuse == COUNT_ONCE else "hint"
    for numbers in same.values():
        labels = sorted({label for number in numbers for label in data.get(number, ())})
        place = dossier.evidence[numbers[0]].place
        if len(labels) > 1:
            ids, told = "、".join(numbers), "、".join(labels)
            other = dossier.evidence[numbers[1]].place if len(numbers) > 1 else None
            desk.add("K352", place, dossier, other, ids=ids, data=told, treatment=treatment, count=len(numbers))
        for number in numbers:
            if number not in data:
                entry = dossier.evidence[number]
                desk.add("K335", entry.place, dossier, id=number, title=entry.evidence.title)


def _read(desk: Desk, dossier: Dossier, number: str, entry: Mapping, path: str) -> Evidence:
    check_day(desk, entry, "date", dossier.code)
    file = as_written(entry, "file")
    stored = _located(desk, dossier, file, entry.value("file"), path) if file else ""
    return Evidence(
        id=number,
        title=as_written(entry, "title"),
        number=as_written(entry, "number"),
        date=as_written(entry, "date"),
        file=unicodedata.normalize("NFC", stored),
        sha256=_hash(desk, stored) if stored else "",
    )


def _located(desk: Desk, dossier: Dossier, file: str, place: Location, path: str) -> str:
    """The path of an evidence file from the input folder; "" and a finding where there is no such file."""
    written = unicodedata.normalize("NFC", file.replace("\\", "/"))
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    if _DRIVE.match(written) or target.startswith("../") or "\0" in target:
        desk.add("K333", place, dossier, file=file)
        return ""
    stored = desk.stored.get(target, "")
    if stored in desk.proof or (stored and stored not in desk.withheld and not secret(desk, stored, dossier.code)):
        desk.proof.add(stored)
        return stored
    if stored:
        return ""
    same = sorted(each for each in desk.files if posixpath.basename(each) == posixpath.basename(target))
    meant = posixpath.relpath(same[0], posixpath.dirname(path) or ".") if same else ""
    desk.add("K332", place, dossier, file=file, wanted=target, meant=meant)
    return ""


def _hash(desk: Desk, path: str) -> str:
    found = desk.digests.get(path)
    if found is None:
        found = desk.digests[path] = hashlib.sha256(desk.files[path]).hexdigest()
    return found
