"""The view of a run for one audience: what a circular for it says, and for the leaders what they have to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from scoring.points import fixed
from scoring.views.circular import Circular, circular
from scoring.views.docket import Docket, Matter
from scoring.views.document import mapped
from scoring.views.matters import matters
from scoring.views.matters_of_score import self_scored
from scoring.views.office import Office
from scoring.views.passages import Passages
from scoring.views.phrase import plain_text
from scoring.views.pictures import Picture, pictures
from scoring.views.roll import Member, members
from scoring.views.sight import APPROVAL, AUDIENCES, DEPARTMENT, sighted
from scoring.views.table import Column, Table

SAMPLE = "样本"
ERROR = "错误"


class Approved(Protocol):
    """The act of approval, as far as a circular says it."""

    @property
    def by(self) -> str: ...


class Run(Protocol):
    """What a view reads of a run."""

    @property
    def assessment(self) -> Mapping[str, Any]: ...

    @property
    def approval(self) -> Approved | None: ...


@dataclass(frozen=True, slots=True)
class View:
    """Ready-made strings for one audience, cleaned of what cannot be printed.

    `draft` is set until the approval, and always for the leaders; `unfinished` counts the departments without a
    settled score, and `complete` tells whether there are none and nothing else is open.
    """

    audience: str
    label: str
    draft: bool
    complete: bool
    unfinished: int
    notices: tuple[str, ...]
    circular: Circular
    matters: tuple[Matter, ...] = ()
    overview: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()


def view(run: Run, audience: str, office: Office, passages: Passages | None = None) -> View:
    """The view for an audience of the circular: approval, issued or public; a department gets its own sheet."""
    if audience == DEPARTMENT:
        raise ValueError("a department is told its own score, not a circular of one")
    approval = run.approval
    if run.assessment["method"]["ranking"] is None:
        office = replace(office, ranks=False)
    seen = sighted(run.assessment, audience, approved=approval is not None, tell_unlisted=office.unnamed_count)
    said = circular(
        seen,
        audience,
        office,
        passages or Passages(),
        approved=approval is not None and audience != APPROVAL,
        approval=approval.by if approval is not None else "",
    )
    unfinished = _unfinished(seen)
    leaders = audience == APPROVAL
    roll = members(seen, unnamed=True) if leaders else ()
    found = View(
        audience=audience,
        label=AUDIENCES[audience],
        draft=leaders or approval is None,
        complete=not unfinished and not any(each["severity"] == ERROR for each in seen["findings"]),
        unfinished=len(unfinished),
        notices=notices(seen),
        circular=said,
        matters=tuple(matters(Docket(seen, roll, office))) if leaders else (),
        overview=tuple(_overview(seen, roll)) if leaders else (),
        pictures=pictures(seen, members(seen), audience, office),
    )
    return mapped(found, plain_text)


def _unfinished(seen: Mapping[str, Any]) -> set[str]:
    """Departments whose score is held back, or whose forms have errors."""
    held = {each["department"] for each in seen["scorecards"] if each["total"] is None}
    return held | {each["department"] for each in seen["findings"] if each["department"] and each["severity"] == ERROR}


def notices(seen: Mapping[str, Any]) -> tuple[str, ...]:
    """What every output says of a sample: that the method is none of any office's, and the data nobody's."""
    if seen["method"]["status"] != SAMPLE:
        return ()
    return tuple(each for each in (seen["method"]["note"], seen["district"]["note"]) if each)


def _overview(seen: Mapping[str, Any], roll: tuple[Member, ...]) -> list[Table]:
    """Every department for the leaders, those without a name in the circular and those not assessed included."""
    cards = {each["department"]: each for each in seen["scorecards"]}
    decimals = seen["method"]["rounding"]["print"]
    before = {row["department"]: row["previous"] for group in seen["groups"] for row in group["standings"]}
    columns = (
        Column("序号", True),
        Column("部门名称", part=4),
        Column("总分", True),
        Column("等次"),
        Column("名次", True),
        Column("自评得分", True),
        Column("上年名次", True),
        Column("上年等次"),
        Column("备注", part=2),
    )
    found = []
    for group in seen["groups"]:
        rows: list[tuple[str, ...]] = []
        for each in (one for one in roll if one.group == group["code"]):
            card, last = cards[each.code], before.get(each.code)
            told = fixed(self_scored(card)[0], decimals) if card["self_scores"] else "未自评"
            remark = "不列名" if not each.named else "" if each.rank is not None else "不参加排名"
            earlier = (str(last["rank"]), last["grade"] or "—") if last else ("—", "—")
            row = (each.name, each.printed, each.grade or "—", each.rank_text, told, *earlier, remark)
            rows.append((str(len(rows) + 1), *row))
        out = [each for each in seen["departments"] if each["group"] == group["code"] and not each["assessed"]]
        for department in out:
            reason = "；".join(filter(None, ("不参加考核", department["reason"])))
            rows.append((str(len(rows) + 1), department["name"], "—", "—", "—", "—", "—", "—", reason))
        if rows:
            found.append(Table(group["name"], columns, tuple(rows)))
    return found
