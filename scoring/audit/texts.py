"""Texts of the page: cleaned of what cannot be seen, and the words for what an entry is and how it stands."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.render.folding import Fixed
from scoring.views.phrase import plain_text

KINDS = {
    "rounding": "取位",
    "cap": "封顶",
    "floor": "保底",
    "conversion": "折算",
    "coefficient": "系数",
    "override": "人工调整",
    "gate": "特殊情形",
    "veto": "限定总分",
}
STATES = {
    "not_applicable": "不适用",
    "missing": "没有数据",
    "not_evaluable": "无法评定",
    "overridden": "人工调整",
}
_SPACES = re.compile(r"( +)")


@lru_cache(maxsize=1 << 14)
def fixed(text: str) -> Fixed:
    """A text that belongs to the rule: kept whole. The same few thousand come again with every department."""
    return Fixed(plain_text(text))


def code_line(line: str) -> str:
    """A line of a file as it stands, with its spaces, without what cannot be seen."""
    pieces = _SPACES.split(line.expandtabs(4).rstrip())
    return "".join(each if each.startswith(" ") else plain_text(each) for each in pieces)
