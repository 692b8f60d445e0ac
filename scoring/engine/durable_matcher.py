"""The engine: durable-rules, spoken to on the one narrow path where it is fast and right. Its only door.

The C module is used directly: the package's own `Host` spends nine tenths of its time on JSON, starts threads that take
actions away, and swallows exceptions. A fact puts a few questions, each with a guard and all of its codes, under one
constant id in one session; its rules are disjoint boxes, so that exactly one fires for each question; then the fact is
retracted. Anything but one firing a question is a Contradiction.

The module keeps what it compiled until the process ends, unless `close` is called: its `delete_ruleset` alone loses the
memory of the session, more than 10 kB a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from types import ModuleType

from scoring.condition import Decision, Value
from scoring.engine.boxes import BoxTable, DecisionTooLarge, compiled
from scoring.engine.limits import FIELDS, TOGETHER, broken
from scoring.engine.matcher import Contradiction, EngineAbsent, Matcher, Question, outcome_text, value_texts
from scoring.engine.rules import EQUALS, rules

REMEMBERED = 4096
"""Answers kept for one decision."""

QUESTIONS, RULES = 16, 400
"""What one ruleset holds, unless a single decision needs more: every firing looks through all of its rules."""

_FACT, _RETRACTION, _SESSION = '{"id":"1",%s}', '{"id":"1"}', "0"


def engine() -> ModuleType:
    """The C module of durable-rules; EngineAbsent where it is not installed, or does not load on this Python."""
    try:
        import durable_rules_engine
    except ImportError as error:
        raise EngineAbsent(str(error)) from error
    module: ModuleType = durable_rules_engine
    return module


@dataclass(slots=True)
class _Ruleset:
    """One compiled ruleset: a rule's name is its index in `rules` (question, outcome). `used` once it has fired."""

    handle: int
    rules: list[tuple[int, int]]
    used: bool = False


@dataclass(slots=True, eq=False)
class _Known:
    """A decision the engine has learnt: the text of its question with room for the codes, and past answers.

    `each` codes many values where a single value makes the only code.
    """

    decision: Decision
    codes: Callable[[Sequence[Value]], tuple[int, ...]]
    each: Callable[[Sequence[Value]], list[int]] | None
    ruleset: _Ruleset
    number: int
    form: str
    fields: int
    answers: dict[tuple[int, ...], int] = field(default_factory=dict)

    def remember(self, codes: tuple[int, ...], outcome: int) -> None:
        if len(self.answers) >= REMEMBERED:
            self.answers.clear()
        self.answers[codes] = outcome


class DurableMatcher(Matcher):
    """Answers by asking durable-rules. `asked` counts the questions put to it; the others were remembered."""

    name = "durable"

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.asked = 0
        self._engine = engine()
        self._known: dict[Decision, _Known] = {}
        self._rulesets: list[_Ruleset] = []
        # Between a fact and its retraction nobody else may ask: firings would go to the wrong one.
        self._alone = Lock()
        self.learn(decisions)

    def __reduce__(self) -> tuple[object, ...]:
        return DurableMatcher, (tuple(self._known),)

    def learn(self, decisions: Iterable[Decision]) -> None:
        """Compile decisions that are not known yet; DecisionTooLarge for one that breaks a limit of the engine."""
        new = [decision for decision in dict.fromkeys(decisions) if decision not in self._known]
        for tables in _packed(compiled(decision) for decision in new):
            self._create(tables)

    def match(self, decision: Decision, values: tuple[Value, ...]) -> int:
        known = self._known.get(decision) or self._learnt(decision)
        codes = known.codes(values)
        outcome = known.answers.get(codes)
        if outcome is None:
            (outcome,) = self._put(known.ruleset, [(known, codes, values)])
        return outcome

    def match_each(self, decision: Decision, values: Sequence[Value]) -> list[int]:
        known = self._known.get(decision) or self._learnt(decision)
        if known.each is not None:
            answers = known.answers
            outcomes = [answers.get((code,)) for code in known.each(values)]
            if None not in outcomes:
                return outcomes  # type: ignore[return-value]
        return [self.match(decision, (value,)) for value in values]

    def match_many(self, questions: Sequence[Question]) -> list[int]:
        """The answers, those that are not remembered asked several in one fact: about twice as fast."""
        outcomes: list[int] = [0] * len(questions)
        waiting: dict[tuple[_Known, tuple[int, ...]], list[int]] = {}
        for place, (decision, values) in enumerate(questions):
            known = self._known.get(decision) or self._learnt(decision)
            codes = known.codes(values)
            outcome = known.answers.get(codes)
            if outcome is None:
                waiting.setdefault((known, codes), []).append(place)
            else:
                outcomes[place] = outcome
        put = [(known, codes, questions[places[0]][1]) for (known, codes), places in waiting.items()]
        for ruleset, together in _facts(put):
            for (known, codes, _), outcome in zip(together, self._put(ruleset, together), strict=True):
                for place in waiting[known, codes]:
                    outcomes[place] = outcome
        return outcomes

    def close(self) -> None:
        """Give the engine's memory back; the matcher can be used no more."""
        for ruleset in self._rulesets:
            if ruleset.used:
                self._engine.delete_state(ruleset.handle, _SESSION)
            self._engine.delete_ruleset(ruleset.handle)
        self._rulesets.clear()
        self._known.clear()

    def _learnt(self, decision: Decision) -> _Known:
        self.learn([decision])
        return self._known[decision]

    def _create(self, tables: Sequence[BoxTable]) -> None:
        texts: list[str] = []
        ruleset = _Ruleset(0, [])
        for number, table in enumerate(tables):
            texts += _rule_texts(number, table, ruleset.rules)
        name = f"{id(self):x}-{len(self._rulesets)}"
        ruleset.handle = self._engine.create_ruleset(name, "{" + ",".join(texts) + "}")
        self._rulesets.append(ruleset)
        for number, table in enumerate(tables):
            fields = [guard(number), *(code_field(number, measure) for measure in range(len(table.measures)))]
            form = ",".join([f'"{fields[0]}":1', *(f'"{name}":%d' for name in fields[1:])])
            known = _Known(table.decision, table.codes, table.each, ruleset, number, form, len(fields))
            self._known[table.decision] = known

    def _put(self, ruleset: _Ruleset, questions: Sequence[_Put]) -> list[int]:
        """Ask questions of one ruleset, each of another decision, in one fact."""
        fact = _FACT % ",".join([known.form % codes for known, codes, _ in questions])
        try:
            with self._alone:
                fired = self._fired(ruleset, fact)
        except self._engine.error as error:
            raise _contradiction(f"the engine fails: {error}", questions[0]) from error
        outcomes = dict(fired)
        if len(fired) != len(questions) or len(outcomes) != len(questions):
            raise self._miscount(questions, fired)
        self.asked += len(questions)
        for known, codes, _ in questions:
            if known.number not in outcomes:
                raise self._miscount(questions, fired)
            known.remember(codes, outcomes[known.number])
        return [outcomes[known.number] for known, _, _ in questions]

    def _fired(self, ruleset: _Ruleset, fact: str) -> list[tuple[int, int]]:
        """What fires for a fact, as (question, outcome). An action begun is always completed: it locks the session."""
        handle, fired = ruleset.handle, []
        _, session = self._engine.assert_fact(handle, fact)
        begun = self._engine.start_action_for_state(handle, session)
        firing = begun[1] if begun else None
        while firing:
            ruleset.used = True
            fired.append(ruleset.rules[int(firing[2 : firing.index('"', 2)])])
            firing = self._engine.complete_and_start_action(handle, session)
        self._engine.retract_fact(handle, _RETRACTION)
        return fired

    def _miscount(self, questions: Sequence[_Put], fired: list[tuple[int, int]]) -> Contradiction:
        for put in questions:
            said = [outcome for number, outcome in fired if number == put[0].number]
            if len(said) != 1:
                return _contradiction(f"{len(said)} rules fire where one must", put, said)
        return _contradiction("rules fire for what was not asked", questions[0])


