"""What stands beside the table (条文): the total, bonus and deductions, limits, ranks, grades, quotas and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scoring.condition import Decision
from scoring.method import BONUS, DATE, DEDUCTION, HOLD, Node, Provision, Quota, Reading, Rounding
from scoring.official.awards import POINTS
from scoring.official.conditions import bounds, clauses
from scoring.official.sentence import marks_said, sentence
from scoring.official.terms import RANK, Terms, rounding, unfolded, value
from scoring.operators.base import Literal
from scoring.points import plain
from scoring.scope import Kind
from scoring.views.phrase import brief_percent, listed, quoted


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is laid down: what it is called, what is executed, what was issued, and where it stands."""

    lead: str
    executed: str
    issued: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """Clauses under one heading."""

    heading: str
    clauses: tuple[Clause, ...]


def articles(terms: Terms) -> tuple[Article, ...]:
    """Every rule that the table of criteria has no row for, in the order in which it takes effect."""
    root = terms.method.root
    told = (
        ("考核对象", _subjects(terms)),
        ("总分", _total(terms)),
        ("附加分", _block(root, BONUS, terms)),
        ("扣分", _block(root, DEDUCTION, terms)),
        ("表外项", (clause_of(node, terms) for top in terms.method.aside for node in top.walk() if node.code)),
        ("未报送和佐证材料", _silence(terms)),
        ("取位", _rounding(terms)),
        ("等次限定", _limits(terms)),
        ("名次", _ranks(terms)),
        ("等次", _grades(terms)),
        ("名额", _quotas(terms)),
        ("结果应用", _consequences(terms)),
        ("提示", _warnings(terms)),
        ("附列数据", _published(terms)),
    )
    found = (Article(heading, tuple(laid_down)) for heading, laid_down in told)
    return tuple(each for each in found if each.clauses)


def basis(provision: Provision | None, terms: Terms) -> str:
    """Where a rule stands: the article, with the document where it is not this method itself, and the words quoted."""
    if provision is None:
        return ""
    title, _ = terms.method.documents.get(provision.document, ("", ""))
    document = f"《{title}》" if title and title != terms.method.title else ""
    quote = f"“{unfolded(provision.quote)}”" if provision.quote else ""
    return f"{document}{provision.article}{quote}"


def _subjects(terms: Terms) -> Iterator[Clause]:
    method = terms.method
    day = Kind(DATE)
    yield Clause("考核期", f"{value(method.period_from, day)}至{value(method.period_by, day)}。")
    if len(method.groups) > 1:
        yield Clause("分组", f"分{listed(group.name for group in method.groups)}{len(method.groups)}组。")
    for group in method.groups:
        if group.note:
            yield Clause(group.name, f"{unfolded(group.note).rstrip('。')}。")


def _total(terms: Terms) -> Iterator[Clause]:
    root = terms.method.root
    yield Clause(root.name, sentence(root, terms), unfolded(root.standard), basis(root.provision, terms))
    lowest, highest = terms.ranges.get(root.address, (None, None))
    if lowest is not None and highest is not None:
        yield Clause("可能的范围", f"按本办法计算，总分最低{plain(lowest)}分、最高{plain(highest)}分。")


def _block(root: Node, kind: str, terms: Terms) -> Iterator[Clause]:
    for top in root.parts:
        if top.marks.kind == kind:
            yield from (clause_of(node, terms) for node in top.walk() if node.code)


def clause_of(node: Node, terms: Terms) -> Clause:
    """A node as a clause of its own."""
    lead = f"{label(node)}（{marks_said(node.marks)}）"
    return Clause(lead, sentence(node, terms), unfolded(node.standard), grounds(node, terms))


def label(node: Node) -> str:
    """A node by code and name; by its name alone where the two are one."""
    return node.name if node.code in ("", node.name) else f"{node.code} {node.name}"


def grounds(node: Node, terms: Terms) -> str:
    """Where a node stands, and where it comes from: 第六条第一项“…”［公开：分值为样本］."""
    told = "：".join(each for each in (node.origin, unfolded(node.note)) if each)
    return f"{basis(node.provision, terms)}{f'［{told}］' if told else ''}"


def _silence(terms: Terms) -> Iterator[Clause]:
    method = terms.method
    missing = {HOLD: "数据未报送、未评审的，总分暂缓，补齐后再行计算。"}
    yield Clause("未报送", missing.get(method.missing, "数据未报送、未评审的，该项不得分；属于扣分的，全额扣分。"))
    yield Clause("逐项计分", "要点未填报、未评审的，属于得分的不得分，属于扣分的照扣。")
    reuse = {"只计一次": "同一材料佐证多项的，只在办法列在前面的一项作数。"}
    yield Clause("一材多用", reuse.get(method.evidence_reuse, "同一材料佐证多项的，提示复核人员，不影响得分。"))


def _rounding(terms: Terms) -> Iterator[Clause]:
    method = terms.method
    yield Clause("各项得分", _rounded(method.award_rounding))
    yield Clause("总分", f"{_rounded(method.total_rounding)}印出时保留{method.printed}位小数。")
    yield Clause("明细", f"除不尽的计分明细写至{method.entry_decimals}位小数，尾差另列一条。")


def _rounded(how: Rounding | None) -> str:
    return "不取位。" if how is None else f"{rounding(how)}。"


