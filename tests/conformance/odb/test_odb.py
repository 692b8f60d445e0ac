"""A method and results that nobody here wrote: the Open Data Barometer of 2013 and 2014, figure by figure.

The published files stand in ../shared/conformance/odb with a note on where they come from and under which licence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scoring.app.assess import Bundle, assess
from scoring.canonical import canonical
from scoring.engine import PLAIN
from scoring.finding import ERROR, WARNING
from scoring.meaning import meaning
from scoring.points import Rational, parse, rounded, unplain
from scoring.reading.edition import Edition, read_edition
from tests.conformance.odb.published import Published, dataset_of, forms, published
from tests.shapes.fragments import ROOT, SCHEMAS, blocks, build, snippets

RULES = Path(__file__).resolve().parent / "rules"
YEARS = [2013, 2014]
COUNTRIES = {2013: 77, 2014: 86}
MEANS = {
    "Datasets_Innovation": "创新",
    "Datasets_Social_Policy": "社会政策",
    "Datasets_Accountability": "问责",
    "Datasets_Average": "数据集平均",
}
FLOATING = 14
"""Decimals to which a figure printed with all the digits of a floating-point number can be trusted."""


def rule_files(year: int) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (RULES / str(year)).iterdir()}


@cache
def result(folder: Path, year: int, matcher: str | None = None) -> dict[str, Any]:
    """The assessment of a year, through the whole flow; 2014 knows the run of 2013."""
    rules = {str(each): rule_files(each) for each in YEARS}
    previous = canonical(result(folder, 2013, matcher)) if year == 2014 else None
    bundle = Bundle(str(year), rules, forms(published(folder, year)), {}, previous)
    assessed = assess(bundle, SCHEMAS, matcher)
    assert assessed.assessment is not None
    assert not [each for each in assessed.findings if each.severity in (ERROR, WARNING)]
    data: dict[str, Any] = json.loads(canonical(assessed.assessment.data()))
    assert data["status"]["complete"]
    return data


@pytest.fixture(scope="module")
def odb_folder(shared: Path) -> Path:
    folder = shared / "conformance" / "odb"
    if not folder.is_dir():
        pytest.skip("the published files are not here")
    return folder


@pytest.fixture(params=YEARS)
def year(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def odb(odb_folder: Path, year: int) -> Published:
    return published(odb_folder, year)


@pytest.fixture
def cards(odb_folder: Path, year: int) -> dict[str, Any]:
    return {card["department"]: card for card in result(odb_folder, year)["scorecards"]}


def standings(data: dict[str, Any]) -> dict[str, Any]:
    return {row["department"]: row for group in data["groups"] for row in group["standings"]}


def figure(text: str) -> Rational:
    found = parse(text)
    assert found is not None
    return found


def agrees(value: Rational, text: str) -> bool:
    """Whether the value is the published figure, in as many decimals as that shows."""
    places = len(text.partition(".")[2])
    if places > FLOATING:
        return abs(value - figure(text)) * 10**FLOATING < 1
    return rounded(value, places) == figure(text)


def records(cards: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for code, card in cards.items():
        for record in card["lists"]["数据集"]:
            yield code, record["key"], record


def test_odb_every_country_is_a_department(odb: Published, cards: dict[str, Any], year: int) -> None:
    assert set(cards) == set(odb.ranking) == set(odb.codes.values())
    assert len(cards) == COUNTRIES[year]
    assert odb.codes["Namibia"] == "NA"
    assert odb.codes["Norway"] == "NO"


def test_odb_dataset_totals(odb: Published, cards: dict[str, Any], year: int) -> None:
    totals = {(code, key): unplain(record["得分"]["value"]) for code, key, record in records(cards)}
    assert totals == {(row["ISO2"], dataset_of(row)): figure(row["CalculatedScore"]) for row in odb.datasets}
    assert len(totals) == {2013: 1155, 2014: 1290}[year]


def test_odb_open_datasets(odb: Published, cards: dict[str, Any]) -> None:
    found = {(code, key) for code, card in cards.items() for key in card["facts"]["开放数据集"]["working"]["counted"]}
    assert found == {(row["ISO2"], dataset_of(row)) for row in odb.datasets if row["isOpen"] == "1"}
    assert found


@pytest.mark.parametrize("column", MEANS)
def test_odb_means(odb: Published, cards: dict[str, Any], column: str) -> None:
    for code, row in odb.ranking.items():
        mean = unplain(cards[code]["published"][MEANS[column]])
        assert agrees(mean, row[column]), (code, mean, row[column])


def test_odb_scores(odb: Published, cards: dict[str, Any]) -> None:
    for code, row in odb.ranking.items():
        score = unplain(cards[code]["published"]["公布得分"])
        assert agrees(score, row["ODB-Score"]), (code, score, row["ODB-Score"])


def test_odb_scaled_scores(odb: Published, cards: dict[str, Any]) -> None:
    totals = {code: unplain(card["total"]) for code, card in cards.items()}
    assert totals == {code: figure(row["ODB-Scaled"]) for code, row in odb.ranking.items()}


def test_odb_ranks(odb: Published, odb_folder: Path, year: int) -> None:
    ranks = {code: row["rank"] for code, row in standings(result(odb_folder, year)).items()}
    assert ranks == {code: int(row["ODB-Rank"]) for code, row in odb.ranking.items()}
    assert len(ranks) == COUNTRIES[year]
    assert len(set(ranks.values())) < len(ranks)


def test_odb_rank_changes(odb_folder: Path) -> None:
    rows = published(odb_folder, 2014).ranking
    changes = {
        code: row["previous"]["rank"] - row["rank"]
        for code, row in standings(result(odb_folder, 2014)).items()
        if row["previous"] is not None
    }
    told = {code: int(row["Rank Change"]) for code, row in rows.items() if row["Rank Change"]}
    assert len(told) == 75
    assert {code: changes[code] for code in told} == told
    # Two countries were in both years, and their change was not printed.
    assert {code: rows[code]["Country"] for code in changes if code not in told} == {"AE": "UAE", "TZ": "Tanzania"}


@pytest.mark.engine
def test_odb_matchers_agree(odb_folder: Path, year: int) -> None:
    assert canonical(result(odb_folder, year)) == canonical(result(odb_folder, year, PLAIN))


def edition(year: int) -> Edition:
    found, problems = read_edition(rule_files(year), SCHEMAS)
    assert found is not None
    assert not problems
    return found


@pytest.mark.once
def test_rules_do_what_the_documentation_prints(year: int) -> None:
    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    documented, _ = build(blocks(dict(snippets(text))[f"Open Data Barometer {year}"]))
    assert documented is not None
    for part in ("facts", "root", "aside", "standing", "published", "total_rounding", "award_rounding"):
        ours, theirs = (meaning(getattr(each.method, part)) for each in (edition(year), documented))
        assert without_origin(ours) == without_origin(theirs), part


def without_origin(said: Any) -> Any:
    """A meaning without who tells it and where it is written: a fragment leaves both out."""
    if isinstance(said, dict):
        return {key: without_origin(each) for key, each in said.items() if key not in ("source", "provision")}
    return [without_origin(each) for each in said] if isinstance(said, list) else said
