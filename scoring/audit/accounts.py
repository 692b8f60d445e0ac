"""The account of one department (得分说明) as the page unfolds it: nested texts in a stated order, nothing to compute.

The order of the parts is the contract with reports/audit/account.js and department.js, which name them in the same
order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scoring.audit.excerpts import Excerpts
from scoring.audit.flow import flow
from scoring.audit.texts import KINDS, STATES, fixed
from scoring.explain.account import EntryAccount, Explanation, StepAccount
from scoring.explain.data import Used
from scoring.explain.figures import points, signed
from scoring.explain.wording import Wording
from scoring.render.folding import Told
from scoring.views.phrase import plain_text

Json = Mapping[str, Any]
STEPS = ("grade_steps", "rank_steps", "warnings", "consequences")


def account_of(
    explanation: Explanation, card: Json, department: Json, tree: Iterable[Json], excerpts: Excerpts, wording: Wording
) -> Told:
    """Flow, sections of entries, the line that adds them, and the steps of grade and rank with what follows."""
    labels = _Labels(wording)
    sections = [
        (
            fixed(section.heading),
            points(section.total.value),
            tuple(_entry(each, excerpts, labels) for each in section.accounts),
        )
        for section in explanation.sections
    ]
    steps = [tuple(_step(each, excerpts) for each in getattr(explanation, key)) for key in STEPS]
    return (
        flow(card, department, tree, explanation),
        tuple(sections),
        plain_text(explanation.total_line),
        tuple(steps),
    )


class _Labels:
    """The names of the lines of an account, as the wording has them, without their colon."""

    def __init__(self, wording: Wording) -> None:
        keys = ("prelude", "calculation", "note", "miss", "tried", "not_held", "working", "equation")
        self.names = {key: fixed(wording.fill(f"frame.labels.{key}").strip().rstrip("：:")) for key in keys}

    def __getitem__(self, key: str) -> Told:
        return self.names[key]


def _entry(account: EntryAccount, excerpts: Excerpts, labels: _Labels) -> Told:
    """Number, criterion, name, what it is, how it stands, 自评, points, sentence, lines of working, data, basis."""
    return (
        fixed(account.id),
        fixed(account.criterion),
        fixed(account.heading),
        fixed("封顶" if account.stage == "deduction_cap" and account.kind == "cap" else KINDS.get(account.kind, "")),
        fixed(STATES.get(account.state, "")),
        account.self_score,
        signed(account.points),
        plain_text(account.sentence),
        tuple((labels[key], plain_text(text)) for key, text in _lines(account) if text),
        tuple(_datum(each) for each in account.data_used),
        excerpts.basis(account.basis),
    )


def _lines(account: EntryAccount) -> Iterator[tuple[str, str]]:
    """What stands below the sentence, in the order in which an explanation prints it."""
    for key, texts in (
        ("prelude", account.preludes),
        ("calculation", (account.calculation,)),
        ("miss", (account.miss,)),
        ("note", account.notes),
        ("tried", account.tried),
        ("not_held", account.not_held),
    ):
        yield from ((key, text) for text in texts)
    for step in account.steps:
        yield "working", step.text
        if step.equation:
            yield "equation", f"{step.name}={step.equation}"


def _datum(used: Used) -> Told:
    """Name, value, and of each layer: source, value, who, when, why, evidence."""
    layers = tuple(
        (
            fixed(each.title),
            plain_text(each.value),
            fixed(each.by),
            fixed(each.on),
            fixed(each.why),
            tuple(plain_text(proof) for proof in each.evidence),
        )
        for each in used.layers
    )
    return (plain_text(used.name), plain_text(used.value), layers)


def _step(step: StepAccount, excerpts: Excerpts) -> Told:
    """Outcome, sentence, calculation, basis."""
    return (
        plain_text(step.outcome),
        plain_text(step.sentence),
        plain_text(step.calculation),
        excerpts.basis(step.basis),
    )
