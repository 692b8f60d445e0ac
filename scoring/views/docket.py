"""What matters to decide are found in (提请审定事项): the whole assessment, as the leaders may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.points import Rational, fixed
from scoring.views.office import Office
from scoring.views.phrase import listed
from scoring.views.roll import Member

Json = Mapping[str, Any]
Figures = dict[str, Any]


def apart(one: Rational, other: Rational) -> Rational:
    """How far two numbers are from each other."""
    return one - other if one > other else other - one


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its kind, the departments it concerns, and what there is to say of it."""

    kind: str
    departments: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Docket:
    """What the matters are found in: the whole assessment, its departments, and the settings of the office."""

    seen: Json
    roll: Sequence[Member]
    office: Office

    @property
    def method(self) -> Json:
        return dict(self.seen["method"])

    @property
    def decimals(self) -> int:
        return int(self.method["rounding"]["print"])

    def name(self, code: str) -> str:
        each = next(each for each in self.seen["departments"] if each["code"] == code)
        short = each["short"] or each["name"]
        return short if each["visibility"] == "named" else f"{short}（不列名）"

    def names(self, codes: Iterable[str]) -> str:
        return listed(map(self.name, codes))

    def node(self, code: str) -> str:
        return next((each["name"] for each in self.method["tree"] if each["code"] == code), code)

    def marks(self, points: Rational) -> str:
        return fixed(points, self.decimals)

    def provision(self, rows: Iterable[Json], rule: str) -> str:
        """The article and quote of a rule, as far as the method gives them."""
        return _article(next((each["provision"] for each in rows if each["rule"] == rule), None))

    def provisions(self, codes: Iterable[str]) -> str:
        """The articles and quotes behind indicators, by code, each once."""
        given = {each["code"]: each["provision"] for each in self.method["tree"]}
        return "；".join(dict.fromkeys(filter(None, (_article(given.get(code)) for code in codes))))

    def cards(self) -> Iterable[tuple[Member, Json]]:
        """Every scorecard with its department, in order of the roll."""
        by_code = {each["department"]: each for each in self.seen["scorecards"]}
        return ((each, by_code[each.code]) for each in self.roll)


def _article(provision: Json | None) -> str:
    if not provision:
        return ""
    return f"{provision['article']}：{provision['quote']}" if provision["quote"] else str(provision["article"])
