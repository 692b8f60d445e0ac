"""Reads an input folder: the roster, what departments and the bureau handed in, what was decided (报送与登记).

One broken form stops nothing: its department is scored on what could be read, and the run says so. Only without a
roster nobody is known, and there is no Intake.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping as Files
from dataclasses import replace
from pathlib import Path

from scoring.finding import ERROR, Finding, in_order, under
from scoring.location import Location, Mapping
from scoring.method import Method
from scoring.reading.bounds import Bounds
from scoring.reading.dossier import Desk, Dossier, Voice
from scoring.reading.forms import hear
from scoring.reading.merging import merged
from scoring.reading.papers import check_day, check_form, of_this_edition, opened, plainly, schema_texts, secret, single
from scoring.reading.registers import FOLDERS, YAML, read_registers
from scoring.reading.roster import ROSTER, by_name, find, read_roster
from scoring.reading.rulings import read_decisions, read_self_scores
from scoring.reading.sheets import ENDINGS, read_sheets
from scoring.reading.values import as_written
from scoring.scope import Horizon
from scoring.submission import SELF_REPORT, Intake, Submission

OFFICE, DECISIONS, SUBMISSIONS = "office.yaml", "decisions.yaml", "submissions/"

_OF_NO_CONCERN = re.compile(r"readme[^/]*\.(md|txt)|\.ds_store|thumbs\.db|desktop\.ini|\.git(keep|ignore|attributes)")
_LOCK = re.compile(r"~\$(?P<office>.+)|\.~lock\.(?P<libre>.+)#")
_DEPARTMENT_LINE = re.compile(rb"^department[ \t]*(?::|\xef\xbc\x9a)[ \t]*[\"']?([^\"'#\s]+)", re.MULTILINE)


def read_intake(
    files: Files[str, bytes],
    method: Method,
    schemas: Path | Files[str, str],
    *,
    prefix: str = "",
    used: frozenset[str] | None = None,
    horizon: Horizon | None = None,
    digests: Files[str, str] | None = None,
) -> tuple[Intake | None, list[Finding]]:
    """Everything handed in, and everything that is wrong with it, in file order. None without a readable roster.

    `files` are the folder's files by path, with `/`; `prefix` stands before the paths in findings. `used` are the
    facts that the method's rules use. `horizon` answers the questions that a bound may rest on; without it such a
    bound is not held. `digests` are the SHA-256 of evidence files that are not at hand any more.
    """
    desk = Desk(method, files, schema_texts(schemas), prefix, digests=dict(digests or {}))
    _locks(desk)
    roster = _roster(desk)
    if roster is None:
        return None, in_order(desk.findings.found)
    office = single(desk, OFFICE, "office") if OFFICE in files else None
    decisions = single(desk, DECISIONS, "decisions") if DECISIONS in files else None
    if decisions is not None and of_this_edition(desk, decisions):
        read_decisions(desk, decisions)
    for folder in FOLDERS:
        read_registers(desk, folder)
    submissions = _submissions(desk, Bounds.of(method, horizon))
    _leftovers(desk, used)
    intake = Intake(
        edition=as_written(roster, "edition"),
        district=as_written(roster, "district"),
        note=as_written(roster, "note"),
        submissions=tuple(submissions[code] for code in sorted(submissions)),
        office={key: plainly(office[key]) for key in office} if office is not None else {},
        files={path: files[path] for path in sorted(desk.read)},
    )
    return intake, in_order(desk.findings.found)


def _roster(desk: Desk) -> Mapping | None:
    if ROSTER not in desk.files:
        desk.findings.add("K300", Location(desk.prefix + ROSTER))
        return None
    roster = single(desk, ROSTER, "roster")
    if roster is not None:
        of_this_edition(desk, roster)
        read_roster(desk, roster)
    return roster


def _locks(desk: Desk) -> None:
    """A program that has a file open leaves a lock beside it: what was saved may not be what is on its screen."""
    for path in desk.files:
        folder, name = posixpath.split(path)
        match = _LOCK.fullmatch(name)
        if match:
            desk.proof.add(path)
            held = posixpath.join(folder, match["office"] or match["libre"])
            if held in desk.files:
                desk.findings.add("K395", Location(desk.prefix + held))


def _submissions(desk: Desk, bounds: Bounds) -> dict[str, Submission]:
    """Every department's Submission by code. Its own form is read last and let go at once: there may be thousands."""
    paths = [path for path in sorted(desk.files) if path.startswith(SUBMISSIONS)]
    for path in paths:
        if path.lower().endswith(ENDINGS) and path not in desk.proof and not secret(desk, path):
            read_sheets(desk, path, Voice(SELF_REPORT))
    made: dict[str, Submission] = {}
    forms: dict[str, Location] = {}
    for path in paths:
        dossier = _form(desk, path, forms) if path.lower().endswith(YAML) else None
        if dossier is not None:
            made[dossier.code] = merged(desk, dossier, bounds)
            desk.dossiers[dossier.code] = Dossier(dossier.department, dossier.entry)
    for code, dossier in desk.dossiers.items():
        if code not in made:
            made[code] = merged(desk, dossier, bounds)
    for code in desk.doubled & made.keys():
        made[code] = replace(made[code], broken=True)
    return made


