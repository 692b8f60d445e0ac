"""Whatever somebody wrote in a name, a reason or a title of evidence comes out of every format as plain text."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from scoring.app.layouts import laid_out, read_layouts
from scoring.app.sheets import Teller, labels
from scoring.app.wording import read_words
from scoring.filename import is_safe
from scoring.finding import Findings
from scoring.render.formats import Dress
from scoring.resources import shipped_places
from scoring.views import plain_text
from tests.circular.test_hostile import HOSTILE
from tests.sheets.conftest import opened
from tests.sheets.paper import page, tables, word_tables

pytestmark = pytest.mark.once
pytest.importorskip("docxtpl")

FOLDERS = shipped_places()
CODE = "B33"


class Stand:
    """A run whose assessment somebody has spoilt."""

    approval = None

    def __init__(self, path: Path, hostile: str) -> None:
        self.run = opened(path)
        self.places, self.files, self.read = self.run.places, self.run.files, self.run.read
        self.assessment = copy.deepcopy(self.run.assessment)
        spoil(self.assessment, hostile)


def spoil(assessment: dict[str, Any], hostile: str) -> None:
    for each in assessment["departments"]:
        each["name"] = each["short"] = f"{each['code']}{hostile}"
    assessment["method"]["title"] = hostile
    assessment["groups"][0]["name"] = hostile
    for node in assessment["method"]["tree"]:
        node["name"] = node["standard"] = node["data_source"] = f"{node['code']}{hostile}"
    for card in assessment["scorecards"]:
        card["evidence"] = {id_: {"title": hostile, "number": hostile} for id_ in card["evidence"]}
        for fact in card["facts"].values():
            for layer in fact.get("layers", ()):
                layer["why"] = hostile
        for entry in card["entries"]:
            for key in ("by", "why", "basis"):
                if key in entry["basis"].get("ruling", {}):
                    entry["basis"]["ruling"][key] = hostile


@pytest.mark.parametrize("hostile", HOSTILE)
def test_it_comes_out_as_text(small: Path, hostile: str) -> None:
    found = Findings()
    words, _ = read_words("sheet", FOLDERS, found)
    assert words is not None
    stand: Any = Stand(small, hostile)
    document = Teller(stand, "department", words, FOLDERS, found).sheet(CODE)
    files = laid_out(read_layouts("sheet", ("md", "html", "docx"), FOLDERS, found), {"a": document}, Dress(), found)
    assert found.found == []
    wanted = plain_text(f"{CODE}{hostile}")
    usual = Teller(stand.run, "department", words, FOLDERS, found).sheet(CODE)
    shape = [len(each.rows) for each in usual.annexes[0].tables]
    text = files["a.md"].decode()
    assert [len(each) for each in tables(text)] == shape
    assert tables(text)[0][0]["部门名称"] == wanted
    web = page(files["a.html"])
    assert [len(each) - 1 for each in web.tables] == shape
    assert web.tables[0][1][0] == wanted
    assert not web.tags & {"script", "b", "a", "img"}
    word = word_tables(files["a.docx"])
    assert [len(each) - 1 for each in word] == shape
    assert word[0][1][0] == wanted
    assert "\u202e" not in text


@pytest.mark.parametrize("hostile", [*HOSTILE, "CON", "a/b\\c", "..", " "])
def test_names_of_files_hold_everywhere(small: Path, hostile: str) -> None:
    assessment = copy.deepcopy(opened(small).assessment)
    for each in assessment["departments"]:
        each["short"] = hostile
    found = labels(assessment)
    assert len({each.casefold() for each in found.values()}) == len(found)
    for each in found.values():
        assert is_safe(f"published/feedback/{each}/{each}_复核申请表.docx")
        assert len(f"{each}_复核申请表.docx") < 60
