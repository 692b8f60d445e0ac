"""Names the records of a list (清单) for a reader: by key, by the field that holds a name, and by amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scoring.explain.figures import shown
from scoring.explain.ground import LIST, MISSING, TEXT, Ground, Json, Quantity

NAMING = ("名称", "事项", "对象", "标题", "项目", "内容")
"""What the name of a naming field contains, the surest first."""
AMOUNT = "万元"


def source(ground: Ground, name: str) -> str:
    """The list that was handed in: a selection leads back to it."""
    seen = {name}
    while True:
        above = str(ground.rules.mapping(f"facts/{name}/records").get("in", ""))
        if not above or above in seen:
            return name
        seen.add(above)
        name = above


def rows(ground: Ground, name: str) -> dict[str, Json]:
    """The records of a list by key; none where it was not handed in."""
    listed = ground.card["lists"].get(source(ground, name)) or ()
    return {row["key"]: row for row in listed if isinstance(row, dict)}


def keys_of(ground: Ground, name: str) -> list[str]:
    """The keys of a list's records, or of those that a selection took."""
    return [row["key"] if isinstance(row, dict) else str(row) for row in ground.card["lists"].get(name) or ()]


def naming(ground: Ground, name: str) -> str:
    """The field whose text names a record, or ""."""
    declared = ground.declared(name)
    texts = [
        field
        for field, said in declared.get("fields", {}).items()
        if said["type"] == TEXT and field != declared.get("key")
    ]
    return next((field for word in NAMING for field in texts if word in field), "")


def amount(ground: Ground, name: str) -> str:
    """The field that holds a record's amount, where there is exactly one."""
    fields = ground.declared(name).get("fields", {})
    found = [field for field, said in fields.items() if said.get("unit") == AMOUNT]
    return found[0] if len(found) == 1 else ""


def label(ground: Ground, name: str, key: str) -> str:
    """A record as a reader knows it: "B13-001 城区道路改造（1200.00万元）"."""
    if (name, key) not in ground.labels:
        ground.labels[name, key] = _label(ground, name, key)
    return ground.labels[name, key]


def _label(ground: Ground, name: str, key: str) -> str:
    row = rows(ground, name).get(key, {})
    title = row.get(naming(ground, name), {}).get("value", "")
    money = row.get(amount(ground, name), {}).get("value", "")
    kind = ground.kind(amount(ground, name), source(ground, name))
    sized = f"（{shown(money, kind)}）" if money else ""
    return f"{key} {title}{sized}" if title else f"{key}{sized}"


def derivation(ground: Ground, name: str, key: str, fields: Iterable[str]) -> str:
    """How the derived ones of these fields of a record came about: their values, and the data they were made of."""
    home = source(ground, name)
    declared = ground.declared(home).get("fields", {})
    waiting, seen = [each for each in fields if declared.get(each, {}).get("derived")], dict.fromkeys("")
    if not waiting:
        return ""
    row = rows(ground, name).get(key, {})
    while waiting:
        field = waiting.pop(0)
        if field not in seen:
            seen[field] = None
            if declared[field]["derived"]:
                waiting += [
                    each for each in texts(ground.rules.said(f"facts/{home}/fields/{field}")) if each in declared
                ]
    told = [
        f"{field}{Quantity(field, row[field]['value'], ground.kind(field, home), ground.absent(field, home)).shown()}"
        for field in seen
        if isinstance(row.get(field), dict)
    ]
    return "，".join(told)


def texts(said: Any) -> Iterator[str]:
    """Every text in what a rule says: among them the names of the data it reads."""
    if isinstance(said, Mapping):
        for inner in said.values():
            yield from texts(inner)
    elif isinstance(said, list):
        for inner in said:
            yield from texts(inner)
    elif isinstance(said, str):
        yield said


def detailed(ground: Ground, name: str, keys: list[str], fields: Iterable[str]) -> list[str]:
    """Records by their labels, each with what its derived fields came from."""
    wanted = list(fields)
    told = [(label(ground, name, key), derivation(ground, name, key, wanted)) for key in keys]
    return [f"{named}（{why}）" if why else named for named, why in told]


def labels(ground: Ground, name: str, keys: list[str]) -> list[str]:
    return [label(ground, name, key) for key in keys]


def lacking(ground: Ground, names: Iterable[str]) -> Iterator[str]:
    """The given data without a value, in the words of whoever owed them: 未报送、未填写、未评审."""
    for name in names:
        listed = is_list(ground, name)
        if listed and ground.card["lists"].get(source(ground, name)) is not None:
            continue
        if listed or ground.value(name).text == MISSING:
            yield ground.say("data.lacking", name=name, absent=ground.absent(source(ground, name) if listed else name))


def is_list(ground: Ground, name: str) -> bool:
    return str(ground.declared(name).get("type")) == LIST
