"""The shipped editions are sound, and it takes no time to say so."""

from __future__ import annotations

import time

import pytest

from scoring.check_method import check_method, decisions_in
from tests.check_method.editions import shipped

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", ["2022", "2023"])
def test_nothing_is_found_in_the_shipped_editions(name: str) -> None:
    superseded = shipped("2022") if name == "2023" else None
    assert check_method(shipped(name), superseded) == []


@pytest.mark.parametrize("name", ["2022", "2023"])
def test_checking_takes_well_under_a_second(name: str) -> None:
    begun = time.process_time()
    check_method(shipped(name))
    assert time.process_time() - begun < 1


def test_every_decision_is_named_once() -> None:
    decisions = list(decisions_in(shipped("2023").method))
    assert len(decisions) == len(set(decisions)) == len({each.address for each in decisions})
    assert "5.2/bands" in {each.address for each in decisions}
