"""Whatever somebody wrote in a name or a reason is printed as plain text, and nothing of it is carried out."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.app.wording import Filler, read_wording
from scoring.finding import Findings
from scoring.render.markdown import escaped
from scoring.render.template import render
from scoring.resources import shipped_places
from scoring.views import Office, Passages, compose, mapped, note, plain_text, view
from tests.circular.paper import read, unescaped

pytestmark = pytest.mark.once

FOLDERS = shipped_places()
LAYOUT = (FOLDERS.reports / "circular.md.j2").read_text("utf-8")
HOSTILE = [
    "甲|乙 | --- | 丙",
    "**粗** _斜_ `码` ~~删~~ # 题 ## 题",
    "<script>alert(1)</script><b>&amp;",
    "[链接](https://example.invalid) ![图](x) www.example.invalid a@example.invalid",
    "{{ 7*7 }}{% for x in y %}{# 注 #}",
    "=HYPERLINK(1)",
    "第一行\n\n# 假标题\r\n| 假 | 表 |\u2028第三行",
    "\u202e反写\u202c\u200b零宽\ufeff\x00\x07\x1b[31m",
    "\\| \\\\ \\n",
    "喆昇堃祎翀赟㛃䶮𠮷",
    "长" * 300,
    "$x^2$ ~~~ ``` --- +++",
]


@dataclass
class Stand:
    assessment: dict[str, Any]
    approval: None = None


def text_of(assessment: dict[str, Any], passages: Passages | None = None, office: Office | None = None) -> str:
    found = Findings()
    wording, _ = read_wording(FOLDERS, found)
    assert wording is not None
    seen = view(Stand(assessment), "approval", office or Office(organ="某局"), passages)
    texts = []
    for make in (compose, note):
        document = mapped(make(seen, wording, Filler(found)), escaped)
        text, problems = render(
            "circular.md.j2", LAYOUT, **{name: getattr(document, name) for name in document.__slots__}
        )
        assert not problems
        texts.append(text)
    assert not found.found
    return "\n".join(texts)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_names_and_reasons_come_out_as_text(few_data: dict[str, Any], hostile: str) -> None:
    spoiled = copy.deepcopy(few_data)
    for number, each in enumerate(spoiled["departments"]):
        each["name"] = each["short"] = f"{number}号{hostile}"
        each["reason"] = each["reason"] and hostile
    for card in spoiled["scorecards"]:
        for entry in card["entries"]:
            for key in entry["basis"].get("ruling", {}):
                if key in ("by", "why", "basis"):
                    entry["basis"]["ruling"][key] = hostile
        for fact in card["facts"].values():
            for layer in fact.get("layers", ()):
                layer["why"] = hostile
    spoiled["method"]["title"] = hostile
    spoiled["groups"][0]["name"] = hostile
    for node in spoiled["method"]["tree"]:
        node["name"] = f"{node['code']}{hostile}"
    text = text_of(spoiled, Passages(conduct=(hostile,), problems={"5.2": (hostile,)}))
    plain = read(text)
    wanted = plain_text(hostile)
    usual = read(text_of(few_data, Passages(conduct=("补充",), problems={"5.2": ("补充",)})))
    assert len(plain.headings) == len(usual.headings)
    assert [len(rows) for rows in plain.tables.values()] == [len(rows) for rows in usual.tables.values()]
    rows = [row for rows in plain.tables.values() for row in rows]
    named = {row["部门名称"] for row in rows if "部门名称" in row}
    assert f"0号{wanted}" in named
    assert wanted in plain.paragraphs
    assert wanted in plain.text.replace("考核办法", "")
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "49" not in {row.get("部门名称") for row in rows}


MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#|~&!$^{}]")


@given(st.text())
def test_escaping_is_undone_by_reading_and_leaves_no_markup(text: str) -> None:
    line = plain_text(text)
    told = escaped(line)
    assert unescaped(told) == line
    assert not MARKUP.search(told)
    assert "\n" not in told


@given(st.text())
def test_plain_text_is_one_line_of_what_can_be_seen(text: str) -> None:
    line = plain_text(text)
    assert plain_text(line) == line
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", line)
    assert line == line.strip()


@pytest.mark.parametrize("text", ["- 甲", "+ 甲", "1. 甲", "12) 甲", "---", "- - -", "-", "1."])
def test_a_sign_that_would_begin_a_list_or_a_line_is_escaped(text: str) -> None:
    assert escaped(text) != text
    assert unescaped(escaped(text)) == text


def test_an_ordinary_name_stays_as_it_is() -> None:
    for name in (
        "区委办公室",
        "喆昇堃祎翀赟㛃䶮",
        "样本〔2023〕1号",
        "-3.00",
        "8:30",
        "2.1",
        "1.2023年度",
        "A-B（丙）",
    ):
        assert escaped(plain_text(name)) == name


def test_a_passage_from_a_file_is_not_a_template(few_data: dict[str, Any]) -> None:
    text = text_of(few_data, Passages(requirements=("{{ 考核年度 }}{% if %}",)))
    assert "{{ 考核年度 }}{% if %}" in unescaped(text)


def test_files_written_under_any_name_stay_short(papers: dict[str, str]) -> None:
    assert all(len(name) < 60 and Path(name).name == name for name in papers)
