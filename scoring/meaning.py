"""What a Method means, apart from how it is written: its digest, its table of nodes, and how two years differ."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from scoring.canonical import canonical
from scoring.method import Method, Node, Provision
from scoring.points import Rational, plain

UNSAID = {"address", "note", "within_reach"}
"""Fields that say where a rule stands or remark on it, not what it does to a score."""


def meaning(value: Any) -> Any:
    """A value of the method as plain data, the same for the same meaning."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {each.name: meaning(getattr(value, each.name)) for each in fields(value) if each.name not in UNSAID}
        return {"is": type(value).__name__, **found}
    if isinstance(value, Mapping):
        return {str(key): meaning(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [meaning(each) for each in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return plain(value) if isinstance(value, Rational) else value.value


def digest(method: Method) -> str:
    """SHA-256 over the meaning: comments, order of keys and names of files do not move it."""
    return hashlib.sha256(canonical(meaning(method))).hexdigest()


def tree(method: Method) -> list[dict[str, Any]]:
    """Every node with a code, in the order of the method, as a table of the method shows it."""
    found: list[dict[str, Any]] = []

    def visit(node: Node, parent: str, level: int) -> None:
        below = parent
        if node.code:
            found.append(
                {
                    "code": node.code,
                    "name": node.name,
                    "kind": node.marks.kind,
                    "marks": None if node.marks.full is None else plain(node.marks.full),
                    "parent": parent or None,
                    "level": level,
                    "groups": list(node.groups),
                    "leaf": not any(part.code for part in node.parts),
                    "standard": node.standard,
                    "data_source": node.data_source,
                    "origin": node.origin,
                    "provision": provision_data(node.provision),
                }
            )
            below = node.code
        for part in node.parts:
            visit(part, below, level + 1)

    visit(method.root, "", 0)
    for node in method.aside:
        visit(node, "", 0)
    return found


def provision_data(provision: Provision | None) -> dict[str, str] | None:
    if provision is None:
        return None
    return {"document": provision.document, "article": provision.article, "quote": provision.quote}


def changes(old: Method, new: Method) -> list[dict[str, Any]]:
    """How the meaning of `new` differs from `old`, node by node in the order of `new`, then what stands outside.

    A node that was split, merged or renamed says so itself (`related`); one whose code lives on with other points
    was raised or lowered; one with the same points whose rule differs was changed.
    """
    before, after = _coded(old), _coded(new)
    found: list[dict[str, Any]] = []
    for code, (node, level, parent) in after.items():
        row = {"code": code, "name": node.name, "block": node.marks.kind, "level": level, "parent": parent}
        to = None if node.marks.full is None else plain(node.marks.full)
        if node.related:
            row["related"] = [{"code": each, "kind": kind} for each, kind in node.related]
        if code not in before:
            found.append({"kind": "added", **row, "from": None, "to": to})
            continue
        earlier = before[code][0]
        was = None if earlier.marks.full is None else plain(earlier.marks.full)
        if was != to:
            risen = (node.marks.full or 0) > (earlier.marks.full or 0)
            found.append({"kind": "raised" if risen else "lowered", **row, "from": was, "to": to})
        elif _rule(earlier) != _rule(node):
            found.append({"kind": "changed", **row, "from": was, "to": to})
        if earlier.name != node.name:
            found.append({"kind": "renamed", **row, "from": earlier.name, "to": node.name})
    for code, (node, level, parent) in before.items():
        if code not in after:
            was = None if node.marks.full is None else plain(node.marks.full)
            row = {"code": code, "name": node.name, "block": node.marks.kind, "level": level, "parent": parent}
            found.append({"kind": "removed", **row, "from": was, "to": None})
    for part in ("limits", "ranking", "grades", "quotas"):
        if meaning(getattr(old.standing, part)) != meaning(getattr(new.standing, part)):
            found.append({"kind": "standing", "part": part})
    return found


def _coded(method: Method) -> dict[str, tuple[Node, int, str]]:
    found: dict[str, tuple[Node, int, str]] = {}

    def visit(node: Node, level: int, parent: str) -> None:
        if node.code and level:
            found[node.code] = (node, level, parent)
        for part in node.parts:
            visit(part, level + 1, node.code or parent)

    visit(method.root, 0, "")
    return found


def _rule(node: Node) -> Any:
    """What a node does, without its words and without the nodes that have codes of their own."""
    said = meaning(node)
    for key in ("name", "provision", "origin", "standard", "data_source", "related"):
        said.pop(key, None)
    said["parts"] = [] if any(part.code for part in node.parts) else said["parts"]
    return said
