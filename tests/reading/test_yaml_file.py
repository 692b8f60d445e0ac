"""The strict YAML reader: what it makes of values, what it refuses, and that it never raises."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding import Finding
from scoring.location import Mapping, Sequence, locate
from scoring.reading import yaml_file
from scoring.reading.yaml_dump import dump_yaml
from scoring.reading.yaml_file import read_yaml

pytestmark = pytest.mark.once


def read(text: str | bytes) -> tuple[Mapping | None, list[Finding]]:
    return read_yaml("x.yaml", text if isinstance(text, bytes) else text.encode())


def value_of(written: str) -> Any:
    document, found = read(f"a: {written}\n")
    assert not found
    assert document is not None
    return document["a"]


def told(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding, in the order of the file."""
    _, found = read(text)
    return sorted((each.code, each.location.line, each.location.column) for each in found if each.location)


def kinds(text: str | bytes) -> set[str]:
    _, found = read(text)
    return {f"{each.code} {dict(each.params).get('kind', '')}".strip() for each in found}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("2.50", Fraction(5, 2)),
        ("-0.125", Fraction(-1, 8)),
        ("3.0", 3),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
    ],
)
def test_exact_values(written: str, value: object) -> None:
    got = value_of(written)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        *("95%", "012", "12:30", "no", "Yes", "on", "~", "NULL", "True", "1e3", "0x1F", "1_000", "1,000", ".5", "5."),
        *("+5", "2023-03-31", "2023-03-31 17:00", "是", "1.2.3", "9" * 61, ".inf", "=", "-.5", "5分"),
    ],
)
def test_everything_else_is_text(written: str) -> None:
    assert value_of(written) == written


@pytest.mark.parametrize("written", ["'50'", '"50"', '"true"', "'null'", '""', "''"])
def test_quoted_is_always_text(written: str) -> None:
    assert value_of(written) == written[1:-1]


def test_text_is_composed() -> None:
    document, found = read("e\u0301: e\u0301\nx: 'e\u0301'\n")
    assert not found
    assert document == {"\u00e9": "\u00e9", "x": "\u00e9"}


def test_keys_stay_as_written() -> None:
    document, found = read("2.10: 5\ntrue: 1\n012: x\n")
    assert not found
    assert list(document or {}) == ["2.10", "true", "012"]


def test_bom_and_windows_line_ends() -> None:
    document, found = read("\ufeffformat: 1\r\nname: 甲\r\n".encode())
    assert not found
    assert document == {"format": 1, "name": "甲"}


@pytest.mark.parametrize("parser", ["CBaseLoader", "BaseLoader"])
def test_places(parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_file, "_Parser", getattr(yaml, parser))
    document, found = read('甲: 乙丙\n列表:\n  - {名: 𠮷, 数: 12}\n  - "两 "\n空:\n')
    assert not found
    assert isinstance(document, Mapping)
    assert document.keys_at["列表"] == (2, 1, 2)
    assert document.values_at["甲"] == (1, 4, 2)
    assert document.value("空").line == 5
    entries = document["列表"]
    assert isinstance(entries, Sequence)
    assert entries.items_at[1] == (4, 5, 4)
    assert entries[0].keys_at["数"] == (3, 12, 1)
    assert entries[0].values_at["数"] == (3, 15, 2)
    assert locate(document, ("列表", 0, "数")).text == "  - {名: 𠮷, 数: 12}"


def test_places_in_mended_lines_are_those_of_the_file() -> None:
    document, found = read("a:\n\tkey：12\n")
    assert [each.code for each in found] == ["K103", "K102"]
    assert document == {"a": {"key": 12}}
    assert document is not None
    assert document["a"].keys_at["key"] == (2, 2, 3)
    assert document["a"].values_at["key"] == (2, 6, 2)


CHINESE_COLONS = [
    ("full_marks：12", {"full_marks": 12}),
    ("full_marks ：12", {"full_marks": 12}),
    ("甲：12\n乙：13", {"甲": 12, "乙": 13}),
    ("甲: 1\n乙：2\n丙: 3", {"甲": 1, "乙": 2, "丙": 3}),
    ("a:\n  甲：12\n  乙：13", {"a": {"甲": 12, "乙": 13}}),
    ("l:\n  - code：A\n    name：B", {"l": [{"code": "A", "name": "B"}]}),
    ("l:\n  - 编码：A\n    名称: B", {"l": [{"编码": "A", "名称": "B"}]}),
    ('"甲"：12', {"甲": 12}),
    ("“甲”：12", {"甲": 12}),
    ("a: {甲：1，乙：2}", {"a": {"甲": 1, "乙": 2}}),
    ("a: {x：1, y: 2}", {"a": {"x": 1, "y": 2}}),
    ("name: 甲\nfull_marks：", {"name": "甲", "full_marks": None}),
    ("a﹕1", {"a": 1}),
]


