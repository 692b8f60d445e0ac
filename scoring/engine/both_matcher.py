"""Two matchers asked the same: what they do not say alike is no score."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.condition import Decision, Value
from scoring.engine.matcher import Contradiction, Matcher, Question, outcome_text, value_texts


class BothMatcher(Matcher):
    """Asks `first` and `second`; a Contradiction where they disagree. The answer is the first's."""

    name = "both"

    def __init__(self, first: Matcher, second: Matcher) -> None:
        self.first, self.second = first, second

    def match(self, decision: Decision, values: tuple[Value, ...]) -> int:
        one, other = self.first.match(decision, values), self.second.match(decision, values)
        return one if one == other else self._disagree(decision, values, one, other)

    def match_many(self, questions: Sequence[Question]) -> list[int]:
        ones, others = self.first.match_many(questions), self.second.match_many(questions)
        for (decision, values), one, other in zip(questions, ones, others, strict=True):
            if one != other:
                self._disagree(decision, values, one, other)
        return ones

    def _disagree(self, decision: Decision, values: tuple[Value, ...], one: int, other: int) -> int:
        raise Contradiction(
            "the matchers disagree",
            address=decision.address,
            values=value_texts(values),
            outcomes=((self.first.name, outcome_text(one)), (self.second.name, outcome_text(other))),
        )
