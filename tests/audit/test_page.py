"""The page that is filed with a run: same bytes always, a strict policy, the figures of the assessment alone."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring.app.filed_page import filed_page
from scoring.app.verify import verify
from scoring.render.audit_page import PARTS, SCRIPTS, lay_out
from scoring.render.folding import Fixed, Folding
from scoring.resources import reports, schemas
from tests.audit.conftest import HOSTILE
from tests.audit.reader import Page

pytestmark = pytest.mark.once


def test_the_same_run_makes_the_same_bytes(run: Path) -> None:
    files = {path.relative_to(run).as_posix(): path.read_bytes() for path in run.rglob("*") if path.is_file()}
    made = filed_page(json.loads(files["assessment.json"]), json.loads(files["places.json"]), files)
    assert made == files["audit.html"]


def test_verify_makes_it_again(run: Path) -> None:
    verified = verify(run, schemas())
    assert verified.sound
    assert "audit.html" in json.loads((run / "manifest.json").read_bytes())["files"]
    assert "audit.html" in verified.compared


def test_the_policy_allows_nothing_but_these_very_texts(page: Page) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.text)
    assert found
    policy = html.unescape(found[1])
    style, script = (re.search(f"<{tag}>(.*?)</{tag}>", page.text, re.DOTALL) for tag in ("style", "script"))
    assert style
    assert script
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(each[1].encode()).digest()).decode()}'" for each in (style, script)
    ]
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"<[^>]*\s(style|on\w+)=", page.text.split('<script type="application/json"')[0])
    assert "http:" not in page.text.replace("http-equiv", "")
    assert "https:" not in page.text


def test_scripts_never_make_markup_of_data() -> None:
    text = "".join((reports() / "audit" / name).read_text("utf-8") for name in SCRIPTS)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch("):
        assert way not in text
    assert set(PARTS) == {each.name for each in (reports() / "audit").iterdir()}


def test_every_entry_stands_there_with_its_points(page: Page, assessment: dict[str, Any]) -> None:
    for card in assessment["scorecards"]:
        told = {entry[0]: entry for entry in page.entries(card["department"])}
        assert list(told) == [entry["id"] for entry in card["entries"]] or len(told) == len(card["entries"])
        for entry in card["entries"]:
            shown = told[entry["id"]]
            assert Fraction(shown[6]) == Fraction(entry["points"])
            assert shown[7], "an entry without a sentence"
            assert shown[10][3], "an entry without a line of a rule"


def test_rows_have_the_figures_of_the_assessment(page: Page, assessment: dict[str, Any]) -> None:
    rows = {each["code"]: each for each in page.head["rows"]}
    codes = [each["code"] for each in assessment["method"]["tree"]]
    assert set(rows) == {each["code"] for each in assessment["departments"]}
    for card in assessment["scorecards"]:
        row = rows[card["department"]]
        assert row["total"] == card["printed"]
        assert row["grade"] == card["grade"]
        for code, text in zip(codes, row["points"], strict=True):
            assert (text != "") == (code in card["nodes"])
            assert not text or Fraction(text) == Fraction(card["nodes"][code]["points"])
    for group in assessment["groups"]:
        for place in group["standings"]:
            assert rows[place["department"]]["rank"] == str(place["rank"])


def test_the_way_from_self_score_to_approval_adds_up(page: Page, assessment: dict[str, Any]) -> None:
    for card in assessment["scorecards"]:
        (rows, (rest, _)), *_ = page.account(card["department"])
        total = Fraction(rest or 0)
        for _, _, scored, review, ruling, points, _, _ in rows:
            assert Fraction(scored) + Fraction(review or 0) + Fraction(ruling or 0) == Fraction(points)
            total += Fraction(points)
        assert card["total"] is None or total == Fraction(card["total"])


def test_excerpts_are_the_lines_of_the_run_s_own_copies(page: Page, run: Path) -> None:
    assert page.head["excerpts"]
    for each in page.head["excerpts"]:
        lines = (run / each["file"]).read_text("utf-8").splitlines()
        assert [line.rstrip() for line in lines[each["line"] - 1 :][: len(each["text"])]] == each["text"]


def test_hostile_names_cannot_end_a_block(hostile: Path) -> None:
    page = Page(hostile.read_bytes())
    assert len(re.findall("</?script", page.text)) == 8
    blocks = page.text.split('id="head">')[1].split("<script>")[0]
    assert not re.search("<(?!/?script)", blocks)
    names = {each["code"]: each["name"] for each in page.head["rows"]}
    assert names["B11"] == HOSTILE["B11"]
    assert names["B19"] == "反写局<!--"
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", page.whole())


def test_folding_comes_back_whole() -> None:
    folding = Folding()
    told = ["1.2#1", ["得3.67分", "-0.5", ""], Fixed("第34行"), [["2023-03-31"], []]]
    line = folding.fold(told)
    other = folding.fold(["1.9#2", ["得4.00分", "+1", ""], Fixed("第34行"), [["2024-01-01"], []]])
    assert line.split()[0] == other.split()[0]
    page = Page.__new__(Page)
    page.patterns = folding.patterns
    first, *figures = line.split(" ")
    assert page._unfolded(int(first), iter(figures)) == told


def test_a_part_that_asks_for_what_is_not_there_is_a_finding() -> None:
    parts = {name: (reports() / "audit" / name).read_text("utf-8") for name in PARTS}
    _, found = lay_out({"title": "题"}, [], {**parts, "page.html": "{{ 没有 }}"})
    assert [each.code for each in found] == ["K501"]
