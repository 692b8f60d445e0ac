"""Why a department came to what it came to, in a line: enough to see whether the rule or the example is wrong."""

from __future__ import annotations

from scoring.assessment import NOT_APPLICABLE, Entry, Json, Scorecard
from scoring.method import Method, Node
from scoring.points import plain

KINDS = {
    "award": "计分",
    "gate": "特殊情形",
    "exemption": "不适用",
    "override": "改定",
    "coefficient": "系数",
    "cap": "封顶",
    "floor": "保底",
    "conversion": "折算",
    "bonus": "加分",
    "deduction": "扣分",
    "veto": "等次限定",
    "rounding": "取位",
}
STEPS = {"by_score": "按得分", "exception": "特殊情形", "limit": "等次限定", "quota": "名额", "decision": "审定"}
MOST = 6


def grounds_of_points(method: Method, card: Scorecard, code: str) -> str:
    """The entries of a criterion with the measures they rest on; for what has coded parts, the points of these."""
    node = method.node(code)
    if any(part.code for part in node.parts):
        return grounds_of_parts(node, card)
    own = [entry for entry in card.entries if entry.criterion == code]
    return "；".join(_entry(each) for each in own[:MOST])


def grounds_of_total(method: Method, card: Scorecard) -> str:
    """The points of the parts of the whole."""
    return grounds_of_parts(method.root, card)


def grounds_of_parts(node: Node, card: Scorecard) -> str:
    return "、".join(_part(part.code, card.nodes[part.code]) for part in node.parts if part.code in card.nodes)


def grounds_of_grade(card: Scorecard) -> str:
    """The steps that led to the grade."""
    return "；".join(f"{STEPS.get(step.step, step.step)}“{step.grade}”" for step in card.grade_steps)


def _part(code: str, node: Json) -> str:
    if node["state"] == NOT_APPLICABLE and node["left"]:
        return f"“{code}”不适用"
    return f"“{code}”得{node['points']}分"


def _entry(entry: Entry) -> str:
    measure = _measure(entry.basis.get("measure"))
    said = f"{KINDS.get(entry.kind, entry.kind)}{plain(entry.exact)}"
    return f"{measure}，{said}" if measure else said


def _measure(measure: Json | None) -> str:
    """The measure by the name of its fact, where it has one."""
    return f"{measure.get('fact', '计分口径')}为{measure['value']}" if measure else ""