@pytest.mark.parametrize(("text", "meant"), CHINESE_COLONS)
def test_a_chinese_colon_is_found_and_read_as_meant(text: str, meant: object) -> None:
    document, found = read(text + "\n")
    assert {each.code for each in found} <= {"K102", "K104"}
    assert "K102" in {each.code for each in found}
    assert document == meant


def test_a_key_word_with_a_chinese_colon_is_found_even_below_a_text() -> None:
    assert ("K102", 2, 13) in told("name: 甲\n  full_marks：12\n")


@pytest.mark.parametrize(
    "text",
    [
        "note: 说明：见附件，共3份。\n",
        "note:\n  第一条：各部门应当……\n",
        "note: 第一行\n  第二条：续写，仍是文字\n",
        "note: |\n  甲：乙\n  full_marks：12\n  \t制表符\n",
        "note: >-\n  甲，乙：“丙”\nb: 1\n",
        "list:\n  - 甲：乙\n  - 说：话，很长\n",
        "a: {value: 3, note: 见附件，第一：项。}\n",
        'a: "：，“”【】\u3000\u200b\t"\n',
        "a: '：，'\n",
        "# 注释：，“”\u3000\u200b\n\t # 制表符\na: 1 # ：\u3000\n",
        "name: 【试点】项目\n",
        "name: “三公”经费\n",
        "name: 第一条\u3000考核内容\n",
        "预算：执行: 12\n",
        "url: http://a.b/c:d\n",
        "time: 12:30\n",
        "a: 1\n\u3000\n\u00a0\nb: 2\n",
        'a: "第一行：\n  第二行，续”\n  完"\n',
        "quote: “得满分”的，得3分\n",
        "---\na: 1\n",
    ],
)
def test_chinese_punctuation_in_prose_is_left_alone(text: str) -> None:
    document, found = read(text)
    assert not found
    assert document is not None


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("a: [优，良，中]", "comma", ["优", "良", "中"]),
        ("a: [优，良\n  ，中]", "comma", ["优", "良", "中"]),
        ("a: {x: 1，y: 2}", "comma", {"x": 1, "y": 2}),
        ("a: [优, 良］", "bracket", ["优", "良"]),
        ("a: ［优, 良］", "bracket", ["优", "良"]),
        ("a: 【优，良】", "bracket", ["优", "良"]),
        ("a: ｛x: 1｝", "bracket", {"x": 1}),
        ("a: “绩效”", "quote", "绩效"),
        ("a: ‘绩效’", "quote", "绩效"),
        ("a: [“优”, 良]", "quote", ["优", "良"]),
        ('a: "绩效”', "quote", "绩效"),
        ("a:\u300012", "space", 12),
        ("a: 12\u3000", "space", 12),
        ("a: 12\u3000 # 注", "space", 12),
        ("a:\u00a012", "space", 12),
        ("a: 机关\u00a0甲", "space", "机关 甲"),
        ("x: 1\na:\n\u3000b: 1", "space", {"b": 1}),
        ("a\u3000: 12", "space", 12),
        ("a: 优\u200b", "invisible", "优"),
        ("a\u200b: 优", "invisible", "优"),
        ("a:\u200b12", "invisible", 12),
        ("a: 优\x07良", "unreadable", "优良"),
        ("a: '优\x85'", "unreadable", "优"),
        ("a: ９５％", "digit", "95%"),
        ("a: [１, 2]", "digit", [1, 2]),
        ("a: －５", "digit", -5),
        ("a: 2023－03－31", "digit", "2023-03-31"),
        ("a: 1\nｎａｍｅ: 1", "letter", 1),
        ("a:\n  － 甲\n  － 乙", "dash", ["甲", "乙"]),
        ("＃ 注释\na: 1", "hash", 1),
        ("a: ｜\n  甲\n  乙", "bar", "甲\n乙\n"),
    ],
)
def test_look_alikes(text: str, kind: str, meant: object) -> None:
    document, found = read(text + "\n")
    assert {f"{each.code} {dict(each.params)['kind']}" for each in found} >= {f"K104 {kind}"}
    assert {each.code for each in found} == {"K104"}
    assert document is not None
    assert document["a"] == meant


