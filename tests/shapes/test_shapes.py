"""Every recurring shape of scoring rules (S1 to S46) is a fragment of an edition, pinned at its edges by vectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.location import Mapping
from scoring.reading.yaml_file import read_yaml
from tests.shapes.district import ALONE, differences, scored, whole
from tests.shapes.fragments import ROOT, SHAPES, blocks, build, other_files, said, shape_files, snippets

NUMBERS = [*range(1, 47), "20b", "30b"]
FILES = shape_files()
SNIPPETS = list(snippets((ROOT / "docs" / "language.md").read_text(encoding="utf-8")))
VECTORS = [*FILES, *other_files()]
MATCHERS = ["plain", pytest.param("durable", marks=pytest.mark.engine)]


def shape(path: Path) -> Mapping:
    document, found = read_yaml(path.name, path.read_bytes())
    assert document is not None
    assert not found, [said(each) for each in found]
    return document


def test_every_shape_has_its_file() -> None:
    wanted = {f"S{number:02}" if isinstance(number, int) else f"S{number}" for number in NUMBERS}
    assert {path.stem for path in FILES} == wanted
    for path in FILES:
        document = shape(path)
        assert document["shape"].split()[0] == path.stem
        assert document["official"]
        assert document["vectors"]


@pytest.mark.parametrize("matcher", MATCHERS)
@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_shape_gives_the_points_it_must(path: Path, matcher: str) -> None:
    edition, found = build(blocks(path.read_text(encoding="utf-8")))
    assert edition is not None
    assert not found, [said(each) for each in found]
    wrong: list[str] = []
    document = shape(path)
    for number, vector in enumerate(document["vectors"]):
        alone = "given" in vector
        listed = [vector["given"]] if alone else vector["district"]
        departments = [whole(document.get("base"), each) for each in listed]
        outcomes = scored(edition, departments, matcher)
        for department in departments:
            code = department.get("code", ALONE)
            expected = vector["expect"] if alone else department.get("expect", {})
            place = f"vector {number + 1} {code} (line {expected.mark.line if expected else 0})"
            wrong += [f"{place}: {each}" for each in differences(edition, expected, outcomes[code])]
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
@pytest.mark.parametrize(("heading", "text"), SNIPPETS, ids=[heading for heading, _ in SNIPPETS])
def test_documented_snippet_is_sound(heading: str, text: str) -> None:
    edition, found = build(blocks(text))
    assert edition is not None
    assert not found, [said(each) for each in found]


@pytest.mark.once
def test_every_shape_is_documented() -> None:
    documented = {heading.split()[0] for heading, _ in SNIPPETS}
    assert {f"S{number}" for number in NUMBERS} <= documented


@pytest.mark.once
def test_each_fact_tells_its_fiscal_year() -> None:
    edition, _ = build(blocks((SHAPES / "S46.yaml").read_text(encoding="utf-8")))
    assert edition is not None
    years = {name: fact.fiscal_year for name, fact in edition.method.facts.items()}
    assert years == {"事前评估覆盖率": 1, "评价覆盖率": -1, "目标公开率": 0, "结果公开率": -1}


BESIDE_A_RATE = """
facts:
  率: {type: 数, unit: "%", at_least: 0, better: 多, source: 财政}
  选: {type: 选项, choices: [是, 否], better: 列前, source: 财政}
  数: DERIVED
indicators:
  - {code: A1, name: 甲, full_marks: 5, SCORED}
"""
BANDS = "of: 率, bands: [{at_least: BOUND, points: 5}, {below: BOUND, points: 0}]"


@pytest.mark.once
@pytest.mark.parametrize(
    ("derived", "scored"),
    [
        ("{difference: [1, 率]}", ""),
        ("{sum: [率, 0.5]}", ""),
        ("{largest: [率, 1]}", ""),
        ("{mean: [率, 1], not_applicable: 传递}", ""),
        ("{first: [率, 1]}", ""),
        ("{limit: {of: 率, at_most: 1}}", ""),
        ("{lookup: {by: 选, values: {是: 率, 否: 1}}}", ""),
        ("{ratio: [率, 率], if_zero: 1}", ""),
        ("", BANDS.replace("BOUND", "95")),
        ("", BANDS.replace("BOUND", "0.95")),
        ("", BANDS.replace("BOUND", "{lookup: {by: 选, values: {是: 40, 否: 30}}}")),
        ("", "of: 率, steps: [{per: 5, deduct: 1, partial: 不计}], floor: 0"),
        ("", "of: 率, scale: {zero_at: 0, full_at: 1, outside: 不再增减}"),
    ],
)
def test_bare_number_beside_a_rate_is_a_finding(derived: str, scored: str) -> None:
    text = BESIDE_A_RATE.replace("DERIVED", derived or "{difference: [100%, 率]}")
    _, found = build(blocks(text.replace("SCORED", scored or BANDS.replace("BOUND", "95%"))))
    assert {each.code for each in found} == {"K214"}
