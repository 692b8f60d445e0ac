"""A result is written piece by piece, out of what was told before: the bytes are those of the whole."""

from __future__ import annotations

import gc
import random
from itertools import product

import pytest

from scoring import resources
from scoring.app.assess import judged
from scoring.app.folders import edition_files
from scoring.canonical import canonical, pieces
from scoring.check_method import decisions_in
from scoring.condition import MISSING, NOT_APPLICABLE
from scoring.engine import open_matcher
from scoring.points import ratio
from scoring.rank import Contender, need
from scoring.reading.edition import read_edition
from scoring.scope import Horizon
from scoring.submission import Intake
from tests.flow import district
from tests.flow.test_matchers_agree import departments


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_the_pieces_are_the_canonical_form_of_the_whole(year: str) -> None:
    found = district.assessed(district.bundle(year)).assessment
    assert found is not None
    assert b"".join(found.told()) == canonical(found.data())


def test_an_iterator_stands_for_the_list_of_what_it_gives() -> None:
    for elements in ([], ["1"], ['"a"', "null"]):
        whole = canonical({"b": 1, "a": "x"})[:-2] + b',"c":[' + ",".join(elements).encode() + b"]}\n"
        assert b"".join(pieces({"c": iter(elements), "b": 1, "a": "x"})) == whole
    assert b"".join(pieces({})) == canonical({})


@pytest.mark.once
def test_settling_leaves_no_circular_garbage_behind() -> None:
    """Python's collector rests meanwhile: what only it could free would pile up."""
    edition, _ = read_edition(edition_files(resources.rules() / "2023"), resources.schemas())
    assert edition is not None
    method, decisions = edition.method, list(decisions_in(edition.method))
    horizon = Horizon(open_matcher("plain", decisions).match, edition.calendar)

    def garbage(number: int) -> int:
        intake = Intake("2023", "", "", tuple(departments(method, decisions, number)))
        gc.collect()
        kept = judged(method, intake, horizon)
        assert gc.isenabled()
        left = gc.collect()
        assert len(kept[1]) == number
        return left

    garbage(1)
    assert garbage(60) <= garbage(2)


def test_each_is_told_apart_by_as_many_tie_breaks_as_it_takes_against_any_other() -> None:
    values = (1, 2, ratio(1, 2), MISSING, NOT_APPLICABLE)
    every = list(product(values, repeat=3))
    source = random.Random(1)
    for size in (1, 2, 3, 7, 40):
        chosen = [source.choice(every) for _ in range(size)]
        rivals = [contender(breaks) for breaks in chosen]
        if size > 1:
            need(rivals)
        assert [each.used for each in rivals] == [
            max((needed(one, other) for place, other in enumerate(chosen) if place != own), default=0)
            for own, one in enumerate(chosen)
        ]


def contender(breaks: tuple[object, ...]) -> Contender:
    return Contender(None, None, breaks, (), {}, False, ())  # type: ignore[arg-type]


def needed(one: tuple[object, ...], other: tuple[object, ...]) -> int:
    """How many tie-breaks it takes to tell two apart; all where they stay equal."""
    return next(
        (index + 1 for index, (left, right) in enumerate(zip(one, other, strict=True)) if left != right), len(one)
    )
