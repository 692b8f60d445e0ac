"""Holds an edited text against the expected one (校对): which numbers, names, grades, rows, paragraphs differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from scoring.finding import Finding, finding
from scoring.location import Location
from scoring.proof.align import aligned
from scoring.proof.tokens import GRADE, NAME, NUMBER, Lexicon, Token
from scoring.render.docx_text import Paragraph, Table

LONGEST = 40
"""How much of a text a finding quotes."""


def differences(
    wanted: Sequence[Paragraph | Table], found: Sequence[Paragraph | Table], lexicon: Lexicon, file: str
) -> list[Finding]:
    """Everything that the file says otherwise than the result, paragraphs first, then tables."""
    proof = _Proof(lexicon, file)
    paragraphs = [[each for each in side if isinstance(each, Paragraph)] for side in (wanted, found)]
    tables = [[each for each in side if isinstance(each, Table)] for side in (wanted, found)]
    return [*proof.paragraphs(*paragraphs), *proof.tables(*tables)]


@dataclass(frozen=True, slots=True)
class _Proof:
    lexicon: Lexicon
    file: str

    def paragraphs(self, wanted: Sequence[Paragraph], found: Sequence[Paragraph]) -> Iterator[Finding]:
        for pair in aligned([each.text for each in wanted], [each.text for each in found]):
            if pair.wanted is None or pair.found is None:
                one = wanted[pair.wanted].text if pair.wanted is not None else ""
                if one:
                    yield from self.dropped(one)
                else:
                    assert pair.found is not None
                    yield from self.added(found[pair.found])
                continue
            one, other = wanted[pair.wanted].text, found[pair.found]
            place = f"正文第{other.number}段"
            if pair.moved:
                yield self.said("K551", kind="moved", place=place, text=brief(other.text))
            yield from self.words(one, other.text, place, "")

    def words(self, wanted: str, found: str, place: str, near: str) -> Iterator[Finding]:
        """The protected pieces in which two texts of one paragraph or cell differ."""
        if wanted == found:
            return
        left, right = self.lexicon.tokens(wanted), self.lexicon.tokens(found)
        for kind, low, high, start, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            old, new = left[low:high], right[start:end]
            if kind != "equal" and any(each.kind for each in (*old, *new)):
                context = near or brief("".join(each.text for each in left[max(0, low - 8) : high + 8]))
                yield self.said("K550", place=place, wanted=joined(old), found=joined(new), near=context)

    def dropped(self, text: str) -> Iterator[Finding]:
        """A paragraph that is gone. Prose may go; what it counted or named may not."""
        if protected(self.lexicon.tokens(text)):
            yield self.said("K551", kind="dropped", place="", text=brief(text))

    def added(self, paragraph: Paragraph) -> Iterator[Finding]:
        """A paragraph of somebody else's: names and grades are the result's matter, for numbers nobody can vouch."""
        kinds = {each.kind for each in self.lexicon.tokens(paragraph.text)}
        place = f"正文第{paragraph.number}段"
        if kinds & {NAME, GRADE}:
            yield self.said("K551", kind="added", place=place, text=brief(paragraph.text))
        elif NUMBER in kinds:
            yield self.said("K552", place=place, text=brief(paragraph.text))

    def tables(self, wanted: Sequence[Table], found: Sequence[Table]) -> Iterator[Finding]:
        for one, other in zip(wanted, found, strict=False):
            yield from self.rows(one, other)
        for missing in wanted[len(found) :]:
            head = "、".join(missing.rows[0]) if missing.rows else ""
            yield self.said("K551", kind="table_gone", place=f"第{missing.number}个表", text=brief(head))
        for extra in found[len(wanted) :]:
            text = "".join(text for row in extra.rows for text in row)
            yield from self.added(Paragraph(0, text)) if protected(self.lexicon.tokens(text)) else ()

    def rows(self, wanted: Table, found: Table) -> Iterator[Finding]:
        """Row by row. A row is the same row when most of its cells are."""
        keys = [["\x1f".join(row) for row in side.rows] for side in (wanted, found)]
        headings = wanted.rows[0] if wanted.rows else ()
        place = f"第{found.number}个表"
        for pair in aligned(*keys):
            if pair.found is None:
                assert pair.wanted is not None
                row = wanted.rows[pair.wanted]
                yield self.said("K551", kind="row_gone", place=place, text=brief("　".join(row)))
                continue
            at = f"{place}第{pair.found + 1}行"
            if pair.wanted is None:
                yield self.said("K551", kind="row_added", place=at, text=brief("　".join(found.rows[pair.found])))
                continue
            one, other = wanted.rows[pair.wanted], found.rows[pair.found]
            if pair.moved:
                yield self.said("K551", kind="row_moved", place=at, text=brief("　".join(other)))
            if len(one) != len(other):
                yield from self.words("　".join(one), "　".join(other), at, "")
                continue
            for column, (cell, told) in enumerate(zip(one, other, strict=True)):
                if cell != told:
                    head = headings[column] if column < len(headings) else ""
                    name = max(one, key=len)
                    near = "，".join(filter(None, (name, head)))
                    yield self.said("K550", place=at, wanted=cell or "（空）", found=told or "（空）", near=near)

    def said(self, code: str, **params: Any) -> Finding:
        return finding(code, Location(self.file), **params)


def protected(tokens: Sequence[Token]) -> bool:
    return any(each.kind for each in tokens)


def joined(tokens: Sequence[Token]) -> str:
    return "".join(each.text for each in tokens) or "（没有）"


def brief(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
