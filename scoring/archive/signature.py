"""Detached signatures (签名) in `signatures/`: who vouches for a run, its approval, and what was published of it.

A signature names the SHA-256 of the run's own records, and those name every file. It is not listed in the manifest,
because it comes later; it cannot be made to fit a rewritten run by whoever has not got the key. Keys stay with the
office. This is integrity inside the office, not an electronic seal (电子签章) in the sense of the law.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scoring.archive import disk
from scoring.archive.check import FILE, about, kind_of, names_in, read_record
from scoring.archive.manifest import FINAL, FORMAT, MANIFEST, PUBLISHED, SIGNATURES, seal, sha256, unseal
from scoring.archive.place import free, writing
from scoring.archive.run import Run
from scoring.canonical import canonical
from scoring.finding import Finding

PURPOSE = "kaohe run"
"""Goes into what is signed, so that a signature of another program's can never be passed off as one of a run."""
_HEX = re.compile(r"[0-9a-f]+")
_COVERED = re.compile(rf"{MANIFEST}|{FINAL}|{PUBLISHED}/[a-z_]+/{MANIFEST}".replace(".", r"\."))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who signed by which public key, and the SHA-256 of each record that it covers."""

    by: str
    key: str
    covers: Mapping[str, str]
    signature: str = ""

    @property
    def short(self) -> str:
        """How the key is called where there is no room for all of it."""
        return short(self.key)

    @property
    def message(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"purpose": PURPOSE, "by": self.by, "key": self.key, "covers": dict(self.covers)})


def available() -> bool:
    """Whether `cryptography` is installed, without which signatures can be neither made nor checked."""
    return find_spec("cryptography") is not None


def short(key: str) -> str:
    return sha256(bytes.fromhex(key))[:16]


def covered(folder: Path) -> dict[str, str]:
    """The SHA-256 of the records that a signature made now would cover."""
    published = [f"{PUBLISHED}/{name}/{MANIFEST}" for name in names_in(folder / PUBLISHED)]
    records = [path for path in (MANIFEST, FINAL, *published) if kind_of(folder / path) == FILE]
    return {path: sha256((folder / path).read_bytes()) for path in records}


def write_signature(run: Run, made: Signature) -> list[Finding]:
    """Put the signature into the run folder, in place of an earlier one by the same key."""
    record = {
        "format": FORMAT,
        "by": made.by,
        "key": made.key,
        "covers": dict(made.covers),
        "signature": made.signature,
    }
    found: list[Finding] = []
    root = run.path / SIGNATURES
    with writing(run.path, found):
        if os.path.lexists(root) and (root.is_symlink() or not root.is_dir()):
            found.append(about("K408", run.path, SIGNATURES))
        else:
            partial = free(run.path)
            disk.write_file(partial, seal(record))
            disk.make_folders(root)
            os.replace(partial, root / f"{made.short}.json")
            disk.sync(root)
    return found


def check_signatures(folder: Path) -> tuple[list[Signature], list[Finding]]:
    """The signatures in the run folder, and every one that does not hold or covers what was changed since.

    Where `cryptography` is not installed only what they cover is compared; a warning says so.
    """
    signatures: list[Signature] = []
    found: list[Finding] = []
    root = folder / SIGNATURES
    if not os.path.lexists(root):
        return [], []
    if root.is_symlink() or not root.is_dir():
        return [], [about("K408", folder, SIGNATURES)]
    for name in names_in(root):
        path = f"{SIGNATURES}/{name}"
        record, problems = read_record(folder, path, unseal)
        signed = _signature(record) if record is not None else None
        if signed is None or name != f"{signed.short}.json":
            found += problems or [about("K401", folder, path)]
            continue
        problems = _changed(folder, path, signed)
        if not problems and available() and not _holds(signed):
            problems = [about("K424", folder, path, kind="forged", by=signed.by, changed="")]
        found += problems
        if not problems:
            signatures.append(signed)
    if signatures and not available():
        found.append(about("K428", folder, SIGNATURES))
    return signatures, found


def _signature(record: Mapping[str, Any]) -> Signature | None:
    match record:
        case {"by": str() as by, "key": str() as key, "covers": dict() as covers, "signature": str() as signature}:
            fit = len(key) == 64 and len(signature) == 128 and _HEX.fullmatch(key + signature)
            whole = {MANIFEST, FINAL} <= covers.keys() and all(_COVERED.fullmatch(path) for path in covers)
            return Signature(by, key, covers, signature) if fit and whole else None
    return None


def _changed(folder: Path, path: str, signed: Signature) -> list[Finding]:
    """Each covered record that is not as it was signed."""
    now = covered(folder)
    changed = [each for each in sorted(signed.covers) if now.get(each) != signed.covers[each]]
    return [about("K424", folder, path, kind="changed", by=signed.by, changed=each) for each in changed]


def _holds(signed: Signature) -> bool:
    from scoring.archive.ed25519 import holds

    return holds(signed.key, signed.signature, signed.message)
