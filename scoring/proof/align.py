"""Finds which paragraph of a file was which of the result (对齐), so that a difference is told where it is."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 50
"""Texts that share less than this percentage of their characters are not the same paragraph reworded."""


class Pair(NamedTuple):
    """A place in what was expected and one in what was found; None where there is none."""

    wanted: int | None
    found: int | None
    moved: bool = False


def aligned(wanted: Sequence[str], found: Sequence[str]) -> list[Pair]:
    """Every paragraph of both sides, once, in the order of what was expected; what was added comes where it stands."""
    same, rest_wanted, rest_found = _in_order(wanted, found)
    moved = _elsewhere(wanted, found, rest_wanted, rest_found)
    pairs = [Pair(one, other) for one, other in same]
    pairs += [Pair(one, other, True) for one, other in moved]
    taken_wanted, taken_found = {one for one, _ in moved}, {other for _, other in moved}
    pairs += [Pair(one, None) for one in rest_wanted if one not in taken_wanted]
    pairs += [Pair(None, other) for other in rest_found if other not in taken_found]
    at = {other: one for one, other in same}
    return sorted(pairs, key=lambda pair: _place(pair, at))


def _in_order(wanted: Sequence[str], found: Sequence[str]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Equal paragraphs first, then between them the most alike, never crossing."""
    same: list[tuple[int, int]] = []
    rest_wanted: list[int] = []
    rest_found: list[int] = []
    for kind, low, high, start, end in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind == "equal":
            same += zip(range(low, high), range(start, end), strict=True)
            continue
        pairs = _most_alike(wanted, found, range(low, high), range(start, end))
        same += pairs
        rest_wanted += [each for each in range(low, high) if each not in {one for one, _ in pairs}]
        rest_found += [each for each in range(start, end) if each not in {other for _, other in pairs}]
    return same, rest_wanted, rest_found


def _most_alike(wanted: Sequence[str], found: Sequence[str], left: range, right: range) -> list[tuple[int, int]]:
    """The pairing without crossings whose likeness adds up highest."""
    best: list[list[tuple[int, list[tuple[int, int]]]]] = [[(0, []) for _ in range(len(right) + 1)]]
    for one in left:
        row: list[tuple[int, list[tuple[int, int]]]] = [(0, [])]
        for column, other in enumerate(right, 1):
            choices = [best[-1][column], row[-1]]
            like = _likeness(wanted[one], found[other])
            if like:
                score, pairs = best[-1][column - 1]
                choices.append((score + like, [*pairs, (one, other)]))
            row.append(max(choices, key=lambda choice: choice[0]))
        best.append(row)
    return best[-1][-1][1]


def _likeness(one: str, other: str) -> int:
    """How many characters two texts share; none where they are not alike."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    return 2 * shared if 200 * shared >= ALIKE * (len(one) + len(other)) else 0


def _elsewhere(
    wanted: Sequence[str], found: Sequence[str], rest_wanted: Sequence[int], rest_found: Sequence[int]
) -> list[tuple[int, int]]:
    """Paragraphs that stand somewhere else."""
    pairs: list[tuple[int, int]] = []
    free = list(rest_found)
    for one in rest_wanted:
        like = [(_likeness(wanted[one], found[other]), -other) for other in free]
        best = max(like, default=(0, 0))
        if best[0]:
            free.remove(-best[1])
            pairs.append((one, -best[1]))
    return pairs


def _place(pair: Pair, at: dict[int, int]) -> tuple[int, int]:
    if pair.wanted is not None:
        return pair.wanted, 0
    assert pair.found is not None
    before = [one for other, one in at.items() if other < pair.found]
    return max(before, default=-1), 1 + pair.found
