"""What can be seen of a text, for every place where words that somebody wrote are shown.

A name may hold what turns a printed line around, moves a terminal's cursor or hides between two characters.
"""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_BLANKS = frozenset(" \u3000\n")


def visible(text: str) -> str:
    """The text without control characters, marks of direction and their like; a break that is no line feed, a blank."""
    if text.isprintable():
        return text
    return "".join(_shown(each) for each in text)


def _shown(character: str) -> str:
    if character in _BLANKS:
        return character
    if character.isspace():
        return " "
    code = ord(character)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "" if no_character or unicodedata.category(character) in _UNSEEN else character
