"""What the engine cannot hold, told before an edition is used: few limits of it are an error when they are broken.

Tried on durable-rules 2.0.28: with 512 conditions right below one it never comes back, a 256th rule behind one
condition crashes it, a whole number of more than 64 bits is taken for another. A 4,097th rule is refused, but a 253rd
field and a 65th condition waiting only while departments are being scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scoring.condition import Decision
from scoring.engine.boxes import BoxTable, DecisionTooLarge, Excess, compiled
from scoring.engine.rules import Comparison, rules

BOXES = 4096
"""Rules in one ruleset ("boxes")."""
FIELDS = 252
"""Properties of one fact, beside its id and session ("fields")."""
WAITING = 64
"""Conditions that hold and still wait while a fact is matched ("waiting")."""
UNDER_ONE = 511
"""Conditions right below one condition ("branches"). Brackets keep this and the next far from their ends."""
BEHIND_ONE = 255
"""Rules that end with one and the same condition ("rules")."""
LARGEST = 2**62
"""Codes ("integer")."""

TOGETHER = 8
"""Questions that one fact puts: five to ten were fastest, and each waits for those before it."""


@dataclass(slots=True)
class _Shared:
    """What follows a beginning that rules share: rules that end here, and the conditions next to it."""

    ending: int = 0
    next: dict[Comparison, _Shared] = field(default_factory=dict)

    def waiting(self) -> int:
        """The most conditions that can wait, should all of those side by side hold."""
        beside = len(self.next) - 1
        return max([len(self.next), *(beside + each.waiting() for each in self.next.values())])

    def most_ending(self) -> int:
        return max([self.ending, *(each.most_ending() for each in self.next.values())])

    def most_next(self) -> int:
        return max([len(self.next), *(each.most_next() for each in self.next.values())])


def excesses(decisions: Iterable[Decision]) -> list[Excess]:
    """The limits that decisions break, in their order; an edition with any is not fit for use."""
    found: list[Excess] = []
    for decision in decisions:
        try:
            found += broken(compiled(decision))
        except DecisionTooLarge as large:
            found.append(large.excess)
    return found


def broken(table: BoxTable) -> list[Excess]:
    """The limits that one compiled decision breaks."""
    address, boxes = table.decision.address, table.size()
    if boxes > BOXES:
        return [Excess(address, "boxes", boxes, BOXES)]
    start = _Shared()
    for rule in rules(table.diagram):
        at = start
        for condition in rule.conditions:
            at = at.next.setdefault(condition, _Shared())
        at.ending += 1
    codes = [abs(end) for measure in table.measures for low, high in measure.spans() for end in (low, high)]
    sizes = (
        ("fields", len(table.measures) + 1, FIELDS),
        ("waiting", TOGETHER - 1 + start.waiting(), WAITING),
        ("branches", start.most_next(), UNDER_ONE),
        ("rules", start.most_ending(), BEHIND_ONE),
        ("integer", max(codes, default=0), LARGEST),
    )
    return [Excess(address, limit, size, most) for limit, size, most in sizes if size > most]
