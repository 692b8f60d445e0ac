"""`kaohe test`: runs the worked examples of an edition, says what they reach and what they would not notice (样例)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from scoring.app.check import folder_of, read
from scoring.app.folders import edition_files
from scoring.app.worked.compare import differences
from scoring.app.worked.coverage import Coverage
from scoring.app.worked.run import Runner
from scoring.app.worked.trials import Left, Progress, Trials, mutate
from scoring.check_method import check_method
from scoring.finding import ERROR, Finding, Findings, in_order
from scoring.location import Location
from scoring.reading.edition import EXAMPLES, Edition
from scoring.reading.examples import Examples
from scoring.resources import Places, editions_in

__all__ = ["Left", "Trials", "Tried", "try_editions", "try_examples"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the examples of one edition.

    `unmet` examples did not come to what was expected. Of the `criteria` and the `spots` (rows, conditions, caps …)
    `unexpected` and `unreached` many are touched by no example.
    """

    edition: str
    examples: int
    departments: int
    unmet: int
    criteria: int
    unexpected: int
    spots: int
    unreached: int
    trials: Trials | None = None


def try_editions(
    names: Iterable[str], folders: Places, *, changes: bool = False, progress: Progress | None = None, workers: int = 2
) -> tuple[list[Finding], list[Tried]]:
    """Run the examples of editions by name or path, of all where none is named; with `changes`, change every number."""
    wanted = list(names) or editions_in(folders.rules)
    found = Findings()
    results = []
    for name in wanted:
        folder = folder_of(name, folders)
        if folder is None:
            known = editions_in(folders.rules)
            found.add("K201", edition=name, known="、".join(known))
            continue
        problems, tried = _one(folder, folders, changes, progress, workers)
        found.extend(problems)
        if tried is not None:
            results.append(tried)
    return in_order(found.found), results


def _one(
    folder: Path, folders: Places, changes: bool, progress: Progress | None, workers: int
) -> tuple[list[Finding], Tried | None]:
    """One edition. Where it cannot be read, or is not sound, its examples could not tell what is wrong."""
    found = Findings()
    edition = read(folder, folders, found)
    if edition is None:
        return found.found, None
    found.extend(each for each in check_method(edition) if each.severity == ERROR)
    if EXAMPLES not in edition.documents:
        found.add("K605", Location(_shown(edition)))
    if found.errors or EXAMPLES not in edition.documents:
        return found.found, None
    problems, tried = try_examples(edition)
    found.extend(problems)
    if changes and not found.errors:
        trials = mutate(edition_files(folder), folders.schemas, edition, progress, workers)
        found.extend(trials.unnoticed)
        tried = replace(tried, trials=trials)
    return found.found, tried


def try_examples(edition: Edition) -> tuple[list[Finding], Tried]:
    """Run every example of an edition: what differs, and what no example reaches."""
    coverage = Coverage()
    runner = Runner(edition, coverage.asked)
    examples = Examples(edition.documents[EXAMPLES], edition.method, Runner(edition).horizon())
    found = examples.base_slips
    departments = unmet = 0
    for example in examples:
        came = runner.run(example)
        coverage.note(example, came)
        differing = list(differences(edition.method, example, came))
        found.extend([*example.slips, *differing, *(example.refused if differing else ())])
        departments += len(example.cases)
        unmet += bool(differing or example.slips)
    left, criteria, spots = coverage.left(edition)
    unexpected = sum(each.code == "K606" for each in left)
    tried = Tried(
        edition.method.edition,
        len(examples),
        departments,
        unmet,
        criteria,
        unexpected,
        spots,
        len(left) - unexpected,
    )
    return [*found, *left], tried


def _shown(edition: Edition) -> str:
    """The path of the file that is not there, beside those that are."""
    method = edition.documents["method.yaml"].location.file
    return method.removesuffix("method.yaml") + EXAMPLES
