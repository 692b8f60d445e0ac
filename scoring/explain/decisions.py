"""The decisions of the leaders (审定事项) as the run keeps them: which line of the inputs says what was decided."""

from __future__ import annotations

from scoring.explain.rulebook import Place, Rulebook

NOT_SUBMITTED, DECIDED = "未报送", "审定"


def decision(
    rules: Rulebook, department: str, on: str = "", why: str = "", kind: str = ""
) -> tuple[dict[str, str], Place]:
    """What was decided about a department, and where it stands; empty where the inputs hold no such decision.

    A ruling in the ledger names no file, so its own words find it: the day and the reason.
    """
    for row in rules.decisions:
        if str(row.get("department")) != department:
            continue
        said = {key: str(row[key]) for key in ("by", "on", "basis", "why") if key in row}
        if (said.get("on"), said.get("why")) == (on, why) or (kind and row.get("kind") == kind):
            where = row.location
            return {"layer": DECIDED, **said}, Place(where.file, where.line, where.text.strip())
    return {}, Place("")
