"""Reads mechanisms: awards, selectors and checks, as they stand on a node, in a row, or on a derived fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.condition import ABOVE, BELOW, All, Compare, Decision, Test
from scoring.location import Location, Mapping, Sequence
from scoring.mechanisms.checks import Check, Checks
from scoring.mechanisms.points import Points
from scoring.mechanisms.review import Review
from scoring.mechanisms.scale import Anchor, Scale, segments
from scoring.mechanisms.selector import Row, Rows
from scoring.mechanisms.steps import Step, Steps
from scoring.method import Marks, Mechanism, Provision, Selector
from scoring.operators.base import Literal
from scoring.points import Rational
from scoring.reading.conditions import RELATIONS, condition, decision, tests
from scoring.reading.draft import Draft, Names, Reads, close, engine_kind
from scoring.reading.operands import NOTHING, amount, one, operand, points
from scoring.scope import Expression, Kind

AWARDS = ("points", "deduct", "review", "scale", "steps")
SELECTORS = ("bands", "cases", "checks")
MECHANISMS = ("points", "review", "scale", "steps", *SELECTORS)
PARTIAL = "不计"
WHOLE = ("个数", "整数")


@dataclass(slots=True)
class Stand:
    """Where a mechanism stands: the node's names, measure and marks, and its address."""

    draft: Draft
    names: Names
    address: str
    marks: Marks
    of: Expression | None

    def at(self, step: str) -> Stand:
        return Stand(self.draft, self.names, f"{self.address}/{step}", self.marks, self.of)


def mechanism(stand: Stand, said: Mapping) -> Mechanism | None:
    """The one mechanism of a node; None where it has none."""
    found = [key for key in MECHANISMS if key in said]
    if not found:
        return None
    if len(found) > 1:
        stand.draft.findings.add("K225", said.key(found[1]), keys="、".join(found), other=said.key(found[0]))
    key = found[0]
    if key in ("bands", "cases"):
        return rows(stand.at(key), key, said[key])
    if key == "checks":
        return checks(stand.at(key), said)
    return award(stand, said, said.location)


def award(stand: Stand, said: Mapping, where: Location) -> Mechanism:
    """The award of a row or node: points, deduct, review, scale or steps."""
    draft, full = stand.draft, stand.marks.full
    found = [key for key in AWARDS if key in said]
    if len(found) != 1:
        draft.findings.add("K226", where, keys="、".join(found))
        return Points(NOTHING)
    key = found[0]
    if key in ("points", "deduct"):
        told = points(draft, stand.names, said[key], said.value(key), f"{stand.address}/{key}", full)
        return Points(told, key == "deduct")
    if key == "review":
        return _review(stand, said[key])
    if key == "scale":
        return _scale(stand.at("scale"), said[key])
    return _steps(stand.at("steps"), said)


def rows(stand: Stand, key: str, said: Sequence) -> Rows:
    """The rows of `bands` (of one measure, excluding one another) or `cases` (in order, or a table)."""
    draft, reads = stand.draft, Reads()
    found: list[Row] = []
    row_tests: list[Test] = []
    rest = False
    for index, row in enumerate(said):
        here = stand.at(str(index))
        where = said.item(index)
        draft.place(here.address, where)
        test, bounds = _row_test(here, reads, row, key)
        rest = rest or (key == "cases" and "when" not in row)
        row_tests.append(test)
        found.append(Row(award(here, row, where), bounds))
    made = Decision(stand.address, tuple(reads.expressions), tuple(reads.kinds), tuple(row_tests), ordered=rest)
    draft.place(stand.address, said.location)
    return Rows(key, made, tuple(Row(row.award, row.bounds, _better(found, row, stand.marks.top)) for row in found))


def _row_test(stand: Stand, reads: Reads, row: Mapping, key: str) -> tuple[Test, tuple[tuple[str, Expression], ...]]:
    if key == "cases":
        if "when" not in row:
            return All(()), ()
        return condition(stand.draft, stand.names, reads, row["when"], row.value("when"), stand.address, stand.of), ()
    if stand.of is None:
        stand.draft.findings.add("K227", row.location)
        return All(()), ()
    found = tests(stand.draft, stand.names, reads, row, stand.of, stand.address)
    if not found:
        stand.draft.findings.add("K217", row.location, text="、".join(row))
    bounds = tuple(
        (name, operand(stand.draft, stand.names, row, name, f"{stand.address}/{name}", stand.of.kind))
        for name in RELATIONS
        if name in row
    )
    return found[0] if len(found) == 1 else All(tuple(found)), bounds


