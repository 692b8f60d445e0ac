"""The printed method (评分表): the table of criteria, issued and executed side by side, then articles and data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.method import AWARD, Method, Node
from scoring.official.articles import Article, Clause, articles, clause_of, grounds, label
from scoring.official.definitions import Definition, definitions, names_below, sources
from scoring.official.sentence import marks_said, sentence, terms_of
from scoring.official.terms import Terms, unfolded
from scoring.points import plain
from scoring.views.phrase import listed

DRAFT = "征求意见稿"
IN_FORCE, SAMPLE = "正式", "样本"


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A row of the table; without a number where it speaks of an indicator as a whole."""

    number: str
    indicator: str
    marks: str
    issued: str
    executed: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class Content:
    """A first-level indicator (考核内容) with the rows that belong to it."""

    name: str
    lines: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class PrintedMethod:
    """An edition, ready to be laid out: strings only. `mark` stands on every page until the method is in force."""

    title: str
    mark: str
    particulars: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    contents: tuple[Content, ...]
    total: str
    articles: tuple[Article, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """One node with all below it, read back; `definitions` say what the names in it stand for."""

    title: str
    mark: str
    notices: tuple[str, ...]
    rules: tuple[Clause, ...]
    source: str
    definitions: tuple[Definition, ...]


def printed_method(method: Method) -> PrintedMethod:
    """The whole edition."""
    terms = terms_of(method)
    particulars = (("文号", method.number), ("制定机关", method.issuer), ("考核年度", f"{method.year}年度"))
    return PrintedMethod(
        title=f"{method.title}评分表",
        mark=mark_of(method),
        particulars=tuple((name, text) for name, text in particulars if text),
        notices=notices(method),
        contents=tuple(_contents(terms)),
        total=marks_said(method.root.marks),
        articles=articles(terms),
        definitions=definitions(terms),
    )


def printed_rule(method: Method, code: str) -> PrintedRule:
    """One indicator or criterion by its code."""
    terms = terms_of(method)
    node = terms.nodes[code]
    below = [each for each in node.walk() if each.code]
    return PrintedRule(
        title=f"{method.title}：{terms.node(code)}",
        mark=mark_of(method),
        notices=notices(method),
        rules=tuple(clause_of(each, terms) for each in below),
        source=_source(node, method),
        definitions=definitions(terms, names_below(node, method)),
    )


def mark_of(method: Method) -> str:
    return "" if method.status == IN_FORCE else DRAFT


def notices(method: Method) -> tuple[str, ...]:
    """What has to be said wherever the edition is printed."""
    sample = ["本版本为样本，不是印发的文件。"] if method.status == SAMPLE else []
    return (*sample, *([unfolded(method.note)] if method.note else []))


def _contents(terms: Terms) -> Iterator[Content]:
    """The table, its criteria numbered throughout."""
    number = 0
    for top in terms.method.root.parts:
        if top.marks.kind != AWARD:
            continue
        lines = []
        for node, groups in _coded(top, ()):
            criterion = not any(part.code for part in node.parts)
            number += criterion
            if criterion or _says_more(node):
                lines.append(_line(node, groups, str(number) if criterion else "", terms))
        yield Content(f"{label(top)}（{marks_said(top.marks)}）", tuple(lines))


def _line(node: Node, groups: tuple[str, ...], number: str, terms: Terms) -> CriterionLine:
    whole = "" if number else "（整项）"
    only = f"（适用于{terms.within(groups)}）" if groups else ""
    executed = sentence(node, terms)
    return CriterionLine(
        number=number,
        indicator=f"{label(node)}{whole}{only}",
        marks="不设满分" if node.marks.full is None else plain(node.marks.full),
        issued=unfolded(node.standard) or executed,
        executed=executed,
        source=_source(node, terms.method),
        basis=grounds(node, terms),
    )


def _coded(node: Node, groups: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The nodes with a code from here down, with the groups that they and all above them are there for."""
    own = tuple(code for code in node.groups if not groups or code in groups) if node.groups else groups
    if node.code:
        yield node, own
    for part in node.parts:
        yield from _coded(part, own)


def _says_more(node: Node) -> bool:
    """Whether a node with rows of its own below does more than add them up."""
    modified = (node.exceptions, node.not_applicable, node.times, node.convert_to, node.rounding, node.rebase_to)
    bounded = node.cap is not None or node.floor is not None or node.evidence or node.needs > 1
    return bool(node.standard) or node.combine != "合计" or bounded or any(each is not None for each in modified)


def _source(node: Node, method: Method) -> str:
    """As the method puts it, or by whoever gives the data."""
    own = [unfolded(each.data_source) for each in node.walk() if each.data_source]
    return listed(dict.fromkeys(own)) or sources(names_below(node, method), method)
