"""What an office has said of itself (机关设置): names, number, dates and habits, as office.yaml gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.points import Rational, ratio
from scoring.views.phrase import BLANK, day, undated

NEAR_EDGE = ratio(1, 2)
"""How near to the line of a grade is near, in points, where the office does not say; every list names the figure."""

BY_SCORE, BY_ORDER = "得分", "建制"
OPEN, ON_REQUEST, CLOSED = "主动公开", "依申请公开", "不予公开"

NAMED = {
    "organ": "发文机关",
    "addressee": "主送机关",
    "organizer": "组织单位",
    "approval": "审定程序",
    "signatory": "署名",
    "openness": "公开属性",
}
"""Settings that every circular needs, with what officers call them."""
FOR_FEEDBACK = {
    "organ": "发文机关",
    "signatory": "署名",
    "desk": "联系科室",
    "appeal_by": "复核申请截止日期",
    "feedback_date": "反馈函日期",
}
"""Settings that a letter of feedback needs; of a final one all but desk and date of the appeal."""
FOR_APPEAL = ("desk", "appeal_by")
FOR_CORRECTION = {"correction_number": "更正通知文号", "correction_date": "更正通知日期"}
"""Settings that a correction needs besides those of every circular, printed only after the approval."""
SETTLED = {"number": "发文字号", "date": "成文日期"}
"""Settings that are printed only after the approval."""

_SERIAL = re.compile(r"〕.*号\Z")


@dataclass(frozen=True, slots=True)
class Office:
    """The settings of an office; a text that was not given is empty, never guessed."""

    organ: str = ""
    letterhead: str = ""
    code: str = ""
    number: str = ""
    addressee: str = ""
    organizer: str = ""
    approval: str = ""
    signatory: str = ""
    date: str = ""
    openness: str = ""
    copy_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""
    uses: tuple[str, ...] = ()
    list_order: str = BY_SCORE
    named_grades: tuple[str, ...] | None = None
    scores: bool = True
    ranks: bool = True
    unnamed_count: bool = False
    pictures: bool | None = None
    """Whether circulars carry pictures; None leaves it to the audience: the leaders get them."""
    near_edge: Rational = NEAR_EDGE
    veto_term: str = ""
    desk: str = ""
    contact: str = ""
    appeal_by: str = ""
    feedback_number: str = ""
    feedback_date: str = ""
    correction_number: str = ""
    correction_date: str = ""
    settled: bool = True
    """Whether number and dates are printed as given, once the circular is approved; else they stay open."""
    fonts: Mapping[str, str] = field(default_factory=dict)
    """The folder of the office's own fonts, and the families it wants, as it wrote them."""
    given: frozenset[str] = field(default_factory=frozenset)
    """The keys that the office wrote."""

    def missing(self, approved: bool, approval: str) -> list[str]:
        """The settings, by key, that this circular needs and the office has not given."""
        wanted = [*NAMED, *(SETTLED if approved else ())]
        if not approved and not self.number and not self.code:
            wanted.append("code")
        return [key for key in wanted if not getattr(self, key) and not (key == "approval" and approval)]

    def number_line(self, approved: bool) -> str:
        """The document number: settled only by the approval, a × stands for its serial until then."""
        if approved and self.settled and self.number:
            return self.number
        if self.number:
            return _SERIAL.sub("〕×号", self.number)
        return f"{self.code or BLANK}〔{self.date[:4] or '×'}〕×号"

    def date_line(self, approved: bool) -> str:
        """The date of the document, never today's."""
        return day(self.date) if approved and self.settled and self.date else undated(self.date)

    def printed_line(self, approved: bool) -> str:
        return day(self.printed_on) if approved and self.settled and self.printed_on else undated(self.printed_on)


def office_of(settings: Mapping[str, Any]) -> Office:
    """The office of an office.yaml that has passed its schema."""
    said = {key: value for key, value in settings.items() if value is not None}
    show = said.get("show") or {}
    texts = (
        "organ",
        "letterhead",
        "code",
        "number",
        "addressee",
        "organizer",
        "approval",
        "signatory",
        "date",
        "openness",
        "printed_by",
        "printed_on",
        "veto_term",
        "desk",
        "contact",
        "appeal_by",
        "feedback_number",
        "feedback_date",
        "correction_number",
        "correction_date",
    )
    copy_to = said.get("copy_to") or ()
    grades = said.get("named_grades")
    return Office(
        **{key: str(said.get(key, "")) for key in texts},
        copy_to=(copy_to,) if isinstance(copy_to, str) else tuple(map(str, copy_to)),
        uses=tuple(map(str, said.get("uses") or ())),
        list_order=str(said.get("list_order", BY_SCORE)),
        named_grades=None if grades is None else tuple(map(str, grades)),
        scores=show.get("scores") is not False,
        ranks=show.get("ranks") is not False,
        unnamed_count=show.get("unnamed_count") is True,
        settled=True,
        pictures=show.get("pictures"),
        near_edge=said.get("near_edge", NEAR_EDGE),
        fonts={key: str(text) for key, text in (said.get("fonts") or {}).items()},
        given=frozenset(said),
    )
