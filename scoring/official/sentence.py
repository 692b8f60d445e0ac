"""One node of the method as a sentence: its mechanism or its parts, then its modifiers in the order they apply."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from scoring.explain.figures import constant
from scoring.mechanisms.checks import Checks
from scoring.mechanisms.steps import Steps
from scoring.method import AWARD, BONUS, DEDUCTION, FULL, REBASE, REWEIGHT, ZERO, Marks, Method, Node
from scoring.official.awards import Stand
from scoring.official.conditions import clauses
from scoring.official.measures import NOUNS
from scoring.official.selectors import exceptions, said
from scoring.official.terms import Terms, ordinal, rounding
from scoring.points import Rational, plain
from scoring.reading.facts import Scored
from scoring.views.phrase import listed

COMBINED = {
    "合计": "下列各项{}相加",
    "平均": "取下列各项{}的平均数",
    "加权": "下列各项{}按权重加权平均",
    "取高": "取下列各项中{}最高的一项",
    "取低": "取下列各项中{}最低的一项",
    "首个适用": "依次取下列各项中首个适用的一项",
    "选定": "从下列各项中选定一项",
}
SHARED = {
    "合计": "分值由同级其他各项分担",
    "平均": "按其他各项平均",
    "加权": "权重由同级其他各项分担",
}
"""What 分摊 does, by how the parts are combined."""


def terms_of(method: Method) -> Terms:
    """The terms of a method, with every kind of expression that its sentences meet."""
    return Terms(method, {**NOUNS, Scored: _scored})


def sentence(node: Node, terms: Terms) -> str:
    """The whole rule of a node: “按自评平均偏差分档：5分以下得12分；…。不适用的，不参加评分，全表折算。”"""
    stand = Stand(terms, node.marks, node.of)
    main = said(node.mechanism, stand) if node.mechanism is not None else parts(node, terms)
    held = "，".join(_held(node))
    at_once = bool(held) and not main.endswith("。") and not list(_changed(node, terms))
    only = f"（仅适用于{terms.within(node.groups)}）" if node.groups else ""
    rules = [exceptions(node.exceptions, stand)] if node.exceptions is not None else []
    rules += [*_treated(node, terms), *_changed(node, terms)]
    rules += [held] if held and not at_once else []
    rules += [f"得分{rounding(node.rounding)}"] if node.rounding is not None else []
    rules += [f"数据较好而得分较低的理由：{node.not_monotone_because}"] if node.not_monotone_because else []
    if rules and main.endswith("。"):  # the parts have rules of their own: these are of the whole
        rules[0] = f"整项：{rules[0]}"
    whole = f"{only}{main}，{held}" if at_once else f"{only}{main}"
    return "".join(each if each.endswith("。") else f"{each}。" for each in (whole, *rules))


def marks_said(marks: Marks) -> str:
    """The marks in a bracket behind a name: 8分, 最高加5分, 最多扣10分, 不设满分."""
    if marks.full is None:
        return {AWARD: "不设满分", BONUS: "加分不设上限", DEDUCTION: "扣分不设上限"}[marks.kind]
    return {AWARD: "{}分", BONUS: "最高加{}分", DEDUCTION: "最多扣{}分"}[marks.kind].format(plain(marks.full))


def _scored(of: Scored, terms: Terms) -> str:
    """A fact that is a score of its own: each record's points, say."""
    stand = Stand(terms, of.marks)
    told = [f"评分得出的分数：{said(of.mechanism, stand)}"]
    if of.exceptions is not None:
        told.append(exceptions(of.exceptions, stand))
    if of.times is not None:
        told.append(f"乘以{terms.noun(of.times)}")
    told += [f"最高{plain(of.cap)}分"] if of.cap is not None else []
    told += [f"最低{plain(of.floor)}分"] if of.floor is not None else []
    if of.rounding is not None:
        told.append(rounding(of.rounding))
    return "；".join(told)


