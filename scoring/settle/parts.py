"""`parts` 组成: how the points of parts become those of the whole, and what a part that leaves does to the others."""

from __future__ import annotations

from collections.abc import Callable

from scoring import assessment as ledger
from scoring.condition import NOT_APPLICABLE, Absent
from scoring.method import AWARD, REBASE, REWEIGHT, Node
from scoring.points import Rational, divide, exact, plain, total, unplain
from scoring.scope import Scope, Trace
from scoring.settle.award import Awarder
from scoring.settle.modify import Modifier
from scoring.settle.outcome import Outcome

Settle = Callable[[Node, str], Outcome]
FIRST, CHOSEN = "首个适用", "选定"


def combine(node: Node, block: str, group: str, settle: Settle, awarder: Awarder, modifier: Modifier) -> Outcome:
    """The outcome of a node with parts, before its own modifiers."""
    parts = [part for part in node.parts if not part.groups or part.within(group)]
    root = node is modifier.method.root
    outcomes = [settle(part, part.marks.kind if root and part.marks.kind != AWARD else block) for part in parts]
    kind = node.marks.kind
    awards = [each for each in outcomes if each.node.marks.kind == kind]
    beside = [each for each in outcomes if each.node.marks.kind != kind]
    counted: list[Outcome] = awards
    if node.combine == CHOSEN:
        chosen = _chosen(node, awards, awarder.scope)
        if isinstance(chosen, Absent):
            return awarder.absent(node, chosen, block, {"rule": node.address, "working": {"by": "chosen_by"}})
        counted = [chosen]
    stay = [each for each in counted if not each.left]
    if counted and len(stay) < max(node.needs, 1):
        return _whole_left(node, counted, awarder)
    found = COMBINATIONS[node.combine](node, awards, stay, modifier)
    if len(stay) < len(counted):
        found.lines = [line for each in counted if each.left for line in each.lines] + found.lines
    # Where one part is taken whatever the others are, only that one can hold the total back.
    for each in beside if node.combine in (CHOSEN, FIRST) else outcomes:
        if each.held:
            found.held.extend(code for code in each.held if code not in found.held)
    if node.rebase_to is not None:
        _rebase(node, found, modifier)
    for each in beside:
        found.value = exact(found.value + each.value)
        found.lines.extend(each.lines)
    return found


def _whole_left(node: Node, parts: list[Outcome], awarder: Awarder) -> Outcome:
    """All parts left, or too few stayed: the node itself does not apply, by its own treatment or as its parts did."""
    left = [each for each in parts if each.left]
    working: Trace = {"by": "parts", "left": [each.node.address for each in left]}
    if len(left) < len(parts):
        working["needs"] = node.needs
        working["not_counted"] = [
            {"rule": each.node.address, "points": plain(each.value)} for each in parts if not each.left
        ]
    own = node.not_applicable.arriving if node.not_applicable is not None else ""
    ways = {each.left for each in left}
    found = awarder.apply(
        node, own or (REWEIGHT if ways == {REWEIGHT} else REBASE), {"rule": node.address, "working": working}
    )
    found.lines[:0] = [line for each in left for line in each.lines]
    return found


def _sum(node: Node, awards: list[Outcome], stay: list[Outcome], modifier: Modifier) -> Outcome:
    """合计. What leaves by 分摊 is carried by the parts that stay, in proportion to their marks."""
    marks = total([each.available for each in stay])
    left = [each for each in awards if each.left == REWEIGHT] if len(stay) < len(awards) else []
    carried = total([each.node.worth.full or 0 for each in left]) if left else 0
    if carried and marks:
        factor, addresses = divide(marks + carried, marks), [each.node.address for each in left]
        stay = [_carry(each, factor, addresses, modifier) for each in stay]
    found = Outcome(node, total([each.value for each in stay]), exact(marks + carried) if carried else marks, [])
    for each in stay:
        found.lines.extend(each.lines)
    return found


