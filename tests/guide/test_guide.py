"""The guide in docs/guide is what its sources make of it, and what its pages tell to do can be done."""

from __future__ import annotations

import pytest

from tests.guide.pages import GUIDE, guide

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return guide()


def test_every_page_is_as_it_would_be_made_today(made: dict[str, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        for name, text in made.items():
            (GUIDE / name).write_bytes(text.encode())
    stale = [name for name, text in made.items() if not _is(name, text)]
    assert not stale, f"{stale}: `pytest tests/guide --update-golden` writes them anew"


def test_no_page_is_left_of_a_shape_that_is_gone(made: dict[str, str]) -> None:
    assert {path.name for path in GUIDE.glob("*.md")} == {*made, "新办法.md"}


def _is(name: str, text: str) -> bool:
    path = GUIDE / name
    return path.is_file() and path.read_bytes().decode() == text
