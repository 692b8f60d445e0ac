"""What goes to a department with its sheet: the letter (反馈函) and the application for review (复核申请表)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scoring import location
from scoring.points import exact, fixed, unplain
from scoring.views.document import Document, Fill, mapped, paragraphs, unbroken
from scoring.views.office import Office
from scoring.views.phrase import BLANK, NO, YES, day, plain_text, undated
from scoring.views.roll import LAST
from scoring.views.sheet import DATE, SIGNED
from scoring.views.table import Annex, Column, Table
from scoring.views.view import notices

Json = Mapping[str, Any]
Figures = dict[str, Any]

REASONS = (
    Column("序号", part=2),
    Column("考核指标", part=6),
    Column("初步得分", True, 3),
    Column("申请得分", True, 3),
    Column("申请理由", part=12),
    Column("新增佐证编号", part=4),
    Column("复核意见", part=6),
    Column("复核后得分", True, 4),
    Column("复核人", part=3),
    Column("审批人", part=3),
)
GRADES = (Column("序号", True), Column("部门名称", part=5), Column("等次", part=2))


def letter(seen: Json, code: str, office: Office, words: location.Mapping, fill: Fill, *, official: bool) -> Document:
    """The letter: before the approval with the way to object, after it with the grades that were published."""
    own = words["official" if official else "preliminary"]
    figures = _figures(seen, code, office)
    attachments = [fill(each, "name", figures) for each in own["attachments"]]
    annex = Annex(f"附件{len(attachments)}", attachments[-1], tuple(_grades(seen))) if official else None
    document = Document(
        mark="",
        title=fill(own, "title", figures),
        number=office.feedback_number,
        notices=tuple(map(unbroken, notices(seen))),
        addressee=fill(own, "addressee", figures),
        body=tuple(paragraphs(own["paragraphs"], figures, fill)),
        attachments=tuple(f"{number}.{title}" for number, title in enumerate(attachments, 1)),
        signatory=office.signatory or BLANK,
        date=day(office.feedback_date) if office.feedback_date else undated(""),
        annexes=() if annex is None else (annex,),
    )
    return mapped(document, plain_text)


def application(seen: Json, code: str, office: Office, words: location.Mapping, fill: Fill) -> Document:
    """The form on which a department asks for a review, its name and the score of the sheet filled in."""
    own, figures = words["application"], _figures(seen, code, office)
    head = (
        (Column("部门名称", part=4), figures["部门全称"]),
        (Column("考核年度", part=2), f"{figures['考核年度']}年度"),
        (Column("初步得分", part=2), figures["评定总分"] or "暂缓"),
        (Column("申请得分", part=2), ""),
        (Column("联系人", part=2), ""),
        (Column("联系电话", part=3), ""),
    )
    blank = tuple((str(number), *[""] * (len(REASONS) - 1)) for number in range(1, own["rows"] + 1))
    tables = (
        Table("", tuple(column for column, _ in head), (tuple(cell for _, cell in head),)),
        Table("", REASONS, blank),
    )
    document = Document(
        mark="",
        title=fill(own, "title", figures),
        notices=tuple(map(unbroken, notices(seen))),
        body=tuple(paragraphs(own["paragraphs"], figures, fill)),
        annexes=(Annex("", "", tables, wide=True),),
    )
    signed = Table("", (Column("经办人", part=3), *SIGNED), (("", "", "", DATE),))
    return mapped(document, plain_text).with_table(signed)


def _figures(seen: Json, code: str, office: Office) -> Figures:
    method, decimals = seen["method"], seen["method"]["rounding"]["print"]
    department = next(each for each in seen["departments"] if each["code"] == code)
    card = next(each for each in seen["scorecards"] if each["department"] == code)
    own = card["self_scores"].values()
    return {
        "发文机关": office.organ or BLANK,
        "组织单位": office.organizer or BLANK,
        "考核年度": str(method["year"]),
        "考核办法名称": method["title"],
        "考核办法文号": method["number"] or "",
        "部门全称": department["name"],
        "评定总分": card["printed"] or "",
        "自评总分": fixed(exact(sum(map(unplain, own))), decimals) if own else "",
        "等次": card["grade"] or "",
        "截止日期": day(office.appeal_by) if office.appeal_by else undated(""),
        "联系科室": office.desk or BLANK,
        "联系方式": office.contact,
        "暂缓": YES if card["total"] is None else NO,
    }


def _grades(seen: Json) -> Iterable[Table]:
    """The grades as published, by establishment (建制顺序): an order by score would tell more than the grades."""
    about = {each["code"]: each for each in seen["departments"]}
    for group in seen["groups"]:
        told = [(about[row["department"]], row["grade"]) for row in group["standings"] if row["grade"]]
        told.sort(key=lambda each: (LAST if each[0]["order"] is None else each[0]["order"], each[0]["code"]))
        rows = tuple((str(number), each["name"], grade) for number, (each, grade) in enumerate(told, 1))
        if rows:
            yield Table(group["name"], GRADES, rows)
