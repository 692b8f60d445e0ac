"""Points against marks: what leaves them unbounded, what nothing reaches, what never changes (得分与分值)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.ground import Ground, nodes_of
from scoring.check_method.parts import PASSED_OVER
from scoring.check_method.scores import Scores
from scoring.check_method.totals import ended, wrong_totals
from scoring.check_method.witness import beyond
from scoring.check_method.words import number
from scoring.mechanisms.checks import Checks
from scoring.mechanisms.points import Points
from scoring.mechanisms.selector import Rows
from scoring.mechanisms.steps import Steps
from scoring.method import AWARD, BONUS, DEDUCTION, Mechanism, Node
from scoring.operators.base import Literal, Named
from scoring.points import Rational
from scoring.scope import Expression


def check_limits(ground: Ground) -> None:
    """Caps, floors, full marks, and criteria that tell nobody apart."""
    for (address, kind, most, marks, shown), group in ground.by_group(lambda scores: _leaving(ground, scores)):
        place = ground.places.at(address, "full_marks")
        if kind == "above":
            ground.found.add("K260", place, most=most, marks=marks, example=shown, group=group)
        else:
            ground.found.add("K261", place, least=most, marks=marks, example=shown, group=group)
    told: dict[str, str] = {}
    for address, key, kind, marks in ground.in_every_group(lambda scores: _short(scores, told)):
        ground.found.add("K258", ground.places.at(address, key), kind=kind, most=told[address], marks=marks)
    points: dict[str, dict[str, None]] = {}
    for address in ground.in_every_group(lambda scores: _constant(scores, points)):
        place, other = ground.places.at(address), ground.places.use(address)
        if len(points[address]) == 1 or address not in _by_group(ground):
            ground.found.add("K259", place, other=other, points="、".join(points[address]))
    for node in ground.method.nodes():
        for address, key, kind, bound, compared in _odd_bounds(ground, node):
            ground.found.add("K262", ground.places.at(address, key), kind=kind, bound=bound, compared=compared)
        for address in _idle_rows(node):
            ground.found.add("K255", ground.places.at(address), other=ground.places.use(address))


def _leaving(ground: Ground, scores: Scores) -> Iterator[tuple[str, str, str, str, str]]:
    """Nodes that can come out above or below their marks where the file says neither `cap` nor `floor`."""
    wrong = {address for address, *_ in wrong_totals(scores)}
    told: set[tuple[str, str]] = set()
    for node in reversed(list(nodes_of(scores))):  # parts first: what leaves a part's marks leaves those above too
        full, raw = ended(node), scores.of(node).raw
        for kind in ("above", "below"):
            if any((part.address, kind) in told for part in node.parts):
                told.add((node.address, kind))
        if full is None or node.marks.full is None or not raw.present or node.address in wrong:
            continue
        written = set(ground.places.written(node.address) or ())
        top, bottom = (0, -full) if node.marks.kind == DEDUCTION else (full, 0)
        above = (raw.high is None or raw.high > top) and node.marks.kind != BONUS and "cap" not in written
        below = (raw.low is None or raw.low < bottom) and node.marks.kind != DEDUCTION and "floor" not in written
        if above and (node.address, "above") not in told:
            told.add((node.address, "above"))
            most = "" if raw.high is None else number(raw.high)
            yield node.address, "above", most, number(top), beyond(scores, node, top, above=True)
        if below and (node.address, "below") not in told:
            told.add((node.address, "below"))
            least = "" if raw.low is None else number(raw.low)
            yield node.address, "below", least, number(bottom), beyond(scores, node, bottom, above=False)


def _judged(scores: Scores) -> Iterator[Node]:
    """Nodes that are judged by what they can come to: those with a rule of their own, and one of several together."""
    chosen = [node for node in nodes_of(scores) if node.combine in PASSED_OVER and node.combine != "首个适用"]
    passed = {part.address for node in chosen for part in node.parts}
    for node in nodes_of(scores):
        if node.address not in passed and (node.mechanism is not None or node.combine in PASSED_OVER):
            yield node


def _short(scores: Scores, told: dict[str, str]) -> Iterator[tuple[tuple[str, str, str, str], bool]]:
    """Marks that nothing reaches; what is reached instead is noted in `told`."""
    judged = {node.address for node in _judged(scores)}
    for node in nodes_of(scores):
        full, span = ended(node), scores.of(node).span
        cut = node.cap is not None and full is not None and node.cap < full
        if full is None or not span.present or not (node.address in judged or node.marks.kind != AWARD or cut):
            continue
        if node.marks.kind == DEDUCTION:
            short = span.low is not None and span.low > -full
            found, reached = (node.address, "deduct_up_to", "deduct", number(full)), -(span.low or 0)
        else:
            short = span.high is not None and span.high < full
            key = "bonus_up_to" if node.marks.kind == BONUS else "full_marks"
            found = (node.address, key, "cap" if cut else node.marks.kind, number(full))
            reached = span.high or 0
        told.setdefault(node.address, number(reached))
        yield found, short


def _constant(scores: Scores, points: dict[str, dict[str, None]]) -> Iterator[tuple[str, bool]]:
    """Criteria that give a group the same whatever the data; how much is noted in `points`."""
    for node in _judged(scores):
        score = scores.of(node)
        points.setdefault(node.address, {})[number(score.span.low or 0)] = None
        yield node.address, score.span.single is not None and not score.left and not score.stuck


def _by_group(ground: Ground) -> set[str]:
    """Criteria that ask for nothing but the group: they may well give one group more than another."""

    def group_alone(read: Expression) -> bool:
        meant = ground.groups[0].reach.definition(read)
        return not isinstance(meant, Named) and all(group_alone(each) for each in meant.inputs())

    ruled = [(node.address, node.mechanism) for node in ground.method.nodes() if node.mechanism is not None]
    return {address for address, mechanism in ruled if all(group_alone(each) for each in mechanism.inputs())}


def _odd_bounds(ground: Ground, node: Node) -> Iterator[tuple[str, str, str, str, str]]:
    """Caps and floors beyond the marks, and caps below what a single row gives."""
    full = ended(node)
    root = node is ground.method.root
    if full is not None and not root:
        top, bottom = (0, -full) if node.marks.kind == DEDUCTION else (full, 0)
        if node.cap is not None and node.cap > top and node.marks.kind != AWARD:
            yield node.address, "cap", "above", number(node.cap), number(top)
        if node.floor is not None and node.floor < bottom and node.marks.kind != AWARD:
            yield node.address, "floor", "below", number(node.floor), number(bottom)
    deducting = node.marks.kind == DEDUCTION
    limit = node.marks.full if deducting or (node.marks.kind == BONUS and node.cap is None) else node.cap
    mechanism = node.mechanism
    most = max(_single_awards(mechanism, -1 if deducting else 1), default=None) if mechanism is not None else None
    if limit is not None and most is not None and most > limit:
        key = "deduct_up_to" if deducting else "cap" if node.cap is not None else "bonus_up_to"
        yield node.address, key, "award", number(limit), number(most)
    for row, step in enumerate(mechanism.rows if isinstance(mechanism, Steps) else ()):
        amount = step.amount
        if step.up_to is not None and isinstance(amount, Literal) and amount.number > step.up_to:
            yield f"{node.address}/steps/{row}", "up_to", "award", number(step.up_to), number(amount.number)
    if node.rebase_to is not None and node.marks.full is not None and node.rebase_to != node.marks.full:
        yield node.address, "rebase_to", "rebase", number(node.rebase_to), number(node.marks.full)


def _single_awards(mechanism: Mechanism, sign: int) -> Iterator[Rational]:
    """The fixed points that one row, step or check gives, or takes where `sign` is negative."""
    amounts: list[Expression] = []
    if isinstance(mechanism, Rows) and sign > 0:
        awards = [row.award for row in mechanism.rows]
        amounts = [award.amount for award in awards if isinstance(award, Points) and not award.deducted]
    elif isinstance(mechanism, Steps):
        amounts = [row.amount for row in mechanism.rows if row.sign == sign]
    elif isinstance(mechanism, Checks):
        amounts = [item.amount for item in mechanism.items if item.sign == sign]
    yield from (amount.number for amount in amounts if isinstance(amount, Literal))


def _idle_rows(node: Node) -> Iterator[str]:
    """Steps and checks that move nothing, whatever they count."""
    mechanism = node.mechanism
    amounts: list[Expression] = []
    if isinstance(mechanism, Steps):
        amounts = [row.amount for row in mechanism.rows]
    elif isinstance(mechanism, Checks):
        amounts = [item.amount for item in mechanism.items]
    for place, amount in enumerate(amounts):
        if isinstance(amount, Literal) and amount.number == 0:
            yield f"{node.address}/{mechanism.key if mechanism is not None else ''}/{place}"
