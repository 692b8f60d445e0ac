"""Changes the numbers of an edition one by one and asks who notices: an example, or the check of the method (改动).

A rule whose number can be changed without any example noticing is a rule that no example pins down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Files
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from scoring.app.worked.compare import differences
from scoring.app.worked.numbers import Number, neighbours, numbers, same, unmoving
from scoring.app.worked.run import Runner
from scoring.check_method import check_method
from scoring.finding import ADVICE, ERROR, Finding, finding
from scoring.reading.edition import EXAMPLES, FACTS, METHOD, Edition, read_edition
from scoring.reading.examples import Example, Examples

BY_EXAMPLE, BY_CHECK, BY_NOBODY = "example", "check", ""
CHUNK = 8
_BARE_RATE = "K214"

Kept = tuple[tuple[str, bytes], ...]
Progress = Callable[[Iterable[str], int], Iterable[str]]


class Change(NamedTuple):
    """One number, and what stands in its place."""

    number: Number
    instead: str


class Left(NamedTuple):
    """A number that was not changed, or not to `instead`, and why."""

    number: Number
    instead: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trials:
    """What came of changing every number: `tried` changes, who noticed how many, and the numbers left alone and why."""

    numbers: int
    tried: int
    by_example: int
    by_check: int
    unnoticed: tuple[Finding, ...]
    left: tuple[Left, ...]


@dataclass(slots=True)
class Bench:
    """An edition on which changes are tried: its files, its examples, and which example noticed last."""

    files: dict[str, bytes]
    schemas: Path
    edition: Edition = field(init=False)
    examples: list[Example] = field(init=False)
    words: list[set[str]] = field(init=False)
    order: list[int] = field(init=False)
    sound: set[tuple[str, tuple[tuple[str, str], ...]]] = field(init=False)

    def __post_init__(self) -> None:
        edition, _ = read_edition(self.files, self.schemas)
        assert edition is not None
        self.edition = edition
        self.examples = list(self.read(edition))
        self.words = [_words(each) for each in self.examples]
        self.order = list(range(len(self.examples)))
        self.sound = {(each.code, each.params) for each in check_method(edition)}

    def read(self, edition: Edition) -> Examples:
        """The examples as this edition understands them."""
        return Examples(self.edition.documents[EXAMPLES], edition.method, Runner(edition).horizon())

    def noticed(self, change: Change) -> str:
        """Who notices the change."""
        number, instead = change
        changed = {path: raw for path, raw in self.files.items() if path != EXAMPLES}
        changed[number.path] = number.replaced(self.files[number.path], instead)
        edition, found = read_edition(changed, self.schemas)
        if any(each.code == _BARE_RATE for each in found) and not instead.endswith("%"):
            return self.noticed(Change(number, instead + "%"))
        if edition is None or any(each.severity == ERROR for each in found):
            return BY_CHECK
        about = _subjects(number, self.edition)
        near = [index for index in self.order if self.words[index] & about]
        far = [index for index in self.order if not self.words[index] & about]
        again = self.read(edition) if number.path in (FACTS, METHOD) else None
        # The check is quicker than many examples, so only those that speak of the rule come before it. Scoring relies
        # on what it proves: a method that it refuses may stumble over an example.
        try:
            if self.by_example(near, edition, again):
                return BY_EXAMPLE
        except Exception:
            if self.refused(edition):
                return BY_CHECK
            raise
        if self.refused(edition):
            return BY_CHECK
        return BY_EXAMPLE if self.by_example(far, edition, again) else BY_NOBODY

    def by_example(self, indexes: list[int], edition: Edition, again: Examples | None) -> bool:
        """Whether one of these examples comes to something else; it will be asked early the next time.

        `again` are the examples as the changed edition reads them, where the change can matter to that.
        """
        runner = Runner(edition)
        for index in indexes:
            example = self.examples[index] if again is None else again.read(index)
            if example.slips or any(differences(edition.method, example, runner.run(example))):
                self.order.remove(index)
                self.order.insert(0, index)
                return True
        return False

    def refused(self, edition: Edition) -> bool:
        """Whether the check of the method says something that it did not say of the edition itself."""
        return any(
            each.severity != ADVICE and (each.code, each.params) not in self.sound for each in check_method(edition)
        )


def mutate(
    files: Files[str, bytes], schemas: Path, edition: Edition, progress: Progress | None = None, workers: int = 2
) -> Trials:
    """Try every change of every number that can move something. `edition` is what the files were read as."""
    left: list[Left] = []
    changes: list[Change] = []
    for number in numbers(edition.documents):
        reason = unmoving(number, edition.documents)
        if reason:
            left.append(Left(number, "", reason))
            continue
        for instead in neighbours(number.text):
            reason = same(number, instead, edition.documents)
            if reason:
                left.append(Left(number, instead, reason))
            else:
                changes.append(Change(number, instead))
    kept = tuple(sorted(files.items()))
    heard = _heard(kept, schemas, changes, workers)
    noticed = list(progress(heard, len(changes)) if progress is not None else heard)
    nobody: dict[Number, list[str]] = {}
    for change, by in zip(changes, noticed, strict=True):
        if by == BY_NOBODY:
            nobody.setdefault(change.number, []).append(change.instead)
    return Trials(
        numbers=len({change.number for change in changes}),
        tried=len(changes),
        by_example=noticed.count(BY_EXAMPLE),
        by_check=noticed.count(BY_CHECK),
        unnoticed=tuple(
            finding("K608", number.place, text=number.text, instead="、".join(instead))
            for number, instead in nobody.items()
        ),
        left=tuple(left),
    )


def _heard(files: Kept, schemas: Path, changes: list[Change], workers: int) -> Iterator[str]:
    """Who noticed each change, in the order of the changes; by several processes where there is enough to do."""
    parts = [changes[at : at + CHUNK] for at in range(0, len(changes), CHUNK)]
    if workers < 2 or len(parts) < 2:
        for part in parts:
            yield from tried(files, schemas, part)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for found in pool.map(tried, [files] * len(parts), [schemas] * len(parts), parts):
            yield from found


def tried(files: Kept, schemas: Path, changes: list[Change]) -> list[str]:
    """Who noticed each of these changes. A process lays the edition out once."""
    bench = _bench(files, schemas)
    return [bench.noticed(change) for change in changes]


@lru_cache(maxsize=1)
def _bench(files: Kept, schemas: Path) -> Bench:
    return Bench(dict(files), schemas)


def _words(example: Example) -> set[str]:
    """The codes, facts and other subjects that an example's expectations speak of."""
    found: set[str] = set()
    for case in example.cases:
        found.update(case.expected)
        for key in ("points", "facts"):
            for name in case.expected.get(key) or ():
                found.update(name.split("/"))
    return found


def _subjects(number: Number, edition: Edition) -> set[str]:
    """What a number is about: the codes of the nodes around it, the fact it belongs to, grade or rank."""
    found = {str(key) for key in number.keys} & (set(edition.method.facts) | {"rank"})
    if "grades" in number.keys or "quotas" in number.keys or "limits" in number.keys:
        found.add("grade")
    here: object = edition.documents[number.path]
    for key in number.keys:
        here = here[key]  # type: ignore[index]
        code = here.get("code") if isinstance(here, dict) else None
        if isinstance(code, str):
            found = {code, *(found - edition.method.facts.keys())}
    return found
