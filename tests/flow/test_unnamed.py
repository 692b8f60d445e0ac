"""What nobody may see changes nothing for the others."""

from __future__ import annotations

import random
from typing import Any

from scoring.app.assess import Bundle
from tests.flow import district


def named_only(data: dict[str, Any]) -> dict[str, Any]:
    """The part of the result that concerns named departments."""
    hidden = {each["code"] for each in data["departments"] if each["visibility"] == "unnamed"}
    return {
        "scorecards": [card for card in data["scorecards"] if card["department"] not in hidden],
        "groups": [
            {**group, "unranked": [row for row in group["unranked"] if row["department"] not in hidden]}
            for group in data["groups"]
        ],
        "departments": [each for each in data["departments"] if each["code"] not in hidden],
    }


def unnamed_codes(data: dict[str, Any]) -> list[str]:
    return [each["code"] for each in data["departments"] if each["visibility"] == "unnamed"]


def without_departments(made: Bundle, codes: list[str]) -> Bundle:
    """The bundle whose roster and forms never had these departments."""

    def drop(tree: Any) -> None:
        for key, value in tree.value:
            if key.value == "departments" and value.id == "sequence":
                value.value = [each for each in value.value if code_of(each) not in codes]
            elif key.value == "departments":
                value.value = [(name, each) for name, each in value.value if name.value not in codes]
            elif key.value == "decisions":
                value.value = [each for each in value.value if code_of(each, "department") not in codes]

    def code_of(node: Any, key: str = "code") -> str:
        return next(str(value.value) for name, value in node.value if name.value == key)

    forms = {}
    for path, raw in made.forms.items():
        if any(path == f"submissions/{code}.yaml" for code in codes):
            continue
        if path.endswith(".csv"):
            lines = raw.decode("utf-8-sig").splitlines()
            raw = "\n".join(line for line in lines if line.split(",")[0] not in codes).encode()
        elif path.endswith(".yaml"):
            raw = district.rewrite(raw, drop)
        forms[path] = raw
    return Bundle(made.edition, made.rules, forms, made.evidence, made.previous)


def test_removing_unnamed_departments_changes_nothing_for_named_ones() -> None:
    made = district.bundle()
    whole = district.data(made)
    codes = unnamed_codes(whole)
    assert codes
    less = district.data(without_departments(made, codes))
    assert named_only(less) == named_only(whole)


def test_any_data_of_an_unnamed_department_change_nothing_for_named_ones() -> None:
    made = district.bundle()
    whole = district.data(made)
    code = unnamed_codes(whole)[0]
    draw = random.Random(5)

    def spoil(tree: Any) -> None:
        for key, value in tree.value:
            if key.value == "lists":
                for _, records in value.value:
                    records.value = [each for each in records.value if draw.random() < 0.5]

    path = f"submissions/{code}.yaml"
    changed = district.data(district.edited(made, path, lambda raw: district.rewrite(raw, spoil)))
    assert named_only(changed) == named_only(whole)
