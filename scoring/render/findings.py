"""Findings as people and programs read them: a text for the terminal, rows for a table, JSON, a page (问题清单)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from scoring.finding import ADVICE, ERROR, WARNING, Finding, in_order
from scoring.location import Location
from scoring.render.catalogue import Catalogue
from scoring.render.excerpt import excerpt
from scoring.render.template import render

_MACHINE_WORDS = {ERROR: "error", WARNING: "warning", ADVICE: "advice"}
COLUMNS = ("number", "file", "place", "severity", "code", "says", "headings", "text", "remedy")


def as_text(found: Iterable[Finding], catalogue: Catalogue) -> str:
    """All findings in file order, each with its line, and a closing line with their number."""
    ordered = in_order(found)
    blocks = [_block(number, each, catalogue) for number, each in enumerate(ordered, 1)]
    return "\n\n".join([*blocks, count(ordered, catalogue)]) + "\n"


def count(found: Iterable[Finding], catalogue: Catalogue) -> str:
    """How many findings there are of each severity, in a sentence."""
    by_severity = Counter(each.severity for each in found)
    return catalogue.framed(
        "count",
        total=by_severity.total(),
        errors=by_severity[ERROR],
        warnings=by_severity[WARNING],
        advice=by_severity[ADVICE],
    )


def as_rows(found: Iterable[Finding], catalogue: Catalogue) -> list[tuple[str, ...]]:
    """A table: the headings of the columns, then a row for each finding."""
    rows = [tuple(catalogue.framed(f"column_{each}") for each in COLUMNS)]
    for number, each in enumerate(in_order(found), 1):
        where = each.location or Location("")
        rows.append(
            (
                str(number),
                where.file,
                _place(each, catalogue).strip(),
                catalogue.word(each.severity),
                each.code,
                catalogue.says(each),
                _headings(where, catalogue),
                where.text.strip(),
                catalogue.remedy(each),
            )
        )
    return rows


def as_json(found: Iterable[Finding], catalogue: Catalogue) -> str:
    """A list for programs: codes, parameters and places beside the words; ends with a line feed."""
    listed = [_described(each, catalogue) for each in in_order(found)]
    return json.dumps(listed, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_html(found: Iterable[Finding], catalogue: Catalogue, page: str, style: str) -> tuple[str, list[Finding]]:
    """One self-contained page; `page` and `style` are reports/findings/page.html and page.css."""
    ordered = in_order(found)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    columns, *rows = as_rows(ordered, catalogue)
    return render(
        "page.html",
        page,
        language=catalogue.language,
        title=catalogue.framed("title"),
        count=count(ordered, catalogue),
        columns=columns,
        rows=[
            dict(zip(COLUMNS, row, strict=True), kind=_MACHINE_WORDS[each.severity])
            for row, each in zip(rows, ordered, strict=True)
        ],
        style=style,
        style_hash=f"sha256-{digest}",
    )


def _block(number: int, found: Finding, catalogue: Catalogue) -> str:
    where = found.location or Location("")
    other = found.other if found.other not in (None, found.location) else None
    lines = [
        catalogue.framed(
            "head",
            number=number,
            file=where.file,
            line=where.line,
            column=where.column,
            sheet=where.sheet,
            cell=where.cell,
            place=_place(found, catalogue),
            severity=catalogue.word(found.severity),
            code=found.code,
            says=catalogue.says(found),
        )
    ]
    if where.headings:
        lines.append(catalogue.framed("headings", headings=_headings(where, catalogue)))
    shown = [where] if other is None or other.file != where.file else sorted((other, where))
    for each in shown:
        lines += excerpt(each)
    if other is not None and other not in shown:
        lines.append(catalogue.framed("other", file=other.file, place=_where(other, catalogue)))
        lines += excerpt(other)
    remedy = catalogue.remedy(found)
    if remedy:
        lines.append(catalogue.framed("remedy", remedy=remedy))
    return "\n".join(line.rstrip() for line in lines)


def _place(found: Finding, catalogue: Catalogue) -> str:
    """Line and column, or both lines where two of one file disagree."""
    where, other = found.location or Location(""), found.other
    if other is not None and other.file == where.file and 0 < other.line != where.line > 0 and not where.sheet:
        first, second = sorted((where.line, other.line))
        return catalogue.framed("two_lines", first=first, second=second)
    return _where(where, catalogue)


def _where(where: Location, catalogue: Catalogue) -> str:
    if where.sheet:
        return catalogue.framed("cell", sheet=where.sheet, cell=where.cell)
    if not where.line:
        return ""
    return catalogue.framed("column" if where.column else "line", line=where.line, column=where.column)


def _headings(where: Location, catalogue: Catalogue) -> str:
    return catalogue.framed("heading_joint").join(where.headings)


def _described(found: Finding, catalogue: Catalogue) -> dict[str, Any]:
    described: dict[str, Any] = {
        "code": found.code,
        "severity": _MACHINE_WORDS[found.severity],
        "says": catalogue.says(found),
        "remedy": catalogue.remedy(found),
        "params": dict(found.params),
    }
    if found.location:
        described["at"] = _described_place(found.location)
    if found.other:
        described["other"] = _described_place(found.other)
    if found.department:
        described["department"] = found.department
    return described


def _described_place(where: Location) -> dict[str, Any]:
    """A place with what is known of it: a whole file has neither line nor column."""
    described: dict[str, Any] = {"file": where.file}
    if where.sheet:
        described |= {"sheet": where.sheet, "cell": where.cell}
    elif where.line:
        described |= {"line": where.line, "column": where.column, "width": where.width}
    if where.text:
        described["text"] = where.text
    if where.headings:
        described["headings"] = list(where.headings)
    return described
