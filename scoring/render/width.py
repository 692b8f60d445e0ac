"""How wide a text is on a terminal, where a Chinese character takes two cells (显示宽度)."""

from __future__ import annotations

from wcwidth import wcswidth, wcwidth


def cells(text: str) -> int:
    """The number of cells that a text takes; characters without a width count as none."""
    width: int = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(each)) for each in text)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text filled with spaces to a width in cells; `right` sets it at the right edge."""
    blank = " " * max(0, width - cells(text))
    return blank + text if right else text + blank
