"""Workbooks and CSV files: what is read of them, and what is not passed over."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.finding import Finding
from scoring.reading.table import Sheet, read_table

pytestmark = pytest.mark.once

HEADINGS = "部门编码,部门名称,预算数\n"


def workbook(fill: Callable[[Any, Any], None], *, sheet: str = "基础数据") -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(book, book.add_worksheet(sheet))
    book.close()
    return stream.getvalue()


def filled(*rows: list[Any]) -> bytes:
    def fill(_: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)

    return workbook(fill)


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


def the_sheet(name: str, raw: bytes) -> Sheet:
    (sheet,), found = read_table(name, raw)
    assert not found
    return sheet


def test_a_csv_file() -> None:
    text = HEADINGS + 'A01,"甲, 乙",1200.50\n\nA02,"第一行\n第二行 ""引""",95%\nA03,,\n'
    for raw in (text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        sheet = the_sheet("报送/基础数据.csv", raw)
        assert sheet.name == "基础数据"
        assert sheet.headings == ("部门编码", "部门名称", "预算数")
        assert [row["预算数"] for row in sheet.rows] == [Fraction(2401, 2), "95%", None]
        assert sheet.texts[0] == {"部门编码": "A01", "部门名称": "甲, 乙", "预算数": "1200.50"}
        assert '"引"' in sheet.texts[1]["部门名称"]
        at = sheet.rows[0].value("预算数")
        assert (at.line, at.column, at.width, at.text) == (2, 12, 7, 'A01,"甲, 乙",1200.50')
        assert sheet.rows[2].value("部门编码").line == 6
        assert sheet.headings_at.key("部门名称").column == 6


def test_a_workbook() -> None:
    def fill(book: Any, sheet: Any) -> None:
        percent = book.add_format({"num_format": "0.00%"})
        own = book.add_format({"num_format": '0.0"%"'})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(0, 0, 0, 5, "2023年度报送表")
        sheet.write_row(1, 0, ["部门编码", "部 门\n名称", "比率", "日期", "金额", "是否"])
        sheet.write_row(2, 0, ["007", "甲"])
        sheet.write_number(2, 2, 0.955, percent)
        sheet.write_datetime(2, 3, datetime.date(2023, 3, 31), date)
        sheet.write_formula(2, 4, "=0.1+0.2", None, 0.1 + 0.2)
        sheet.write_boolean(2, 5, True)
        sheet.write_row(3, 0, [2.5, "乙"])
        sheet.write_number(3, 2, 95, own)
        sheet.write_datetime(3, 3, datetime.datetime.fromisoformat("2023-03-31 17:30"), date)
        sheet.write_number(3, 4, 1e15)
        sheet.write_number(4, 4, 1.5e-07)

    sheet = the_sheet("x.xlsx", workbook(fill))
    assert sheet.headings == ("部门编码", "部门名称", "比率", "日期", "金额", "是否")
    assert [list(row.values()) for row in sheet.rows] == [
        ["007", "甲", "95.5%", "2023-03-31", Fraction(3, 10), True],
        [Fraction(5, 2), "乙", 95, "2023-03-31 17:30", 10**15, None],
        [None, None, None, None, Fraction(15, 10**8), None],
    ]
    place = sheet.rows[0].value("金额")
    assert (place.sheet, place.cell) == ("基础数据", "E3")
    assert sheet.headings_at.key("比率").cell == "C2"


def test_text_cells_keep_their_digits() -> None:
    sheet = the_sheet("x.xlsx", filled(["编码", "数"], ["2.10", "3.50"]))
    assert sheet.texts == [{"编码": "2.10", "数": "3.50"}]
    assert sheet.rows[0]["数"] == Fraction(7, 2)


def test_gb18030_is_read_and_said() -> None:
    (sheet,), found = read_table("x.csv", (HEADINGS + "A01,区文化和旅游局,3\n").encode("gb18030"))
    assert codes(found) == ["K121"]
    assert sheet.rows[0]["部门名称"] == "区文化和旅游局"


@pytest.mark.parametrize(
    ("name", "raw", "code", "kind"),
    [
        ("a/~$x.xlsx", b"", "K395", ""),
        ("x.csv", b" \n", "K115", "empty"),
        ("x.csv", b"\xff\xfe\x00\x01" * 5, "K120", "encoding"),
        ("x.xlsx", b"not a workbook", "K120", "broken"),
        ("x.xlsx", bytes.fromhex("d0cf11e0a1b11ae1"), "K120", "old"),
        ("x.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "K120", "password"),
        ("x.csv", "部门编码，部门名称\nA01，甲\n".encode(), "K104", "comma"),
        ("x.csv", b"a,b\n" * 100_002, "K120", "large"),
        ("x.csv", "部门编码\t数\nA01\t3\nA02\t1,234\n".encode(), "K120", "tab"),
        ("x.csv", "\n基础数据表\n部门编码;数\nA01;3\n".encode(), "K120", "semicolon"),
    ],
)
def test_tables_that_cannot_be_read(name: str, raw: bytes, code: str, kind: str) -> None:
    sheets, found = read_table(name, raw)
    assert not sheets
    assert [(each.code, dict(each.params).get("kind", "")) for each in found] == [(code, kind)]


def test_headings_that_are_missing_or_double() -> None:
    (sheet,), found = read_table("x.csv", "编码,,数,数,\n甲,乙,3,4,\n".encode())
    assert codes(found) == ["K123", "K124"]
    assert sheet.headings == ("编码", "数")
    assert sheet.rows[0] == {"编码": "甲", "数": 3}
    assert found[1].location is not None
    assert found[1].other is not None
    assert (found[1].location.column, found[1].other.column) == (7, 5)


def test_a_row_longer_than_the_headings() -> None:
    _, found = read_table("x.csv", "编码,金额\nA01,1,200.00\nA02,3,,\n".encode())
    assert codes(found) == ["K125"]
    assert dict(found[0].params) == {"found": "3", "bound": "2"}


def test_no_rows() -> None:
    (sheet,), found = read_table("x.csv", HEADINGS.encode())
    assert codes(found) == ["K126"]
    assert not sheet.rows


def test_an_empty_second_sheet_is_passed_over() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, 2])
        book.add_worksheet("Sheet2")

    assert the_sheet("x.xlsx", workbook(fill)).name == "基础数据"


