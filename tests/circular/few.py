"""A dozen departments of the example, for tests of publishing that need a run and no particular figures."""

from __future__ import annotations

from pathlib import Path

from scoring.app.assess import Bundle, assess
from scoring.app.score import provenance, run_files
from scoring.archive import write_run
from scoring.resources import schemas
from tests.flow import district
from tests.flow.test_unnamed import without_departments

KEPT = "B11 B12 B17 B19 B20 B33 B36 B38 B40 B45 B48 B49 B50 J01 J05 J15"


def few() -> Bundle:
    """The bundle of the example year with these departments only."""
    made = district.bundle()
    rows = made.forms["roster.yaml"].decode().split("- code: ")[1:]
    return without_departments(made, [row.split()[0] for row in rows if row.split()[0] not in KEPT.split()])


def written(made: Bundle, folder: Path) -> Path:
    """The run of a bundle."""
    assessed = assess(made, schemas(), "plain")
    assert write_run(folder, run_files(made, assessed), provenance(made, assessed)) == []
    return folder
