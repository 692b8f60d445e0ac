"""Reading a run folder: the wall behind which publishing and explaining stand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scoring.archive.check import check_final, check_listed, manifest_in
from scoring.archive.manifest import FINAL, MANIFEST, PUBLISHED, Manifest, unseal
from scoring.archive.place import about_run, absolute, recover
from scoring.canonical import read_canonical
from scoring.finding import ERROR, Finding

ASSESSMENT, PLACES = "assessment.json", "places.json"


@dataclass(frozen=True, slots=True)
class Approval:
    """The act of approval (审定): who, on what basis, on which day."""

    by: str
    basis: str
    on: str


@dataclass(frozen=True)
class Run:
    """A run folder whose listed files were found as they were written. What is not asked for is not parsed."""

    path: Path
    manifest: Manifest

    @cached_property
    def assessment(self) -> dict[str, Any]:
        """The assessment (考核结果): everything that is known about the result."""
        return dict(read_canonical(self.read(ASSESSMENT)))

    @cached_property
    def places(self) -> dict[str, Any]:
        """Where each address of the assessment stands in the run's own copies."""
        return dict(read_canonical(self.read(PLACES)))

    @property
    def approval(self) -> Approval | None:
        """The approval as it stands now, None while there is none."""
        if not os.path.lexists(self.path / FINAL):
            return None
        record = unseal((self.path / FINAL).read_bytes())
        return Approval(record["by"], record["basis"], record["on"])

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all files of the run, sorted, without those that came after scoring."""
        return tuple(sorted(self.manifest.files))

    def read(self, path: str) -> bytes:
        """The bytes of one listed file; KeyError for a path that is none."""
        if path not in self.manifest.files:
            raise KeyError(path)
        return (self.path / path).read_bytes()

    def published(self, audience: str) -> Path | None:
        """The folder of what was published for this audience, None while nothing was."""
        folder = self.path / PUBLISHED / audience
        return folder if (folder / MANIFEST).is_file() else None


def open_run(path: Path) -> tuple[Run | None, list[Finding]]:
    """The run in this folder, or None with the reasons: nothing is explained or published from altered files.

    A run that a killed process left on its way is put back first.
    """
    path = absolute(path)
    found: list[Finding] = []
    if path.is_symlink():
        path = path.resolve()
    elif not os.path.lexists(path) and path.parent.is_dir():
        found += recover(path)
    if not os.path.lexists(path / MANIFEST):
        return None, [*found, about_run("K409", path)]
    manifest, damage = manifest_in(path)
    if manifest is None:
        return None, found + damage
    found += check_listed(path, manifest.files) + check_final(path, manifest)
    if any(each.severity == ERROR for each in found):
        return None, found
    return Run(path, manifest), found
