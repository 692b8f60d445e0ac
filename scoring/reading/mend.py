"""Rewriting a YAML file so that it can be read (改码、改符号): what `kaohe mend` does, every change explained."""

from __future__ import annotations

import codecs
import re

from scoring.finding import Findings
from scoring.reading.encoding import decoded, utf_8
from scoring.reading.line_faults import Fault
from scoring.reading.lookalikes import scan

_LINE_END = re.compile(r"\r\n|\r|\n")
_SAID = {
    "wide": "中文冒号“{found}”改为“{instead}”",
    "tight": "英文冒号后面补一个空格",
    "tab": "制表符改为空格",
    "comma": "中文逗号改为英文逗号",
    "quote": "中文引号改为英文引号",
    "bracket": "全角括号“{found}”改为“{instead}”",
    "space": "全角空格、不换行空格改为普通空格，行末的删去",
    "invisible": "删去看不见的字符",
    "unreadable": "删去不能显示的控制字符",
    "digit": "“{found}”改为“{instead}”",
    "letter": "栏目名改为“{instead}”",
    "dash": "行首的“{found}”改为英文短横线",
    "hash": "行首的“{found}”改为英文井号",
    "bar": "“{found}”改为“{instead}”",
}


def mend(raw: bytes) -> tuple[bytes, list[str]]:
    """The file in UTF-8 with LF line ends and YAML's own signs, and what was changed, line by line.

    Only signs change: where `：` or `，` stands in an officer's prose it is left alone. Bytes that are no text come
    back as they are, with nothing changed; reading them says why.
    """
    text = decoded("", raw, Findings())
    if text is None:
        return raw, []
    changes: list[str] = []
    if utf_8(raw) is None:
        changes.append("全文：改为UTF-8编码")
    elif raw.startswith(codecs.BOM_UTF8):
        changes.append("文件开头：删去字节顺序标记（BOM）")
    if "\r" in text:
        changes.append("全文：换行改为LF")
    lines = _LINE_END.split(text)
    mended = scan(lines)
    changes += [_said(each, lines[each.line - 1]) for each in mended.faults]
    return "\n".join(mended.lines).encode("utf-8"), changes


def _said(fault: Fault, line: str) -> str:
    said = _SAID[fault.kind].format(found=line[fault.start : fault.end], instead=fault.instead)
    return f"第{fault.line}行第{fault.start + 1}列：{said}"
