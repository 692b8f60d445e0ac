"""Reads operands: what may stand where a rule wants a number, a date, points, or an operator."""

from __future__ import annotations

from typing import Any

from scoring.condition import NOT_APPLICABLE, Value
from scoring.location import Location, Mapping
from scoring.method import CHOICE, DATE, NUMBER, Rounding
from scoring.operators.arithmetic import Lookup
from scoring.operators.base import GroupOf, Literal, Named, RateOf, ScoreOf
from scoring.points import Rational, exact, parse, plain
from scoring.reading.draft import Draft, Names, close
from scoring.scope import Expression, Kind
from scoring.timeline import parse_date

GROUP = "分组"
"""A name that every edition has: the department's group, a choice among the codes of `groups`."""

NOTHING = Literal(0)
"""Stands in for an operand that could not be read, so that reading goes on; its finding was made."""


def operand(
    draft: Draft, names: Names, source: Mapping, key: str, address: str, kind: Kind | None = None
) -> Expression:
    """The operand under `key`: a literal of the expected kind, a fact's name, or an operator in braces."""
    return one(draft, names, source[key], source.value(key), address, kind)


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


def bare_beside_rate(draft: Draft, expression: Expression | None, where: Location, unit: str) -> None:
    """A bare 0.95 or 95 beside a rate is a slip waiting to happen; only 0 is the same either way."""
    if unit == "%" and isinstance(expression, Literal) and not expression.kind.unit and expression.number != 0:
        draft.findings.add("K214", where, text=plain(expression.number))
