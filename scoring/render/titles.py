"""Breaks a title (标题) into lines: whole words, lines of like length, none that begins with “的” or “和”.

The standard asks for it (词意完整、排列对称、长短适宜), and neither Word nor a PDF layout does it by itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

WORDS = re.findall(
    r"\w+",
    "预算绩效管理 绩效管理 部门预算 部门 预算 绩效 管理 工作 考核 考评 评价 情况 通报 结果 指标 得分 一览表 情况表 "
    "图表 年度 关于 印发 通知 更正 复核 申请 反馈 说明 财政局 财政厅 人民政府 办公室 委员会 街道 乡镇 市级 区级 县级 "
    "单位 项目 目标 跟踪 自评",
)
"""Words that titles of this kind are made of; a break inside one costs more than lines of unlike length."""
TORN, WEAK = 12, 6
"""What a break inside a word costs, and one after 关于; a half-width character of unlike length costs 1."""
_GLUED = re.compile(r"[0-9A-Za-z.%〔〕×]+(?:年度|[年号])?")
_NO_START, _NO_END = "的和及、，。；：？！）〕》”’", "（〔《“‘"


def title_lines(title: str, most: int) -> list[str]:
    """The lines of a title, at most so many full-width characters each; one line where it fits."""
    whole = sum(map(_width, title))
    count = -(-whole // (2 * most))
    if count < 2:
        return [title]
    for lines in (count, count + 1):
        broken = _broken(title, lines, 2 * most)
        if broken is not None:
            ends = (0, *broken, len(title))
            return [title[start:end] for start, end in pairwise(ends)]
    return [title[start : start + most] for start in range(0, len(title), most)]


def _broken(title: str, lines: int, most: int) -> tuple[int, ...] | None:
    """Where to break the title into so many lines at the least cost; None where no line may be that long."""
    costs = _costs(title)
    upto = [0]
    for each in title:
        upto.append(upto[-1] + _width(each))

    def unlike(start: int, end: int) -> int:
        return abs(lines * (upto[end] - upto[start]) - upto[-1])

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]] | None:
        if left == 1:
            return (unlike(start, len(title)), ()) if upto[-1] - upto[start] <= most else None
        found: tuple[int, tuple[int, ...]] | None = None
        for end in range(start + 1, len(title)):
            if upto[end] - upto[start] > most:
                break
            rest = best(end, left - 1) if costs[end] is not None else None
            if rest is not None:
                cost = unlike(start, end) + lines * (costs[end] or 0) + rest[0]
                if found is None or cost < found[0]:
                    found = cost, (end, *rest[1])
        return found

    least = best(0, lines)
    return None if least is None else least[1]


def _costs(title: str) -> list[int | None]:
    """What a break before each character costs; None where there must be none."""
    costs: list[int | None] = [0] * len(title)
    for word in WORDS:
        for found in re.finditer(word, title):
            for place in range(found.start() + 1, found.end()):
                costs[place] = TORN
    for found in re.finditer("关于", title):
        if found.end() < len(title) and costs[found.end()] == 0:
            costs[found.end()] = WEAK
    for place in range(1, len(title)):
        if title[place] in _NO_START or title[place - 1] in _NO_END:
            costs[place] = None
    for found in _GLUED.finditer(title):
        for place in range(found.start() + 1, found.end()):
            costs[place] = None
    return costs


def _width(character: str) -> int:
    """Two halves for a full-width character."""
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
