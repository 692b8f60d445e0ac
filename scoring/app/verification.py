"""The page of a verification (校验说明): what was verified, with what, and what was not, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.app.verify import STALE, Verified, verdict
from scoring.app.wording import report_file
from scoring.archive import Manifest
from scoring.archive.manifest import MANIFEST, PUBLISHED
from scoring.archive.signature import Signature, available
from scoring.assessment import SEMANTICS
from scoring.engine import BOTH, DURABLE, PLAIN
from scoring.finding import Finding
from scoring.render.template import render
from scoring.resources import Places

FOLDER = "verify"
MATCHERS = {
    "zh": {DURABLE: "durable-rules", PLAIN: "内置判定", BOTH: "durable-rules和内置判定，两者一致", "": "没有判定"},
    "en": {DURABLE: "durable-rules", PLAIN: "the plain matcher", BOTH: "both matchers, which agree", "": "none"},
}
"""Each matcher by its name in a manifest; "" where nothing was computed."""


def page(verified: Verified, run: str, language: str, folders: Places) -> tuple[str, list[Finding]]:
    """The page, and what is wrong with its template; nothing where the manifest could not be read."""
    if verified.manifest is None:
        return "", []
    path = report_file(folders, f"{FOLDER}/{language}.txt.j2")
    said, found = render(path.as_posix(), path.read_text(encoding="utf-8"), **_values(verified, run, language))
    return said.rstrip("\n"), found


def _values(verified: Verified, run: str, language: str) -> dict[str, Any]:
    manifest = verified.manifest
    assert manifest is not None
    checked = verdict(verified)
    return {
        "verdict": checked,
        "run": run,
        "whole": verified.whole,
        "files": len(manifest.files),
        "digest": manifest.digest,
        "sm3": verified.sm3,
        "head": verified.head,
        "newest": not any(each.code == STALE for each in verified.findings),
        "compared": list(verified.compared),
        "trusted": list(verified.trusted),
        "made": _made(manifest),
        "version": verified.version,
        "semantics": SEMANTICS,
        "matcher": verified.matcher,
        "matchers": _matchers(manifest, language),
        "approval": verified.approval,
        "links": [
            {
                "digest": link.manifest.digest,
                "by_approval": str(link.approval.get("by", "")),
                "by": link.by,
                "why": link.why,
            }
            for link in verified.links
        ],
        "linked": verified.linked,
        "signed": verified.signed,
        "checked": available(),
        "key": verified.key,
        "signatures": [_signed(each, verified) for each in verified.signatures],
        "published": list(verified.published),
    }


def _made(manifest: Manifest) -> Mapping[str, Any]:
    made = manifest.provenance
    return {"version": made.version, "semantics": made.semantics, "matcher": made.matcher}


def _matchers(manifest: Manifest, language: str) -> Mapping[str, str]:
    """A later version may have scored with a matcher that has no name here."""
    return {manifest.provenance.matcher: manifest.provenance.matcher, **MATCHERS[language]}


def _signed(signed: Signature, verified: Verified) -> Mapping[str, Any]:
    uncovered = [name for name in verified.published if f"{PUBLISHED}/{name}/{MANIFEST}" not in signed.covers]
    return {"short": signed.short, "by": signed.by, "uncovered": uncovered}