def _limits(terms: Terms) -> Iterator[Clause]:
    for limit in terms.method.standing.limits:
        effect = f"总分定为{plain(limit.total)}分" if limit.total is not None else f"等次不高于“{limit.grade_at_most}”"
        if limit.bars:
            effect = f"不得评为{quoted(limit.bars)}"
        issued = unfolded(limit.provision.quote) if limit.provision is not None else ""
        executed = f"{_when(limit.decision, terms)}的，{effect}。"
        yield Clause(limit.name, executed, issued, _article(limit.provision, terms))


def _ranks(terms: Terms) -> Iterator[Clause]:
    standing = terms.method.standing
    if standing.leaves_out is not None:
        yield Clause("不参加排名", f"{_when(standing.leaves_out, terms)}的，照常评分，不参加排名，不计入参评部门数。")
    ranking = standing.ranking
    if ranking is None:
        return
    within = "在本组内" if ranking.within_group else "在全部部门中"
    yield Clause("排列", f"{within}按{_reading(ranking.of)}{_order(ranking.highest_first)}排列。")
    if ranking.tie_breaks:
        turns = (f"{terms.noun(each.expression)}（{_order(each.highest_first)}）" for each in ranking.tie_breaks)
        yield Clause("相同时再比", f"数值相同的，依次比较{listed(turns)}，没有数据的排在有数据的之后。")
    follow = {
        "并列占位": "仍相同的名次并列，其后名次顺延（如1、1、3）。",
        "并列不占位": "仍相同的名次并列，其后名次不顺延（如1、1、2）。",
        "平均名次": "仍相同的取平均名次（如1.5、1.5、3）。",
    }
    yield Clause("并列", follow[ranking.ties])


def _grades(terms: Terms) -> Iterator[Clause]:
    standing = terms.method.standing
    for number, each in enumerate(standing.grade_exceptions):
        executed = f"{_when(each.decision, terms)}的，评定为“{each.grade}”，不看得分。"
        yield Clause(f"特殊规定{number + 1}", executed, "", basis(each.provision, terms))
    decision = standing.grade_decision
    if decision is None or standing.grades_of is None:
        return
    of = _reading(standing.grades_of)
    for band, bound in zip(standing.grades, bounds(_about(decision, POINTS), terms), strict=True):
        yield Clause(f"“{band.grade}”", f"{of}{bound}。", "", basis(band.provision, terms))


def _quotas(terms: Terms) -> Iterator[Clause]:
    for quota in terms.method.standing.quotas:
        issued = unfolded(quota.provision.quote) if quota.provision is not None else ""
        yield Clause(f"“{quota.grade}”", _quota(quota, terms), issued, _article(quota.provision, terms))


def _quota(quota: Quota, terms: Terms) -> str:
    groups = f"{terms.within(quota.groups)}：" if quota.groups else ""
    within = "本组" if quota.within_group else ""
    if quota.share is not None:
        most = f"不超过{within}参评部门数的{brief_percent(quota.share)}（名额取整：{quota.count}）"
    else:
        most = f"{within}不超过{quota.number}个"
    by = "名次" if quota.of is None else f"{_reading(quota.of)}由高到低"
    edge = {"均不入选": "末位并列的均不入选", "均入选": "末位并列的均入选"}[quota.tie_at_edge]
    return f"{groups}{most}；按{by}取用，{edge}；未入选的下调一个等次。"


def _consequences(terms: Terms) -> Iterator[Clause]:
    kinds = {"名次": Kind(unit=RANK), "等次": Kind("选项", "", terms.method.standing.scale)}
    for each in terms.method.standing.consequences:
        groups = f"{terms.within(each.groups)}：" if each.groups else ""
        if each.of:
            of, decision = _reading(Reading(each.of)), _about(each.decision, kinds.get(each.of, POINTS))
            rows = [f"{of}{bound}" for bound in bounds(decision, terms)]
        else:
            rows = clauses(each.decision, terms)
        executed = "；".join(f"{clause}的，{text}" for clause, text in zip(rows, each.texts, strict=True))
        yield Clause(each.name, f"{groups}{executed}。", "", basis(each.provision, terms))


def _warnings(terms: Terms) -> Iterator[Clause]:
    for each in terms.method.warnings:
        executed = f"{_when(each.decision, terms)}的，{each.level}色提示，不影响得分。"
        yield Clause(each.name, executed, "", basis(each.provision, terms))


def _published(terms: Terms) -> Iterator[Clause]:
    if terms.method.published:
        yield Clause("数据项", f"随考核结果列出{listed(terms.method.published)}，不计分。")


# what they share


def _when(decision: Decision, terms: Terms) -> str:
    return listed(clauses(decision, terms))


def _about(decision: Decision, kind: Kind) -> Decision:
    """A decision on a total, a rank or a grade, with the unit in which its bounds are read."""
    return replace(decision, reads=(Literal(0, kind),))


def _reading(of: Reading) -> str:
    name = "取位前的总分" if of.of == "未取位总分" else of.of
    return name if of.rounding is None else f"{name}（{rounding(of.rounding)}）"


def _order(highest_first: bool) -> str:
    return "由高到低" if highest_first else "由低到高"


def _article(provision: Provision | None, terms: Terms) -> str:
    """The article without its quote, which stands as what was issued."""
    if provision is None:
        return ""
    return basis(Provision(provision.document, provision.article), terms)
