"""Reads operands: what may stand where a rule wants a number, a date, points, or an operator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scoring.condition import NOT_APPLICABLE, Value
from scoring.location import Location, Mapping, Sequence
from scoring.method import CHOICE, DATE, NUMBER, Rounding, TieBreak
from scoring.operators.arithmetic import Lookup
from scoring.operators.base import GroupOf, Literal, Named, RateOf, ScoreOf, SelfScoreOf
from scoring.points import Rational, exact, parse, plain
from scoring.reading.draft import Draft, Names, close
from scoring.scope import Expression, Kind
from scoring.timeline import parse_date

GROUP = "分组"
"""A name that every edition has: the department's group, a choice among the codes of `groups`."""

HIGHEST_FIRST = "由高到低"

MEASURING = frozenset(("%", "分", "元", "千元", "万元", "亿元", "天", "工作日", "月", "年", "小时"))
"""Units of amounts, times, rates and points; other units count things."""

NOTHING = Literal(0)
"""Stands in for an operand that could not be read, so that reading goes on; its finding was made."""


def operand(
    draft: Draft, names: Names, source: Mapping, key: str, address: str, kind: Kind | None = None
) -> Expression:
    """The operand under `key`: a literal of the expected kind, a fact's name, or an operator in braces.

    With `kind`, it is held against something of that kind.
    """
    made = one(draft, names, source[key], source.value(key), address, kind)
    if kind is not None and made is not NOTHING:
        alike(draft, (kind, made.kind), source.value(key))
    return made


def one(draft: Draft, names: Names, said: Any, where: Location, address: str, kind: Kind | None = None) -> Expression:
    """An operand from what was said there."""
    from scoring.reading.operators import operator  # operators hold operands, and operands operators

    kind = kind or Kind()
    if isinstance(said, Mapping):
        made = operator(draft, names, said, address)
        for row in made.rows if isinstance(made, Lookup) else ():
            bare_beside_rate(draft, row, where, kind.unit)
        return made
    if isinstance(said, bool) or said is None:
        draft.findings.add("K211", where, text=str(said))
        return NOTHING
    if not isinstance(said, str):
        bare_beside_rate(draft, Literal(said), where, kind.unit)
        return Literal(said, Kind(NUMBER, kind.unit))
    number = parse(said)
    if number is not None:
        return Literal(number, Kind(NUMBER, "%" if said.endswith("%") else kind.unit))
    moment = parse_date(said)
    if moment is not None:
        return Literal(moment, Kind(DATE))
    if kind.choices and said in kind.choices:
        return Literal(kind.choices.index(said), kind)
    return named(draft, names, said, where)


def named(draft: Draft, names: Names, name: str, where: Location) -> Expression:
    """A reference to a fact; an unknown name is a finding with the name that was probably meant."""
    fact = names.find(name)
    if fact is None and name == GROUP:
        return GroupOf(Kind(CHOICE, "", draft.groups))
    if fact is None:
        draft.unknown_fact(name, where, names)
        return NOTHING
    draft.used.setdefault(name, []).append(where.file)
    return Named(name, kind_of(fact.type, fact.unit, fact.choices, fact.derived))


def kind_of(type_: str, unit: str, choices: tuple[str, ...], derived: Expression | None) -> Kind:
    """What a fact's values mean: as declared, or as the operator gives them."""
    if derived is not None:
        inner = derived.kind
        return Kind(inner.type, unit or inner.unit, choices or inner.choices)
    return Kind(type_, unit, choices)


def points(draft: Draft, names: Names, said: Any, where: Location, address: str, full: Rational | None) -> Expression:
    """An operand in a place for points: there `%` is a share of the node's marks (分值的一半)."""
    if isinstance(said, str) and said.endswith("%"):
        share = parse(said)
        if share is not None:
            if full is None:
                draft.findings.add("K212", where, text=said)
                return NOTHING
            return Literal(exact(share * full), Kind(NUMBER, "分"))
    return one(draft, names, said, where, address, Kind(NUMBER, "分"))


def amount(draft: Draft, said: Any, where: Location, full: Rational | None) -> Rational:
    """Points that must be a constant: caps, floors, bounds of a reviewer's number."""
    if isinstance(said, str):
        number = parse(said)
        if number is None:
            draft.findings.add("K211", where, text=said)
            return 0
        if full is None:
            draft.findings.add("K212", where, text=said)
            return 0
        return exact(number * full)
    return constant(draft, said, where)


