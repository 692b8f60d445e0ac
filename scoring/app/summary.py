"""What the end of scoring says: how many were scored, and what is still open (待办)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

OPEN = {
    "not_submitted": "未报送材料",
    "broken": "报送材料有错误，按能读出的部分评定",
    "missing": "未报送或者未评审，按办法处理",
    "not_evaluable": "不适用而办法没有规定如何处理，无法评定",
    "held": "总分暂缓",
    "tied_at_edge": "在名额末位得分相同",
}


def summary(assessment: dict[str, Any], out: str, matcher: str) -> str:
    """The closing lines of `score`, for the officer who ran it."""
    departments = assessment["departments"]
    assessed = [each for each in departments if each["assessed"]]
    received = sum(each["submitted"] for each in assessed)
    held = sum(card["total"] is None for card in assessment["scorecards"])
    done = len(assessment["scorecards"]) - held
    lines = [
        (
            f"考核{assessment['method']['year']}年度，名册{len(departments)}个部门，"
            f"参加考核{len(assessed)}个，收到报送材料{received}份。"
        ),
        f"已评定{done}个" + (f"，暂缓{held}个" if held else "") + f"。结果保存在 {out}。",
    ]
    waiting = open_lines(assessment, assessment["status"]["provisional"])
    if waiting:
        lines.append(f"待办事项{len(waiting)}项：")
        lines.extend(f"  {line}" for line in waiting)
    if matcher == "plain":
        lines.append("判定方式：内置判定（没有使用 durable-rules），结果与之相同。")
    lines.append(f"下一步：kaohe circular {out}　生成通报送审稿；kaohe explain {out} 部门　查看得分依据。")
    return "\n".join(lines)


def open_lines(assessment: dict[str, Any], points: Iterable[dict[str, Any]]) -> list[str]:
    """Each open point in a line; what is missing of one department stands in one line together."""
    names = {each["code"]: each["short"] or each["name"] for each in assessment["departments"]}
    nodes = {each["code"]: each["name"] for each in assessment["method"]["tree"]}
    found: dict[tuple[str, str], list[str]] = {}
    for point in points:
        who = "、".join(names[code] for code in point.get("departments", [point.get("department")]) if code)
        criteria = [point["criterion"]] if "criterion" in point else point.get("criteria", [])
        found.setdefault((who, point["kind"]), []).extend(criteria)
    lines = []
    for (who, kind), criteria in found.items():
        about = ""
        if len(criteria) == 1:
            about = f"“{criteria[0]} {nodes.get(criteria[0], '')}”"
        elif criteria:
            about = f"{'、'.join(criteria)}共{len(criteria)}项"
        lines.append(f"{who}：{about}{OPEN[kind]}")
    return lines
