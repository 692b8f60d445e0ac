"""Tables: a row a department for plain facts, a row a record for lists, in CSV and in a workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest

from scoring.reading.edition import read_edition
from scoring.reading.intake import read_intake
from scoring.submission import BUREAU
from tests.intake.folders import CLEAN, SCHEMAS, TABLE, codes, edition_files, of, read, schemas

pytestmark = pytest.mark.once

ONLY_TABLES: dict[str, str | bytes | None] = {"submissions/A1.yaml": None, "submissions/佐证/制度.txt": None}


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, float) and cell.value < 1:
                    cell.number_format = "0.00%"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_says_what_the_csv_says() -> None:
    rows = [
        ["部门编码", "部门名称", "已办数", "执行率", "制度健全"],
        ["A2", "样例二局", 3, 0.8, "否"],
        ["B1", "样例镇", 5, "100%", "否"],
    ]
    intake, found = read({"submissions/汇总.csv": None, "submissions/汇总.xlsx": workbook(基础数据=rows)})
    clean, _ = read()
    for code in ("A2", "B1"):
        for name in ("已办数", "执行率", "制度健全"):
            assert of(intake, code).facts[name].value == of(clean, code).facts[name].value
    assert codes(found) == ["K320"]


def test_a_name_with_a_space_is_found_under_its_heading() -> None:
    """Headings are broken into lines by hand, so spaces in them mean nothing; a name may have some all the same."""
    spaced = {path: text.replace("报表项", "报表 A 项") for path, text in edition_files().items()}
    made, _ = read_edition({path: text.encode() for path, text in spaced.items()}, SCHEMAS)
    assert made is not None
    files = {path: text.encode() for path, text in CLEAN.items()}
    for heading in ("报表 A 项", "报表A项", '"报表\nA 项"'):
        table = TABLE.replace("制度健全", f"制度健全,{heading}").replace("否", "否,7")
        intake, found = read_intake(files | {"submissions/汇总.csv": table.encode()}, made.method, schemas())
        assert intake is not None
        assert of(intake, "B1").facts["报表 A 项"].value == 7
        assert "K305" not in codes(found)


def test_a_sheet_called_like_a_list_holds_its_records() -> None:
    rows = [
        ["部门编码", "序号", "项目编码", "项目名称", "项目金额", "已评估", "评估日期", "佐证编号", "备注"],
        ["A1", 1, "2.10", "一", 522.5, "是", "2023-03-31", "E1、E2", "合并立项"],
        ["A1", 2, "2.1", "二", 30, "否", "未完成", None, None],
        ["A2", None, None, None, None, None, None, None, None],
    ]
    form = CLEAN["submissions/A1.yaml"]
    lists = form[form.index("lists:") : form.index("\nevidence:") + 1]
    alone = form.replace(lists, "").replace("self_scores:", "  E2: {title: 二}\nself_scores:")
    for name in ("项目", "项目清单"):
        intake, found = read({"submissions/A1.yaml": alone, "submissions/清单.xlsx": workbook(**{name: rows})})
        records = of(intake, "A1").lists["项目"]
        assert [record.key for record in records] == ["2.1", "2.10"]
        assert records[1].evidence == ("E1", "E2")
        assert records[1].data["项目金额"].layers[0].why == "合并立项"
        assert of(intake, "A2").lists["项目"] == ()
        assert "项目" not in of(intake, "B1").lists
        assert set(codes(found)) <= {"K320", "K352"}


def test_a_csv_called_like_a_list() -> None:
    table = "部门编码,项目编码,项目金额\nA2,X-9,12.5\nA2,X-8,0.5\n"
    intake, found = read({"submissions/项目.csv": table})
    assert [record.key for record in of(intake, "A2").lists["项目"]] == ["X-8", "X-9"]
    assert codes(found) == ["K320"]


def test_a_list_in_a_table_and_in_the_form_is_said_twice() -> None:
    _, found = read({"submissions/项目.csv": "部门编码,项目编码\nA1,X-9\n"})
    assert [each.department for each in found if each.code == "K322"] == ["A1"]


def test_records_in_a_table_say_who_when_and_why() -> None:
    table = "部门编码,已办数,登记人,登记日期,事由\nA2,2,某人,2024-01-02,台账第3页\n"
    intake, found = read({"records/02.csv": table})
    said = of(intake, "A2").facts["已办数"].layers[-1]
    assert (said.layer, said.value, said.by, said.on, said.why) == (BUREAU, 2, "某人", "2024-01-02", "台账第3页")
    assert "K305" not in codes(found)


def test_a_row_is_a_form_of_its_own_where_it_says_anything() -> None:
    intake, found = read(ONLY_TABLES | {"submissions/汇总.csv": TABLE + "A1,样例一局,,,\n"})
    assert not of(intake, "A1").submitted
    assert [each.department for each in found if each.code == "K303"] == ["A1"]
    intake, found = read(ONLY_TABLES | {"submissions/汇总.csv": TABLE + "A1,样例一局,1,,\n"})
    assert of(intake, "A1").submitted
    assert "K303" not in codes(found)


def test_a_row_by_name_alone() -> None:
    by_name = TABLE.replace("B1,样例镇", ",样例镇")
    intake, found = read({"submissions/汇总.csv": by_name})
    assert of(intake, "B1").facts["已办数"].value == 5
    assert codes(found) == ["K320"]


def test_reviews_are_no_tables() -> None:
    _, found = read({"reviews/评分.csv": "部门编码,质量评分\nA1,60\n"})
    assert [each.location.file for each in found if each.code == "K116" and each.location] == ["reviews/评分.csv"]


def test_a_secret_table_is_dropped_whole() -> None:
    intake, found = read({"submissions/汇总.xlsx": workbook(表=[["部门编码", "概述"], ["A2", "机密★1年"]])})
    assert "submissions/汇总.xlsx" not in intake.files
    assert "概述" not in of(intake, "A2").facts
    assert "K390" in codes(found)


def test_a_table_that_cannot_be_opened_stops_nothing() -> None:
    intake, found = read({"submissions/坏.xlsx": b"PK\x03\x04nothing"})
    assert of(intake, "A2").facts["已办数"].value == 3
    assert [each.location.file for each in found if each.code == "K120" and each.location] == ["submissions/坏.xlsx"]
