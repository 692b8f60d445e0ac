"""The printed method as pages of a Word file and as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.official.articles import Clause
from scoring.official.printed import PrintedMethod
from scoring.render.pages import HEADING, NOTICE, REMARK, TEXT, TITLE, Grid, GridColumn, Sheet, Words
from scoring.views.phrase import numeral

COLUMNS = (
    GridColumn("序号", 4, number=True),
    GridColumn("考核内容", 6),
    GridColumn("考核指标", 8),
    GridColumn("分值", 4, number=True),
    GridColumn("评分标准", 17),
    GridColumn("执行规则", 18),
    GridColumn("数据来源", 7),
    GridColumn("依据", 11),
)
DATA = (
    GridColumn("数据项", 10),
    GridColumn("类型", 3),
    GridColumn("单位", 3),
    GridColumn("来源", 6),
    GridColumn("口径", 28),
)
RULES = (
    GridColumn("事项", 6),
    GridColumn("名称", 10),
    GridColumn("执行规则", 24),
    GridColumn("印发的规定", 18),
    GridColumn("依据", 12),
)
REMARKED = "“评分标准”为办法原文；“执行规则”由规则文件生成，是程序实际执行的计分方式。"


def pages(method: PrintedMethod) -> Sheet:
    """The whole in one run of pages: the table, the articles, the data."""
    return Sheet(method.title, method.mark, tuple(_pages(method)))


def _pages(method: PrintedMethod) -> Iterator[Words | Grid]:
    yield from _head(method)
    yield _table(method)
    yield Words(REMARK, REMARKED, "注：")
    for number, article in enumerate(method.articles, 1):
        yield Words(HEADING, f"{numeral(number)}、{article.heading}")
        for place, clause in enumerate(article.clauses, 1):
            yield from _clause(place, clause)
    yield Words(HEADING, "附：数据口径")
    yield _data(method)


def _clause(place: int, clause: Clause) -> Iterator[Words]:
    where = f"（{clause.basis}）" if clause.basis else ""
    yield Words(TEXT, f"{clause.executed}{where}", f"{place}．{clause.lead}　")
    if clause.issued:
        yield Words(REMARK, clause.issued, "原文：")


def sheets(method: PrintedMethod) -> tuple[Sheet, ...]:
    """A workbook's sheets, each a grid that can be filtered and copied."""
    rules = tuple(
        (article.heading if first else "", clause.lead, clause.executed, clause.issued, clause.basis)
        for article in method.articles
        for first, clause in ((not place, clause) for place, clause in enumerate(article.clauses))
    )
    return (
        Sheet("评分表", method.mark, (*_head(method), Words(NOTICE, REMARKED, "注："), _table(method))),
        Sheet("其他规定", method.mark, (Words(TITLE, "其他规定"), Grid(RULES, rules, joined=(0,)))),
        Sheet("数据口径", method.mark, (Words(TITLE, "数据口径"), _data(method))),
    )


def _head(method: PrintedMethod) -> Iterator[Words]:
    yield Words(TITLE, method.title)
    yield Words(NOTICE, "　".join(f"{name}：{text}" for name, text in method.particulars))
    for notice in method.notices:
        yield Words(NOTICE, notice)


def _table(method: PrintedMethod) -> Grid:
    rows = [
        (
            line.number,
            content.name if line is content.lines[0] else "",
            line.indicator,
            line.marks,
            line.issued,
            line.executed,
            line.source,
            line.basis,
        )
        for content in method.contents
        for line in content.lines
    ]
    rows.append(("", "合计", "", method.total, "", "", "", ""))
    return Grid(COLUMNS, tuple(rows), joined=(1,))


def _data(method: PrintedMethod) -> Grid:
    return Grid(DATA, tuple((each.name, each.kind, each.unit, each.source, each.text) for each in method.definitions))
