"""The audit page (得分核查页) that scoring files with a run: from its own files and the shipped words alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring import __version__
from scoring.archive import ASSESSMENT
from scoring.audit import audit_page
from scoring.explain.wording import FOLDER, load_wording
from scoring.render.audit_page import PARTS, lay_out
from scoring.resources import reports

AUDIT, PARTS_FOLDER = "audit.html", "audit"


@dataclass(frozen=True, slots=True)
class Filed:
    """A run on its way to disk, as explanations read it."""

    assessment: dict[str, Any]
    places: dict[str, Any]
    contents: Mapping[str, bytes]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self.contents))

    def read(self, path: str) -> bytes:
        return self.contents[path]


def filed_page(assessment: dict[str, Any], places: dict[str, Any], contents: Mapping[str, bytes]) -> bytes:
    """The leaders' copy of the page.

    A workplace's own wording is left out: whoever verifies the run elsewhere must come to the same bytes.
    """
    folder = reports()
    wording = load_wording(folder / FOLDER)
    page = audit_page(Filed(assessment, places, contents), wording, marks=marks(contents[ASSESSMENT]))
    parts = {name: (folder / PARTS_FOLDER / name).read_text("utf-8") for name in PARTS}
    made, problems = lay_out(page.head, page.accounts, parts)
    assert not problems, problems
    assert not wording.findings, wording.findings
    return made


def marks(assessment: bytes) -> dict[str, str]:
    """What the leaders' copy says of its making."""
    return {"考核结果摘要": hashlib.sha256(assessment).hexdigest(), "程序版本": f"kaohe {__version__}"}
