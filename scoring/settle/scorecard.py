"""Settles a scorecard (得分单): the tree of outcomes becomes a written ledger whose entries add up to the total."""

from __future__ import annotations

from dataclasses import dataclass, field

from scoring import assessment as ledger
from scoring.assessment import Json, Scorecard, written
from scoring.canonical import Shared
from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Decision, Value
from scoring.measure import Measure, fact_kind
from scoring.method import AWARD, DEDUCTION, LIST, TEXT, Method, Node
from scoring.points import Rational, divide, exact, plain, rounded, units
from scoring.points import total as total_of
from scoring.scope import Horizon, Scope, key_of
from scoring.settle.award import Awarder
from scoring.settle.entries import entries_of, write
from scoring.settle.grounds import given_below, named_below
from scoring.settle.memory import REMEMBERED, Memory, memories
from scoring.settle.modify import Modifier, rounding_working
from scoring.settle.outcome import Line, Outcome, said_by
from scoring.settle.parts import combine
from scoring.submission import ADJUST_TOTAL, Submission


@dataclass(slots=True)
class Settler:
    """Settles one department after another by one method; what depends on the method alone is laid out once."""

    method: Method
    measure: Measure = field(init=False)
    indicator: dict[str, str] = field(init=False)
    data: dict[str, tuple[str, ...]] = field(init=False)
    proof: dict[str, tuple[str, ...]] = field(init=False)
    by_code: dict[str, Node] = field(init=False)
    blocks: dict[str, str] = field(init=False)
    """The block a node stands in, by address: bonus, deduction, or "" for all others."""
    groups: dict[str, frozenset[str]] = field(init=False)
    """The groups that a node with all above it is there for, by address."""
    lost: dict[str, Rational] = field(init=False)
    """What a deduction takes away at the most, by address: its own limit, else that of the deduction it is part of."""
    memories: dict[str, Memory] = field(init=False)
    told: dict[object, Shared] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root = self.method.root
        self.indicator = {node.code: part.code for part in root.parts for node in part.walk() if node.code}
        self.by_code = {node.code: node for node in self.method.nodes() if node.code}
        self.data = {node.address: given_below(node, self.method) for node in self.method.nodes()}
        order = dict.fromkeys(name for node in self.method.nodes() for name in self.data[node.address])
        self.measure = Measure(self.method, tuple(order))
        self.proof = {node.address: self._proving(node) for node in self.method.nodes() if node.evidence}
        self.blocks = {
            node.address: part.marks.kind for part in root.parts if part.marks.kind != AWARD for node in part.walk()
        }
        self.groups, self.lost = {}, {}
        for top in (root, *self.method.aside):
            self._spread(top, frozenset(group.code for group in self.method.groups), 0)
        self.memories = memories(self.method, self.proof)

    def _proving(self, node: Node) -> tuple[str, ...]:
        """What must be proven where a node demands evidence: the data of its measure, else all that it rests on."""
        if node.of is not None:
            return named_below([node.of], self.method)
        return tuple(dict.fromkeys(name for each in node.walk() for name in self.data[each.address]))

    def _spread(self, node: Node, groups: frozenset[str], lost: Rational) -> None:
        groups = groups & frozenset(node.groups) if node.groups else groups
        lost = node.marks.full if node.marks.kind == DEDUCTION and node.marks.full is not None else lost
        self.groups[node.address], self.lost[node.address] = groups, lost
        for part in node.parts:
            self._spread(part, groups, lost)

    def tell(self, outcome: Outcome) -> Shared:
        """What a scorecard says of a node; nearly always it has said the same of another."""
        key = key_of(outcome.value), key_of(outcome.available), outcome.state, outcome.left
        found = self.told.get(key)
        if found is None:
            if len(self.told) >= REMEMBERED:
                self.told.clear()
            found = self.told[key] = Shared(
                {
                    "points": plain(outcome.value),
                    "available": plain(outcome.available),
                    "state": outcome.state,
                    "left": outcome.left or None,
                }
            )
        return found

    def open(self, submission: Submission, horizon: Horizon) -> Sheet:
        """A department's sheet: its scope is ready, its nodes are awarded on demand."""
        scope = self.measure.scope(submission, horizon)
        sheet = Sheet(self, submission, scope)
        scope.score_of, scope.rate_of, scope.self_score_of = sheet.score_of, sheet.rate_of, sheet.self_score_of
        return sheet


