"""File names that hold on Linux and Windows alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.filename import clashes, is_safe, safe_name

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "path",
    [
        "assessment.json",
        "rules/2023/indicators/01-绩效目标.yaml",
        "inputs/submissions/区文旅局 （终稿）.xlsx",
        "a.b.c",
        ".hidden",
        "console.txt",
        "名" * 80,
    ],
)
def test_ordinary_paths_are_safe(path: str) -> None:
    assert is_safe(path)
    assert all(safe_name(name) == name for name in path.split("/"))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "a//b",
        "a/",
        ".",
        "..",
        "a/../b",
        "C:/x",
        "a\\b",
        "a:stream",
        "con",
        "CON.yaml",
        "inputs/Aux .txt",
        "lpt1.csv",
        "COM¹.txt",
        "x.",
        "x ",
        "x?.md",
        "x\n.md",
        "x\u202efdp.exe",
        "\u200b.md",
        "e\u0301.md",
        "\udcff.md",
        "x" * 101,
        "名" * 81,
        "/".join(["abcdefghi"] * 19),
    ],
)
def test_paths_that_fail_somewhere_are_not(path: str) -> None:
    assert not is_safe(path)


@given(st.text())
def test_every_text_becomes_a_safe_name(text: str) -> None:
    name = safe_name(text)
    assert is_safe(name)
    assert safe_name(name) == name


@given(st.text(st.sampled_from("a名. <:\u0301\u0338\u200b\U0001f600conCON1"), max_size=300))
def test_every_awkward_text_becomes_a_safe_name(text: str) -> None:
    name = safe_name(text)
    assert is_safe(name)
    assert safe_name(name) == name
    assert unicodedata.is_normalized("NFC", name)


def test_a_name_stays_recognisable() -> None:
    assert safe_name("012_区发展改革委/区粮食和储备局_得分单.docx") == "012_区发展改革委_区粮食和储备局_得分单.docx"
    assert safe_name("con.yaml") == "con_.yaml"
    assert safe_name("长" * 200 + ".docx").endswith("长.docx")
    assert safe_name("..") == "_"


def test_names_that_fall_together_are_told() -> None:
    assert clashes(["a/x.yaml", "a/y.yaml", "b"]) == []
    assert clashes(["inputs/A.yaml", "inputs/a.yaml"]) == ["inputs/a.yaml"]
    assert clashes(["A/x", "a/y"]) == ["a/y"]
    assert clashes(["a", "a/x"]) == ["a"]
