"""Conditions (条件) as clauses: “应自评项目数1个以上且按期自评项目数为0个”.

以上 and 以下 include the figure itself, 超过 and 不满 do not. Of ranks, where the best has the smallest number, they
would be misread: those are 及以前 and 及以后. A negation is carried inwards until only single comparisons are negated,
which in a logic that knows 未报 and 不适用 says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.condition import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    EQUAL,
    All,
    Any_,
    Compare,
    Decision,
    IsNotApplicable,
    IsOneOf,
    None_,
    Test,
)
from scoring.method import DATE
from scoring.official.terms import RANK, Terms, value
from scoring.operators.base import EvidenceFor, GroupOf
from scoring.points import Rational
from scoring.scope import Expression, Kind
from scoring.timeline import UNDONE, whole_day
from scoring.views.phrase import listed

_NUMBER = {AT_LEAST: "{}以上", ABOVE: "超过{}", AT_MOST: "{}以下", BELOW: "不满{}", EQUAL: "为{}"}
_RANK = {AT_LEAST: "{}及以后", ABOVE: "{}以后", AT_MOST: "{}及以前", BELOW: "{}以前", EQUAL: "为{}"}
_DATE = {AT_LEAST: "不早于{}", ABOVE: "晚于{}", AT_MOST: "不晚于{}", BELOW: "早于{}", EQUAL: "为{}"}
_OTHER = {AT_LEAST: "不低于{}", ABOVE: "高于{}", AT_MOST: "不高于{}", BELOW: "低于{}", EQUAL: "等于{}"}
_OPPOSITE = {AT_LEAST: BELOW, ABOVE: AT_MOST, AT_MOST: ABOVE, BELOW: AT_LEAST}


def clauses(decision: Decision, terms: Terms) -> list[str]:
    """One clause for each row of a decision; "" for the rest, which has no condition."""
    return [Clauses(decision.reads, terms).said(row) for row in decision.rows]


def bounds(decision: Decision, terms: Terms) -> list[str]:
    """What each row says of the one measure, without naming it: “超过5分、10分以下”, “为‘是’”."""
    return [Clauses(decision.reads, terms, unnamed=decision.reads[:1]).said(row) for row in decision.rows]


@dataclass(frozen=True, slots=True)
class Clauses:
    """Says the tests of one decision. `unnamed` holds the measure that the sentence has named already."""

    reads: tuple[Expression, ...]
    terms: Terms
    unnamed: tuple[Expression, ...] = ()

    def said(self, test: Test, negated: bool = False) -> str:
        if isinstance(test, None_):
            return self.said(Any_(test.parts), not negated)
        if isinstance(test, (All, Any_)):
            if isinstance(test, All) != negated:
                return self.every(test.parts, negated)
            return "或者".join(self.bracketed(each, negated) for each in test.parts)
        return self.subject(test.left) + self.predicate(test, negated)

    def every(self, parts: tuple[Test, ...], negated: bool) -> str:
        """All at once; neighbours that speak of the same thing name it once: “覆盖率80%以上、不满90%”."""
        found: list[str] = []
        before: Expression | None = None
        for part in self.merged(parts):
            about = self.reads[part.left] if isinstance(part, Compare) else None
            if about is not None and about == before:
                found[-1] += f"、{self.predicate(part, negated)}"
            else:
                found.append(self.bracketed(part, negated))
            before = about
        return "且".join(found)

    def merged(self, parts: tuple[Test, ...]) -> Iterable[Test]:
        """The parts, with those of an inner `all` among them and the two bounds of one day made one."""
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
        if len(flat) == 2 and all(isinstance(each, Compare) for each in flat):
            low, high = flat
            assert isinstance(low, Compare)
            assert isinstance(high, Compare)
            if self.one_day(low, high):
                return [Compare(low.left, EQUAL, low.bound)]
        return flat

    def one_day(self, low: Compare, high: Compare) -> bool:
        """Whether two bounds say “on that day”, which has hours."""
        fixed = low.right is None and high.right is None
        dated = self.reads[low.left].kind.type == DATE and low.left == high.left
        return fixed and dated and (low.relation, high.relation, high.bound - low.bound) == (AT_LEAST, BELOW, 1)

    def bracketed(self, part: Test, negated: bool) -> str:
        """A part of a larger condition; in brackets where it has parts of its own that the reader might misjoin."""
        text = self.said(part, negated)
        joined = isinstance(part, (All, Any_, None_)) and len(part.parts) > 1
        return f"（{text}）" if joined and ("或者" in text or "且" in text) else text

    def subject(self, left: int) -> str:
        about = self.reads[left]
        return "" if about in self.unnamed else self.terms.noun(about)

    def predicate(self, test: Test, negated: bool) -> str:
        if isinstance(test, Compare):
            return self.compared(test, negated)
        if isinstance(test, IsNotApplicable):
            return "适用" if negated else "不适用"
        assert isinstance(test, IsOneOf)
        about = self.reads[test.left]
        labels = [self.terms.state(about, state) for state in test.states]
        if isinstance(about, EvidenceFor):
            return "没有佐证材料" if (labels == ["无"]) != negated else "附有佐证材料"
        if isinstance(about, GroupOf):
            return ("不为" if negated else "为") + listed(labels)
        quoted = "或者".join(f"“{label}”" for label in labels)
        return ("不为" if negated else "为") + quoted

    def compared(self, test: Compare, negated: bool) -> str:
        about, relation = self.reads[test.left], test.relation
        if negated and relation == EQUAL:
            return "不" + self.compared(test, negated=False)
        relation = _OPPOSITE[relation] if negated else relation
        if test.right is not None:
            words = _DATE if about.kind.type == DATE else _OTHER
            return words[relation].format(self.terms.noun(self.reads[test.right]))
        if about.kind.type == DATE:
            return self.dated(relation, test.bound, about.kind)
        words = _RANK if about.kind.unit == RANK else _NUMBER
        return words[relation].format(value(test.bound, about.kind))

    def dated(self, relation: str, bound: Rational, kind: Kind) -> str:
        """A whole day is spoken of with that day included, as officers write a date."""
        if bound == UNDONE and relation == EQUAL:
            return "未完成"
        if relation == BELOW and whole_day(bound):
            return f"不晚于{value(bound - 1, kind)}"
        return _DATE[relation].format(value(bound, kind))