def bound(draft: Draft, said: Mapping, key: str, full: Rational | None) -> Rational | None:
    """A `cap` or `floor`: points or a share of the marks; None where it is absent or 不限."""
    if key not in said or said[key] == "不限":
        return None
    return amount(draft, said[key], said.value(key), full)


def rounding(said: Mapping) -> Rounding | None:
    """The `rounding` of a node or a derived score."""
    written = said.get("rounding")
    return Rounding(int(written["decimals"]), str(written["mode"])) if isinstance(written, Mapping) else None


def constant(draft: Draft, said: Any, where: Location) -> Rational:
    """A number that must be a constant."""
    if isinstance(said, str):
        number = parse(said)
        if number is not None:
            return number
    elif said is not None and not isinstance(said, (bool, Mapping, list)):
        found: Rational = said
        return found
    draft.findings.add("K211", where, text=str(said))
    return 0


def or_absent(draft: Draft, said: Any, where: Location, unit: str = "") -> Value:
    """What `if_zero` and `if_empty` say: a number, or 不适用; for a rate the number is a percentage."""
    if said == "不适用":
        return NOT_APPLICABLE
    found = constant(draft, said, where)
    if not isinstance(said, str):
        bare_beside_rate(draft, Literal(found), where, unit)
    return found


def score_reference(draft: Draft, source: Mapping, key: str) -> Expression:
    """`score_of` 某项得分 or `rate_of` 得分率: the code must be a node of this method."""
    code = str(source[key])
    if code not in draft.codes:
        draft.findings.add("K216", source.value(key), code=code, suggestion=close(code, draft.codes))
        return NOTHING
    if key == "score_of":
        return ScoreOf(code)
    if not draft.marks.get(code):
        draft.findings.add("K212", source.value(key), text=code)
        return NOTHING
    return RateOf(code)


def self_score(draft: Draft, source: Mapping, key: str) -> Expression:
    """`self_score_of` 自评得分 or `self_excess_of` 自评高出得分, in warnings only: a department scores nobody."""
    code = str(source[key])
    if not draft.warning:
        draft.findings.add("K244", source.key(key), key=key)
        return NOTHING
    if code not in draft.codes:
        draft.findings.add("K216", source.value(key), code=code, suggestion=close(code, draft.codes))
        return NOTHING
    return SelfScoreOf(code, key == "self_excess_of")


def tie_breaks(draft: Draft, names: Names, said: Mapping, address: str) -> tuple[TieBreak, ...]:
    """What tells equals apart in a ranking, in turn: the score of a node, its rate, or a fact."""
    found = []
    rows = said.get("tie_breaks")
    for index, row in enumerate(rows if isinstance(rows, Sequence) else ()):
        if not isinstance(row, Mapping):
            continue
        key = next((each for each in ("score_of", "rate_of", "fact") if each in row), "")
        if not key:
            draft.findings.add("K217", row.location, text="、".join(row))
            continue
        by_fact = key == "fact"
        expression = named(draft, names, str(row[key]), row.value(key)) if by_fact else score_reference(draft, row, key)
        place = f"{address}/tie_breaks/{index}"
        draft.place(place, row.location)
        found.append(TieBreak(place, str(row[key]), expression, row.get("order") == HIGHEST_FIRST, key))
    return tuple(found)


def alike(draft: Draft, kinds: Iterable[Kind], where: Location) -> None:
    """What is compared has one unit; a date goes with dates only. A bare number takes the other's unit.

    Words that count things go together: a place (名) may be held against a number of departments (个).
    """
    kinds = tuple(kinds)
    units = {each.unit for each in kinds if each.unit}
    days = {each.type == DATE for each in kinds}
    if len(days) > 1 or (len(units) > 1 and units & MEASURING):
        told = sorted({DATE if each.type == DATE else each.unit or NUMBER for each in kinds})
        draft.findings.add("K222", where, units="、".join(told))


def bare_beside_rate(draft: Draft, expression: Expression | None, where: Location, unit: str) -> None:
    """A bare 0.95 or 95 beside a rate is a slip waiting to happen; only 0 is the same either way."""
    if unit == "%" and isinstance(expression, Literal) and not expression.kind.unit and expression.number != 0:
        draft.findings.add("K214", where, text=plain(expression.number))
