"""Publishes a run: the circular for one audience, and for the leaders the note on what they have to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scoring import location
from scoring.app.deliver import deliver, texts
from scoring.app.illustrate import Progress, drawn, laid_out_with, wanted
from scoring.app.layouts import read_layouts, recorded
from scoring.app.wording import Filler, blank_passages, read_office, read_passages, read_wording, unused_words
from scoring.archive import Run, open_run
from scoring.archive.check import reason_of
from scoring.finding import ERROR, Finding, Findings, finding
from scoring.location import Location
from scoring.render.formats import DRAFT, MARKDOWN, NONE, Dress
from scoring.resources import Places
from scoring.views import (
    APPROVAL,
    NAMED,
    PUBLIC,
    SETTLED,
    Document,
    Office,
    Passages,
    View,
    compose,
    note,
    office_of,
    view,
)
from scoring.views.office import CLOSED, OPEN

KIND = "circular"
"""The kind of document whose layouts in reports/ are used, for the circular and for the note."""
LONGEST = 4000
"""How many characters the text of a circular may have."""
ONLY_IN_HEAD = {"number", "code"}
"""Settings that are printed nowhere where the office system adds head and imprint."""
HEAD = {"letterhead": "发文机关标志", "printed_by": "印发机关"}
"""Settings that only head and imprint need."""
SETTINGS = {**NAMED, **SETTLED, "code": "机关代字", **HEAD}


@dataclass(frozen=True, slots=True)
class CircularOrder:
    """What to publish, for whom, and where to: into the run unless `out` is another folder.

    `office` is a file of settings instead of those that were scored with, `workplace` one that counts where there
    were none, `passages` the hand-written passages instead of those beside the run.
    """

    run: Path
    audience: str = APPROVAL
    formats: tuple[str, ...] = (MARKDOWN,)
    letterhead: str = NONE
    out: Path | None = None
    office: Path | None = None
    workplace: Path | None = None
    passages: Path | None = None
    force: bool = False
    pictures: bool | None = None


@dataclass(slots=True)
class Published:
    """What came of an order: the files that stand now, whether the passages were begun, and the findings."""

    files: list[Path] = field(default_factory=list)
    passages: Path | None = None
    findings: list[Finding] = field(default_factory=list)


def circular(order: CircularOrder, folders: Places, progress: Progress | None = None) -> Published:
    """Read the run and what the office wrote, look, compose, lay out, write."""
    run, problems = open_run(order.run)
    if run is None:
        return Published(findings=problems)
    found = Findings(list(problems))
    beside = order.passages or passages_beside(order.run if order.run.name.strip(".") else run.path)
    settings, office_raw = read_office(run, order.office, order.workplace, folders.schemas, found)
    wording, wording_raw = read_wording(folders, found)
    passages, passages_raw = read_passages(beside, folders.schemas, found)
    if settings is None or wording is None or passages is None:
        return Published(findings=found.found)
    office = replace(office_of(settings), settled=order.letterhead != DRAFT)
    seen = view(run, order.audience, office, passages)
    found.extend(_open_points(run, seen, office, settings, order.letterhead))
    if any(each.severity == ERROR for each in found.found):
        return Published(findings=found.found)
    documents = _documents(seen, wording, Filler(found), order.letterhead)
    found.extend(_remarks(run, documents, seen, passages, beside))
    found.extend(unused_words(texts(tuple(documents.values())), wording, office.veto_term))
    layouts = read_layouts(KIND, order.formats, folders, found)
    dress = Dress(order.letterhead, office.fonts)
    shown = drawn(seen) if wanted(order.pictures, office, order.audience, order.formats, found) else {}
    again = Findings()
    with_pictures = _documents(seen, wording, Filler(again), order.letterhead, illustrated=True) if shown else {}
    found.extend(each for each in again.found if each not in found.found)
    illustrated = {name: each for name, each in with_pictures.items() if each != documents[name]}
    files = laid_out_with(shown, illustrated, layouts, documents, dress, found, progress)
    if any(each.severity == ERROR for each in found.found):
        return Published(findings=found.found)
    sources = {"office": office_raw, "wording": wording_raw, "passages": passages_raw}
    sources |= {f"layout.{format_}": layout.raw for format_, layout in layouts.items()}
    options: dict[str, Any] = {name: hashlib.sha256(raw).hexdigest() for name, raw in sources.items()}
    options |= {"letterhead": order.letterhead, "pictures": sorted(shown)}
    options |= recorded(layouts, dress)
    written = deliver(run, order.run, order.audience, files, options, order.out, order.force, found)
    begun = _begin_passages(beside, run, found) if written else None
    return Published(written, begun, found.found)


def passages_beside(run: Path) -> Path:
    """Where the passages of a run stand: beside it, because what is in it is replaced as a whole."""
    return run.with_name(f"{run.name}.passages.yaml")


def _open_points(
    run: Run, seen: View, office: Office, settings: Mapping[str, Any], letterhead: str
) -> Iterator[Finding]:
    """What stands against publishing for this audience, and what the office has not said."""
    leaders = seen.audience == APPROVAL
    where = settings.location if isinstance(settings, location.Mapping) else None
    if not seen.complete:
        yield finding("K514" if leaders else "K515", count=seen.unfinished or "")
    missing = office.missing(not seen.draft, run.approval.by if run.approval else "")
    if letterhead == NONE:
        missing = [each for each in missing if each not in ONLY_IN_HEAD]
    else:
        missing += [each for each in HEAD if not getattr(office, each)]
    if missing:
        yield finding("K510", where and Location(where.file), settings=_names(missing))
    scale = run.assessment["method"]["scale"]
    for grade in office.named_grades or ():
        if grade not in scale:
            yield finding("K511", where and Location(where.file), grade=grade, scale="、".join(scale))
    if office.unnamed_count and seen.circular.figures["不列名个数"]:
        yield finding("K512", where and Location(where.file))
    if not leaders and not seen.draft and not office.openness:
        yield finding("K516", where and Location(where.file), kind="unset")
    if seen.audience == PUBLIC and office.openness == CLOSED:
        yield finding("K516", where and Location(where.file), kind="closed")
    if seen.audience != PUBLIC and office.openness == OPEN and office.scores:
        yield finding("K513")
    method = run.assessment["method"]
    if method["supersedes"] and not method["changed_from"]:
        yield finding("K520", edition=method["supersedes"])


def _names(keys: Sequence[str]) -> str:
    return "、".join(f"{SETTINGS[key]}（{key}）" for key in keys)


def _documents(
    seen: View, wording: location.Mapping, fill: Filler, letterhead: str, *, illustrated: bool = False
) -> dict[str, Document]:
    """Each document by its file name, without ending. Its status is in the name."""
    year = seen.circular.figures["考核年度"]
    label = seen.label if seen.audience == APPROVAL or not seen.draft else f"{seen.label}·送审稿"
    whole = compose(seen, wording, fill, illustrated=illustrated)
    found = {f"{year}年度考核通报（{label}）": whole.bare() if letterhead == NONE else whole}
    if seen.audience == APPROVAL:
        found[f"{year}年度考核送审说明"] = note(seen, wording, fill)
    return found


def _remarks(
    run: Run, documents: Mapping[str, Document], seen: View, passages: Passages, beside: Path
) -> Iterator[Finding]:
    """What an officer should know of the text: passages that found no place, and its length."""
    names = {each["code"]: each["name"] for each in run.assessment["method"]["tree"]}
    for code in passages.problems:
        if code not in seen.circular.problems:
            yield finding("K517", Location(beside.as_posix()), code=code, name=names.get(code, ""))
    length = max(each.length for each in documents.values())
    if length > LONGEST:
        yield finding("K518", length=length, most=LONGEST)


def _begin_passages(path: Path, run: Run, found: Findings) -> Path | None:
    """Make the file of passages with every place empty, once; the officer's text is never touched."""
    if path.exists():
        return None
    method = run.assessment["method"]
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(blank_passages(run.assessment["edition"], method["tree"]))
    except FileExistsError:
        return None
    except OSError as problem:
        found.add("K414", path=path.as_posix(), reason=reason_of(problem))
        return None
    return path
