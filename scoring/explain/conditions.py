"""Says a condition of a rule in words: "应评估项目数1个以上，且新增为“是”"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scoring.explain.figures import constant
from scoring.explain.ground import DATE, MISSING, Ground, Quantity
from scoring.points import Rational, divide, parse, plain, unplain
from scoring.scope import Kind

SCORES = (("score_of", "分"), ("rate_of", "%"), ("self_score_of", "分"), ("self_excess_of", "分"))
"""What a condition may say of a node, with its unit."""

BOUNDS = ("at_least", "above", "at_most", "below", "equals", "from", "after", "by", "before")
"""The boundary keys, lower ends first."""


def words(ground: Ground, said: Any, of: Quantity | None = None, within: str = "") -> str:
    """The condition; boundaries alone speak of `of`, names are first those of the list `within`."""
    if not isinstance(said, Mapping):
        return ""
    for key in ("all", "any", "none"):
        if key in said:
            parts = [words(ground, each, of, within) for each in said[key]]
            return ground.say(f"conditions.{key}", parts=[_bracketed(each, key) for each in parts])
    if "group" in said:
        codes = said["group"] if isinstance(said["group"], list) else [said["group"]]
        return ground.say("conditions.group", names=[ground.group_name(str(code)) for code in codes])
    if "evidence_for" in said:
        return ground.say("conditions.evidence_for", name=said["evidence_for"], state=said.get("is", ""))
    name, kind = _left(ground, said, of, within)
    return name + bounds(ground, said, kind)


def _bracketed(part: str, key: str) -> str:
    return f"（{part}）" if key != "none" and "，" in part else part


def _left(ground: Ground, said: Mapping[str, Any], of: Quantity | None, within: str) -> tuple[str, Kind]:
    if "fact" in said:
        name = str(said["fact"])
        return name, ground.kind(name, within)
    for key, unit in SCORES:
        if key in said:
            return ground.say(f"data.{key}", name=ground.named(str(said[key]))), Kind(unit=unit)
    if isinstance(said.get("of"), Mapping):
        return ground.inline(said["of"]), Kind()
    if "of" in said:
        return str(said["of"]), ground.kind(str(said["of"]), within)
    return (of.name, of.kind) if of is not None else ("", Kind())


def bounds(ground: Ground, said: Mapping[str, Any], kind: Kind) -> str:
    """The boundaries and states of a mapping, without their subject: "超过5分、10分以下"."""
    parts = [_bound(ground, key, said[key], kind) for key in BOUNDS if key in said]
    for key in said:
        if key in ("is", "one_of"):
            states = said[key] if isinstance(said[key], list) else [said[key]]
            parts.append(ground.say("conditions.state", states=[str(each) for each in states]))
    return "、".join(parts)


def _bound(ground: Ground, key: str, said: Any, kind: Kind) -> str:
    fixed = not isinstance(said, str) or parse(said) is not None or (kind.type == DATE and said[:4].isdigit())
    way = "date" if kind.type == DATE else "number"
    if not fixed or isinstance(said, Mapping):
        return ground.say(f"conditions.other.{key}", bound=ground.operand(said, kind))
    return ground.say(f"conditions.{way}.{key}", bound=ground.operand(said, kind))


def names(said: Any) -> Iterator[tuple[str, str]]:
    """What a condition speaks of, in order: ("fact", name), ("score_of", code), ("rate_of", code)."""
    if isinstance(said, Mapping):
        for key in ("all", "any", "none"):
            for part in said.get(key, ()):
                yield from names(part)
        for key in ("fact", *(each for each, _ in SCORES)):
            if key in said:
                yield key, str(said[key])


def told(ground: Ground, said: list[Any]) -> list[Quantity]:
    """The values that these conditions speak of, each once."""
    found: dict[str, Quantity] = {}
    for condition in said:
        for key, name in names(condition):
            found.setdefault(f"{key} {name}", _told(ground, key, name))
    return list(found.values())


def _told(ground: Ground, key: str, name: str) -> Quantity:
    if key == "fact":
        return ground.value(name)
    if key in ("self_score_of", "self_excess_of"):
        return ground.quantity({key: name, "value": _self_scored(ground, name, key == "self_excess_of")})
    points, marks = str(ground.card["nodes"].get(name, {}).get("points", MISSING)), ground.marks(name)
    if key == "rate_of" and marks and points != MISSING:
        points = plain(divide(unplain(points), marks))
    return ground.quantity({key: name, "value": points})


def _self_scored(ground: Ground, code: str, excess: bool) -> str:
    """What the department gave itself for a node, or by how much that is above its score."""
    told = ground.self_score(code)
    if told is None:
        return MISSING
    return plain(told - ground.own_points(code) if excess else told)


def award(ground: Ground, said: Mapping[str, Any], marks: Rational | None) -> str:
    """What a row gives, in words: 得9分, 扣3分, 按比例计分."""
    for key in ("points", "deduct"):
        if key in said:
            value = parse(said[key]) if isinstance(said[key], str) else said[key]
            if value is None:
                return ground.say(f"conditions.award.{key}_from", name=ground.operand(said[key], Kind()))
            if isinstance(said[key], str) and said[key].endswith("%"):
                value = value * (marks or 0)
            return ground.say(f"conditions.award.{key}", points=constant(value, ""))
    found = next((key for key in ("review", "scale", "steps") if key in said), "")
    return ground.say(f"conditions.award.{found}") if found else ""
