"""What is executed is what is printed: whatever is changed in a rule, the words change with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from scoring.method import Method
from scoring.official.articles import articles
from scoring.official.sentence import marks_said, sentence, terms_of
from scoring.official.terms import Terms
from tests.official.changed import changed
from tests.official.methods import EDITIONS, FRAGMENTS, method

pytestmark = pytest.mark.once
SETTINGS = {
    "missing": {"零分": "暂缓", "暂缓": "零分"},
    "evidence_reuse": {"提示": "只计一次", "只计一次": "提示"},
    "printed": {},
    "entry_decimals": {},
    "award_rounding": {},
    "total_rounding": {},
}


@pytest.mark.parametrize("name", [*EDITIONS, *FRAGMENTS])
def test_no_change_of_a_rule_leaves_its_sentence_as_it_was(name: str) -> None:
    terms = terms_of(method(name))
    assert not [*_nodes(terms), *_facts(terms)]


@pytest.mark.parametrize("name", [*EDITIONS, *FRAGMENTS])
def test_no_change_of_the_standing_leaves_the_articles_as_they_were(name: str) -> None:
    whole = method(name)
    terms = terms_of(whole)
    before = articles(terms)

    def same(other: Method) -> bool:
        terms.method = other  # the names stay, so the terms need not be laid out anew
        return articles(terms) == before

    unsaid = [what for what, other in changed(whole.standing) if same(replace(whole, standing=other))]
    for field, words in SETTINGS.items():
        value = getattr(whole, field)
        others = [(field, words[value])] if words else changed(value, field)
        unsaid += [what for what, other in others if same(replace(whole, **{field: other}))]
    assert not unsaid


def _nodes(terms: Terms) -> Iterator[str]:
    """Changes of coded nodes that went unsaid; parts with a code of their own are looked at in their own turn."""
    for node in terms.nodes.values():
        own = replace(node, parts=tuple(part for part in node.parts if not part.code))
        before = marks_said(own.marks), sentence(own, terms)
        for what, other in changed(own, node.code):
            if (marks_said(other.marks), sentence(other, terms)) == before and not what.startswith(
                f"{node.code}.weight"
            ):
                yield what


def _facts(terms: Terms) -> Iterator[str]:
    for fact in terms.method.facts.values():
        for each in (fact, *fact.fields.values()):
            if each.derived is not None:
                before = terms.noun(each.derived)
                yield from (what for what, other in changed(each.derived, each.name) if terms.noun(other) == before)
