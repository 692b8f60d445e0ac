"""The line that a finding speaks of, with the place underlined (原文): officers look at the line, not at its number."""

from __future__ import annotations

import unicodedata

from scoring.location import Location
from scoring.render.width import cells

MOST_CELLS = 100
_LEAD_CELLS = 30  # how much is shown before the place where a line is too long


def excerpt(place: Location) -> list[str]:
    """The line and the mark below it, or nothing where the location has no line to show."""
    if not place.text or not place.line:
        return []
    shown = [_visible(each) for each in place.text]
    start = min(max(place.column - 1, 0), len(shown))
    end = min(start + place.width, len(shown))
    first, last = _window(shown, start)
    before, marked = shown[first:start], shown[start : min(end, last)]
    head = "…" if first else ""
    tail = "…" if last < len(shown) else ""
    lines = [f"{place.line:>4}│{head}{''.join(shown[first:last])}{tail}".rstrip()]
    if place.column:
        underline = "~" * max(1, cells("".join(marked)))
        lines.append(f"    │{' ' * cells(head + ''.join(before))}{underline}")
    return lines


def _visible(character: str) -> str:
    """What stands for a character on a screen: nothing may be invisible, and nothing may command the terminal."""
    if character == "\t":
        return "→"
    if character.isprintable() or character == "\u3000":
        return character
    return " " if unicodedata.category(character) == "Zs" else f"<U+{ord(character):04X}>"


def _window(shown: list[str], start: int) -> tuple[int, int]:
    """The part of a long line that is shown: a little before the place, the rest behind it."""
    if cells("".join(shown)) <= MOST_CELLS:
        return 0, len(shown)
    first, lead = start, 0
    while first and lead < _LEAD_CELLS:
        first -= 1
        lead += cells(shown[first])
    last, width = start, lead
    while last < len(shown) and width < MOST_CELLS:
        width += cells(shown[last])
        last += 1
    return first, last
