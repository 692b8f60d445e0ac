"""The data an entry rests on: their layers, their evidence, how derived values came about (数据来源、计算过程)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.explain.conditions import words
from scoring.explain.figures import date, given
from scoring.explain.formula import worked
from scoring.explain.ground import LIST, MISSING, Ground, Json
from scoring.explain.records import is_list, keys_of, label, lacking, source
from scoring.explain.selectors import MECHANISMS
from scoring.explain.telling import Asked
from scoring.explain.workings import formula, values


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source said of a datum: its value as printed and as it is, who, when, why, and on what proof."""

    layer: str
    title: str
    value: str
    exact: str = ""
    by: str = ""
    on: str = ""
    why: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """A datum of the entry: its value as it counts, and every layer, low to high."""

    name: str
    value: str
    exact: str = ""
    layers: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How one derived value came about: in words, and as a calculation where there is one."""

    name: str
    text: str
    equation: str = ""


def used(ground: Ground, names: Iterable[str]) -> tuple[Used, ...]:
    """The given data of these names, lists by what their records said."""
    found: list[Used] = []
    for name in names:
        if is_list(ground, name):
            found.extend(_listed(ground, name))
        else:
            said = ground.card["facts"].get(name, {"value": MISSING})
            found.append(_plain(ground, name, said, name))
    return tuple(found)


def _plain(ground: Ground, name: str, said: Json, title: str, within: str = "") -> Used:
    kind = ground.kind(name, within)
    layers = tuple(
        Layer(
            each["layer"],
            ground.layer(each["layer"]),
            given(each["value"], kind),
            each["value"],
            each.get("by", ""),
            date(each.get("on", "")),
            each.get("why", ""),
            evidence(ground, each.get("evidence", ())),
        )
        for each in said.get("layers", ())
    )
    value = ground.absent(name, within) if said["value"] == MISSING else given(said["value"], kind)
    return Used(title, value, said["value"], layers)


def _listed(ground: Ground, name: str) -> Iterator[Used]:
    """A list as a whole, then each of its data on which layers spoke more than once."""
    listed = ground.card["lists"].get(source(ground, name))
    if listed is None:
        yield Used(name, ground.absent(source(ground, name)))
        return
    fields = ground.declared(source(ground, name)).get("fields", {})
    whole: dict[tuple[str, str, str, str], None] = {}
    proofs: dict[str, None] = {}
    contested: list[Used] = []
    for row in listed:
        proofs.update(dict.fromkeys(row.get("evidence", ())))
        for field in fields:
            layers = row.get(field, {}).get("layers", ())
            for each in layers:
                whole[each["layer"], each.get("by", ""), each.get("on", ""), each.get("why", "")] = None
                proofs.update(dict.fromkeys(each.get("evidence", ())))
            if len(layers) > 1:
                title = f"{label(ground, name, row['key'])} {field}"
                contested.append(_plain(ground, field, row[field], title, source(ground, name)))
    several = len(whole) > 1 and contested
    said = [
        Layer(layer, ground.layer(layer), "", "", by, date(on), "" if several else why) for layer, by, on, why in whole
    ]
    unique = {(each.layer, each.by, each.on, each.why): each for each in said}
    count = ground.say("data.records", count=len(listed))
    layers = tuple(unique.values())
    if proofs:
        layers = (*layers, Layer("", "", "", evidence=evidence(ground, proofs)))
    yield Used(name, count, layers=layers)
    yield from contested


def evidence(ground: Ground, ids: Iterable[str]) -> tuple[str, ...]:
    """Pieces of evidence by title, number and date."""
    found = []
    for id_ in ids:
        said = ground.card["evidence"].get(id_, {})
        words = {key: said.get(key, "") for key in ("title", "number")}
        found.append(ground.say("data.evidence", id=id_, date=date(said.get("date", "")), **words))
    return tuple(found)


def disputes(ground: Ground, names: Iterable[str]) -> str:
    """Where the layers of a datum differ, what each said and which counts."""
    found = []
    for each in used(ground, (name for name in names if not is_list(ground, name))):
        if len({layer.value for layer in each.layers}) > 1:
            said = [{"layer": layer.title, "value": _quoted(ground, each.name, layer.value)} for layer in each.layers]
            value = _quoted(ground, each.name, each.value)
            found.append(ground.say("data.dispute", name=each.name, layers=said, value=value))
    return "".join(found)


def _quoted(ground: Ground, name: str, value: str) -> str:
    return f"“{value}”" if ground.kind(name).choices else value


def steps(ground: Ground, names: Iterable[str]) -> tuple[Step, ...]:
    """How the derived data of these names came about, and those they rest on, each once."""
    found: dict[str, Step] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in found or not ground.declared(name).get("derived"):
            continue
        if ground.declared(name).get("type") == LIST:
            found[name] = _selection(ground, name)
            waiting.append(str(ground.rules.mapping(f"facts/{name}/records").get("in", "")))
            continue
        working = ground.card["facts"].get(name, {}).get("working", {})
        if working:
            found[name] = _step(ground, name, working)
            waiting += list(named(working))
    return tuple(found.values())


def named(working: Any) -> Iterator[str]:
    """The facts and lists that a working names."""
    if isinstance(working, Mapping):
        for key in ("fact", "in"):
            if isinstance(working.get(key), str):
                yield working[key]
        for inner in working.values():
            yield from named(inner)
    elif isinstance(working, list):
        for inner in working:
            yield from named(inner)


def _step(ground: Ground, name: str, working: Json) -> Step:
    value = ground.value(name)
    if "operator" not in working:
        source = ground.quantity(working).name
        return Step(name, ground.say("operators.reference.text", name=name, value=value.shown(), source=source))
    if value.text == MISSING:
        owed = list(lacking(ground, [each for each in named(working) if not ground.declared(each).get("derived")]))
        return Step(name, ground.say("operators.missing.text", name=name, lacking=owed))
    operator = working["operator"]
    if operator == "scored":
        return _scored(ground, name, working["award"])
    made = formula(ground, name, working)
    said = ""
    if made is not None and made.value == value.number:
        said = worked(made, value.kind.unit)
    told = values(ground, name, working)
    return Step(name, ground.say(f"operators.{operator}.text", **told), said)


def _scored(ground: Ground, name: str, award: Json) -> Step:
    """A fact that is a score: told like the award of a criterion."""
    value = ground.value(name)
    complete = "points" in award or "row" in award or "deducted" in award
    if value.number is None or not complete:
        return Step(name, ground.say("operators.scored.text", name=name, value=value.shown(), fact="", standard=""))
    of = str(ground.rules.mapping(f"facts/{name}").get("of", ""))
    measured = ground.value(of)
    measure = {"fact": of, "value": measured.text} if of else {}
    told = MECHANISMS[str(award["by"])](Asked(ground, f"facts/{name}", measure, None, {}), award)
    text = ground.say("operators.scored.text", name=name, value=value.shown(), fact=told.fact, standard=told.standard)
    plainly = told.formula.value == value.number
    return Step(name, text, worked(told.formula, value.kind.unit) if plainly else "")


def _selection(ground: Ground, name: str) -> Step:
    """取记录: which records of another list stand in this one."""
    said = ground.rules.mapping(f"facts/{name}/records")
    above = str(said.get("in", ""))
    taken = ground.card["lists"].get(name)
    keys = [] if taken is None else [str(key) for key in taken]
    distinct = said.get("distinct")
    text = ground.say(
        "operators.records.text",
        name=name,
        list=above,
        where=words(ground, said.get("where"), None, source(ground, name)),
        distinct=str(distinct.get("by", "")) if isinstance(distinct, Mapping) else "",
        taken=[label(ground, name, key) for key in keys],
        not_taken=[label(ground, name, key) for key in keys_of(ground, above) if key not in keys],
        missing=taken is None,
    )
    return Step(name, text)
