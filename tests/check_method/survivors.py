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

BOUNDED = r"(?:预算金额|目标质量分|项目自评分|项目复核分|事前评估评定分|事前评估质量评分|部门整体目标质量评分): "
"""Facts that are any number within bounds."""

VALID = "which data are valid is not part of the wording"

SURVIVORS: tuple[tuple[str, str, str], ...] = (
    # What changes nothing.
    ("total read", r"of: 总分", "the same: the total has no more decimals than its parts"),
    ("outside", r"full_at: 100%?, outside: ", "the same: the measure never leaves its anchors"),
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
    ("no at_least", r"at_least: 0, below: 60%", "the same: the fact has this bound"),
    (
        "no within_reach",
        r"type: (?:日期|选项|个数).*within_reach: 是",
        "moves no score: it tells what advice may speak of",
    ),
    ("no fiscal_year", r"(?:新增|已事前评估|已编报目标|已自评|自评随决算公开): ", "moves no score: it is printed"),
    ("no note", r"(?:计划报送日期|免于公开|未编报目标已说明): ", "moves no score: it is printed"),
    ("day", r"^      date: ", "moves no score: it is printed"),
    ("year", r"^      date: ", "moves no score: it is printed"),
    # What no linter could know.
    ("no at_least", BOUNDED, VALID),
    ("no at_most", rf"{BOUNDED}|at_most: (?:应批复二级单位数|预警数|应整改事项数)", VALID),
    ("no decimals", BOUNDED, VALID),
    ("no may_be", r"(?:日期|第三方有\w+|自评随决算公开): \{type: ", VALID),
    ("no at_most", r"相差超过10分", "the name of the warning tells where it begins only"),
    ("no by", r"by: 预算金额", "that it is a share of the money its name alone tells"),
    ("no evidence", r"用于(?:调整预算|改进管理).*evidence: 必需", "what needs proof is told in many ways"),
    ("proof", r"用于(?:调整预算|改进管理).*evidence: 必需", "what needs proof is told in many ways"),
    ("no needs", r"needs: 报送自查报告", "which item rests on which is not told in numbers"),
    ("part taken", r"首个适用", "the first that applies, or the lowest: both can be meant"),
    (
        "connective",
        r"all: \[\{fact: (?:新增|已自评|申报类别|未编报项目数|应自评项目数), ",
        "all or any of them: both can hold",
    ),
    ("special case", r"if_(?:zero|empty): 不适用", "each method has its own treatment"),
    ("treatment", r"not_applicable: |^missing: ", "each method has its own treatment"),
    ("holiday", r"if_holiday: ", "how days are counted is left open by the wording"),
    ("due day", r"due_day: ", "how days are counted is left open by the wording"),
    ("kind of days", r"count: 自然日", "how days are counted is left open by the wording"),
    ("population", r"within: 本组", "all or the group: both can be meant"),
    ("ties", r"ties: ", "both ways of sharing a rank are used"),
    ("rounding", r"^rounding: ", "how many decimals count is not part of the wording"),
    ("year", r"(?:自评|评价)完成日期, by: |if_not_done: 2023-12-31", "a day in the year after can be meant"),
    ("day", r"if_not_done: 2023-12-31|自评完成日期, by: ", "the wording of what rests on it names no day"),
    ("year", r"^period: ", "of the first edition there is none before it"),
    ("day", r"^period: ", "of the first edition there is none before it"),
    ("threshold", BOUNDED, VALID),
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
