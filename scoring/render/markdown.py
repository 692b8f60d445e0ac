"""Plain text as Markdown: whatever somebody wrote in a name or a reason is printed as written, never as markup."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!$^=@]")
_LINK = re.compile(r"(?<![0-9]):|:(?![0-9])|(?<=[Ww][Ww][Ww])\.")


def escaped(text: str) -> str:
    """One line of text for any place inside a line of Markdown, a cell of a table included.

    Signs that mean something only where a line begins (`-`, `+`, `1.`) are left alone, because a template puts
    every value behind a word, a bar or an indent. An address is kept from turning into a link by its colon.
    """
    return _LINK.sub(lambda sign: "\\" + sign[0], _MARKUP.sub(lambda sign: "\\" + sign[0], text))
