"""The ranked table as the terminal shows it."""

from __future__ import annotations

from typing import Any


def ranking(assessment: dict[str, Any]) -> list[tuple[str, list[list[str]]]]:
    """For each group its name and its rows: rank, department, total, grade, last year's rank."""
    names = {each["code"]: each["short"] or each["name"] for each in assessment["departments"]}
    totals = {card["department"]: card["printed"] for card in assessment["scorecards"]}
    found = []
    for group in assessment["groups"]:
        rows = [
            [
                str(row["rank"]),
                names[row["department"]],
                totals[row["department"]],
                row["grade"] or "—",
                str(row["previous"]["rank"]) if row["previous"] else "—",
            ]
            for row in group["standings"]
        ]
        found.append((group["name"], rows))
    return found
