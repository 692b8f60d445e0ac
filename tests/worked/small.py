"""A small edition with its examples, as bytes; and the same with something changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scoring import resources
from scoring.app.folders import edition_files
from scoring.app.worked import Tried, try_examples
from scoring.app.worked.numbers import Number, numbers
from scoring.finding import Finding
from scoring.reading.edition import Edition, read_edition

FOLDER = Path(__file__).resolve().parent / "edition"
EXAMPLES, INDICATORS = "examples.yaml", "indicators/01-报送.yaml"


def files() -> dict[str, bytes]:
    """The small edition: every example is met, everything is reached, and no number can be changed unnoticed."""
    return edition_files(FOLDER)


def edited(path: str, old: str, new: str) -> dict[str, bytes]:
    """The small edition with one text in one file changed."""
    made = files()
    text = made[path].decode()
    assert text.count(old) == 1, old
    made[path] = text.replace(old, new).encode()
    return made


def without(name: str) -> dict[str, bytes]:
    """The small edition without the example of this name."""
    made = files()
    head, sep, rest = made[EXAMPLES].decode().partition(f"  - name: {name}\n")
    assert sep, name
    _, again, tail = rest.partition("\n  - name: ")
    made[EXAMPLES] = (head + (f"  - name: {tail}" if again else "")).encode()
    return made


def read(made: Mapping[str, bytes]) -> Edition:
    edition, found = read_edition(made, resources.schemas())
    assert edition is not None, found
    assert not found, found
    return edition


def tried(made: Mapping[str, bytes]) -> tuple[list[Finding], Tried]:
    return try_examples(read(made))


def number(made: Mapping[str, bytes], path: str, *keys: str | int) -> Number:
    """The number that stands there."""
    return next(each for each in numbers(read(made).documents) if (each.path, each.keys) == (path, keys))


def params(found: Finding) -> dict[str, str]:
    return dict(found.params)
