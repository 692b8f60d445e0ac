"""The sampling list (抽查建议): what an auditor would look at first, each with its reason and where it stands.

Nothing here is wrong by itself. What is listed is where a person rather than a rule decided, where little would have
changed a grade, and where the data do not go together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.explain.explainer import Explainer
from scoring.explain.figures import points
from scoring.explain.ground import Ground, Json
from scoring.explain.rulebook import Place
from scoring.explain.standing import mismatch
from scoring.points import Rational, exact, ratio, unplain
from scoring.views.consistency import NOT_APPLICABLE, apart, mismatches
from scoring.views.matters_of_score import SELF_GAP, self_scored

NEAR = ratio(1, 2)
"""So many points from the edge of a grade are near it."""
APPEAL, SELF_REPORT = "申诉改判", "自报"
TOLD_ALREADY = ("full_by_hand", "self_gap")
"""Mismatches that are listed as an override, or with all self-scores of a department."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to look at: of which department, why, in which words, under which rule."""

    department: str
    name: str
    group: str
    kind: str
    reason: str
    criterion: str
    rule: str
    place: Place

    def row(self) -> tuple[str, ...]:
        """The columns of the list."""
        where = f"{self.place.file}第{self.place.line}行" if self.place.line else self.place.file
        return (self.department, self.name, self.group, self.kind, self.reason, self.criterion, self.rule, where)

    def data(self) -> Json:
        return {
            "department": self.department,
            "name": self.name,
            "group": self.group,
            "kind": self.kind,
            "reason": self.reason,
            "criterion": self.criterion or None,
            "rule": self.rule,
            "file": self.place.file or None,
            "line": self.place.line or None,
        }


def sampling(told: Explainer) -> tuple[Pick, ...]:
    """The list: group by group, departments in the order of the roster, each in the order of its ledger."""
    assessment = told.wall.assessment
    groups = [each["code"] for each in assessment["method"]["groups"]]
    ordered = sorted(
        assessment["departments"], key=lambda each: (groups.index(each["group"]), each["order"], each["code"])
    )
    found: list[Pick] = []
    for department in ordered:
        ground = told.ground(department["code"])
        if ground is not None:
            found += [_pick(ground, *each) for look in LOOKS for each in look(ground)]
    return tuple(found)


Seen = tuple[str, str, str, dict[str, Any]]
"""The kind of a pick, its criterion, its rule, and what its words are given (or the sentence itself)."""


def _pick(ground: Ground, kind: str, criterion: str, rule: str, figures: dict[str, Any]) -> Pick:
    department = ground.department
    reason = figures.get("said") or ground.say(f"sampling.{kind}", name=ground.named(criterion), **figures)
    return Pick(
        department["code"],
        department["short"] or department["name"],
        ground.group_name(department["group"]),
        ground.say(f"sampling.kinds.{kind}"),
        reason,
        criterion,
        rule,
        ground.rules.place(rule) if rule != "decisions" else Place(""),
    )


def _entries(ground: Ground) -> Iterator[Seen]:
    """What people decided: points by hand, adjustments, a reviewer's number, exemptions."""
    for entry in ground.card["entries"]:
        basis, rule, code = entry["basis"], entry["basis"]["rule"], entry["criterion"]
        working, ruling = basis.get("working", {}), ground.ruling(basis.get("ruling", {}))
        if working.get("by") in ("override", "adjust"):
            change = points(unplain(entry["points"]))
            yield "by_hand", code, rule, {"ruling": ruling, "change": change, "rises": unplain(entry["points"]) > 0}
        elif working.get("by") == "review" and "points" in working:
            yield "reviewed", code, rule, {"points": points(unplain(working["points"]))}
        elif entry["kind"] == "exemption" and ruling:
            yield "exempt", code, rule, {"ruling": ruling, "treatment": basis["treatment"]}
        elif entry["kind"] == "exemption" and not basis.get("because"):
            claims = [each for each in basis.get("data", ()) if _claimed(ground, each)]
            if claims:
                yield "claimed", code, rule, {"claims": claims, "treatment": basis["treatment"]}


def _claimed(ground: Ground, name: str) -> bool:
    layers = ground.card["facts"].get(name, {}).get("layers", ())
    return bool(layers) and layers[-1]["layer"] == SELF_REPORT and layers[-1]["value"] == NOT_APPLICABLE


def _edges(ground: Ground) -> Iterator[Seen]:
    """A total close to the edge of a grade, on either side."""
    for step in ground.card["grade_steps"]:
        if step["step"] != "by_score":
            continue
        value = unplain(step["basis"]["value"])
        for band in ground.assessment["method"]["grades"]:
            for key in ("at_least", "above"):
                bound = band["bounds"].get(key)
                if bound is not None and apart(value, unplain(bound)) <= NEAR:
                    yield "near_edge", "", band["rule"], _edge(value, unplain(bound), band["grade"])


def _edge(value: Rational, bound: Rational, grade: str) -> dict[str, Any]:
    return {
        "value": points(value),
        "bound": points(bound),
        "grade": grade,
        "gap": points(exact(apart(value, bound))),
        "above": value >= bound,
    }


def _appeals(ground: Ground) -> Iterator[Seen]:
    """What an appeal changed of the data."""
    for name, fact in ground.card["facts"].items():
        layers = fact.get("layers", ())
        if len(layers) > 1 and layers[-1]["layer"] == APPEAL and layers[-1]["value"] != layers[-2]["value"]:
            kind = ground.kind(name)
            before, after = layers[-2]["value"], layers[-1]["value"]
            yield "appealed", "", f"facts/{name}", {"fact": name, "before": before, "after": after, "unit": kind.unit}


def _mismatched(ground: Ground) -> Iterator[Seen]:
    """What does not go together, in the words of the warning."""
    for each in mismatches(ground.assessment, ground.card):
        if each.kind not in TOLD_ALREADY:
            node = each.rule if ground.node(each.rule) else ""
            yield each.kind, node, each.rule, {"said": mismatch(ground, each, warns=False).sentence}


def _self_scores(ground: Ground) -> Iterator[Seen]:
    """Self-scores that are far from the scores altogether, with the criterion where they are farthest."""
    told, scored = self_scored(ground.card)
    if ground.card["self_scores"] and apart(told, scored) >= SELF_GAP:
        gaps = {
            code: apart(unplain(text), ground.own_points(code)) for code, text in ground.card["self_scores"].items()
        }
        code = max(gaps, key=lambda each: gaps[each])
        figures = {"told": points(told), "scored": points(scored), "gap": points(exact(apart(told, scored)))}
        yield "self_gap", code, code, {**figures, "most": points(exact(gaps[code])), "higher": told > scored}


LOOKS = (_entries, _edges, _self_scores, _appeals, _mismatched)
