"""Characters that look like YAML's own and are not (形近字符): found before parsing, because parsers report them late.

A Chinese input method writes `：` for `:`. The parser then sees no key on that line and complains one line later,
or joins the line to the text above and complains of nothing. So each line is read here with just enough of YAML's
grammar to know whether a character stands where YAML's own sign should be, or inside an officer's prose, where
`：` and `，` are right. What is found is put right in a working copy, so that parsing goes on to the next fault.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from scoring.reading.brackets import Brackets, list_like
from scoring.reading.line_faults import (
    COLONS,
    INVISIBLE,
    UNREADABLE,
    WIDE_SPACES,
    Fault,
    LineFaults,
    end_of_body,
    end_of_quoted,
    past_blanks,
)

_SUSPECT = re.compile(
    f"[\t{WIDE_SPACES}{INVISIBLE}{UNREADABLE}{COLONS}，“”„‟‘’＂＇［］｛｝【】＃＞｜‐-―−－０-９．％ａ-ｚＡ-Ｚ＿]"
)
_BULLET = re.compile(f"-(?=[ \t{WIDE_SPACES}{INVISIBLE}]|$)|(?P<wide>[－—–−‐])(?=[ \t{WIDE_SPACES}])")
_SEPARATOR = re.compile(f":(?=[ \t{WIDE_SPACES}{INVISIBLE}]|$)")
_ANY_COLON = re.compile(f"[:{COLONS}]")
_AFTER_QUOTED = re.compile(f"[ \t]*([:{COLONS}])")
_WIDE_COLON = re.compile(f"[{COLONS}]")
_TIGHT_COLON = re.compile(r"[^\s:'\"]+?(:)[^\s:/]")
_COMMENT = re.compile(f"[ \t{WIDE_SPACES}]#")
_KEY_WORD = re.compile(r"[a-z][a-z_]+")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(#.*)?$")


class Mended(NamedTuple):
    """A working copy of the lines, and for each changed line the original column of each of its characters."""

    lines: list[str]
    origins: dict[int, list[int]]
    faults: list[Fault]


def suspect(text: str) -> bool:
    """Whether a file holds any character worth a scan: most that a program wrote do not."""
    return _SUSPECT.search(text) is not None


def scan(lines: list[str]) -> Mended:
    """Find every look-alike in the lines of a YAML file and put it right in a copy."""
    walk = _Walk(lines)
    mended: list[str] = []
    origins: dict[int, list[int]] = {}
    faults: list[Fault] = []
    for number, text in enumerate(lines, 1):
        found = walk.line(number, text)
        if found:
            text, origins[number] = _put_right(text, found)
            faults.extend(each for each in found if each.code)
        mended.append(text)
    return Mended(mended, origins, faults)


def _put_right(text: str, faults: list[Fault]) -> tuple[str, list[int]]:
    """The line with every fault replaced, and the original column (from 0) of each character that is left."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for fault in sorted(faults, key=lambda each: each.start):
        if fault.start < done:
            continue
        pieces += [text[done : fault.start], fault.instead]
        origin += [*range(done, fault.start), *[fault.start] * len(fault.instead)]
        done = fault.end
    pieces.append(text[done:])
    origin += range(done, len(text) + 1)
    return "".join(pieces), origin