def _carry(own: Outcome, factor: Rational, left: list[str], modifier: Modifier) -> Outcome:
    """Let a sibling carry the marks of those that left: its points and its marks grow by the same factor."""
    outcome = modifier.carried[own.node.address] = own.copy()
    outcome.unround()
    basis: Trace = {
        "rule": outcome.node.address,
        "working": {
            "by": "reweight",
            "value": plain(outcome.value),
            "marks": plain(outcome.available),
            "carries": plain(exact(outcome.available * (factor - 1))),
            "left": left,
        },
    }
    outcome.change(exact(outcome.value * factor), "conversion", ledger.REWEIGHTING, basis)
    outcome.available = exact(outcome.available * factor)
    modifier.round(outcome.node, outcome, ledger.REWEIGHTING)
    return outcome


def _weighted(node: Node, awards: list[Outcome], stay: list[Outcome], modifier: Modifier) -> Outcome:
    """平均 and 加权: shares of the parts that stay; the weight of one that left by 折算 leaves the marks with it."""
    weights = {id(each): each.node.weight if node.combine == "加权" else 1 for each in awards}
    whole = sum(weights[id(each)] or 0 for each in awards)
    gone = sum(weights[id(each)] or 0 for each in awards if each.left == REBASE)
    below = sum(weights[id(each)] or 0 for each in stay)
    found = Outcome(node, 0, node.marks.full or 0, [])
    if not below:
        return found
    full = node.marks.full or 0
    found.available = exact(full * divide(whole - gone, whole))
    keep = divide(whole - gone, whole)
    for each in stay:
        share = exact(divide(weights[id(each)] or 0, below) * keep)
        for line in each.lines:
            before = unplain(line.basis.get("share", "1"))  # a part of a part counts by both shares
            line.basis = {**line.basis, "share": plain(exact(before * share))}
            line.points = exact(line.points * share)
            line.target = None
        found.lines.extend(each.lines)
        found.value = exact(found.value + each.value * share)
    return found


def _one(take: Callable[[list[Outcome]], Outcome]) -> Combination:
    """取高, 取低, 首个适用, 选定: one part stands for the whole; the others are named in the working."""

    def combined(node: Node, awards: list[Outcome], stay: list[Outcome], modifier: Modifier) -> Outcome:
        if not stay:  # no part of it concerns the department's group
            return Outcome(node, 0, 0, [])
        taken = take(stay)
        passed = [{"rule": each.node.address, "points": plain(each.value)} for each in awards if each is not taken]
        for line in taken.lines:
            line.basis = {**line.basis, "taken_by": {"rule": node.address, "combine": node.combine}}
            if passed:
                line.basis["taken_by"]["not_taken"] = passed
            line.criterion = line.criterion or node.code
        marks = node.marks.full if node.marks.full is not None else taken.available
        return Outcome(node, taken.value, marks, list(taken.lines), taken.state, held=list(taken.held))

    return combined


def _chosen(node: Node, awards: list[Outcome], scope: Scope) -> Outcome | Absent:
    """The part that was chosen; why there is none, where nobody chose."""
    assert node.chosen_by is not None
    state = node.chosen_by.value(scope)
    if isinstance(state, Absent):
        return state
    part = node.parts[dict(node.chosen)[int(state)]]
    return next((each for each in awards if each.node is part), NOT_APPLICABLE)


def _rebase(node: Node, found: Outcome, modifier: Modifier) -> None:
    """缺项折算: what was scored over what could be scored, brought to the full table."""
    if node.rebase_to is None or found.available == node.rebase_to:
        return
    if not found.available:
        found.held.append(node.code or node.address)
        return
    basis: Trace = {
        "rule": f"{node.address}/rebase_to",
        "working": {
            "by": "rebase",
            "value": plain(found.value),
            "available": plain(found.available),
            "to": plain(node.rebase_to),
        },
    }
    value = divide(found.value * node.rebase_to, found.available)
    found.change(value, "conversion", ledger.REBASING, basis)
    found.available = node.rebase_to
    modifier.round(node, found, ledger.REBASING)


Combination = Callable[[Node, list[Outcome], list[Outcome], Modifier], Outcome]

COMBINATIONS: dict[str, Combination] = {
    "合计": _sum,
    "平均": _weighted,
    "加权": _weighted,
    "取高": _one(lambda stay: max(stay, key=lambda each: each.value)),
    "取低": _one(lambda stay: min(stay, key=lambda each: each.value)),
    FIRST: _one(lambda stay: stay[0]),
    CHOSEN: _one(lambda stay: stay[0]),
}
