"""Matters to decide (提请审定事项): what the leaders should look at before they approve, and nothing that is settled.

Each matter is facts by name; reports/circular.yaml says under its kind how it reads.
"""

from __future__ import annotations

from scoring.views import matters_of_score as score
from scoring.views import matters_of_standing as standing
from scoring.views.docket import Docket, Matter

LOOKS = (
    standing.near_edges,
    standing.ties,
    standing.quotas,
    standing.limits,
    score.caps,
    score.self_gaps,
    score.late,
    score.mismatched,
    score.reviewed,
    score.by_hand,
    standing.against_last_year,
)


def matters(docket: Docket) -> list[Matter]:
    """All matters, kind by kind, in the order of the roll."""
    return [each for look in LOOKS for each in look(docket)]
