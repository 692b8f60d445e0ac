"""The circular as PDF: what it says, how it is laid out, and that the same run gives the same bytes."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scoring.app.parts import MOST_ROWS, parted
from scoring.app.publish import CircularOrder, Published, circular
from scoring.commands import group
from scoring.render import formats
from scoring.render.formats import Dress, Layout
from scoring.resources import shipped_places
from scoring.views import Annex, Column, Document, Table
from tests.circular.few import few, written
from tests.circular.test_unnamed import planted, unnamed
from tests.flow.test_unnamed import without_departments

pytest.importorskip("typst")
pypdf = pytest.importorskip("pypdf")
pymupdf = pytest.importorskip("pymupdf")

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

FOLDERS = shipped_places()
CHECKER = Path(__file__).parents[3] / "shared" / "tools" / "gbt9704_check_pdf.py"
LAYOUT = Layout("reports/circular.typ", (FOLDERS.reports / "circular.typ").read_bytes())
NUMBER = re.compile(r"\d+(?:\.\d+)?")
RARE = "喆昇堃祎翀赟㛃䶮"


@pytest.fixture(scope="module")
def approved(years: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example year, approved."""
    folder = tmp_path_factory.mktemp("approved")
    shutil.copytree(years / "2023", folder / "2023")
    told = CliRunner().invoke(
        group,
        ["final", str(folder / "2023"), "--by", "局党组会议", "--basis", "纪要〔2024〕9号", "--date", "2024-06-03"],
    )
    assert told.exit_code == 0, told.output
    return folder / "2023"


def pdf(run: Path, out: Path, audience: str = "issued", **options: Any) -> bytes:
    """The circular of a run for an audience."""
    made = circular(
        CircularOrder(run, audience, ("pdf",), out=out, passages=out.with_suffix(".yaml"), **options), FOLDERS
    )
    (path,) = [each for each in made.files if "通报" in each.name]
    return path.read_bytes()


