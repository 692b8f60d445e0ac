"""Reads operators: one mapping with exactly one operator key becomes one expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scoring.condition import NOT_APPLICABLE, Value
from scoring.location import Mapping, Sequence
from scoring.method import CHOICE, DATE, NUMBER
from scoring.operators import arithmetic, dates, lists
from scoring.reading.conditions import decision
from scoring.reading.draft import Draft, Names
from scoring.reading.operands import (
    NOTHING,
    alike,
    bare_beside_rate,
    constant,
    one,
    score_reference,
)
from scoring.reading.operator_place import Place
from scoring.reading.statistics import across
from scoring.scope import Expression, Kind, Records

DAY = Kind(DATE)


def operator(draft: Draft, names: Names, said: Mapping, address: str) -> Expression:
    """The expression of a mapping with exactly one operator key."""
    found = [key for key in said if key in OPERATORS]
    if len(found) != 1:
        draft.findings.add("K221", said.location, keys="、".join(found) or "、".join(said))
        return NOTHING
    key = found[0]
    draft.place(address, said.key(key))
    build = OPERATORS[key]
    inner = said[key]
    if isinstance(inner, Mapping):
        for extra in said:  # `share: {…}` may have its required choices beside it
            if extra != key and extra in BESIDE and extra not in inner:
                inner.take(extra, said)
        return build(Place(draft, names, inner, f"{address}/{key}"), inner)
    return build(Place(draft, names, said, f"{address}/{key}"), inner)


def selection(draft: Draft, names: Names, said: Mapping, address: str) -> Records:
    """`records` 取记录: a list selected from another."""
    place = Place(draft, names, said, address)
    source, fields = place.source()
    distinct = said.get("distinct")
    by, largest = "", None
    if isinstance(distinct, Mapping):
        inner = Place(draft, fields, distinct, f"{address}/distinct")
        by = inner.text("by")
        if fields.find(by) is None:
            draft.unknown_fact(by, distinct.value("by"), fields)
        largest = inner.maybe("largest", None, fields)
    return lists.Select(source, place.decision("where", fields), by, largest)


def _operands(place: Place, said: Any) -> tuple[Expression, ...]:
    if not isinstance(said, Sequence):
        said_list = Sequence(place.said.source, place.said.mark)
        said_list.put(said, place.said.mark)
        said = said_list
    found = []
    for index, each in enumerate(said):
        found.append(one(place.draft, place.names, each, said.item(index), f"{place.address}/{index}"))
    return tuple(found)


def _alike(place: Place, said: Any) -> tuple[Expression, ...]:
    """Operands that are added or held against each other: beside a rate none is a bare number."""
    found = _operands(place, said)
    unit = "%" if any(each.kind.unit == "%" for each in found) else ""
    for index, each in enumerate(found):
        bare_beside_rate(place.draft, each, said.item(index), unit)
    return found


def _compared(place: Place, said: Any) -> tuple[Expression, ...]:
    """Operands of which one is taken for all."""
    found = _alike(place, said)
    alike(place.draft, (each.kind for each in found if each is not NOTHING), place.said.location)
    return found


def _shared_kind(place: Place, operands: tuple[Expression, ...]) -> Kind:
    """The unit of a sum: operands of unequal units cannot be added, and dates not at all (there is `days`)."""
    units = {each.kind.unit for each in operands if each.kind.unit}
    if len(units) > 1:
        place.findings.add("K222", place.said.location, units="、".join(sorted(units)))
    if any(each.kind.type == DATE for each in operands):
        place.findings.add("K211", place.said.location, text=DATE)
    first = operands[0].kind if operands else Kind()
    return (
        Kind(NUMBER, min(units) if units else "")
        if first.type in (DATE, CHOICE)
        else Kind(
            first.type if len({each.kind.type for each in operands}) == 1 else NUMBER, min(units) if units else ""
        )
    )


def _sum(place: Place, said: Any) -> Expression:
    if isinstance(said, Mapping):
        return _over(place, "sum", 0)
    operands = _alike(place, said)
    return arithmetic.Sum(operands, _shared_kind(place, operands))


def _difference(place: Place, said: Any) -> Expression:
    operands = _exactly(place, _alike(place, said), 2)
    whole = all(each.kind.type in ("个数", "整数") for each in operands)
    return arithmetic.Difference(operands, Kind("整数" if whole else NUMBER, _shared_kind(place, operands).unit))


def _product(place: Place, said: Any) -> Expression:
    operands = _operands(place, said)
    units = [each.kind.unit for each in operands if each.kind.unit not in ("", "%")]
    return arithmetic.Product(operands, Kind(NUMBER, units[0] if len(units) == 1 else ""))


def _ratio(place: Place, said: Any) -> Expression:
    operands = _exactly(place, _operands(place, said), 2)
    units = [each.kind.unit for each in operands]
    unit = "%" if units[0] == units[1] else ""
    return arithmetic.Ratio(operands, Kind(NUMBER, unit), place.absent("if_zero", unit))


def _absolute(place: Place, said: Any) -> Expression:
    operands = _exactly(place, _operands(place, said), 1)
    return arithmetic.Absolute(operands, operands[0].kind)


def _exactly(place: Place, operands: tuple[Expression, ...], number: int) -> tuple[Expression, ...]:
    if len(operands) != number:
        place.findings.add("K223", place.said.location, number=number, found=len(operands))
        return (operands + (NOTHING,) * number)[:number]
    return operands


def _count(place: Place, said: Any) -> Expression:
    if isinstance(said, Mapping):
        source, fields = place.source()
        return lists.Count(source, place.decision("where", fields))
    conditions = tuple(
        decision(place.draft, place.names, each, said.item(index), f"{place.address}/{index}")
        for index, each in enumerate(said)
    )
    return lists.CountConditions(conditions)


def _share(place: Place, said: Any) -> Expression:
    source, fields = place.source()
    among, where = place.decision("among", fields), place.decision("where", fields)
    if where is None:
        place.findings.add("K220", place.said.location, key="where")
        return NOTHING
    return lists.Share(source, among, where, place.maybe("by", None, fields), place.absent("if_empty", "%"))


def _over(place: Place, name: str, if_empty: Value) -> Expression:
    source, fields = place.source()
    lowest, highest = _trim(place)
    of = place.expression("of", None, fields)
    return lists.Over(
        name,
        source,
        of,
        place.decision("where", fields),
        place.absent("if_empty", of.kind.unit) if "if_empty" in place.said else if_empty,
        place.maybe("weight", None, fields),
        place.whole("needs", 0 if name == "sum" and "if_empty" not in place.said else 1),
        lowest,
        highest,
    )


def _trim(place: Place) -> tuple[int, int]:
    """How many of the lowest and of the highest are left out of a mean."""
    trim = place.said.get("trim")
    return (int(trim.get("lowest", 0)), int(trim.get("highest", 0))) if isinstance(trim, Mapping) else (0, 0)


def _mean(place: Place, said: Any) -> Expression:
    if isinstance(said, Mapping):
        return _over(place, "mean", NOT_APPLICABLE)
    treatment = str(place.said.get("not_applicable", arithmetic.PASS_ON))
    weights: tuple[Any, ...] = ()
    if all(isinstance(each, Mapping) and "value" in each for each in said):
        inner = [Place(place.draft, place.names, each, f"{place.address}/{n}") for n, each in enumerate(said)]
        operands = tuple(each.expression("value") for each in inner)
        weights = tuple(constant(place.draft, each.said.get("weight", 1), each.said.value("weight")) for each in inner)
    else:
        operands = _alike(place, said)
    kind = Kind(NUMBER, _shared_kind(place, operands).unit)
    return arithmetic.Mean(operands, kind, weights, treatment, *_trim(place))


def _extreme(name: str) -> Callable[[Place, Any], Expression]:
    def build(place: Place, said: Any) -> Expression:
        if isinstance(said, Mapping):
            return _over(place, name, NOT_APPLICABLE)
        operands = _compared(place, said)
        treatment = str(place.said.get("not_applicable", arithmetic.PASS_ON))
        kind = operands[0].kind if operands else Kind()
        return arithmetic.Extreme(operands, kind, name == "largest", treatment)

    return build


def _limit(place: Place, said: Any) -> Expression:
    of = place.expression("of")
    return arithmetic.Clamp(of, place.maybe("at_least", of.kind), place.maybe("at_most", of.kind))


def _rounded(place: Place, said: Any) -> Expression:
    return arithmetic.Rounded(place.expression("of"), place.whole("decimals", 0), place.text("mode"))


def _first(place: Place, said: Any) -> Expression:
    operands = _compared(place, said)
    return arithmetic.First(operands, operands[0].kind if operands else Kind())


def _lookup(place: Place, said: Any) -> Expression:
    by = place.expression("by")
    values = place.said.get("values")
    rows: list[Expression | None] = [None] * len(by.kind.choices)
    if isinstance(values, Mapping):
        for state in values:
            if state not in by.kind.choices:
                place.findings.add(
                    "K219", values.key(state), state=state, choices="、".join(by.kind.choices), suggestion=""
                )
                continue
            inner = Place(place.draft, place.names, values, f"{place.address}/values")
            rows[by.kind.choices.index(state)] = inner.expression(state)
    otherwise = place.maybe("otherwise")
    unit = "%" if any(each is not None and each.kind.unit == "%" for each in (*rows, otherwise)) else ""
    for each in (*rows, otherwise):
        bare_beside_rate(place.draft, each, place.said.value("values"), unit)
    missing = [state for state, row in zip(by.kind.choices, rows, strict=True) if row is None]
    if missing and otherwise is None:
        place.findings.add("K224", place.said.location, states="、".join(missing))
    return arithmetic.Lookup(by, tuple(rows), otherwise)


def _days(place: Place, said: Any) -> Expression:
    return dates.Days(place.expression("from", DAY), place.expression("to", DAY), place.text("count"))


def _months(place: Place, said: Any) -> Expression:
    return dates.Months(place.expression("from", DAY), place.expression("to", DAY), place.text("partial"))


def _days_late(place: Place, said: Any) -> Expression:
    return dates.DaysLate(
        place.expression("due", DAY),
        place.expression("done", DAY),
        place.text("count"),
        place.text("due_day"),
        place.text("if_holiday"),
        place.maybe("if_not_done", DAY),
    )


def _date_after(place: Place, said: Any) -> Expression:
    return dates.DateAfter(
        place.expression("from", DAY),
        place.expression("add"),
        place.text("count"),
        place.text("first_day"),
        place.text("if_holiday"),
    )


def _score(key: str) -> Callable[[Place, Any], Expression]:
    return lambda place, said: score_reference(place.draft, place.said, key)


OPERATORS: dict[str, Callable[[Place, Any], Expression]] = {
    "sum": _sum,
    "difference": _difference,
    "product": _product,
    "ratio": _ratio,
    "share": _share,
    "absolute": _absolute,
    "count": _count,
    "mean": _mean,
    "smallest": _extreme("smallest"),
    "largest": _extreme("largest"),
    "limit": _limit,
    "rounded": _rounded,
    "first": _first,
    "lookup": _lookup,
    "days": _days,
    "months": _months,
    "days_late": _days_late,
    "date_after": _date_after,
    "score_of": _score("score_of"),
    "rate_of": _score("rate_of"),
    "across": across,
}
BESIDE = ("if_zero", "if_empty", "not_applicable", "needs", "trim")
