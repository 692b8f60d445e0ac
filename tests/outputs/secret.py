"""A few departments with unnamed ones of every kind among them, and the same district as if those had never been.

Unnamed departments sit where they would do most if they were counted: one ties with the last that is 优, one is far
above and one far below everybody, one would open a place for 优 in its group, one is alone in a group. Whatever
somebody could write of them, and whoever reviewed anybody, bears a word of its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from scoring.app.assess import Bundle
from scoring.app.score import run_files
from scoring.archive import ASSESSMENT
from tests.circular.few import KEPT
from tests.flow import district
from tests.flow.test_unnamed import without_departments

ALONE = "专项"
UNNAMED = {"ZQ90": ("B11", "部门"), "ZQ91": ("B19", "部门"), "ZQ92": ("B45", "部门"), "ZQ93": ("J01", "街镇")}
UNNAMED |= {"ZQ94": ("B40", ALONE)}
"""Code of each, whose forms it hands in under its own name, and its group."""
OURS = ("B49", "B50")
"""Those that come with the example."""
COUNT = len(UNNAMED) + len(OURS)
FILE = "submissions/佐证/秘乙.txt"
PLANTED = re.compile(r"ZQ9\d|秘[甲乙丙丁戊己庚]|复核人秘|B(?:49|50)[-\"]|专项办")
"""What nobody but the leaders may see."""
WRITTEN = {"title": "秘丁", "number": "秘戊", "why": "秘己", "reason": "秘己", "note": "秘己", "项目名称": "秘丙"}
RULINGS = {"ZQ91": 18, "ZQ92": -50}

Node = Any


def whole(edition: str = "2023") -> Bundle:
    """The district with everybody in it, those of the example that are kept among them."""
    made = district.bundle(edition)
    roster = made.forms["roster.yaml"].decode().split("- code: ")[1:]
    others = [row.split()[0] for row in roster if row.split()[0] not in KEPT.split()]
    made = without_departments(made, others)
    forms = {path: _planted(path, raw) for path, raw in made.forms.items()}
    for code, (of, _) in UNNAMED.items():
        if f"submissions/{of}.yaml" in forms:
            own = district.rewrite(forms[f"submissions/{of}.yaml"], lambda tree, of=of, code=code: _as(tree, of, code))
            forms[f"submissions/{code}.yaml"] = own
    rules = {name: {path: _with_group(raw) for path, raw in files.items()} for name, files in made.rules.items()}
    return replace(made, rules=rules, forms=forms, evidence={**made.evidence, FILE: "0" * 64})


def less(made: Bundle) -> Bundle:
    """The district whose roster, forms and evidence never had its unnamed departments."""
    evidence = {path: each for path, each in made.evidence.items() if path != FILE}
    return replace(without_departments(made, [*UNNAMED, *OURS]), evidence=evidence)


def after(made: Bundle, year_before: Bundle) -> Bundle:
    """The bundle with the result of the year before."""
    return replace(made, previous=run_files(year_before, district.assessed(year_before))[ASSESSMENT])


def _with_group(rules: bytes) -> bytes:
    """The rules with a third group, which is scored as the first one is."""
    listed = rules.replace(b"groups:\n", f"groups:\n  - {{code: {ALONE}, name: 其他机构}}\n".encode(), 1)
    return listed.replace("groups: [部门]".encode(), f"groups: [部门, {ALONE}]".encode())


def _planted(path: str, raw: bytes) -> bytes:
    """A form with the departments that are added, signed by a reviewer whose name nobody else may read."""
    if path.endswith(".csv"):
        rows = {line.split(",")[0]: line for line in raw.decode("utf-8-sig").splitlines()}
        added = [",".join([code, "", *rows[of].split(",")[2:]]) for code, (of, _) in UNNAMED.items() if of in rows]
        return "\n".join([*rows.values(), *added]).encode()
    changes: dict[str, Callable[[Node], None]] = {"roster.yaml": _enlist, "decisions.yaml": _decide}
    if path in changes:
        return district.rewrite(raw, changes[path])
    return raw if "/" not in path or path.startswith("submissions/") else district.rewrite(raw, _recorded)


def _enlist(tree: Node) -> None:
    (rows,) = [value.value for key, value in tree.value if key.value == "departments"]
    known = {_value(row, "code"): row for row in rows}
    for number, (code, (of, group)) in enumerate(UNNAMED.items()):
        row = copy.deepcopy(known[of])
        row.value = [pair for pair in row.value if pair[0].value not in ("order", "desk")]
        told = {"code": code, "name": f"秘甲{number}号办公室", "short": f"秘甲{number}", "group": group}
        for key, value in row.value:
            value.value = told.get(key.value, value.value)
        extra = {"order": str(900 + number), "desk": "秘庚科", "visibility": "unnamed"}
        row.value += [(_scalar(row, key), _scalar(row, value)) for key, value in extra.items()]
        rows.insert(2 * number, row)


def _decide(tree: Node) -> None:
    (rows,) = [value for key, value in tree.value if key.value == "decisions"]
    rows.flow_style = True
    for code, points in RULINGS.items():
        by = "by: 秘己组, on: 2024-05-20, basis: 秘戊号, why: 秘己"
        text = f"{{department: {code}, kind: 调整总分, points: {points}, {by}}}"
        rows.value.append(district.yaml.compose(text, Loader=district.yaml.BaseLoader))


def _recorded(tree: Node) -> None:
    (told,) = [value for key, value in tree.value if key.value == "departments"]
    for key, value in tree.value:
        if key.value == "by":
            value.value = "复核人秘"
    known = {key.value: value for key, value in told.value}
    for each in known.values():
        each.value = [pair for pair in each.value if pair[0].value != "by"]
        each.value.append((_scalar(each, "by"), _scalar(each, "复核人秘庚")))
    for code, (of, _) in UNNAMED.items():
        if of in known:
            own = copy.deepcopy(known[of])
            _as(own, of, code)
            told.value.append((_scalar(told, code), own))


def _as(tree: Node, of: str, code: str) -> None:
    """What is said of one department said of another, in words of its own."""
    for _parent, key, value in _scalars(tree):
        value.value = value.value.replace(of, code)
        if key in WRITTEN or key.endswith("意见"):
            value.value = WRITTEN.get(key, "秘己") + value.value
        elif key == "file":
            value.value, value.style = FILE.partition("/")[2], None


def _scalars(tree: Node) -> Iterator[tuple[Node, str, Node]]:
    for pair in tree.value:
        key, value = (pair[0].value, pair[1]) if isinstance(pair, tuple) else ("", pair)
        if isinstance(value.value, str):
            yield tree, key, value
        else:
            yield from _scalars(value)


def _value(row: Node, name: str) -> str:
    return next(str(value.value) for key, value in row.value if key.value == name)


def _scalar(like: Node, text: str) -> Node:
    node = district.yaml.compose("x", Loader=district.yaml.BaseLoader)
    node.value = text
    return node
