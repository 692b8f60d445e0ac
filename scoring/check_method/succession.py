"""An edition against the one it supersedes: codes that changed their meaning, periods that do not meet (年度衔接)."""

from __future__ import annotations

from difflib import SequenceMatcher

from scoring.check_method.ground import Ground
from scoring.method import Method, Node
from scoring.reading.edition import Edition
from scoring.timeline import date_text


def check_succession(ground: Ground, superseded: Edition) -> None:
    """Codes and periods, year to year."""
    before = {node.code: node for node in superseded.method.nodes() if node.code}
    earlier = superseded.places
    for node in ground.method.nodes():
        told = dict(node.related)
        old = before.get(node.code)
        if old is not None and node.code not in told and _another(old, node):
            place = ground.places.at(node.address, "name")
            ground.found.add(
                "K274", place, other=earlier.get(old.address), code=node.code, name=node.name, before=old.name
            )
        for code in told:
            if code not in before:
                place = ground.places.at(node.address, "related")
                ground.found.add("K275", place, code=code, edition=superseded.method.edition)
    _periods(ground, superseded.method)


def _another(old: Node, new: Node) -> bool:
    """Whether a code seems to stand for something else: another name, or a deduction where there were marks."""
    return old.marks.kind != new.marks.kind or not alike(old.name, new.name)


def alike(one: str, other: str) -> bool:
    """Whether two names share half of their characters, in order: then the same thing may be meant."""
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return 4 * same >= len(one) + len(other)


def _periods(ground: Ground, before: Method) -> None:
    after, place = ground.method, ground.places.method("period", "from")
    ended, begins = date_text(before.period_by), date_text(after.period_from)
    if after.period_from <= before.period_by:
        ground.found.add("K276", place, before=before.edition, ended=ended, begins=begins)
    elif after.period_from > before.period_by + 1:
        ground.found.add("K277", place, before=before.edition, ended=ended, begins=begins)
