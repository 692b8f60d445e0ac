"""Scores a year: gather everything that counts, run the flow, write the run folder whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scoring import __version__
from scoring.app.assess import INPUTS, PREVIOUS, RULES, Assessed, Bundle, Progress, assess
from scoring.app.filed_page import AUDIT, filed_page
from scoring.app.folders import edition_files, input_files, passed_over
from scoring.archive import ASSESSMENT, CHAIN, PLACES, Provenance, chain_after, corrected_run, open_run, write_run
from scoring.assessment import SEMANTICS, Assessment
from scoring.canonical import canonical
from scoring.finding import ERROR, Finding, finding, in_order
from scoring.location import Location
from scoring.reading.yaml_file import read_yaml
from scoring.resources import Places as Folders
from scoring.resources import editions_in

SECRET = "K390"
"""While a paper bears a mark of secrecy no run is written: a run would keep a copy of it."""
EVIDENCE, CORRECTS = "evidence.json", "corrects.json"


@dataclass(frozen=True, slots=True)
class Order:
    """What to score and where to write it. `shown` is how the user named the input folder."""

    edition: str
    inputs: Path
    out: Path
    shown: str
    previous: Path | None = None
    matcher: str | None = None
    force: bool = False
    corrects: Path | None = None
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of an order. `assessment` is None where the rules have errors; `written` tells whether a run stands."""

    assessment: Assessment | None
    findings: list[Finding]
    written: bool
    matcher: str = ""


def score(order: Order, folders: Folders, progress: Progress | None = None) -> Scored:
    """Gather, assess, write."""
    bundle, found = gather(order, folders)
    if bundle is None:
        return Scored(None, found, False)
    assessed = assess(bundle, folders.schemas, order.matcher, progress)
    shown = in_order([*found, *(_shown(each, order, folders) for each in assessed.findings)])
    if assessed.assessment is None or any(each.code == SECRET for each in shown):
        return Scored(None, shown, False)
    problems = write_run(order.out, run_files(bundle, assessed), provenance(bundle, assessed), force=order.force)
    written = not any(each.severity == ERROR for each in problems)
    return Scored(assessed.assessment, [*problems, *shown], written, assessed.matcher)


def gather(order: Order, folders: Folders) -> tuple[Bundle | None, list[Finding]]:
    """The bundle of an order: rules, the edition they supersede, forms, last year's run, the run it corrects."""
    rules: dict[str, Mapping[str, bytes]] = {}
    folder = folders.rules / order.edition
    if not folder.is_dir() or not (folder / "method.yaml").is_file():
        known = "、".join(editions_in(folders.rules))
        return None, [finding("K201", edition=order.edition, known=known)]
    rules[order.edition] = edition_files(folder)
    unread = passed_over(folder, f"rules/{order.edition}")
    if unread:  # a rule that was not read may be any part of the score
        return None, unread
    superseded = supersedes(rules[order.edition])
    if superseded and (folders.rules / superseded / "method.yaml").is_file():
        rules[superseded] = edition_files(folders.rules / superseded)
    if not order.inputs.is_dir():
        return None, [finding("K202", Location(order.shown))]
    forms, evidence, found = input_files(order.inputs, order.shown)
    previous, corrects = None, None
    chain: Mapping[str, bytes] = {}
    if order.previous is not None:
        run, problems = open_run(order.previous)
        found.extend(problems)
        if run is None:
            return None, found.found
        previous = run.read(ASSESSMENT)
    if order.corrects is not None:
        run, problems = corrected_run(order.corrects, order.edition)
        found.extend(problems)
        if run is None:
            return None, found.found
        corrects = {"run": run.manifest.digest, "by": order.by, "why": order.why}
        chain = chain_after(run)
    return Bundle(order.edition, rules, forms, evidence, previous, corrects, chain), found.found


def supersedes(files: Mapping[str, bytes]) -> str:
    """The edition that an edition says it supersedes."""
    document, _ = read_yaml("method.yaml", files.get("method.yaml", b""))
    return str(document.get("supersedes", "")) if document is not None else ""


def run_files(bundle: Bundle, assessed: Assessed) -> dict[str, bytes]:
    """The files of the run: the result, the places of its rules, everything it was computed from, and its account."""
    assert assessed.assessment is not None
    data = assessed.assessment.data()
    files = computed_files(bundle, assessed.assessment, assessed.places)
    for edition, contents in bundle.rules.items():
        files.update({f"{RULES}{edition}/{path}": content for path, content in contents.items()})
    files.update({INPUTS + path: content for path, content in bundle.forms.items()})
    if bundle.previous is not None:
        files[PREVIOUS] = bundle.previous
    return {**files, **bundle.chain, AUDIT: filed_page(data, assessed.places, files)}


def computed_files(bundle: Bundle, assessment: Assessment, places: dict[str, object]) -> dict[str, bytes]:
    """What follows from rules and inputs to the byte: verifying compares these."""
    files = {
        ASSESSMENT: b"".join(assessment.told()),
        PLACES: canonical(places),
        EVIDENCE: canonical(dict(bundle.evidence)),
    }
    if bundle.corrects is not None:
        files[CORRECTS] = canonical(dict(bundle.corrects))
    return files


def bundle_of(files: Mapping[str, bytes], edition: str) -> Bundle:
    """The bundle that a run was computed from, out of the run's own files."""
    rules: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        if path.startswith(RULES):
            name, _, inside = path[len(RULES) :].partition("/")
            rules.setdefault(name, {})[inside] = content
    return Bundle(
        edition,
        rules,
        {path[len(INPUTS) :]: content for path, content in files.items() if path.startswith(INPUTS)},
        json.loads(files[EVIDENCE]) if EVIDENCE in files else {},
        files.get(PREVIOUS),
        json.loads(files[CORRECTS]) if CORRECTS in files else None,
        {path: content for path, content in files.items() if path.startswith(CHAIN)},
    )


def provenance(bundle: Bundle, assessed: Assessed) -> Provenance:
    options = {
        "previous": bundle.previous is not None and hashlib.sha256(bundle.previous).hexdigest(),
        "corrects": dict(bundle.corrects) if bundle.corrects else None,
    }
    return Provenance(bundle.edition, SEMANTICS, assessed.matcher, __version__, options)


def _shown(each: Finding, order: Order, folders: Folders) -> Finding:
    """The finding with the user's own paths in place of the run's."""
    return replace(
        each,
        location=_own(each.location, order, folders),
        other=_own(each.other, order, folders),
    )


def _own(where: Location | None, order: Order, folders: Folders) -> Location | None:
    if where is not None and where.file.startswith(INPUTS):
        return replace(where, file=f"{order.shown}/{where.file[len(INPUTS) :]}")
    if where is not None and where.file.startswith(RULES) and folders.rules.name != RULES.rstrip("/"):
        return replace(where, file=f"{folders.rules.as_posix()}/{where.file[len(RULES) :]}")
    return where