class _Walk:
    """Goes down the lines and keeps what is known of the structure above the present one."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.faults = LineFaults()
        self.brackets = Brackets(self.faults)
        self.indents: list[int] = []  # columns of the block mappings that are open
        self.block_text: int | None = None  # lines deeper than this belong to a `|` or `>` text
        self.prose: int | None = None  # lines deeper than this go on with an unquoted text

    def line(self, number: int, text: str) -> list[Fault]:
        """The faults of one line; the state moves on to the next."""
        self.faults.begin(number, text)
        start = past_blanks(text)
        if self.in_block_text(text):
            return self.faults.found
        if self.faults.quote:
            start = self.faults.quoted(text, 0)
            if not self.faults.quote and self.brackets.open:
                self.brackets.walk(text, start)
        elif start == len(text):
            if text.strip(" "):
                self.faults.fault("", "space", 0, len(text), "")
        else:
            indent = self.faults.blanks(text, 0, start, silent=text[start] == "#")
            if text[start] != "#":
                self.content(text, start, indent)
        return self.faults.found

    def in_block_text(self, text: str) -> bool:
        if self.block_text is None:
            return False
        if not text.strip() or _indent(text) > self.block_text:
            return True
        self.block_text = None
        return False

    def content(self, text: str, start: int, indent: int) -> None:
        """What a line holds behind its indentation."""
        if self.brackets.open:
            self.brackets.walk(text, start)
        elif self.prose is not None and indent > self.prose and not _wide_key_word(text, start):
            self.plain_text(text, start, _end_of_value(text, start))
        elif text[start] == "＃":
            self.faults.fault("K104", "hash", start, start + 1, "#")
        else:
            self.block_line(text, start, indent)

    def block_line(self, text: str, start: int, indent: int) -> None:
        """Dashes, a key, a value."""
        self.prose = None
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        parent, dashed = indent - 1, False
        while start < len(text) and (bullet := _BULLET.match(text, start)):
            if bullet.group("wide"):
                self.faults.fault("K104", "dash", *bullet.span(), "-")
            parent, dashed = indent, True
            end = past_blanks(text, start + 1)
            indent += 1 + self.faults.blanks(text, start + 1, end, least=" ")
            start = end
        if start == len(text):
            return
        behind = self.separator(text, start, indent, dashed)
        if behind is None:
            self.value(text, start, parent)
            return
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        end = past_blanks(text, behind)
        self.faults.blanks(text, behind, end, least=" ")
        self.value(text, end, indent)

    def separator(self, text: str, start: int, indent: int, dashed: bool) -> int | None:
        """The column behind the colon of this line's key, which is put right; None where the line holds no key."""
        if text[start] in "\"'":
            after = end_of_quoted(text, start + 1, text[start])
            match = _AFTER_QUOTED.match(text, after) if after is not None else None
            return self.colon(text, *match.span(1)) if match else None
        named = self.faults.enclosed_key(text, start)
        if named is not None:
            return self.colon(text, named, named + 1)
        if text[start] in "[{［｛|>｜＞?":
            return None
        limit = _end_of_value(text, start)
        plain = _SEPARATOR.search(text, start, limit)
        wide = _WIDE_COLON.search(text, start, plain.start() if plain else limit)
        at_key = not dashed and (not self.indents or self.indents[-1] == indent)
        before = text[start : wide.start()].strip() if wide else ""
        bracketed = wide is not None and text[past_blanks(text, wide.end()) :][:1] in ("{", "[")
        if wide and (self.means_key(before, indent, at_key, plain is not None) or (before and bracketed)):
            self.key_text(text, start, wide.start())
            return self.colon(text, *wide.span())
        if plain:
            self.key_text(text, start, plain.start())
            return plain.end()
        tight = _TIGHT_COLON.match(text, start, limit)
        if tight and (at_key or _KEY_WORD.fullmatch(text, start, tight.start(1))):
            self.faults.colon(text, *tight.span(1), "tight")
            return tight.end(1)
        return None

    def means_key(self, before: str, indent: int, at_key: bool, has_separator: bool) -> bool:
        """Whether the text before a Chinese colon is a key, not the beginning of a sentence.

        Where only a key may stand it is one. At the first line below a key or a dash, a second line that goes on
        at the same column tells: sentences are not written so.
        """
        if _KEY_WORD.fullmatch(before):
            return True
        if has_separator or not before:
            return False
        below = range(self.faults.number, min(self.faults.number + 20, len(self.lines)))
        following = next((self.lines[each] for each in below if self.lines[each].strip()), "")
        goes_on = _indent(following) == indent and _ANY_COLON.search(following) is not None
        return at_key or (goes_on and not following.lstrip(" ").startswith("- "))

    def colon(self, text: str, start: int, end: int) -> int:
        """Take a good colon, or report another; the column behind it."""
        if text[start] != ":":
            self.faults.colon(text, start, end, "wide")
        elif end < len(text) and past_blanks(text, end) == end:
            self.faults.colon(text, start, end, "tight")
        return end

    def key_text(self, text: str, start: int, end: int) -> None:
        """A key: hidden characters anywhere, and letters of full width."""
        key = text[start:end].strip()
        narrow = unicodedata.normalize("NFKC", key)
        if narrow != key and _KEY_WORD.fullmatch(narrow):
            self.faults.fault("K104", "letter", start, end, narrow)
        else:
            self.faults.hidden(text, start, end_of_body(text, start, end))
            self.faults.wide_end(text, start, end)

    def value(self, text: str, start: int, parent: int) -> None:
        """What stands behind a colon or a dash; lines deeper than `parent` may go on with it."""
        if start >= len(text) or text[start] == "#":
            return
        end = end_of_body(text, start, _end_of_value(text, start))
        body = text[start:end]
        if not body:
            return
        if body[0] in "\"'":
            self.faults.quoted(text, start)
        elif body[0] in "[{" or (body[0] in "［｛【" and list_like(body)):
            self.brackets.walk(text, start)
        elif _BLOCK_TEXT.match(text, start):
            self.block_text = parent
        elif body in ("｜", "＞"):
            self.faults.fault("K104", "bar", start, start + 1, "|" if body == "｜" else ">")
            self.block_text = parent
        elif not self.faults.enclosed(text, start, end):
            if self.faults.wide_number(text, start, end):
                self.faults.wide_end(text, start, _end_of_value(text, start))
            else:
                self.plain_text(text, start, _end_of_value(text, start))
            self.prose = parent

    def plain_text(self, text: str, start: int, end: int) -> None:
        """An unquoted text: hidden characters, and wide spaces at its end."""
        self.faults.hidden(text, start, end_of_body(text, start, end))
        self.faults.wide_end(text, start, end)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _end_of_value(text: str, start: int) -> int:
    comment = _COMMENT.search(text, start)
    return comment.start() if comment else len(text)


def _wide_key_word(text: str, start: int) -> bool:
    """Whether the line begins with a key word and a Chinese colon: no sentence does."""
    word = _KEY_WORD.match(text, start)
    return word is not None and _WIDE_COLON.match(text, word.end()) is not None
