"""Reads `standing`: limits, ranks, grades, quotas and consequences."""

from __future__ import annotations

from typing import Any

from scoring.condition import All, Decision, Test
from scoring.location import Mapping, Sequence
from scoring.method import (
    Consequence,
    GradeBand,
    GradeException,
    Limit,
    Quota,
    Ranking,
    Reading,
    Rounding,
    Standing,
    Warning_,
)
from scoring.operators.base import Literal
from scoring.points import Rational
from scoring.reading.conditions import RELATIONS, decision, tests
from scoring.reading.draft import Draft, Names, Reads, close
from scoring.reading.operands import HIGHEST_FIRST, constant, tie_breaks
from scoring.scope import Kind

OWN_GROUP = "本组"
AT = "method/standing"
RESULT = Literal(0, Kind(unit="分"))
"""Stands for the total or rank in the decisions of standing: the ranking stage hands in the value itself."""


def standing(draft: Draft, names: Names, said: Mapping) -> Standing:
    """The whole block; the grades named in quotas and limits must be on the scale."""
    grades, grade_decision = _grades(draft, said.get("grades"))
    scale = [band.grade for band in grades]
    graded = said.get("grades")
    return Standing(
        limits=_limits(draft, names, said.get("limits"), scale),
        leaves_out=_maybe(draft, names, said, "leaves_out"),
        ranking=_ranking(draft, names, said.get("rank")),
        grades_of=_reading(graded) if isinstance(graded, Mapping) else None,
        grades=grades,
        grade_decision=grade_decision,
        grade_exceptions=_grade_exceptions(draft, names, graded),
        quotas=_quotas(draft, said.get("quotas"), scale),
        consequences=_consequences(draft, names, said.get("consequences"), tuple(dict.fromkeys(scale))),
    )


def warnings(draft: Draft, names: Names, said: Any) -> tuple[Warning_, ...]:
    """Consistency warnings without points."""
    found = []
    for index, row in enumerate(_rows(said)):
        address = f"method/warnings/{index}"
        draft.warning = True
        asked = decision(draft, names, row.get("when"), row.value("when"), address)
        draft.warning = False
        found.append(
            Warning_(address, str(row.get("name", "")), str(row.get("level", "")), asked, draft.provision(row))
        )
    return tuple(found)


def _maybe(draft: Draft, names: Names, said: Mapping, key: str) -> Decision | None:
    if key not in said:
        return None
    return decision(draft, names, said[key], said.value(key), f"{AT}/{key}")


def _rows(said: Any) -> list[Mapping]:
    return [row for row in said if isinstance(row, Mapping)] if isinstance(said, Sequence) else []


def _reading(said: Mapping, key: str = "of") -> Reading:
    of = said.get(key)
    if isinstance(of, Mapping) and isinstance(of.get("rounded"), Mapping):
        inner = of["rounded"]
        return Reading(str(inner["of"]), Rounding(int(inner["decimals"]), str(inner["mode"])))
    return Reading(str(of))


def _limits(draft: Draft, names: Names, said: Any, scale: list[str]) -> tuple[Limit, ...]:
    found = []
    for index, row in enumerate(_rows(said)):
        address = f"{AT}/limits/{index}"
        asked = decision(draft, names, row.get("when"), row.value("when"), address)
        draft.place(address, row.location, (f"等次限定“{row.get('name', '')}”",))
        effects = [key for key in ("grade_at_most", "bars", "total") if key in row]
        if len(effects) != 1:
            draft.findings.add("K240", row.location, name=str(row.get("name", "")))
        for key in ("grade_at_most", "bars"):
            for grade in row[key] if isinstance(row.get(key), Sequence) else [row.get(key)]:
                _known_grade(draft, row, key, grade, scale)
        total = constant(draft, row["total"], row.value("total")) if "total" in row else None
        found.append(
            Limit(
                str(row.get("name", "")),
                address,
                asked,
                draft.provision(row),
                str(row.get("grade_at_most", "")),
                tuple(str(grade) for grade in row.get("bars", ())),
                total,
            )
        )
    return tuple(found)


def _known_grade(draft: Draft, row: Mapping, key: str, grade: Any, scale: list[str]) -> None:
    if grade is not None and grade not in scale:
        draft.findings.add("K241", row.value(key), grade=str(grade), suggestion=close(str(grade), scale))


def _ranking(draft: Draft, names: Names, said: Any) -> Ranking | None:
    if not isinstance(said, Mapping):
        return None
    draft.place(f"{AT}/rank", said.location)
    return Ranking(
        _reading(said),
        said.get("order") == HIGHEST_FIRST,
        said.get("within") == OWN_GROUP,
        str(said.get("ties", "")),
        tie_breaks(draft, names, said, f"{AT}/rank"),
    )


