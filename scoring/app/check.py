"""Checks editions, or the forms of a year, without scoring."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scoring.app.assess import INPUTS
from scoring.app.folders import edition_files, input_files, passed_over
from scoring.app.score import supersedes
from scoring.check_method import check_method
from scoring.finding import Finding, Findings, finding, in_order
from scoring.location import Location
from scoring.reading.edition import Edition, read_edition
from scoring.reading.intake import read_intake
from scoring.resources import Places, editions_in


def check_editions(names: Iterable[str], folders: Places) -> tuple[list[Finding], list[str]]:
    """Lint editions by name or path; all that there are where none is named."""
    wanted = list(names) or editions_in(folders.rules)
    found = Findings()
    checked = []
    if not wanted:
        found.add("K201", edition="", known="")
    for name in wanted:
        folder = folder_of(name, folders)
        if folder is None:
            found.extend([finding("K201", edition=name, known="、".join(editions_in(folders.rules)))])
            continue
        checked.append(name)
        edition = read(folder, folders, found)
        if edition is not None:
            found.extend(check_method(edition, earlier(folder, folders)))
    return in_order(found.found), checked


def check_input(name: str, inputs: Path, folders: Places) -> tuple[list[Finding], list[str]]:
    """Check the forms of a year against an edition."""
    found = Findings()
    folder = folder_of(name, folders)
    if folder is None:
        return [finding("K201", edition=name, known="")], []
    edition = read(folder, folders, found)
    if not inputs.is_dir():
        found.add("K202", Location(inputs.as_posix()))
    elif edition is not None:
        forms, evidence, unread = input_files(inputs, inputs.as_posix())
        found.extend(unread.found)
        shown = inputs.as_posix().rstrip("/") + "/"
        _, problems = read_intake(forms, edition.method, folders.schemas, prefix=shown, digests=evidence)
        found.extend(problems)
    return in_order(found.found), [inputs.as_posix()]


def folder_of(name: str, folders: Places) -> Path | None:
    """The folder of an edition: by its name among the rules, or by its path."""
    for folder in (folders.rules / name, Path(name)):
        if (folder / "method.yaml").is_file():
            return folder
    return None


def read(folder: Path, folders: Places, found: Findings) -> Edition | None:
    """An edition from its folder, its findings shown with the path the user knows."""
    try:
        shown = folder.relative_to(folders.rules.parent).as_posix()
    except ValueError:
        shown = folder.as_posix()
    found.extend(passed_over(folder, shown))
    edition, problems = read_edition(edition_files(folder), folders.schemas, f"{shown}/")
    found.extend(problems)
    if edition is not None and edition.method.edition != folder.resolve().name:
        place = edition.documents["method.yaml"].value("edition")
        found.add("K203", place, edition=edition.method.edition, folder=folder.resolve().name)
    return edition


def earlier(folder: Path, folders: Places) -> Edition | None:
    """The edition that the one in this folder supersedes, where it can be read."""
    name = supersedes(edition_files(folder))
    before = folder.parent / name
    if not name or not (before / "method.yaml").is_file():
        return None
    edition, _ = read_edition(edition_files(before), folders.schemas, f"{INPUTS}{name}/")
    return edition
