"""Reading a circular in Markdown the way a careful clerk would, without any code of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELL = re.compile(r"(?<!\\)\|")


def unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


@dataclass
class Paper:
    """Paragraphs and headings in order, and tables by (annex heading, own heading)."""

    lines: list[str]
    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    tables: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    def point(self, lead: str) -> str:
        """The paragraph （一）lead。…"""
        found = [each for each in self.paragraphs if re.match(rf"（[一二三四五六七八九十]+）{re.escape(lead)}。", each)]
        assert len(found) == 1, lead
        return found[0]


def read(text: str) -> Paper:
    paper = Paper(text.split("\n"))
    annex = own = ""
    head: list[str] = []
    for line in paper.lines:
        if line.startswith("|"):
            cells = [unescaped(each.strip()) for each in _CELL.split(line)[1:-1]]
            if not head:
                head = cells
                paper.tables[annex, own] = []
            elif not set("".join(cells)) <= set("-: "):
                assert len(cells) == len(head), line
                paper.tables[annex, own].append(dict(zip(head, cells, strict=True)))
            continue
        head = []
        if line.startswith("#"):
            heading = unescaped(line.lstrip("#").strip())
            paper.headings.append(heading)
            if line.startswith("## "):
                annex, own = heading, ""
            elif line.startswith("### "):
                own = heading
        elif line.strip():
            paper.paragraphs.append(unescaped(line.strip().strip("　")))
    return paper


def annex_tables(paper: Paper, number: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The tables of an annex by group."""
    for (annex, own), rows in paper.tables.items():
        if annex.startswith(f"附件{number}"):
            yield own, rows