def _form(desk: Desk, path: str, forms: dict[str, Location]) -> Dossier | None:
    """The dossier that a department's own form was read into; None where it is nobody's, or the second of its kind.

    A form that cannot be read still is somebody's, which its name or the line that names the department tells.
    """
    owner = _owner(desk, path)
    if secret(desk, path, owner.code if owner is not None else ""):
        if owner is not None:
            owner.broken = True
        return None
    document, found = opened(desk, path)
    dossier, place = owner, Location(desk.prefix + path)
    named = as_written(document, "department") if document is not None else ""
    known = None
    if document is not None and named:
        place = document.value("department")
        known = find(desk, named, place)
        dossier = known or (owner if named not in desk.unscored else None)
    code = dossier.code if dossier is not None else ""
    if document is not None:
        found += check_form(desk, document)
    desk.findings.extend(under(found, code))
    if dossier is None:
        return None
    if code in forms:
        desk.add("K302", place, dossier, forms[code], name=dossier.department.name, kind="form")
        desk.doubled.add(code)
        return None
    forms[code] = place
    dossier.forms.append(place)
    if document is None or known is None or not of_this_edition(desk, document, code):
        dossier.broken = True
        return dossier
    dossier.broken |= any(each.severity == ERROR for each in found)
    filled = document.get("filled")
    by = on = ""
    if isinstance(filled, Mapping):
        by, on = as_written(filled, "by"), as_written(filled, "on")
        check_day(desk, filled, "on", code)
    hear(desk, dossier, document, Voice(SELF_REPORT, by, on), path)
    read_self_scores(desk, dossier, document)
    return dossier


def _owner(desk: Desk, path: str) -> Dossier | None:
    """Whose form a file is, as far as it can be told without reading it: by its name, or by the line that names it."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    line = _DEPARTMENT_LINE.search(desk.files[path])
    said = line[1].decode("utf-8", errors="replace") if line else ""
    for word in (said, stem, *re.split(r"[\s_.（()）-]+", stem)):
        dossier = desk.dossiers.get(word) or by_name(desk, word)
        if dossier is not None:
            return dossier
    return None


def _leftovers(desk: Desk, used: frozenset[str] | None) -> None:
    """Files and facts that nobody used: what an officer put there was meant for something."""
    for path in sorted({*desk.files, *desk.digests}):
        if path in desk.read or path in desk.proof or path in desk.withheld:
            continue
        if not _OF_NO_CONCERN.fullmatch(posixpath.basename(path).lower()) and not secret(desk, path):
            desk.findings.add("K116", Location(desk.prefix + path))
    for name, (place, departments) in desk.given.items():
        if used is not None and name not in used:
            desk.findings.add("K380", place, name=name, count=len(departments))
