"""Runs the example district through every stage, and holds each to what the example expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring.app.assess import Progress
from scoring.app.score import Order, score
from scoring.app.verify import verify
from scoring.finding import Finding
from scoring.reading.yaml_file import read_yaml
from scoring.resources import Places

EXPECTED = "expected.yaml"


@dataclass(slots=True)
class Demonstration:
    """What the demo made: the run of each edition, its findings, and where it differs from what was expected."""

    runs: dict[str, Path] = field(default_factory=dict)
    assessments: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    verified: dict[str, int] = field(default_factory=dict)
    differs: list[str] = field(default_factory=list)
    matcher: str = ""


def demonstrate(out: Path, folders: Places, progress: Progress | None = None) -> Demonstration:
    """Score every example year, each after the one before, verify each, and compare with examples/expected.yaml."""
    found = Demonstration()
    expected, _ = read_yaml(EXPECTED, (folders.examples / EXPECTED).read_bytes())
    previous: Path | None = None
    editions = expected.get("editions", {}) if expected is not None else {}
    for edition, wanted in sorted(editions.items()):
        run = out / str(edition)
        inputs = folders.examples / str(edition)
        order = Order(str(edition), inputs, run, f"examples/{edition}", previous, force=True)
        scored = score(order, folders, progress)
        found.findings[edition] = scored.findings
        if scored.assessment is None or not scored.written:
            found.differs.append(f"{edition}年度没有写出结果")
            continue
        found.matcher = scored.matcher
        found.runs[edition] = previous = run
        found.assessments[edition] = scored.assessment.data()
        found.differs.extend(_differences(edition, found.assessments[edition], scored.findings, wanted))
        checked = verify(run, folders.schemas)
        found.verified[edition] = len(checked.manifest.files) if checked.manifest is not None else 0
        if not checked.sound:
            found.differs.append(f"{edition}年度的结果没有通过核对")
    return found


def _differences(
    edition: str, assessment: dict[str, Any], findings: list[Finding], wanted: Mapping[str, Any]
) -> list[str]:
    """Where the result is not what the example expects: completeness, findings, totals, grades, ranks."""
    found = []
    complete = bool(wanted.get("complete"))
    if assessment["status"]["complete"] != complete:
        found.append(f"{edition}年度应当{'完成' if complete else '未完成'}")
    counts = Counter(each.code for each in findings)
    if dict(counts) != dict(wanted.get("findings", {})):
        found.append(f"{edition}年度的问题应为{dict(wanted.get('findings', {}))}，实为{dict(sorted(counts.items()))}")
    ranks = {row["department"]: row["rank"] for group in assessment["groups"] for row in group["standings"]}
    for card in assessment["scorecards"]:
        code = card["department"]
        actual = [card["printed"], card["grade"], ranks.get(code, "不排名")]
        said = wanted["departments"].get(code)
        if said is None or [str(said[0]), said[1], said[2]] != [str(actual[0]), actual[1], actual[2]]:
            found.append(f"{edition}年度{code}应为{said}，实为{actual}")
    for code in wanted["departments"]:
        if all(card["department"] != code for card in assessment["scorecards"]):
            found.append(f"{edition}年度{code}没有评定")
    return found
