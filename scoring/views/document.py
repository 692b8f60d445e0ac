"""A document (文书) as every format lays it out: words of reports/circular.yaml around the figures of a view.

The words are data that an officer edits; here they are only asked for in order, numbered, and left out where the
figures give them nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from scoring import location
from scoring.views.phrase import counted, numeral
from scoring.views.table import Annex, Column, Table

if TYPE_CHECKING:
    from scoring.views.view import View

Fill = Callable[[location.Mapping, str, Mapping[str, Any]], str]
"""Fills one text of the wording, by its key, with figures."""

TEXT, HEADING, POINT = "text", "heading", "point"
_BETWEEN_WIDE = re.compile(r"(?<=[^\x00-\x7F]) +(?=[^\x00-\x7F])")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: a heading (一、), a point with its lead (（一）总体情况。), or plain text."""

    kind: str
    text: str
    number: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document from head to annexes; what is empty is left out.

    `mark` is 送审稿 until the approval, `attachments` the list of annexes as the text names it.
    """

    mark: str
    title: str
    letterhead: str = ""
    number: str = ""
    notices: tuple[str, ...] = ()
    addressee: str = ""
    body: tuple[Paragraph, ...] = ()
    attachments: tuple[str, ...] = ()
    signatory: str = ""
    date: str = ""
    openness: str = ""
    copy_to: str = ""
    printed_by: str = ""
    printed_on: str = ""
    annexes: tuple[Annex, ...] = ()

    @property
    def length(self) -> int:
        """How many characters the text has, without head and annexes."""
        return sum(len(each.number + each.lead + each.text) for each in self.body)

    def with_table(self, table: Table) -> Document:
        """The same with one more table in its last annex."""
        last = replace(self.annexes[-1], tables=(*self.annexes[-1].tables, table))
        return replace(self, annexes=(*self.annexes[:-1], last))

    def bare(self) -> Document:
        """The same without head and imprint (版头、版记): an office system adds its own."""
        return replace(self, letterhead="", number="", copy_to="", printed_by="", printed_on="")


def compose(view: View, words: location.Mapping, fill: Fill, *, illustrated: bool = False) -> Document:
    """The circular in words; `illustrated` adds the annex that the pictures go into, for formats that show them."""
    figures, own = view.circular.figures, words["circular"]
    kinds = [(kind, tables) for kind, tables in view.circular.annexes if tables]
    if illustrated and view.pictures and own["annexes"].get("pictures"):
        kinds.append(("pictures", ()))
    titles = [(fill(own["annexes"], kind, figures), kind, tables) for kind, tables in kinds]
    several = len(titles) > 1
    return Document(
        mark=fill(own, "draft", figures) if view.draft else "",
        title=fill(own, "title", figures),
        letterhead=figures["发文机关标志"],
        number=figures["发文字号"],
        notices=tuple(map(unbroken, view.notices)),
        addressee=fill(own, "addressee", figures),
        body=tuple(_body(own, figures, fill)),
        attachments=tuple(f"{number}.{title}" if several else title for number, (title, _, _) in enumerate(titles, 1)),
        signatory=figures["署名"],
        date=figures["成文日期"],
        openness=fill(own, "openness", figures),
        copy_to=fill(own, "copy_to", figures),
        printed_by=figures["印发机关"],
        printed_on=fill(own, "printed_on", figures) if figures["印发机关"] else "",
        annexes=tuple(
            Annex(f"附件{number}" if several else "附件", title, tables, wide=kind == "details")
            for number, (title, kind, tables) in enumerate(titles, 1)
        ),
    )


def note(view: View, words: location.Mapping, fill: Fill) -> Document:
    """The note that goes to the leaders with a draft (送审说明): matters to decide, and every department."""
    own = words["note"]
    figures = {**view.circular.figures, "事项数": counted(len(view.matters)), "未完成个数": counted(view.unfinished)}
    rows = []
    for number, each in enumerate(view.matters, 1):
        said = own["matters"][each.kind]
        told = {**figures, **each.figures}
        cells = (fill(said, key, told) for key in ("facts", "rule", "advice"))
        rows.append((str(number), fill(said, "name", told), each.departments, *cells, ""))
    columns = (
        Column("序号", True),
        Column("事项类别", part=2),
        Column("涉及部门", part=2),
        Column("基本情况", part=5),
        Column("办法规定", part=3),
        Column("经办建议", part=2),
        Column("审定意见", part=2),
    )
    table = [Annex("", fill(own, "table", figures), (Table("", columns, tuple(rows)),), wide=True)] if rows else []
    return Document(
        mark="",
        title=fill(own, "title", figures),
        notices=tuple(map(unbroken, view.notices)),
        body=tuple(paragraphs(own["paragraphs"], figures, fill)),
        annexes=(*table, Annex("", fill(own, "overview", figures), view.overview, wide=True)),
    )


def _body(own: location.Mapping, figures: Mapping[str, Any], fill: Fill) -> Iterable[Paragraph]:
    """The opening, then each section that has something to say, numbered as they come."""
    yield from paragraphs(own["opening"], figures, fill)
    number = 0
    for section in own["sections"]:
        below = list(paragraphs(section["paragraphs"], figures, fill))
        if below:
            number += 1
            yield Paragraph(HEADING, fill(section, "heading", figures), f"{numeral(number)}、")
            yield from below


def paragraphs(said: Sequence[location.Mapping], figures: Mapping[str, Any], fill: Fill) -> Iterable[Paragraph]:
    """The paragraphs that have a text, one for each row of a list where they say so, points numbered in order."""
    number = 0
    for each in said:
        for row in figures[each["each"]] if "each" in each else ({},):
            told = {**figures, **(row if isinstance(row, Mapping) else {"段落": row})}
            text = fill(each, "text", told)
            if not text:
                continue
            if "lead" in each:
                number += 1
                lead, rest = fill(each, "lead", told), text
                if not lead and "。" in text:  # a point has a lead in type of its own: without one, its first sentence
                    lead, _, rest = text.partition("。")
                yield Paragraph(POINT, rest, f"（{numeral(number)}）", lead)
            else:
                yield Paragraph(TEXT, text)


def unbroken(text: str) -> str:
    """The text without the spaces that line breaks of a file leave between Chinese characters."""
    return _BETWEEN_WIDE.sub("", text)


def mapped(value: Value, change: Callable[[str], str]) -> Value:
    """The value with `change` done to every string in it, however deep; keys of mappings are names and stay."""
    return _mapped(value, change)  # type: ignore[no-any-return]


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(each, change) for each in value)
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    if isinstance(value, Mapping):
        return {key: _mapped(each, change) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _mapped(getattr(value, each.name), change) for each in fields(value)})
    return value
