"""The Circular (通报) as figures: every number, name and list that its text and annexes print, over one roll.

Text and annexes are made from the same departments, so that a count in a sentence cannot differ from the table
behind it. Words are not decided here but in reports/circular.yaml, by the Chinese names that stand below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.points import Rational, divide, fixed, plain, unplain
from scoring.views import annexes
from scoring.views.changes import clauses
from scoring.views.office import BY_SCORE, OPEN, Office
from scoring.views.passages import Passages
from scoring.views.phrase import BLANK, NO, YES, brief_percent, counted, listed, quoted, share
from scoring.views.problems import Problem, problems
from scoring.views.roll import Member, in_list_order, members
from scoring.views.sight import PUBLIC
from scoring.views.table import Table

Json = Mapping[str, Any]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Circular:
    """What a circular says: figures by the names that the wording uses, and the tables of its annexes by kind."""

    figures: Figures
    annexes: tuple[tuple[str, tuple[Table, ...]], ...]
    problems: tuple[str, ...]
    """The codes of the criteria named as problems, for which the officer may write a passage."""


def circular(
    seen: Json, audience: str, office: Office, passages: Passages, *, approved: bool, approval: str
) -> Circular:
    """The circular for what was seen; `approval` is who approved, where the office has not put it in its own words."""
    method, roll = seen["method"], members(seen)
    named, lost = problems(roll, method["tree"])
    tables = [("standings", tuple(annexes.standings(seen["groups"], roll, office)))]
    detailed = office.scores and audience != PUBLIC and office.openness != OPEN
    if detailed:
        decimals = method["rounding"]["print"]
        tables.append(("details", tuple(annexes.details(seen["groups"], roll, office, method["tree"], decimals))))
    figures = {
        **_office(office, approved, approval),
        **_method(method),
        **_conduct(seen, roll),
        **_overall(method, roll, office),
        "各组": [each for group in seen["groups"] for each in _group(seen, group, roll, office)],
        "名额": [_quota(each) for each in method["quotas"]],
        "调整": clauses(method["changes"], method["tree"]),
        "问题": [_problem(each, passages) for each in named],
        "问题个数": counted(len(named)),
        "失分占比": lost,
        "指标附件": YES if detailed else NO,
        "不列名个数": counted(seen["unlisted"]),
        "开展情况补充": list(passages.conduct),
        "结果补充": list(passages.results),
        "工作要求补充": list(passages.requirements),
    }
    figures["调整处数"] = counted(len(figures["调整"]))
    figures["分组数"] = counted(len(figures["各组"]))
    return Circular(figures, tuple(tables), tuple(each.code for each in named))


def _office(office: Office, approved: bool, approval: str) -> Figures:
    return {
        "发文机关": office.organ or BLANK,
        "发文机关标志": office.letterhead,
        "发文字号": office.number_line(approved),
        "主送机关": office.addressee or BLANK,
        "组织单位": office.organizer or BLANK,
        "审定程序": office.approval or approval or BLANK,
        "署名": office.signatory or BLANK,
        "成文日期": office.date_line(approved),
        "公开属性": office.openness,
        "抄送机关": "，".join(office.copy_to),
        "印发机关": office.printed_by,
        "印发日期": office.printed_line(approved),
        "结果应用事项": listed(office.uses),
        "排列说明": "按得分由高到低排列" if office.list_order == BY_SCORE else "按建制顺序排列，排名不分先后",
        "公布得分": YES if office.scores else NO,
        "公布名次": YES if office.ranks else NO,
    }


def _method(method: Json) -> Figures:
    tree = method["tree"]
    tops = [each for each in tree if each["level"] == 1]
    most = {kind: [each for each in tops if each["kind"] == kind] for kind in ("award", "bonus", "deduction")}
    year = method["year"]
    return {
        "考核年度": str(year),
        "上一年度": method["changed_from"] or "",
        "下一年度": str(year + 1),
        "考核办法名称": method["title"],
        "考核办法文号": method["number"] or "",
        "一级指标": listed(each["name"] for each in most["award"]),
        "一级指标个数": counted(len(most["award"])),
        "满分": next(each["marks"] for each in tree if each["level"] == 0) or "",
        "附加分上限": _most(most["bonus"]),
        "扣分上限": _most(most["deduction"]),
    }


def _most(blocks: Sequence[Json]) -> str:
    """The marks of a block; nothing where there is no block, or none with a bound of its own."""
    marks = [each["marks"] for each in blocks]
    return plain(sum(unplain(each) for each in marks)) if marks and all(marks) else ""


def _conduct(seen: Json, roll: Sequence[Member]) -> Figures:
    on_roll = {each.code for each in roll}
    out = [each for each in seen["departments"] if not each["assessed"] and each["visibility"] == "named"]
    asked = [each for each in seen["appeals"] if each["department"] in on_roll]
    points = sum(each["asked"] for each in asked)
    changed = sum(each["changed"] for each in asked)
    return {
        "参评总数": counted(len(roll)),
        "未参评": [{"部门": each["name"], "事由": each["reason"] or ""} for each in sorted(out, key=_order)],
        "未参评个数": counted(len(out)),
        "申请部门数": counted(len(asked)),
        "申请项数": counted(points),
        "调整项数": counted(changed),
        "维持项数": counted(points - changed),
    }


def _order(department: Json) -> tuple[int, str]:
    order = department["order"]
    return (order if order is not None else 1 << 30, department["code"])


def _overall(method: Json, roll: Sequence[Member], office: Office) -> Figures:
    """Mean, extremes and the count of each grade. The lowest grade is told in a sentence of its own, or as none."""
    totals = [each.total for each in roll if each.total is not None]
    decimals = method["rounding"]["print"]
    scale = method["scale"] or list(dict.fromkeys(each["grade"] for each in method["grades"]))
    count = {grade: sum(each.grade == grade for each in roll) for grade in scale}
    told = [_graded(grade, count[grade], len(roll)) for grade in scale if count[grade]]
    lowest = [each for each in told if each["等次"] == scale[-1]]
    shown = totals if office.scores else []
    return {
        "平均分": fixed(_mean(shown), decimals) if shown else "",
        "最高分": fixed(max(shown), decimals) if shown else "",
        "最低分": fixed(min(shown), decimals) if shown else "",
        "各等次": [each for each in told if each not in lowest],
        "末等": lowest[0] if lowest else "",
        "零等次": quoted(grade for grade in scale if not count[grade]) if totals else "",
        "首等": scale[0] if scale and count[scale[0]] else "",
    }


def _mean(values: Sequence[Rational]) -> Rational:
    return divide(sum(values), len(values))


def _graded(grade: str, number: int, whole: int) -> Figures:
    return {"等次": grade, "个数": counted(number), "占比": share(number, whole)}


def _group(seen: Json, group: Json, roll: Sequence[Member], office: Office) -> Iterable[Figures]:
    """A group with its named lists and, where places are published, its ties; nothing where nobody is in it."""
    own = [each for each in roll if each.group == group["code"]]
    scale = seen["method"]["scale"]
    named = scale[:-1] if office.named_grades is None else [each for each in scale if each in office.named_grades]
    lists = []
    for grade in named:
        those = in_list_order((each for each in own if each.grade == grade), office.list_order)
        if those:
            names = listed(each.name for each in those)
            lists.append({"等次": grade, "个数": counted(len(those)), "部门名单": names})
    if own:
        ties = _ties(seen["method"], own, named) if office.ranks else []
        yield {"组别": group["name"], "组内个数": counted(len(own)), "等次名单": lists, "并列": ties}


def _ties(method: Json, own: Sequence[Member], named: Sequence[str]) -> list[Figures]:
    """Departments that share a place, as far as all of them are named anyway."""
    found = []
    for rank in sorted({each.rank for each in own if each.rank is not None and each.rank.denominator == 1}):
        those = [each for each in own if each.rank == rank]
        if len(those) > 1 and all(each.grade in named for each in those):
            asked = max((each.ties for each in those), key=len)
            compared = listed(tie_break(method, each["reads"]) for each in asked)
            found.append(
                {
                    "部门名单": listed(each.short for each in those),
                    "比较": compared,
                    "名次": plain(rank),
                    "个数": counted(len(those)),
                }
            )
    return found


def tie_break(method: Json, reads: Json) -> str:
    """A tie-break in words: the score rate of an indicator, its score, or a fact."""
    names = {each["code"]: each["name"] for each in method["tree"]}
    for key, ending in (("rate_of", "得分率"), ("score_of", "得分")):
        if key in reads:
            return f"{names.get(reads[key], reads[key])}{ending}"
    return str(reads.get("fact", reads.get("of", "")))


def _quota(quota: Json) -> Figures:
    return {
        "等次": quota["grade"],
        "比例": "" if quota["share"] is None else brief_percent(unplain(quota["share"])),
        "个数": counted(quota["number"] or 0),
        "分组": YES if quota["within_group"] else NO,
    }


def _problem(problem: Problem, passages: Passages) -> Figures:
    return {
        "编号": problem.code,
        "指标": problem.name,
        "失分部门数": counted(problem.losing),
        "平均得分率": problem.rate,
        "具体表现": list(passages.problems.get(problem.code, ())),
    }
