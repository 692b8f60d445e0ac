"""Runs in memory: what explaining reads of a run folder, without a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scoring.app.assess import assess, scorecards
from scoring.app.report import assessment_of, places_of
from scoring.app.score import Order, gather, run_files
from scoring.canonical import canonical
from scoring.check_method import decisions_in
from scoring.engine import open_matcher
from scoring.explain.account import Explanation
from scoring.explain.explainer import Explainer
from scoring.explain.layout import as_text
from scoring.explain.wording import Wording, load_wording
from scoring.location import Mapping as Written
from scoring.rank import contend, stand
from scoring.reading.edition import read_edition
from scoring.resources import examples, reports, schemas, shipped_places
from scoring.scope import Horizon
from scoring.submission import Intake
from tests.shapes.district import submission
from tests.shapes.fragments import blocks, files_of

EDITIONS = ("2022", "2023")
ALONE = "甲"


@dataclass(frozen=True)
class Memory:
    """A run that was never written."""

    contents: Mapping[str, bytes]
    assessment: dict[str, Any]
    places: dict[str, Any]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self.contents))

    def read(self, path: str) -> bytes:
        return self.contents[path]

    def card(self, code: str) -> dict[str, Any]:
        return next(each for each in self.assessment["scorecards"] if each["department"] == code)


def memory(contents: Mapping[str, bytes]) -> Memory:
    return Memory(contents, json.loads(contents["assessment.json"]), json.loads(contents["places.json"]))


@cache
def example(edition: str) -> Memory:
    """The example district of a year, scored."""
    order = Order(edition, examples() / edition, Path("nowhere"), f"examples/{edition}")
    bundle, found = gather(order, shipped_places())
    assert bundle is not None, found
    return memory(run_files(bundle, assess(bundle, schemas(), "plain")))


@cache
def wording() -> Wording:
    """The shipped wording; a fault of it fails the test that meets it."""
    return load_wording(reports() / "explain")


@cache
def explainer(edition: str) -> Explainer:
    return Explainer(example(edition), wording())


@cache
def explanation(edition: str, code: str, indicator: str = "") -> Explanation:
    """The explanation of a department of the example district."""
    return explainer(edition).explain(code, indicator)


@cache
def text(edition: str, code: str) -> str:
    return as_text(explanation(edition, code), wording())


def codes(edition: str) -> list[str]:
    return [each["department"] for each in example(edition).assessment["scorecards"]]


class _Sources:
    previous = corrects = None


class Fragment:
    """A fragment of an edition made whole, in which departments written as `{code, group, facts, lists}` are scored."""

    def __init__(self, text: str) -> None:
        self.files = files_of(blocks(text))
        edition, found = read_edition(self.files, schemas(), "rules/样例/")
        assert edition is not None, found
        assert not found, found
        self.edition = edition
        self.engine = open_matcher("plain", decisions_in(edition.method))

    def run(self, departments: list[Written]) -> Memory:
        method, match = self.edition.method, self.engine.match
        numbered = (submission(self.edition, each, number) for number, each in enumerate(departments))
        submissions = tuple(sorted(numbered, key=lambda each: each.department.code))
        intake = Intake(method.edition, "样例区", "", submissions)
        settled = scorecards(method, intake, Horizon(match, self.edition.calendar))
        contenders = [contend(method, sheet, card) for _, sheet, card in settled]
        groups, cards = stand(method, contenders, [], match)
        made = assessment_of(method, None, intake, [], groups, cards, _Sources())
        contents = {f"rules/样例/{path}": content for path, content in self.files.items()}
        contents |= {"assessment.json": canonical(made.data()), "places.json": canonical(places_of(self.edition))}
        return memory(contents)
