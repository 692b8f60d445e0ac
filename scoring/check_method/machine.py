"""Can the rules engine hold every decision, and does it then say what is written (规则引擎的限度)."""

from __future__ import annotations

from scoring.check_method.decisions import decisions_in
from scoring.check_method.ground import Ground
from scoring.engine.boxes import DecisionTooLarge, compiled
from scoring.engine.limits import broken
from scoring.engine.matcher import Contradiction
from scoring.engine.proof import prove


def check_machine(ground: Ground) -> None:
    """Limits of the engine as findings. Where boxes and tests part the program is at fault, not the method."""
    for decision in decisions_in(ground.method):
        try:
            table = compiled(decision)
            excesses = broken(table)
            parted = None if excesses else prove(decision, table)
        except DecisionTooLarge as large:
            excesses, parted = [large.excess], None
        for excess in excesses:
            ground.found.add(
                "K284",
                ground.places.at(decision.address),
                limit=excess.limit,
                found=excess.found,
                allowed=excess.allowed,
            )
        if parted is not None:
            raise Contradiction(
                "the boxes of a decision do not say what its tests do",
                address=parted.address,
                values=parted.values,
                outcomes=(("boxes", parted.boxes), ("plain", parted.plain)),
            )
