"""Explains departments of one run: sections of entries, the total that re-adds them, grade, rank, warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scoring.explain import standing
from scoring.explain.account import EntryAccount, Explanation, Section, StepAccount
from scoring.explain.changes import sum_of
from scoring.explain.entries import account
from scoring.explain.figures import points
from scoring.explain.formula import equation
from scoring.explain.ground import Ground, Json, points_of
from scoring.explain.rulebook import Rulebook, Wall
from scoring.explain.wording import Wording
from scoring.points import unplain

ROOT = "总分"


@dataclass(slots=True)
class Explainer:
    """One run, with its rules read once; explains one department after another."""

    wall: Wall
    wording: Wording
    rules: Rulebook = field(init=False)

    def __post_init__(self) -> None:
        self.rules = Rulebook(self.wall)

    def ground(self, code: str, seen: Json | None = None) -> Ground | None:
        """What the sentences about a scored department draw on; None for one that was not scored.

        `seen` is the part of the assessment that their reader may see; without it all of it is.
        """
        assessment = self.wall.assessment if seen is None else seen
        card = next((each for each in assessment["scorecards"] if each["department"] == code), None)
        department = next(each for each in assessment["departments"] if each["code"] == code)
        return None if card is None else Ground(assessment, department, card, self.rules, self.wording)

    def explain(self, code: str, indicator: str = "") -> Explanation:
        """Everything about a department, or what concerns one indicator or criterion of it."""
        ground = self.ground(code)
        if ground is None:
            return self._not_scored(code)
        wanted = self.below(indicator) if indicator else None
        entries = [each for each in ground.card["entries"] if wanted is None or each["criterion"] in wanted]
        sections = tuple(self._sections(ground, entries))
        total = sum_of(entries)
        card = ground.card
        whole = wanted is None
        line = ground.say(
            "frame.total" if whole else "frame.subtotal",
            name=ground.named(indicator) if indicator else "",
            count=len(entries),
            zeros=sum(each["points"] == "0" for each in entries),
            held=[ground.named(each) for each in card["held"]],
        )
        return Explanation(
            edition=ground.assessment["edition"],
            method={key: ground.assessment["method"][key] for key in ("title", "number", "status", "note", "year")},
            department=ground.department,
            indicator=indicator,
            headline=self._headline(ground),
            sections=sections,
            total=total,
            total_line=f"{line}{equation(total, total.value)}",
            printed=card["printed"],
            grade=card["grade"],
            grade_steps=standing.grade_steps(ground) if whole else (),
            rank_steps=standing.rank_steps(ground) if whole else (),
            warnings=standing.warnings(ground) if whole else (),
            consequences=standing.consequences(ground) if whole else (),
        )

    def accounts(self, code: str, seen: Json | None = None) -> tuple[EntryAccount, ...]:
        """The account of every entry of a department, in the order of the ledger."""
        ground = self.ground(code, seen)
        return () if ground is None else tuple(account(ground, each) for each in ground.card["entries"])

    def grades(self, code: str, seen: Json | None = None) -> tuple[StepAccount, ...]:
        """The steps on the way to the grade of a department, in order."""
        ground = self.ground(code, seen)
        return () if ground is None else standing.grade_steps(ground)

    def reasons(self, code: str) -> dict[str, list[str]]:
        """The reasons of each criterion, for the column 扣分原因 of a score sheet; roundings are none."""
        ground = self.ground(code)
        found: dict[str, list[str]] = {}
        for entry in ground.card["entries"] if ground is not None else ():
            if ground is not None and entry["kind"] != "rounding":
                found.setdefault(entry["criterion"], []).append(account(ground, entry).reason)
        return found

    def below(self, code: str) -> set[str]:
        """The codes of a node and of all below it."""
        found = {code}
        for node in self.wall.assessment["method"]["tree"]:
            if node["parent"] in found:
                found.add(node["code"])
        return found

    def _sections(self, ground: Ground, entries: list[Json]) -> Any:
        """Entries by indicator, in the order of the method; what changes the whole stands where the ledger has it."""
        order = {node["code"]: number for number, node in enumerate(ground.assessment["method"]["tree"])}
        runs: dict[tuple[int, int, str], list[Json]] = {}
        epoch, root_before = 0, False
        for entry in entries:
            root = entry["indicator"] == ROOT
            if root_before and not root:
                epoch += 1
            root_before = root
            place = (epoch, len(order) if root else order.get(entry["indicator"], 0), entry["indicator"])
            runs.setdefault(place, []).append(entry)
        for (_, _, indicator), listed in sorted(runs.items(), key=lambda each: each[0]):
            accounts: tuple[EntryAccount, ...] = tuple(account(ground, each) for each in listed)
            yield Section(ground.named(indicator), accounts, sum_of(listed))

    def _headline(self, ground: Ground) -> str:
        card = ground.card
        row = next(
            (
                (group, each)
                for group in ground.assessment["groups"]
                for each in group["standings"]
                if each["department"] == card["department"]
            ),
            None,
        )
        previous = row[1]["previous"] if row else None
        ranking = ground.assessment["method"]["ranking"]
        within_group = row is None or ranking is None or ranking["within_group"]
        selves = [unplain(each) for each in card["self_scores"].values()]
        return ground.say(
            "frame.headline",
            total=card["printed"] or "",
            held=[ground.named(each) for each in card["held"]],
            grade=card["grade"] or "",
            group=row[0]["name"] if row else ground.group_name(card["group"]),
            rank=row[1]["rank"] if row else "",
            ranked=len(row[0]["standings"]) if row else 0,
            everybody="" if within_group else sum(len(each["standings"]) for each in ground.assessment["groups"]),
            previous={"rank": previous["rank"], "total": points_of(previous["total"])} if previous else {},
            self_total=points(sum(selves)) if selves else "",
        )

    def _not_scored(self, code: str) -> Explanation:
        assessment = self.wall.assessment
        department = next(each for each in assessment["departments"] if each["code"] == code)
        empty = sum_of([])
        said = self.wording.fill("frame.not_assessed", reason=department["reason"] or "")
        method = {key: assessment["method"][key] for key in ("title", "number", "status", "note", "year")}
        return Explanation(
            assessment["edition"], method, department, "", said, (), empty, "", None, None, (), (), (), ()
        )