@dataclass(slots=True)
class Sheet:
    """One department being settled."""

    settler: Settler
    submission: Submission
    scope: Scope
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """What each node came to by itself, by address: before the marks of others were laid on it."""
    ruled: frozenset[str] = field(init=False)
    """Codes of the nodes that somebody ruled on."""
    closed: bool = False
    exact: Rational = 0
    awarder: Awarder = field(init=False)
    modifier: Modifier = field(init=False)

    def __post_init__(self) -> None:
        method, rulings = self.settler.method, self.submission.rulings
        self.ruled = frozenset([ruling.code for ruling in rulings])
        self.awarder = Awarder(self.scope, method.missing, rulings, self.settler.data, self.settler.lost)
        self.modifier = Modifier(method, self.scope, rulings, self.settler.proof)

    def score_of(self, code: str) -> Value:
        """The points of a node by code; 不适用 where it left the table, 未报 where it holds the total back.

        Of a criterion they are its own, before it carries marks of others; of the root the total as it is announced.
        Either is the same whenever it is asked for.
        """
        node = self.settler.by_code[code]
        if self.submission.department.group not in self.settler.groups[node.address]:
            return NOT_APPLICABLE
        outcome = self.outcome(node, self.settler.blocks.get(node.address, ""))
        if node is self.settler.method.root:
            self.close()
        if outcome.left:
            return NOT_APPLICABLE
        if outcome.held:
            return MISSING
        return outcome.value

    def rate_of(self, code: str) -> Value:
        """The points of a node over the marks that count for this department; 不适用 where none do."""
        points = self.score_of(code)
        if isinstance(points, Absent):
            return points
        marks = self.outcomes[self.settler.by_code[code].address].available
        return divide(points, marks) if marks else NOT_APPLICABLE

    def self_score_of(self, code: str) -> Value:
        """What the department gave itself for a node: said for it, else for all of its parts that concern the group."""
        return self_scored(self.settler.by_code[code], self.submission)

    def outcome(self, node: Node, block: str) -> Outcome:
        """The outcome of a node, computed once, or never where an equal question has been answered before."""
        known = self.outcomes.get(node.address)
        if known is not None:
            return known
        memory = self.settler.memories.get(node.address)
        if memory is None or node.code in self.ruled:
            found = self._settled(node, block)
        else:
            found = memory.recall(self.scope, lambda: self._settled(node, block))
        self.outcomes[node.address] = found
        return found

    def _settled(self, node: Node, block: str) -> Outcome:
        """Award, parts, modifiers."""
        found = self.awarder.settled(node, block)
        if found is None and node.parts:
            group = self.submission.department.group
            found = combine(node, block, group, self.outcome, self.awarder, self.modifier)
        elif found is None:
            found = self.awarder.leaf(node, block)
        self.modifier.all(node, found, block)
        for line in found.lines:
            if not line.criterion:
                line.criterion = node.code
        return found

    def close(self) -> None:
        """Bring the root to the total as it is announced. Whoever asks on the way sees the total as far as it is."""
        if self.closed:
            return
        self.closed = True
        root = self.outcome(self.settler.method.root, "")
        self._adjust(root)
        self._veto(root)
        self.exact = root.value
        self._round(root)

    def scorecard(self) -> Scorecard:
        """The whole sheet. A total that is held back is None, with the nodes that hold it."""
        method, submission = self.settler.method, self.submission
        self.close()
        root = self.outcome(method.root, "")
        for node in method.aside:
            if node.within(submission.department.group):
                self.outcome(node, "")
        entries = entries_of(root.lines, self.settler.indicator, method)
        held = tuple(root.held)
        return Scorecard(
            department=submission.department.code,
            group=submission.department.group,
            total=None if held else root.value,
            exact=None if held else self.exact,
            entries=entries,
            facts_told=self.settler.measure.facts(submission, self.scope),
            lists_told=self.settler.measure.records(submission, self.scope),
            self_scores=dict(submission.self_scores),
            nodes=self._nodes(),
            evidence=evidence_of(submission),
            published=self._published(),
            warnings=tuple(
                {"warning": warning.address, "level": warning.level}
                for warning in method.warnings
                if self.holds(warning.decision)
            ),
            held=held,
        )

    def let_go(self) -> None:
        """Part from what was seen of the department, which would else be kept by what it keeps itself."""
        self.scope.score_of = self.scope.rate_of = self.scope.self_score_of = None
        self.scope.lists.clear()
        self.scope.made.clear()

    def holds(self, decision: Decision) -> bool:
        return self.scope.answer(decision) == 0

    def _adjust(self, root: Outcome) -> None:
        """The leaders' adjustment of the total (调整总分), signed points."""
        for ruling in self.submission.rulings:
            if ruling.kind == ADJUST_TOTAL and ruling.points is not None:
                working = {"by": "adjust", "value": plain(root.value), "points": plain(ruling.points)}
                basis: Json = {"rule": "method/total", "ruling": said_by(ruling), "working": working}
                root.change(exact(root.value + ruling.points), "override", ledger.OVERRIDES, basis)

    def _veto(self, root: Outcome) -> None:
        """A limit that sets the total itself."""
        for limit in self.settler.method.standing.limits:
            if limit.total is not None and self.holds(limit.decision):
                working = {"by": "veto", "value": plain(root.value), "points": plain(limit.total)}
                basis: Json = {
                    "rule": limit.address,
                    "because": self.awarder.reads(limit.decision.reads),
                    "working": working,
                }
                root.change(limit.total, "veto", ledger.VETO, basis)

    def _round(self, root: Outcome) -> None:
        """The total as the method rounds it; where it does not, as the ledger can write it. Closes the ledger."""
        method = self.settler.method
        rounding = method.total_rounding
        if rounding is None:
            total = root.value
            shown = written(total, method.entry_decimals)
            basis: Json = {"rule": "method/entry_decimals", "working": {"by": "written", "value": plain(total)}}
        else:
            total = shown = rounded(root.value, rounding.decimals, rounding.mode)
            basis = {"rule": "method/rounding", "working": rounding_working(root, rounding)}
        below = write(root.lines, method.entry_decimals)
        if units(shown, method.entry_decimals) != below or total != root.value:
            line = Line("rounding", ledger.ROUNDINGS, method.root.code, exact(total - root.value), basis)
            line.reads, line.target = tuple(root.lines), shown
            root.lines.append(line)
            root.value = total

    def _nodes(self) -> Json:
        found: Json = {}
        carried = self.modifier.carried
        for address, own in self.outcomes.items():
            if own.node.code:
                outcome = carried.get(address, own)
                if outcome.told is None:
                    outcome.told = self.settler.tell(outcome)
                found[own.node.code] = outcome.told
        return found

    def _published(self) -> Json:
        """The facts and nodes that are shown beside the score."""
        found: Json = {}
        for name in self.settler.method.published:
            fact = self.settler.method.facts.get(name)
            if fact is not None and fact.type not in (LIST, TEXT):
                found[name] = fact_kind(fact).say(self.scope.fact(name))
            elif name in self.settler.by_code:
                found[name] = plain_or_absent(self.score_of(name))
        return found


def self_scored(node: Node, submission: Submission) -> Value:
    """The self-score of a node; MISSING where neither it nor each of its parts has one."""
    scores, group = submission.self_scores, submission.department.group
    if node.code in scores:
        return scores[node.code]
    parts = [self_scored(part, submission) for part in node.parts if part.code and part.within(group)]
    told = [each for each in parts if not isinstance(each, Absent)]
    return total_of(told) if parts and len(told) == len(parts) else MISSING


def plain_or_absent(value: Value) -> str:
    return value.value if isinstance(value, Absent) else plain(value)


def evidence_of(submission: Submission) -> Json:
    """The department's catalogue of evidence, by id."""
    found: Json = {}
    for id_, evidence in submission.evidence.items():
        pairs = (
            ("title", evidence.title),
            ("number", evidence.number),
            ("date", evidence.date),
            ("file", evidence.file),
            ("sha256", evidence.sha256),
        )
        found[id_] = {key: text for key, text in pairs if text}
    return found