def test_error_cells_and_formulas_without_a_result() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["编码", "甲", "乙", "丙"])
        sheet.write_string(1, 0, "A01")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_formula(1, 3, "=1+1", None, "")

    _, found = read_table("x.xlsx", workbook(fill))
    told = {each.location.cell: dict(each.params)["found"] for each in found if each.location}
    assert told["B2"] == "#DIV/0!"
    assert "C2" not in told
    assert set(codes(found)) == {"K122"}


@pytest.mark.parametrize("value", ["<v></v>", "<v />", ""])
def test_a_formula_that_was_never_worked_out_is_no_empty_cell(value: str) -> None:
    """Programs that write workbooks leave the working out to the spreadsheet; nobody opened this one since."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["编码", "甲"])
        sheet.write_string(1, 0, "A01")
        sheet.write_formula(1, 1, "=40+2", None, 42)

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(fill))) as made, zipfile.ZipFile(stream, "w") as changed:
        for each in made.infolist():
            changed.writestr(each, made.read(each).replace(b"<v>42</v>", value.encode()))
    _, found = read_table("x.xlsx", stream.getvalue())
    assert [(each.code, each.location.cell, dict(each.params)) for each in found if each.location] == [
        ("K122", "B2", {"found": ""})
    ]


def test_merged_cells_among_the_data() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 2, "标题")
        sheet.write_row(1, 0, ["编码", "甲", "乙"])
        sheet.write_row(2, 0, ["A01", 1, 2])
        sheet.merge_range(3, 1, 4, 1, "3")

    _, found = read_table("x.xlsx", workbook(fill))
    assert [(each.code, dict(each.params)["found"]) for each in found] == [("K127", "B4:B5")]


def test_secrecy_stops_the_reading_of_the_whole_table() -> None:
    sheets, found = read_table("x.csv", f"{HEADINGS}A01,机 密★一年,x,y\n".encode())
    assert not sheets
    assert codes(found) == ["K390"]
    assert found[0].location is not None
    assert found[0].location.text == ""
    assert found[0].params == ()


def test_a_workbook_that_would_unpack_to_too_much() -> None:
    stream = io.BytesIO(filled(["a", "b"], [1, 2]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"xl/media/{number}.bin", bytes(100 * 1024 * 1024))
    assert [dict(each.params)["kind"] for each in read_table("x.xlsx", stream.getvalue())[1]] == ["broken"]


GOOD = filled(["部门编码", "数"], ["A01", 12.5], ["A02", "x"])


@settings(max_examples=60)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255), st.integers(0, 60))
def test_a_damaged_workbook_never_raises(at: int, change: int, cut: int) -> None:
    damaged = bytearray(GOOD)
    damaged[at] ^= change
    read_table("x.xlsx", bytes(damaged[: len(damaged) - cut]))


@settings(max_examples=60)
@given(
    st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    st.data(),
)
def test_a_workbook_with_damaged_parts_never_raises(part: str, data: st.DataObject) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                start = data.draw(st.integers(0, len(content)))
                content = (
                    content[:start]
                    + data.draw(st.binary(max_size=8))
                    + content[start + data.draw(st.integers(0, 40)) :]
                )
            new.writestr(name, content)
    read_table("x.xlsx", stream.getvalue())


@given(st.one_of(st.binary(max_size=120), st.text('部门",\n\r ，1%\t', max_size=60).map(str.encode)))
def test_any_csv_never_raises(raw: bytes) -> None:
    sheets, found = read_table("x.csv", raw)
    assert sheets or found
