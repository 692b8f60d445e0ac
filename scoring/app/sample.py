"""Suggests what an auditor should sample (抽查建议清单): as text, as a table, as data."""

from __future__ import annotations

import json
from pathlib import Path

from scoring.app.explain import words
from scoring.explain.explainer import Explainer
from scoring.explain.layout import WIDTH, Sheet
from scoring.explain.rulebook import Wall
from scoring.explain.sampling import Pick, sampling
from scoring.explain.wording import Wording
from scoring.finding import Finding
from scoring.render.csv_file import csv_file
from scoring.views import plain_text

COLUMNS = ("code", "name", "group", "kind", "reason", "criterion", "rule", "place")


def sample(run: Wall, format_: str = "text", own: Path | None = None) -> tuple[str, tuple[Finding, ...]]:
    """The list in a format: text, csv or json."""
    wording = words(own)
    found = sampling(Explainer(run, wording))
    made = FORMATS[format_](run, wording, found)
    return made, tuple(wording.findings)


def _text(run: Wall, wording: Wording, found: tuple[Pick, ...]) -> str:
    sheet = Sheet(wording, WIDTH)
    lines: list[str] = []
    departments = {each.department for each in found}
    year = run.assessment["method"]["year"]
    lines += sheet.flow(wording.fill("sampling.title", year=year, count=len(found), departments=len(departments)))
    if not found:
        lines += sheet.flow(wording.fill("sampling.none"))
    last = ""
    for each in found:
        if each.department != last:
            lines += ["", sheet.heading(f"{each.department} {each.name}（{each.group}）")]
            last = each.department
        place = each.row()[-1]
        lines += sheet.flow(f"{each.kind}：{each.reason}", 2, 2)
        lines += sheet.flow(f"{each.rule}{'　' if place else ''}{place}", 4)
    return "\n".join(lines) + "\n"


def _csv(run: Wall, wording: Wording, found: tuple[Pick, ...]) -> str:
    headings = [wording.fill(f"sampling.columns.{each}") for each in COLUMNS]
    rows = [[plain_text(cell) for cell in each.row()] for each in found]
    return csv_file(headings, rows, range(len(COLUMNS))).decode()


def _json(run: Wall, wording: Wording, found: tuple[Pick, ...]) -> str:
    data = {"format": 1, "edition": run.assessment["edition"], "picks": [each.data() for each in found]}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


FORMATS = {"text": _text, "csv": _csv, "json": _json}
