"""The run as tables for other programs, in whatever form they read (数据交换)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scoring import __version__
from scoring.app.workbook import Make
from scoring.archive import ASSESSMENT, PLACES, Run
from scoring.exchange import Frame, frames
from scoring.exchange.model import NUMBER, WHOLE
from scoring.explain.explainer import Explainer
from scoring.explain.wording import FOLDER, load_wording
from scoring.points import unplain
from scoring.resources import Places, reports

CSV, XLSX, SQLITE, PARQUET, PROV = "csv", "xlsx", "sqlite", "parquet", "prov"
NEEDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    CSV: ("", ()),
    XLSX: ("documents", ("xlsxwriter",)),
    SQLITE: ("", ()),
    PARQUET: ("parquet", ("pyarrow",)),
    PROV: ("prov", ("prov",)),
}
"""What each format needs: the extra of ours that brings it, and the modules."""


def export(formats: Sequence[str], folders: Places) -> Make:
    """What to make of a run: its files by name, in every format that was asked for."""

    def make(run: Run) -> dict[str, bytes]:
        tables = frames(run.assessment, run.approval is not None, _lost(run, folders))
        year = str(run.assessment["method"]["year"])
        found: dict[str, bytes] = {}
        for each in formats:
            found |= {f"{year}年度{name}": content for name, content in WRITERS[each](run, tables).items()}
        return found

    return make


def _lost(run: Run, folders: Places) -> dict[tuple[str, str], str]:
    """Why each department lost points, by criterion."""
    explainer = Explainer(run, load_wording(folders.reports / FOLDER, reports() / FOLDER))
    found = {}
    for card in run.assessment["scorecards"]:
        short = {code for code, node in card["nodes"].items() if unplain(node["points"]) < unplain(node["available"])}
        for code, reasons in explainer.reasons(card["department"]).items():
            if code in short:
                found[card["department"], code] = "；".join(filter(None, reasons))
    return found


def _csv(run: Run, tables: list[Frame]) -> dict[str, bytes]:
    from scoring.render.csv_file import csv_file

    return {
        f"{each.title}.csv": csv_file(
            [one.code for one in each.fields],
            each.rows,
            [place for place, one in enumerate(each.fields) if one.type not in (NUMBER, WHOLE)],
        )
        for each in tables
    }


def _xlsx(run: Run, tables: list[Frame]) -> dict[str, bytes]:
    from scoring.render.xlsx.book import book_file
    from scoring.render.xlsx.cells import Cell, Heading, Leaf, Number

    def cell(text: str, type_: str) -> Cell:
        return Number(unplain(text)) if text and type_ in (NUMBER, WHOLE) else text

    leaves = [
        Leaf(
            each.title,
            each.title,
            tuple(Heading(one.code, 14) for one in each.fields),
            (
                tuple(one.title for one in each.fields),
                *(tuple(cell(text, one.type) for text, one in zip(row, each.fields, strict=True)) for row in each.rows),
            ),
        )
        for each in tables
    ]
    return {"数据交换.xlsx": book_file(leaves, "数据交换", run.assessment["method"]["issuer"], "")}


def _sqlite(run: Run, tables: list[Frame]) -> dict[str, bytes]:
    from scoring.render.sqlite_file import Column, Relation, sqlite_file

    kinds = {NUMBER: "NUMERIC", WHOLE: "INTEGER"}
    relations = [
        Relation(each.name, tuple(Column(one.code, kinds.get(one.type, "TEXT")) for one in each.fields), each.rows)
        for each in tables
    ]
    return {"数据交换.sqlite": sqlite_file(relations)}


def _parquet(run: Run, tables: list[Frame]) -> dict[str, bytes]:
    from scoring.render.parquet_file import DECIMAL, INTEGER, STRING, parquet_file

    kinds = {NUMBER: DECIMAL, WHOLE: INTEGER}
    return {
        f"{each.title}.parquet": parquet_file(
            [(one.code, kinds.get(one.type, STRING)) for one in each.fields], each.rows
        )
        for each in tables
    }


def _prov(run: Run, tables: list[Frame]) -> dict[str, bytes]:
    from scoring.render.prov_file import Origin, prov_file

    made = {ASSESSMENT, PLACES}
    files = run.manifest.files
    approval, corrects = run.approval, run.assessment["corrects"] or {}
    origin = Origin(
        f"urn:sha256:{run.manifest.digest}:",
        {path: digest for path, digest in files.items() if path in made},
        {path: digest for path, digest in files.items() if path not in made},
        f"kaohe {__version__}",
        None if approval is None else (approval.by, approval.basis, approval.on),
        str(corrects.get("manifest", corrects.get("run", ""))),
    )
    return {"来源.prov.json": prov_file(origin)}


WRITERS: Mapping[str, Callable[[Run, list[Frame]], dict[str, bytes]]] = {
    CSV: _csv,
    XLSX: _xlsx,
    SQLITE: _sqlite,
    PARQUET: _parquet,
    PROV: _prov,
}
FORMATS = tuple(WRITERS)
