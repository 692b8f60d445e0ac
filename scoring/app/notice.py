"""Writes the correction notice (更正通知): a run that corrects another one, told to those who read of the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scoring import location
from scoring.app.deliver import deliver, texts
from scoring.app.layouts import laid_out, read_layouts, recorded
from scoring.app.publish import KIND as LAYOUT
from scoring.app.publish import ONLY_IN_HEAD, SETTINGS, CircularOrder, Published
from scoring.app.wording import Filler, read_office, read_wording, read_words, unused_words
from scoring.archive import Run, open_run
from scoring.finding import ERROR, Finding, Findings, finding
from scoring.location import Location
from scoring.render.formats import NONE, Dress
from scoring.resources import Places
from scoring.views import APPROVAL, AUDIENCES, Office, office_of, plain_text, view
from scoring.views.correction import Reissue, correction
from scoring.views.office import FOR_CORRECTION

KIND = "correction"
FOLDER = "correction"
"""Notices for an audience stand in the run's `published` under this word and the audience."""


def notice(order: CircularOrder, corrected: Path, folders: Places) -> Published:
    """Open both runs, look at both with the eyes of the audience, say what is different, lay out, write."""
    (run, problems), (old, more) = open_run(order.run), open_run(corrected)
    found = Findings([*problems, *more])
    if run is None or old is None:
        return Published(findings=found.found)
    settings, office_raw = read_office(run, order.office, order.workplace, folders.schemas, found)
    before, _ = read_office(old, order.office, order.workplace, folders.schemas, found)
    wording, _ = read_wording(folders, found)
    words, words_raw = read_words(KIND, folders, found)
    if settings is None or before is None or wording is None or words is None:
        return Published(findings=found.found)
    office = _own(office_of(settings))
    found.extend(_open_points(run, old, order, office))
    if _failed(found):
        return Published(findings=found.found)
    fill = Filler(found)
    reissue = _reissue(run, old, order.audience, office, office_of(before), wording, fill)
    document = correction(reissue, words[KIND], fill)
    if document is None:
        found.add("K531", audience=AUDIENCES[order.audience])
        return Published(findings=found.found)
    found.extend(_betrayals(document, order.audience, (run, old)))
    found.extend(unused_words(texts(document), wording, office.veto_term))
    year = run.assessment["method"]["year"]
    label = AUDIENCES[order.audience]
    label = f"{label}·送审稿" if reissue.new.draft and order.audience != APPROVAL else label
    name = f"{year}年度考核更正通知（{label}）"
    layouts = read_layouts(LAYOUT, order.formats, folders, found)
    bare = document.bare() if order.letterhead == NONE else document
    dress = Dress(order.letterhead, office.fonts)
    files = laid_out(layouts, {name: bare}, dress, found)
    if _failed(found):
        return Published(findings=found.found)
    sources = {"office": office_raw, "wording": words_raw}
    sources |= {f"layout.{format_}": layout.raw for format_, layout in layouts.items()}
    options: dict[str, Any] = {key: hashlib.sha256(raw).hexdigest() for key, raw in sources.items()}
    options |= {"letterhead": order.letterhead, "corrects": old.manifest.digest, **recorded(layouts, dress)}
    audience = f"{FOLDER}_{order.audience}"
    written = deliver(run, order.run, audience, files, options, order.out, order.force, found)
    return Published(written, findings=found.found)


def _own(office: Office) -> Office:
    """The settings with the number and the dates of the notice in place of the circular's."""
    return replace(
        office, number=office.correction_number, date=office.correction_date, printed_on=office.correction_date
    )


def _reissue(
    run: Run, old: Run, audience: str, office: Office, before: Office, wording: location.Mapping, fill: Filler
) -> Reissue:
    was = view(old, audience, before)
    title = fill(wording["circular"], "title", was.circular.figures)
    why = str(run.assessment["corrects"]["why"]).strip().rstrip("。，；")
    return Reissue(was, view(run, audience, office), title, before.number, why.removeprefix("因"))


def _open_points(run: Run, old: Run, order: CircularOrder, office: Office) -> Iterator[Finding]:
    """What stands against a correction: another run is corrected, nothing was approved, the office has not said all."""
    corrects: Mapping[str, Any] | None = run.assessment["corrects"]
    if corrects is None or corrects["run"] != old.manifest.digest:
        yield finding("K530", Location(order.run.as_posix()))
    if old.approval is None:
        yield finding("K532", Location(order.run.as_posix()))
    missing = office.missing(run.approval is not None, run.approval.by if run.approval else "")
    missing = [each for each in missing if order.letterhead != NONE or each not in ONLY_IN_HEAD]
    names = {**SETTINGS, "number": FOR_CORRECTION["correction_number"], "date": FOR_CORRECTION["correction_date"]}
    keys = {"number": "correction_number", "date": "correction_date"}
    if missing:
        yield finding("K510", settings="、".join(f"{names[key]}（{keys.get(key, key)}）" for key in missing))


def _betrayals(document: Any, audience: str, runs: Iterable[Run]) -> Iterator[Finding]:
    """Names that this audience must not read, where somebody wrote them into the reason."""
    if audience == APPROVAL:
        return
    said = "\n".join(texts(document))
    unnamed = [each for run in runs for each in run.assessment["departments"] if each["visibility"] != "named"]
    names = {each["code"]: [plain_text(each[key] or "") for key in ("name", "short")] for each in unnamed}
    for told in names.values():
        name = next((each for each in told if each and each in said), "")
        if name:
            yield finding("K533", name=name)


def _failed(found: Findings) -> bool:
    return any(each.severity == ERROR for each in found.found)
