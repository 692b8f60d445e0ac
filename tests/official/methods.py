"""Methods to be read back: the shipped editions, every shape, and fragments written in a test."""

from __future__ import annotations

from functools import cache

from scoring.app.folders import edition_files
from scoring.method import Method
from scoring.official.sentence import sentence, terms_of
from scoring.reading.edition import read_edition
from scoring.resources import rules, schemas
from tests.shapes.fragments import blocks, build, other_files, said, shape_files

EDITIONS = ("2022", "2023")
FRAGMENTS = {path.stem: path for path in (*shape_files(), *other_files())}


@cache
def method(name: str) -> Method:
    """An edition by its name, or a shape by the name of its file."""
    if name in EDITIONS:
        edition, found = read_edition(edition_files(rules() / name), schemas())
    else:
        edition, found = build(blocks(FRAGMENTS[name].read_text(encoding="utf-8")))
    assert edition is not None, found
    return edition.method


def made(fragment: str) -> Method:
    """The method of a fragment, whatever the linter would say of it."""
    edition, found = build(blocks(fragment))
    assert edition is not None, [said(each) for each in found]
    assert not found, [said(each) for each in found]
    return edition.method


def read_back(fragment: str, code: str) -> str:
    """The sentence of one node of a fragment."""
    terms = terms_of(made(fragment))
    return sentence(terms.nodes[code], terms)
