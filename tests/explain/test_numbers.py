"""The figures of an explanation, read back by a parser that knows nothing of the scorer, give the entry's points."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from scoring.explain.explainer import Explainer
from scoring.explain.layout import as_text
from scoring.reading.yaml_file import read_yaml
from tests.explain import reader
from tests.explain.district import EDITIONS, Fragment, Memory, codes, example, text, wording
from tests.shapes.district import whole
from tests.shapes.fragments import other_files, shape_files

pytestmark = pytest.mark.once


def held_against_the_ledger(run: Memory, code: str, text: str) -> None:
    """Every entry is there, and its calculation gives its points; all of them add up to the total."""
    card = run.card(code)
    read = {each.id: each for each in reader.entries(text)}
    assert set(read) == {entry["id"] for entry in card["entries"]}
    for entry in card["entries"]:
        said = read[entry["id"]]
        points = Fraction(entry["points"])
        assert said.points == points, entry["id"]
        (calculation,) = said.labelled["计算"]
        assert reader.value_of(calculation) == points, f"{code} {entry['id']} {calculation}"
        if entry["exact"] is not None and entry["kind"] != "rounding":
            assert reader.evaluate(calculation.partition("=")[0].partition("≈")[0]) == Fraction(entry["exact"])
        for prelude in said.labelled.get("推算", ()):
            reader.value_of(prelude)
        for step in said.labelled.get("算式", ()):
            reader.value_of(step.partition("=")[2])
    added = sum(each.points for each in read.values())
    assert reader.value_of(reader.total(text)) == added
    if card["total"] is not None:
        assert abs(added - Fraction(card["total"])) < Fraction(1, 10**6)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_entry_of_every_department_can_be_recomputed_from_its_explanation(edition: str) -> None:
    run = example(edition)
    assert len(codes(edition)) > 60
    for code in codes(edition):
        held_against_the_ledger(run, code, text(edition, code))
    assert not wording().findings


@pytest.mark.parametrize("path", [*shape_files(), *other_files()], ids=lambda path: path.stem)
def test_every_shape_of_rules_can_be_recomputed_from_its_explanation(path: Path) -> None:
    document, _ = read_yaml(path.name, path.read_bytes())
    assert document is not None
    fragment = Fragment(path.read_text(encoding="utf-8"))
    for vector in document["vectors"]:
        listed = [vector["given"]] if "given" in vector else vector["district"]
        run = fragment.run([whole(document.get("base"), each) for each in listed])
        told = Explainer(run, wording())
        for card in run.assessment["scorecards"]:
            page = as_text(told.explain(card["department"]), wording())
            held_against_the_ledger(run, card["department"], page)
            assert "None" not in page
            assert "Fraction" not in page
    assert not wording().findings


def test_the_reader_reads_figures_as_officers_write_them() -> None:
    assert reader.evaluate("3÷4×8.00") == 6
    assert reader.evaluate("3.00-1.00×2") == 1
    assert reader.evaluate("(75.00+80.00)÷2") == Fraction(155, 2)
    assert reader.evaluate("-5.00-(-7.50)") == Fraction(5, 2)
    assert reader.evaluate("93.00%") == Fraction(93, 100)
    assert reader.evaluate("3÷(6/7)") == Fraction(7, 2)
    assert reader.value_of("6÷7×10.00=60/7≈8.571429") == Fraction("8.571429")
    with pytest.raises(AssertionError):
        reader.value_of("1+1=3")
    with pytest.raises(AssertionError):
        reader.value_of("2÷3≈0.67000")
