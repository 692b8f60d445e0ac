"""Putting a folder in its place: at every moment the name holds a whole run, the old one or the new one.

A folder is built beside the run under a hidden name and put in place at one stroke. What a killed process leaves
behind is settled by the next writer before it begins, by these rules; NAME is the run folder:

    .NAME.partial-1      being built, or being deleted: removed
    .NAME.swap-7         the old run while it makes way. Where NAME is missing it is put back; else it becomes
                         NAME.previous, unless it is the new run whose turn had not come (7 is the number that the
                         file system gave to the new run's folder, so one can tell): then it is removed
    .NAME.swap-public-7  the same for published/public in NAME, of which no previous one is kept

Where the system can exchange two names NAME is never missing, elsewhere for the moment between two renames.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from scoring.archive import disk
from scoring.archive.check import reason_of
from scoring.archive.manifest import FINAL, MANIFEST, PUBLISHED
from scoring.finding import Finding, finding
from scoring.location import Location

AUDIENCE = re.compile(r"[a-z][a-z_]*")


@contextlib.contextmanager
def writing(target: Path, found: list[Finding]) -> Iterator[None]:
    """A writer's turn at the run: alone, after the leftovers of killed ones, and settling its own whatever happens.

    A full disk or a missing permission is no fault of the program: it ends the turn with a finding.
    """
    try:
        disk.make_folders(target.parent)
        with disk.alone_in(target.parent):
            if settle(target):
                found.append(about_run("K415", target))
            try:
                yield
            finally:
                # What cannot be settled now, because a program has the old run open, is settled by the next writer.
                with contextlib.suppress(OSError):
                    settle(target)
    except OSError as problem:
        where = Path(os.fsdecode(problem.filename)) if problem.filename else target
        shown = where.as_posix().encode("utf-8", "backslashreplace").decode()
        found.append(finding("K414", Location(target.as_posix()), path=shown, reason=reason_of(problem)))


def recover(target: Path) -> list[Finding]:
    """Settle what a killed process left beside the run folder; every writer does so by itself."""
    found: list[Finding] = []
    with writing(absolute(target), found):
        pass
    return found


def settle(target: Path) -> bool:
    """Apply the rules at the head of this file; True where an old run had been on its way."""
    swap = re.compile(rf"\.{re.escape(target.name)}\.swap-(?:({AUDIENCE.pattern})-)?(\d+)")
    partial = re.compile(rf"\.{re.escape(target.name)}\.partial-\d+")
    moved = False
    for leftover in sorted(os.listdir(target.parent)):
        match = swap.fullmatch(leftover)
        if match:
            audience, newcomer = match.groups()
            moved |= _settle_one(target.parent / leftover, target, audience, int(newcomer))
    for leftover in sorted(os.listdir(target.parent)):
        if partial.fullmatch(leftover):
            disk.remove(target.parent / leftover)
    return moved


def _settle_one(aside: Path, target: Path, audience: str | None, newcomer: int) -> bool:
    place = target / PUBLISHED / audience if audience else target
    previous = previous_of(target)
    if not os.path.lexists(place):
        if not place.parent.is_dir():
            return False
        os.rename(aside, place)
    elif audience or os.lstat(aside).st_ino == newcomer:
        _discard(aside, target)
        return False
    elif obstacle(previous):
        return False
    else:
        if os.path.lexists(previous):
            _discard(previous, target)
        os.rename(aside, previous)
    disk.sync(place.parent)
    disk.sync(target.parent)
    return True


def put(partial: Path, target: Path, audience: str = "") -> None:
    """Give the folder that was built its place, the run's own or that of an audience in it; what stood there is aside
    afterwards, for `settle`."""
    place = target / PUBLISHED / audience if audience else target
    if not os.path.lexists(place) or is_empty(place):
        if os.path.lexists(place):
            os.rmdir(place)  # renaming onto an empty folder is not allowed everywhere
        os.rename(partial, place)
    else:
        whose = f"{audience}-" if audience else ""
        aside = target.parent / f".{target.name}.swap-{whose}{os.lstat(partial).st_ino}"
        os.rename(partial, aside)
        if not disk.exchange(aside, place):
            os.rename(aside, partial)
            os.rename(place, aside)
            os.rename(partial, place)
    disk.sync(place.parent)
    disk.sync(target.parent)


def free(target: Path) -> Path:
    """A name beside the run, for what is being built or deleted, that nothing has yet."""
    number = 1
    while os.path.lexists(target.parent / f".{target.name}.partial-{number}"):
        number += 1
    return target.parent / f".{target.name}.partial-{number}"


def obstacle(place: Path) -> str:
    """The code of the finding why what stands in this place may not be replaced: it is no run, or an approved one."""
    if not os.path.lexists(place) or is_empty(place):
        return ""
    if place.is_symlink() or not (place / MANIFEST).is_file():
        return "K412"
    return "K411" if os.path.lexists(place / FINAL) else ""


def is_empty(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not os.listdir(folder)


def absolute(target: Path) -> Path:
    """The same path from the root. Links in the folders above are followed; the run folder itself must not be one."""
    plain = Path(os.path.abspath(target))
    return plain.parent.resolve() / plain.name


def previous_of(target: Path) -> Path:
    """Where the run that was replaced last is kept."""
    return target.parent / f"{target.name}.previous"


def about_run(code: str, run: Path) -> Finding:
    """A finding about a run folder as a whole."""
    return finding(code, Location(run.as_posix()), run=run.as_posix())


def _discard(path: Path, target: Path) -> None:
    """Delete at one stroke for whoever looks: nothing half deleted may stand under a name that means something."""
    doomed = free(target)
    os.rename(path, doomed)
    disk.remove(doomed)
