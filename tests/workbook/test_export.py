"""Tables for other programs: the same figures in every form, exact, with a dictionary, and safe to open."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.app.export import export
from scoring.archive import Run
from scoring.commands import group
from scoring.render.csv_file import csv_file
from scoring.resources import shipped_places

pytestmark = pytest.mark.once

TABLES = ("考核结果", "指标得分", "计分明细", "数据及来源", "结果说明", "数据字典")


@pytest.fixture(scope="module")
def files(run: Run) -> dict[str, bytes]:
    return export(("csv", "sqlite"), shipped_places())(run)


def rows(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_entries_add_up_to_the_totals(files: dict[str, bytes], run: Run) -> None:
    entries = rows(files["2023年度计分明细.csv"])
    for result in rows(files["2023年度考核结果.csv"]):
        own = [Fraction(each["points"]) for each in entries if each["dept_code"] == result["dept_code"]]
        if result["total"]:
            assert sum(own) == Fraction(result["total"])


def test_results_are_the_assessment_s(files: dict[str, bytes], run: Run) -> None:
    told = {each["dept_code"]: each for each in rows(files["2023年度考核结果.csv"])}
    assert len(told) == len(run.assessment["departments"])
    for each in run.assessment["groups"]:
        for row in each["standings"]:
            own = told[row["department"]]
            assert (own["total"], own["grade"], own["rank"]) == (row["total"], row["grade"], str(row["rank"]))
        for row in each["unranked"]:
            assert told[row["department"]]["rank"] == ""
            assert told[row["department"]]["unranked_reason"]


def test_indicators_have_the_columns_of_budget_platforms_with_six_decimals(files: dict[str, bytes], run: Run) -> None:
    told = rows(files["2023年度指标得分.csv"])
    nodes = {each["department"]: each["nodes"] for each in run.assessment["scorecards"]}
    assert len(told) == sum(len(each) for each in nodes.values())
    for row in told:
        assert Fraction(row["eval_score"]) == Fraction(nodes[row["dept_code"]][row["ind_code"]]["points"])
        assert len(row["eval_score"].partition(".")[2]) == 6
    lost = [each for each in told if each["is_leaf"] == "1" and each["ind_weight"] and each["state"] == "已评定"]
    short = [each for each in lost if Fraction(each["eval_score"]) < Fraction(each["ind_weight"])]
    assert short
    assert all(each["exist_problems"] for each in short)


def test_every_layer_is_a_row_and_one_of_them_counts(files: dict[str, bytes], run: Run) -> None:
    told: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows(files["2023年度数据及来源.csv"]):
        told.setdefault((row["dept_code"], row["list_name"], row["record_key"], row["fact"]), []).append(row)
    for card in run.assessment["scorecards"]:
        for name, datum in card["facts"].items():
            own = told[card["department"], "", "", name]
            assert len(own) == max(1, len(datum.get("layers", ())))
            assert [each["value"] for each in own if each["counts"] == "1"] == [datum["value"]]


def test_the_dictionary_explains_every_column(files: dict[str, bytes]) -> None:
    words = rows(files["2023年度数据字典.csv"])
    for title in TABLES[:-1]:
        codes = [each["field_code"] for each in words if each["frame_title"] == title]
        assert codes == list(rows(files[f"2023年度{title}.csv"])[0])
    assert all(each["field_title"] for each in words)


def test_the_database_holds_the_same(files: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    path.write_bytes(files["2023年度数据交换.sqlite"])
    base = sqlite3.connect(path)
    query = "SELECT dept_code, ROUND(SUM(points), 6) FROM entry GROUP BY dept_code"
    sums = dict(base.execute(query).fetchall())
    for code, total in base.execute("SELECT dept_code, total FROM result WHERE total IS NOT NULL").fetchall():
        assert abs(sums[code] - total) < 1e-9
    assert base.execute("SELECT COUNT(*) FROM entry").fetchone()[0] == len(rows(files["2023年度计分明细.csv"]))
    base.close()


def test_parquet_keeps_decimals(run: Run, files: dict[str, bytes]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    made = export(("parquet",), shipped_places())(run)
    told = parquet.read_table(io.BytesIO(made["2023年度计分明细.parquet"])).to_pylist()
    wanted = rows(files["2023年度计分明细.csv"])
    assert [Fraction(each["points"]) for each in told] == [Fraction(each["points"]) for each in wanted]
    assert [each["entry_id"] for each in told] == [each["entry_id"] for each in wanted]


def test_where_it_came_from_names_every_file_by_its_digest(run: Run) -> None:
    model = pytest.importorskip("prov.model")
    made = export(("prov",), shipped_places())(run)["2023年度来源.prov.json"].decode()
    told = json.loads(made)
    digests = {name: each["kaohe:sha256"] for name, each in told["entity"].items() if "kaohe:sha256" in each}
    assert digests == {f"run:{path}": digest for path, digest in run.manifest.files.items()}
    assert len(model.ProvDocument.deserialize(content=made).get_records()) > len(digests)


def test_the_same_bytes_twice(run: Run, files: dict[str, bytes]) -> None:
    assert export(("csv", "sqlite"), shipped_places())(run) == files


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_text_in_a_csv_file_never_starts_a_formula(text: str) -> None:
    made = csv_file(["name", "points"], [[text, "-1.5"]], [0]).decode("utf-8-sig")
    [row] = csv.reader(io.StringIO(made.partition("\r\n")[2], newline=""))
    assert row == [f"'{text}", "-1.5"]


def test_the_command(years: Path, tmp_path: Path) -> None:
    wanted = ["export", str(years / "2023"), "--format", "csv,xlsx", "--out", str(tmp_path)]
    found = CliRunner().invoke(group, wanted)
    assert found.exit_code == 0, found.output
    assert sorted(each.suffix for each in tmp_path.iterdir()) == [".csv"] * 6 + [".xlsx"]
    unknown = CliRunner().invoke(group, ["export", str(years / "2023"), "--format", "doc"])
    assert unknown.exit_code == 2
