"""Checks that a method is sound before it is used, each proof with a value to show for it (核查考核办法).

Nothing here scores. Every value is followed as the span of what it can be (`span`, `reach`, `scores`), every decision
through all the ways in which it can turn out (`situations`), group by group; each file beside asks one kind of question
of them. Where spans hold too much the check says too much rather than too little.
"""

from __future__ import annotations

from scoring.check_method.advice import check_advice
from scoring.check_method.choices import check_choices
from scoring.check_method.circles import check_circles
from scoring.check_method.conditions import check_conditions
from scoring.check_method.deadlines import check_deadlines
from scoring.check_method.decisions import decisions_in
from scoring.check_method.ground import Ground
from scoring.check_method.limits import check_limits
from scoring.check_method.machine import check_machine
from scoring.check_method.monotone import check_monotone
from scoring.check_method.quotas import check_quotas
from scoring.check_method.ranges import ranges
from scoring.check_method.reviews import check_reviews
from scoring.check_method.rows import check_rows
from scoring.check_method.standing import check_standing
from scoring.check_method.succession import check_succession
from scoring.check_method.texts import check_lowest, check_texts
from scoring.check_method.totals import check_totals
from scoring.check_method.usage import check_usage
from scoring.finding import Finding
from scoring.reading.edition import Edition

__all__ = ["check_method", "decisions_in", "ranges"]


def check_method(edition: Edition, superseded: Edition | None = None) -> list[Finding]:
    """Everything about the meaning of the method that needs mending.

    It must have been read without errors: what is unknown or malformed was said then.
    """
    ground = Ground(edition)
    check_totals(ground)
    check_usage(ground)
    check_quotas(ground)
    check_advice(ground)
    check_texts(ground)
    check_deadlines(ground)
    if superseded is not None:
        check_succession(ground, superseded)
    if check_circles(ground):
        check_rows(ground)
        check_conditions(ground)
        check_limits(ground)
        check_choices(ground)
        check_standing(ground)
        check_monotone(ground)
        check_lowest(ground)
        check_reviews(ground)
        check_machine(ground)
        ground.say_unproven()
    ground.silence.say_idle(ground.found)
    return ground.found.found
