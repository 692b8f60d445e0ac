"""The files of wording that an officer edits keep to what they say of themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, meta

pytestmark = pytest.mark.once

BESIDE = {"段落", "组", "行", "条", "项", "段", "loop"}
"""Names that a text gives itself in a loop."""


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key != "each":
                yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def test_every_name_stands_in_the_head_of_the_file(root: Path) -> None:
    raw = (root / "reports" / "circular.yaml").read_text("utf-8")
    head = "".join(re.findall(r"(?m)^#.*\n", raw.partition("\nformat:")[0] + "\n"))
    known = set(re.findall(r"[一-鿿]+", head))
    used = {
        name
        for text in texts(yaml.safe_load(raw)["circular"])
        for name in meta.find_undeclared_variables(Environment().parse(text))
    }
    assert used - BESIDE <= known


@pytest.mark.parametrize("name", ["circular.md.j2", "circular.html"])
def test_every_part_of_the_layout_stands_in_its_head(root: Path, name: str) -> None:
    raw = (root / "reports" / name).read_text("utf-8")
    known = set(re.findall(r"[a-z_]+", raw.partition("#}")[0]))
    used = meta.find_undeclared_variables(Environment().parse(raw))
    assert used <= known


def test_schemas_of_wording_and_passages_have_chinese_titles(root: Path) -> None:
    def titled(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.get("properties", {}).items():
                if "$ref" not in value or "title" in value:
                    yield f"{key}: {value.get('title', '')}"
            for value in node.values():
                yield from titled(value)

    for name in ("circular.json", "passages.json"):
        schema = json.loads((root / "schemas" / name).read_text("utf-8"))
        assert all(re.search(r"[一-鿿]", each.partition(": ")[2]) for each in titled(schema))
