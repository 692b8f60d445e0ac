"""Findings as text, rows, JSON and a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.finding import Finding, finding, in_order
from scoring.location import Location
from scoring.reading.yaml_file import read_yaml
from scoring.render.catalogue import Catalogue, load_catalogue
from scoring.render.excerpt import MOST_CELLS, excerpt
from scoring.render.findings import as_html, as_json, as_rows, as_text
from scoring.render.width import cells, padded

pytestmark = pytest.mark.once


def catalogue(root: Path, language: str = "zh") -> Catalogue:
    loaded, problems = load_catalogue(root / "reports" / "findings", language)
    assert not problems
    return loaded


def several() -> list[Finding]:
    line = "    full_mark: 12"
    heads = ("B2 绩效目标编制质量",)
    text = "name：甲\na: [优，良]\nb: 优\u200b\n\tc: 1\na: 2\n"
    _, found = read_yaml("rules/2023/method.yaml", text.encode())
    return [
        *reversed(found),
        finding(
            "K101",
            Location("b.yaml", 14, 5, 9, line, heads),
            key="full_mark",
            meant="full_marks",
            title="分值",
            allowed="",
        ),
        finding("K110", Location("c.yaml"), key="name", title="名称", description="印出的全称。"),
        finding("K122", Location("报送/甲.xlsx", 7, 5, 1, "", (), "基础数据", "E7"), found="#REF!"),
        finding(
            "K106",
            Location("e.yaml", 9, 1, 4, "rate: 2"),
            other=Location("d.yaml", 2, 1, 4, "rate: 1"),
            kind="key",
            key="rate",
        ),
        finding("K121", Location("z.csv")),
        finding("K126", Location("z.csv"), sheet="z"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_as_text(language: str, root: Path, golden: Callable[[str, str], None]) -> None:
    golden(f"findings.{language}.txt", as_text(several(), catalogue(root, language)))


def test_nothing_found(root: Path) -> None:
    assert as_text([], catalogue(root)) == "没有发现问题。\n"
    assert as_text([], catalogue(root, "en")) == "No findings.\n"


def test_order_of_finding_does_not_show(root: Path) -> None:
    found = several()
    assert as_text(found, catalogue(root)) == as_text(reversed(found), catalogue(root))
    assert as_text(found * 2, catalogue(root)) == as_text(found, catalogue(root))


def test_as_json(root: Path) -> None:
    listed = json.loads(as_json(several(), catalogue(root)))
    assert len(listed) == len(in_order(several()))
    unknown = next(each for each in listed if each["code"] == "K101")
    assert unknown["at"] == {
        "file": "b.yaml",
        "line": 14,
        "column": 5,
        "width": 9,
        "text": "    full_mark: 12",
        "headings": ["B2 绩效目标编制质量"],
    }
    assert unknown["severity"] == "error"
    assert unknown["params"]["meant"] == "full_marks"
    cell = next(each for each in listed if each["code"] == "K122")
    assert cell["at"] == {"file": "报送/甲.xlsx", "sheet": "基础数据", "cell": "E7"}
    assert next(each for each in listed if each["code"] == "K110")["at"] == {"file": "c.yaml"}


def test_as_rows(root: Path) -> None:
    head, *rows = as_rows(several(), catalogue(root))
    assert head[:5] == ("序号", "文件", "位置", "级别", "编号")
    assert all(len(row) == len(head) for row in rows)
    assert ("报送/甲.xlsx", "表“基础数据”E7", "错误", "K122") in [row[1:5] for row in rows]


def test_as_html(root: Path) -> None:
    folder = root / "reports" / "findings"
    found = [finding("K116", Location("<script>.yaml"))]
    page, problems = as_html(
        found, catalogue(root), (folder / "page.html").read_text("utf-8"), (folder / "page.css").read_text("utf-8")
    )
    assert not problems
    assert "&lt;script&gt;.yaml" in page
    assert "<script" not in page
    assert "style-src 'sha256-" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_damaged_catalogue_does_not_hide_the_finding() -> None:
    text = as_text([finding("K106", Location("a.yaml", 1, 1, 1, "x"), kind="key", key="甲")], Catalogue("zh"))
    assert "K106" in text
    assert "甲" in text


@pytest.mark.parametrize(
    ("text", "column", "width", "below"),
    [
        ("full_marks：12", 11, 1, " " * 10 + "~~"),
        ("甲乙: 3", 1, 2, "~~~~"),
        ("\ta: 1", 1, 1, "~"),
        ("a: 优\u200b", 5, 1, " " * 5 + "~" * len("<U+200B>")),
        ("a: 1", 4, 1, "   ~"),
        ("a:", 3, 1, "  ~"),
        ("a: \x1b[31m", 4, 1, "   " + "~" * len("<U+001B>")),
    ],
)
def test_the_mark_stands_below_the_place(text: str, column: int, width: int, below: str) -> None:
    line, mark = excerpt(Location("a", 3, column, width, text))
    assert line.startswith("   3│")
    assert mark == f"    │{below}"
    assert line.isprintable()


@pytest.mark.parametrize("column", [1, 50, 400, 799])
def test_long_lines_are_cut_around_the_place(column: int) -> None:
    text = "".join(f"{number:>3}," for number in range(200))
    line, mark = excerpt(Location("a", 1, column, 1, text))
    assert cells(line) <= MOST_CELLS + 8
    assert line[mark.index("~")] == text[column - 1]


def test_width() -> None:
    assert cells("甲a") == 3
    assert cells("a\x00") == 1
    assert padded("甲", 4) == "甲  "
    assert padded("甲", 4, right=True) == "  甲"
