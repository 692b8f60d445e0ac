"""Slips of the pen in the shipped editions are found, and shown where they are; the others are listed with why."""

from __future__ import annotations

import re

import pytest

from scoring.check_method import check_method
from scoring.finding import ERROR, Finding
from scoring.reading.edition import Edition, read_edition
from tests.check_method.editions import ROOT, SCHEMAS, files, shipped
from tests.check_method.mutants import Mutant, applied, mutants
from tests.check_method.survivors import AT_ITS_LINE, SURVIVORS

EDITIONS = ("2022", "2023")


def rules(name: str) -> dict[str, bytes]:
    return {path: text for path, text in files(ROOT / "rules" / name).items() if path != "examples.yaml"}


def said(changed: dict[str, bytes], superseded: Edition | None) -> list[Finding]:
    edition, found = read_edition(changed, SCHEMAS)
    if edition is None or any(each.severity == ERROR for each in found):
        return found
    return found + check_method(edition, superseded)


def excuses(mutant: Mutant) -> list[int]:
    """Which entries of the list excuse a mutant."""
    return [
        number
        for number, (slip, line, _) in enumerate(SURVIVORS)
        if slip == mutant.slip and re.search(line, mutant.was)
    ]


def check(name: str, wanted: list[Mutant]) -> set[int]:
    """Hold mutants to being found; the entries of the list that were needed."""
    base, superseded = rules(name), shipped("2022") if name == "2023" else None
    needed: set[int] = set()
    for mutant in wanted:
        found = said(applied(base, mutant), superseded)
        if not found:
            assert excuses(mutant), mutant
            needed |= set(excuses(mutant))
        elif mutant.slip in AT_ITS_LINE:
            places = [place for each in found for place in (each.location, each.other) if place is not None]
            assert any(place.file == mutant.file and place.line == mutant.line for place in places), (mutant, found)
    return needed


@pytest.mark.parametrize("name", EDITIONS)
def test_some_slips_are_found(name: str) -> None:
    every = list(mutants(rules(name)))
    assert len(every) > 400
    check(name, every[7::40])


@pytest.mark.long
def test_every_slip_is_found_or_listed() -> None:
    needed = set[int]().union(*(check(name, list(mutants(rules(name)))) for name in EDITIONS))
    assert needed == set(range(len(SURVIVORS))), [SURVIVORS[each] for each in set(range(len(SURVIVORS))) - needed]
