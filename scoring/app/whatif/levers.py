"""What of a department's data is within reach (部门可改进的数据), and its values step by step, from now to the best.

A lever moves in one direction only, towards what the method calls better, on the grid of its own unit: whole counts,
declared decimals, days, states. Step 0 is the datum as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scoring.condition import MISSING, Absent, Value
from scoring.method import CHOICE, COUNT, DATE, LIST, NUMBER, Fact, Method
from scoring.points import Rational, decimals_of, exact, ratio
from scoring.scope import Expression, Scope
from scoring.submission import APPEAL, Datum, Evidence, Record, Said, Submission
from scoring.timeline import UNDONE, day_of

PAPER = "推演"
"""What the ids of supposed evidence begin with."""
REGISTER_EARLY = 366
"""Days before the period in which the bureau may have registered something; a department's own dates lie within it."""


@dataclass(frozen=True, slots=True, eq=False)
class Lever:
    """One datum within reach: a fact, or with `key` and `field` a field of a record.

    `first` is its value at step 1, and each further step adds `step`; `steps` is how many there are, None without end.
    `proof` tells that the changed datum comes with evidence, because the method asks for it and there is none.
    """

    fact: Fact
    name: str
    key: str
    before: Value
    first: Rational
    step: Rational
    steps: int | None
    proof: bool = False
    home_key: str = ""
    """The field that tells the records of its list apart."""

    def at(self, steps: int) -> Value:
        """The value after so many steps."""
        return exact(self.first + (steps - 1) * self.step) if steps else self.before


@dataclass(frozen=True, slots=True)
class Change:
    """A lever moved by so many steps."""

    lever: Lever
    steps: int

    @property
    def value(self) -> Rational:
        found = self.lever.at(self.steps)
        assert not isinstance(found, Absent)
        return found


def levers(method: Method, submission: Submission, scope: Scope, demanded: frozenset[str]) -> tuple[Lever, ...]:
    """Every lever of the department, in the order of the method; `demanded` are the facts that rules want proven."""
    found: list[Lever] = []
    for fact in method.facts.values():
        if fact.type == LIST:
            fields = [each for each in fact.fields.values() if each.within_reach]
            for record in submission.lists.get(fact.name, ()):
                inner = next(each for each in scope.records(fact.name) or () if each.key == record.key)
                for field_ in fields:
                    proven = bool(record.evidence) or bool(_evidence(record.data.get(field_.name)))
                    needs = field_.evidence == "必需" and not proven
                    found += _lever(method, field_, fact, record.key, record.data.get(field_.name), inner, needs)
        elif fact.within_reach:
            datum = submission.facts.get(fact.name)
            needs = (fact.evidence == "必需" or fact.name in demanded) and not _evidence(datum)
            found += _lever(method, fact, None, "", datum, scope, needs)
    return tuple(found)


def _evidence(datum: Datum | None) -> tuple[str, ...]:
    return () if datum is None else datum.evidence


