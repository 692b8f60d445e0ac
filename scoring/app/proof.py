"""Proof-reads a circular after the director's edits (校对): the Word file against one made anew from the run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scoring.app.publish import CircularOrder, circular
from scoring.archive import open_run
from scoring.finding import ERROR, Finding, finding
from scoring.location import Location
from scoring.proof import Lexicon, differences
from scoring.render.docx_text import Paragraph, Table, read_docx
from scoring.render.formats import DRAFT, FULL, NONE
from scoring.resources import Places
from scoring.views import AUDIENCES, ISSUED

DOCX = "docx"
Blocks = list[Paragraph | Table]


@dataclass(slots=True)
class Proof:
    """What the file was held against, how much of it there was, and every difference."""

    against: str = ""
    paragraphs: int = 0
    tables: int = 0
    findings: list[Finding] = field(default_factory=list)


def proof(order: CircularOrder, file: Path, audience: str, folders: Places) -> Proof:
    """The differences from the paper that the file is nearest to; the office may have its head with it or without."""
    run, problems = open_run(order.run)
    if run is None:
        return Proof(findings=problems)
    try:
        found = read_docx(file.read_bytes())
    except OSError:
        found = None
    if found is None:
        return Proof(findings=[finding("K553", Location(file.as_posix()))])
    audience = audience or next((key for key, name in AUDIENCES.items() if name in file.stem), ISSUED)
    lexicon = _lexicon(run.assessment)
    best: tuple[list[Finding], str] | None = None
    for letterhead in (NONE, FULL, DRAFT):
        papers, faults = _papers(replace(order, letterhead=letterhead, audience=audience), folders)
        if not papers:
            return Proof(findings=faults)
        for name, wanted in papers.items():
            told = differences(wanted, found, lexicon, file.as_posix())
            if best is None or len(told) < len(best[0]):
                best = told, name
    assert best is not None
    tables = sum(isinstance(each, Table) for each in found)
    return Proof(best[1], len(found) - tables, tables, best[0])


def _papers(order: CircularOrder, folders: Places) -> tuple[dict[str, Blocks], list[Finding]]:
    """The Word files of a circular as they would be made now, read back; none where they cannot be made."""
    with tempfile.TemporaryDirectory(prefix="kaohe-") as folder:
        made = circular(replace(order, formats=(DOCX,), out=Path(folder), pictures=False), folders)
        papers = {path.stem: read_docx(path.read_bytes()) for path in made.files}
    errors = [each for each in made.findings if each.severity == ERROR]
    return {name: blocks for name, blocks in papers.items() if blocks is not None}, errors


def _lexicon(assessment: dict[str, Any]) -> Lexicon:
    """Every name that an assessment knows, those of unnamed departments as well: they must not slip in."""
    return Lexicon(tuple(_names(assessment)), assessment["method"]["scale"])


def _names(assessment: dict[str, Any]) -> Iterator[str]:
    for each in assessment["departments"]:
        yield each["name"]
        yield each["short"] or ""
    for each in assessment["groups"]:
        yield each["name"]
    for each in assessment["method"]["tree"]:
        yield each["name"]
    yield assessment["method"]["title"]
    yield assessment["district"]["name"]
