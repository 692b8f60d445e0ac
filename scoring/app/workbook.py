"""The workbook and the exchange tables of a run: for those who check the result, and for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring.app.assess import edition_of
from scoring.app.deliver import deliver
from scoring.app.score import bundle_of
from scoring.archive import Run, open_run
from scoring.finding import ERROR, Finding, Findings
from scoring.resources import schemas
from scoring.views import APPROVAL, AUDIENCES
from scoring.views.roll import members
from scoring.views.view import notices

Json = Mapping[str, Any]
Make = Callable[[Run], dict[str, bytes]]


@dataclass(slots=True)
class Tables:
    """What came of an order: the files that stand now, and the findings."""

    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def written(path: Path, make: Make, out: Path | None, force: bool) -> Tables:
    """Open the run, make the files, put them beside the run or into `out`: what is in the run is sealed."""
    run, problems = open_run(path)
    if run is None:
        return Tables(findings=problems)
    found = Findings(list(problems))
    files = deliver(run, path, APPROVAL, make(run), {}, out or path.resolve().parent, force, found)
    failed = any(each.severity == ERROR for each in found.found)
    return Tables([] if failed else files, found.found)


def workbook(run: Run) -> dict[str, bytes]:
    """核对工作簿, by file name."""
    from scoring.render.xlsx.book import book_file
    from scoring.workbook.book import leaves

    method = run.assessment["method"]
    mark = "" if run.approval else AUDIENCES[APPROVAL]
    status = "已审定" if run.approval else mark
    title = f"{method['year']}年度考核核对工作簿"
    sheets = leaves(run.assessment, status, notices(run.assessment), run.manifest.digest)
    ending = "" if run.approval else f"（{mark}）"
    books = {title: book_file(sheets, title, method["issuer"], mark)}
    return {f"{name}{ending}.xlsx": content for name, content in (books | _remade(run, mark)).items()}


def _remade(run: Run, mark: str) -> dict[str, bytes]:
    """复算工作簿: the method is read anew from the run's own rules."""
    from scoring.render.xlsx.book import book_file
    from scoring.workbook.book import ranked
    from scoring.workbook.remade import remade

    assessment = run.assessment
    bundle = bundle_of({path: run.read(path) for path in run.files}, assessment["edition"])
    edition = edition_of(bundle, bundle.edition, schemas(), Findings())
    assert edition is not None
    roll = ranked(assessment, members(assessment, unnamed=True))
    title = f"{assessment['method']['year']}年度考核复算工作簿"
    return {
        title: book_file(
            remade(edition.method, assessment, roll, notices(assessment)), title, assessment["method"]["issuer"], mark
        )
    }
