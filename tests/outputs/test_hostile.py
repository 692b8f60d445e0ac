"""Whatever somebody wrote in a name, a reason, a title, a setting or a passage comes out of every format as text."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scoring.filename import is_safe
from scoring.views import plain_text
from tests.audit.reader import Page
from tests.circular.paper import read
from tests.circular.readers import read_docx, read_html, squeezed, tags_of
from tests.outputs.bare import bared, worded
from tests.outputs.conftest import OFFICIAL, Pressing, approve, opened
from tests.outputs.hostile import PASSAGE, name_of, spoiled
from tests.outputs.press import LEADERS, OUTSIDE, Pressed, press

pymupdf = pytest.importorskip("pymupdf")
pypdf = pytest.importorskip("pypdf")
pytest.importorskip("docxtpl")
pytest.importorskip("typst")

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f>')
HIDING = re.compile(rb'<hyperlink|hidden="1"|state="(?:very)?[hH]idden"|<legacyDrawing|<externalReference')
UNSEEN = ("Cc", "Cf", "Zl", "Zp")
CIRCULARS = [("issued/0", "印发稿"), ("public/0", "公开稿"), ("leaders/0", "送审稿")]


@pytest.fixture(scope="module")
def run(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run with unnamed departments in it, everything that people wrote replaced; approved."""
    folder = spoiled(opened(runs / "whole" / OFFICIAL), tmp_path_factory.mktemp("hostile") / "2023")
    approve(folder)
    return folder


