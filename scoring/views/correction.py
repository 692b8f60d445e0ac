"""The correction notice (更正通知): what was published, what holds now, row by row of the annexes of both circulars.

It compares nothing but what the two circulars print for the same audience, so it can tell nobody more than they did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring import location
from scoring.views.document import Document, Fill, mapped, paragraphs, unbroken
from scoring.views.phrase import NO, YES, counted, plain_text
from scoring.views.table import Annex, Column, Table
from scoring.views.view import View

Figures = dict[str, Any]
Row = Mapping[str, str]

NAME, TOTAL, GRADE, RANK, NUMBER = "部门名称", "总分", "等次", "名次", "序号"
WHEN = "内容"
IN_TEXT = ("参评总数", "平均分", "最高分", "最低分", "各等次", "末等", "零等次", "各组", "问题", "失分占比", "未参评")
"""Figures of a circular's text that follow from the scores."""


@dataclass(frozen=True, slots=True)
class Reissue:
    """What is corrected: both circulars as their audience sees them, what the old one was called, and why."""

    old: View
    new: View
    title: str
    number: str
    why: str


def correction(reissue: Reissue, words: location.Mapping, fill: Fill) -> Document | None:
    """The notice; None where nothing that this audience was told has changed."""
    changed = {kind: _changed(reissue, kind) for kind in ("standings", "details")}
    figures = {**reissue.new.circular.figures, **_figures(reissue, changed)}
    if not any(changed.values()) and not figures["正文变动"]:
        return None
    tables = [(fill(words["annexes"], kind, figures), _tables(changed[kind], kind, words, fill)) for kind in changed]
    shown = [(title, found) for title, found in tables if found]
    several = len(shown) > 1
    document = Document(
        mark=fill(words, "draft", figures) if reissue.new.draft else "",
        title=fill(words, "title", figures),
        letterhead=figures["发文机关标志"],
        number=figures["发文字号"],
        notices=tuple(map(unbroken, reissue.new.notices)),
        addressee=fill(words, "addressee", figures),
        body=tuple(paragraphs(words["paragraphs"], figures, fill)),
        attachments=tuple(f"{number}.{title}" if several else title for number, (title, _) in enumerate(shown, 1)),
        signatory=figures["署名"],
        date=figures["成文日期"],
        openness=fill(words, "openness", figures),
        copy_to=fill(words, "copy_to", figures),
        printed_by=figures["印发机关"],
        printed_on=fill(words, "printed_on", figures) if figures["印发机关"] else "",
        annexes=tuple(
            Annex(f"附件{number}" if several else "附件", title, found, wide=len(found[0].columns) > 6)
            for number, (title, found) in enumerate(shown, 1)
        ),
    )
    return mapped(document, plain_text)


@dataclass(frozen=True, slots=True)
class Pair:
    """A department's row before and after; empty where it was not, or is no longer, in the annex."""

    group: str
    name: str
    before: Row
    after: Row
    columns: tuple[Column, ...]


def _changed(reissue: Reissue, kind: str) -> list[Pair]:
    """The departments whose row in an annex is another one, in the order of the new annex, then those that left it."""
    before, after = (_rows(each, kind) for each in (reissue.old, reissue.new))
    found = []
    for name in [*after, *(each for each in before if each not in after)]:
        group, columns, now = after.get(name, ("", (), {}))
        was_in, had, was = before.get(name, ("", (), {}))
        if now != was:
            found.append(Pair(group or was_in, name, was, now, tuple(dict.fromkeys((*columns, *had)))))
    return found


def _rows(view: View, kind: str) -> dict[str, tuple[str, tuple[Column, ...], Row]]:
    """The rows of an annex by department, with the group and the columns; running numbers are left out."""
    found: dict[str, tuple[str, tuple[Column, ...], Row]] = {}
    for table in dict(view.circular.annexes).get(kind, ()):
        columns = tuple(each for each in table.columns if each.name not in (NAME, NUMBER))
        for cells in table.rows:
            row = {column.name: cell for column, cell in zip(table.columns, cells, strict=True)}
            found[row[NAME]] = table.title, columns, {column.name: row[column.name] for column in columns}
    return found


def _figures(reissue: Reissue, changed: Mapping[str, Sequence[Pair]]) -> Figures:
    told = [each for each in changed["standings"] if not each.before or not each.after or _differs(each, TOTAL, GRADE)]
    old, new = reissue.old.circular.figures, reissue.new.circular.figures
    return {
        "更正原因": reissue.why,
        "原通报标题": reissue.title,
        "原文号": reissue.number,
        "更正": [_told(each) for each in told],
        "部门个数": counted(len(told)),
        "名次变动": YES if any(_differs(each, RANK) for each in changed["standings"]) else NO,
        "表格变动": YES if changed["standings"] else NO,
        "指标变动": YES if changed["details"] else NO,
        "正文变动": YES if any(old[key] != new[key] for key in IN_TEXT) else NO,
    }


def _differs(pair: Pair, *names: str) -> bool:
    return any(pair.before.get(name) != pair.after.get(name) for name in names)


def _told(pair: Pair) -> Figures:
    """What a sentence says of a department: total and grade where they are published and have changed."""
    listed, left = not pair.before, not pair.after
    figures: Figures = {"部门": pair.name, "列入": YES if listed else NO, "不再列入": YES if left else NO}
    for name, word in ((TOTAL, "总分"), (GRADE, "等次")):
        differs = pair.before.get(name) != pair.after.get(name)
        figures[f"原{word}"] = pair.before.get(name, "") if differs else ""
        figures[f"现{word}"] = pair.after.get(name, "") if differs else ""
    return figures


def _tables(pairs: Sequence[Pair], kind: str, words: location.Mapping, fill: Fill) -> tuple[Table, ...]:
    """Two rows a department, before and after, group by group."""
    return tuple(_table(group, pairs, kind, words, fill) for group in dict.fromkeys(each.group for each in pairs))


def _table(group: str, pairs: Sequence[Pair], kind: str, words: location.Mapping, fill: Fill) -> Table:
    own = [each for each in pairs if each.group == group]
    columns = tuple(dict.fromkeys(column for each in own for column in each.columns))
    rows = [row for each in own for row in _before_and_after(each, columns, words, fill)]
    name = Column(NAME, part=4 if kind == "standings" else 3)
    return Table(group, (name, Column(WHEN, part=2), *columns), tuple(rows))


def _before_and_after(
    pair: Pair, columns: Sequence[Column], words: location.Mapping, fill: Fill
) -> Iterable[tuple[str, ...]]:
    for key, row in (("before", pair.before), ("after", pair.after)):
        cells = (row.get(column.name, "—") for column in columns)
        yield pair.name, fill(words, key, {}), *cells
