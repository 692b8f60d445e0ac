"""Every number of every paper: those of the circulars computed again, those of all formats the same."""

from __future__ import annotations

import copy
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.circular import test_figures
from tests.circular.paper import Paper, read, unescaped
from tests.circular.readers import Read, read_docx, read_html
from tests.outputs.conftest import CORRECTED, DRAFT, OFFICIAL, Pressing
from tests.outputs.press import SINGLE, Pressed

pymupdf = pytest.importorskip("pymupdf")
pypdf = pytest.importorskip("pypdf")
pytest.importorskip("docxtpl")
pytest.importorskip("typst")

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

NUMBER = re.compile(r"\d+(?:\.\d+)?")
ANNEX = re.compile(r"附件\d*|(?<!\d)\d\.(?=\d{4}年度)")
FIGURES = ["how_many_took_part", "mean_and_extremes", "grades", "the_first_annex_is_the_standings"]
FIGURES += ["every_line_of_the_second_annex_adds_up_on_a_calculator", "the_main_problems", "changes_of_the_method"]
PAPERS = [(DRAFT, "leaders/0", "送审说明"), (DRAFT, "leaders/0", "通报"), (OFFICIAL, "issued/0", "通报")]
PAPERS += [(OFFICIAL, "public/0", "通报"), (CORRECTED, "issued/0", "通知"), (CORRECTED, "leaders/0", "通知")]


@pytest.fixture(scope="module")
def data(runs: Path) -> dict[str, Any]:
    """The result of the district that never had unnamed departments, without the group that nobody is in."""
    told: dict[str, Any] = json.loads((runs / "less" / OFFICIAL / "assessment.json").read_bytes())
    told["groups"] = [each for each in told["groups"] if each["standings"]]
    kept = {each["code"] for each in told["groups"]}
    told["method"]["groups"] = [each for each in told["method"]["groups"] if each["code"] in kept]
    return told


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_issued_is_computed_from_those_that_are_named(
    pressed: Pressing, data: dict[str, Any], figure: str
) -> None:
    raw = pressed("whole", OFFICIAL).files["issued/0/2023年度考核通报（印发稿）.md"]
    check: Callable[[dict[str, Any], Paper], None] = getattr(test_figures, f"test_{figure}")
    check(copy.deepcopy(data), read(raw.decode()))


def formats(made: Pressed, folder: str, word: str) -> dict[str, bytes]:
    files = {path: raw for path, raw in made.files.items() if path.startswith(f"{folder}/") and word in path}
    return {path.rpartition(".")[2]: raw for path, raw in files.items()}


@pytest.mark.parametrize(("state", "folder", "word"), PAPERS)
def test_all_formats_have_the_same_numbers(pressed: Pressing, state: str, folder: str, word: str) -> None:
    files = formats(pressed("whole", state), folder, word)
    assert set(files) == {"md", "html", "docx", "pdf"}
    alike(files, unescaped(files["md"].decode()))


def test_the_papers_of_a_department_have_the_same_numbers(pressed: Pressing) -> None:
    made = pressed("whole", DRAFT)
    for word in ("反馈函", "得分单", "复核申请表"):
        files = formats(made, "own/1", word)
        (text,) = [raw for path, raw in made.files.items() if path.startswith("own/0/001_") and word in path]
        assert set(files) == {"html", "docx", "pdf"}
        alike(files, unescaped(text.decode()), figures=re.compile(r"\d+\.\d+"))


def alike(files: dict[str, bytes], text: str, figures: re.Pattern[str] = NUMBER) -> None:
    """Word file and page say the numbers that Markdown says; a PDF file those, the pictures' and page numbers."""
    wanted = numbers(figures, [text])
    for ending, reader in (("docx", read_docx), ("html", read_html)):
        found: Read = reader(files[ending])
        cells = [cell for rows in found.tables for row in rows for cell in row]
        lines = [each for each in (*found.lines, *found.margins) if "考核图表" not in each]
        said = numbers(figures, [*lines, *cells])
        assert (said - wanted, wanted - said) == (Counter(), Counter()), ending
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages]
    again = [page.get_text() for page in pymupdf.open(stream=files["pdf"])]
    for text in ("".join(pages), "".join(again)):
        squeezed = Counter(figures.findall(re.sub(r"\s+", " ", text)))
        assert {each for each in wanted if squeezed[each] == 0 and "." in each} == set()


def numbers(figures: re.Pattern[str], texts: list[str]) -> Counter[str]:
    """How often each is there, the numbers of annexes left out: with pictures there is an annex more."""
    return Counter(number for text in texts for number in figures.findall(ANNEX.sub(" ", text)))


def test_the_letter_tells_the_department_its_total(pressed: Pressing, runs: Path) -> None:
    told = json.loads((runs / "whole" / DRAFT / "assessment.json").read_bytes())
    (card,) = [each for each in told["scorecards"] if each["department"] == SINGLE]
    made = pressed("whole", DRAFT)
    letters = formats(made, "own/1", "反馈函") | formats(made, "own/1", "得分单")
    assert card["printed"] in read_docx(letters["docx"]).squeezed() + str(read_docx(letters["docx"]).tables)