@pytest.mark.parametrize("text", ["a:\n\tb: 1", "a:\tb", "a:\n  -\tb", "\ta: 1", "a: 1\n\tb: 2"])
def test_tabs(text: str) -> None:
    assert "K103" in {each.code for each in read(text + "\n")[1]}


def test_faults_of_one_kind_are_told_once_a_line() -> None:
    assert told("a: [优，良，中，差]\n") == [("K104", 1, 6)]


def test_all_faults_at_once() -> None:
    found = told("format：1\na: [x，y]\nb:\n\tc: 1\nd: &x 1\nd: 2\n")
    assert [(code, line) for code, line, _ in found] == [
        ("K102", 1),
        ("K103", 4),
        ("K104", 2),
        ("K106", 6),
        ("K108", 5),
    ]


def test_a_colon_without_its_space() -> None:
    assert told("facts:\n  有制度：{value: 是}\n  数据：[1, {a: 2}]\n") == [("K102", 2, 6), ("K102", 3, 5)]
    assert told("a: 1\nfull_marks:12\n") == [("K102", 2, 11)]
    assert read("a: 1\nfull_marks:12\n")[0] == {"a": 1, "full_marks": 12}
    assert kinds("a: {x:1}\n") == {"K102 tight"}


def test_a_second_key_is_shown_with_the_first() -> None:
    document, found = read("a: 1\nb: 2\na: 3\n")
    assert document == {"a": 1, "b": 2}
    assert [(each.code, each.location and each.location.line, each.other and each.other.line) for each in found] == [
        ("K106", 3, 1)
    ]
    assert kinds("a: {x: 1, x: 2}\n") == {"K106 key"}
    assert kinds("é: 1\ne\u0301: 2\n") == {"K106 key"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: &x 1", "anchor"),
        ("a: &x {b: 1}", "anchor"),
        ("&x a: 1", "anchor"),
        ("a: &共用 1", "anchor"),
        ("a: *共用", "alias"),
        ("a: !e!x 1", "tag"),
        ("a: !<x 1", "tag"),
        ("a: *x", "alias"),
        ("a: !!str 1", "tag"),
        ("a: !x 1", "tag"),
        ("a: ! 1", "tag"),
        ("<<: {b: 1}", "merge"),
        ("a: 1\n---\nb: 2", "documents"),
        ("%YAML 1.1\n---\na: 1", "directive"),
    ],
)
@pytest.mark.parametrize("parser", ["CBaseLoader", "BaseLoader"])
def test_features_that_are_not_used(text: str, kind: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_file, "_Parser", getattr(yaml, parser))
    assert kinds(text + "\n") == {f"K108 {kind}"}


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("a: 1\n乙\nb: 2", "no_colon", 2),
        ("note: 口径: 决算数", "second_colon", 1),
        ("a: 1\n b: 2", "second_colon", 2),
        ('a: "x\nb: 1\nc: 2', "open_quote", 1),
        ("a: 'x\nb: 1", "open_quote", 1),
        ("a: [x, y\nb: 1", "open_bracket", 1),
        ("a: {x: 1\nb: 1", "open_bracket", 1),
        ("a: @x", "odd_start", 1),
        ("a: `x", "odd_start", 1),
        (r'a: "\q"', "escape", 1),
        ("a: - x", "dash", 1),
        ("a:\n  b: 1\n c: 2", "indent", 3),
        ("a:\n  - x\n  b: 1", "indent", 3),
        ("[a]: 1", "key_not_text", 1),
        ("? {a: 1}\n: 2", "key_not_text", 1),
        ("a: 1\n'': 2", "key_empty", 2),
        ("a: 1\n: 2", "key_empty", 2),
        ("a: " + "[" * 61, "deep", 1),
    ],
)
@pytest.mark.parametrize("parser", ["CBaseLoader", "BaseLoader"])
def test_syntax_in_our_own_words(text: str, kind: str, line: int, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_file, "_Parser", getattr(yaml, parser))
    _, found = read(text + "\n")
    assert [(each.code, dict(each.params)["kind"]) for each in found] == [("K107", kind)]
    assert found[0].location is not None
    assert found[0].location.line == line


