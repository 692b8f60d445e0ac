"""What the names in the sentences stand for (数据口径): each fact with its source, its bounds, or how it is derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from scoring.condition import Decision
from scoring.method import COUNT, DATE, LIST, Fact, Method, Node
from scoring.official.measures import selection
from scoring.official.terms import Terms, unfolded
from scoring.operators.base import Named
from scoring.operators.lists import Select
from scoring.views.phrase import listed, quoted

SOURCES = {"部门": "部门报送", "财政": "财政部门掌握", "评审": "复核评审", "名册": "名册"}
DERIVED = "算出"
YEARS = {-1: "上一年度", 1: "下一年度"}


@dataclass(frozen=True, slots=True)
class Definition:
    """A fact, or a field of a list, in words."""

    name: str
    kind: str
    unit: str
    source: str
    text: str


def definitions(terms: Terms, names: Iterable[str] | None = None) -> tuple[Definition, ...]:
    """All facts of the method in its order, lists followed by their fields; or only those of these names."""
    wanted = None if names is None else set(names)
    found: list[Definition] = []
    for fact in terms.method.facts.values():
        if wanted is None or fact.name in wanted:
            found.append(_definition(fact, fact.name, terms))
            own = () if fact.selected is not None else fact.fields.values()  # those of a selection are its source's
            found += [
                _definition(each, f"{fact.name}·{each.name}", terms)
                for each in own
                if wanted is None or each.name in wanted
            ]
    return tuple(found)


def sources(names: Iterable[str], method: Method) -> str:
    """Who gives the data that a rule rests on: 部门报送、财政部门掌握."""
    facts = (method.facts[name] for name in names if name in method.facts)
    return listed(dict.fromkeys(SOURCES[fact.source] for fact in facts if fact.given and fact.source))


def names_below(node: Node, method: Method) -> tuple[str, ...]:
    """The facts and fields that a rule rests on, as they come, derived ones followed by what they rest on."""
    fields_ = {each.name: each for fact in method.facts.values() for each in fact.fields.values()}
    found: dict[str, None] = {}

    def follow(value: Any) -> None:
        for name in _names(value):
            fact = method.facts.get(name) or fields_.get(name)
            if fact is not None and name not in found:
                found[name] = None
                follow((fact.derived, fact.selected, fact.at_least, fact.at_most))

    follow(node)
    return tuple(found)


def _names(value: Any) -> Iterator[str]:
    """The names of facts and lists anywhere in a value of the method."""
    if isinstance(value, Named):
        yield value.name
    elif isinstance(value, Decision):
        yield from _names(value.reads)
    elif isinstance(value, tuple):
        for each in value:
            yield from _names(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            inner = getattr(value, each.name)
            if each.name in ("source", "proof_of"):
                yield from (inner,) if isinstance(inner, str) else inner
            else:
                yield from _names(inner)


def _definition(fact: Fact, name: str, terms: Terms) -> Definition:
    if fact.given:
        return Definition(name, fact.type, fact.unit, SOURCES.get(fact.source, ""), _sentences(_bounds(fact, terms)))
    if isinstance(fact.selected, Select):
        how, kind = selection(fact.selected, terms), LIST
    else:
        assert fact.derived is not None
        how, kind = terms.noun(fact.derived), DERIVED
    return Definition(name, kind, fact.unit, "", _sentences((how, unfolded(fact.note))))


def _bounds(fact: Fact, terms: Terms) -> Iterator[str]:
    """What a form may say of a given fact."""
    yield unfolded(fact.note)
    if fact.choices:
        yield f"选项为{quoted(fact.choices)}"
    if fact.type == LIST:
        yield f"每条记录以{fact.key}区分"
    least, most = ("自{}起", "至{}止") if fact.type == DATE else ("不低于{}", "不高于{}")
    ends = [(least, fact.at_least), (most, fact.at_most)]
    bounds = [word.format(terms.noun(end)) for word, end in ends if end is not None]
    if bounds:
        yield listed(bounds)
    if fact.decimals is not None:
        yield f"最多{fact.decimals}位小数" if fact.decimals else "整数"
    elif fact.type == COUNT:
        yield "非负整数"
    if fact.fiscal_year:
        yield f"所属财年为考核年度的{YEARS.get(fact.fiscal_year, f'第{fact.fiscal_year}年')}"
    if fact.same_as:
        yield f"应与上年度的{fact.same_as}一致"
    if fact.evidence == "必需":
        yield "须有佐证材料"
    if fact.may_be:
        yield f"可以填{quoted(fact.may_be)}"
    if fact.not_applicable_if:
        yield f"填{quoted(fact.not_applicable_if)}的视为不适用"


def _sentences(texts: Iterable[str]) -> str:
    """What there is to say, as sentences."""
    return "".join(f"{text.rstrip('。')}。" for text in texts if text)
