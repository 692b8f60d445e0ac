"""Matters that grades and ranks raise: lines that are near, ties, quotas, limits, last year (等次和名次的审定事项)."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.points import Rational, plain, unplain
from scoring.views.circular import tie_break
from scoring.views.docket import Docket, Figures, Json, Matter, apart
from scoring.views.phrase import NO, YES, brief_percent, counted, listed
from scoring.views.roll import Member

GRADE_GAP = 2
"""How many grades a department may move against last year before the leaders are told."""


def near_edges(docket: Docket) -> Iterable[Matter]:
    """临近等次分数线."""
    edges: dict[Rational, str] = {}
    for band in reversed(docket.method["grades"]):
        for key in ("at_least", "above"):
            if key in band["bounds"]:
                edges[unplain(band["bounds"][key])] = band["grade"]
    for each in docket.roll:
        if each.total is None or not edges:
            continue
        total = each.total
        edge = min(edges, key=lambda one: (apart(total, one), one))
        if apart(total, edge) <= docket.office.near_edge:
            yield Matter(
                "near_edge",
                docket.name(each.code),
                {
                    "临近幅度": docket.marks(docket.office.near_edge),
                    "总分": each.printed,
                    "分数线": plain(edge),
                    "线上等次": edges[edge],
                    "相差": docket.marks(apart(total, edge)) if total != edge else "",
                    "高于": YES if total > edge else NO,
                    "等次": each.grade,
                },
            )


def ties(docket: Docket) -> Iterable[Matter]:
    """得分相同或并列."""
    for group in docket.seen["groups"]:
        own = [each for each in docket.roll if each.group == group["code"] and each.rank is not None]
        for printed in sorted({each.printed for each in own}, key=unplain, reverse=True):
            those = sorted((each for each in own if each.printed == printed), key=lambda each: each.rank or 0)
            if len(those) < 2:
                continue
            asked = max((each.ties for each in those), key=len)
            ranks = [each.rank_text for each in those]
            alike = len(set(ranks)) == 1
            yield Matter(
                "tie",
                docket.names(each.code for each in those),
                {
                    "总分": printed,
                    "比较": listed(tie_break(docket.method, each["reads"]) for each in asked),
                    "名次": f"并列第{ranks[0]}名" if alike else "列" + listed(f"第{each}名" for each in ranks),
                    "并列": YES if len(set(ranks)) < len(ranks) else NO,
                    "组别": group["name"],
                },
            )


def quotas(docket: Docket) -> Iterable[Matter]:
    """名额取舍: the departments that reached a grade and found no place."""
    told: list[Json] = []
    rules = {each["rule"]: each for each in docket.method["quotas"]}
    for group in docket.seen["groups"]:
        for quota in group["quota"]:
            if quota in told or quota["candidates"] <= quota["kept"]:
                continue
            told.append(quota)
            lost = [
                (each, step)
                for each, card in docket.cards()
                for step in card["grade_steps"]
                if step["step"] == "quota"
                and step["basis"]["rule"] == quota["rule"]
                and quota["group"] in (None, each.group)
            ]
            lost.sort(key=lambda each: (each[0].rank or 0, each[0].order))
            rule = rules[quota["rule"]]
            yield Matter(
                "quota",
                docket.names(each.code for each, _ in lost),
                {
                    "组别": group["name"] if quota["group"] else "",
                    "等次": quota["grade"],
                    "参评个数": counted(quota["base"]),
                    "比例": "" if quota["share"] is None else brief_percent(unplain(quota["share"])),
                    "名额": str(quota["places"]),
                    "达线个数": counted(quota["candidates"]),
                    "评定个数": str(quota["kept"]),
                    "末位相同": docket.names(quota["tied_at_edge"]),
                    "末位处理": rule["tie_at_edge"],
                    "未评定": [_passed_over(docket, each) for each, _ in lost],
                    "规定": docket.provision(docket.method["quotas"], quota["rule"]),
                },
            )


def _passed_over(docket: Docket, member: Member) -> Figures:
    return {"部门": docket.name(member.code), "总分": member.printed, "名次": member.rank_text, "等次": member.grade}


def limits(docket: Docket) -> Iterable[Matter]:
    """等次限定, where it moved the grade; points stay as they are."""
    names = {each["rule"]: each["name"] for each in docket.method["limits"]}
    for each, card in docket.cards():
        for step in card["grade_steps"]:
            if step["step"] == "limit" and step["basis"]["from"] != step["grade"]:
                yield Matter(
                    "limit",
                    docket.name(each.code),
                    {
                        "总分": each.printed,
                        "原等次": step["basis"]["from"],
                        "等次": step["grade"],
                        "事由": names[step["basis"]["rule"]],
                        "依据数据": listed(filter(None, (_read(docket, one) for one in step["basis"]["because"]))),
                        "规定": docket.provision(docket.method["limits"], step["basis"]["rule"]),
                        "提法": docket.office.veto_term,
                    },
                )
        for entry in card["entries"]:
            if entry["stage"] == "veto":
                rule = entry["basis"]["rule"]
                yield Matter(
                    "veto",
                    docket.name(each.code),
                    {
                        "总分": each.printed,
                        "事由": names.get(rule, ""),
                        "规定": docket.provision(docket.method["limits"], rule),
                        "提法": docket.office.veto_term,
                    },
                )


def _read(docket: Docket, trace: Json) -> str:
    """A count that a limit read: 重大问题数1个. A yes or no says no more than the name of the limit."""
    name, value = str(trace.get("fact", "")), str(trace.get("value", ""))
    return f"{name}{value}{docket.seen['facts'].get(name, {}).get('unit', '')}" if name and value[:1].isdigit() else ""


def against_last_year(docket: Docket) -> Iterable[Matter]:
    """与上年等次相差两档以上."""
    scale = list(docket.method["scale"])
    before = {row["department"]: row["previous"] for group in docket.seen["groups"] for row in group["standings"]}
    for each in docket.roll:
        last = before.get(each.code)
        if last and last["grade"] in scale and each.grade in scale:
            gap = scale.index(each.grade) - scale.index(last["grade"])
            if abs(gap) >= GRADE_GAP:
                yield Matter("last_year", docket.name(each.code), {"上年等次": last["grade"], "等次": each.grade})
