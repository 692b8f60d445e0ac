"""Which data folders are read: an option's, then a workplace's, then those that came with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring import resources
from scoring.resources import Places, has_editions, is_workplace, shipped_places

pytestmark = pytest.mark.once


def lay_out(base: Path) -> None:
    for name in ("rules/2023", "schemas", "reports/findings", "examples"):
        (base / name).mkdir(parents=True)
    (base / "reports" / "findings" / "zh.yaml").touch()
    (base / "rules" / "2023" / "method.yaml").touch()


def test_a_checkout_comes_before_a_stale_copy(tmp_path: Path) -> None:
    lay_out(tmp_path)
    lay_out(tmp_path / "scoring" / "_data")
    assert shipped_places(tmp_path / "scoring").rules == tmp_path / "rules"


def test_foreign_folders_in_site_packages_are_not_taken(tmp_path: Path) -> None:
    lay_out(tmp_path / "scoring" / "_data")
    (tmp_path / "cli.py").touch()
    (tmp_path / "rules").mkdir()
    (tmp_path / "schemas").mkdir()
    places = shipped_places(tmp_path / "scoring")
    assert places == Places(
        *(tmp_path / "scoring" / "_data" / name for name in ("rules", "schemas", "reports", "examples"))
    )


def test_the_folders_one_by_one_are_the_shipped_ones() -> None:
    found = (resources.rules(), resources.schemas(), resources.reports(), resources.examples())
    assert Places(*found) == shipped_places() == Places.find()


def test_precedence(tmp_path: Path) -> None:
    workplace = tmp_path / "office"
    lay_out(workplace)
    shipped = shipped_places()
    assert Places.find(workplace=workplace) == Places(
        workplace / "rules", shipped.schemas, workplace / "reports", shipped.examples
    )
    named = Places.find(rules=tmp_path / "r", reports=tmp_path / "p", workplace=workplace)
    assert (named.rules, named.reports) == (tmp_path / "r", tmp_path / "p")
    assert Places.find(workplace=tmp_path) == shipped


def test_what_a_workplace_is(tmp_path: Path) -> None:
    assert not is_workplace(tmp_path)
    (tmp_path / "rules" / "eslint").mkdir(parents=True)
    assert not is_workplace(tmp_path)
    assert not has_editions(tmp_path / "nowhere")
    (tmp_path / "rules" / "2023").mkdir()
    (tmp_path / "rules" / "2023" / "method.yaml").touch()
    assert is_workplace(tmp_path)
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "office.yaml").touch()
    assert is_workplace(tmp_path / "office")
