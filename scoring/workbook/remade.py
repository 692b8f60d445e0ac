"""The workbook 复算: data in cells, derived data and every criterion as formulas over them, beside what was scored.

Where a spreadsheet cannot say a rule, or a datum is absent, the figure of the run stands and the sheet says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.method import DATE, LIST, TEXT, Fact, Method, Node
from scoring.points import unplain
from scoring.render.xlsx.cells import LONGEST_NAME, Cell, Formula, Heading, Leaf, Number, column_name
from scoring.timeline import UNDONE, parse_date
from scoring.views.roll import Member
from scoring.workbook.formulas import EPOCH, KEPT, Beyond, Writer

Json = Mapping[str, Any]

DATA, REMADE = "数据", "复算"
HEAD = (Heading("部门编码", 10), Heading("部门名称", 26))
AWARDED = ("award", "bonus", "deduction")
LINES = (
    *HEAD,
    Heading("指标编码", 10),
    Heading("指标名称", 26),
    Heading("明细编号", 10),
    Heading("评定的分数", 11),
    Heading("复算的分数", 11),
    Heading("相差", 9),
    Heading("说明", 30),
)
DATE_SHOWN, RATE_SHOWN = "yyyy-mm-dd", "0.00%"
ABSENT = "没有数据或者不适用"
_NO_TAB = re.compile(r"[\[\]:*?/\\']")
"""What the name of a sheet may not hold, or what its formulas would have to double."""


def remade(method: Method, assessment: Json, roll: Sequence[Member], notices: tuple[str, ...] = ()) -> list[Leaf]:
    """The sheets: data, a sheet for each list, and the recomputation, which says what is said of a sample."""
    cards = {each["department"]: each for each in assessment["scorecards"]}
    lists = {fact.name: _List(fact) for fact in method.facts.values() if fact.type == LIST}
    for each in lists.values():
        each.fill(roll, cards)
    data = _Data(method, roll, cards, lists)
    return [data.leaf(), *(each.leaf() for each in lists.values()), _lines(method, roll, cards, data, notices)]


@dataclass(slots=True)
class _List:
    """The sheet of a list: a record a row, a department's records together."""

    fact: Fact
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    gaps: set[tuple[str, str]] = field(default_factory=set)
    """(department, field) where a record holds nothing that can be calculated with."""

    @property
    def tab(self) -> str:
        """The name of the sheet: that of the list, as far as a spreadsheet can have it."""
        return _NO_TAB.sub("_", self.fact.name)[:LONGEST_NAME]

    @property
    def columns(self) -> list[Fact]:
        return [each for each in self.fact.fields.values() if each.type != TEXT and each.name != self.fact.key]

    def fill(self, roll: Iterable[Member], cards: Mapping[str, Json]) -> None:
        for member in roll:
            records = [
                each for each in cards[member.code]["lists"].get(self.fact.name) or () if isinstance(each, Mapping)
            ]
            first = FIRST + len(self.rows)
            for record in records:
                row: list[Cell] = [member.code, member.name, record["key"]]
                for each in self.columns:
                    text = str(record.get(each.name, {}).get("value", ""))
                    if not readable(each, text):
                        self.gaps.add((member.code, each.name))
                    row.append(cell_of(each, text))
                self.rows.append(tuple(row))
            self.spans[member.code] = first, first + len(records) - 1

    def leaf(self) -> Leaf:
        headings = (*HEAD, Heading(self.fact.key or "记录", 14), *(Heading(each.name, 12) for each in self.columns))
        return Leaf(self.tab, f"清单“{self.fact.name}”", headings, tuple(self.rows), frozen=2)

    def range(self, department: str, name: str) -> str:
        place = next((place for place, each in enumerate(self.columns) if each.name == name), None)
        if place is None or (department, name) in self.gaps:
            raise Beyond(ABSENT)
        first, last = self.spans[department]
        letter = column_name(len(HEAD) + 1 + place)
        return f"'{self.tab}'!${letter}${first}:${letter}${last}"


FIRST = Leaf("", "", (), ()).first_row
"""The row of the first data of a sheet without remarks."""


