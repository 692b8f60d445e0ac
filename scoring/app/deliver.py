"""Delivers what was laid out: into the run's own folder of published papers, or into a folder of the user's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from scoring.archive import Run, write_published
from scoring.archive.check import reason_of
from scoring.finding import ERROR, Findings
from scoring.location import Location


def deliver(
    run: Run,
    shown: Path,
    audience: str,
    files: Mapping[str, bytes],
    options: Mapping[str, Any],
    out: Path | None,
    force: bool,
    found: Findings,
) -> list[Path]:
    """Write all files or none; nothing where somebody's work would be lost. `shown` is the run as the user names it."""
    if out is not None:
        return write_out(out, files, force, found)
    problems = write_published(run, audience, files, options=options, force=force)
    found.extend(problems)
    folder = run.published(audience)
    if folder is None or any(each.severity == ERROR for each in problems):
        return []
    return [shown / (folder / name).relative_to(run.path) for name in sorted(files)]


def write_out(folder: Path, files: Mapping[str, bytes], force: bool, found: Findings) -> list[Path]:
    """A file of that name with another content stays unless forced."""
    targets = {folder / name: content for name, content in sorted(files.items())}
    others = [path for path, content in targets.items() if path.exists() and path.read_bytes() != content]
    if others and not force:
        for path in others:
            found.add("K521", Location(path.as_posix()))
        return []
    try:
        for path, content in targets.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f".{path.name}.partial")
            partial.write_bytes(content)
            os.replace(partial, path)
    except OSError as problem:
        found.add("K414", path=folder.as_posix(), reason=reason_of(problem))
        return []
    return list(targets)


def texts(value: Any) -> Iterator[str]:
    """Every string of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name))
