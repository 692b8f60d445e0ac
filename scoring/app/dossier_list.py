"""The list of what is filed (归档目录): files grouped into pieces (件), as the files office counts them.

A circular is one piece with its annexes, the draft that was approved, and the record of the approval (一文一件). What a
piece is called and how long it is kept is the office's to say; nothing here is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.archive.manifest import sha256
from scoring.archive.pdf import pages

CIRCULAR, CORRECTION, REVIEW, SHEETS, APPEALS = "circular", "correction", "review", "sheets", "appeals"
METHOD, INPUTS, RESULT = "method", "inputs", "result"
TITLES = {
    CIRCULAR: "关于{year}年度部门预算绩效管理工作考核情况的通报",
    CORRECTION: "关于更正{year}年度部门预算绩效管理工作考核结果的通知",
    REVIEW: "{year}年度部门预算绩效管理工作考核送审材料",
    SHEETS: "{year}年度部门预算绩效管理工作考核得分单",
    APPEALS: "{year}年度部门预算绩效管理工作考核反馈和复核材料",
    METHOD: "{year}年度部门预算绩效管理工作考核办法（评分所用）",
    INPUTS: "{year}年度部门预算绩效管理工作考核报送材料和核查记录",
    RESULT: "{year}年度部门预算绩效管理工作考核评分结果和评分程序",
}
"""Each kind of piece, in the order of the list, with its title."""
NOTES = {
    CIRCULAR: "正本、附件、定稿和审定记录作为一件",
    RESULT: "电子文件，校验办法见归档说明",
}
PLACES = (
    ("final.json", CIRCULAR),
    ("published/issued/", CIRCULAR),
    ("published/public/", CIRCULAR),
    ("published/correction_", CORRECTION),
    ("published/department/", SHEETS),
    ("published/approval_sheets/", SHEETS),
    ("published/feedback", APPEALS),
    ("published/approval/", REVIEW),
    ("published/", SHEETS),
    ("inputs/appeals/", APPEALS),
    ("inputs/", INPUTS),
    ("rules/", METHOD),
    ("", RESULT),
)
"""Where the files of each kind stand in a run folder; the first that fits counts."""
DRAFT = "通报"
"""A paper of this name among those for approval is the draft that was approved."""
COLUMNS = ("件号", "题名", "文号", "责任者", "日期", "保管期限", "文件", "页数", "SHA-256")


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of a piece: its path in the archive, how many pages it has where it is a PDF, its digest."""

    path: str
    pages: str
    digest: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece (件) with its files; what the office has not said is empty."""

    number: int
    kind: str
    title: str
    document_number: str
    author: str
    date: str
    retention: str
    note: str
    pages: str
    papers: tuple[Paper, ...]


def kind_of(path: str) -> str:
    """The kind of piece that a file of the run belongs to."""
    if path.startswith("published/approval/") and DRAFT in path.split("/")[2]:
        return CIRCULAR
    return next(kind for start, kind in PLACES if path.startswith(start))


def pieces(
    files: Mapping[str, tuple[str, bytes]], year: object, settings: Mapping[str, Any], approved_on: str
) -> list[Piece]:
    """The pieces of an archive; `files` are its contents with their kinds, by path."""
    found: list[Piece] = []
    for kind, title in TITLES.items():
        papers = [_paper(path, raw) for path, (own, raw) in files.items() if own == kind]
        if not papers:
            continue
        issued = kind == CIRCULAR
        counted = [int(each.pages) for each in papers if each.pages]
        found.append(
            Piece(
                len(found) + 1,
                kind,
                f"{settings.get('organ', '') if issued or kind == CORRECTION else ''}{title.format(year=year)}",
                str(settings.get({CIRCULAR: "number", CORRECTION: "correction_number"}.get(kind, ""), "")),
                str(settings.get("organ", "")),
                str(settings.get({CIRCULAR: "date", CORRECTION: "correction_date"}.get(kind, ""), "") or approved_on),
                retention(settings, kind),
                NOTES.get(kind, ""),
                str(sum(counted)) if counted else "",
                tuple(papers),
            )
        )
    return found


def retention(settings: Mapping[str, Any], kind: str) -> str:
    """How long the office keeps pieces of this kind; "" where it has not said."""
    said = settings.get("retention")
    return str(said.get(kind) or "") if isinstance(said, Mapping) else str(said or "")


def as_csv(found: Iterable[Piece]) -> bytes:
    """The list a row a file, for the files office's own system: UTF-8 with a BOM, as spreadsheet programs expect."""
    rows: list[Sequence[str]] = [COLUMNS]
    for piece in found:
        own = (str(piece.number), piece.title, piece.document_number, piece.author, piece.date, piece.retention)
        rows += [(*own, paper.path, paper.pages, paper.digest) for paper in piece.papers]
    return ("\ufeff" + "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)).encode()


def _cell(text: str) -> str:
    """In quotes, and never a formula: what an office wrote must not run in a spreadsheet program."""
    safe = f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
    return '"' + safe.replace('"', '""') + '"'


def _paper(path: str, raw: bytes) -> Paper:
    counted = pages(raw) if path.lower().endswith(".pdf") else None
    return Paper(path, "" if counted is None else str(counted), sha256(raw))