@dataclass(slots=True)
class _Data:
    """The sheet of data: a department a row, a fact a column; derived facts are formulas over the others."""

    method: Method
    roll: Sequence[Member]
    cards: Mapping[str, Json]
    lists: Mapping[str, _List]
    facts: list[Fact] = field(init=False)

    def __post_init__(self) -> None:
        self.facts = [each for each in self.method.facts.values() if each.type not in (LIST, TEXT)]

    def writer(self, place: int) -> Writer:
        return Writer(_Cells(self, place, self.roll[place].code))

    def leaf(self) -> Leaf:
        rows = []
        for place, member in enumerate(self.roll):
            row: list[Cell] = [member.code, member.name]
            rows.append((*row, *(self.cell(each, place, member) for each in self.facts)))
        return Leaf(DATA, DATA, (*HEAD, *(Heading(each.name, 12) for each in self.facts)), tuple(rows), frozen=2)

    def cell(self, fact: Fact, place: int, member: Member) -> Cell:
        text = self.text(fact.name, member.code)
        plainly = cell_of(kind_of(fact), text)
        if fact.derived is None or not isinstance(plainly, Number):
            return plainly
        try:
            written = self.writer(place).expression(fact.derived)
        except Beyond:
            return plainly
        return Formula(f"=ROUND({written},{KEPT})", plainly.value, shown=plainly.shown)

    def text(self, name: str, department: str) -> str:
        return str(self.cards[department]["facts"].get(name, {}).get("value", ""))


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the data of one department stand."""

    data: _Data
    place: int
    department: str

    def fact(self, name: str) -> str:
        column = next((at for at, each in enumerate(self.data.facts) if each.name == name), None)
        if column is None or not readable(kind_of(self.data.facts[column]), self.data.text(name, self.department)):
            raise Beyond(ABSENT)
        return f"'{DATA}'!${column_name(len(HEAD) + column)}${FIRST + self.place}"

    def field(self, source: str, name: str) -> str:
        return self.data.lists[source].range(self.department, name)

    def records(self, source: str) -> int:
        if source not in self.data.lists or self.data.cards[self.department]["lists"].get(source) is None:
            raise Beyond(ABSENT)
        if self.data.method.facts[source].selected is not None:
            raise Beyond("由其他清单选出的清单")
        first, last = self.data.lists[source].spans[self.department]
        return last - first + 1


def kind_of(fact: Fact) -> Fact:
    """A derived fact has the type and states of what it is derived by."""
    return fact if fact.derived is None else _Derived(fact)  # type: ignore[return-value]


class _Derived:
    """A derived fact as its cells are to be read."""

    def __init__(self, fact: Fact) -> None:
        assert fact.derived is not None
        self.type, self.choices = fact.derived.kind.type, fact.choices or fact.derived.kind.choices
        self.unit = fact.unit or fact.derived.kind.unit


def readable(fact: Fact, text: str) -> bool:
    """Whether a cell with this text can be calculated with."""
    if fact.choices:
        return text in fact.choices
    if fact.type == DATE:
        moment = parse_date(text)
        return moment is not None and moment < UNDONE
    return text[-1:].isdigit()


def cell_of(fact: Fact, text: str) -> Cell:
    """A datum as a number, a date or a state."""
    if fact.choices or not readable(fact, text):
        return text
    if fact.type == DATE:
        moment = parse_date(text)
        assert moment is not None
        return Number(moment - EPOCH, shown=DATE_SHOWN)
    shown = RATE_SHOWN if fact.unit == "%" else ""
    return Number(unplain(text), shown=shown)


def _lines(
    method: Method, roll: Sequence[Member], cards: Mapping[str, Json], data: _Data, notices: tuple[str, ...]
) -> Leaf:
    """Every award of the ledger, what the formula gives, and the difference."""
    nodes = {each.address: each for each in method.nodes() if each.mechanism is not None}
    rows: list[tuple[Cell, ...]] = []
    told = 0
    for place, member in enumerate(roll):
        for entry in cards[member.code]["entries"]:
            node = nodes.get(entry["basis"].get("rule", ""))
            if node is None or entry["kind"] not in AWARDED or entry["state"] != "scored":
                continue
            points = unplain(entry["exact"] or entry["points"])
            row = FIRST + 1 + len(notices) + len(rows)
            formula, why = _formula(node, data.writer(place))
            told += not why
            found: Cell = Formula(formula, points) if formula else ""
            apart: Cell = Formula(f"=ROUND(G{row}-F{row},6)", 0) if formula else ""
            head = (member.code, member.name, entry["criterion"], node.name or _name(method, entry["criterion"]))
            rows.append((*head, entry["id"], Number(points), found, apart, why))
    remark = f"共{len(rows)}项，其中{told}项用公式复算；“相差”应全部为0。"
    return Leaf(REMADE, REMADE, LINES, tuple(rows), (remark, *notices), frozen=2)


def _formula(node: Node, writer: Writer) -> tuple[str, str]:
    assert node.mechanism is not None
    try:
        return f"={writer.award(node.mechanism, node.marks)}", ""
    except Beyond as beyond:
        return "", f"未用公式复算：{beyond}"


def _name(method: Method, code: str) -> str:
    return next((each.name for each in method.nodes() if each.code == code), "")
