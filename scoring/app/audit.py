"""Makes the audit page (得分核查页) of a run for one audience, with the office's own words and settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scoring.app.deliver import deliver
from scoring.app.explain import find, near
from scoring.app.filed_page import PARTS_FOLDER, marks
from scoring.app.wording import read_office, report_file
from scoring.archive import ASSESSMENT, Run, open_run
from scoring.audit import audit_page
from scoring.explain.wording import FOLDER, load_wording
from scoring.finding import ERROR, Finding, Findings, finding
from scoring.location import Location
from scoring.render.audit_page import PARTS, lay_out
from scoring.resources import Places, reports
from scoring.views import APPROVAL, ISSUED, PUBLIC, Office, office_of, sighted
from scoring.views.office import CLOSED


@dataclass(frozen=True, slots=True)
class AuditOrder:
    """Which page to make, and where to: `out` is a file; without it the page is put beside the run."""

    run: Path
    audience: str = APPROVAL
    department: str = ""
    out: Path | None = None
    office: Path | None = None
    workplace: Path | None = None
    force: bool = False


@dataclass(slots=True)
class Audited:
    """What came of an order: the file that stands now, and the findings; or what was meant perhaps by `unknown`."""

    file: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    unknown: str = ""
    near: tuple[str, ...] = ()


def audit(order: AuditOrder, folders: Places) -> Audited:
    """Read the run, see who may see what, make the page, write it."""
    run, problems = open_run(order.run)
    if run is None:
        return Audited(findings=problems)
    found = Findings(list(problems))
    code = ""
    if order.department:
        scored = [each for each in run.assessment["departments"] if each["assessed"]]
        meant = find(order.department, [(each["code"], (each["name"], each["short"])) for each in scored])
        if meant is None:
            named = near(order.department, scored, ("short", "name", "code"))
            return Audited(unknown=order.department, near=named)
        code = meant
    settings, _ = read_office(run, order.office, order.workplace, folders.schemas, found)
    parts = _parts(folders, found)
    if settings is None or len(parts) < len(PARTS):
        return Audited(findings=found.found)
    office = office_of(settings)
    found.extend(_against(run, order.audience, office))
    if any(each.severity == ERROR for each in found.found):
        return Audited(findings=found.found)
    wording = load_wording(folders.reports / FOLDER, reports() / FOLDER)
    page = audit_page(
        run,
        wording,
        audience=order.audience,
        department=code,
        office=office,
        approved=run.approval,
        marks={**marks(run.read(ASSESSMENT)), "结果指纹": run.manifest.digest},
    )
    made, faults = lay_out(page.head, page.accounts, parts)
    found.extend([*faults, *wording.findings])
    if any(each.severity == ERROR for each in found.found):
        return Audited(findings=found.found)
    path = order.out or _beside(order, code)
    deliver(run, order.run, order.audience, {path.name: made}, {}, path.parent, order.force, found)
    failed = any(each.severity == ERROR for each in found.found)
    return Audited(None if failed else path, found.found)


def _beside(order: AuditOrder, code: str) -> Path:
    """Beside the run, because what is in it is sealed."""
    run = order.run if order.run.name.strip(".") else order.run.resolve()
    return run.with_name(".".join(filter(None, [run.name, "audit", order.audience, code, "html"])))


def _against(run: Run, audience: str, office: Office) -> Iterator[Finding]:
    """What stands against giving the page to this audience: the same as against a circular for it."""
    if audience not in (ISSUED, PUBLIC):
        return
    seen = sighted(run.assessment, audience)
    unfinished = {each["department"] for each in seen["scorecards"] if each["total"] is None}
    faulty = {each["department"] or "" for each in seen["findings"] if each["severity"] == ERROR}
    if unfinished or faulty:
        yield finding("K515", count=len(unfinished | faulty - {""}) or "")
    if run.approval is not None and not office.openness:
        yield finding("K516", kind="unset")
    if audience == PUBLIC and office.openness == CLOSED:
        yield finding("K516", kind="closed")


def _parts(folders: Places, found: Findings) -> dict[str, str]:
    """The parts of the page; a workplace may hold its own."""
    parts = {}
    for name in PARTS:
        path = report_file(folders, f"{PARTS_FOLDER}/{name}")
        try:
            parts[name] = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            found.add("K115", Location(path.as_posix()), kind="open", most="")
    return parts
