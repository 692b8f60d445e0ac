"""Excerpts (规则原文): the lines of a rule as they stood, from its first to the last that belongs to it.

Each is kept once for the whole page; an account names it by number, with the lines that decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scoring.audit.texts import code_line, fixed
from scoring.explain.account import Basis
from scoring.explain.rulebook import Place, Rulebook
from scoring.render.folding import Told

MOST_LINES = 60
"""A block may be a whole file where a rule is written on its outermost level; a reader wants the lines around it."""


@dataclass(slots=True)
class Excerpts:
    """The excerpts of a page, and the lines of the files they are taken from."""

    rules: Rulebook
    found: list[dict[str, Any]] = field(default_factory=list)
    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _told: dict[tuple[str, tuple[Place, ...]], Told] = field(default_factory=dict)

    def basis(self, basis: Basis) -> Told:
        """What an entry or a step stands on: address, article, quote, and the lines that decided in their excerpts."""
        known = self._told.get((basis.address, basis.places))
        if known is None:
            known = self._told[basis.address, basis.places] = self._basis(basis)
        return known

    def of_node(self, code: str) -> int:
        """The number of the excerpt of a whole node; -1 where it stands in no file that can be read."""
        return self._number(self.rules.place(code))

    def _basis(self, basis: Basis) -> Told:
        article = basis.article
        own = article.document == self.rules.wall.assessment["method"]["title"]
        title = "" if own or not article.document else f"《{article.document}》"
        title += f"（{article.number}）" if title and article.number else ""
        node = self.rules.node_of(basis.address)
        head = self.rules.place(node) if node else None
        lines: dict[int, list[int]] = {}
        for place in basis.places:
            whole = head if head is not None and head.file == place.file and head.line <= place.line else place
            number = self._number(whole)
            if number >= 0 and not self._holds(number, place.line):
                number = self._number(place)
            if number >= 0:
                lines.setdefault(number, []).append(place.line)
        shown = [(fixed(str(number)), fixed(_joined(marked))) for number, marked in lines.items()]
        return (fixed(basis.address), fixed(title + article.article), fixed(article.quote), tuple(shown))

    def _holds(self, number: int, line: int) -> bool:
        excerpt = self.found[number]
        first: int = excerpt["line"]
        return first <= line < first + len(excerpt["text"])

    def _number(self, place: Place) -> int:
        if not place.line:
            return -1
        start = (place.file, place.line)
        if start not in self._numbers:
            text = block(self._file(place.file), place.line)
            self._numbers[start] = len(self.found) if text else -1
            if text:
                shown = [code_line(each) for each in text]
                self.found.append({"file": place.file, "line": place.line, "text": shown})
        return self._numbers[start]

    def _file(self, path: str) -> list[str]:
        if path not in self._lines:
            readable = path in self.rules.wall.files
            raw = self.rules.wall.read(path) if readable else b""
            self._lines[path] = raw.decode("utf-8", "replace").splitlines()
        return self._lines[path]


def block(lines: list[str], first: int) -> list[str]:
    """The lines from the given one, counted from 1, to the last that is set in deeper: the whole of a YAML block."""
    if not 0 < first <= len(lines):
        return []
    depth = _depth(lines[first - 1])
    dashed = lines[first - 1].lstrip().startswith("- ")
    found = [lines[first - 1]]
    for line in lines[first : first + MOST_LINES - 1]:
        inner = _depth(line) > depth or (not dashed and _depth(line) == depth and line.lstrip().startswith("- "))
        if line.strip() and not inner:
            break
        found.append(line)
    while not found[-1].strip() or found[-1].lstrip().startswith("#"):
        found.pop()
    return found


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(str(each) for each in dict.fromkeys(numbers))
