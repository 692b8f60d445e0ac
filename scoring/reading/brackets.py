"""Look-alikes inside `[…]` and `{…}`, where `，` and `：` can only be meant as signs (括号内的写法)."""

from __future__ import annotations

import re

from scoring.reading.line_faults import COLONS, INVISIBLE, WIDE_SPACES, LineFaults

_NARROW = str.maketrans("［］｛｝【】", "[]{}[]")
_SIGNS = r"\[\]{}［］｛｝,，"
_TOKEN = re.compile(
    rf"(?P<quote>[\"'])|(?P<open>[\[{{［｛])|(?P<close>[\]}}］｝])|(?P<comma>[,，])"
    rf"|(?P<colon>:(?=[\s,\[\]{{}}]|$)|[{COLONS}])"
    rf"|(?P<comment>(?:^|(?<=\s))#.*)"
    rf"|(?P<blank>[\s{WIDE_SPACES}{INVISIBLE}]+)"
    rf"|(?P<text>(?:[^\s\"'{_SIGNS}:{COLONS}{WIDE_SPACES}{INVISIBLE}]|:(?![\s,\[\]{{}}]|$)|(?<=\S)[\"'])+)"
)
_ENTRY = re.compile(f"[^{_SIGNS}]*")
_ENTRY_KEY = re.compile(f"[^{_SIGNS}:{COLONS}]+")
_KEY_AHEAD = re.compile(rf"\s*(?:[a-z][a-z_]+\s*[:{COLONS}]|[^\s{_SIGNS}:{COLONS}]{{1,30}}:(?:\s|$))")
_ANY_KEY_AHEAD = re.compile(rf"\s*[^\s{_SIGNS}:{COLONS}]{{1,30}}\s*[:{COLONS}]")
_BEFORE, _AFTER = tuple(f",，:[{{［｛{COLONS}"), tuple(f",，:]}}］｝#{COLONS}")


def list_like(body: str) -> bool:
    """Whether a value that begins with a bracket of full width is a list: 【试点】项目 is a name."""
    if body[0] == "【":
        return body[-1] in "】]" and re.search("[,，]", body) is not None
    return len(body) == 1 or body[-1] in "]}］｝"


class Brackets:
    """What is open, from the first bracket of a value to its last, over as many lines as it takes."""

    __slots__ = ("expects_key", "faults", "fresh", "open", "wide_colon")

    def __init__(self, faults: LineFaults) -> None:
        self.faults = faults
        self.open: list[str] = []
        self.fresh = True  # at the start of an entry, where a quote opens a quoted text
        self.expects_key = True  # no colon was seen yet in this entry
        self.wide_colon = False  # the colon that was seen is a Chinese one

    def walk(self, text: str, start: int) -> None:
        """Pass the part of a line that is inside brackets."""
        while start < len(text):
            match = _TOKEN.match(text, start)
            if match is None:
                start += 1
                continue
            start = self.token(text, match.lastgroup or "", *match.span())
            if not self.open:
                return

    def token(self, text: str, kind: str, start: int, end: int) -> int:
        """One sign, blank or text; the column behind it."""
        sign = text[start]
        if kind == "open" or (sign == "【" and not self.open):
            self.sign("bracket", text, start, sign.translate(_NARROW))
            self.open.append(sign.translate(_NARROW))
            kind, end = "open", start + 1
        elif kind == "close":
            self.sign("bracket", text, start, sign.translate(_NARROW))
            self.open.pop()
        elif sign == "，" and not self.divides(text, end):
            kind = "text"
        elif kind == "comma":
            self.sign("comma", text, start, "," if text[end : end + 1] in ("", " ") else ", ")
        elif kind == "colon" and sign != ":":
            if self.expects_key and self.open[-1] == "{":
                self.faults.colon(text, start, end, "wide")
                self.wide_colon = True
        elif kind == "blank":
            self.blank(text, start, end)
            return end
        elif kind == "quote" and self.fresh:
            end = self.faults.quoted(text, start)
        elif kind == "text" and self.fresh:
            end = self.entry(text, start, end)
        elif kind == "comment":
            return len(text)
        self.fresh = kind in ("open", "comma", "colon")
        self.expects_key = kind in ("open", "comma") or (kind != "colon" and self.expects_key)
        self.wide_colon = self.wide_colon and not self.expects_key
        return end

    def divides(self, text: str, end: int) -> bool:
        """Whether a Chinese comma stands between two entries. In the value of a key it may be an officer's prose:
        there it divides only before another key."""
        if self.open[-1] == "[" or self.expects_key:
            return True
        return (_KEY_AHEAD if not self.wide_colon else _ANY_KEY_AHEAD).match(text, end) is not None

    def sign(self, kind: str, text: str, at: int, meant: str) -> None:
        if text[at] != meant[0]:
            self.faults.fault("K104", kind, at, at + 1, meant)

    def entry(self, text: str, start: int, end: int) -> int:
        """The beginning of an unquoted text; the column from where to go on."""
        form = _ENTRY_KEY if self.open[-1] == "{" and self.expects_key else _ENTRY
        match = form.match(text, start)
        last = start + len(match.group().rstrip()) if match else end
        if self.faults.enclosed(text, start, last) or self.faults.wide_number(text, start, last):
            return last
        if text[last - 1] == "】" and "【" not in text[start:last] and self.open == ["["]:
            self.faults.fault("K104", "bracket", last - 1, last, "]")
            self.open.pop()
            return last
        return end

    def blank(self, text: str, start: int, end: int) -> None:
        """Blanks matter beside a sign; between the words of a text a wide space is the text's own."""
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in ("", *_BEFORE) or after in ("", *_AFTER):
            self.faults.blanks(text, start, end, silent=not text[start:end].strip("\t "), least=" ")
        else:
            self.faults.hidden(text, start, end)
