"""The decisions of the leaders (审定事项) as the run keeps them: which line of the inputs says what was decided."""

from __future__ import annotations

from scoring.explain.rulebook import Place, Wall
from scoring.location import Mapping
from scoring.reading.yaml_file import read_yaml

FILE = "decisions.yaml"
NOT_SUBMITTED, DECIDED = "未报送", "审定"


def decision(wall: Wall, department: str, on: str = "", why: str = "", kind: str = "") -> tuple[dict[str, str], Place]:
    """What was decided about a department, and where it stands; empty where the inputs hold no such decision.

    A ruling in the ledger names no file, so its own words find it: the day and the reason.
    """
    for path in wall.files:
        if path.rpartition("/")[2] != FILE or not path.startswith("inputs/"):
            continue
        document, _ = read_yaml(path, wall.read(path))
        listed = document.get("decisions") if document is not None else None
        for row in listed if isinstance(listed, list) else ():
            if not isinstance(row, Mapping) or str(row.get("department")) != department:
                continue
            said = {key: str(row[key]) for key in ("by", "on", "basis", "why") if key in row}
            if (said.get("on"), said.get("why")) == (on, why) or (kind and row.get("kind") == kind):
                where = row.location
                return {"layer": DECIDED, **said}, Place(where.file, where.line, where.text.strip())
    return {}, Place("")
