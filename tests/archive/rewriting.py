"""What somebody would do who changes a run and knows how its records are made."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from scoring.archive.manifest import BESIDE, hashes, manifest_of, read_manifest, seal, unseal


def all_files(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def changes(raw: bytes, position: int) -> list[bytes]:
    """The file with one byte inserted, one bit flipped, one byte deleted at this position."""
    head, tail = raw[:position], raw[position:]
    made = [head + b" " + tail]
    if tail:
        made += [head + bytes([tail[0] ^ 1 << position % 8]) + tail[1:], head + tail[1:]]
    return [each for each in made if each != raw]


def rewrite_manifest(run: Path, **options: Any) -> str:
    """Make the manifest fit what is in the folder; the new digest."""
    manifest = read_manifest((run / "manifest.json").read_bytes())
    names = [name for name in all_files(run) if name.split("/")[0] not in BESIDE]
    made = replace(manifest.provenance, options={**manifest.provenance.options, **options})
    raw = manifest_of({name: (run / name).read_bytes() for name in names}, made)
    (run / "manifest.json").write_bytes(raw)
    return read_manifest(raw).digest


def rewrite_all(run: Path, **options: Any) -> None:
    """Make everything fit that needs no key: manifest, approval, what was published."""
    digest = rewrite_manifest(run, **options)
    reseal(run / "final.json", manifest=digest)
    for record in sorted((run / "published").glob("*/manifest.json")):
        names = [name for name in all_files(record.parent) if name != "manifest.json"]
        reseal(record, run=digest, files=hashes({name: (record.parent / name).read_bytes() for name in names}))


def reseal(path: Path, **changed: Any) -> None:
    """Change a sealed record and seal it again."""
    record = unseal(path.read_bytes())
    del record["digest"]
    path.write_bytes(seal({**record, **changed}))


def drop_signatures(run: Path) -> None:
    for path in (run / "signatures").iterdir():
        os.unlink(path)
    (run / "signatures").rmdir()
