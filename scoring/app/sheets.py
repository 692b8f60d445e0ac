"""Writes the score sheets (得分单): one a department, holding only what that department may see."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scoring import location
from scoring.app.deliver import deliver, texts
from scoring.app.explain import find, near
from scoring.app.layouts import laid_out, read_layouts, recorded
from scoring.app.wording import Filler, read_office, read_wording, read_words, unused_words
from scoring.archive import Run, open_run
from scoring.explain.account import EntryAccount
from scoring.explain.explainer import Explainer
from scoring.explain.wording import FOLDER, load_wording
from scoring.filename import safe_name
from scoring.finding import ERROR, Finding, Findings
from scoring.render.formats import MARKDOWN, Dress
from scoring.resources import Places, reports
from scoring.views import APPROVAL, DEPARTMENT, Document, alone, members, office_of, plain_text, sighted
from scoring.views.ledger import GIVEN, Reason
from scoring.views.sheet import Told, sheet

KIND = "sheet"
FOLDERS = {DEPARTMENT: "department", APPROVAL: "approval_sheets"}
"""Where in the run's `published` the sheets for an audience stand."""
NAME = "得分单"
LONGEST_SHORT = 20
"""How many characters of a department's short name a file or folder bears."""

Progress = Callable[[Iterable[str], int], Iterable[str]]
"""Shows how far it is with codes of departments, as many as it is told."""


@dataclass(frozen=True, slots=True)
class SheetsOrder:
    """Whose sheets to write, for which eyes, where to: into the run unless `out` is another folder."""

    run: Path
    audience: str = DEPARTMENT
    department: str = ""
    formats: tuple[str, ...] = (MARKDOWN,)
    out: Path | None = None
    office: Path | None = None
    workplace: Path | None = None
    force: bool = False


@dataclass(slots=True)
class Written:
    """What came of an order: the files that stand now or, of a single sheet without a place, its text; what is wrong.

    `unknown` is a department that the run has no sheet of, `near` what was meant perhaps.
    """

    files: list[Path] = field(default_factory=list)
    text: str = ""
    unknown: str = ""
    near: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def sheets(order: SheetsOrder, folders: Places, progress: Progress | None = None) -> Written:
    """Open the run, choose the departments, tell each its score, lay out, write."""
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
    layouts = read_layouts(KIND, order.formats, folders, found)
    if settings is None or words is None or wording is None or failed(found):
        return Written(findings=found.found)
    office = office_of(settings)
    teller, dress = Teller(run, order.audience, words, folders, found), Dress(fonts=office.fonts)
    names, files = labels(run.assessment), dict[str, bytes]()
    for code in progress(codes, len(codes)) if progress else codes:
        document = teller.sheet(code)
        found.extend(unused_words(texts(document), wording, office.veto_term))
        files |= laid_out(layouts, {f"{names[code]}_{NAME}": document}, dress, found)
    found.extend(teller.problems())
    if failed(found):
        return Written(findings=found.found)
    if order.department and order.out is None:
        return Written(text="".join(raw.decode() for raw in files.values()), findings=found.found)
    sources = {"office": office_raw, "wording": words_raw}
    sources |= {f"layout.{format_}": layout.raw for format_, layout in layouts.items()}
    options: dict[str, Any] = {name: hashlib.sha256(raw).hexdigest() for name, raw in sources.items()}
    options |= recorded(layouts, dress)
    audience = FOLDERS[order.audience]
    written = deliver(run, order.run, audience, files, options, order.out, order.force, found)
    return Written(written, findings=found.found)


class Teller:
    """Makes one sheet after another of one run, its rules and words read once."""

    def __init__(self, run: Run, audience: str, words: location.Mapping, folders: Places, found: Findings) -> None:
        self.run, self.audience, self.words = run, audience, words[KIND]
        self.official = run.approval is not None
        self.fill = Filler(found)
        self.alone = alone(run.assessment)
        wording = load_wording(folders.reports / FOLDER, reports() / FOLDER)
        self.explainer = Explainer(run, wording)

    def sheet(self, code: str) -> Document:
        """The sheet of a department, from what its reader may see."""
        seen = sighted(self.alone[code], self.audience, department=code)
        steps = self.explainer.grades(code, seen)
        told = Told(
            tuple(map(self.reason, self.explainer.accounts(code, seen))),
            tuple(each.sentence for each in steps),
            tuple(each.sentence for each in steps if each.step == "limit"),
        )
        return sheet(seen, code, told, self.words, self.fill, official=self.official)

    def reason(self, account: EntryAccount) -> Reason:
        """What the sheet says of an entry; of one that changes what was given, without the sum in brackets."""
        given = replace(account, better="")
        article, evidence = account.basis.article, dict[str, None]()
        for used in account.data_used:
            for layer in used.layers:
                evidence.update(dict.fromkeys(layer.evidence))
        own = article.document == self.run.assessment["method"]["title"]
        return Reason(
            text=given.reason if account.kind in GIVEN else given.sentence,
            better="".join(f"{each.removesuffix('。')}。" for each in (account.better, account.best) if each),
            block=account.block,
            article=article.article if own or not article else f"《{article.document}》{article.article}",
            evidence=tuple(evidence),
        )

    def problems(self) -> list[Finding]:
        """What proved wrong with the wording of the reasons."""
        return self.explainer.wording.findings


def scored(assessment: Mapping[str, Any]) -> list[str]:
    """The departments that have a score, by establishment, those without a name in the circular among them."""
    return [each.code for each in members(sighted(assessment, APPROVAL), unnamed=True)]


def labels(assessment: Mapping[str, Any]) -> dict[str, str]:
    """How the files of each department begin: number and short name. Numbers run over the named departments only,
    so that a number tells a department nothing of others."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    number = 0
    for each in members(sighted(assessment, APPROVAL), unnamed=True):
        short = safe_name(plain_text(each.short)[:LONGEST_SHORT])
        if each.named:
            number += 1
            short = f"{number:03d}_{short}"
        if short.casefold() in taken:
            short = safe_name(f"{short}_{plain_text(each.code)[:LONGEST_SHORT]}")
        taken.add(short.casefold())
        found[each.code] = short
    return found


def one(assessment: Mapping[str, Any], word: str) -> str:
    """The code of the department that is meant by a code or a name; "" where none or several are."""
    return find(word, [(each["code"], (each["name"], each["short"])) for each in assessment["departments"]]) or ""


def near_scored(assessment: Mapping[str, Any], word: str, codes: Sequence[str]) -> tuple[str, ...]:
    rows = [each for each in assessment["departments"] if each["code"] in codes]
    return near(word, rows, ("short", "name", "code"))


def failed(found: Findings) -> bool:
    return any(each.severity == ERROR for each in found.found)
