"""Mutants: an edition with one slip of the pen, as it happens to whoever writes next year's rules from this year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

AT_ITS_LINE = {
    "better",
    "edge",
    "grade line",
    "misspelt",
    "order of choices",
    "rebase",
    "rounding of a quota",
    "share of a quota",
    "ties of a quota",
    "working days",
}
"""Slips that are shown at the very line; the others in the rule that they spoil."""

SURVIVORS: tuple[tuple[str, str, str], ...] = (
    # What changes nothing.
    ("total read", r"of: 总分", "the same: the total has no more decimals than its parts"),
    ("outside", r"scale: ", "the same: the measure never leaves its anchors"),
    ("no row", r"免于公开, is: 是\}, treatment: 折算", "the same: what arrives from the data is treated so too"),
    (
        "edge",
        r"重大问题数, at_least: 1|未编报项目数, at_least: 1|应自评项目数, at_least: 1",
        "any, or more than one: no text",
    ),
    # What no linter could know.
    ("threshold", r"type: (?:数|个数)", "which data are valid is not part of the wording"),
    ("threshold", r"above: 0, per: 1,", "a first one that is free may be meant"),
    ("threshold", r"处置逾期天数, above: 0", "a first day that is free may be meant"),
    ("threshold", r"(?:重大问题数|应自评项目数|未编报项目数), at_least: 1", "any, or more than one: no text says it"),
    ("threshold", r"below: 100%\}, level: 黄", "the name of the warning tells no number"),
    ("threshold", r"相差超过10分.*at_most: 15", "the name of the warning tells where it begins only"),
    ("edge", r"相差超过10分.*at_most: 15", "the name of the warning tells where it begins only"),
    ("points", r"above: 20, points: 0", "another rule of this criterion leaves nothing already"),
    (
        "state",
        r"新增, is: |委托第三方, is: |免于公开, is: |新设不足半年, is: ",
        "neither state is better, and both occur",
    ),
)
"""Mutants that are not found: by which slip, in which line, and why."""

RULES = re.compile(r"method\.yaml|facts\.yaml|adjustments\.yaml|indicators/.*")


class Mutant(NamedTuple):
    """One line changed ("" where it is dropped): by which slip, where, and what it was."""

    slip: str
    file: str
    line: int
    was: str
    becomes: str


TURNED = {"多": "少", "少": "多", "早": "晚", "晚": "早"}
SWAPS: tuple[tuple[str, str, str], ...] = (
    ("edge", r"\bat_least:", "above:"),
    ("edge", r"\babove: (?!0[,}])", "at_least: "),
    ("edge", r"\bat_most:", "below:"),
    ("edge", r"\bbelow:", "at_most:"),
    ("state", r"\bis: 是", "is: 否"),
    ("state", r"\bis: 否", "is: 是"),
    ("sign", r"\badd: (?=\d+[,}])", "deduct: "),
    ("sign", r"\bdeduct: (?=[\d.]+[,}])", "add: "),
    ("anchors", r"zero_at: 0, full_at: (100%?)", r"zero_at: \1, full_at: 0"),
    ("outside", r"outside: 不再增减", "outside: 照此继续"),
    ("rounding of a quota", r"count: 舍去", "count: 四舍五入"),
    ("ties of a quota", r"tie_at_edge: 均不入选", "tie_at_edge: 均入选"),
    ("total read", r"^(\s+of|    of): 总分", r"\1: 未取位总分"),
    ("order of choices", r"choices: \[(是|否), (是|否)\](?=.*列前)", r"choices: [\2, \1]"),
    ("cap below one award", r"^(\s+cap: )5$", r"\g<1>1"),
    ("working days", r"count: 自然日", "count: 周"),
)
STEPS = (
    ("marks", r"\b(?:full_marks|bonus_up_to|deduct_up_to): (\d+)"),
    ("points", r"\bpoints: (\d+)(?=\})"),
    ("points", r"\b(?:add|deduct): (\d+)(?=[,}])"),
    ("threshold", r"\b(?:at_least|above|at_most|below): (\d+)(?=%?[,}])(?!.*type:)"),
    ("grade line", r"\b(?:at_least|below): (\d+)(?=, (?:below|grade))"),
    ("share of a quota", r"\bat_most: (\d+)(?=%$)"),
    ("rebase", r"\brebase_to: (\d+)"),
)
DROPS = (
    ("row", r"^\s+- \{(?:at_least|above|at_most|below|is|when|points)\b"),
    ("treatment", r"^\s+not_applicable: \S"),
    ("special case", r"^\s+if_(?:zero|empty): "),
    ("floor", r"^\s+floor: 0$"),
    ("cap of the total", r"^\s+cap: 不限"),
    ("rebase", r"^\s+rebase_to: "),
    ("article", r"^        provision: "),
    ("measure", r"^\s+of: \S"),
    ("group", r"^\s+groups: \["),
)
FACT = re.compile(r"\b(?:fact|of|done|by): ([一-鿿]{4,})(?=[,}\s]|$)")


def mutants(files: dict[str, bytes]) -> Iterator[Mutant]:
    """Every slip at every line of an edition where it can happen."""
    for path in sorted(files):
        if RULES.fullmatch(path):
            for number, line in enumerate(files[path].decode().split("\n"), 1):
                rule = line.split("  #")[0].rstrip()
                for slip, becomes in slips(path, rule):
                    if becomes != rule:
                        yield Mutant(slip, path, number, line, becomes)


def slips(path: str, line: str) -> Iterator[tuple[str, str]]:
    if not line.strip() or line.lstrip().startswith(("#", "standard:", "note:", "name:", "title:")):
        return
    for slip, pattern, instead in SWAPS:
        for match in re.finditer(pattern, line):
            yield slip, line[: match.start()] + match.expand(instead) + line[match.end() :]
    for slip, pattern in STEPS:
        for match in re.finditer(pattern, line):
            for step in (1, -1):
                changed = str(int(match[1]) + step)
                yield slip, line[: match.start(1)] + changed + line[match.end(1) :]
    for slip, pattern in DROPS:
        if re.search(pattern, line):
            yield f"no {slip}", ""
    for match in FACT.finditer(line):
        yield "misspelt", line[: match.start(1)] + match[1][:-1] + "亍" + line[match.end(1) :]
    match_ = re.search(r"better: (多|少|早|晚)", line)
    if match_:
        yield "better", line.replace(match_[0], f"better: {TURNED[match_[1]]}")


def applied(files: dict[str, bytes], mutant: Mutant) -> dict[str, bytes]:
    """The files of the edition with the slip in them."""
    lines = files[mutant.file].decode().split("\n")
    lines[mutant.line - 1 : mutant.line] = [mutant.becomes] if mutant.becomes else []
    return {**files, mutant.file: "\n".join(lines).encode()}