@pytest.fixture(scope="module")
def made(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Pressed:
    out = tmp_path_factory.mktemp("hostile") / "out"
    out.with_suffix(".yaml").write_bytes(run.with_name("passages.yaml").read_bytes())
    return press(run, out, (*OUTSIDE, LEADERS))


@pytest.fixture(scope="module")
def usual(pressed: Pressing) -> Pressed:
    """The same papers of the same run as it was."""
    return pressed("whole", OFFICIAL)


@pytest.fixture(scope="module")
def names(run: Path) -> dict[str, str]:
    """The names of those who were scored and may be named, as people read them."""
    told = json.loads((run / "assessment.json").read_bytes())["departments"]
    assert told[0]["name"] == name_of(0, told[0]["code"])
    return {
        each["code"]: plain_text(each["name"]) for each in told if each["assessed"] and each["visibility"] == "named"
    }


def alike(made: Pressed, usual: Pressed, ending: str) -> Iterator[tuple[bytes, bytes]]:
    """Pairs of the same paper of both runs, of those whose names do not depend on a department's."""
    for path, raw in made.ending(ending).items():
        folder, _, name = path.rpartition("/")
        kind = name.rpartition("_")[2]
        same = [one for at, one in usual.files.items() if at.startswith(folder.split("/0")[0]) and at.endswith(kind)]
        if len(same) == 1:
            yield raw, same[0]


def test_nothing_that_cannot_be_seen_is_in_any_text(made: Pressed) -> None:
    for path, raw in made.files.items():
        if path.endswith((".pdf", ".parquet", ".sqlite")):
            continue
        for text in parts_of(raw).values() if raw[:2] == b"PK" else [raw]:
            found = {each for each in set(text.decode("utf-8-sig")) if unicodedata.category(each) in UNSEEN}
            assert found <= set("\n\r"), path
    for text in made.said.values():
        assert not [each for each in set(text) if unicodedata.category(each) in UNSEEN and each != "\n"]


def parts_of(raw: bytes) -> dict[str, bytes]:
    """The XML in a Word file or a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        return {each: parts.read(each) for each in parts.namelist() if each.endswith((".xml", ".rels"))}


def test_names_of_files_are_short_and_valid_on_windows(made: Pressed) -> None:
    assert len(made.files) > 80
    for path in made.files:
        assert is_safe(path.partition("/")[2]), path
        assert all(len(step) < 60 and not step.startswith(("-", ".", " ")) for step in path.split("/")), path


@pytest.mark.parametrize(("folder", "label"), CIRCULARS)
def test_every_format_says_the_names_and_the_passages(
    made: Pressed, names: dict[str, str], folder: str, label: str
) -> None:
    files = {path.rpartition(".")[2]: raw for path, raw in made.files.items() if path.startswith(f"{folder}/")}
    files = {each: made.files[f"{folder}/2023年度考核通报（{label}）.{each}"] for each in files}
    whole = {"md": squeezed("\n".join(paper_text(files["md"])))}
    for ending, reader in (("docx", read_docx), ("html", read_html)):
        found = reader(files[ending])
        whole[ending] = squeezed(
            "".join([found.text, *(cell for rows in found.tables for row in rows for cell in row)])
        )
    for number, text in enumerate(pdf_texts(files["pdf"])):
        whole[f"pdf {number}"] = text
    for ending, text in whole.items():
        assert text.count(squeezed(PASSAGE)) == 3, ending
        assert [name for name in names.values() if squeezed(name) not in text] == [], ending


def paper_text(raw: bytes) -> Iterator[str]:
    paper = read(raw.decode())
    yield from (*paper.headings, *paper.paragraphs)
    yield from (cell for rows in paper.tables.values() for row in rows for cell in row.values())


def pdf_texts(raw: bytes) -> list[str]:
    """The text by two readers, without page numbers and without breaks."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]
    again = [page.get_text() for page in pymupdf.open(stream=raw)]
    return [squeezed("".join(re.sub(r"—\s*\d+\s*—", "", page) for page in each)) for each in (pages, again)]


def test_markdown_keeps_its_shape(made: Pressed, usual: Pressed) -> None:
    pairs = [(read(one.decode()), read(two.decode())) for one, two in alike(made, usual, ".md")]
    assert len(pairs) >= 4
    for found, wanted in pairs:
        assert [len(each) for each in found.tables.values()] == [len(each) for each in wanted.tables.values()]
        assert len(found.headings) == len(wanted.headings)


def test_pages_have_no_tag_more(made: Pressed, usual: Pressed) -> None:
    pairs = list(alike(made, usual, ".html"))
    assert len(pairs) >= 8
    for pair in pairs:
        if not any(b'id="accounts"' in raw for raw in pair):
            found, wanted = ({(tag, *attributes) for tag, attributes in tags_of(raw)} for raw in pair)
            assert found <= wanted


def test_the_audit_page_has_no_tag_more_and_stays_data(made: Pressed, usual: Pressed, names: dict[str, str]) -> None:
    for path, raw in made.ending("page.html").items():
        outer = [
            re.sub(rb'(<script type="[^"]*" id="\w+">).*?</script>', rb"\1", one, flags=re.DOTALL)
            for one in (raw, usual.files[path])
        ]
        found, wanted = (set(re.findall(rb"<(\w+)", one)) for one in outer)
        assert found <= wanted
        page = Page(raw)
        told = {row["code"]: row["name"] for row in page.head["rows"]}
        assert all(told[code] == name for code, name in names.items() if code in told)


def test_word_files_have_no_element_more_and_link_nowhere(made: Pressed, usual: Pressed) -> None:
    pairs = list(alike(made, usual, ".docx"))
    assert len(pairs) >= 6
    for pair in pairs:
        found, wanted = (parts_of(raw) for raw in pair)
        assert set(found) == set(wanted)
        for part, xml in found.items():
            tags, usual_tags = (
                {each.tag for each in ElementTree.fromstring(one).iter()} for one in (xml, wanted[part])
            )
            assert tags <= usual_tags, part
            assert b'TargetMode="External"' not in xml or b'TargetMode="External"' in wanted[part]
        fields = [len(re.findall(rb"<w:instrText|<w:fldSimple", one["word/document.xml"])) for one in (found, wanted)]
        assert fields[0] == fields[1]


def test_pdf_files_link_nowhere_and_nothing_is_cut(made: Pressed) -> None:
    files = made.ending(".pdf")
    assert len(files) >= 6
    for path, raw in files.items():
        document = pymupdf.open(stream=raw)
        assert document.embfile_count() == 0
        for page in document:
            assert page.get_links() == []
            within = pymupdf.Rect(20, 20, page.rect.x1 - 20, page.rect.y1 - 20)
            outside = [word[4] for word in page.get_text("words") if not within.contains(pymupdf.Rect(word[:4]))]
            assert outside == [], path


def test_workbooks_calculate_nothing_more_and_hide_nothing(
    made: Pressed, usual: Pressed, names: dict[str, str]
) -> None:
    files = made.ending(".xlsx")
    assert len(files) == 3
    for path, raw in files.items():
        plain = path if path in usual.files else path.replace("（送审稿）", "")
        found, wanted = (parts_of(one) for one in (raw, usual.files[plain]))
        assert set(found) == set(wanted)
        for part, xml in found.items():
            assert FORMULA.findall(xml) == FORMULA.findall(wanted[part]), part
            kept = HIDING.findall(wanted[part]) if part == "xl/workbook.xml" else []  # the ranges of the filters
            assert HIDING.findall(xml) == kept, part
        told = " ".join(worded(raw).split())
        assert [name for name in names.values() if name not in told] == []


def test_tables_for_other_programs_have_the_rows_they_had(made: Pressed, usual: Pressed, names: dict[str, str]) -> None:
    files = made.ending(".csv")
    assert len(files) == 6
    for path, raw in files.items():
        found, wanted = (
            list(csv.DictReader(io.StringIO(one.decode("utf-8-sig"), newline=""))) for one in (raw, usual.files[path])
        )
        assert len(raw.decode().split("\r\n")) == len(found) + 2
        assert len(found) == len(wanted)
        for row in found:
            assert not [cell for cell in row.values() if cell.startswith(tuple("=@+＝＋－＠\t\r"))]
            if row.get("dept_code") in names and "dept_name" in row:
                assert row["dept_name"].removeprefix("'") == names[row["dept_code"]]
    for ending in (".sqlite", ".parquet"):
        texts = [bared(raw) for raw in made.ending(ending).values()]
        assert not [text for text in texts if "\u202e" in text or "\x1b" in text]
