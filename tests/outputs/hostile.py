"""A run in which everybody wrote what does harm somewhere: in names, reasons, evidence, settings, passages."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path
from typing import Any

from scoring.archive import ASSESSMENT, Provenance, Run, write_run
from scoring.canonical import canonical

HARMFUL = (
    "<script>alert(1)</script><b>&amp;<!--",
    "]]></w:t><w:br/><w:instrText>",
    '=HYPERLINK("http://a.invalid",1)',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "{{ 7*7 }}{% for x in y %}{# c #}",
    '#panic("x") $x^2$ *b* _i_ `c` <l> @r [c] // c',
    "#let x = 1; \\u{41} #sys.inputs = h",
    "甲|乙 | --- | **粗** _斜_ ~~删~~ ![图](x) [链](y)",
    "\u202e反写\u202c\u200b零宽\ufeff\u2066",
    "\x00控\x07\x1b[31m制\x7f\r\n# 换行\u2028\t",
    "喆昇堃祎翀赟㛃䶮𠮷",
    "CON",
    'a/b\\c:d?e*f"g. ',
    "长" * 300,
    "A" * 300,
    "＝1+1",
)
"""Markup of every language that something is written in; formulas; what cannot be seen; what is long or rare."""
GROUP, TITLE, REASON, PROOF = "组<i>#g$|", "办法{{ 1 }}<u>#t$*", "=理由<s>#r$|{{ 2 }}\u202e", "@证<em>#e$|\x1b"
SETTING = {"organ": "局<a>#o$|{{ 3 }}", "signatory": "=署<a>#s$|", "addressee": "@各<a>#a$|", "note": "{% raw %}<p>"}
SETTING |= {"letterhead": "头<a>#h$|", "printed_by": "印<a>#p$|", "desk": "科<a>#d$|", "contact": "人<a>#c$|"}
SETTING |= {"organizer": "办<a>#z$|", "approval": "会<a>#v$|", "code": "字<a>#k$|", "copy_to": ["抄<a>#y$|"]}
PASSAGE = "段<h1>#b$x$ {{ 4 }}{% if %} **粗** | `c` [a](b)"


def name_of(number: int, code: str) -> str:
    """The name of a department, the nth of the roster."""
    return f"{HARMFUL[number % len(HARMFUL)]}{code}"


def spoiled(run: Run, folder: Path) -> Path:
    """The run with all text that comes from people replaced; figures stay."""
    told = json.loads(run.read(ASSESSMENT))
    _spoil(told)
    files = {path: run.read(path) for path in run.files}
    settled = {"openness": "依申请公开", "number": "字〔2024〕6号", "date": "2024-06-05", "feedback_date": "2024-06-06"}
    office = {"format": 1, **SETTING, **settled}
    files |= {ASSESSMENT: canonical(told), "inputs/office.yaml": json.dumps(office, ensure_ascii=False).encode()}
    provenance = Provenance(told["edition"], told["semantics"], "plain", "0", {})
    assert write_run(folder, files, provenance) == []
    passages = {"format": 1, "conduct": PASSAGE, "results": PASSAGE, "requirements": PASSAGE}
    folder.with_name("passages.yaml").write_text(json.dumps(passages, ensure_ascii=False), "utf-8")
    return folder


def _spoil(told: dict[str, Any]) -> None:
    for number, each in enumerate(told["departments"]):
        each["name"] = each["short"] = name_of(number, each["code"])
        each["reason"] = each["reason"] and REASON
    for group in (*told["groups"], *told["method"]["groups"]):
        group["name"] = f"{GROUP}{group['code']}"
    told["method"] |= {"title": TITLE, "note": TITLE, "issuer": TITLE}
    told["district"] |= {"name": "区<a>#q$|", "note": "区<a>#q$|"}
    for node, harm in zip(told["method"]["tree"], cycle(HARMFUL[:10]), strict=False):
        node |= {"name": f"{harm}{node['code']}", "standard": harm, "data_source": harm}
    for card in told["scorecards"]:
        for each in card["evidence"].values():
            each |= {"title": PROOF, "number": PROOF}
        _reasons(card)
    for group in told["groups"]:
        for each in group["unranked"]:
            each["text"] = each["text"] and REASON


def _reasons(tree: Any) -> None:
    """Every reason somebody gave for a datum or a ruling, wherever it stands."""
    for value in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(value, (dict, list)):
            _reasons(value)
    if isinstance(tree, dict) and "layer" in tree:
        tree |= {key: REASON for key in ("why", "by", "note", "basis") if isinstance(tree.get(key), str)}
