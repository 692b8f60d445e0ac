"""What stands where, and what the next step is: for somebody who has just typed `kaohe`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scoring.archive import open_run
from scoring.reading.yaml_file import read_yaml
from scoring.resources import editions_in


@dataclass(frozen=True, slots=True)
class EditionAtHand:
    """An edition as its method.yaml introduces it."""

    edition: str
    name: str
    status: str
    first_group: str


@dataclass(frozen=True, slots=True)
class RunAtHand:
    """A run folder below the present one."""

    path: str
    edition: str
    complete: bool
    approved: bool


def editions(rules: Path) -> list[EditionAtHand]:
    """The editions in a rules folder, oldest first."""
    found = []
    for folder in (rules / name for name in editions_in(rules)):
        document, _ = read_yaml("method.yaml", (folder / "method.yaml").read_bytes())
        if document is not None:
            groups = document.get("groups") or [{}]
            found.append(
                EditionAtHand(
                    folder.name,
                    str(document.get("name", "")),
                    str(document.get("status", "")),
                    str(groups[0].get("code", "")),
                )
            )
    return found


def inputs(here: Path) -> list[tuple[str, str]]:
    """Input folders below the present one, where a roster stands, with the edition it is for."""
    found = []
    for path in sorted(_near(here, "roster.yaml")):
        document, _ = read_yaml("roster.yaml", path.read_bytes())
        if document is not None:
            found.append((path.parent.relative_to(here).as_posix(), str(document.get("edition", ""))))
    return found


def runs(here: Path) -> list[RunAtHand]:
    """Run folders below the present one."""
    found = []
    for path in sorted(_near(here, "manifest.json")):
        run, _ = open_run(path.parent)
        if run is not None:
            status = run.assessment["status"]
            name = path.parent.relative_to(here).as_posix()
            found.append(RunAtHand(name, run.manifest.provenance.edition, status["complete"], bool(run.approval)))
    return found


def _near(here: Path, name: str) -> list[Path]:
    """Files of that name one or two folders down; hidden folders are none of ours."""
    found = [*here.glob(f"*/{name}"), *here.glob(f"*/*/{name}")]
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(here).parts)]
