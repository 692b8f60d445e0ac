"""Editions to check: the sound one of tests/findings with a few texts changed, and the shipped ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scoring.check_method import check_method
from scoring.finding import ERROR, Finding
from scoring.reading.edition import Edition, read_edition

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
FACTS, METHOD, FIRST, SECOND, ADJUSTMENTS, CALENDAR = (
    "facts.yaml",
    "method.yaml",
    "indicators/01.yaml",
    "indicators/02.yaml",
    "adjustments.yaml",
    "calendar.yaml",
)
Change = tuple[str, str, str]
"""A file, a text that stands in it once, and what takes its place."""


@cache
def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edition(*changes: Change) -> Edition:
    """The sound edition, changed; it must still be read without errors."""
    changed = {path: text.decode() for path, text in files(ROOT / "tests" / "findings" / "edition").items()}
    for path, old, new in changes:
        assert changed[path].count(old) == 1, (path, old)
        changed[path] = changed[path].replace(old, new)
    found, problems = read_edition({path: text.encode() for path, text in changed.items()}, SCHEMAS)
    assert found is not None, problems
    assert not [each for each in problems if each.severity == ERROR], problems
    return found


def found(*changes: Change) -> list[Finding]:
    return check_method(edition(*changes))


def codes(*changes: Change) -> list[str]:
    return [each.code for each in found(*changes)]


def only(code: str, *changes: Change) -> dict[str, str]:
    """The parameters of the one finding that there is."""
    (said,) = found(*changes)
    assert said.code == code, said
    return dict(said.params)


@cache
def shipped(name: str) -> Edition:
    made, problems = read_edition(files(ROOT / "rules" / name), SCHEMAS, f"rules/{name}/")
    assert made is not None, problems
    return made
