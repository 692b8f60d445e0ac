"""What every check works on: the edition, where its rules stand, and how far everything reaches, group by group."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from scoring.check_method.places import Places
from scoring.check_method.scores import Scores
from scoring.check_method.silence import Silence
from scoring.check_method.situations import UNDECIDED
from scoring.finding import Findings
from scoring.method import Method, Node
from scoring.reading.edition import Edition

Problem = TypeVar("Problem", bound=Hashable)


@dataclass(slots=True)
class Ground:
    """One edition under examination."""

    edition: Edition
    places: Places = field(init=False)
    silence: Silence = field(init=False)
    groups: tuple[Scores, ...] = field(init=False)
    found: Findings = field(default_factory=Findings)
    unproven: set[tuple[str, str]] = field(default_factory=set)
    """Addresses of decisions that were not proven in full, each with why."""

    def __post_init__(self) -> None:
        self.places = Places(self.edition)
        self.silence = Silence(self.places)
        self.groups = tuple(Scores(self.method, number) for number in range(len(self.method.groups)))

    @property
    def method(self) -> Method:
        return self.edition.method

    def by_group(self, find: Callable[[Scores], Iterable[Problem]]) -> Iterator[tuple[Problem, str]]:
        """Problems with the names of the groups that have them; "" where all do."""
        having: dict[Problem, list[str]] = {}
        for scores in self.groups:
            for problem in find(scores):
                names = having.setdefault(problem, [])
                name = self.method.groups[scores.group].name
                if name not in names:
                    names.append(name)
        for problem, names in having.items():
            yield problem, "" if len(names) == len(self.groups) else "、".join(names)

    def in_every_group(self, find: Callable[[Scores], Iterable[tuple[Problem, bool]]]) -> Iterator[Problem]:
        """What is so (True) wherever it was looked at: a row for one group is dead in the others, and rightly."""
        so: dict[Problem, bool] = {}
        for scores in self.groups:
            for problem, holds in find(scores):
                so[problem] = so.get(problem, True) and holds
        return (problem for problem, holds in so.items() if holds)

    def say_unproven(self) -> None:
        """Name the rules that were too large to be proven in full."""
        for scores in self.groups:
            self.unproven |= scores.unproven | {(address, UNDECIDED) for address in scores.reach.undecided}
        for address, kind in sorted(self.unproven):
            self.found.add("K289", self.places.at(address), kind=kind)


def nodes_of(scores: Scores) -> Iterator[Node]:
    """The nodes that a group is assessed by, in the order of the method."""

    def visit(node: Node) -> Iterator[Node]:
        if node.within(scores.code):
            yield node
            for part in node.parts:
                yield from visit(part)

    yield from visit(scores.method.root)
    for node in scores.method.aside:
        yield from visit(node)
