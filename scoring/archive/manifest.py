"""manifest.json: what a run consists of and how it came about, under a digest of its own.

No clock is in it, so that the same inputs give the same manifest. The digest of the manifest is the fingerprint of
the whole run: whoever knows that one line can tell whether any byte was changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.canonical import canonical, read_canonical

FORMAT = 1
PROGRAM = "kaohe"

MANIFEST, FINAL, PUBLISHED, SIGNATURES = "manifest.json", "final.json", "published", "signatures"
"""The names in a run folder that its manifest does not list: itself, and what comes after scoring."""
BESIDE = (MANIFEST, FINAL, PUBLISHED, SIGNATURES)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a run came about (来历). `options` are plain canonical data and hold no path of the machine."""

    edition: str
    semantics: int
    matcher: str
    version: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read: the SHA-256 of every file by its path, the provenance, and the digest over all of it."""

    files: Mapping[str, str]
    provenance: Provenance
    digest: str


class NewerFormat(ValueError):
    """The record is whole but of a format that only another version of the program reads."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by path."""
    return {path: sha256(files[path]) for path in sorted(files)}


def manifest_of(files: Mapping[str, bytes], provenance: Provenance) -> bytes:
    """The manifest of a run that consists of these files."""
    return seal(
        {
            "format": FORMAT,
            "files": hashes(files),
            "edition": provenance.edition,
            "semantics": provenance.semantics,
            "matcher": provenance.matcher,
            "options": dict(provenance.options),
            "program": {"name": PROGRAM, "version": provenance.version},
        }
    )


def read_manifest(raw: bytes) -> Manifest:
    """The manifest that these bytes are; ValueError where they were damaged, NewerFormat where they are too new."""
    said = unseal(raw)
    match said:
        case {
            "files": dict() as files,
            "edition": str() as edition,
            "semantics": int() as semantics,
            "matcher": str() as matcher,
            "options": dict() as options,
            "program": {"version": str() as version},
        }:
            return Manifest(files, Provenance(edition, semantics, matcher, version, options), said["digest"])
    raise ValueError("not a manifest")


def seal(record: Mapping[str, Any]) -> bytes:
    """The record in canonical form, with the SHA-256 over all of it added as `digest`."""
    return canonical({**record, "digest": sha256(canonical(record))})


def unseal(raw: bytes) -> dict[str, Any]:
    """The record that `seal` wrote; ValueError where a byte of it was changed since.

    Keys that this version does not know are let through: they are under the digest as well, and a later version
    may have more to say without saying anything else in another way.
    """
    record = read_canonical(raw)
    if not isinstance(record, dict) or "digest" not in record:
        raise ValueError("no digest")
    rest = {key: value for key, value in record.items() if key != "digest"}
    if record["digest"] != sha256(canonical(rest)):
        raise ValueError("the digest does not fit")
    if record.get("format") != FORMAT:
        program = record.get("program")
        raise NewerFormat(str(program.get("version", "")) if isinstance(program, dict) else "")
    return record
