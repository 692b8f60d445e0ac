"""A fragment of an edition made whole: what a fragment leaves out, the shape it shows does not need.

Files are cut at their top-level keys, as text, so that the reader sees every character that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scoring.finding import Finding
from scoring.points import Rational, parse, plain
from scoring.reading.edition import Edition, read_edition
from scoring.reading.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
SHAPES = Path(__file__).resolve().parent

ABOUT = ("shape", "official", "base", "vectors")
"""Keys of a shape file that are no rules."""

OF_CALENDAR, OF_ADJUSTMENTS = ("covers", "holidays", "workdays"), ("bonus", "deductions")
DEFAULTS = {
    "edition": 'edition: "样例"\n',
    "name": "name: 样例办法\n",
    "issuer": "issuer: 样例机关\n",
    "year": "year: 2023\n",
    "period": "period: {from: 2023-01-01, by: 2023-12-31}\n",
    "status": "status: 样本\n",
    "groups": "groups: [{code: 全体, name: 全体部门}]\n",
    "missing": "missing: {treatment: 零分}\n",
    "evidence_reuse": "evidence_reuse: {treatment: 提示}\n",
    "rounding": "rounding: {award: 不取位, total: 不取位, print: 2, mode: 四舍五入}\n",
    "standing": "standing: {}\n",
}
GIVEN_TOTAL = "  得分: {type: 数, unit: 分, at_least: 0, at_most: 100, better: 多, source: 评审}\n"
GIVEN_NODE = "indicators:\n  - {code: 得分, name: 各项得分, full_marks: 100, points: 得分}\n"
"""Where a fragment speaks of totals only, the total is a fact."""

_KEY = re.compile(r"(\w+):")
_PIECE = re.compile(r"^#+ (?P<heading>[^\n]*)$|^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(text: str) -> dict[str, str]:
    """The text of each top-level key, comments and all."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        match = _KEY.match(line)
        if match:
            key = match[1]
            assert key not in found, f"{key} stands twice"
        if key:
            found[key] = found.get(key, "") + line
    return found


def files_of(fragment: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a whole edition that does what the fragment says."""
    rules = {key: text for key, text in fragment.items() if key not in ABOUT}
    facts = rules.pop("facts", "facts:\n")
    if not {"indicators", "score", *OF_ADJUSTMENTS} & set(rules):
        facts, rules["indicators"] = facts + GIVEN_TOTAL, GIVEN_NODE
    files = {"facts.yaml": facts}
    for name, keys in (("calendar.yaml", OF_CALENDAR), ("adjustments.yaml", OF_ADJUSTMENTS)):
        said = "".join(rules.pop(key, "") for key in keys)
        if said:
            files[name] = said
    if "score" not in rules:
        rules["score"] = score(rules.get("indicators", "") + files.get("adjustments.yaml", "") + rules.get("rules", ""))
    if "indicators" in rules:
        files["indicators/01-样例.yaml"] = rules.pop("indicators")
    files["method.yaml"] = "".join({**DEFAULTS, **rules}.values())
    return {path: ("format: 1\n" + text).encode() for path, text in files.items()}


def score(nodes: str) -> str:
    """The root above these nodes: the sum of everything, without a top or bottom of its own."""
    said, _ = read_yaml("nodes", nodes.encode())
    assert said is not None
    parts = [node for key in ("indicators", *OF_ADJUSTMENTS) for node in said.get(key, ())]
    marks = [_marks(node, said.get("rules", {})) for node in said.get("indicators", ())]
    full = "不设满分" if None in marks else plain(sum(each or 0 for each in marks))
    codes = ", ".join(f'"{node["code"]}"' for node in parts)
    return f"score: {{code: 总分, name: 总分, full_marks: {full}, parts: [{codes}], cap: 不限, floor: 不限}}\n"


def _marks(node: Mapping[str, object], rules: Mapping[str, Mapping[str, object]]) -> Rational | None:
    marks = node.get("full_marks", rules.get(str(node.get("rule")), {}).get("full_marks"))
    return marks if isinstance(marks, Rational) else parse(str(marks))


def build(fragment: Mapping[str, str]) -> tuple[Edition | None, list[Finding]]:
    """The edition of a fragment, read like any other."""
    return read_edition(files_of(fragment), SCHEMAS)


def said(each: Finding) -> str:
    """A finding for the message of a failed test."""
    where = f"{each.location.file}:{each.location.line} {each.location.text.strip()}" if each.location else ""
    return f"{each.code} {dict(each.params)} {where}"


def shape_files() -> list[Path]:
    """A file a shape."""
    return sorted(SHAPES.glob("S*.yaml"))


def other_files() -> list[Path]:
    """What lies between the shapes: treatments, the order of asking, operators at their edges."""
    return sorted((SHAPES / "also").glob("*.yaml"))


def snippets(markdown: str) -> Iterator[tuple[str, str]]:
    """The YAML fragments of a page of documentation, each with the heading above it."""
    heading = ""
    for match in _PIECE.finditer(markdown):
        heading = match["heading"] or heading
        if match["kind"] == "yaml":
            yield heading, match["text"]