_Put = tuple[_Known, tuple[int, ...], tuple[Value, ...]]


def guard(number: int) -> str:
    """The field that a question's rules ask for first: facts without it cost nothing."""
    return f"q{number}"


def code_field(number: int, measure: int) -> str:
    """The field of a measure's code. The engine knows fields by 32 bits of hash only: the tests see to it that no two
    of a ruleset are alike."""
    return f"q{number}x{measure}"


def _contradiction(what: str, put: _Put, said: Sequence[int] = ()) -> Contradiction:
    known, _, values = put
    outcomes = tuple(("durable", outcome_text(outcome)) for outcome in said)
    return Contradiction(what, address=known.decision.address, values=value_texts(values), outcomes=outcomes)


def _packed(tables: Iterable[BoxTable]) -> Iterator[list[BoxTable]]:
    """Compiled decisions in groups that one ruleset holds."""
    together: list[BoxTable] = []
    size = 0
    for table in tables:
        for excess in broken(table):
            raise DecisionTooLarge(excess)
        if together and (len(together) == QUESTIONS or size + table.size() > RULES):
            yield together
            together, size = [], 0
        together.append(table)
        size += table.size()
    if together:
        yield together


def _facts(put: Sequence[_Put]) -> Iterator[tuple[_Ruleset, list[_Put]]]:
    """Questions in groups that one fact can put: of one ruleset, each decision once, few enough, fields enough."""
    rounds: dict[tuple[int, int], list[_Put]] = {}
    times: dict[_Known, int] = {}
    for each in put:
        time = times[each[0]] = times.get(each[0], 0) + 1
        rounds.setdefault((id(each[0].ruleset), time), []).append(each)
    for questions in rounds.values():
        together: list[_Put] = []
        fields = 0
        for each in questions:
            if together and (len(together) == TOGETHER or fields + each[0].fields > FIELDS):
                yield together[0][0].ruleset, together
                together, fields = [], 0
            together.append(each)
            fields += each[0].fields
        yield together[0][0].ruleset, together


def _rule_texts(number: int, table: BoxTable, named: list[tuple[int, int]]) -> Iterator[str]:
    """The engine's text of each rule of a question; `named` takes what it stands for."""
    for conditions, outcome in rules(table.diagram):
        tests = [f'{{"$ex":{{"{guard(number)}":1}}}}']
        for relation, measure, code in conditions:
            compared = f'{{"{code_field(number, measure)}":{code}}}'
            tests.append(compared if relation == EQUALS else f'{{"{relation}":{compared}}}')
        yield f'"{len(named)}":{{"all":[{{"m":{{"$and":[{",".join(tests)}]}}}}]}}'
        named.append((number, outcome))
