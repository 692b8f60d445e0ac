"""`checks` 逐项: one question an item, each adding or deducting its points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.condition import NO_ROW, UNKNOWN_MISSING, Decision
from scoring.method import Award, Marks
from scoring.operators.base import absence, present
from scoring.points import exact, plain
from scoring.scope import Expression, Scope, Trace

MET, NOT_MET, UNANSWERED, NOT_CONCERNED = "met", "not_met", "missing", "not_applicable"


@dataclass(frozen=True, slots=True)
class Check:
    """One 要点: met where its condition holds, the checks it needs are met, and its evidence is there.

    `amount` is added where it is met; where `sign` is negative it is deducted where the condition holds.
    """

    name: str
    decision: Decision
    amount: Expression
    sign: int
    needs: tuple[int, ...] = ()
    proof_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checks:
    """All items, from `start`. An item nobody answered earns nothing, or is deducted, and is named as unanswered.

    One that does not apply moves nothing, nor does one that needs another which was not met.
    """

    start: Expression
    items: tuple[Check, ...]
    key: str = "checks"

    def award(self, scope: Scope, marks: Marks) -> Award:
        start = self.start.value(scope)
        amounts = [item.amount.value(scope) for item in self.items]
        absent = absence([start, *amounts])
        if absent is not None:
            return Award(0, {"by": self.key}, absent=absent)
        points = present(start)
        states: list[str] = []
        shown: list[Trace] = []
        lost: list[int] = []
        for index, item in enumerate(self.items):
            state = self.state(scope, item, states)
            counts = state == MET or (state == UNANSWERED and item.sign < 0)
            if counts != (item.sign > 0):
                lost.append(index)
            change = item.sign * present(amounts[index]) if counts else 0
            points = exact(points + change)
            states.append(state)
            shown.append({"item": index, "name": item.name, "state": state, "change": plain(change)})
            unproven = [name for name in item.proof_of if not scope.proven(name)]
            if state == NOT_MET and unproven and scope.answer(item.decision) == 0:
                shown[-1]["unproven"] = unproven
        working: Trace = {"by": self.key, "start": plain(present(start)), "items": shown, "points": plain(points)}
        unanswered = tuple(item.name for item, state in zip(self.items, states, strict=True) if state == UNANSWERED)
        return Award(points, working, {"items": lost} if lost else None, None, unanswered)

    def state(self, scope: Scope, item: Check, before: list[str]) -> str:
        answer = scope.answer(item.decision)
        lacking = {before[index] for index in item.needs} - {MET}
        if answer == NO_ROW or lacking - {UNANSWERED}:
            return NOT_MET
        if answer == UNKNOWN_MISSING or (lacking and item.sign < 0):
            return UNANSWERED
        if lacking:
            return NOT_MET
        if answer != 0:
            return NOT_CONCERNED
        proven = all(scope.proven(name) for name in item.proof_of)
        return MET if proven else NOT_MET

    def decisions(self) -> Iterator[Decision]:
        for item in self.items:
            yield item.decision

    def inputs(self) -> Iterator[Expression]:
        yield self.start
        for item in self.items:
            yield from item.decision.reads
            yield item.amount