def _constant(row: Row, top: Rational) -> Rational | None:
    """The points of a row where they are fixed; what is deducted is taken from the top."""
    if isinstance(row.award, Points) and isinstance(row.award.amount, Literal):
        return top - row.award.amount.number if row.award.deducted else row.award.amount.number
    return None


def _better(found: list[Row], row: Row, top: Rational) -> int | None:
    """The row with the next better fixed award: the nearest miss of this one."""
    own = _constant(row, top)
    if own is None:
        return None
    above = [
        (points, index)
        for index, other in enumerate(found)
        if (points := _constant(other, top)) is not None and points > own
    ]
    return min(above)[1] if above else None


def exceptions(stand: Stand, said: Sequence) -> Selector:
    """`exceptions` 特殊情形: rows in order, the first that holds; boundaries alone speak of the measure."""
    reads = Reads()
    row_tests: list[Test] = []
    awards: list[Mechanism] = []
    provisions: list[Provision | None] = []
    for index, row in enumerate(said):
        here = stand.at(f"exceptions/{index}")
        where = said.item(index)
        stand.draft.place(here.address, where)
        if "when" in row:
            test = condition(here.draft, here.names, reads, row["when"], row.value("when"), here.address, here.of)
        else:
            test = condition(here.draft, here.names, reads, row, where, here.address, here.of)
        row_tests.append(test)
        awards.append(award(here, row, where))
        provisions.append(stand.draft.provision(row))
    address = f"{stand.address}/exceptions"
    stand.draft.place(address, said.location)
    made = Decision(address, tuple(reads.expressions), tuple(reads.kinds), tuple(row_tests))
    return Selector(made, tuple(awards), tuple(provisions))


def checks(stand: Stand, said: Mapping) -> Checks:
    """`checks` 逐项: an item may count only with others that stand before it."""
    draft, items = stand.draft, said["checks"]
    found: list[Check] = []
    names = [str(item.get("name", "")) for item in items]
    for index, item in enumerate(items):
        here = stand.at(str(index))
        where = items.item(index)
        asked = decision(draft, stand.names, item.get("when"), item.value("when"), here.address, stand.of)
        draft.place(here.address, where)
        key = "deduct" if "deduct" in item else "add"
        if ("add" in item) == ("deduct" in item):
            draft.findings.add("K228", where, name=names[index])
        value = points(draft, stand.names, item.get(key, 0), item.value(key), here.address, stand.marks.full)
        needed = item.get("needs")
        needs: list[int] = []
        for name in needed if isinstance(needed, Sequence) else [needed] if needed else []:
            if name in names[:index]:
                needs.append(names.index(name))
            else:
                draft.findings.add("K229", item.value("needs"), name=str(name), suggestion=close(name, names[:index]))
        proof = facts_of(asked) if item.get("evidence") == "必需" else ()
        found.append(Check(names[index], asked, value, 1 if key == "add" else -1, tuple(needs), proof))
    return Checks(_start(stand, said, {item.sign for item in found}), tuple(found))


def facts_of(asked: Decision) -> tuple[str, ...]:
    """The named facts a condition speaks of, whose evidence a check demands."""
    names = (getattr(each, "name", "") for each in asked.reads)
    return tuple(dict.fromkeys(name for name in names if name))


def _start(stand: Stand, said: Mapping, signs: set[int]) -> Expression:
    """起评分: as said; else the top where rows deduct, 0 where they add. Rows of both kinds need it said."""
    if "start" in said:
        return points(
            stand.draft, stand.names, said["start"], said.value("start"), f"{stand.address}/start", stand.marks.full
        )
    if len(signs) > 1:
        stand.draft.findings.add("K220", said.location, key="start")
    return Literal(stand.marks.top if signs == {-1} else 0, Kind(unit="分"))


def _review(stand: Stand, said: Mapping) -> Review:
    draft, full = stand.draft, stand.marks.full
    bounds = {
        key: amount(draft, said[key], said.value(key), full)
        for key in ("at_least", "above", "at_most", "below")
        if key in said
    }
    of = operand(draft, stand.names, said, "of", f"{stand.address}/review/of") if "of" in said else NOTHING
    return Review(of, bounds.get("at_least"), bounds.get("above"), bounds.get("at_most"), bounds.get("below"))


