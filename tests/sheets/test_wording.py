"""The wording of sheets, letters and notices keeps to what it says of itself, and to the words that offices use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, meta

from scoring.app.feedback import FeedbackOrder, feedback
from scoring.resources import shipped_places
from tests.circular.test_text import UNUSED
from tests.circular.test_wording import BESIDE, texts

pytestmark = pytest.mark.once

KINDS = ("sheet", "feedback", "correction")
ODD = re.compile(r"(?<!\d)(?:个部门|项|处)调整|，，|。。|；。|：。|、。|（）|None|\{\{|。，|，。")


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_stands_in_the_head_of_the_file(root: Path, kind: str) -> None:
    raw = (root / "reports" / f"{kind}.yaml").read_text("utf-8")
    head, _, rest = raw.partition("\nformat:")
    known = set(re.findall(r"[一-鿿]+", head))
    used = {
        name
        for text in texts(yaml.safe_load(f"format:{rest}"))
        for name in meta.find_undeclared_variables(Environment().parse(text))
    }
    assert used
    assert used - BESIDE <= known


@pytest.mark.parametrize("name", ["sheet.md.j2", "sheet.html"])
def test_every_part_of_the_layout_stands_in_its_head(root: Path, name: str) -> None:
    raw = (root / "reports" / name).read_text("utf-8")
    known = set(re.findall(r"[a-z_]+", raw.partition("#}")[0]))
    assert meta.find_undeclared_variables(Environment().parse(raw)) <= known


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_have_chinese_titles(root: Path, kind: str) -> None:
    def untitled(node: object) -> list[str]:
        found = []
        if isinstance(node, dict):
            for key, value in node.get("properties", {}).items():
                if not re.search(r"[一-鿿]", value.get("title", "")):
                    found.append(key)
            found += [key for value in node.values() for key in untitled(value)]
        return found

    schema = json.loads((root / "schemas" / f"{kind}.json").read_text("utf-8"))
    assert untitled(schema) == []
    example = yaml.safe_load((root / "reports" / f"{kind}.yaml").read_text("utf-8"))
    assert set(schema["required"]) == set(example)


def test_words_that_are_not_used(papers: dict[str, dict[str, str]]) -> None:
    for files in papers.values():
        for text in files.values():
            assert [word for word in UNUSED if word in text] == []
            assert ODD.findall(text) == []


def test_letters_and_forms(run: Path, tmp_path: Path) -> None:
    made = feedback(FeedbackOrder(run, out=tmp_path / "out"), shipped_places())
    assert [each.code for each in made.findings] == ["K510"]
    for path in made.files:
        text = path.read_text("utf-8")
        assert [word for word in UNUSED if word in text] == []
        assert ODD.findall(text) == []
