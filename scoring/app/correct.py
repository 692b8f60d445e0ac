"""Scores a correction (更正): an approved run scored again, into a folder of its own, as the next link of its chain."""

from __future__ import annotations

from dataclasses import replace

from scoring.app.assess import Progress
from scoring.app.score import Order, Scored, score
from scoring.app.verify import verify
from scoring.archive import corrected_run
from scoring.finding import finding
from scoring.resources import Places


def correct(order: Order, folders: Places, progress: Progress | None = None) -> Scored:
    """Score, unless the run that is to be corrected is not approved or does not verify."""
    assert order.corrects is not None
    run, problems = corrected_run(order.corrects, order.edition)
    if run is None:
        return Scored(None, problems, False)
    verified = verify(run.path, folders.schemas)
    if not verified.sound:
        unsound = finding("K422", run=order.corrects.as_posix())
        return Scored(None, [*verified.findings, unsound], False)
    scored = score(order, folders, progress)
    return replace(scored, findings=[*verified.findings, *scored.findings])