def _scale(stand: Stand, said: Mapping) -> Scale:
    draft, names, full = stand.draft, stand.names, stand.marks.full
    of = stand.of
    if of is None:
        draft.findings.add("K227", said.location)
        of = NOTHING
    anchors: list[Anchor] = []
    through = said.get("through")
    if isinstance(through, Sequence):
        for index, row in enumerate(through):
            at = f"{stand.address}/through/{index}"
            anchors.append(
                Anchor(
                    operand(draft, names, row, "at", f"{at}/at", of.kind),
                    points(draft, names, row["points"], row.value("points"), f"{at}/points", full),
                )
            )
    for key, award_ in (("zero_at", 0), ("full_at", full)):
        if key in said:
            if award_ is None:
                draft.findings.add("K212", said.value(key), text=key)
                continue
            at_ = operand(draft, names, said, key, f"{stand.address}/{key}", of.kind)
            anchors.append(Anchor(at_, Literal(award_, Kind(unit="分"))))
    if len(anchors) < 2:
        draft.findings.add("K220", said.location, key="full_at")
        anchors = [Anchor(Literal(0), NOTHING), Anchor(Literal(1), NOTHING)]
    if_equal = None
    if "if_equal" in said:
        if_equal = points(draft, names, said["if_equal"], said.value("if_equal"), f"{stand.address}/if_equal", full)
    asked = None
    places = [anchor.at.number for anchor in anchors if isinstance(anchor.at, Literal)]
    if len(places) == len(anchors):
        if len(set(places)) != len(places):
            draft.findings.add("K231", said.location)
        else:
            asked = segments(stand.address, of, engine_kind(of.kind), tuple(sorted(places)))
    elif if_equal is None:
        draft.findings.add("K220", said.location, key="if_equal")
    draft.place(stand.address, said.location)
    return Scale(of, tuple(anchors), str(said.get("outside", "")), if_equal, asked)


def _steps(stand: Stand, said: Mapping) -> Steps:
    draft, names = stand.draft, stand.names
    found: list[Step] = []
    for index, row in enumerate(said["steps"]):
        here = stand.at(str(index))
        where = said["steps"].item(index)
        draft.place(here.address, where)
        of = operand(draft, names, row, "of", f"{here.address}/of") if "of" in row else stand.of
        if of is None:
            draft.findings.add("K227", where)
            of = NOTHING
        upward = "below" not in row
        side = "below" if "below" in row else "above"
        base: Expression = Literal(0, of.kind)
        if side in row:
            base = operand(draft, names, row, side, f"{here.address}/{side}", of.kind)
        per = one(draft, names, row.get("per", 1), row.value("per"), f"{here.address}/per", of.kind)
        if isinstance(per, Literal) and per.number <= 0:
            draft.findings.add("K232", row.value("per"))
            per = Literal(1)
        if ("add" in row) == ("deduct" in row):
            draft.findings.add("K228", where, name=str(row.get("name", index + 1)))
        key = "add" if "add" in row else "deduct"
        value = points(draft, names, row.get(key, 0), row.value(key), f"{here.address}/{key}", stand.marks.full)
        partial = str(row.get("partial", ""))
        if not partial and not _whole(of, base, per):
            draft.findings.add("K220", where, key="partial")
        up_to = amount(draft, row["up_to"], row.value("up_to"), stand.marks.full) if "up_to" in row else None
        reads = Reads()
        index_of = reads.index(of)
        relation = ABOVE if upward else BELOW
        beyond: Test = (
            Compare(index_of, relation, base.number)
            if isinstance(base, Literal)
            else Compare(index_of, relation, 0, reads.index(base))
        )
        asked = Decision(here.address, tuple(reads.expressions), tuple(reads.kinds), (beyond,))
        proof = row.get("evidence") == "必需"
        found.append(
            Step(
                of,
                asked,
                upward,
                base,
                per,
                value,
                1 if key == "add" else -1,
                partial or PARTIAL,
                up_to,
                proof,
                proof_names(draft, names, of) if proof else (),
            )
        )
    return Steps(_start(stand, said, {row.sign for row in found}), tuple(found))


def proof_names(draft: Draft, names: Names, of: Expression | None) -> tuple[str, ...]:
    """The given facts and lists below a measure: their evidence is what a rule demands."""
    found: dict[str, None] = {}
    seen: set[str] = set()

    def visit(expression: Any) -> None:
        source = getattr(expression, "source", "")
        if source:
            found.setdefault(source)
            return
        name = getattr(expression, "name", "")
        if name and name not in seen:
            seen.add(name)
            fact = names.find(name)
            if fact is not None and fact.derived is not None:
                visit(fact.derived)
            elif fact is not None:
                found.setdefault(name)
        for inner in expression.inputs():
            visit(inner)

    if of is not None:
        visit(of)
    return tuple(found)


def _whole(of: Expression, base: Expression, per: Expression) -> bool:
    """Whether only whole steps can occur, so that a partial step needs no word."""
    return (
        of.kind.type in WHOLE
        and isinstance(base, Literal)
        and base.number.denominator == 1
        and isinstance(per, Literal)
        and per.number == 1
    )
