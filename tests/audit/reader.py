"""Reads an audit page as a browser would, with nothing of the program that wrote it."""

from __future__ import annotations

import json
import re
from typing import Any

BLOCK = re.compile(r'<script type="[^"]*" id="(\w+)">(.*?)</script>', re.DOTALL)


class Page:
    """The head of a page and its unfolded accounts by department."""

    def __init__(self, page: bytes) -> None:
        self.text = page.decode()
        blocks = dict(BLOCK.findall(self.text))
        self.head: dict[str, Any] = json.loads(blocks["head"])
        self.patterns: list[Any] = json.loads(blocks["patterns"])
        self.lines: list[str] = blocks["accounts"].split("\n")

    def account(self, code: str) -> list[Any]:
        """Flow, sections, total line and steps of a department."""
        row = next(each for each in self.head["rows"] if each["code"] == code)
        first, *figures = self.lines[row["account"]].split(" ")
        found: list[Any] = self._unfolded(int(first), iter(figures))
        return found

    def entries(self, code: str) -> list[list[Any]]:
        """Every entry of a department: number, criterion, name, kind, state, 自评, points, sentence and the rest."""
        return [entry for _, _, entries in self.account(code)[1] for entry in entries]

    def whole(self) -> str:
        """Everything that can be read on the page."""
        rows = [each for each in self.head["rows"] if "account" in each]
        told = [self.account(each["code"]) for each in rows]
        return json.dumps([self.head, told], ensure_ascii=False)

    def _unfolded(self, number: int, figures: Any) -> Any:
        pattern = self.patterns[number]
        if isinstance(pattern, list):
            return [self._unfolded(each, figures) for each in pattern]
        return re.sub("\t", lambda _: next(figures), pattern)
