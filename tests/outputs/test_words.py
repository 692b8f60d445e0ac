"""Which words stand in the outputs: none that is not used, the status of the result, what is said of a sample."""

from __future__ import annotations

import re

import pytest

from tests.circular.test_text import UNUSED
from tests.outputs.bare import worded
from tests.outputs.conftest import CORRECTED, DRAFT, OFFICIAL, Pressing
from tests.outputs.press import LEADERS

pytestmark = pytest.mark.once
for module in ("docxtpl", "typst", "pymupdf", "xlsxwriter", "pyarrow"):
    pytest.importorskip(module)

NOT_FINAL = re.compile("送审稿|送审说明|初步结果|初步得分|初步考核结果")
FOR_MACHINES = re.compile(r"leaders/5/|explain\.json$")
"""Tables and data: of these 结果说明 tells the standing, or a field of their own."""


@pytest.mark.parametrize("state", [DRAFT, OFFICIAL, CORRECTED])
def test_words_that_are_not_used(pressed: Pressing, state: str) -> None:
    made = pressed("whole", state)
    found = {path: [word for word in UNUSED if word in worded(raw) + path] for path, raw in made.files.items()}
    assert {path: words for path, words in found.items() if words} == {}
    assert not [word for text in made.said.values() for word in UNUSED if word in text]


def test_before_the_approval_every_paper_says_so(pressed: Pressing) -> None:
    made = pressed("whole", DRAFT)
    assert len(made.files) > 90
    missing = [
        path
        for path, raw in made.files.items()
        if not FOR_MACHINES.search(path) and not NOT_FINAL.search(path + worded(raw))
    ]
    assert missing == []


def test_after_it_no_paper_but_the_leaders_says_so(pressed: Pressing) -> None:
    made = pressed("whole", OFFICIAL).files
    drafts = [path for path, raw in made.items() if NOT_FINAL.search(path + worded(raw))]
    assert [path for path in drafts if not path.startswith(LEADERS)] == []
    sheets = {path: worded(raw) for path, raw in made.items() if "得分单" in path and path.startswith("own")}
    assert sheets
    assert all("正式结果" in text for text in sheets.values())
    assert not [path for path in made if "复核申请表" in path]


@pytest.mark.parametrize(("state", "standing"), [(DRAFT, "初步结果"), (OFFICIAL, "正式结果")])
def test_tables_for_programs_tell_the_standing(pressed: Pressing, state: str, standing: str) -> None:
    files = pressed("whole", state).files
    for ending in ("结果说明.csv", "结果说明.parquet", "数据交换.xlsx", "数据交换.sqlite"):
        (text,) = [worded(raw) for path, raw in files.items() if path.endswith(ending)]
        assert f"{standing}" in text
        assert "虚构" in text
    assert f'"official": {str(state == OFFICIAL).lower()}' in files["leaders/7/explain.json"].decode()


@pytest.mark.parametrize("state", [DRAFT, OFFICIAL, CORRECTED])
def test_every_paper_of_the_example_says_that_it_is_one(pressed: Pressing, state: str) -> None:
    for path, raw in pressed("whole", state).files.items():
        if not path.startswith("leaders/5/"):
            text = "".join(worded(raw).split())
            assert "本办法为重构的样本" in text, path
            assert "澄岚区为虚构的地区" in text, path
