"""Explains why a department scored what it did, from the run folder alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from scoring.app.score import bundle_of
from scoring.app.whatif import what_if
from scoring.app.whatif.told import Teller
from scoring.archive import open_run
from scoring.explain.account import Explanation
from scoring.explain.explainer import Explainer
from scoring.explain.headroom import as_table, headroom
from scoring.explain.layout import as_text
from scoring.explain.rulebook import Wall
from scoring.explain.wording import FOLDER, Wording, load_wording
from scoring.finding import Finding
from scoring.resources import reports
from scoring.views.view import SAMPLE

NEAR = 3


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation as text and as data; or, where the department or indicator is not known, what was meant perhaps.

    `findings` are faults of the wording, which an officer may have edited.
    """

    text: str = ""
    data: Mapping[str, Any] | None = None
    unknown: str = ""
    near: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def explain(
    run: Wall, department: str, indicator: str = "", own: Path | None = None, *, official: bool = False
) -> Explained:
    """The explanation of one department, or of one indicator or criterion of it; `own` is a folder of own templates.

    `official` is whether the result is approved: until then it says that it is a preliminary one.
    """
    code, unknown = known(run, department)
    if unknown is not None:
        return unknown
    nodes = run.assessment["method"]["tree"]
    node = find(indicator, [(each["code"], (each["name"],)) for each in nodes]) if indicator else ""
    if node is None:
        return Explained(unknown=indicator, near=near(indicator, nodes, ("code", "name")))
    wording = words(own)
    explanation: Explanation = Explainer(run, wording).explain(code, node)
    sample = run.assessment["method"]["status"] == SAMPLE
    notice = str(run.assessment["district"]["note"] or "") if sample else ""
    text = as_text(explanation, wording, official=official, notice=notice)
    data = {**explanation.data(), "official": official, "notice": notice}
    return Explained(text, data, findings=tuple(wording.findings))


def room(run: Wall, department: str, own: Path | None = None) -> Explained:
    """The headroom (提升空间) of one department: what it got, what is still to gain."""
    code, unknown = known(run, department)
    if unknown is not None:
        return unknown
    wording = words(own)
    ground = Explainer(run, wording).ground(code)
    if ground is None:
        return explain(run, code, own=own)
    found = headroom(ground)
    data = {"format": 1, "edition": run.assessment["edition"], "department": code, **found.data()}
    return Explained(as_table(found, ground), data, findings=tuple(wording.findings))


def ask_what_if(run: Wall, department: str, to: str, schemas: Path, own: Path | None = None) -> Explained:
    """What a department would have needed for the next grade or a better rank (差什么能到)."""
    code, unknown = known(run, department)
    if unknown is not None:
        return unknown
    wording = words(own)
    ground = Explainer(run, wording).ground(code)
    if ground is None:
        return explain(run, code, own=own)
    bundle = bundle_of({path: run.read(path) for path in run.files}, run.assessment["edition"])
    told = Teller(what_if(bundle, schemas, code, to), ground)
    return Explained(told.text(), told.data(), findings=tuple(wording.findings))


def words(own: Path | None) -> Wording:
    """The shipped wording, with an officer's own before it."""
    return load_wording(*(folder / FOLDER for folder in (own, reports()) if folder is not None))


def known(run: Wall, department: str) -> tuple[str, Explained | None]:
    """The code of a department; or, where the roster has no such, what is said then."""
    departments = run.assessment["departments"]
    code = find(department, [(each["code"], (each["name"], each["short"])) for each in departments])
    if code is None:
        return "", Explained(unknown=department, near=near(department, departments, ("short", "name", "code")))
    return code, None


def explained(run_path: Path, department: str) -> str:
    """The text of a department's explanation, for who has just written the run."""
    run, found = open_run(run_path)
    if run is None:
        raise LookupError([each.code for each in found])
    return explain(run, department, official=run.approval is not None).text


def as_json(found: Explained) -> str:
    """The explanation for programs; ends with a line feed."""
    return json.dumps(found.data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def find(word: str, known: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    """The code that is meant by a code or one of its names; a name that two share means neither."""
    known = list(known)
    if any(code == word for code, _ in known):
        return word
    found = [code for code, names in known if word and word in names]
    return found[0] if len(found) == 1 else None


def near(word: str, rows: Iterable[Mapping[str, Any]], keys: tuple[str, ...]) -> tuple[str, ...]:
    """What was probably meant, as "code name"."""
    labels: dict[str, str] = {}
    for row in rows:
        for key in keys:
            labels.setdefault(str(row[key] or row["name"]), f"{row['code']} {row['name']}")
    found = [each for each in labels if word and word in each]
    found += get_close_matches(word, labels, n=NEAR, cutoff=0.5)
    return tuple(dict.fromkeys(labels[each] for each in found))[:NEAR]
