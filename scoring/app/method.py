"""Prints an edition as the official scoring table, or reads one of its rules back. Nothing is scored."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from scoring.app.check import folder_of, read
from scoring.app.deliver import write_out
from scoring.app.wording import report_file
from scoring.finding import ERROR, Finding, Findings, finding
from scoring.method import Method
from scoring.official.printed import printed_method, printed_rule
from scoring.official.sheets import pages, sheets
from scoring.render.markdown import escaped
from scoring.render.template import render
from scoring.resources import Places
from scoring.views.document import mapped
from scoring.views.phrase import numeral

MARKDOWN, HTML, DOCX, XLSX = "md", "html", "docx", "xlsx"
FORMATS = (MARKDOWN, HTML, DOCX, XLSX)
TEXTS = {MARKDOWN: "method/method.md.j2", HTML: "method/method.html"}
RULE, STYLE = "method/rule.md.j2", "method/method.css"
EXTRA, MODULES = "documents", {DOCX: ("docx",), XLSX: ("xlsxwriter",)}
"""What writes each format that is no text, and the extra of ours that brings it."""


@dataclass(slots=True)
class Printed:
    """What came of printing: contents by file name, and the findings; empty where the edition cannot be used."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def method_of(edition: str, folders: Places) -> tuple[Method | None, list[Finding]]:
    """The method of an edition, by name or path; None where it is not there or has errors."""
    found = Findings()
    folder = folder_of(edition, folders)
    if folder is None:
        known = sorted(each.name for each in folders.rules.iterdir() if (each / "method.yaml").is_file())
        return None, [finding("K201", edition=edition, known="、".join(known))]
    whole = read(folder, folders, found)
    wrong = any(each.severity == ERROR for each in found.found)
    return (None if whole is None or wrong else whole.method), found.found


def named(method: Method, indicator: str) -> tuple[str, list[str]]:
    """The code of an indicator that was named by code or name; else "" and what it may have meant."""
    codes = {node.code: node.name for node in method.nodes() if node.code}
    if indicator in codes:
        return indicator, []
    same = [code for code, name in codes.items() if name == indicator]
    near = get_close_matches(indicator, [*codes, *codes.values()], n=3, cutoff=0.5)
    return (same[0], []) if len(same) == 1 else ("", same or near)


def rule_text(method: Method, code: str, folders: Places) -> tuple[str, list[Finding]]:
    """One rule read back as an official sentence, with what the names in it stand for."""
    return _filled(RULE, _by_name(mapped(printed_rule(method, code), escaped)), folders)


def method_files(method: Method, formats: Sequence[str], folders: Places) -> Printed:
    """The scoring table in every format that was asked for."""
    whole = printed_method(method)
    printed = Printed()
    status = f"（{whole.mark}）" if whole.mark else ""
    for format_ in formats:
        name = f"{method.year}年度考核评分表{status}.{format_}"
        if format_ in TEXTS:
            told = mapped(whole, escaped) if format_ == MARKDOWN else whole
            values = {**_by_name(told), "numeral": numeral, **(_style(folders) if format_ == HTML else {})}
            text, problems = _filled(TEXTS[format_], values, folders)
            printed.findings.extend(problems)
            printed.files[name] = text.encode()
        elif format_ == DOCX:
            from scoring.render.docx_table import docx_file

            printed.files[name] = docx_file(pages(whole), method.issuer)
        else:
            from scoring.render.xlsx.table import xlsx_file

            printed.files[name] = xlsx_file(sheets(whole), method.issuer)
    return printed


def write_files(folder: Path, files: Mapping[str, bytes], force: bool) -> tuple[list[Path], list[Finding]]:
    """Write all or none into a folder of the user's own; what somebody may have changed stays unless forced."""
    found = Findings()
    return write_out(folder, files, force, found), found.found


def _filled(name: str, values: Mapping[str, Any], folders: Places) -> tuple[str, list[Finding]]:
    path = report_file(folders, name)
    text, problems = render(path.as_posix(), path.read_text(encoding="utf-8"), **values)
    return text.strip("\n") + "\n", problems


def _style(folders: Places) -> dict[str, str]:
    """The style of the page, and its digest, which alone the page allows."""
    style = report_file(folders, STYLE).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": style, "style_hash": f"sha256-{digest}"}


def _by_name(value: Any) -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in fields(value)}
