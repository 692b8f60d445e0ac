"""Folds what departments are told in the same words (折叠): each wording once, of a department only its figures.

A text becomes the pattern that is left when its figures are cut out; a list becomes the list of its parts' patterns.
Both go into one table. What remains of a department is the number of its pattern and its figures, in order, on one
line: a twentieth of the text. A general compression would be shorter still, but its bytes differ from one build of
zlib to the next, and a page must be made again byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

Told: TypeAlias = str | Sequence["Told"]

HOLE = "\t"
"""What stands in a pattern for a figure that was cut out."""

_FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class Fixed(str):
    """A text whose figures belong to the rule and not to the department: it is kept whole."""

    __slots__ = ()


class Folding:
    """The table of patterns, growing as departments are folded, and what they were folded to."""

    def __init__(self) -> None:
        self.patterns: list[str | list[int]] = []
        self._known: dict[str | tuple[int, ...], int] = {}

    def fold(self, told: Told) -> str:
        """The line for this: the number of its pattern, then its figures, with a space between."""
        figures: list[str] = []
        number = self._fold(told, figures)
        return " ".join([str(number), *figures])

    def _fold(self, told: Told, figures: list[str]) -> int:
        if isinstance(told, Fixed):
            return self._number(told)
        if isinstance(told, str):
            figures += _FIGURE.findall(told)
            return self._number(_FIGURE.sub(HOLE, told))
        return self._number(tuple([self._fold(each, figures) for each in told]))

    def _number(self, pattern: str | tuple[int, ...]) -> int:
        found = self._known.get(pattern)
        if found is None:
            found = self._known[pattern] = len(self.patterns)
            self.patterns.append(str(pattern) if isinstance(pattern, str) else list(pattern))
        return found
