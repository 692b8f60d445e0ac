"""Slips of the pen in the shipped editions are found, and shown where they are; the others are listed with why."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field

import pytest

from scoring.check_method import check_method
from scoring.finding import ERROR, Finding
from scoring.reading.edition import Edition, read_edition
from tests.check_method.editions import ROOT, SCHEMAS, files, shipped
from tests.check_method.mutants import Mutant, applied, mutants
from tests.check_method.survivors import AT_ITS_LINE, SURVIVORS

pytestmark = pytest.mark.once

EDITIONS = ("2022", "2023")
AT_LINE, FOUND, LISTED, MISSED = "at line", "in rule", "listed", "missed"


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


@dataclass
class Tally:
    """What became of mutants, slip by slip, and what is wrong with that."""

    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    needed: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, wanted: list[Mutant]) -> None:
        base, superseded = rules(name), shipped("2022") if name == "2023" else None
        for mutant in wanted:
            found = said(applied(base, mutant), superseded)
            outcome = self.outcome(mutant, found)
            self.met[mutant.slip, outcome] += 1
            if outcome == MISSED or (outcome == FOUND and mutant.slip in AT_ITS_LINE):
                self.wrong.append(f"{outcome}: {name} {mutant} {[each.code for each in found]}")

    def outcome(self, mutant: Mutant, found: list[Finding]) -> str:
        if not found:
            self.needed |= set(excuses(mutant))
            return LISTED if excuses(mutant) else MISSED
        places = [place for each in found for place in (each.location, each.other) if place is not None]
        here = any(place.file == mutant.file and place.line == mutant.line for place in places)
        return AT_LINE if here else FOUND

    def table(self) -> str:
        """One line a slip: how many were found at their line, how many elsewhere in their rule, how many are listed."""
        outcomes = (AT_LINE, FOUND, LISTED, MISSED)
        rows = [("slip", *outcomes, "all")]
        for slip in (*sorted({slip for slip, _ in self.met}), ""):
            own = [(of, many) for (each, of), many in self.met.items() if slip in ("", each)]
            counts = [sum(many for each, many in own if each == of) for of in outcomes]
            rows.append((slip or "every slip", *map(str, counts), str(sum(counts))))
        return "\n".join(f"{row[0]:24}" + "".join(f"{each:>9}" for each in row[1:]) for row in rows)


@pytest.mark.parametrize("name", EDITIONS)
def test_some_slips_are_found(name: str) -> None:
    every = list(mutants(rules(name)))
    assert len(every) > 400
    tally = Tally()
    tally.add(name, every[7::40])
    assert not tally.wrong, "\n".join(tally.wrong)


@pytest.mark.long
def test_every_slip_is_found_or_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints what became of each kind of slip: at its line, in its rule, listed, missed."""
    tally = Tally()
    for name in EDITIONS:
        tally.add(name, list(mutants(rules(name))))
    with capsys.disabled():
        sys.stdout.write(f"\n{tally.table()}\n")
    assert not tally.wrong, "\n".join(tally.wrong)
    idle = set(range(len(SURVIVORS))) - tally.needed
    assert not idle, [SURVIVORS[each] for each in idle]
