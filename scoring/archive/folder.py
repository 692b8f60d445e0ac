"""Writing a run folder, and the two things that may come after scoring: what is published, and the approval."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring.archive import disk
from scoring.archive.check import FOLDER, about, check_audience, kind_of, manifest_in
from scoring.archive.manifest import BESIDE, FINAL, FORMAT, MANIFEST, PUBLISHED, Provenance, hashes, manifest_of, seal
from scoring.archive.place import (
    AUDIENCE,
    about_run,
    absolute,
    free,
    is_empty,
    obstacle,
    previous_of,
    put,
    writing,
)
from scoring.archive.run import Run
from scoring.filename import clashes, is_safe
from scoring.finding import Finding


def write_run(
    target: Path, files: Mapping[str, bytes], provenance: Provenance, *, force: bool = False
) -> list[Finding]:
    """Write the run folder whole, or leave everything as it was; errors among the findings tell which, and why.

    An existing run stays unless `force` is given: then it is kept as NAME.previous, in place of an older one.
    A run that was approved (final.json) is never replaced, nor is a folder that holds something else.
    """
    target = absolute(target)
    own = [path for path in files if path.split("/")[0] in BESIDE]
    if own:
        raise ValueError(f"names that belong to the run folder itself: {own}")
    found = _unfit_names(target, files)
    if found:
        return found
    content = {**files, MANIFEST: manifest_of(files, provenance)}
    with writing(target, found):
        in_the_way = _in_the_way(target, force)
        if in_the_way:
            found += in_the_way
        else:
            partial = free(target)
            disk.write_tree(partial, content)
            put(partial, target)
    return found


def write_published(
    run: Run,
    audience: str,
    files: Mapping[str, bytes],
    *,
    options: Mapping[str, Any] | None = None,
    force: bool = False,
) -> list[Finding]:
    """Write what is published for one audience in place of what was there, all of it or nothing.

    What somebody changed by hand since it was written is not replaced unless `force` is given.
    """
    if not AUDIENCE.fullmatch(audience) or MANIFEST in files:
        raise ValueError(f"cannot be published: {audience}, {sorted(files)}")
    root = run.path / PUBLISHED
    found = _unfit_names(run.path, files, f"{PUBLISHED}/{audience}/")
    if found:
        return found
    record = {
        "format": FORMAT,
        "run": run.manifest.digest,
        "audience": audience,
        "options": dict(options or {}),
        "files": hashes(files),
    }
    with writing(run.path, found):
        found += _still_the_same(run)
        if os.path.lexists(root) and kind_of(root) != FOLDER:
            found.append(about("K408", run.path, PUBLISHED))
        if os.path.lexists(root / audience) and not force:
            changed = check_audience(run.path, audience, run.manifest)
            found += [about("K416", run.path, dict(each.params)["file"]) for each in changed]
        if not any(each.code != "K415" for each in found):
            partial = free(run.path)
            disk.write_tree(partial, {**files, MANIFEST: seal(record)})
            disk.make_folders(root)
            put(partial, run.path, audience)
    return found


def write_final(run: Run, *, by: str, basis: str, on: str) -> list[Finding]:
    """Record the approval (审定): from now on the run is closed, and scoring into it is refused."""
    record = {"format": FORMAT, "manifest": run.manifest.digest, "by": by, "basis": basis, "on": on}
    found: list[Finding] = []
    with writing(run.path, found):
        found += _still_the_same(run)
        if os.path.lexists(run.path / FINAL):
            found.append(about_run("K411", run.path))
        if not any(each.code != "K415" for each in found):
            partial = free(run.path)
            disk.write_file(partial, seal(record))
            os.rename(partial, run.path / FINAL)
            disk.sync(run.path)
    return found


def _still_the_same(run: Run) -> list[Finding]:
    """Somebody may have scored into the folder since it was opened: figures of one run must not enter another."""
    manifest, found = manifest_in(run.path)
    if manifest is not None and manifest.digest != run.manifest.digest:
        return [about_run("K418", run.path)]
    return found


def _in_the_way(target: Path, force: bool) -> list[Finding]:
    code = obstacle(target)
    if code:
        return [about_run(code, target)]
    if not os.path.lexists(target) or is_empty(target):
        return []
    if not force:
        return [about_run("K410", target)]
    code = obstacle(previous_of(target))
    return [about_run(code, previous_of(target))] if code else []


def _unfit_names(folder: Path, files: Mapping[str, bytes], below: str = "") -> list[Finding]:
    unfit = {path for path in files if not is_safe(below + path)}.union(clashes(files))
    return [about("K413", folder, below + path) for path in sorted(unfit)]