def _grades(draft: Draft, said: Any) -> tuple[tuple[GradeBand, ...], Decision | None]:
    if not isinstance(said, Mapping):
        return (), None
    reads = Reads()
    reads.index(RESULT)
    found: list[GradeBand] = []
    row_tests: list[Test] = []
    nowhere = Names({}, lambda name: None)
    for index, row in enumerate(_rows(said.get("bands"))):
        address = f"{AT}/grades/bands/{index}"
        draft.place(address, row.location, (f"等次“{row.get('grade', '')}”",))
        bounds: dict[str, Rational] = {}
        for key in ("at_least", "above", "at_most", "below"):
            if key in row:
                bounds[key] = constant(draft, row[key], row.value(key))
        row_tests.append(All(tuple(tests(draft, nowhere, reads, row, RESULT, address))))
        found.append(
            GradeBand(
                address,
                str(row.get("grade", "")),
                bounds.get("at_least"),
                bounds.get("below"),
                bounds.get("above"),
                bounds.get("at_most"),
                draft.provision(row),
            )
        )
    asked = Decision(f"{AT}/grades", tuple(reads.expressions), tuple(reads.kinds), tuple(row_tests), ordered=False)
    return tuple(found), asked


def _grade_exceptions(draft: Draft, names: Names, said: Any) -> tuple[GradeException, ...]:
    if not isinstance(said, Mapping):
        return ()
    found = []
    for index, row in enumerate(_rows(said.get("except"))):
        address = f"{AT}/grades/except/{index}"
        asked = decision(draft, names, row.get("when"), row.value("when"), address)
        found.append(GradeException(address, str(row.get("grade", "")), asked, draft.provision(row)))
    return tuple(found)


def _quotas(draft: Draft, said: Any, scale: list[str]) -> tuple[Quota, ...]:
    found = []
    for index, row in enumerate(_rows(said)):
        address = f"{AT}/quotas/{index}"
        draft.place(address, row.location, (f"“{row.get('grade', '')}”名额",))
        _known_grade(draft, row, "grade", row.get("grade"), scale)
        limit = row.get("at_most")
        share = constant(draft, limit, row.value("at_most")) if isinstance(limit, str) else None
        if share is not None and "count" not in row:
            draft.findings.add("K220", row.location, key="count")
        number = limit if isinstance(limit, int) and not isinstance(limit, bool) else None
        if share is None and number is None:
            draft.findings.add("K211", row.value("at_most"), text=str(limit))
        of = None if row.get("of") == "名次" else _reading(row)
        found.append(
            Quota(
                address,
                str(row.get("grade", "")),
                share,
                number,
                row.get("within") == OWN_GROUP,
                tuple(str(code) for code in row.get("groups", ())),
                str(row.get("count", "舍去")),
                of,
                str(row.get("tie_at_edge", "")),
                draft.provision(row),
            )
        )
    return tuple(found)


def _consequences(draft: Draft, names: Names, said: Any, scale: tuple[str, ...]) -> tuple[Consequence, ...]:
    found = []
    for index, row in enumerate(_rows(said)):
        address = f"{AT}/consequences/{index}"
        draft.place(address, row.location, (f"结果应用“{row.get('name', '')}”",))
        if "when" in row:
            asked = decision(draft, names, row["when"], row.value("when"), address)
            texts: tuple[str, ...] = (str(row.get("text", "")),)
        else:
            reads = Reads()
            result = Literal(0, Kind("选项", "", scale)) if row.get("of") == "等次" else RESULT
            reads.index(result)
            bands = _rows(row.get("bands"))
            row_tests = tuple(
                All(
                    tuple(
                        tests(
                            draft,
                            names,
                            reads,
                            _only_bounds(band),
                            result,
                            f"{address}/bands/{number}",
                        )
                    )
                )
                for number, band in enumerate(bands)
            )
            texts = tuple(str(band.get("text", "")) for band in bands)
            asked = Decision(address, tuple(reads.expressions), tuple(reads.kinds), row_tests, ordered=False)
        found.append(
            Consequence(
                address,
                str(row.get("name", "")),
                str(row.get("of", "")),
                asked,
                texts,
                tuple(str(code) for code in row.get("groups", ())),
                draft.provision(row),
            )
        )
    return tuple(found)


def _only_bounds(row: Mapping) -> Mapping:
    kept = Mapping(row.source, row.mark)
    for key in row:
        if key in RELATIONS or key in ("is", "one_of"):
            kept.take(key, row)
    return kept
