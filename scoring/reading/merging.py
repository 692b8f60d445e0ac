"""Makes the Submission of one department from its dossier: layers merged, bounds held, evidence accounted for."""

from __future__ import annotations

from scoring.reading.bounds import Bounds, Holding
from scoring.reading.dossier import Desk, Dossier
from scoring.reading.evidence import reused
from scoring.reading.layers import Weighed, WeighedRow, datum, record, unproven, uses, weigh, weigh_rows
from scoring.submission import LAYERS, NOT_ASSESSED, NOT_SUBMITTED, Ruling, Submission


def merged(desk: Desk, dossier: Dossier, bounds: Bounds) -> Submission:
    """The Submission, in the method's order of facts, whatever the order in which things were read."""
    facts: dict[str, Weighed] = {}
    lists: dict[str, list[WeighedRow]] = {}
    for name, fact in desk.method.facts.items():
        if name in dossier.facts:
            facts[name] = weigh(desk, dossier, fact, fact.source, name, dossier.facts[name])
        elif name in dossier.lists:
            rows = weigh_rows(desk, dossier, fact, dossier.lists[name])
            if rows is not None:
                lists[name] = rows
    Holding(desk, dossier, bounds, facts, lists).hold()
    data = {name: datum(desk, dossier, weighed) for name, weighed in facts.items()}
    for name, weighed in facts.items():
        unproven(desk, dossier, weighed, data[name].evidence)
    records = {
        name: tuple(record(desk, dossier, desk.method.facts[name], row) for row in rows) for name, rows in lists.items()
    }
    flat = [(name, each) for name, several in records.items() for each in several]
    reused(desk, dossier, uses(data.items(), flat))
    _attendance(desk, dossier)
    return Submission(
        department=dossier.department,
        facts=data,
        lists=records,
        evidence={number: dossier.evidence[number].evidence for number in sorted(dossier.evidence)},
        self_scores={code: dossier.self_scores[code] for code in desk.nodes if code in dossier.self_scores},
        reviewed=tuple(code for code in desk.nodes if code in dossier.reviewed),
        rulings=tuple(sorted((ruling for ruling, _ in dossier.rulings), key=_order)),
        submitted=bool(dossier.forms),
        broken=dossier.broken,
    )


def _order(ruling: Ruling) -> tuple[int, str, str, str, str, str]:
    """Rulings from low layer to high, then by what they say: the order of writing must not matter."""
    height = LAYERS.index(ruling.layer) if ruling.layer in LAYERS else len(LAYERS)
    return height, ruling.code, ruling.kind, ruling.on, ruling.basis, repr(ruling)


def _attendance(desk: Desk, dossier: Dossier) -> None:
    """Who should have handed something in and did not, and who did without having to."""
    department = dossier.department
    decided = {ruling.kind for ruling, _ in dossier.rulings} & {NOT_SUBMITTED, NOT_ASSESSED}
    if not dossier.forms and not dossier.broken and department.assessed and not decided:
        desk.add("K303", dossier.entry.value("code"), dossier, name=department.name)
    elif dossier.forms and not department.assessed:
        desk.add("K365", dossier.forms[0], dossier, dossier.entry.value("code"), name=department.name)
