"""`kaohe mend`: what it writes reads without a finding about signs or encoding, and prose is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.reading.mend import mend
from scoring.reading.yaml_file import read_yaml

pytestmark = pytest.mark.once

BROKEN = "\r\n".join(
    [
        "format：1",
        "name: “绩效”",
        "parts:",
        "\t- code：B2",
        "\t  choices: ［优，良］ # 说明：甲，乙",
        "\t  note: 见附件，第一：项",
        "\t  rate:　９５％",
        "",
    ]
)
MENDED = """format: 1
name: "绩效"
parts:
  - code: B2
    choices: [优, 良] # 说明：甲，乙
    note: 见附件，第一：项
    rate:  95%
"""


def test_signs_encoding_and_line_ends() -> None:
    for raw in (BROKEN.encode(), BROKEN.encode("gb18030"), BROKEN.encode("utf-8-sig"), BROKEN.encode("utf-16")):
        content, changes = mend(raw)
        assert content.decode() == MENDED
        assert any("换行" in each for each in changes)
        assert any(each.startswith("第4行第1列：制表符") for each in changes)
        assert mend(content) == (content, [])
    assert "全文：改为UTF-8编码" in mend(BROKEN.encode("gb18030"))[1]
    assert read_yaml("x", MENDED.encode())[1] == []


def test_nothing_to_mend() -> None:
    raw = "format: 1\nnote: 甲，乙：“丙”\n".encode()
    assert mend(raw) == (raw, [])
    assert mend(b"\x89PNG\x00\xff\xfe") == (b"\x89PNG\x00\xff\xfe", [])


@given(st.text("：，“”［］　\t１％ab: -\n#[]{}\"'", max_size=40))
def test_what_is_read_stays_what_it_is(text: str) -> None:
    content, _ = mend(text.encode())
    before, found = read_yaml("x", text.encode())
    after, _ = read_yaml("x", content)
    if before is not None and not {each.code for each in found} - {"K102", "K103", "K104"}:
        assert after == before
