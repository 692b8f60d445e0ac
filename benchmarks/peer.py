"""The same decisions for zen-engine, a well-kept rules engine: what ours is measured against, in the same run.

zen is given the measured facts ready-made, as floats, and decides 40 criteria; it keeps no ledger and adds nothing up.
"""

from __future__ import annotations

import json
from typing import Any

from scoring.mechanisms.selector import Rows
from scoring.method import Method, Node
from scoring.operators.base import Named
from scoring.scope import Scope

SIGNS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


def graph(method: Method) -> str:
    """A decision graph with a table for each criterion of bands or cases, and an expression for each other."""
    nodes: list[dict[str, Any]] = [_node("in", "inputNode"), _node("out", "outputNode")]
    edges: list[dict[str, str]] = []
    expressions: list[dict[str, str]] = []
    for number, node in enumerate(each for each in method.root.walk() if each.mechanism is not None):
        key = f"p{number}"
        if isinstance(node.mechanism, Rows):
            table = _bands(node, key) if node.mechanism.key == "bands" else _cases(node, key)
            nodes.append(_node(key, "decisionTableNode", table))
            edges += [_edge("in", key), _edge(key, "out")]
        else:
            expressions.append({"id": key, "key": key, "value": _expression(node)})
    nodes.append(_node("ex", "expressionNode", {"expressions": expressions}))
    edges += [_edge("in", "ex"), _edge("ex", "out")]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


def context(method: Method, scope: Scope) -> dict[str, float]:
    """The measured facts of a department as zen takes them."""
    names = [name for name, fact in method.facts.items() if fact.type != "清单"]
    return {f"f{index}": float(scope.fact(name)) for index, name in enumerate(names)}  # type: ignore[arg-type]


def _field(name: str) -> str:
    """Our facts have Chinese names; zen's fields are numbered in the order of the workload: 30, 14, 5, 5 and 5."""
    for stem, start in (("是非", 30), ("覆盖", 44), ("资金", 49), ("均值", 54), ("数", 0)):
        if name.startswith(stem):
            return f"f{start + int(name[len(stem) :])}"
    raise KeyError(name)


def _node(name: str, kind: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}}
    return made | ({"content": content} if content else {})


def _edge(source: str, target: str) -> dict[str, str]:
    return {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}


def _table(fields: list[str], key: str, rules: list[dict[str, str]]) -> dict[str, Any]:
    inputs = [{"id": f"i{n}", "name": field, "field": field} for n, field in enumerate(fields)]
    return {"hitPolicy": "first", "inputs": inputs, "outputs": [{"id": "o", "name": key, "field": key}], "rules": rules}


def _bands(node: Node, key: str) -> dict[str, Any]:
    assert isinstance(node.of, Named)
    assert isinstance(node.mechanism, Rows)
    rules = []
    for number, row in enumerate(node.mechanism.rows):
        tests = [f"{SIGNS[name]} {float(bound.number)}" for name, bound in row.bounds]  # type: ignore[attr-defined]
        points = str(float(row.award.amount.number))  # type: ignore[attr-defined]
        rules.append({"_id": f"{key}-{number}", "i0": " and ".join(tests), "o": points})
    return _table([_field(node.of.name)], key, rules)


def _cases(node: Node, key: str) -> dict[str, Any]:
    assert isinstance(node.mechanism, Rows)
    first, second = (_field(read.name) for read in node.mechanism.decision.reads)
    rules = [
        {"_id": f"{key}-0", "i0": ">= 80", "i1": "0", "o": "2.5"},
        {"_id": f"{key}-1", "i0": "", "i1": "0", "o": "1"},
        {"_id": f"{key}-2", "i0": "", "i1": "", "o": "0"},
    ]
    return _table([first, second], key, rules)


def _expression(node: Node) -> str:
    if node.of is None:
        items = node.mechanism.items  # type: ignore[union-attr]
        return " + ".join(
            f"({_field(item.decision.reads[0].name)} == 0 ? {float(item.amount.number)} : 0)" for item in items
        )
    assert isinstance(node.of, Named)
    field = _field(node.of.name)
    return f"{field} * 2.5" if "资金" in node.of.name else f"max([0, 2.5 - 0.2 * floor((100 - {field}) / 5)])"
