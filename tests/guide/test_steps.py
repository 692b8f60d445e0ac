"""The page on making a new edition: its commands run, its changes apply, its replacements find something."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.commands import group
from tests.guide.pages import GUIDE

pytestmark = pytest.mark.once

PAGE = GUIDE / "新办法.md"
STEP = re.compile(
    r"```(?P<kind>sh|diff)\n(?P<text>.*?)```|^\| `(?P<file>[^`]+)` \| `(?P<find>[^`]+)` \| `(?P<put>[^`]+)` \|$",
    re.S | re.M,
)
MAY_FIND = "kaohe test"
"""A command that ends with 1 here: the page says that the expectations have to follow the marks."""


def steps() -> Iterator[re.Match[str]]:
    return STEP.finditer(PAGE.read_text(encoding="utf-8"))


def test_the_steps_can_be_taken_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kaohe("init .", 0)
    for step in steps():
        if step["kind"] == "sh":
            for line in step["text"].splitlines():
                run(line)
        elif step["kind"] == "diff":
            patch(step["text"])
        else:
            replace(Path(step["file"]), step["find"], step["put"])
    assert {path.suffix for path in Path("征求意见").iterdir()} == {".docx", ".xlsx"}
    assert [path.name for path in Path("印发").iterdir()] == ["2024年度考核评分表.docx"]


def run(line: str) -> None:
    """A line of a shell: copying a folder, or one of our commands."""
    if line.startswith("cp -r "):
        shutil.copytree(*line.split()[2:])
    else:
        assert line.startswith("kaohe ")
        kaohe(line.removeprefix("kaohe "), 1 if line.startswith(MAY_FIND) else 0)


def kaohe(words: str, most: int) -> None:
    done = CliRunner().invoke(group, words.split(), catch_exceptions=False)
    assert done.exit_code <= most, f"kaohe {words}\n{done.output}"


def patch(text: str) -> None:
    """Make the change in the file that the first line names; what it replaces must be there, and once only."""
    head, *lines = text.splitlines()
    path = Path(head.removeprefix("# "))
    before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    content = path.read_text(encoding="utf-8")
    assert content.count(before) == 1, f"{path}: {before}"
    path.write_text(content.replace(before, after), encoding="utf-8", newline="\n")


def replace(path: Path, find: str, put: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert find in content, f"{path}: {find}"
    path.write_text(content.replace(find, put), encoding="utf-8", newline="\n")
