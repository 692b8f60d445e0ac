"""The published files of the Open Data Barometer as an input folder: cells are copied, nothing is computed.

One country is one department, coded by the two letters that the data set files give it. The ranking files are joined
by the country's name, because there the code of Namibia is NA in one year and blank in the other; and a country keeps
its code when the second year writes its name another way.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

ITEMS = {
    "aExists": "存在",
    "bAvailable": "可得",
    "cMachineReadable": "机读",
    "dBulk": "批量",
    "eFree": "免费",
    "fLicense": "许可",
    "gUpdated": "更新",
    "hSustainable": "持续",
    "iDiscoverable": "可查",
    "jLinked": "链接",
}
"""The checklist items, column by column."""

ANSWERS = {"0": "否", "5": "是", "10": "是", "15": "是", "-5": "过期"}
"""What the points in a cell say was answered."""

INDEXES = {"Readiness": "准备度", "Implementation": "实施", "Impact": "影响"}
Row = Mapping[str, str]


class Published(NamedTuple):
    """One year as published: the data sets in file order, and the ranking by country code."""

    year: int
    codes: Mapping[str, str]
    datasets: tuple[Row, ...]
    ranking: Mapping[str, Row]


@cache
def published(folder: Path, year: int) -> Published:
    """The two files of a year."""
    datasets = _rows(folder / f"ODB-{year}-Datasets-Scored.csv")
    codes = {row["Country"]: row["ISO2"] for row in datasets}
    ranking = {codes[row["Country"]]: row for row in _rows(folder / f"ODB-{year}-Rankings.csv")}
    return Published(year, codes, datasets, ranking)


def _rows(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def dataset_of(row: Row) -> str:
    """ "D4" of the data set "D4 - Census"."""
    return row["Dataset"].split(" ")[0]


def forms(odb: Published) -> dict[str, bytes]:
    """The input folder: the roster, a form of each country with its data sets, the three sub-indexes as recorded."""
    head = f'format: 1\nedition: "{odb.year}"\n'
    answers: dict[str, list[str]] = {code: [] for code in odb.codes.values()}
    for row in odb.datasets:
        cells = [f"编号: {dataset_of(row)}", *(f"{name}: {ANSWERS[row[item]]}" for item, name in ITEMS.items())]
        answers[row["ISO2"]].append(f"    - {{{', '.join(cells)}}}\n")
    found = {
        f"submissions/{code}.yaml": f"{head}department: {code}\nlists:\n  数据集:\n{''.join(rows)}"
        for code, rows in answers.items()
    }
    roster = [
        f'  - {{code: {code}, name: "{country}", group: 国家, order: {order}}}\n'
        for order, (country, code) in enumerate(odb.codes.items(), 1)
    ]
    found["roster.yaml"] = f"{head}district: 参评国家和地区\ndepartments:\n{''.join(roster)}"
    records = []
    for code, row in odb.ranking.items():
        cells = [f"{name}: {row[column]}" for column, name in INDEXES.items()]
        records.append(f"  {code}: {{facts: {{{', '.join(cells)}}}}}\n")
    said = f"by: World Wide Web Foundation\non: {odb.year}-12-31\nwhy: 公布的数据文件\n"
    found["records/指数.yaml"] = f"{head}{said}departments:\n{''.join(records)}"
    return {path: text.encode() for path, text in found.items()}
