"""What every sentence about one department draws on: its card, the declarations of the data, the rules, the wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.explain.figures import POINTS, constant, date, number, points, shown
from scoring.explain.formula import Formula, term
from scoring.explain.rulebook import Rulebook
from scoring.explain.wording import Wording
from scoring.points import Rational, exact, parse, unplain
from scoring.scope import Kind

Json = dict[str, Any]
DATE, LIST, TEXT, GROUP = "日期", "清单", "文字", "分组"
MISSING, NOT_APPLICABLE = "未报", "不适用"
STATE = Kind("选项", "", ("",))
CARRIED = ("reweight", "rebase", "scale")
"""Stages in which a node gains what others leave."""
LATIN = re.compile(r"[A-Za-z0-9]\Z", re.ASCII)
"""The end of a name from which a figure must stand apart."""
JOINTS = {"sum": "+", "difference": "-", "product": "×", "ratio": "÷"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its name and what it means: "事前评估覆盖率" "0.75" as a rate."""

    name: str
    text: str
    kind: Kind
    absent: str = ""
    """In what words a missing value is missing: 未报送、未填写、未评审."""

    @property
    def number(self) -> Rational | None:
        return None if self.kind.choices else number(self.text)

    def shown(self, *beside: str) -> str:
        """The value as it follows its name in a sentence; a state in quotation marks: 为“是”."""
        if self.text == MISSING and self.absent:
            return self.absent
        if self.kind.choices and self.text not in (MISSING, NOT_APPLICABLE):
            return f"为“{self.text}”"
        found = shown(self.text, self.kind, beside)
        return f" {found}" if LATIN.search(self.name) and found[:1].isascii() else found