@pytest.fixture(scope="module")
def issued(approved: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return pdf(approved, tmp_path_factory.mktemp("issued") / "out", letterhead="full")


@pytest.fixture(scope="module")
def values(approved: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the layout was given for the issued circular."""
    kept: list[dict[str, Any]] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(formats.Format, "lay_out", lambda self, values, layout, dress: (kept.append(values) or b"", []))
    pdf(approved, tmp_path_factory.mktemp("values") / "out", letterhead="full")
    patch.undo()
    return kept[0]


def texts(value: Any) -> Iterator[str]:
    """Every string that is printed, once for each time; titles stand in the list of annexes and over them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts(each)


def extracted(content: bytes) -> list[list[str]]:
    """The text of each page, by two readers that share no code."""
    by_pypdf = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    by_mupdf = [page.get_text() for page in pymupdf.open(stream=content)]
    return [by_pypdf, by_mupdf]


def test_it_says_every_number_and_no_other(issued: bytes, values: dict[str, Any]) -> None:
    said = [re.sub(r"^(\d)\.", r"\1 ", text) for text in values["attachments"]]
    said += texts({**values, "attachments": []})
    wanted = Counter(number for text in said for number in NUMBER.findall(text))
    assert len(wanted) > 200
    for pages in extracted(issued):
        shown = [re.sub(r"(?<!\d)(\d)\.(?=2023年度)", r"\1 ", text) for text in pages]
        found = Counter(number for text in shown for number in NUMBER.findall(text))
        assert found - wanted == Counter(str(number) for number in range(1, len(pages) + 1))
        assert wanted - found == Counter()


def test_every_text_is_there_in_full(issued: bytes, values: dict[str, Any]) -> None:
    for pages in extracted(issued):
        whole = "".join("".join(re.sub(r"—\s*\d+\s*—", "", page).split()) for page in pages)
        missing = [text for text in texts({**values, "attachments": []}) if "".join(text.split()) not in whole]
        kinds = {"text", "heading", "point"}
        assert [text for text in missing if text not in kinds and len(text) < 20] == []


@pytest.mark.skipif(not CHECKER.is_file(), reason="the checker is not here")
def test_it_is_laid_out_as_the_standard_says(issued: bytes, tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    (tmp_path / "circular.pdf").write_bytes(issued)
    told = subprocess.run(
        [sys.executable, CHECKER, tmp_path / "circular.pdf", "--json", "--require", "banji"], capture_output=True
    )
    facts = json.loads(told.stdout)["facts"]
    assert len(facts) > 45
    bad = [f"{each['id']} {each['measured']}" for each in facts if each["status"] == "FAIL"]
    assert [each for each in bad if ".font" not in each] == []


def test_it_is_for_the_archive_and_tells_who_and_when(issued: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(issued))
    described = reader.xmp_metadata
    assert described is not None
    assert b"<pdfaid:part>2</pdfaid:part>" in described.stream.get_data()
    assert reader.metadata.title == "澄岚区财政局关于2023年度部门预算绩效管理工作考核情况的通报"
    assert reader.metadata.author == "澄岚区财政局"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20240605")


def test_the_same_run_gives_the_same_bytes(
    approved: Path, issued: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "别处" / "2023"
    shutil.copytree(approved, moved)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Pacific/Apia")
    monkeypatch.setenv("LC_ALL", "C")
    if hasattr(time, "tzset"):
        time.tzset()
    assert pdf(moved, tmp_path / "out", letterhead="full") == issued
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_the_manifest_names_the_faces(approved: Path, tmp_path: Path) -> None:
    shutil.copytree(approved, tmp_path / "2023")
    made = circular(CircularOrder(tmp_path / "2023", "issued", ("pdf",), passages=tmp_path / "passages.yaml"), FOLDERS)
    manifest = json.loads((made.files[0].parent / "manifest.json").read_bytes())
    assert set(manifest["options"]["fonts"]) == {"title", "body", "heading", "subheading", "page"}
    assert all(len(each["sha256"]) == 64 for each in manifest["options"]["fonts"].values())
    assert {each.code for each in made.findings} <= {"K540", "K543"}
    assert [each.code for each in made.findings]


@pytest.mark.long
@pytest.mark.parametrize("pictures", [False, True])
def test_unnamed_departments_leave_no_trace(tmp_path: Path, pictures: bool) -> None:
    made = few()
    codes = unnamed(made)
    whole = written(planted(made, codes), tmp_path / "whole")
    less = written(without_departments(planted(made, codes), codes), tmp_path / "less")
    content = pdf(whole, tmp_path / "one", letterhead="draft", pictures=pictures)
    assert content == pdf(less, tmp_path / "two", letterhead="draft", pictures=pictures)
    parts = [content, *opened(content), *("".join(pages).encode() for pages in extracted(content))]
    for word in ("秘甲", "秘乙", "秘丙", "秘丁", "复核人戊"):
        for code in ("utf-8", "utf-16-be"):
            assert not [part for part in parts if word.encode(code) in part]


def opened(content: bytes) -> Iterator[bytes]:
    """Every compressed part of a file, as it is inside."""
    for found in re.finditer(rb"stream\r?\n", content):
        try:
            yield zlib.decompressobj().decompress(content[found.end() :])
        except zlib.error:
            continue


def lay_out(values: dict[str, Any], layout: Layout = LAYOUT, **dress: Any) -> tuple[bytes, list[Any]]:
    return formats.FORMATS["pdf"].lay_out(values, layout, Dress(**dress))


HOSTILE = [
    '#panic("x") $x^2$ *粗* _斜_ `码` <lab> @ref [c] {d} \\ ~ // c /* d */ = h',
    "</w:t><script>alert(1)</script>&amp;{{ 7*7 }}{% y %}",
    "=HYPERLINK(1)",
    f"某区{RARE}",
    "长" * 300,
    "A" * 300,
    '#let x = 1; "\\u{41}" #sys.inputs.data #read("/etc/passwd")',
    "①②③℃№±×÷≤≥—…·“”‘’〔〕",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(values: dict[str, Any], hostile: str) -> None:
    given = json.loads(json.dumps(values))
    given |= {"title": hostile, "signatory": hostile, "letterhead": hostile, "copy_to": hostile, "printed_by": hostile}
    given["body"][0]["text"] = given["body"][-1]["lead"] = given["body"][3]["text"] = hostile
    for annex in given["annexes"]:
        table = annex["tables"][0]
        table["title"] = table["rows"][0][1] = table["rows"][9][1] = hostile
        table["notes"] = [hostile]
        if len(hostile) < 100:
            annex["title"] = table["columns"][1]["name"] = hostile
    content, found = lay_out(given)
    assert {each.code for each in found} <= {"K540", "K543", "K546"}
    for pages in extracted(content):
        whole = "".join("".join(page.split()) for page in pages)
        assert whole.count("".join(hostile.split())[:20]) >= 12
    for page in pymupdf.open(stream=content):
        within = pymupdf.Rect(40, 40, page.rect.x1 - 40, page.rect.y1 - 40)
        assert [word for word in page.get_text("words") if not within.contains(pymupdf.Rect(word[:4]))] == []


def test_a_character_that_no_font_has_is_named(values: dict[str, Any]) -> None:
    content, found = lay_out({**values, "addressee": "某局\U0010fffd：", "title": "\uf8f0"})
    assert content == b""
    (last,) = [each for each in found if each.code == "K544"]
    assert "U+10FFFD" in dict(last.params)["characters"]
    assert "U+F8F0" in dict(last.params)["characters"]


def test_a_layout_that_was_spoilt_is_named_with_its_line(values: dict[str, Any]) -> None:
    text = LAYOUT.raw.decode()
    for spoilt, code, kind in (
        (text.replace("d.addressee", "d.adressee"), "K501", "adressee"),
        (f"{text}\n#let x = (\n", "K502", "syntax"),
        (f"{text}\n#(1 + true)\n", "K502", "value"),
        (f'{text}\n#read("/etc/hostname")\n', "K502", "value"),
    ):
        content, found = lay_out(values, Layout("circular.typ", spoilt.encode()))
        assert content == b""
        assert (found[-1].code, found[-1].location.file) == (code, "circular.typ")
        assert found[-1].location.line > 0
        assert kind in dict(found[-1].params).values()


def test_without_the_extra_one_line_says_how_to_get_it(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name == "typst" else object())
    told = CliRunner().invoke(group, ["circular", str(run), "--format", "pdf"])
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "缺少生成pdf的组件，请运行：pip install 'kaohe[pdf]'\n"


def test_the_imprint_stands_on_an_even_page(values: dict[str, Any]) -> None:
    for rows in range(1, 46, 4):
        given = json.loads(json.dumps(values))
        given["annexes"] = given["annexes"][:1]
        given["annexes"][0]["tables"] = given["annexes"][0]["tables"][:1]
        given["annexes"][0]["tables"][0]["rows"] = given["annexes"][0]["tables"][0]["rows"][:rows]
        pages = extracted(lay_out(given)[0])[0]
        assert len(pages) % 2 == 0
        assert [number for number, page in enumerate(pages) if "抄送：" in page] == [len(pages) - 1]


def test_many_departments_get_their_annexes_as_files() -> None:
    columns = (Column("名次", True), Column("部门名称", part=4), Column("总分", True))
    rows = tuple((str(number), f"第{number}单位", f"{number % 100}.00") for number in range(1, MOST_ROWS + 2))
    annex = Annex("附件", "一览表", (Table("单位", columns, rows),))
    document = Document("", "某局关于考核情况的通报", number="某财〔2024〕6号", notices=("样例",), annexes=(annex,))
    parts = parted({"通报": document})
    assert list(parts) == ["通报", "通报附件"]
    assert parts["通报"].annexes == ()
    content, _ = lay_out(formats_values(parts["通报附件"]))
    pages = extracted(content)[0]
    assert pages[0].replace("\n", "").startswith("某财〔2024〕6号附件")
    assert "".join(pages).count("第1001单位") == 1
    assert "样例" in pages[-1]
    few_rows = Document("", "通报", annexes=(Annex("附件", "表", (Table("", columns, rows[:9]),)),))
    assert parted({"通报": few_rows}) == {"通报": few_rows}


def formats_values(document: Document) -> dict[str, Any]:
    from scoring.app.layouts import plain_values

    found: dict[str, Any] = plain_values(document)
    return found


def test_leaders_get_pictures_and_departments_do_not(
    run: Path, publish: Callable[..., Published], tmp_path: Path
) -> None:
    made = publish(run, formats=("md", "pdf"), out=tmp_path / "out")
    files = {path.name: path.read_bytes() for path in made.files}
    text = "".join(extracted(files["2023年度考核通报（送审稿）.pdf"])[0])
    assert "考核图表" in text
    assert "总分分布" in text
    assert "考核图表" not in files["2023年度考核通报（送审稿）.md"].decode()
    assert "总分分布" not in "".join(extracted(files["2023年度考核送审说明.pdf"])[0])
    os.chdir(tmp_path)
    plain = pdf(run, tmp_path / "two")
    assert "考核图表" not in "".join(extracted(plain)[0])
