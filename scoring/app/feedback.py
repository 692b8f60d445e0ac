"""Writes what goes to each department (反馈件): letter, score sheet and, before the approval, the application form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.app.deliver import deliver, texts
from scoring.app.layouts import laid_out, read_layouts, recorded
from scoring.app.sheets import KIND as SHEET
from scoring.app.sheets import NAME as SHEET_NAME
from scoring.app.sheets import Progress, Teller, Written, failed, labels, near_scored, one, scored
from scoring.app.wording import Filler, read_office, read_wording, read_words, unused_words
from scoring.archive import Run, open_run
from scoring.finding import Finding, Findings, finding
from scoring.render.formats import MARKDOWN, NONE, Dress
from scoring.resources import Places
from scoring.views import DEPARTMENT, Document, Office, office_of, sighted
from scoring.views.letter import application, letter
from scoring.views.office import FOR_APPEAL, FOR_FEEDBACK

KIND, LETTER = "feedback", "circular"
"""The words of the letter; the layouts it shares with every letter of the office."""
AUDIENCE = "feedback"
LETTER_NAME, FORM_NAME = "反馈函", "复核申请表"


@dataclass(frozen=True, slots=True)
class FeedbackOrder:
    """What to write for whom, and where to: into the run unless `out` is another folder."""

    run: Path
    department: str = ""
    formats: tuple[str, ...] = (MARKDOWN,)
    letterhead: str = NONE
    out: Path | None = None
    office: Path | None = None
    workplace: Path | None = None
    force: bool = False


def feedback(order: FeedbackOrder, folders: Places, progress: Progress | None = None) -> Written:
    """Open the run, make the papers of each department, lay them out, write a folder for each."""
    run, problems = open_run(order.run)
    if run is None:
        return Written(findings=problems)
    found = Findings(list(problems))
    codes = scored(run.assessment)
    if order.department:
        code = one(run.assessment, order.department)
        if code not in codes:
            return Written(unknown=order.department, near=near_scored(run.assessment, order.department, codes))
        codes = [code]
    settings, office_raw = read_office(run, order.office, order.workplace, folders.schemas, found)
    wording, _ = read_wording(folders, found)
    words, words_raw = read_words(KIND, folders, found)
    sheet_words, sheet_raw = read_words(SHEET, folders, found)
    layouts = {kind: read_layouts(kind, order.formats, folders, found) for kind in (SHEET, LETTER)}
    if settings is None or words is None or sheet_words is None or wording is None or failed(found):
        return Written(findings=found.found)
    office = office_of(settings)
    found.extend(_missing(run, office))
    teller = Teller(run, DEPARTMENT, sheet_words, folders, found)
    fill, dress = Filler(found), Dress(order.letterhead, office.fonts)
    names, files = labels(run.assessment), dict[str, bytes]()
    for code in progress(codes, len(codes)) if progress else codes:
        whole = run.assessment if teller.official else teller.alone[code]
        seen = sighted(whole, DEPARTMENT, department=code, approved=teller.official)
        told = letter(seen, code, office, words, fill, official=teller.official)
        papers: dict[str, Mapping[str, Document]] = {
            LETTER: {LETTER_NAME: told.bare() if order.letterhead == NONE else told},
            SHEET: {SHEET_NAME: teller.sheet(code)},
        }
        if not teller.official:
            papers[SHEET] = {**papers[SHEET], FORM_NAME: application(seen, code, office, words, fill)}
        for kind, documents in papers.items():
            found.extend(unused_words(texts(tuple(documents.values())), wording, office.veto_term))
            named = {f"{names[code]}/{names[code]}_{name}": each for name, each in documents.items()}
            files |= laid_out(layouts[kind], named, dress, found)
    found.extend(teller.problems())
    if failed(found):
        return Written(findings=found.found)
    sources = {"office": office_raw, "wording": words_raw, "wording.sheet": sheet_raw}
    for kind, several in layouts.items():
        sources |= {f"layout.{kind}.{format_}": layout.raw for format_, layout in several.items()}
    options: dict[str, Any] = {name: hashlib.sha256(raw).hexdigest() for name, raw in sources.items()}
    options |= {"letterhead": order.letterhead, **recorded(order.formats, dress)}
    written = deliver(run, order.run, AUDIENCE, files, options, order.out, order.force, found)
    return Written(written, findings=found.found)


def _missing(run: Run, office: Office) -> Iterator[Finding]:
    """What the letter leaves blank because the office has not said it; a deadline is never made up."""
    unneeded = FOR_APPEAL if run.approval is not None else ()
    names = [
        f"{name}（{key}）" for key, name in FOR_FEEDBACK.items() if key not in unneeded and not getattr(office, key)
    ]
    if names:
        yield finding("K510", settings="、".join(names))
