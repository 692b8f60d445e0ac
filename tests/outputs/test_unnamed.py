"""What leaves the office is the same as if unnamed departments had never been, and tells nobody who reviewed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.commands import group
from tests.circular.readers import read_docx, read_html
from tests.outputs.bare import bared
from tests.outputs.conftest import CORRECTED, DRAFT, OFFICIAL, Pressing
from tests.outputs.press import ISSUED, LEADERS, OUTSIDE, OWN, PUBLIC, Pressed
from tests.outputs.secret import COUNT, PLANTED

pytestmark = pytest.mark.once
pytest.importorskip("docxtpl")
pytest.importorskip("typst")
pytest.importorskip("pymupdf")

SENTENCE = f"另有{COUNT}个部门按有关规定不纳入本次通报范围。"
THEIRS = re.compile(r"秘甲|专项办")
"""What the papers that go to an unnamed department itself are named after."""
STATES = [(DRAFT, each) for each in OUTSIDE] + [(OFFICIAL, each) for each in OUTSIDE]
STATES += [(CORRECTED, ISSUED), (CORRECTED, PUBLIC)]


def outside(made: Pressed, audience: str) -> dict[str, bytes]:
    """The papers of an audience but for those that go to unnamed departments themselves."""
    return {path: raw for path, raw in made.of(audience).items() if not THEIRS.search(path)}


@pytest.mark.parametrize(("state", "audience"), STATES)
def test_files_are_the_same_byte_for_byte(pressed: Pressing, state: str, audience: str) -> None:
    whole, less = (outside(pressed(name, state), audience) for name in ("whole", "less"))
    assert list(whole) == list(less)
    assert [path for path in whole if whole[path] != less[path]] == []
    assert {path.rpartition(".")[2] for path in whole} == {"md", "html", "docx", "pdf"}


@pytest.mark.parametrize(("state", "audience"), STATES)
def test_the_command_says_the_same(pressed: Pressing, state: str, audience: str) -> None:
    """But for the names of the files that it wrote for unnamed departments."""
    told = []
    for name in ("whole", "less"):
        said = pressed(name, state).said.items()
        lines = [f"{words}\n{text}" for words, text in said if words[0].startswith(audience)]
        kept = [line for text in lines for line in text.splitlines() if not THEIRS.search(line)]
        told.append(re.sub(r"\d+_", "_", "\n".join(kept)))
    assert told[0].replace("whole", "less") == told[1]
    assert not PLANTED.search(told[0])


@pytest.mark.parametrize(("state", "audience"), STATES)
def test_no_planted_word_is_anywhere_in_them(pressed: Pressing, state: str, audience: str) -> None:
    for path, raw in outside(pressed("whole", state), audience).items():
        assert not PLANTED.search(path + bared(raw)), path


def test_the_leaders_read_all_of_it(pressed: Pressing) -> None:
    """The words are where they could leak from, and the readers find them in every format."""
    made = pressed("whole", OFFICIAL).of(LEADERS)
    found = {path: set(PLANTED.findall(bared(raw))) for path, raw in made.items()}
    assert {"秘甲", "秘丙", "秘丁", "秘戊", "秘己", "复核人秘", "ZQ90"} <= set().union(*found.values())
    for ending in ("md", "html", "docx", "pdf", "csv", "xlsx", "sqlite", "parquet"):
        assert [path for path, words in found.items() if path.endswith(ending) and "秘甲" in words], ending


def test_a_department_that_is_unnamed_gets_its_own_papers_without_a_reviewer(pressed: Pressing) -> None:
    made = [(path, bared(raw)) for path, raw in pressed("whole", DRAFT).of(OWN).items() if THEIRS.search(path)]
    assert len(made) == 3 * COUNT
    for path, text in made:
        assert "复核人秘" not in text, path
        assert len({each for each in PLANTED.findall(text) if each.startswith("ZQ")}) <= 1
    assert any("秘丁" in text for _, text in made)


def test_what_the_manifest_of_published_papers_records(runs: Path, tmp_path: Path) -> None:
    run = shutil.copytree(runs / "whole" / OFFICIAL, tmp_path / "2023")
    for audience in (ISSUED, PUBLIC):
        done = CliRunner().invoke(group, ["circular", str(run), "--audience", audience, "--format", "md,docx"])
        assert done.exit_code == 0, done.output
        folder = run / "published" / audience
        assert not PLANTED.search("".join(each.name + bared(each.read_bytes()) for each in folder.iterdir()))
    assert not PLANTED.search((tmp_path / "2023.passages.yaml").read_text("utf-8"))


@pytest.mark.parametrize("audience", [ISSUED, PUBLIC])
def test_only_one_sentence_tells_how_many_where_the_office_wants_it(runs: Path, tmp_path: Path, audience: str) -> None:
    settings = (runs / "whole" / OFFICIAL / "inputs" / "office.yaml").read_text("utf-8")
    office = tmp_path / "office.yaml"
    office.write_text(settings.replace("unnamed_count: false", "unnamed_count: true"), "utf-8")
    told = []
    for name in ("whole", "less"):
        out = tmp_path / name
        where = ["--out", str(out), "--passages", str(tmp_path / "none.yaml")]
        asked = ["circular", str(runs / name / OFFICIAL), "--audience", audience, "--format", "md,html,docx"]
        done = CliRunner().invoke(group, ["--office", str(office), *asked, *where])
        assert done.exit_code == 0, done.output
        files = {path.suffix: path.read_bytes() for path in out.iterdir()}
        words, page = read_docx(files[".docx"]), read_html(files[".html"])
        told.append([files[".md"].decode(), files[".html"].decode(), words.text, words.tables, page.text])
    for whole, less in zip(*told, strict=True):
        if isinstance(whole, str):
            assert whole.count(SENTENCE) == 1
            assert whole.replace(SENTENCE, "") == less
        else:
            assert whole == less
