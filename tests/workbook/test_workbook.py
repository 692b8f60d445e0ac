"""The workbook: what it stores is what a spreadsheet program calculates, and text stays text."""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from scoring.archive import Run
from scoring.commands import group
from scoring.render.xlsx.book import book_file
from scoring.render.xlsx.cells import column_name
from scoring.workbook.book import leaves
from tests.workbook.conftest import Recalculated

pytestmark = pytest.mark.once

RANKED, LEDGER = "得分和名次", "计分明细"


def made(assessment: dict[str, Any]) -> bytes:
    return book_file(leaves(assessment, "", (), "0" * 64), "核对", "局", "")


def ranked_only(assessment: dict[str, Any]) -> bytes:
    kept = [each for each in leaves(assessment, "", (), "") if each.name in (RANKED, LEDGER)]
    return book_file(kept, "核对", "局", "")


def stored(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw), data_only=True)


def formulas(raw: bytes) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def table(book: Any, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    head = next(place for place, row in enumerate(rows) if "部门编码" in row)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def variants(assessment: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Some departments, ranked in the other ways that a method may want: over all, from below, with other ties."""
    found = {}
    for name, ties, highest, within in (
        ("dense", "并列不占位", True, True),
        ("average", "平均名次", True, False),
        ("from_below", "并列占位", False, False),
    ):
        changed = few(assessment)
        changed["method"]["ranking"] |= {"ties": ties, "highest_first": highest, "within_group": within}
        changed["method"]["ranking"]["tie_breaks"] = changed["method"]["ranking"]["tie_breaks"][:1]
        for card in changed["scorecards"]:  # many ties, and some whom a tie-break does not concern
            card["nodes"]["3.2"]["points"] = str(round(float(card["nodes"]["3.2"]["points"])) // 4 * 4)
        rerank(changed)
        found[name] = changed
    return found


def few(assessment: dict[str, Any]) -> dict[str, Any]:
    """The first departments of each group, enough for ties."""
    changed = copy.deepcopy(assessment)
    for each in changed["groups"]:
        each["standings"] = sorted(each["standings"], key=lambda row: str(row["department"]))[:12]
        each["unranked"] = each["unranked"][:2]
    kept = {row["department"] for each in changed["groups"] for key in ("standings", "unranked") for row in each[key]}
    changed["scorecards"] = [each for each in changed["scorecards"] if each["department"] in kept]
    return changed


def rerank(assessment: dict[str, Any]) -> None:
    """Places found in another way than the program finds them: by counting, one department at a time."""
    ranking = assessment["method"]["ranking"]
    cards = {each["department"]: each for each in assessment["scorecards"]}
    rows = [(each["code"], row) for each in assessment["groups"] for row in each["standings"]]

    def key(code: str) -> tuple[Fraction, ...]:
        card = cards[code]
        node = card["nodes"].get("3.2")
        rate = Fraction(-(10**30))
        if node is not None and not node["left"] and node["available"] != "0":
            rate = Fraction(node["points"]) / Fraction(node["available"])
        total = Fraction(card["total"])
        return (total, rate) if ranking["highest_first"] else (-total, rate)

    for group_, row in rows:
        among = [key(each["department"]) for code, each in rows if code == group_ or not ranking["within_group"]]
        mine = key(row["department"])
        ahead = [each for each in among if each > mine]
        place = Fraction(len(ahead) + 1)
        if ranking["ties"] == "并列不占位":
            place = Fraction(len(set(ahead)) + 1)
        if ranking["ties"] == "平均名次":
            place = len(ahead) + Fraction(among.count(mine) + 1, 2)
        row["rank"] = int(place) if place.denominator == 1 else str(place)


def test_what_is_stored_is_what_is_calculated(run: Run, recalculated: Recalculated) -> None:
    books = {"as_is": ranked_only(run.assessment)}
    books |= {name: ranked_only(each) for name, each in variants(run.assessment).items()}
    calculated = recalculated(books)
    for name, raw in books.items():
        own, count = stored(raw), 0
        for sheet, cell in formulas(raw):
            kept, now = own[sheet][cell].value, calculated[name][sheet][cell].value
            count += 1
            if isinstance(kept, str):
                assert kept == (now or ""), (name, sheet, cell)
            else:
                assert abs(kept - now) < 1e-9, (name, sheet, cell, kept, now)
        assert count > (800 if name == "as_is" else 200)


def test_totals_ranks_and_grades_are_the_result_s(run: Run) -> None:
    rows = {each["部门编码"]: each for each in table(stored(ranked_only(run.assessment)), RANKED)}
    standings = {each["department"]: each for group in run.assessment["groups"] for each in group["standings"]}
    assert set(rows) == {each["department"] for each in run.assessment["scorecards"]}
    for card in run.assessment["scorecards"]:
        row = rows[card["department"]]
        assert Fraction(str(row["总分"])) == Fraction(card["total"])
        assert row["等次"] == card["grade"]
        place = standings.get(card["department"])
        assert row["名次"] == (place["rank"] if place else None)
        assert row["参加排名"] == ("是" if place else "否")
        assert bool(row["调整为"]) == (card["grade"] != card["grade_steps"][0]["grade"])


def test_every_entry_and_every_datum_with_its_layers_is_there(run: Run) -> None:
    assessment = few(run.assessment)
    book = stored(made(assessment))
    entries = table(book, LEDGER)
    wanted = sorted((card["department"], each["id"]) for card in assessment["scorecards"] for each in card["entries"])
    assert sorted((each["部门编码"], each["明细编号"]) for each in entries) == wanted
    data = {(each["部门编码"], each["清单"], each["记录"], each["数据项"]): each for each in table(book, "数据及来源")}
    for card in assessment["scorecards"]:
        for name, datum in card["facts"].items():
            row = data[card["department"], None, None, name]
            layers = [layer["layer"].replace("申诉改判", "复核申请") for layer in datum.get("layers", ())]
            assert all(row[layer] is not None for layer in layers)


def test_text_never_becomes_a_formula(run: Run) -> None:
    hostile = ["=1+1", "+A1", "-2+3", "@SUM(A1)", "{=1}", "http://x.test", '=HYPERLINK("x")', "'x", "a\nb", "甲" * 300]
    changed = copy.deepcopy(run.assessment)
    for department, name in zip(changed["departments"], hostile, strict=False):
        department["name"] = name
    raw = made(few(changed))
    book = openpyxl.load_workbook(io.BytesIO(raw))
    seen = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert set(hostile) - {"a\nb"} <= seen
    assert not any(sheet._hyperlinks for sheet in book)
    told = {coordinate for _, coordinate in formulas(raw)}
    assert len(told) > 0
    for sheet, coordinate in formulas(raw):
        text = book[sheet][coordinate].value
        assert text.startswith(("=ROUND(", "=1+SUMPRODUCT(", "=IF("))


def test_the_same_bytes_twice(run: Run) -> None:
    assert ranked_only(run.assessment) == ranked_only(copy.deepcopy(run.assessment))


def test_it_opens_cleanly_elsewhere(run: Run, tmp_path: Path) -> None:
    program = shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("openxml-audit is not installed")
    path = tmp_path / "book.xlsx"
    path.write_bytes(made(few(run.assessment)))
    done = subprocess.run([program, str(path)], capture_output=True, text=True)
    assert "no findings" in done.stdout, done.stdout


def test_the_command_writes_beside_the_run_and_keeps_what_was_changed(years: Path, tmp_path: Path) -> None:
    shutil.copytree(years / "2023", tmp_path / "2023")
    found = CliRunner().invoke(group, ["workbook", str(tmp_path / "2023")])
    assert found.exit_code == 0, found.output
    path = next(each for each in tmp_path.glob("*.xlsx") if "核对" in each.name)
    assert "送审稿" in path.name
    path.write_bytes(b"changed")
    again = CliRunner().invoke(group, ["workbook", str(tmp_path / "2023")])
    assert again.exit_code != 0
    assert path.read_bytes() == b"changed"
    forced = CliRunner().invoke(group, ["workbook", str(tmp_path / "2023"), "--force"])
    assert forced.exit_code == 0
    assert path.read_bytes() != b"changed"


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_names_of_columns(place: int, name: str) -> None:
    assert column_name(place) == name
