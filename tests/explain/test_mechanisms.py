"""Each way of scoring says in an officer's words what it gave: fact, standard, calculation, points, full marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.explain.explainer import Explainer
from scoring.reading.yaml_file import read_yaml
from tests.explain.district import Fragment, wording

pytestmark = pytest.mark.once

FILES = sorted((Path(__file__).parent / "mechanisms").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mechanism_is_explained_in_these_words(path: Path) -> None:
    document, found = read_yaml(path.name, path.read_bytes())
    assert document is not None
    assert not found
    fragment = Fragment(path.read_text(encoding="utf-8"))
    for vector in document["vectors"]:
        explanation = Explainer(fragment.run([vector["given"]]), wording()).explain("甲")
        said = {
            each.id: [each.sentence, each.calculation] for section in explanation.sections for each in section.accounts
        }
        for id_, words in vector["says"].items():
            assert said[id_] == list(words), id_
    assert not wording().findings
