"""What a text may not change unnoticed (要素): numbers, names, grades. Everything else is prose, the director's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

_NUMBER = r"[〇零一二三四五六七八九十百千]+(?=[、）项个名家分年月日处位条类章])|\d+(?:[.,，]\d+)*%?"
_QUOTED = "“”‘’\"'"


class Token(NamedTuple):
    """A piece of a text; `kind` is empty for prose."""

    text: str
    kind: str


NUMBER, NAME, GRADE, PROSE = "数", "名称", "等次", ""


@dataclass(slots=True)
class Lexicon:
    """The names and grades of one result, and the pattern that finds them."""

    names: Iterable[str]
    grades: Iterable[str]
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        names = "|".join(re.escape(each) for each in sorted({*map(_closed, self.names)} - {""}, key=_longest_first))
        self.grades = frozenset(self.grades)
        parts = [f"(?P<name>{names})" if names else "(?P<name>(?!))", f"(?P<number>{_NUMBER})", "(?P<prose>.)"]
        self._pattern = re.compile("|".join(parts), re.DOTALL)

    def tokens(self, text: str) -> list[Token]:
        """The text in pieces; prose character by character."""
        found: list[Token] = []
        for match in self._pattern.finditer(_closed(text)):
            kind = {"name": NAME, "number": NUMBER}.get(match.lastgroup or "", PROSE)
            piece = match.group()
            found.append(Token(piece.replace("，", ",") if kind == NUMBER else piece, kind))
        return [self._graded(found, place) for place in range(len(found))]

    def _graded(self, tokens: list[Token], place: int) -> Token:
        """A grade where it is named as one: in quotation marks, beside a number, or alone in its cell."""
        token = tokens[place]
        if token.kind or token.text not in self.grades:
            return token
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        alone = before is None and after is None
        quoted = before is not None and after is not None and before.text in _QUOTED and after.text in _QUOTED
        counted = after is not None and (after.kind == NUMBER or after.text in "的等级次")
        listed = before is not None and before.text in "为是评、"
        return Token(token.text, GRADE) if alone or quoted or counted or listed else token


def _closed(text: str) -> str:
    return "".join(text.split())


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name
