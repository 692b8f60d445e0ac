"""Canonical JSON: one meaning, one sequence of bytes."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.canonical import canonical, read_canonical

pytestmark = pytest.mark.once

texts = st.text(st.characters(exclude_categories=["Cs"]))
data = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda parts: st.lists(parts) | st.dictionaries(texts, parts),
    max_leaves=20,
)


@given(data)
def test_what_was_written_reads_back(value: Any) -> None:
    raw = canonical(value)
    assert read_canonical(raw) == value
    assert raw.endswith(b"\n")
    assert json.loads(raw) == value


@given(st.dictionaries(texts, st.integers()), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_show(value: dict[str, int], chance: Any) -> None:
    keys = list(value)
    chance.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


def test_the_form_is_as_documented() -> None:
    raw = canonical({"名次": 1, "Z": [True, None], "a": {"得分": "92.50"}, "\U0001f600": (), "｡": ""})
    expected = '{"Z":[true,null],"a":{"得分":"92.50"},"名次":1,"｡":"","\U0001f600":[]}\n'
    assert raw == expected.encode()


@pytest.mark.parametrize("value", [0.5, [1, {"a": 1.0}], {"a": float("nan")}, {"a": Fraction(1, 2)}, {"a": {"b"}}])
def test_what_is_not_exact_is_a_fault_of_the_program(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


@pytest.mark.parametrize("value", [{1: "a"}, [{"a": {True: 1}}], {None: 1}])
def test_a_key_that_is_no_text_is_a_fault_of_the_program(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"{}\n\n",
        b" {}\n",
        b"{}\r\n",
        b"\xef\xbb\xbf{}\n",
        b'{"a":1,"a":1}\n',
        b'{"b":1,"a":1}\n',
        b'{"a": 1}\n',
        b'{"a":1.0}\n',
        b'{"a":1e2}\n',
        b'{"a":-0}\n',
        b'{"a":NaN}\n',
        b'{"a":Infinity}\n',
        b'{"a":"\\u4e00"}\n',
        b'{"a":"\\ud800"}\n',
        b'{"a":"\xff"}\n',
        b'{"a":"\\/"}\n',
        b"[" * 100_000 + b"]" * 100_000 + b"\n",
        b"1" * 5000 + b".\n",
    ],
)
def test_any_other_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which of json's or ours does not matter
        read_canonical(raw)
