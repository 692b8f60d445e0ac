"""Changed data as a file of the input folder, so that they can be scored again the way everything is scored (印证)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scoring.app.assess import Bundle
from scoring.app.whatif.bench import Bench, Changes, Outcome, intake_of
from scoring.app.whatif.levers import PAPER
from scoring.method import DATE, Fact
from scoring.points import Rational, plain
from scoring.reading.yaml_dump import dump_yaml
from scoring.submission import APPEAL, Submission
from scoring.timeline import date_text

PATH = "appeals/!推演.yaml"
"""A register of the highest layer, read before all others of it: of two of the same layer the first counts."""


def supposed(bundle: Bundle, submission: Submission, changes: Changes, on: str) -> Bundle:
    """The bundle with these changes laid over a department's data."""
    facts: dict[str, Any] = {}
    lists: dict[str, dict[str, dict[str, Any]]] = {}
    evidence: dict[str, Any] = {}
    for number, each in enumerate(changes):
        lever = each.lever
        value = written(lever.fact, each.value)
        proof: dict[str, Any] = {}
        if lever.proof:
            evidence[f"{PAPER}{number + 1}"] = {"title": PAPER, "number": f"{PAPER}{number + 1}号", "date": on}
            proof = {"evidence": [f"{PAPER}{number + 1}"]}
        if lever.key:
            lists.setdefault(lever.name, {}).setdefault(lever.key, {}).update({lever.fact.name: value, **proof})
        else:
            facts[lever.name] = {"value": value, "why": PAPER, **proof}
    for name, rows in lists.items():
        _appealed(submission, name, rows)
    told: dict[str, Any] = {"facts": facts, "evidence": evidence}
    keys = {name: _key_of(changes, name) for name in lists}
    told["lists"] = {
        name: [{keys[name]: key, **fields} for key, fields in sorted(rows.items())] for name, rows in lists.items()
    }
    document = {
        "format": 1,
        "edition": bundle.edition,
        "by": PAPER,
        "on": on,
        "why": PAPER,
        "departments": {submission.department.code: {key: value for key, value in told.items() if value}},
    }
    return replace(bundle, forms={**bundle.forms, PATH: dump_yaml(document).encode()})


def _key_of(changes: Changes, name: str) -> str:
    return next(each.lever.home_key for each in changes if each.lever.key and each.lever.name == name)


def _appealed(submission: Submission, name: str, rows: dict[str, dict[str, Any]]) -> None:
    """What an appeal has said of the same list: a layer is heard once, so the supposed one says it too."""
    for record in submission.lists.get(name, ()):
        for field, datum in record.data.items():
            if datum.layers[-1].layer == APPEAL:
                rows.setdefault(record.key, {}).setdefault(field, datum.layers[-1].text)


def written(fact: Fact, value: Rational) -> Any:
    """The value as a form would write it."""
    if fact.choices:
        return fact.choices[int(value)]
    if fact.type == DATE:
        return date_text(value)
    return f"{plain(value * 100)}%" if fact.unit == "%" else value


def confirmed(bundle: Bundle, bench: Bench, changes: Changes, schemas: Path) -> Outcome | None:
    """The outcome of changes read from files as forms are read, with the others' scorecards as they stand.

    None where it is not the outcome that was worked out without files.
    """
    expected = bench.outcome(changes)
    assumed = supposed(bundle, bench.submission, changes, date_text(bench.method.period_by))
    code = bench.submission.department.code
    if not bench.method.strata:
        assumed = replace(assumed, forms=of_department(assumed.forms, code))
    intake = intake_of(assumed, bench.edition, schemas, bench.horizon())
    own = next(each for each in intake.submissions if each.department.code == code)
    found = bench.scored(own)
    if expected is None or found is None:
        return None
    same = (found.total, found.grade, found.rank) == (expected.total, expected.grade, expected.rank)
    return found if same else None


def of_department(forms: Mapping[str, bytes], code: str) -> dict[str, bytes]:
    """The forms without those of other departments that have a file of their own."""
    own = {}
    for path, content in forms.items():
        folder, _, name = path.rpartition("/")
        alone = folder == "submissions" and name.endswith((".yaml", ".yml"))
        if not alone or name.rpartition(".")[0] == code or code.encode() in content:
            own[path] = content
    return own
