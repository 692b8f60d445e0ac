"""Says why a grade and a rank are what they are; both move no points and have steps of their own (等次、名次、提示)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from scoring.explain import conditions
from scoring.explain.account import StepAccount
from scoring.explain.entries import stands_on
from scoring.explain.figures import POINTS, constant, date, points, shown
from scoring.explain.formula import equation, term
from scoring.explain.ground import Ground, Json
from scoring.points import Rational, unplain
from scoring.views.consistency import Mismatch, apart, mismatches

SCORE = "总分"


def grade_steps(ground: Ground) -> tuple[StepAccount, ...]:
    """Each step on the way to the grade."""
    return tuple(_grade_step(ground, each) for each in ground.card["grade_steps"])


def _grade_step(ground: Ground, step: Json) -> StepAccount:
    basis, key = step["basis"], step["step"]
    values, calculation = GRADE_STEPS[key](ground, basis)
    stands = stands_on(ground, basis["rule"], ruling=basis.get("ruling", {}))
    values |= {
        "grade": step["grade"],
        "before": basis.get("from") or "",
        "total": _printed(ground),
        "article": stands.article.article,
        "title": stands.article.document,
    }
    return StepAccount(key, step["grade"], ground.say(f"grade_steps.{key}", **values), calculation, stands)


Said = tuple[dict[str, Any], str]


def _by_score(ground: Ground, basis: Json) -> Said:
    bounds = {key: unplain(text) for key, text in basis["bounds"].items()}
    value = shown(basis["value"], POINTS, basis["bounds"].values())
    return {**_reading(basis["reads"]), "value": value, "bounds": conditions.bounds(ground, bounds, POINTS)}, ""


def _exception(ground: Ground, basis: Json) -> Said:
    said = ground.rules.mapping(basis["rule"]).get("when")
    read = ground.reads(basis["because"]) if "because" in basis else conditions.told(ground, [said])
    return {"condition": conditions.words(ground, said), "because": _pairs(read)}, ""


def _limit(ground: Ground, basis: Json) -> Said:
    limit = next(each for each in ground.assessment["method"]["limits"] if each["rule"] == basis["rule"])
    return {
        "name": limit["name"],
        "because": _pairs(ground.reads(basis["because"])),
        "bars": limit["bars"],
        "grade_at_most": limit["grade_at_most"] or "",
    }, ""


def _quota(ground: Ground, basis: Json) -> Said:
    quota = next(each for each in ground.assessment["method"]["quotas"] if each["rule"] == basis["rule"])
    said = ground.rules.mapping(basis["rule"])
    calculation = ""
    if quota["share"] is not None:
        whole = term(basis["base"], "").times(term(unplain(quota["share"]), "%"))
        calculation = equation(whole, whole.value, "")
    return {
        "rank": basis["rank"] or "",
        "base": basis["base"],
        "places": basis["places"],
        "candidates": basis["candidates"],
        "tied": basis["tied_at_edge"],
        "tie_rule": quota["tie_at_edge"],
        "share": constant(unplain(quota["share"]), "%") if quota["share"] is not None else "",
        "count": quota["count"],
        "of": str(said.get("of", "")) if isinstance(said.get("of"), str) else SCORE,
        "within_group": quota["within_group"],
    }, calculation


def _decision(ground: Ground, basis: Json) -> Said:
    return {"ruling": ground.ruling(basis["ruling"])}, ""


GRADE_STEPS: dict[str, Callable[[Ground, Json], Said]] = {
    "by_score": _by_score,
    "exception": _exception,
    "limit": _limit,
    "quota": _quota,
    "decision": _decision,
}
"""How each step of a grade is explained, by its name."""


def rank_steps(ground: Ground) -> tuple[StepAccount, ...]:
    """The value that was ranked by and each tie-break that was needed; for who stands outside, why."""
    code = ground.department["code"]
    for group in ground.assessment["groups"]:
        for row in group["standings"]:
            if row["department"] == code and row["rank_steps"]:
                return tuple(_rank_steps(ground, group, row))
        for row in group["unranked"]:
            if row["department"] == code:
                said = ground.say(f"rank_steps.{row['reason']}", text=row["text"])
                rule = "method/standing/leaves_out" if row["reason"] == "left_out" else "method/standing/rank"
                return (StepAccount(row["reason"], "", said, "", stands_on(ground, rule)),)
    return ()


def _rank_steps(ground: Ground, group: Json, row: Json) -> Iterable[StepAccount]:
    ranking = ground.assessment["method"]["ranking"]
    pool = [
        each
        for other in ground.assessment["groups"]
        if other["code"] == group["code"] or not ranking["within_group"]
        for each in other["standings"]
    ]
    rivals = [each for each in pool if each is not row]
    for number, step in enumerate(row["rank_steps"]):
        said = ground.rules.mapping(step["rule"])
        tied = [each for each in rivals if _value(each, number) == step["value"]]
        common = {
            "order": str(said.get("order", "")),
            "ties": ranking["ties"],
            "within_group": ranking["within_group"],
            "group": group["name"],
            "base": len(pool),
            "rank": row["rank"],
            "last": number == len(row["rank_steps"]) - 1,
            "tied": [_name(ground, each["department"]) for each in tied],
        }
        if number == 0:
            beside = _nearest(group, row) if ranking["within_group"] else [_value(each, 0) for each in rivals]
            text = shown(step["value"], POINTS, beside)
            sentence = ground.say("rank_steps.by_value", **_reading(step["reads"]), value=text, **common)
        else:
            quantity = ground.quantity({**step["reads"], "value": step["value"]})
            told = [
                {
                    "name": _name(ground, each["department"]),
                    "value": ground.quantity({**step["reads"], "value": _value(each, number)}).shown(step["value"]),
                }
                for each in rivals
                if _value(each, number)
            ]
            others = [_value(each, number) for each in rivals]
            sentence = ground.say(
                "rank_steps.tie_break", name=quantity.name, value=quantity.shown(*others), rivals=told, **common
            )
        yield StepAccount(
            "by_value" if number == 0 else "tie_break", str(row["rank"]), sentence, "", stands_on(ground, step["rule"])
        )
        rivals = tied


def _nearest(group: Json, row: Json) -> list[str]:
    """The next other values above and below in the order of the group: a figure that can be told from these can be
    told from all."""
    standings, value = group["standings"], _value(row, 0)
    here = standings.index(row)
    above = next((each for each in reversed(standings[:here]) if _value(each, 0) != value), None)
    below = next((each for each in standings[here + 1 :] if _value(each, 0) != value), None)
    return [_value(each, 0) for each in (above, below) if each is not None]


def _value(row: Json, number: int) -> str:
    """The value of a rank step of a department; "" where it came to none."""
    steps = row["rank_steps"]
    return str(steps[number]["value"]) if number < len(steps) else ""


def warnings(ground: Ground) -> tuple[StepAccount, ...]:
    """Consistency warnings, which move no points."""
    names = {each["rule"]: each["name"] for each in ground.assessment["method"]["warnings"]}
    found = []
    for each in ground.card["warnings"]:
        said = ground.rules.mapping(each["warning"]).get("when")
        sentence = ground.say(
            "grade_steps.warning",
            name=names[each["warning"]],
            level=each["level"],
            because=_pairs(conditions.told(ground, [said])),
        )
        found.append(StepAccount("warning", each["level"], sentence, "", stands_on(ground, each["warning"])))
    return (*found, *(mismatch(ground, each) for each in mismatches(ground.assessment, ground.card)))


def mismatch(ground: Ground, found: Mismatch, warns: bool = True) -> StepAccount:
    """A warning that needs no rule of the method; as a mere observation (`warns` false) without its colour."""
    figures = {key: _figure(each) for key, each in found.figures.items()}
    gap = points(apart(found.figures["told"], found.figures["scored"])) if found.kind == "self_gap" else ""
    figures |= {"level": found.level if warns else "", "gap": gap, "rule": ground.named(found.rule)}
    sentence = ground.say(f"consistency.{found.kind}", **figures)
    return StepAccount("mismatch", found.level, sentence, "", stands_on(ground, found.rule))


def _figure(value: Any) -> Any:
    """A figure of a mismatch as a sentence says it."""
    if isinstance(value, str):
        return date(value)
    whole = isinstance(value, bool) or not isinstance(value, Rational)
    return value if whole else points(value)


def consequences(ground: Ground) -> tuple[StepAccount, ...]:
    """What follows from the result."""
    found = []
    for each in ground.card["consequences"]:
        name = str(ground.rules.mapping(each["rule"]).get("name", ""))
        sentence = ground.say("grade_steps.consequence", name=name, text=each["text"])
        found.append(StepAccount("consequence", "", sentence, "", stands_on(ground, each["rule"])))
    return tuple(found)


def _reading(reads: Json) -> dict[str, Any]:
    rounded = reads.get("rounded", {})
    return {"of": reads["of"], "decimals": rounded.get("decimals", ""), "mode": rounded.get("mode", "")}


def _printed(ground: Ground) -> str:
    return str(ground.card["printed"] or "")


def _pairs(quantities: Iterable[Any]) -> list[dict[str, str]]:
    return [{"name": each.name, "value": each.shown()} for each in quantities]


def _name(ground: Ground, code: str) -> str:
    row = next(each for each in ground.assessment["departments"] if each["code"] == code)
    return str(row["short"] or row["name"])