def test_sixty_levels_are_read() -> None:
    text = "".join(f"{' ' * level}a:\n" for level in range(58)) + " " * 58 + "a: 1\n"
    assert not read(text)[1]


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    assert kinds(text) == {"K115 empty"}
    assert read(text)[0] is None


@pytest.mark.parametrize("text", ["- a\n", "只有文字\n", "12\n", "[]\n"])
def test_the_top_is_a_mapping(text: str) -> None:
    document, found = read(text)
    assert document is None
    assert [each.code for each in found] == ["K111"]


def test_encodings() -> None:
    text = "format: 1\nname: 区文化和旅游局\nfull_marks：12\n"
    document, found = read(text.encode("gb18030"))
    assert document == {"format": 1, "name": "区文化和旅游局", "full_marks": 12}
    assert [each.code for each in found] == ["K105", "K102"]
    assert kinds(text.encode("gb18030")) == {"K105 gb18030", "K102 wide"}
    assert "K105 utf16" in kinds(text.encode("utf-16"))
    broken = text.encode().replace("区".encode(), b"\xff\xfe")
    assert read(broken)[0] is None
    assert told(broken) == [("K105", 2, 0)]
    assert kinds(b"\x89PNG\r\n\x1a\n\x00\x00\xff") == {"K105 unknown"}


def test_too_large() -> None:
    assert kinds(b"a" * (yaml_file.MOST_BYTES + 1)) == {"K115 large"}


@pytest.mark.parametrize(
    "bomb",
    [b"[" * 100_000, b"{" * 100_000, b"- " * 50_000, b"? " * 50_000, b"a: " * 50_000, b'"' + b"a" * 1_000_000]
    + [each.encode() for each in ("：" * 50_000, "a：\n" * 5_000, "“" * 50_000, "a: [" + "，" * 20_000)]
    + [("a: x" + " \u3000" * 20_000 + end).encode() for end in ("", "x")]
    + [b"a: " + b"9" * 1_000_000, b"&a [" * 1000, b"a: *b\n" * 1000],
    ids=range(15),
)
def test_bombs_are_put_out(bomb: bytes) -> None:
    read(bomb)


SIGNS = st.sampled_from(
    [*"：，“”‘’［］｛｝【】＃－—１％ \t\n\r:,[]{}\"'#-|>&*!?%@`\\~<=.ab甲乙", "\u3000", "\u200b", "\u00a0"]
)


@given(st.one_of(st.binary(max_size=200), st.lists(SIGNS, max_size=60).map(lambda signs: "".join(signs).encode())))
def test_no_bytes_raise(raw: bytes) -> None:
    document, found = read(raw)
    assert document is not None or found
    for each in found:
        assert each.location is not None
        assert each.location.file == "x.yaml"


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_both_parsers_never_raise_and_name_a_line(text: str) -> None:
    for parser in (yaml.CBaseLoader, yaml.BaseLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_file, "_Parser", parser)
            read(text)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12).map(yaml_file.composed)
NUMBERS = st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=3).map(Fraction)).map(
    lambda number: int(number) if number == int(number) else number
)
VALUES = st.recursive(
    st.one_of(TEXTS, NUMBERS.filter(lambda number: abs(number) < 10**40), st.booleans(), st.none()),
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(TEXTS.filter(lambda key: bool(key.strip())), below, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS.filter(lambda key: bool(key.strip())), VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    text = dump_yaml(data)
    document, found = read(text)
    assert not found, text
    assert document == data
    assert text == dump_yaml(document or {})


def test_written_files_are_plain_to_read() -> None:
    data = {
        "format": 1,
        "edition": "2023",
        "name": "考核办法：试行，2023年",
        "rate": "95%",
        "share": Fraction(1, 4),
        "empty": None,
        "choices": ["优", "良：好"],
        "indicators": [{"code": "B2", "parts": [{"name": "甲", "note": "第一行\n第二行"}]}, {"code": "2.1"}],
        "none": {},
        "nothing": [],
    }
    assert dump_yaml(data) == (
        "format: 1\n"
        'edition: "2023"\n'
        "name: 考核办法：试行，2023年\n"
        "rate: 95%\n"
        "share: 0.25\n"
        "empty:\n"
        "choices:\n"
        "  - 优\n"
        '  - "良：好"\n'
        "indicators:\n"
        "  - code: B2\n"
        "    parts:\n"
        "      - name: 甲\n"
        '        note: "第一行\\n第二行"\n'
        '  - code: "2.1"\n'
        "none: {}\n"
        "nothing: []\n"
    )
