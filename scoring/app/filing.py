"""Files a run (归档): one folder with the run, the program that verifies it, the list, and how to verify offline."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from scoring.app.dossier_list import RESULT, Piece, as_csv, kind_of, pieces, retention
from scoring.app.verify import Verified, verify
from scoring.app.wording import read_office, report_file
from scoring.archive import Approval, Run, disk, open_run
from scoring.archive.manifest import FINAL, MANIFEST, PUBLISHED, sha256
from scoring.archive.pdf import is_pdf_a
from scoring.archive.place import absolute, free, put, writing
from scoring.archive.wheel import requirements, wheel
from scoring.finding import ERROR, Finding, Findings, finding
from scoring.location import Location
from scoring.render.template import render
from scoring.resources import Places

RUN, PROGRAM, READING = "结果", "程序", "文书"
"""The folders of an archive: the run as it is, the program, and copies of all PDFs for whoever only reads."""
README, LIST, TABLE, SUMS = "归档说明.txt", "归档目录.html", "归档目录.csv", "校验清单.txt"
LAYOUTS, STYLE = {README: "filing/readme.txt.j2", LIST: "filing/list.html"}, "filing/list.css"
PDF = ".pdf"
DOCUMENTS = (".md", ".html", ".docx")
"""Endings of papers that are read, and so should be there as PDF too."""


@dataclass(frozen=True, slots=True)
class FilingOrder:
    """Which run to file and where to. `wheels` is a folder of wheels that the program needs, to be filed with it."""

    run: Path
    out: Path
    office: Path | None = None
    workplace: Path | None = None
    wheels: Path | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of an order: the number of files written, 0 where nothing was, and the digest over all of them."""

    findings: list[Finding]
    verified: Verified | None = None
    files: int = 0
    digest: str = ""
    program: str = ""


def file_run(order: FilingOrder, folders: Places) -> Filed:
    """Verify, gather, list, write whole or not at all."""
    if os.path.lexists(order.out):
        return Filed([finding("K431", Location(order.out.as_posix()), path=order.out.as_posix())])
    run, problems = open_run(order.run)
    if run is None:
        return Filed(problems)
    if run.approval is None:
        return Filed([*problems, finding("K430", run=order.run.as_posix(), kind="file")])
    verified = verify(run.path, folders.schemas)
    found = Findings([*problems, *verified.findings])
    settings, _ = read_office(run, order.office, order.workplace, folders.schemas, found)
    if settings is None or not verified.sound:
        return Filed(found.found, verified)
    files, program = _contents(run, order.wheels)
    found.extend(_papers_missing(files))
    listed = pieces(files, run.assessment["method"]["year"], settings, run.approval.on)
    found.extend(_retention_missing(listed, settings))
    texts = _texts(run, run.approval, listed, program, folders, found)
    if any(each.severity == ERROR for each in found.found):
        return Filed(found.found, verified)
    contents = {path: raw for path, (_, raw) in files.items()} | texts | {TABLE: as_csv(listed)}
    sums = "".join(f"{sha256(contents[path])}  {path}\n" for path in sorted(contents)).encode()
    found.extend(_write(order.out, {**contents, SUMS: sums}))
    failed = any(each.severity == ERROR for each in found.found)
    return Filed(found.found, verified, 0 if failed else len(contents) + 1, sha256(sums), program)


def _contents(run: Run, wheels: Path | None) -> tuple[dict[str, tuple[str, bytes]], str]:
    """Every file of the archive that is not made here, with the kind of piece it belongs to; the name of the wheel."""
    files: dict[str, tuple[str, bytes]] = {}
    for path in _all_files(run.path):
        files[f"{RUN}/{path}"] = (kind_of(path), (run.path / path).read_bytes())
    for path, (kind, raw) in list(files.items()):
        inside = path.removeprefix(f"{RUN}/{PUBLISHED}/")
        if inside != path and path.lower().endswith(PDF):
            files[f"{READING}/{inside}"] = (kind, raw)
    name, raw = wheel()
    files[f"{PROGRAM}/{name}"] = (RESULT, raw)
    for each in sorted(wheels.glob("*.whl")) if wheels is not None else ():
        files.setdefault(f"{PROGRAM}/{each.name}", (RESULT, each.read_bytes()))
    return dict(sorted(files.items())), name


def _all_files(folder: Path) -> list[str]:
    """The files of a run that has just been verified: nothing else is there, and no links."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _papers_missing(files: Mapping[str, tuple[str, bytes]]) -> Iterator[Finding]:
    """Published papers without a PDF, a finding an audience, and PDFs that are not for keeping."""
    lacking: dict[str, set[str]] = {}
    for path, (_, raw) in files.items():
        steps = PurePosixPath(path)
        if steps.parts[:2] != (RUN, PUBLISHED) or steps.name == MANIFEST:
            continue
        if steps.suffix.lower() in DOCUMENTS and str(steps.with_suffix(PDF)) not in files:
            lacking.setdefault(steps.parts[2], set()).add(steps.suffix.lstrip("."))
        elif steps.suffix.lower() == PDF and not is_pdf_a(raw):
            yield finding("K433", Location(path), file=path)
    for audience, formats in sorted(lacking.items()):
        yield finding("K432", file=f"{PUBLISHED}/{audience}", formats=",".join(sorted(formats)), audience=audience)


def _retention_missing(listed: list[Piece], settings: Mapping[str, Any]) -> Iterator[Finding]:
    unsaid = [each.title for each in listed if not retention(settings, each.kind)]
    if unsaid:
        yield finding("K434", titles="；".join(unsaid))


def _texts(
    run: Run, approval: Approval, listed: list[Piece], program: str, folders: Places, found: Findings
) -> dict[str, bytes]:
    """The list and the instructions, from their layouts."""
    style = report_file(folders, STYLE).read_text(encoding="utf-8")
    needed = [each for each in requirements() if not each.startswith("durable-rules")]
    values = {
        "pieces": listed,
        "year": run.assessment["method"]["year"],
        "approval": approval,
        "digest": run.manifest.digest,
        "signed": (run.path / "signatures").is_dir(),
        "made": run.manifest.provenance,
        "program": program,
        "needs": needed,
        "run": RUN,
        "folder": PROGRAM,
        "sums": SUMS,
        "list": LIST,
        "reading": READING,
        "final": FINAL,
        "style": style,
        "style_hash": "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    }
    texts = {}
    for name, layout in LAYOUTS.items():
        path = report_file(folders, layout)
        text, problems = render(path.as_posix(), path.read_text(encoding="utf-8"), **values)
        found.extend(problems)
        texts[name] = text.encode()
    return texts


def _write(out: Path, files: Mapping[str, bytes]) -> list[Finding]:
    target = absolute(out)
    found: list[Finding] = []
    with writing(target, found):
        partial = free(target)
        disk.write_tree(partial, files)
        put(partial, target)
    return found
