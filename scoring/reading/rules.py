"""Writes out named rules: a node that says `rule` takes over its keys, with names put in for its parameters."""

from __future__ import annotations

from typing import Any

from scoring.location import Mapping, Sequence
from scoring.reading.draft import Draft, close


def written_out(draft: Draft, said: Mapping, under_way: tuple[str, ...] = ()) -> Mapping:
    """The mapping with its named rule written out; what the mapping says itself prevails.

    Places stay those of the rule, so a finding shows the rule's line; the line of use stands in the address.
    """
    name = said.get("rule")
    if name is None:
        return said
    rule = draft.rules.get(str(name))
    if rule is None:
        draft.findings.add("K236", said.value("rule"), name=str(name), suggestion=close(str(name), draft.rules))
        return said
    if name in under_way:
        draft.findings.add("K230", said.value("rule"), circle="→".join((*under_way, str(name))))
        return said
    rule = written_out(draft, rule, (*under_way, str(name)))
    stands_for = said.get("with")
    replaced = _replaced(rule, stands_for) if isinstance(stands_for, Mapping) else rule
    whole = Mapping(said.source, said.mark)
    for source in (replaced, said):
        for key in source:
            if key not in ("rule", "with"):
                whole.take(key, source)
    return whole


def _replaced(said: Any, stands_for: Mapping) -> Any:
    if isinstance(said, Mapping):
        copy = Mapping(said.source, said.mark)
        for key in said:
            copy.take(key, said, _replaced(said[key], stands_for))
        return copy
    if isinstance(said, Sequence):
        listed = Sequence(said.source, said.mark)
        for value, at in zip(said, said.items_at, strict=True):
            listed.put(_replaced(value, stands_for), at)
        return listed
    return stands_for[said] if isinstance(said, str) and said in stands_for else said
