"""Nothing in a basis goes unexplained: every mechanism, operator, change and step has its words, every key is read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.explain import changes, entries, selectors, standing
from scoring.explain.explainer import Explainer
from scoring.explain.ground import Ground
from scoring.reading.mechanisms import AWARDS, SELECTORS
from scoring.reading.operators import OPERATORS
from scoring.reading.yaml_file import read_yaml
from scoring.resources import reports
from tests.explain.district import Fragment, wording
from tests.shapes.district import whole
from tests.shapes.fragments import other_files, shape_files

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
FOLDER = reports() / "explain"
MECHANISMS = (*AWARDS, *SELECTORS)
SEE_THROUGH = {"points", "base"}
"""What a calculation comes to by itself and is held against the ledger for; what stands beside it under another key."""


def constants(folder: str, key: str) -> set[str]:
    """The texts that `key` has in dictionaries written in this part of the program."""
    found = set()
    for file in sorted((ROOT / "scoring").glob(folder)):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                for name, value in zip(node.keys, node.values, strict=True):
                    if isinstance(name, ast.Constant) and name.value == key and isinstance(value, ast.Constant):
                        found.add(value.value)
    return found


@pytest.mark.parametrize("key", MECHANISMS)
def test_every_mechanism_has_a_template_of_its_name_and_a_test(key: str) -> None:
    assert (FOLDER / f"{key}.yaml").is_file()
    assert key in selectors.MECHANISMS
    assert (Path(__file__).parent / "mechanisms" / f"{key}.yaml").is_file()


def test_every_file_of_mechanisms_and_parts_is_among_them() -> None:
    named = {path.stem for path in (ROOT / "scoring" / "mechanisms").glob("*.py")} - {"__init__", "selector"}
    assert named | {"bands", "cases", "deduct"} == set(MECHANISMS)
    assert (FOLDER / "parts.yaml").is_file()
    assert (Path(__file__).parent / "mechanisms" / "parts.yaml").is_file()


@pytest.mark.parametrize("key", [key for key in OPERATORS if key not in ("score_of", "rate_of")])
def test_every_operator_has_its_words(key: str) -> None:
    assert wording().texts.get(f"operators.{key}.text")


def test_every_change_of_the_ledger_has_its_words() -> None:
    bys = constants("settle/*.py", "by")
    assert {"rebase", "reweight", "override", "veto"} <= bys
    elsewhere = {"not_applicable", "exceptions", "parts", "chosen_by"}
    assert bys - elsewhere <= set(changes.CHANGES)
    for key in changes.CHANGES:
        group = "parts" if key in ("reweight", "rebase") else "modifiers"
        assert wording().texts.get(f"{group}.{key}.fact"), key
        assert wording().texts.get(f"{group}.{key}.standard"), key


def test_every_step_of_grade_and_rank_has_its_words() -> None:
    text = (ROOT / "scoring" / "rank.py").read_text("utf-8")
    steps = set(re.findall(r'\.grade\("(\w+)"', text))
    assert steps == set(standing.GRADE_STEPS)
    reasons = set(re.findall(r'return "(unnamed|held)"|"(left_out|not_assessed)"', text))
    assert {name for pair in reasons for name in pair if name} == {"unnamed", "held", "left_out", "not_assessed"}
    for key in steps:
        assert wording().texts.get(f"grade_steps.{key}")
    for key in ("by_value", "tie_break", "unnamed", "held", "left_out", "not_assessed"):
        assert wording().texts.get(f"rank_steps.{key}")


class Seen(dict):  # type: ignore[type-arg]
    """A dictionary that remembers which of its keys were looked at."""

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(content)
        self.seen: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.seen.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.seen.add(str(key))
        return super().__contains__(key)

    def values(self) -> Any:
        self.seen.update(self)
        return super().values()

    def items(self) -> Any:
        self.seen.update(self)
        return super().items()


def watched(value: Any) -> Any:
    if isinstance(value, dict):
        return Seen({key: watched(each) for key, each in value.items()})
    return [watched(each) for each in value] if isinstance(value, list) else value


def unread(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, Seen):
        for key in dict.keys(value):
            if key not in value.seen and key not in SEE_THROUGH and dict.__getitem__(value, key) != {}:
                yield f"{path}/{key}"
            yield from unread(dict.__getitem__(value, key), f"{path}/{key}")
    elif isinstance(value, list):
        for each in value:
            yield from unread(each, path)


def test_every_key_of_a_working_is_read_by_somebody() -> None:
    ignored: dict[str, str] = {}
    for path in [*shape_files(), *other_files()]:
        document, _ = read_yaml(path.name, path.read_bytes())
        assert document is not None
        fragment = Fragment(path.read_text(encoding="utf-8"))
        for vector in document["vectors"][:3]:
            listed = [vector["given"]] if "given" in vector else vector["district"]
            run = fragment.run([whole(document.get("base"), each) for each in listed])
            told = Explainer(run, wording())
            for card in run.assessment["scorecards"]:
                ground = told.ground(card["department"])
                assert isinstance(ground, Ground)
                for entry in ground.card["entries"]:
                    entry["basis"] = watched(entry["basis"])
                    entries.account(ground, entry)
                    for key in unread(entry["basis"], entry["kind"]):
                        ignored.setdefault(key, f"{path.stem} {entry['id']}")
    assert not ignored
