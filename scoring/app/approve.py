"""The act of approval (审定): it closes a run, and refuses while something is open."""

from __future__ import annotations

from typing import Any

from scoring.app.summary import open_lines
from scoring.archive import Run, write_final
from scoring.finding import Finding, finding
from scoring.timeline import parse_date

SETTLED = ("tied_at_edge", "missing")
"""Open points that an approval settles by itself: a tie decided by the method, an item without points by its rule."""


def open_points(assessment: dict[str, Any]) -> list[str]:
    """What stands against an approval, a line each."""
    waiting = [point for point in assessment["status"]["provisional"] if point["kind"] not in SETTLED]
    lines = open_lines(assessment, waiting)
    if not assessment["status"]["complete"] and not lines:
        lines = ["报送材料还有错误没有改正，见评定时的问题清单"]
    return lines


def approve(run: Run, *, by: str, basis: str, on: str) -> list[Finding]:
    """Record who approved the run, on what basis, on which day."""
    if parse_date(on) is None:
        return [finding("K243", text=on)]
    return write_final(run, by=by, basis=basis, on=on)
