"""Operators over the records of a list: counting, sharing, summing, averaging, selecting (清单运算).

Records stand in order of their key. A record whose value does not apply is left out and named in the working;
a value that is missing makes the result missing, because leaving it out could earn a point for silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from scoring.canonical import quoted, told
from scoring.condition import MISSING, NO_ROW, NOT_APPLICABLE, UNKNOWN_MISSING, Absent, Decision, Value
from scoring.operators.base import NUMBER, present
from scoring.operators.columns import amounts_in, answers, answers_in, once
from scoring.points import Rational, divide, ratio, total
from scoring.scope import Expression, Kind, Scope, Trace

IN, OUT = (0, 0), (0, NO_ROW)
"""Answers to `among` and `where` of the records that a share counts, and of those beside them."""


SHARE = '{"above":"%s","below":"%s","counted":[%s],"in":%s,"not_counted":[%s],"operator":"share"}'
"""How the working of a share is told, where there is nothing special about it: as of most."""


class Picked(NamedTuple):
    """The records that satisfy a condition, those that do not, and those it does not concern."""

    inside: tuple[Scope, ...]
    outside: tuple[Scope, ...]
    skipped: tuple[Scope, ...]


def pick(scope: Scope, source: str, where: Decision | None) -> Picked | None:
    """Sort the records of a list by a condition; None where the list or an answer is missing."""
    records = scope.records(source)
    if records is None:
        return None
    if where is None:
        return Picked(records, (), ())
    return sort(records, where)


def sort(records: tuple[Scope, ...], where: Decision) -> Picked | None:
    said = answers(records, where)
    if UNKNOWN_MISSING in said:
        return None
    inside = tuple([record for record, answer in zip(records, said, strict=True) if answer == 0])
    outside = tuple([record for record, answer in zip(records, said, strict=True) if answer == NO_ROW])
    if len(inside) + len(outside) == len(records):
        return Picked(inside, outside, ())
    skipped = [record for record, answer in zip(records, said, strict=True) if answer not in (0, NO_ROW)]
    return Picked(inside, outside, tuple(skipped))


def _open(at: int, met: int) -> bool:
    """Whether a record that is looked at leaves a share open."""
    return at == 0 and met == UNKNOWN_MISSING


def keys(records: tuple[Scope, ...]) -> list[str]:
    return [record.key for record in records]


class Counted(NamedTuple):
    """The keys of the records in a share, of the others, and of those it does not concern; its two sizes."""

    inside: list[str]
    outside: list[str]
    skipped: list[str]
    above: Value
    below: Value
    share: Value


@dataclass(frozen=True, slots=True)
class Count:
    """个数: how many records satisfy a condition."""

    source: str
    where: Decision | None
    kind: Kind = Kind("个数", "个")

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    @once
    def picked(self, scope: Scope) -> Picked | None:
        return pick(scope, self.source, self.where)

    def value(self, scope: Scope) -> Value:
        picked = self.picked(scope)
        return MISSING if picked is None else len(picked.inside)

    def working(self, scope: Scope) -> Trace:
        picked = self.picked(scope)
        shown: Trace = {"operator": "count", "in": self.source}
        if picked is not None:
            shown["counted"] = keys(picked.inside)
            shown["not_counted"] = keys(picked.outside)
            if picked.skipped:
                shown["skipped"] = keys(picked.skipped)
        return shown


@dataclass(frozen=True, slots=True)
class CountConditions:
    """个数: how many of several conditions hold."""

    conditions: tuple[Decision, ...]
    kind: Kind = Kind("个数", "项")

    def inputs(self) -> tuple[Expression, ...]:
        return ()

    def value(self, scope: Scope) -> Value:
        answers = [scope.answer(each) for each in self.conditions]
        if UNKNOWN_MISSING in answers:
            return MISSING
        return answers.count(0)

    def working(self, scope: Scope) -> Trace:
        answers = [scope.answer(each) for each in self.conditions]
        return {"operator": "count", "conditions": [answer == 0 for answer in answers]}


@dataclass(frozen=True, slots=True)
class Share:
    """占比: of the records in `among`, the part that also satisfies `where`; by number, or by the amount `by`.

    Always within 0…100 %, because the counted records are always among the others.
    """

    source: str
    among: Decision | None
    where: Decision
    by: Expression | None
    if_empty: Value
    kind: Kind = Kind(unit="%")

    def inputs(self) -> tuple[Expression, ...]:
        return (self.by,) if self.by is not None else ()

    @once
    def counted(self, scope: Scope) -> Counted | None:
        records = scope.records(self.source)
        if records is None:
            return None
        met = answers_in(scope, self.source, records, self.where)
        if self.among is None:
            there, inside, outside = None, [each == 0 for each in met], [each == NO_ROW for each in met]
        else:
            there = answers_in(scope, self.source, records, self.among)
            if UNKNOWN_MISSING in there:
                return None
            pairs = list(zip(there, met, strict=True))
            inside, outside = [pair == IN for pair in pairs], [pair == OUT for pair in pairs]
        if UNKNOWN_MISSING in met and any(map(_open, there or [0] * len(met), met)):
            return None
        names = keys(records)
        counted, beside = list(compress(names, inside)), list(compress(names, outside))
        skipped: list[str] = []
        if len(counted) + len(beside) < len(records):
            looked_at = there or [0] * len(records)
            skipped = [name for name, at in zip(names, looked_at, strict=True) if at not in (0, NO_ROW)]
            skipped += [
                name
                for name, at, each in zip(names, looked_at, met, strict=True)
                if at == 0 and each not in (0, NO_ROW)
            ]
        return Counted(counted, beside, skipped, *self.sizes(scope, records, inside, outside))

    def sizes(
        self, scope: Scope, records: tuple[Scope, ...], inside: list[bool], outside: list[bool]
    ) -> tuple[Value, Value, Value]:
        """The size of what is inside, of all that is looked at, and the first over the second."""
        if self.by is None:
            part, above, beside = 1, sum(inside), sum(outside)
        else:
            amounts = amounts_in(scope, self.source, records, self.by)
            if amounts.sizes is None:
                return self.sizes_open(amounts.among(inside), amounts.among(outside))
            part = amounts.part
            above, beside = sum(compress(amounts.sizes, inside)), sum(compress(amounts.sizes, outside))
        below = above + beside
        return ratio(above, part), ratio(below, part), ratio(above, below) if below else self.if_empty

    def sizes_open(self, above: Value, beside: Value) -> tuple[Value, Value, Value]:
        """The same where some amounts are absent."""
        if isinstance(above, Absent) or isinstance(beside, Absent):
            return above, MISSING, MISSING
        below = total((above, beside))
        return above, below, divide(above, below) if below else self.if_empty

    def value(self, scope: Scope) -> Value:
        counted = self.counted(scope)
        return MISSING if counted is None else counted.share

    def told(self, scope: Scope) -> str:
        """The working in canonical form."""
        counted = self.counted(scope)
        if counted is None or counted.skipped or not counted.below:
            return told(self.working(scope))
        return SHARE % (
            NUMBER.say(counted.above),
            NUMBER.say(counted.below),
            ",".join(map(quoted, counted.inside)),
            quoted(self.source),
            ",".join(map(quoted, counted.outside)),
        )

    def working(self, scope: Scope) -> Trace:
        counted = self.counted(scope)
        shown: Trace = {"operator": "share", "in": self.source}
        if counted is not None:
            shown["counted"] = counted.inside
            shown["not_counted"] = counted.outside
            shown["above"] = NUMBER.say(counted.above)
            shown["below"] = NUMBER.say(counted.below)
            if counted.skipped:
                shown["skipped"] = counted.skipped
            if not counted.below:
                shown["if_empty"] = self.kind.say(self.if_empty)
        return shown


@dataclass(frozen=True, slots=True)
class Over:
    """合计、平均、最小、最大 of an expression over records; `name` says which.

    `needs` is the least number of values for a result; `lowest` and `highest` are left out of a trimmed mean.
    """

    name: str
    source: str
    of: Expression
    where: Decision | None
    if_empty: Value
    weight: Expression | None = None
    needs: int = 1
    lowest: int = 0
    highest: int = 0

    @property
    def kind(self) -> Kind:
        of = self.of.kind
        return Kind(NUMBER.type, of.unit) if self.name == "mean" else of  # the mean of whole numbers need not be whole

    def inputs(self) -> tuple[Expression, ...]:
        return (self.of,) if self.weight is None else (self.of, self.weight)

    @once
    def taken(self, scope: Scope) -> list[tuple[Scope, Rational, Rational]] | None:
        """(record, value, weight) of what counts, in order of key; None where something is missing."""
        picked = pick(scope, self.source, self.where)
        if picked is None:
            return None
        found = []
        for record in picked.inside:
            value = self.of.value(record)
            weight = 1 if self.weight is None else self.weight.value(record)
            if value is MISSING or weight is MISSING:
                return None
            if not isinstance(value, Absent) and not isinstance(weight, Absent):
                found.append((record, value, weight))
        if len(found) < self.needs:
            return []
        if self.lowest or self.highest:
            ranked = sorted(found, key=lambda each: each[1])
            kept = {id(each[0]) for each in ranked[self.lowest : max(self.lowest, len(ranked) - self.highest)]}
            found = [each for each in found if id(each[0]) in kept]
        return found

    def value(self, scope: Scope) -> Value:
        taken = self.taken(scope)
        if taken is None:
            return MISSING
        if not taken and (self.needs or self.name != "sum"):
            return self.if_empty
        values = [value for _, value, _ in taken]
        if self.name == "sum":
            return total(values)
        if self.name == "mean":
            below = total(weight for _, _, weight in taken)
            return divide(total(value * weight for _, value, weight in taken), below) if below else self.if_empty
        return max(values) if self.name == "largest" else min(values)

    def working(self, scope: Scope) -> Trace:
        taken = self.taken(scope)
        shown: Trace = {"operator": self.name, "in": self.source}
        if taken is not None:
            shown["values"] = [
                {"key": record.key, "value": self.kind.say(value)}
                | ({"weight": NUMBER.say(weight)} if self.weight is not None else {})
                for record, value, weight in taken
            ]
            counted = {record.key for record, _, _ in taken}
            left = [record.key for record in scope.records(self.source) or () if record.key not in counted]
            if left:
                shown["not_counted"] = left
        return shown


@dataclass(frozen=True, slots=True)
class Select:
    """取记录: the records that satisfy a condition, and of those with the same `by` only one.

    The same document counts once; of several levels the highest, as `largest` says; still equal, the first by key.
    """

    source: str
    where: Decision | None
    by: str = ""
    largest: Expression | None = None

    def inputs(self) -> tuple[Expression, ...]:
        return () if self.largest is None else (self.largest,)

    def records(self, scope: Scope) -> tuple[Scope, ...] | None:
        picked = pick(scope, self.source, self.where)
        if picked is None:
            return None
        if not self.by:
            return picked.inside
        best: dict[object, tuple[Rational, Scope]] = {}
        for record in picked.inside:
            same = record.texts.get(self.by, record.fact(self.by))
            size = 0 if self.largest is None else self.largest.value(record)
            if size is MISSING or same is MISSING:
                return None
            rank = present(size) if size is not NOT_APPLICABLE else -1
            if same not in best or rank > best[same][0]:
                best[same] = (rank, record)
        chosen = {id(record) for _, record in best.values()}
        return tuple(record for record in picked.inside if id(record) in chosen)


def decisions_in(operator: object) -> Iterator[Decision]:
    """The decisions an operator asks of the records."""
    for name in ("where", "among"):
        decision = getattr(operator, name, None)
        if isinstance(decision, Decision):
            yield decision
    yield from getattr(operator, "conditions", ())
