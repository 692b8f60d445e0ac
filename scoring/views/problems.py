"""Where points were lost (存在的主要问题): the criteria that cost most, with the figures a circular gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.points import Rational
from scoring.views.phrase import share
from scoring.views.roll import Member

FEWEST, MOST = 3, 5
"""How many criteria are named: as many as hold half of all lost points, within these."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One criterion: by how many departments how much was lost of what they could reach."""

    code: str
    name: str
    losing: int
    lost: Rational
    reached: Rational
    reachable: Rational

    @property
    def rate(self) -> str:
        """The mean score rate (平均得分率): points of all departments over what all could reach."""
        return share(self.reached, self.reachable)


def problems(roll: Sequence[Member], tree: Sequence[Mapping[str, Any]]) -> tuple[list[Problem], str]:
    """The criteria that cost most, worst first, and their share of all lost points; nothing where none were lost."""
    found = [each for node in tree if node["leaf"] and node["kind"] == "award" for each in [_problem(roll, node)]]
    costly = sorted((each for each in found if each.lost > 0), key=lambda each: -each.lost)
    whole = sum(each.lost for each in costly)
    taken: list[Problem] = []
    for each in costly[:MOST]:
        if len(taken) >= FEWEST and 2 * sum(one.lost for one in taken) >= whole:
            break
        taken.append(each)
    return taken, share(sum(each.lost for each in taken), whole) if taken else ""


def _problem(roll: Sequence[Member], node: Mapping[str, Any]) -> Problem:
    code = node["code"]
    scored = [each for each in roll if each.available(code) > 0]
    reached = sum(each.points(code) for each in scored)
    reachable = sum(each.available(code) for each in scored)
    losing = [each for each in scored if each.points(code) < each.available(code)]
    lost = sum(each.available(code) - each.points(code) for each in losing)
    return Problem(code, node["name"], len(losing), lost, reached, reachable)
