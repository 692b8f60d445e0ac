"""Verifies a run: its records and files, its chain and signatures, and that it can be computed again byte for byte.

Cheap things come first. Only a run whose records are whole, and that was made under the same semantics, is computed
again. Compared byte by byte is everything that follows from rules and inputs; a page for reading is compared with its
digest in the manifest only, because its words may be edited and may change from version to version (docs/architecture).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scoring import __version__
from scoring.app.assess import assess
from scoring.app.filed_page import AUDIT, filed_page
from scoring.app.score import bundle_of, computed_files, provenance
from scoring.archive import ASSESSMENT, Approval, Link, Manifest, check_chain, check_manifest, other_semantics
from scoring.archive.check import about, manifest_in, names_in
from scoring.archive.fingerprint import SM3, sm3_of_run
from scoring.archive.manifest import FINAL, MANIFEST, PUBLISHED, unseal
from scoring.archive.place import about_run
from scoring.archive.signature import Signature, check_signatures, short
from scoring.assessment import SEMANTICS
from scoring.engine import BOTH, PLAIN, available
from scoring.finding import ERROR, Finding

OTHER, STALE = "K405", "K419"
"""Findings that speak against a run without saying that anything in it was changed."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified and with what; findings of severity error mean that the run is not what it says.

    `whole` says that records and files agree, `linked` and `signed` that chain and signatures hold as far as there are
    any. `compared` are the files that were computed again and found the same, `trusted` those of which only the digest
    was compared, `matcher` is empty where nothing was computed, `sm3` where the platform has none.
    """

    findings: list[Finding]
    manifest: Manifest | None = None
    whole: bool = False
    matcher: str = ""
    version: str = __version__
    sm3: str = ""
    head: str = ""
    key: str = ""
    approval: Approval | None = None
    links: tuple[Link, ...] = ()
    linked: bool = True
    signatures: tuple[Signature, ...] = ()
    signed: bool = True
    published: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not _errors(self)


def verify(run: Path, schemas: Path, head: str = "", key: str = "") -> Verified:
    """Seal and files first, then the recomputation, with both matchers where both exist.

    `head` is the digest of the newest run that the office knows, `key` a public key that must have signed this one.
    """
    sealed = sealing(run, head, key)
    if sealed.manifest is None or _errors(sealed) - {STALE}:
        return sealed
    return _recomputed(run, schemas, sealed, sealed.manifest)


def sealing(run: Path, head: str = "", key: str = "") -> Verified:
    """What can be verified without computing anything: records, files, chain, signatures, head and semantics."""
    if not (run / MANIFEST).exists():
        gone = any((run / name).exists() for name in (ASSESSMENT, FINAL, PUBLISHED))
        return Verified([about("K403", run, MANIFEST) if gone else about_run("K409", run)])
    found = check_manifest(run)
    manifest, _ = manifest_in(run)
    if manifest is None or found:
        return Verified(found, manifest)
    signatures, unsigned = check_signatures(run)
    if key and key not in {each.key for each in signatures}:
        unsigned.append(about("K423", run, MANIFEST, key=short(key)))
    links, broken = check_chain(run, manifest)
    sm3 = sm3_of_run(run, [*manifest.files, MANIFEST])
    stale = _against_head(run, head, sm3, manifest, links)
    return Verified(
        [*unsigned, *broken, *stale, *other_semantics(run, manifest, SEMANTICS)],
        manifest,
        True,
        sm3=sm3,
        head=head,
        key=key,
        approval=_approval(run),
        links=tuple(links),
        linked=not broken,
        signatures=tuple(signatures),
        signed=not any(each.severity == ERROR for each in unsigned),
        published=tuple(names_in(run / PUBLISHED)),
    )


def _against_head(run: Path, head: str, sm3: str, manifest: Manifest, links: list[Link]) -> Iterator[Finding]:
    known = head.removeprefix(f"{SM3}:")
    if known and known != (sm3 if known != head else manifest.digest):
        newer = known in {each.manifest.digest for each in links}
        kind = "newer" if newer else "other"
        yield about("K419", run, MANIFEST, digest=manifest.digest, head=head, kind=kind)


def _approval(run: Path) -> Approval | None:
    if not (run / FINAL).exists():
        return None
    record = unseal((run / FINAL).read_bytes())
    return Approval(record["by"], record["basis"], record["on"])


def _recomputed(run: Path, schemas: Path, sealed: Verified, manifest: Manifest) -> Verified:
    files = {path: (run / path).read_bytes() for path in manifest.files}
    matcher = BOTH if available() else PLAIN
    try:
        again, same = _again(files, schemas, matcher, manifest)
    except Exception:
        # Whatever stands in the folder was made to look like a run, perhaps by somebody: files that scoring would have
        # refused, or never have written, may fail anywhere. Matchers that contradict each other end here as well.
        again, same = {}, True
    if ASSESSMENT not in again:
        return replace(sealed, findings=[*sealed.findings, about("K406", run, ASSESSMENT)], matcher=matcher)
    found = [] if same else [about("K406", run, MANIFEST)]
    differing = [path for path in sorted(again) if again[path] != files.get(path)]
    found += [about("K425" if path == AUDIT else "K406", run, path) for path in differing]
    equal = {path for path in again if again[path] == files.get(path)}
    return replace(
        sealed,
        findings=[*sealed.findings, *found],
        matcher=matcher,
        compared=tuple(sorted(equal - _given(files))),
        trusted=tuple(sorted(files.keys() - equal - _given(files))),
    )


def _again(
    files: Mapping[str, bytes], schemas: Path, matcher: str, manifest: Manifest
) -> tuple[dict[str, bytes], bool]:
    """The files of the run computed again from its own rules and inputs, and whether they came about as it says."""
    bundle = bundle_of(files, manifest.provenance.edition)
    assessed = assess(bundle, schemas, matcher)
    if assessed.assessment is None:
        return {}, True
    options = provenance(bundle, assessed).options
    said = manifest.provenance.options
    data = assessed.assessment.data()
    again = computed_files(bundle, assessed.assessment, assessed.places)
    if AUDIT in files:
        again[AUDIT] = _page(data, assessed.places, {path: files[path] for path in files if path != AUDIT})
    return again, all(said.get(name) == value for name, value in options.items())


def _page(data: dict[str, Any], places: dict[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The page for reading as it would be made now; a page that cannot be made must not cast doubt on the result."""
    try:
        return filed_page(data, places, files)
    except Exception:
        return b""


def _given(files: Mapping[str, bytes]) -> set[str]:
    """The files that a run is computed from."""
    return {path for path in files if "/" in path}


def verdict(verified: Verified) -> str:
    """In one word for the page: same, stale where it is not the newest run, other where it takes another version of
    the program to tell, else unsound."""
    errors = _errors(verified)
    if OTHER in errors and errors <= {OTHER, STALE}:
        return "other"
    return "stale" if errors == {STALE} else "unsound" if errors else "same"


def _errors(verified: Verified) -> set[str]:
    return {each.code for each in verified.findings if each.severity == ERROR}
