"""Reads conditions into decisions: boundaries, states, groups, evidence, and their connectives."""

from __future__ import annotations

from typing import Any

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
from scoring.location import Location, Mapping, Sequence
from scoring.method import DATE
from scoring.operators.base import AsOfDay, EvidenceFor, GroupOf, Literal
from scoring.reading.draft import Draft, Names, Reads, close
from scoring.reading.operands import named, one, operand, score_reference, self_score
from scoring.scope import Expression, Kind
from scoring.timeline import UNDONE, whole_day

RELATIONS = {
    "at_least": AT_LEAST,
    "above": ABOVE,
    "at_most": AT_MOST,
    "below": BELOW,
    "equals": EQUAL,
    "from": AT_LEAST,
    "after": ABOVE,
    "by": AT_MOST,
    "before": BELOW,
}
"""The boundary keys. 以上 and 以下 include the figure itself, 超过 and 不满 do not (Civil Code art. 1259)."""


def decision(
    draft: Draft, names: Names, said: Any, where: Location, address: str, of: Expression | None = None
) -> Decision:
    """A decision of one row: does this condition hold? `said` is a mapping, or a list of which all must hold."""
    reads = Reads()
    test = condition(draft, names, reads, said, where, address, of)
    draft.place(address, where)
    return Decision(address, tuple(reads.expressions), tuple(reads.kinds), (test,))


def condition(
    draft: Draft, names: Names, reads: Reads, said: Any, where: Location, address: str, of: Expression | None = None
) -> Test:
    """One condition. Without `fact`, boundaries speak of `of`, the measure of the node they stand under."""
    if not isinstance(said, Mapping):
        draft.findings.add("K217", where, text=str(said))
        return All(())
    for key, connective in (("all", All), ("any", Any_), ("none", None_)):
        if key in said:
            parts = said[key] if isinstance(said[key], Sequence) else Sequence(said.source, said.mark)
            return connective(
                tuple(
                    condition(draft, names, reads, part, parts.item(index), f"{address}/{key}/{index}", of)
                    for index, part in enumerate(parts)
                )
            )
    if "group" in said:
        return _group(draft, reads, said)
    if "evidence_for" in said:
        name = str(said["evidence_for"])
        if name == "本条":
            name = ""
        elif names.find(name) is None:
            draft.unknown_fact(name, said.value("evidence_for"), names)
        else:
            draft.used.setdefault(name, []).append(where.file)
        return IsOneOf(reads.index(EvidenceFor(name)), (int(said.get("is") == "有"),))
    left = _left(draft, names, said, address, of)
    if left is None:
        draft.findings.add("K217", where, text="、".join(said))
        return All(())
    return All(tuple(tests(draft, names, reads, said, left, address)))


def tests(draft: Draft, names: Names, reads: Reads, said: Mapping, left: Expression, address: str) -> list[Test]:
    """The tests that the boundary and state keys of a mapping make of `left`."""
    found: list[Test] = []
    for key in (key for key in (*RELATIONS, "is", "one_of") if key in said):
        if key in RELATIONS:
            right = operand(draft, names, said, key, f"{address}/{key}", left.kind)
            found.append(compare(reads, left, RELATIONS[key], right))
        elif key == "is":
            found.append(_is(draft, reads, said.value(key), left, [said[key]]))
        elif key == "one_of":
            found.append(_is(draft, reads, said.value(key), left, list(said[key])))
    return found


def compare(reads: Reads, left: Expression, relation: str, right: Expression) -> Test:
    """`left relation right`; a date without an hour on the right stands for its whole day."""
    if isinstance(right, Literal):
        bound = right.number
        index = reads.index(left)
        if right.kind.type == DATE and whole_day(bound):
            if relation == EQUAL:
                return All((Compare(index, AT_LEAST, bound), Compare(index, BELOW, bound + 1)))
            if relation == AT_MOST:
                return Compare(index, BELOW, bound + 1)
            if relation == ABOVE:
                return Compare(index, AT_LEAST, bound + 1)
        return Compare(index, relation, bound)
    if left.kind.type == DATE and relation in (AT_MOST, ABOVE, EQUAL):
        left = AsOfDay(left, right)
    return Compare(reads.index(left), relation, 0, reads.index(right))


def _left(draft: Draft, names: Names, said: Mapping, address: str, of: Expression | None) -> Expression | None:
    if "fact" in said:
        where = said.value("fact")
        return named(draft, names, str(said["fact"]), where)
    for key in ("score_of", "rate_of"):
        if key in said:
            return score_reference(draft, said, key)
    for key in ("self_score_of", "self_excess_of"):
        if key in said:
            return self_score(draft, said, key)
    if "of" in said:
        return one(draft, names, said["of"], said.value("of"), f"{address}/of")
    return of


def _group(draft: Draft, reads: Reads, said: Mapping) -> Test:
    wanted = said["group"] if isinstance(said["group"], Sequence) else [said["group"]]
    for code in wanted:
        if code not in draft.groups:
            draft.findings.add("K218", said.value("group"), code=str(code), suggestion=close(str(code), draft.groups))
    states = tuple(index for index, code in enumerate(draft.groups) if code in wanted)
    return IsOneOf(reads.index(GroupOf(Kind("选项", "", draft.groups))), states)


def _is(draft: Draft, reads: Reads, where: Location, left: Expression, wanted: list[Any]) -> Test:
    found: list[Test] = []
    states: list[int] = []
    for state in wanted:
        if state == "不适用":
            found.append(IsNotApplicable(reads.index(left)))
        elif state == "未完成" and left.kind.type == DATE:
            found.append(Compare(reads.index(left), EQUAL, UNDONE))
        elif left.kind.choices:
            if state in left.kind.choices:
                states.append(left.kind.choices.index(state))
            else:
                draft.findings.add(
                    "K219",
                    where,
                    state=str(state),
                    choices="、".join(left.kind.choices),
                    suggestion=close(str(state), left.kind.choices),
                )
        elif not isinstance(state, (str, bool)) and state is not None:
            found.append(Compare(reads.index(left), EQUAL, state))
        else:
            draft.findings.add("K219", where, state=str(state), choices="", suggestion="")
    if states:
        found.append(IsOneOf(reads.index(left), tuple(sorted(states))))
    return found[0] if len(found) == 1 else Any_(tuple(found))
