"""Names the records of a list (清单) for a reader: by key, by the field that holds a name, and by amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.explain.figures import shown
from scoring.explain.ground import LIST, MISSING, TEXT, Ground, Json

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
    row = rows(ground, name).get(key, {})
    title = row.get(naming(ground, name), {}).get("value", "")
    money = row.get(amount(ground, name), {}).get("value", "")
    kind = ground.kind(amount(ground, name), source(ground, name))
    sized = f"（{shown(money, kind)}）" if money else ""
    return f"{key} {title}{sized}" if title else f"{key}{sized}"


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
