"""Slips that must be shown at the very line, and mutants that are not found: by which slip, in which line, and why."""

from __future__ import annotations

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
    ("no above", r"above: 0, per: 1", "the same: steps begin at 0"),
    ("no start", r"start: 0", "the same: what only adds begins at 0"),
    ("no cap", r"cap: 5$", "the same: bonus_up_to holds it"),
    ("no floor", r"floor: -10", "the same: deduct_up_to holds it"),
    ("no at_most", r"at_least: 80%, at_most: 100%", "the same: the fact has this bound"),
    ("no within_reach", r".", "moves no score: it tells what advice may speak of"),
    ("no fiscal_year", r".", "moves no score: it is printed"),
    ("no note", r".", "moves no score: it is printed"),
    ("day", r"^      date: ", "moves no score: it is printed"),
    ("year", r"^      date: ", "moves no score: it is printed"),
    # What no linter could know.
    ("no at_least", r"type: ", "which data are valid is not part of the wording"),
    ("no at_most", r"type: ", "which data are valid is not part of the wording"),
    ("no decimals", r"type: ", "which data are valid is not part of the wording"),
    ("no may_be", r"type: ", "which data are valid is not part of the wording"),
    ("no at_most", r"相差超过10分", "the name of the warning tells where it begins only"),
    ("no evidence", r"add: 3, evidence: 必需", "what needs proof is told in many ways"),
    ("proof", r"evidence: 必需", "what needs proof is told in many ways"),
    ("no needs", r"needs: ", "which item rests on which is not told in numbers"),
    ("part taken", r"首个适用", "the first that applies, or the lowest: both can be meant"),
    ("connective", r"all: \[", "all or any of them: both can hold"),
    ("special case", r"if_(?:zero|empty): ", "each method has its own treatment"),
    ("treatment", r"not_applicable: |^missing: ", "each method has its own treatment"),
    ("holiday", r"if_holiday: ", "how days are counted is left open by the wording"),
    ("due day", r"due_day: ", "how days are counted is left open by the wording"),
    ("kind of days", r"count: 自然日", "how days are counted is left open by the wording"),
    ("population", r"within: 本组", "all or the group: both can be meant"),
    ("ties", r"ties: ", "both ways of sharing a rank are used"),
    ("rounding", r"^rounding: ", "how many decimals count is not part of the wording"),
    ("year", r"by: \d|if_not_done: |due: ", "a day in the year after can be meant"),
    ("day", r"if_not_done: |自评完成日期, by: ", "the wording of what rests on it names no day"),
    ("year", r"^period: ", "of the first edition there is none before it"),
    ("day", r"^period: ", "of the first edition there is none before it"),
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