@dataclass(slots=True)
class Ground:
    """One department of one run, with everything that words and figures are looked up in."""

    assessment: Json
    department: Json
    card: Json
    rules: Rulebook
    wording: Wording
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    """What records are called, once it was put together."""

    @property
    def decimals(self) -> int:
        """How many decimals the method writes an entry with."""
        return int(self.assessment["method"]["entry_decimals"])

    def say(self, key: str, **values: Any) -> str:
        return self.wording.fill(key, **values)

    # names and declarations

    def declared(self, name: str, within: str = "") -> Json:
        """How the method declares a fact, or a field of the list `within`."""
        facts: Json = self.assessment["facts"]
        fields = facts.get(within, {}).get("fields", {})
        found: Json = fields.get(name) or facts.get(name) or {}
        return found

    def kind(self, name: str, within: str = "") -> Kind:
        said = self.declared(name, within)
        return Kind(said.get("type", "数"), said.get("unit", ""), tuple(said.get("choices", ())))

    def node(self, code: str) -> Json:
        found: Json = next((each for each in self.assessment["method"]["tree"] if each["code"] == code), {})
        return found

    def title(self, address: str) -> str:
        """The name of a node by address, coded or not."""
        name = str(self.rules.mapping(address).get("name", "")) or self.node(address).get("name", "")
        return name or str(self.node(self.rules.node_of(address)).get("name", address))

    def marks(self, address: str) -> Rational | None:
        """The marks of a node: as its rule says, for one with a code as the table of the method says."""
        said = self.node(address).get("marks")
        return unplain(said) if said is not None else self.rules.marks(address)

    # values

    def value(self, name: str) -> Quantity:
        """A fact of the department as it counts."""
        if name == GROUP and name not in self.card["facts"]:
            return Quantity(self.say("data.group"), self.group_name(self.card["group"]), STATE)
        said = self.card["facts"].get(name, {"value": MISSING})
        return Quantity(name, said["value"], self.kind(name), self.absent(name) if said["value"] == MISSING else "")

    def self_score(self, code: str) -> Rational | None:
        """What the department gave itself for a node: said for it, else for all of its parts."""
        said = self.card["self_scores"].get(code)
        if said is not None:
            return unplain(said)
        parts = [each["code"] for each in self.assessment["method"]["tree"] if each["parent"] == code]
        told = [self.self_score(each) for each in parts if each in self.card["nodes"]]
        return exact(sum(each for each in told if each is not None)) if told and None not in told else None

    def own_points(self, code: str) -> Rational:
        """The points of a node before it carries the marks of others and before conversion (分摊、折算)."""
        below = {code}
        for node in self.assessment["method"]["tree"]:
            if node["parent"] in below:
                below.add(node["code"])
        own = [each for each in self.card["entries"] if each["criterion"] in below and each["stage"] not in CARRIED]
        return exact(sum(unplain(each["exact"] or each["points"]) for each in own))

    def absent(self, name: str, within: str = "") -> str:
        """How a missing datum is spoken of: by whoever owed it."""
        said = self.declared(name, within)
        source = said.get("source") or self.declared(within).get("source", "")
        submitted = self.department["submitted"]
        return self.say("data.absent", source=source, derived=bool(said.get("derived")), submitted=submitted)

    def quantity(self, trace: Mapping[str, Any]) -> Quantity:
        """An operand as a working shows it."""
        text = str(trace.get("value", trace.get("literal", "")))
        if "fact" in trace:
            absent = self.absent(trace["fact"]) if text == MISSING else ""
            return Quantity(trace["fact"], text, self.kind(trace["fact"]), absent)
        if "score_of" in trace:
            return Quantity(self.say("data.score_of", name=self.named(trace["score_of"])), text, POINTS)
        if "rate_of" in trace:
            return Quantity(self.say("data.rate_of", name=self.named(trace["rate_of"])), text, Kind(unit="%"))
        for key in ("self_score_of", "self_excess_of"):
            if key in trace:
                return Quantity(self.say(f"data.{key}", name=self.named(trace[key])), text, POINTS)
        if "evidence_for" in trace:
            return Quantity(
                self.say("data.evidence_for", name=trace["evidence_for"]), text, Kind("选项", "", ("无", "有"))
            )
        if "group" in trace:
            return Quantity(self.say("data.group"), self.group_name(trace["group"]), STATE)
        if "operator" in trace:
            return Quantity(self.operation(trace), text, Kind(unit=self.unit(trace)))
        return Quantity("", text, Kind(unit=self.unit(trace)))

    def unit(self, trace: Mapping[str, Any]) -> str:
        """The unit of a working's value."""
        if "unit" in trace:
            return str(trace["unit"])
        if "fact" in trace:
            return self.kind(trace["fact"]).unit
        if "score_of" in trace or "rate_of" in trace:
            return "分" if "score_of" in trace else "%"
        return ""

    def operation(self, trace: Mapping[str, Any]) -> str:
        """An operator without a name of its own: what it computes, in a few words."""
        operator = trace["operator"]
        inputs = [self.quantity(each) for each in trace.get("inputs") or ()]
        names = [each.name or each.shown() for each in inputs]
        if operator in JOINTS and names:
            return JOINTS[operator].join(names)
        said = self.say(f"operators.{operator}.name", inputs=names, list=trace.get("in", ""), working=trace)
        return said or "、".join(names)

    def named(self, code: str) -> str:
        """A node as it is spoken of: code and name."""
        name = self.node(code).get("name") or str(self.rules.mapping(code).get("name", ""))
        return name if code == name or not name or code == "总分" else f"{code} {name}"

    def group_name(self, code: str) -> str:
        found = (each["name"] for each in self.assessment["method"]["groups"] if each["code"] == code)
        return next(found, code)

    def reads(self, traces: Iterable[Mapping[str, Any]]) -> list[Quantity]:
        """The values that a condition read."""
        return [self.quantity(each) for each in traces]

    def entry(self, id_: str) -> Json:
        found: Json = next(each for each in self.card["entries"] if each["id"] == id_)
        return found

    def ruling(self, said: Mapping[str, str]) -> str:
        """Who ruled, when, on what document, and why; "" where nobody did."""
        if not said:
            return ""
        words = {key: said.get(key, "") for key in ("by", "basis", "why")}
        layer = self.layer(said.get("layer", ""))
        return self.say("data.ruling", layer=layer, on=date(said.get("on", "")), **words)

    def layer(self, name: str) -> str:
        """A source of data as officers call it."""
        return self.say(f"data.layers.{name}") or name

    # figures of the rules

    def operand(self, said: Any, kind: Kind) -> str:
        """What a rule writes in place of a figure: a constant with its unit, a date, the name of a fact."""
        value = parse(said) if isinstance(said, str) else said
        if isinstance(value, bool) or value is None or isinstance(said, Mapping):
            return self.inline(said) if isinstance(said, Mapping) else date(str(said))
        return constant(value, kind.unit)

    def inline(self, said: Mapping[str, Any]) -> str:
        """An operator written in place, in words."""
        for key, inner in said.items():
            if key in ("score_of", "rate_of"):
                return self.say(f"data.{key}", name=self.named(str(inner)))
            names = [self.operand(each, Kind()) for each in inner] if isinstance(inner, list) else []
            if key in JOINTS and names:
                return JOINTS[key].join(names)
            text = self.say(f"operators.{key}.name", inputs=names, list="", working=inner)
            if text:
                return text
        return "、".join(said)


def points_of(text: str) -> str:
    """Points of assessment.json as they are printed."""
    return points(unplain(text))


def term_of(quantity: Quantity) -> Formula | None:
    """A quantity as a figure of a calculation."""
    return None if quantity.number is None else term(quantity.number, quantity.kind.unit)
