"""Verifies a run: its seal, its files, and that its own rules and inputs still give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scoring import __version__
from scoring.app.assess import assess
from scoring.app.score import bundle_of, run_files
from scoring.archive import ASSESSMENT, PLACES, Manifest, check_manifest, other_semantics
from scoring.archive.check import about, manifest_in
from scoring.archive.manifest import MANIFEST
from scoring.archive.place import about_run
from scoring.assessment import SEMANTICS
from scoring.engine import BOTH, PLAIN, Contradiction, available
from scoring.finding import ERROR, Finding


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified and with what; findings of severity error mean that the run is not what it says."""

    findings: list[Finding]
    manifest: Manifest | None = None
    matcher: str = ""
    version: str = __version__

    @property
    def sound(self) -> bool:
        return not any(each.severity == ERROR for each in self.findings)


def verify(run: Path, schemas: Path, head: str = "") -> Verified:
    """Seal and files first, then the recomputation, with both matchers where both exist."""
    if not (run / MANIFEST).exists():
        return Verified([about_run("K409", run)])
    found = check_manifest(run)
    manifest, _ = manifest_in(run)
    if manifest is None:
        return Verified(found)
    if head and head != manifest.digest:
        found.append(about("K419", run, "manifest.json", digest=manifest.digest, head=head))
    found += other_semantics(run, manifest, SEMANTICS)
    if any(each.severity == ERROR for each in found):
        return Verified(found, manifest)
    files = {path: (run / path).read_bytes() for path in manifest.files}
    matcher = BOTH if available() else PLAIN
    try:
        assessed = assess(bundle_of(files, manifest.provenance.edition), schemas, matcher)
    except Contradiction:
        return Verified([*found, about("K406", run, ASSESSMENT)], manifest, matcher)
    if assessed.assessment is None:
        return Verified([*found, about("K406", run, ASSESSMENT)], manifest, matcher)
    again = run_files(bundle_of(files, manifest.provenance.edition), assessed)
    found += [about("K406", run, path) for path in (ASSESSMENT, PLACES) if again[path] != files.get(path)]
    return Verified(found, manifest, matcher)
