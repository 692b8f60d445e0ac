"""Plain text as Markdown: whatever somebody wrote in a name or a reason is printed as written, never as markup."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!$^=@]")
_LINK = re.compile(r"(?<![0-9]):|:(?![0-9])|(?<=[Ww][Ww][Ww])\.")
_START = re.compile(r"\A(\d{0,9})([.)](?= |\Z)|[-+](?= |\Z|[- ]+\Z))")


def escaped(text: str) -> str:
    """One line of text for any place in Markdown, a cell of a table and the beginning of a line included.

    A sign is escaped only where it could mean something, so that names and figures stay as they are. An address
    is kept from turning into a link by its colon.
    """
    told = _MARKUP.sub(lambda sign: "\\" + sign[0], text)
    told = _LINK.sub(lambda sign: "\\" + sign[0], told)
    return _START.sub(lambda sign: f"{sign[1]}\\{sign[2]}", told)