def _lever(
    method: Method, fact: Fact, home: Fact | None, key: str, datum: Datum | None, scope: Scope, needs: bool
) -> Iterator[Lever]:
    """The lever of a datum, where it can still get better; what does not apply cannot."""
    now = MISSING if datum is None or not datum.layers else datum.value
    if fact.type not in STEPS or (isinstance(now, Absent) and now is not MISSING):
        return
    low, high = bound(fact.at_least, scope), bound(fact.at_most, scope)
    if (fact.at_least is not None and low is None) or (fact.at_most is not None and high is None):
        return  # no part of a whole that nobody has stated
    owner = fact.source or (home.source if home is not None else "")
    first, step, last = STEPS[fact.type](method, replace(fact, source=owner), now, low, high)
    if first is None:
        return
    steps = None if last is None else int((last - first) // step) + 1
    best_already = steps is not None and steps <= 0
    if best_already and not (needs and not isinstance(now, Absent)):
        return
    if best_already:
        assert not isinstance(now, Absent)
        first, steps = now, 1
    name, home_key = (home.name, home.key) if home is not None else (fact.name, "")
    yield Lever(fact, name, key, now, first, step, steps, needs, home_key)


Span = tuple[Rational | None, Rational, Rational | None]
"""The value of the first step, what each further one adds, and the best value; None for no step and for no end."""


def _choices(method: Method, fact: Fact, now: Value, low: Rational | None, high: Rational | None) -> Span:
    return (len(fact.choices) - 1 if isinstance(now, Absent) else now - 1), -1, 0


def _dates(method: Method, fact: Fact, now: Value, low: Rational | None, high: Rational | None) -> Span:
    """Whole days. What was not done could have been on the last day of the period at the latest."""
    reach = REGISTER_EARLY if fact.source != "部门" else 0
    first = low if low is not None else method.period_from + 365 * fact.fiscal_year - reach
    last = high if high is not None else method.period_by + 365 * fact.fiscal_year
    undone = isinstance(now, Absent) or now == UNDONE
    if fact.better == "晚":
        return (day_of(first) if undone else day_of(_present(now)) + 1), 1, day_of(last)
    if undone:
        return day_of(last), -1, day_of(first)
    day = day_of(_present(now))
    return (day if _present(now) > day else day - 1), -1, day_of(first)


def _numbers(method: Method, fact: Fact, now: Value, low: Rational | None, high: Rational | None) -> Span:
    """Counts are whole and not negative; other figures have the decimals that the method lets them carry."""
    floor = 0 if low is None and fact.type == COUNT else low
    decimals = 0
    if fact.type != COUNT:
        carried = 0 if isinstance(now, Absent) else decimals_of(now) or 0
        rate = 2 if fact.unit == "%" else 0
        decimals = (fact.decimals + rate) if fact.decimals is not None else max(carried, rate)
    unit = ratio(1, 10**decimals)
    if isinstance(now, Absent):
        worst, best, step = (high, floor, -unit) if fact.better == "少" else (floor, high, unit)
        return worst, exact(step), best
    if fact.better == "少":
        return exact(-(-now // unit) * unit - unit), exact(-unit), floor
    return exact(now // unit * unit + unit), unit, high


STEPS = {CHOICE: _choices, DATE: _dates, COUNT: _numbers, NUMBER: _numbers}


def _present(value: Value) -> Rational:
    assert not isinstance(value, Absent)
    return value


def bound(expression: Expression | None, scope: Scope) -> Rational | None:
    """What an end of a fact's range comes to here; None where there is none to hold to."""
    found = None if expression is None else expression.value(scope)
    return None if found is None or isinstance(found, Absent) else found


def valid(changes: tuple[Change, ...], scope: Scope) -> bool:
    """Whether the changed data still lie in their ranges, which other changes may have moved."""
    for each in changes:
        here = scope
        if each.lever.key:
            records = scope.records(each.lever.name) or ()
            here = next(record for record in records if record.key == each.lever.key)
        low, high = (bound(end, here) for end in (each.lever.fact.at_least, each.lever.fact.at_most))
        if (low is not None and each.value < low) or (high is not None and each.value > high):
            return False
    return True


def changed(submission: Submission, changes: tuple[Change, ...]) -> Submission:
    """The submission with these data as they would be: a layer above all others says so."""
    facts, lists = dict(submission.facts), dict(submission.lists)
    evidence = dict(submission.evidence)
    for number, each in enumerate(changes):
        proof = (f"{PAPER}{number + 1}",) if each.lever.proof else ()
        for id_ in proof:
            evidence[id_] = Evidence(id_, PAPER)
        lever = each.lever
        if lever.key:
            lists[lever.name] = tuple(
                _laid(record, each, proof) if record.key == lever.key else record for record in lists[lever.name]
            )
        else:
            layers = facts[lever.name].layers if lever.name in facts else ()
            facts[lever.name] = Datum((*layers, Said(APPEAL, each.value, "", proof)))
    return replace(submission, facts=facts, lists=lists, evidence=evidence)


def _laid(record: Record, change: Change, proof: tuple[str, ...]) -> Record:
    """The record with a change; its evidence is the record's."""
    name = change.lever.fact.name
    layers = record.data[name].layers if name in record.data else ()
    data = {**record.data, name: Datum((*layers, Said(APPEAL, change.value, "")))}
    return replace(record, data=data, evidence=(*record.evidence, *proof))
