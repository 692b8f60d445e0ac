"""The chain of corrections (更正链): a run that corrects an approved one carries the records of all before it.

`chain/001.json` is the manifest of the first run and `chain/001.final.json` its approval; the newest corrected run
has the highest number. Each link is named by the next one's `corrects`, the last link by this run's own, so that no
link can be dropped, put elsewhere or changed without the next one saying another digest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.archive.check import about, manifest_in, read_record
from scoring.archive.manifest import FINAL, MANIFEST, Manifest, unseal
from scoring.archive.run import Run, open_run
from scoring.finding import Finding, finding

CHAIN = "chain/"
_LINK = re.compile(r"chain/(\d{3,})(\.final)?\.json")


@dataclass(frozen=True, slots=True)
class Link:
    """One corrected run: its manifest, who approved it, and who corrected it why (`by`, `why` of the next run)."""

    manifest: Manifest
    approval: Mapping[str, Any]
    by: str
    why: str


def corrected_run(folder: Path, edition: str) -> tuple[Run | None, list[Finding]]:
    """The run that is to be corrected; None where it is none, was never approved, or is of another edition."""
    run, found = open_run(folder)
    if run is not None and run.approval is None:
        return None, [*found, finding("K421", run=folder.as_posix(), kind="not_final", edition="", own="")]
    if run is not None and run.manifest.provenance.edition != edition:
        own = run.manifest.provenance.edition
        return None, [*found, finding("K421", run=folder.as_posix(), kind="edition", edition=edition, own=own)]
    return run, found


def chain_after(run: Run) -> dict[str, bytes]:
    """The chain of a run that corrects this one."""
    chain = {path: run.read(path) for path in run.files if path.startswith(CHAIN)}
    number = len(chain) // 2 + 1
    chain[_manifest(number)] = (run.path / MANIFEST).read_bytes()
    chain[_approval(number)] = (run.path / FINAL).read_bytes()
    return chain


def check_chain(folder: Path, manifest: Manifest) -> tuple[list[Link], list[Finding]]:
    """The links, oldest first, and each that is missing, changed, in another place, or not asked for."""
    links: list[Link] = []
    found: list[Finding] = []
    named = manifest.provenance.options.get("corrects")
    paths = {path for path in manifest.files if path.startswith(CHAIN)}
    strangers = sorted(path for path in paths if not _LINK.fullmatch(path))
    found += [about("K420", folder, path, kind="stranger", digest="", named="") for path in strangers]
    numbers = sorted({int(match[1]) for path in paths if (match := _LINK.fullmatch(path))}, reverse=True)
    for number in range(numbers[0] if numbers else 0, 0, -1):
        path = _manifest(number)
        if not isinstance(named, dict):
            found.append(about("K420", folder, path, kind="unasked", digest="", named=""))
            break
        link, problems = _link(folder, number, named)
        found += problems
        if link is None:
            break
        links.append(link)
        named = link.manifest.provenance.options.get("corrects")
    else:
        if named is not None:
            digest = str(named.get("run", "")) if isinstance(named, dict) else ""
            found.append(about("K420", folder, CHAIN, kind="missing", digest="", named=digest))
    return links[::-1], found


def _link(folder: Path, number: int, named: Mapping[str, Any]) -> tuple[Link | None, list[Finding]]:
    path, final = _manifest(number), _approval(number)
    manifest, found = manifest_in(folder, path)
    approval, problems = read_record(folder, final, unseal)
    found += problems
    if manifest is not None and manifest.digest != named.get("run"):
        said = str(named.get("run", ""))
        found.append(about("K420", folder, path, kind="digest", digest=manifest.digest, named=said))
    if manifest is not None and approval is not None and approval.get("manifest") != manifest.digest:
        found.append(about("K407", folder, final))
    if found or manifest is None or approval is None:
        return None, found
    return Link(manifest, approval, str(named.get("by", "")), str(named.get("why", ""))), []


def _manifest(number: int) -> str:
    return f"{CHAIN}{number:03}.json"


def _approval(number: int) -> str:
    return f"{CHAIN}{number:03}.final.json"
