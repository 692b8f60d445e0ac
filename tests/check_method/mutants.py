"""Mutants: an edition with one slip of the pen, as it happens to whoever writes next year's rules from this year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
    ("percent lost", r"(?<=: )(\d+)%(?=[,}]|$)", r"\1"),
    ("unit", r'unit: (?!")[^,}\s]+', 'unit: "%"'),
    ("unit", r'unit: "%"', "unit: 个"),
    ("connective", r"\ball: \[", "any: ["),
    ("connective", r"\bany: \[", "all: ["),
    ("part taken", r"combine: (?:首个适用|取高|平均)", "combine: 取低"),
    ("population", r"within: 本组", "within: 全部"),
    ("order", r"order: 由高到低", "order: 由低到高"),
    ("due day", r"due_day: 按时", "due_day: 迟报"),
    ("holiday", r"if_holiday: 不顺延", "if_holiday: 顺延"),
    ("kind of days", r"count: 自然日", "count: 工作日"),
    ("rounding", r"mode: 四舍五入", "mode: 舍去"),
    ("ties", r"ties: 并列占位", "ties: 并列不占位"),
    ("treatment", r"not_applicable: (?:折算|零分|分摊)", "not_applicable: 满分"),
    ("treatment", r"not_applicable: 满分", "not_applicable: 零分"),
    ("treatment", r"^missing: \{treatment: 零分", "missing: {treatment: 暂缓"),
    ("special case", r"(if_(?:zero|empty)): 不适用", r"\1: 0"),
    ("code of another", r'code: "(\d)\.\d"', r'code: "\1"'),
    ("proof", r"evidence: 必需", "evidence: 可选"),
)
STEPS = (
    ("marks", r"\b(?:full_marks|bonus_up_to|deduct_up_to): (\d+)"),
    ("points", r"\bpoints: (\d+)(?=\})"),
    ("points", r"\b(?:add|deduct): (\d+)(?=[,}])"),
    ("threshold", r"\b(?:at_least|above|at_most|below): (\d+)(?=%?[,}])(?!.*type:)"),
    ("grade line", r"\b(?:at_least|below): (\d+)(?=, (?:below|grade))"),
    ("share of a quota", r"\bat_most: (\d+)(?=%$)"),
    ("rebase", r"\brebase_to: (\d+)"),
    ("rounding", r"\b(?:award|total|print): (\d)(?=[,}])"),
    ("year", r"\b(\d{4})(?=-\d\d-\d\d)"),
    ("day", r"\b\d{4}-\d\d-(\d\d)"),
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
INLINE = re.compile(
    r"(?<=[{ ])(?!name|document|article|quote|fact|when|title|number|code)"
    r"([a-z_]+): ([^{},\[\]]+|\[[^\]]*\])(, |(?=\}))"
)
"""A key with a value of its own inside braces."""
ALONE = re.compile(
    r"^\s+(?!name|provision|origin|data_source|note|standard|title|date|source|document)([a-z_]+): [^\s{>]"
)
"""A key with a value of its own on a line."""
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
                changed = changed.zfill(2) if slip == "day" else changed
                yield slip, line[: match.start(1)] + changed + line[match.end(1) :]
    for slip, pattern in DROPS:
        if re.search(pattern, line):
            yield f"no {slip}", ""
    for match in INLINE.finditer(line) if not line.lstrip().startswith(("provision:", "- {code")) else ():
        yield (
            f"no {match[1]}",
            line[: match.start()].rstrip(" " if match[3] else " ,")
            + (" " if match[3] and line[match.start() - 1] == " " else "")
            + line[match.end() :],
        )
    match_ = ALONE.match(line)
    if match_:
        yield f"no {match_[1]}", ""
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
