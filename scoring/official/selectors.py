"""Which award (选择): `bands`, `cases` and `checks` as sentences, and the 特殊情形 that are asked before them."""

from __future__ import annotations

from scoring.mechanisms.checks import Check, Checks
from scoring.mechanisms.points import Points
from scoring.mechanisms.selector import Rows
from scoring.method import AWARD, Mechanism, Selector
from scoring.official.awards import AWARDS, Stand, begun, moved
from scoring.official.conditions import bounds, clauses
from scoring.official.terms import enumerated
from scoring.views.phrase import listed

BANDS, CASES = "bands", "cases"


def said(mechanism: Mechanism, stand: Stand) -> str:
    """Any mechanism, as the sentence of the function that bears its name."""
    if isinstance(mechanism, Rows):
        return bands(mechanism, stand) if mechanism.key == BANDS else cases(mechanism, stand)
    if isinstance(mechanism, Checks):
        return checks(mechanism, stand)
    return AWARDS[type(mechanism)](mechanism, stand)


def bands(of: Rows, stand: Stand) -> str:
    """按平均相差分数分档：5分以下得12分；超过5分、10分以下得9分；…"""
    rows = zip(bounds(of.decision, stand.terms), of.rows, strict=True)
    told = [_row(bound, row.award, stand) for bound, row in rows]
    return f"按{stand.terms.noun(of.decision.reads[0])}分档：{'；'.join(told)}"


def cases(of: Rows, stand: Stand) -> str:
    """按下列情形计分，有多种的按先列者：①…的，得6分；②…；其他情形不得分."""
    told = []
    for clause, row in zip(clauses(of.decision, stand.terms), of.rows, strict=True):
        award = said(row.award, stand)
        told.append(f"{clause}的，{award}" if clause else f"其他情形{award}")
    order = "（有多种的按先列者）" if of.decision.ordered and len(told) > 2 else ""
    return f"按情形计分{order}：{enumerated(told)}"


def checks(of: Checks, stand: Stand) -> str:
    """逐项计分：①已制定制度…，得1分；②…，得1分，以“已制定制度”符合为前提."""
    signs = {item.sign for item in of.items}
    start = begun(of.start, signs, stand)
    names = [item.name for item in of.items]
    way = {frozenset({1}): "逐项计分", frozenset({-1}): "逐项扣分"}.get(frozenset(signs), "逐项加减分")
    return f"{start}{way}：{enumerated(_check(item, names, stand) for item in of.items)}"


def exceptions(of: Selector, stand: Stand) -> str:
    """但计划迟报天数3天以上的，不得分."""
    pairs = zip(clauses(of.decision, stand.terms), of.awards, strict=True)
    told = [f"{clause}的，{said(award, stand)}" for clause, award in pairs]
    order = "有下列特殊情形的从其规定，有多种的按先列者：" if len(told) > 1 else ""
    return f"但{order}{enumerated(told)}"


def _row(bound: str, award: Mechanism, stand: Stand) -> str:
    told = said(award, stand)
    if isinstance(award, Points) and not bound.startswith("为"):
        return f"{bound}{told}"
    return f"{bound}的{told}" if isinstance(award, Points) else f"{bound}的，{told}"


def _check(item: Check, names: list[str], stand: Stand) -> str:
    (clause,) = clauses(item.decision, stand.terms)
    verb = "扣" if item.sign < 0 else "得" if stand.marks.kind == AWARD else "加"
    told = [f"{item.name}（{clause}）", f"{verb}{moved(item.amount, stand)}"]
    if item.needs:
        told.append(f"以{''.join(f'“{names[index]}”' for index in item.needs)}符合为前提")
    if item.proof_of:
        told.append(f"须有佐证材料（{listed(item.proof_of)}）")
    return "，".join(told)
