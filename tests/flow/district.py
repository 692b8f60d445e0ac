"""The example district as bytes, and the changes that tests make to it without changing its meaning."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from scoring import resources
from scoring.app.assess import Assessed, Bundle, assess
from scoring.app.score import Order, gather
from scoring.canonical import canonical

EXAMPLES = resources.examples()


def bundle(edition: str = "2023") -> Bundle:
    """Everything that the example year is computed from."""
    order = Order(edition, EXAMPLES / edition, Path("nowhere"), f"examples/{edition}")
    made, found = gather(order, resources.shipped_places())
    assert made is not None, found
    return made


def assessed(made: Bundle, matcher: str | None = "plain") -> Assessed:
    return assess(made, resources.schemas(), matcher)


def result(made: Bundle, matcher: str | None = "plain") -> bytes:
    """assessment.json of a bundle."""
    found = assessed(made, matcher)
    assert found.assessment is not None, found.findings
    return canonical(found.assessment.data())


def data(made: Bundle) -> dict[str, Any]:
    found = assessed(made)
    assert found.assessment is not None, found.findings
    return found.assessment.data()


def rewrite(raw: bytes, change: Callable[[Any], None]) -> bytes:
    """The YAML file with its tree of nodes changed; scalars stay as they were written."""
    tree = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.BaseLoader)
    change(tree)
    return (_written(tree)[1:-1] if not isinstance(tree, yaml.MappingNode) else _block(tree)).encode()


def _block(tree: yaml.MappingNode) -> str:
    """One line a top-level key, the rest in braces: scalars that were written plainly stay plain."""
    return "".join(f"{_written(key)}: {_written(value)}\n" for key, value in tree.value)


def _written(node: Any) -> str:
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{_written(key)}: {_written(value)}" for key, value in node.value) + "}"
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(_written(value) for value in node.value) + "]"
    plainly = node.style is None and not set(node.value) & set(",[]{}:#\"'，：")
    return node.value if plainly else json.dumps(node.value, ensure_ascii=False)


def shuffle(node: Any, draw: random.Random, *, sequences: bool) -> None:
    """Put keys, and where asked the elements of lists, in another order, all the way down."""
    if isinstance(node, yaml.MappingNode):
        draw.shuffle(node.value)
        for _, value in node.value:
            shuffle(value, draw, sequences=sequences)
    elif isinstance(node, yaml.SequenceNode):
        if sequences:
            draw.shuffle(node.value)
        for value in node.value:
            shuffle(value, draw, sequences=sequences)


def shuffled(made: Bundle, seed: int) -> Bundle:
    """The same meaning written otherwise: files renamed, keys, departments and list elements in another order."""
    draw = random.Random(seed)

    def forms(sequences: bool) -> Callable[[Any], None]:
        return lambda tree: shuffle(tree, draw, sequences=sequences)

    rules = {
        edition: {
            path: rewrite(raw, forms(False)) if path.endswith(".yaml") and path != "examples.yaml" else raw
            for path, raw in files.items()
        }
        for edition, files in made.rules.items()
    }
    moved = {}
    for path, raw in made.forms.items():
        folder, _, name = path.rpartition("/")
        if path.endswith(".yaml"):
            raw = rewrite(raw, forms(True))
            moved[f"{folder}/{draw.randrange(10**6):06}-{name}" if folder else path] = raw
        else:
            head, *rows = raw.decode("utf-8-sig").splitlines()
            draw.shuffle(rows)
            moved[path] = "\n".join([head, *rows]).encode()
    order = list(moved)
    draw.shuffle(order)
    return Bundle(made.edition, rules, {path: moved[path] for path in order}, made.evidence, made.previous)


def edited(made: Bundle, path: str, change: Callable[[bytes], bytes]) -> Bundle:
    """The bundle with one form changed."""
    forms = dict(made.forms)
    forms[path] = change(forms[path])
    return Bundle(made.edition, made.rules, forms, made.evidence, made.previous)


def without(made: Bundle, *paths: str) -> Bundle:
    """The bundle without some forms."""
    forms = {path: raw for path, raw in made.forms.items() if path not in paths}
    return Bundle(made.edition, made.rules, forms, made.evidence, made.previous)
