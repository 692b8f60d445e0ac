"""The score sheet (得分单) of one department: every criterion with its points and why, down to a total that re-adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring import location
from scoring.points import Rational, exact, fixed, rounded, unplain
from scoring.views.document import Document, Fill, mapped, paragraphs, unbroken
from scoring.views.ledger import AWARD, BONUS, DEDUCTION, OVERRIDE, ROUNDING, Ledger, Line, Reason
from scoring.views.phrase import NO, YES, plain_text
from scoring.views.roll import HELD
from scoring.views.table import Annex, Column, Table
from scoring.views.view import notices

Json = Mapping[str, Any]
Figures = dict[str, Any]
Row = tuple[str, ...]

NONE = "—"
COLUMNS = (
    Column("序号", part=4),
    Column("考核指标", part=9),
    Column("评分标准", part=17),
    Column("分值", True, 7),
    Column("自评得分", True, 6),
    Column("评定得分", True, 6),
    Column("扣分原因", part=31),
    Column("依据条款", part=8),
    Column("佐证材料", part=12),
)
CLOSING = (Column("项目", part=4), Column("说明", part=16), Column("分数", True, 4))
DATE = "　　年　月　日"
SIGNED = (Column("负责人签字", part=3), Column("单位盖章", part=3), Column("日期", part=3))
OPINION = Table("", (Column("部门核对意见", part=8), *SIGNED), (("", "", "", DATE),))
"""Where a department says whether it agrees; the spaces of the date are meant."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a department's result: of each entry, and of the steps to its grade."""

    reasons: tuple[Reason, ...]
    grade: tuple[str, ...] = ()
    """Every step on the way to the grade, told once the result is official."""
    limits: tuple[str, ...] = ()
    """The limits that hold for it, told from the start: a department may object to what they rest on."""


def sheet(seen: Json, code: str, told: Told, words: location.Mapping, fill: Fill, *, official: bool) -> Document:
    """The sheet from what its reader may see; `official` after the approval, preliminary before."""
    department = next(each for each in seen["departments"] if each["code"] == code)
    card = next(each for each in seen["scorecards"] if each["department"] == code)
    method = seen["method"]
    ledger = Ledger(method["tree"], card, told.reasons, method["rounding"]["print"])
    rows = tuple(_rows(ledger, words, fill))
    figures = {
        "考核年度": str(method["year"]),
        "部门全称": department["name"],
        "考核办法名称": method["title"],
        "正式结果": YES if official else NO,
        "不计入合计": YES if any(row[3].startswith("（") for row in rows) else NO,
        "等次说明": list(told.grade if official else told.limits),
        "结果应用": [each["text"] for each in card["consequences"]] if official else [],
    }
    tables = [
        _head(seen, department, ledger, fill(words, "official" if official else "preliminary", figures), official),
        Table("", COLUMNS, rows),
        Table("", CLOSING, tuple(_closing(ledger, words, fill))),
    ]
    document = Document(
        mark=fill(words, "official" if official else "preliminary", figures),
        title=fill(words, "title", figures),
        notices=tuple(map(unbroken, notices(seen))),
        body=tuple(paragraphs(words["paragraphs"], figures, fill)),
        annexes=(Annex("", "", tuple(tables), wide=True),),
    )
    document = mapped(document, plain_text)
    return document if official else document.with_table(OPINION)


def _head(seen: Json, department: Json, ledger: Ledger, status: str, official: bool) -> Table:
    """Whose sheet it is and what it came to; the grade only once it is official, the place only for the leaders."""
    card = ledger.card
    group = next((each["name"] for each in seen["groups"] if each["code"] == card["group"]), card["group"])
    own = card["self_scores"].values()
    cells = [
        (Column("部门名称", part=4), department["name"]),
        (Column("考核年度", part=2), f"{seen['method']['year']}年度"),
        (Column("所属分组", part=2), group),
        (Column("自评总分", part=2), ledger.shown(exact(sum(map(unplain, own)))) if own else NONE),
        (Column("评定总分", part=2), card["printed"] or HELD),
        (Column("得分单状态", part=2), status),
    ]
    if official:
        cells.append((Column("等次", part=1), card["grade"] or NONE))
    place = _place(seen, department["code"])
    if place:
        cells.append((Column("名次", part=1), place))
    return Table("", tuple(column for column, _ in cells), (tuple(cell for _, cell in cells),))


def _place(seen: Json, code: str) -> str:
    rows = [row for group in seen["groups"] for row in group["standings"] if row["department"] == code]
    return str(rows[0]["rank"]) if rows and "rank" in rows[0] else ""


def _rows(ledger: Ledger, words: location.Mapping, fill: Fill) -> Iterable[Row]:
    for node in ledger.below(ledger.root):
        yield from _node(ledger, node, str(node["kind"]), words, fill)


def _node(ledger: Ledger, node: Json, block: str, words: location.Mapping, fill: Fill) -> Iterable[Row]:
    """A criterion in one row; an indicator with its subtotal, then what is below it, then what changed the whole."""
    code = node["code"]
    inner = ledger.below(code)
    if not inner:
        yield _criterion(ledger, node, block, words, fill)
        return
    own = ledger.self_scored(code)
    left = ledger.card["nodes"][code]["left"]
    yield (
        code,
        node["name"],
        "小计",
        _marks(ledger, node, block),
        NONE if own is None else ledger.shown(own),
        "不适用" if left else HELD if code in ledger.card["held"] else ledger.shown(ledger.total(code)),
        "",
        "",
        "",
    )
    for each in inner:
        yield from _node(ledger, each, block, words, fill)
    for entry, reason in ledger.own.get(code, ()):
        if entry["points"] != "0" or entry["kind"] == OVERRIDE:
            name = fill(words["changes"], _change(entry), {})
            amount = ledger.shown(unplain(entry["points"]))
            yield "", name, "", "", "", amount, reason.text, reason.article, "；".join(reason.evidence)


