"""The sheet of data (数据及来源): every datum with all its layers, derived values, records field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.points import unplain
from scoring.render.xlsx.cells import Cell, Heading, Leaf, Number
from scoring.views.roll import Member

Json = Mapping[str, Any]

NAME = "数据及来源"
LAYERS = {each: each for each in ("自报", "财政掌握", "抽查", "复核")} | {"申诉改判": "复核申请"}
"""The layers, low to high, and how each is called officially."""
DERIVED = "计算"
HEADINGS = (
    Heading("部门编码", 10),
    Heading("部门名称", 24),
    Heading("清单", 14),
    Heading("记录", 14),
    Heading("数据项", 22),
    Heading("单位", 8),
    Heading("采用的数据", 14),
    Heading("采用自", 10),
    *(Heading(each, 12) for each in LAYERS.values()),
    Heading("登记人", 12),
    Heading("登记日期", 12),
    Heading("事由", 30),
    Heading("佐证", 14),
)


def data(assessment: Json, roll: Iterable[Member]) -> Leaf:
    """All data of the roll; figures are numbers, what is absent says so."""
    cards = {each["department"]: each for each in assessment["scorecards"]}
    facts = assessment["facts"]
    rows: list[tuple[Cell, ...]] = []
    for member in roll:
        card = cards[member.code]
        for name, datum in card["facts"].items():
            rows.append((member.code, member.name, "", "", name, *_datum(facts[name], datum)))
        for name, records in card["lists"].items():
            fields = facts[name].get("fields", {})
            for record in records or ():
                if isinstance(record, Mapping):
                    for field, about in fields.items():
                        if field in record and field != facts[name]["key"]:
                            told = (member.code, member.name, name, record["key"], field)
                            rows.append((*told, *_datum(about, record[field])))
    remark = f"同一数据有几个来源的，由低到高为{'、'.join(LAYERS.values())}，采用最高的一个。"
    return Leaf(NAME, NAME, HEADINGS, tuple(rows), (remark,), frozen=2)


def _datum(fact: Json, datum: Json) -> tuple[Cell, ...]:
    layers = datum.get("layers", ())
    told = {each["layer"]: figure(fact, each["value"]) for each in layers}
    highest = layers[-1] if layers else {}
    source = DERIVED if fact["derived"] else LAYERS.get(highest.get("layer", ""), "")
    proofs = dict.fromkeys(id_ for each in layers for id_ in each.get("evidence", ()))
    return (
        fact["unit"],
        figure(fact, datum["value"]),
        source,
        *(told.get(each, "") for each in LAYERS),
        highest.get("by", ""),
        highest.get("on", ""),
        highest.get("why", ""),
        "、".join(proofs),
    )


def figure(fact: Json, text: str) -> Cell:
    """A datum as a cell: a rate as a percentage, a figure as a number, all else as it is."""
    if fact["type"] not in ("数", "个数", "整数") or fact.get("choices") or not text[-1:].isdigit():
        return text
    rate = fact["unit"] == "%"
    return Number(unplain(text), shown="0.00%" if rate else "")
