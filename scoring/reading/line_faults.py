"""The faults of one line while it is walked (形近字符): what was found, and the checks that every context shares."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from scoring.finding import Finding, finding
from scoring.location import Mark, Source

WIDE_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
UNREADABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
COLONS = "：﹕︰∶"

_BLANKS = re.compile(f"[ \t{WIDE_SPACES}{INVISIBLE}]*")
_BLANK_RUN = re.compile(f"\t+|[{WIDE_SPACES}]+|[{INVISIBLE}]+")
_WIDE = re.compile(f"[{WIDE_SPACES}]")
_QUOTED = {
    '"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"'),
    "'": re.compile(r"[^']*(?:''[^']*)*'(?!')"),
}
_UNREADABLE = re.compile(f"[{UNREADABLE}]")
_HIDDEN = re.compile(f"[{INVISIBLE}\u00a0]+")
_ENCLOSED = (re.compile('[“”„‟＂]([^“”„‟＂]*)[“”„‟＂"]'), re.compile("[‘’]([^‘’]*)[‘’']"))
_CLOSING_QUOTES = {'"': "“”„‟＂", "'": "‘’＇"}
_NUMBER_OR_DATE = re.compile(r"-?\d+(\.\d+)?%?|\d{4}-\d\d-\d\d( \d\d:\d\d)?", re.ASCII)
_DASHES = str.maketrans("−–—‐‑", "-----")


class Fault(NamedTuple):
    """One look-alike: where it stands (line from 1, span from 0) and what was meant instead.

    `kind` names it for the catalogue; an empty `code` is put right without a word, because it changes nothing.
    """

    code: str
    kind: str
    line: int
    start: int
    end: int
    instead: str


def fault_finding(source: Source, fault: Fault) -> Finding:
    """The finding of a fault; characters without a shape are named by their number."""
    shown = source.lines[fault.line - 1][fault.start : fault.end]
    place = source.at(Mark(fault.line, fault.start + 1, max(1, len(shown))))
    if fault.kind in ("invisible", "unreadable", "space", "tab"):
        shown = " ".join(f"U+{ord(each):04X}" for each in dict.fromkeys(shown))
    return finding(fault.code, place, kind=fault.kind, found=shown, instead=fault.instead)


def past_blanks(text: str, start: int = 0) -> int:
    """The column of the first character that is no blank of any kind."""
    match = _BLANKS.match(text, start)
    return match.end() if match else start


class LineFaults:
    """Collects the faults of the line at hand; a quoted text may go on from one line to the next."""

    __slots__ = ("found", "number", "quote")

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.number = 0
        self.quote = ""

    def begin(self, number: int, text: str) -> None:
        """A new line; characters that no text file should hold are faults wherever they stand."""
        self.number, self.found = number, []
        for match in _UNREADABLE.finditer(text):
            self.fault("K104", "unreadable", match.start(), match.end(), "")

    def fault(self, code: str, kind: str, start: int, end: int, instead: str) -> None:
        self.found.append(Fault(code, kind, self.number, start, end, instead))

    def colon(self, text: str, start: int, end: int, kind: str) -> None:
        """A colon that is none, or one without its space."""
        spaced = past_blanks(text, end) > end or end == len(text)
        self.fault("K102", kind, start, end, ":" if spaced else ": ")

    def blanks(self, text: str, start: int, end: int, *, silent: bool = False, least: str = "") -> int:
        """Put a run of blanks right; its width afterwards. `least` is what must remain of it (" " behind a colon)."""
        width = end - start
        runs = list(_BLANK_RUN.finditer(text, start, end))
        for match in runs:
            shown = match.group()
            if shown[0] == "\t":
                code, kind, instead = "K103", "tab", "  " * len(shown)
            elif _HIDDEN.match(shown) and shown[0] != "\u00a0":
                code, kind, instead = "K104", "invisible", ""
            else:
                code, kind = "K104", "space"
                instead = "".join("  " if each == "\u3000" else " " for each in shown)
            width += len(instead) - len(shown)
            self.fault("" if silent else code, kind, *match.span(), instead)
        if least and runs and not width:
            self.found[-1] = self.found[-1]._replace(instead=least)
        return width

    def enclosed(self, text: str, start: int, end: int) -> bool:
        """Report Chinese quotes put around a whole text, where YAML's quotes were meant."""
        for form, quote in zip(_ENCLOSED, "\"'", strict=True):
            if form.fullmatch(text, start, end):
                self.fault("K104", "quote", start, start + 1, quote)
                if text[end - 1] != quote:
                    self.fault("K104", "quote", end - 1, end, quote)
                return True
        return False

    def enclosed_key(self, text: str, start: int) -> int | None:
        """The column of the colon behind a key in Chinese quotes, which are reported; None where there is none."""
        for form in _ENCLOSED:
            named = form.match(text, start)
            if named and text[named.end() : named.end() + 1] in (":", *COLONS):
                self.enclosed(text, start, named.end())
                return named.end()
        return None

    def wide_number(self, text: str, start: int, end: int) -> bool:
        """Report a number or date in characters of full width: ９５％, 2023－03－31."""
        body = text[start:end]
        narrow = unicodedata.normalize("NFKC", body).translate(_DASHES)
        wide = narrow != body and _NUMBER_OR_DATE.fullmatch(narrow) is not None
        if wide:
            self.fault("K104", "digit", start, end, narrow)
        return wide

    def hidden(self, text: str, start: int, end: int) -> None:
        """Characters without a shape, and spaces that do not break: two words that look alike would differ."""
        for match in _HIDDEN.finditer(text, start, end):
            space = "\u00a0" in match.group()
            self.fault("K104", "space" if space else "invisible", *match.span(), " " if space else "")

    def wide_end(self, text: str, start: int, end: int) -> None:
        """Wide spaces behind a text."""
        body = end_of_body(text, start, end)
        if _WIDE.search(text, body, end):
            self.fault("K104", "space", body, end, "")

    def quoted(self, text: str, start: int) -> int:
        """Pass a quoted text, which may go on below; a Chinese quote at the line's end was meant to close it."""
        going_on = bool(self.quote)
        quote = self.quote or text[start]
        after = end_of_quoted(text, start if going_on else start + 1, quote)
        if after is not None:
            self.quote = ""
            return after
        body = text.rstrip()
        if not going_on and len(body) > start + 1 and body[-1] in _CLOSING_QUOTES[quote]:
            self.fault("K104", "quote", len(body) - 1, len(body), quote)
        else:
            self.quote = quote
        return len(text)


def end_of_body(text: str, start: int, end: int) -> int:
    """The column behind the last character of text[start:end] that is no space of any kind."""
    return start + len(text[start:end].rstrip())


def end_of_quoted(text: str, start: int, quote: str) -> int | None:
    """The column behind the closing quote, from the first character inside; None where it does not close here."""
    match = _QUOTED[quote].match(text, start)
    return match.end() if match else None