def _change(entry: Json) -> str:
    """What an entry that changes a whole is called in the wording."""
    kind = entry["kind"]
    return "cap" if entry["stage"] in ("bonus_cap", "deduction_cap", "total_cap") and kind == "floor" else str(kind)


def _criterion(ledger: Ledger, node: Json, block: str, words: location.Mapping, fill: Fill) -> Row:
    code = node["code"]
    about = ledger.card["nodes"][code]
    lines = ledger.own.get(code, [])
    own = ledger.self_scored(code)
    amount = ledger.shown(ledger.points(code))
    articles = dict.fromkeys(reason.article for _, reason in lines if reason.article)
    if not articles and node["provision"]:
        articles = {str(node["provision"]["article"]): None}
    evidence = dict.fromkeys(each for _, reason in lines for each in reason.evidence)
    proof = {"数据来源": node["data_source"], "佐证": "；".join(evidence)}
    return (
        code,
        node["name"],
        unbroken(node["standard"]),
        _marks(ledger, node, block),
        NONE if own is None else ledger.shown(own),
        "不适用" if about["left"] else HELD if code in ledger.card["held"] else amount,
        "".join(_why(ledger, node, block, lines, words, fill)),
        "；".join(articles),
        fill(words, "evidence", proof),
    )


def _marks(ledger: Ledger, node: Json, block: str) -> str:
    """The marks that this department could reach there; in brackets what does not count into their sum."""
    about = ledger.card["nodes"][node["code"]]
    if block != AWARD or about["left"]:
        return NONE if node["marks"] is None else f"（{ledger.shown(unplain(node['marks']))}）"
    return ledger.shown(unplain(about["available"])) if node["marks"] is not None else NONE


def _why(
    ledger: Ledger, node: Json, block: str, lines: Sequence[Line], words: location.Mapping, fill: Fill
) -> Iterable[str]:
    """The reasons of a criterion; where nothing was lost and nothing is out of the ordinary, that."""
    about = ledger.card["nodes"][node["code"]]
    points = ledger.points(node["code"])
    short = block == AWARD and not about["left"] and points < unplain(about["available"])
    ordinary = all(
        entry["kind"] in (AWARD, BONUS, DEDUCTION, ROUNDING) and entry["state"] == "scored" for entry, _ in lines
    )
    if block == AWARD and not short and ordinary:
        yield fill(words, "full", {})
        return
    if block == DEDUCTION and points == 0 and ordinary:
        yield fill(words, "spared", {})
        return
    telling = [
        reason for entry, reason in lines if entry["kind"] != ROUNDING and not _silent(entry, reason, block, short)
    ]
    yield from (reason.text for reason in telling)
    yield from _rounded(ledger, lines, points, about, short, words, fill)
    yield from dict.fromkeys(reason.better for reason in telling)


def _silent(entry: Json, reason: Reason, block: str, short: bool) -> bool:
    """Whether an entry has nothing to tell: a bonus or deduction inside a criterion that came to nothing, or the
    award itself where the points are whole and something else is to be told."""
    if entry["state"] != "scored" or block != AWARD:
        return False
    if reason.block != AWARD:
        return bool(entry["points"] == "0")
    return not short and entry["kind"] == AWARD


def _rounded(
    ledger: Ledger,
    lines: Sequence[Line],
    points: Rational,
    about: Json,
    short: bool,
    words: location.Mapping,
    fill: Fill,
) -> Iterable[str]:
    """The rounding of a criterion, where it moved something."""
    moved = [entry for entry, _ in lines if entry["kind"] == ROUNDING and entry["points"] != "0"]
    if moved:
        working = moved[-1]["basis"]["working"]
        lost = exact(unplain(about["available"]) - points)
        figures = {
            "取位方式": working.get("mode", ""),
            "位数": str(working.get("decimals", "")),
            "得分": ledger.shown(points),
            "扣分": ledger.shown(lost) if short else "",
        }
        yield fill(words, "rounded", figures)


def _closing(ledger: Ledger, words: location.Mapping, fill: Fill) -> Iterable[Row]:
    """The lines below the table: what the criteria came to, what changed the whole, the total."""
    card = ledger.card
    names = words["changes"]
    added: Rational = 0
    for kind, line, amount in ledger.closing():
        added = exact(added + amount)
        text = "" if line is None else line[1].text
        yield fill(names, kind if line is None else _change(line[0]), {}), text, ledger.shown(amount)
    if card["total"] is None:
        yield fill(names, "partial", {}), fill(words, "held", {}), ledger.shown(added)
        yield fill(names, "total", {}), "", HELD
        return
    printed = rounded(unplain(card["total"]), ledger.decimals)
    if printed != added:
        rest = exact(printed - added)
        yield fill(names, "rounding", {}), fill(words, "printed", {"位数": str(ledger.decimals)}), ledger.shown(rest)
    yield fill(names, "total", {}), fill(words, "adds_up", {}), fixed(printed, ledger.decimals)
