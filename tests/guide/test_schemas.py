"""What an editor program shows: each rule file names its schema, and each key of a schema its Chinese title."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.reading.edition import kind_of
from scoring.resources import rules, schemas

pytestmark = pytest.mark.once

RULES = sorted(path for path in rules().rglob("*.y*ml"))
SCHEMAS = sorted(schemas().glob("*.json"))
LEAD = "# yaml-language-server: $schema="


def document(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def properties(path: Path) -> Iterator[tuple[str, Any]]:
    """Every key that the schema declares, by its place, with what it says of it; an `if` only asks."""

    def below(said: Any, where: str) -> Iterator[tuple[str, Any]]:
        if isinstance(said, dict):
            keys = said.get("properties")
            if isinstance(keys, dict):
                yield from ((f"{where}/{name}", inner) for name, inner in keys.items())
            for key, inner in said.items():
                if key not in ("if", "not"):
                    yield from below(inner, f"{where}/{key}")
        elif isinstance(said, list):
            for number, inner in enumerate(said):
                yield from below(inner, f"{where}/{number}")

    yield from below(document(path), path.name)


def title(said: Any, home: Path) -> str:
    """The title of a key: its own, or that of what it refers to."""
    while isinstance(said, dict) and "title" not in said and "$ref" in said:
        name, _, place = said["$ref"].partition("#")
        home = home.parent / name if name else home
        said = document(home)
        for step in place.strip("/").split("/") if place.strip("/") else ():
            said = said[step]
    return str(said.get("title", "")) if isinstance(said, dict) else ""


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.relative_to(rules()).as_posix())
def test_a_rule_file_begins_with_its_schema(path: Path) -> None:
    edition = next(each for each in path.parents if (each / "method.yaml").is_file())
    kind = kind_of(path.relative_to(edition).as_posix())
    schema = Path(os.path.relpath(schemas() / f"{kind}.json", path.parent)).as_posix()
    assert path.read_text(encoding="utf-8").partition("\n")[0] == LEAD + schema
    assert (path.parent / schema).is_file()


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_key_has_a_chinese_title(path: Path) -> None:
    untitled = [where for where, said in properties(path) if said is not False and not _chinese(title(said, path))]
    assert not untitled


def _chinese(text: str) -> bool:
    return any("一" <= each <= "鿿" for each in text)
