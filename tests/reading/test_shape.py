"""Departures from a schema: where they stand, what belongs there, and what was probably meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding import Finding
from scoring.reading.numerals import meant_number
from scoring.reading.schema import check_shape
from scoring.reading.yaml_file import read_yaml

pytestmark = pytest.mark.once

BASE = {
    "title": "样表",
    "type": "object",
    "properties": {
        "name": {"title": "名称", "description": "印出的全称。", "type": "string", "minLength": 1},
        "full_marks": {"title": "分值", "type": "number", "minimum": 0},
        "floor": {"title": "保底", "type": ["number", "string"]},
        "mode": {"title": "取位方式", "type": "string", "enum": ["四舍五入", "舍去", "进位"]},
        "on": {"title": "日期", "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "assessed": {"title": "是否参评", "type": "boolean"},
        "order": {"title": "序号", "type": "integer", "exclusiveMinimum": 0},
        "choices": {"title": "选项", "type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": True},
        "of": {"title": "计分口径", "$ref": "other.json#/$defs/measure"},
        "parts": {"title": "组成", "type": "array", "items": {"$ref": "#/$defs/part"}},
    },
    "additionalProperties": False,
    "$defs": {
        "part": {
            "type": "object",
            "properties": {"code": {"title": "编码"}, "name": {"title": "名称"}, "points": {"title": "得分"}},
            "required": ["code", "points"],
            "additionalProperties": False,
        }
    },
}
OTHER = {
    "$defs": {
        "measure": {
            "type": ["string", "object"],
            "if": {"type": "object"},
            "then": {"properties": {"sum": {"title": "合计", "type": "array"}}, "additionalProperties": False},
        }
    }
}


def checked(text: str, **changes: Any) -> list[Finding]:
    document, found = read_yaml("x.yaml", text.encode())
    assert not found
    assert document is not None
    schemas = {"base.json": json.dumps(BASE | changes), "other.json": json.dumps(OTHER)}
    return check_shape("base", document, schemas)


def the_one(text: str, **changes: Any) -> tuple[str, dict[str, str], tuple[int, int, int]]:
    (found,) = checked(text, **changes)
    assert found.location is not None
    return found.code, dict(found.params), (found.location.line, found.location.column, found.location.width)


def test_nothing_to_say() -> None:
    text = "name: 甲\nfull_marks: 2.5\nfloor: 50%\nmode: 舍去\non: 2023-03-31\norder: 1\n"
    assert checked(text + 'of: {sum: [a]}\nchoices: ["1", b]\n') == []


@pytest.mark.parametrize(
    ("key", "meant", "title"),
    [("full_mark", "full_marks", "分值"), ("分值", "full_marks", "分值"), ("nam", "name", "名称"), ("xyz", "", "")],
)
def test_unknown_keys(key: str, meant: str, title: str) -> None:
    code, said, place = the_one(f"mode: 舍去\n{key}: 1\n")
    assert (code, said["key"], said["meant"], said["title"]) == ("K101", key, meant, title)
    assert place == (2, 1, len(key))
    assert "mode" not in said["allowed"]
    assert "full_marks（分值）" in said["allowed"]


def test_a_key_meant_once_is_not_suggested_twice() -> None:
    found = checked("full_marks: 1\nfull_mark: 2\nname: 甲\n")
    assert [dict(each.params)["meant"] for each in found] == ["full_marks"]
    assert dict(checked("name: 甲\nnames: 乙\n")[0].params)["meant"] == "name"


def test_missing_keys_below_headings() -> None:
    (found,) = checked("name: 甲\nparts:\n  - {code: B2, name: 绩效}\n")
    assert found.code == "K110"
    assert dict(found.params) == {"key": "points", "title": "得分", "description": ""}
    assert found.location is not None
    assert found.location.headings == ("甲", "B2 绩效")
    assert found.location.line == 3


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    assert [each.code for each in checked("parts: [{code: a, point: 1}]\n")] == ["K101"]


def test_a_missing_key_of_the_whole_file_has_no_line() -> None:
    assert the_one("mode: 舍去\n", required=["name"])[2] == (0, 0, 1)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("name: 2023", "K111", {"expected": "string", "found": "number", "text": "2023"}),
        ("name: 2.50", "K111", {"text": "2.50"}),
        ("name: true", "K111", {"found": "boolean", "text": "true"}),
        ("name: [a]", "K111", {"found": "list", "text": ""}),
        ("floor: {a: 1}", "K111", {"expected": "number|string", "found": "mapping"}),
        ("assessed: 是", "K111", {"expected": "boolean", "found": "text", "text": "是"}),
        ("full_marks: true", "K111", {"expected": "number", "found": "boolean"}),
        ("full_marks: 若干", "K111", {"expected": "number", "found": "text"}),
        ("order: 1.5", "K111", {"expected": "integer", "found": "number", "text": "1.5"}),
        ("of: 3", "K111", {"expected": "string|object"}),
        ("name:", "K109", {"key": "name", "title": "名称", "description": "印出的全称。"}),
        ('name: ""', "K109", {"key": "name"}),
        ("mode:", "K109", {"key": "mode"}),
        ("full_marks:", "K109", {"key": "full_marks"}),
        ('full_marks: "50"', "K112", {"meant": "50", "why": "quoted"}),
        ("full_marks: 五十", "K112", {"meant": "50", "why": "chinese"}),
        ("full_marks: 12分", "K112", {"meant": "12", "why": "unit"}),
        ("full_marks: 50%", "K112", {"meant": "50%", "why": "quoted"}),
        ("mode: 四舍五人", "K113", {"meant": "四舍五入", "allowed": "四舍五入、舍去、进位"}),
        ("mode: 1", "K113", {"found": "1", "meant": ""}),
        ("mode: [舍去]", "K111", {"expected": "string", "found": "list"}),
        ("on: 2023.3.1", "K114", {"form": "date", "found": "2023.3.1"}),
        ("choices: [a]", "K118", {"kind": "minItems", "bound": "2", "found": "1"}),
        ("choices: [a, b, a]", "K106", {"kind": "element", "key": "a"}),
        ("full_marks: -1", "K119", {"kind": "minimum", "bound": "0", "found": "-1"}),
        ("order: 0", "K119", {"kind": "exclusiveMinimum"}),
        ("of: {summ: [a]}", "K101", {"meant": "sum", "title": "合计"}),
    ],
)
def test_each_kind_of_departure(line: str, code: str, said: dict[str, str]) -> None:
    got, params, _ = the_one(line + "\n")
    if line == "full_marks: 50%":  # a share is no number of points: told as another kind of value
        assert got in ("K111", "K112")
        return
    assert got == code
    assert said.items() <= params.items()


def test_alternatives_are_told_apart() -> None:
    either = {"oneOf": [{"required": ["name"]}, {"required": ["mode"]}]}
    assert the_one("order: 1\n", **either)[:2] == ("K117", {"kind": "one_of", "key": "", "others": "name、mode"})
    assert the_one("name: 甲\nmode: 舍去\n", **either)[1] == {"kind": "exclude", "key": "mode", "others": "name"}
    demand = {"dependentRequired": {"name": ["mode"]}}
    assert the_one("name: 甲\n", **demand)[1] == {"kind": "demand", "key": "name", "others": "mode"}
    value = {"properties": {"cap": {"anyOf": [{"type": "number"}, {"type": "object", "required": ["of"]}]}}}
    assert the_one("cap: {a: 1}\n", **value)[:2] == ("K110", {"key": "of", "title": "", "description": ""})
    assert the_one("cap: [1]\n", **value)[1]["expected"] == "number|object"


def test_schema_numbers_are_exact() -> None:
    bounded = {"properties": {"a": {"type": "number", "maximum": 0.1}}}
    assert checked("a: 0.1\n", **bounded) == []
    assert the_one("a: 0.10000000000000000001\n", **bounded)[0] == "K119"


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("50", "50", "quoted"),
        ("５０", "50", "wide"),
        ("1,200.5", "1200.5", "thousands"),
        ("007", "7", "zero"),
        ("-00.5", "-0.5", "zero"),
        ("+5", "5", "sign"),
        ("五十", "50", "chinese"),
        ("十二", "12", "chinese"),
        ("一百零五", "105", "chinese"),
        ("两千三百", "2300", "chinese"),
        ("三万五千", "35000", "chinese"),
        ("二〇二三", "2023", "chinese"),
        ("三点五", "3.5", "chinese"),
        ("伍拾", "50", "chinese"),
        ("50分", "50", "unit"),
        ("1,200万元", "1200", "unit"),
        ("５ 个百分点", "5", "unit"),
        ("优", "", ""),
        ("点", "", ""),
        ("一二点", "", ""),
        ("", "", ""),
        ("2023-03-31", "", ""),
        ("5" * 41, "", ""),
    ],
)
def test_numbers_written_as_text(text: str, meant: str, why: str) -> None:
    assert meant_number(text) == (meant, why)


@given(st.text("零一二十百千万点壹拾,.０5分+-%", max_size=12))
def test_guessing_a_number_never_raises(text: str) -> None:
    meant_number(text)


KINDS = sorted(path.stem for path in (Path(__file__).parents[2] / "schemas").glob("*.json") if path.stem != "rule")
KEYS = st.sampled_from(["format", "facts", "code", "name", "parts", "bands", "departments", "of", "sum", "when", "x"])
VALUES = st.recursive(
    st.sampled_from(["1", "甲", "true", '""', "", "2.5", "95%"]),
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(lambda values: f"[{', '.join(values)}]"),
        st.dictionaries(KEYS, below, max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_takes_any_document_without_raising(kind: str, root: Path) -> None:
    @given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
    def check(pairs: dict[str, str]) -> None:
        document, _ = read_yaml("x.yaml", "\n".join(f"{key}: {value}" for key, value in pairs.items()).encode())
        if document is not None:
            for found in check_shape(kind, document, root / "schemas"):
                assert found.location is not None

    check()


def test_the_deepest_document_that_is_read_can_be_checked(root: Path) -> None:
    deep = "{name: a, parts: [" * 27 + "{name: a}" + "]}" * 27
    document, found = read_yaml("x.yaml", f"format: 1\nindicators: [{deep}]\n".encode())
    assert not found
    assert document is not None
    check_shape("indicators", document, root / "schemas")
