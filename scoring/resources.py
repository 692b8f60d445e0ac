"""Where the data folders are: rules/, schemas/, reports/ and examples/, shipped or the user's own.

Nobody edits site-packages, so a workplace (made by `kaohe init`) or an option may stand before what is shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The data folders that one command reads."""

    rules: Path
    schemas: Path
    reports: Path
    examples: Path

    @classmethod
    def find(cls, rules: Path | None = None, reports: Path | None = None, workplace: Path | None = None) -> Places:
        """The folders by precedence: what an option names, then the workplace's own, then the shipped ones."""
        shipped = shipped_places()
        if workplace is not None:
            if rules is None and has_editions(workplace / "rules"):
                rules = workplace / "rules"
            if reports is None and (workplace / "reports").is_dir():
                reports = workplace / "reports"
        return cls(rules or shipped.rules, shipped.schemas, reports or shipped.reports, shipped.examples)


def shipped_places(package: Path | None = None) -> Places:
    """The folders that came with the program: those beside the `scoring` package it runs from, else `_data` in it.

    The checkout comes first because an editable install may leave a stale `_data`. In site-packages a folder
    `rules` beside `scoring` belongs to somebody else, so the catalogue of findings has to be there as well.
    """
    package = package or Path(__file__).resolve().parent
    beside = package.parent
    is_checkout = (beside / "reports" / "findings" / "zh.yaml").is_file() and (beside / "schemas").is_dir()
    base = beside if is_checkout else package / "_data"
    return Places(base / "rules", base / "schemas", base / "reports", base / "examples")


def rules() -> Path:
    """The shipped editions."""
    return shipped_places().rules


def schemas() -> Path:
    """The JSON Schemas; always the shipped ones, because the program relies on what they promise."""
    return shipped_places().schemas


def reports() -> Path:
    """The shipped templates and wording."""
    return shipped_places().reports


def examples() -> Path:
    """The example district that `kaohe demo` runs."""
    return shipped_places().examples


def has_editions(folder: Path) -> bool:
    """Whether at least one edition of a method stands in the folder."""
    return bool(editions_in(folder))


def editions_in(folder: Path) -> list[str]:
    """The names of the editions in a rules folder, sorted; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(each.name for each in folder.iterdir() if (each / "method.yaml").is_file())


def is_workplace(folder: Path) -> bool:
    """Whether the folder is an office's workplace: it holds office.yaml, or rules/ with an edition in it.

    The mere name `rules` is not enough: other programs keep a folder of that name as well.
    """
    return (folder / "office.yaml").is_file() or has_editions(folder / "rules")
