"""Whether a run folder is still what was written: every file there and equal, nothing added, everything belonging.

This compares with the records in the folder only. Whoever changes a file and rewrites the records to match is found
by computing the run again, or by a digest that was kept elsewhere.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from scoring.archive.manifest import BESIDE, FINAL, MANIFEST, PUBLISHED, Manifest, NewerFormat, read_manifest, unseal
from scoring.finding import SEVERITIES, Finding
from scoring.location import Location

FILE, FOLDER, OTHER = "file", "folder", "other"
"""Kinds of what stands under a name; a link is another thing, wherever it points."""

Record = TypeVar("Record")


def check_manifest(folder: Path) -> list[Finding]:
    """Everything in the run folder that is not as the manifests of the run and of what it published say."""
    manifest, found = manifest_in(folder)
    if manifest is None:
        return found
    listed = manifest.files
    for path, kind in _walk(folder):
        if path not in listed and path.split("/")[0] not in BESIDE:
            found += _unlisted(folder, path, kind, listed)
    found += check_listed(folder, listed)
    found += check_final(folder, manifest)
    found += _check_published(folder, manifest)
    return sorted(found, key=lambda each: (each.location or Location("")).file)


def manifest_in(folder: Path, path: str = MANIFEST) -> tuple[Manifest | None, list[Finding]]:
    """The manifest of the run folder, or another that it keeps, or what is wrong with it."""
    return read_record(folder, path, read_manifest)


def check_listed(folder: Path, listed: Mapping[str, str], below: str = "") -> list[Finding]:
    """Those of the listed files that are missing, changed, or no plain files. `below` is where the list counts from."""
    found = []
    kinds = {f"{below}{path}": kind for path, kind in _walk(folder / below)}
    for name in sorted(listed):
        path = f"{below}{name}"
        if path not in kinds:
            found.append(about("K403", folder, path))
        elif kinds[path] != FILE:
            found.append(about("K408", folder, path))
        else:
            try:
                if _sha256_of(folder / path) != listed[name]:
                    found.append(about("K402", folder, path))
            except OSError as problem:
                found.append(about("K417", folder, path, reason=reason_of(problem)))
    return found


def check_final(folder: Path, manifest: Manifest) -> list[Finding]:
    """Whether the record of approval, if there is one, is whole and speaks of this very run."""
    if not os.path.lexists(folder / FINAL):
        return []
    record, found = read_record(folder, FINAL, unseal)
    if record is None:
        return found
    if not all(isinstance(record.get(key), str) for key in ("by", "basis", "on", "manifest")):
        return [about("K401", folder, FINAL)]
    return [about("K407", folder, FINAL)] if record["manifest"] != manifest.digest else []


def other_semantics(folder: Path, manifest: Manifest, semantics: int) -> list[Finding]:
    """A run of another semantics cannot be computed again by this program; that is no sign of tampering."""
    made = manifest.provenance
    if made.semantics == semantics:
        return []
    return [about("K405", folder, MANIFEST, version=made.version, semantics=made.semantics, ours=semantics)]


def about(code: str, folder: Path, path: str, **params: object) -> Finding:
    """A finding about one file of a run folder. A name that is no proper text is shown with its odd bytes spelled."""
    shown = path.encode("utf-8", "backslashreplace").decode()
    said = {"file": shown, **{name: str(value) for name, value in params.items()}}
    return Finding(code, SEVERITIES[code], tuple(sorted(said.items())), Location((folder / shown).as_posix()))


def reason_of(problem: OSError) -> str:
    """Why the system refused, as a word that the catalogue knows (ENOSPC), else as the system put it."""
    return errno.errorcode.get(problem.errno or 0) or problem.strerror or str(problem)


def check_audience(folder: Path, audience: str, manifest: Manifest) -> list[Finding]:
    """Whether what was published for one audience is as it was written, and was published from this run."""
    root = f"{PUBLISHED}/{audience}"
    if kind_of(folder / root) != FOLDER:
        return [about("K404" if kind_of(folder / root) == FILE else "K408", folder, root)]
    record, found = read_record(folder, f"{root}/{MANIFEST}", unseal)
    if record is None:
        return found
    if record.get("run") != manifest.digest:
        found.append(about("K407", folder, f"{root}/{MANIFEST}"))
    listed = record.get("files")
    if not isinstance(listed, dict):
        return [*found, about("K401", folder, f"{root}/{MANIFEST}")]
    for path, kind in _walk(folder / root):
        if path not in listed and path != MANIFEST:
            found += _unlisted(folder, path, kind, listed, f"{root}/")
    return found + check_listed(folder, listed, f"{root}/")


def _check_published(folder: Path, manifest: Manifest) -> list[Finding]:
    root = folder / PUBLISHED
    if not os.path.lexists(root):
        return []
    if kind_of(root) != FOLDER:
        return [about("K408", folder, PUBLISHED)]
    return [each for audience in names_in(root) for each in check_audience(folder, audience, manifest)]


def read_record(folder: Path, path: str, read: Callable[[bytes], Record]) -> tuple[Record | None, list[Finding]]:
    """What one of the folder's own records says, or why it cannot be read."""
    place = folder / path
    if not os.path.lexists(place):
        return None, [about("K403", folder, path)]
    if kind_of(place) != FILE:
        return None, [about("K408", folder, path)]
    try:
        return read(place.read_bytes()), []
    except NewerFormat as newer:
        return None, [about("K405", folder, path, version=newer.version, semantics="", ours="")]
    except ValueError:
        return None, [about("K401", folder, path)]
    except OSError as problem:
        return None, [about("K417", folder, path, reason=reason_of(problem))]


def _unlisted(folder: Path, path: str, kind: str, listed: Collection[str], below: str = "") -> list[Finding]:
    # A folder needs no line of its own when something in it gets one, listed or not.
    if kind == FOLDER and (names_in(folder / below / path) or any(name.startswith(f"{path}/") for name in listed)):
        return []
    return [about("K408" if kind == OTHER else "K404", folder, f"{below}{path}")]


def _walk(folder: Path, below: str = "") -> Iterator[tuple[str, str]]:
    """Every path in the folder with its kind, folders before what is in them; links are not followed."""
    for name in names_in(folder / below):
        path = f"{below}{name}"
        kind = kind_of(folder / path)
        yield path, kind
        if kind == FOLDER:
            yield from _walk(folder, f"{path}/")


def names_in(folder: Path) -> list[str]:
    """What is in the folder; nothing where it cannot be looked into: what should be there is then reported missing."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def kind_of(path: Path) -> str:
    """FILE, FOLDER, or OTHER, also where nothing is."""
    if path.is_symlink() or getattr(path, "is_junction", bool)():
        return OTHER
    return FILE if path.is_file() else FOLDER if path.is_dir() else OTHER


def _sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