def parts(node: Node, terms: Terms) -> str:
    """What a node is made of: parts with a code by name, for they are read elsewhere; others in full."""
    how = COMBINED[node.combine].format({AWARD: "得分", BONUS: "加分", DEDUCTION: "扣分"}[node.marks.kind])
    if node.chosen_by is not None:
        how = f"按{terms.noun(node.chosen_by)}{how}"
    if node.needs > 1:
        how += f"（适用的不足{node.needs}项的，本项不适用）"
    if all(part.code for part in node.parts):
        return f"{how}：{listed(f'{terms.node(part.code)}（{_brief(part, node)}）' for part in node.parts)}"
    told = []
    for number, part in enumerate(node.parts, 1):
        whole = f"按{terms.node(part.code)}的规定。" if part.code else sentence(part, terms)
        told.append(f"{ordinal(number)}{part.name}（{_brief(part, node)}）：{whole}")
    return f"{how}：{''.join(told)}"


def _brief(part: Node, whole: Node) -> str:
    """A part's weight, where the parts are weighed, and its marks."""
    weights = sum(each.weight or 0 for each in whole.parts)
    weight = "" if part.weight is None else f"权重{constant(part.weight, '%' if weights == 1 else '')}，"
    return f"{weight}{marks_said(part.marks)}"


def _treated(node: Node, terms: Terms) -> Iterator[str]:
    """What 不适用 does: on a condition of the rule, and where it arrives with the data."""
    told = node.not_applicable
    if told is None:
        return
    rows = list(zip(clauses(told.decision, terms), told.treatments, strict=True)) if told.decision is not None else []
    if told.arriving:
        rows.append(("各项不适用" if node.parts else "数据不适用（本年度未涉及）", told.arriving))
    for treatment, same in groupby(rows, key=lambda row: row[1]):
        yield f"{'的，或者'.join(clause for clause, _ in same)}的，{_treatment(treatment, node, terms)}"


def _treatment(treatment: str, node: Node, terms: Terms) -> str:
    if treatment in (FULL, ZERO):
        return {FULL: "得满分", ZERO: "不得分"}[treatment]
    if treatment == REWEIGHT:
        above = terms.above.get(node.address)
        return f"不参加评分，{SHARED.get(above.combine if above else '', '按同级其他各项确定')}"
    assert treatment == REBASE
    base = terms.rebasing.get(node.address)
    if base is None or base is terms.method.root:
        return "不参加评分，全表折算"
    return f"不参加评分，在{terms.node(base.code) if base.code else f'“{base.name}”'}内折算"


def _changed(node: Node, terms: Terms) -> Iterator[str]:
    """The modifiers between the mechanism and the bounds, each in its place."""
    if node.evidence:
        yield "没有佐证材料的，得分不计"
    if node.times is not None:
        yield f"得分乘以{terms.noun(node.times)}"
    if node.convert_to is not None:
        yield f"得分折算为满分{plain(node.convert_to)}分"
    if node.rebase_to is not None:
        outside = [part.name for part in node.parts if part.marks.kind != node.marks.kind]
        beside = f"（{listed(outside)}不参加折算）" if outside else ""
        yield f"有不参加评分的，以其余各项得分除以其应得分，乘以{plain(node.rebase_to)}分折算{beside}"


def _held(node: Node) -> list[str]:
    """封顶 and 保底 as they bite; a bonus and a deduction are held by their own marks."""
    marks, full = node.marks, node.convert_to if node.convert_to is not None else node.marks.full
    cap = marks.full if node.cap is None and marks.kind == BONUS else node.cap
    floor = marks.bottom if node.floor is None and marks.kind == DEDUCTION and marks.full is not None else node.floor
    told = []
    if cap is not None:
        told.append("满分为止" if cap == full and marks.kind == AWARD else _bound("最高", cap, marks))
    if floor is not None:
        told.append("扣完为止" if floor == 0 and _deducts(node) else _bound("最低", floor, marks))
    return told


def _bound(way: str, points: Rational, marks: Marks) -> str:
    if marks.kind == BONUS and way == "最高":
        return f"最高加{plain(points)}分"
    if marks.kind == DEDUCTION and way == "最低":
        return f"最多扣{plain(-points)}分"
    return f"{way}{plain(points)}分"


def _deducts(node: Node) -> bool:
    """Whether something is taken away, so that there is an end to it: 扣完为止."""
    if isinstance(node.mechanism, Steps):
        return any(row.sign < 0 for row in node.mechanism.rows)
    if isinstance(node.mechanism, Checks):
        return any(item.sign < 0 for item in node.mechanism.items)
    return any(part.marks.kind == DEDUCTION for part in node.parts)
