"""The circular as Word file and web page: the same words and figures as in Markdown, the same bytes anywhere."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from scoring.app.publish import CircularOrder, circular
from scoring.render import formats
from scoring.resources import shipped_places
from tests.circular.paper import read
from tests.circular.readers import Read, read_docx, read_html, squeezed, tags_of

pytestmark = pytest.mark.once

FOLDERS = shipped_places()
ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT.parent / "shared" / "tools" / "gbt9704_check.py"
FORMATS = ("md", "html", "docx")
HEAD_ONLY = re.compile(r"logo\.|docno\.|sep\.|banji\.")
ORDERS = [
    ("2022", "approval", "none"),
    ("2023", "approval", "draft"),
    ("2023", "issued", "full"),
    ("2023", "issued", "none"),
    ("2023", "public", "full"),
]


@pytest.fixture(scope="module")
def approved(years: Path, tmp_path_factory: pytest.TempPathFactory, approve: Callable[[Path], None]) -> Path:
    """The example years, approved."""
    folder = tmp_path_factory.mktemp("approved")
    for edition in ("2022", "2023"):
        shutil.copytree(years / edition, folder / edition)
        approve(folder / edition)
    return folder


@pytest.fixture(scope="module")
def laid(approved: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], dict[str, bytes]]:
    """For each order the files by name, without pictures, which Markdown does not have."""
    found = {}
    for edition, audience, letterhead in ORDERS:
        folder = tmp_path_factory.mktemp("laid")
        order = CircularOrder(
            approved / edition,
            audience,
            FORMATS,
            letterhead,
            out=folder,
            passages=folder.with_name("none.yaml"),
            pictures=False,
        )
        made = circular(order, FOLDERS)
        assert not made.findings
        found[edition, audience, letterhead] = {path.name: path.read_bytes() for path in made.files}
    return found


def of(files: dict[str, bytes], ending: str, word: str = "通报") -> bytes:
    (found,) = [raw for name, raw in files.items() if word in name and name.endswith(f".{ending}")]
    return found


READERS: dict[str, Callable[[bytes], Read]] = {"docx": read_docx, "html": read_html}


@pytest.mark.parametrize("format_", READERS)
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_it_says_what_markdown_says(
    laid: dict[tuple[str, str, str], dict[str, bytes]], order: tuple[str, str, str], format_: str
) -> None:
    for word in ("通报", "送审说明") if order[1] == "approval" else ("通报",):
        paper = read(of(laid[order], "md", word).decode())
        found = READERS[format_](of(laid[order], format_, word))
        told = [[list(rows[0]), *(list(row.values()) for row in rows)] for rows in paper.tables.values()]
        assert found.tables == told
        lines = [squeezed(each.removeprefix(">")) for each in (*paper.headings, *paper.paragraphs)]
        whole = found.squeezed()
        assert [each for each in lines if each not in whole] == []
        assert len(whole) == sum(map(len, lines))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_word_finds_nothing_to_repair(
    laid: dict[tuple[str, str, str], dict[str, bytes]], order: tuple[str, str, str], tmp_path: Path
) -> None:
    for name, raw in laid[order].items():
        if name.endswith(".docx"):
            (tmp_path / name).write_bytes(raw)
            assert not OpenXmlValidator().validate(tmp_path / name).errors


@pytest.mark.skipif(not CHECKER.is_file(), reason="the checker is not here")
@pytest.mark.parametrize("order", [each for each in ORDERS if each[1] != "approval"], ids="-".join)
def test_it_is_laid_out_as_the_standard_says(
    laid: dict[tuple[str, str, str], dict[str, bytes]], order: tuple[str, str, str], tmp_path: Path
) -> None:
    (tmp_path / "circular.docx").write_bytes(of(laid[order], "docx"))
    asked = [sys.executable, CHECKER, tmp_path / "circular.docx", "--json", "--require", "to,attach,annex,banji,sign"]
    facts = json.loads(subprocess.run(asked, capture_output=True, check=False).stdout)["facts"]
    assert len(facts) > 90
    wrong = [f"{each['id']} {each['measured']}" for each in facts if each["status"] in ("FAIL", "WARN")]
    if order[2] == "none":
        assert wrong
        wrong = [each for each in wrong if not HEAD_ONLY.match(each)]
    assert wrong == []


def test_pictures_stand_in_word_and_on_the_page(approved: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    order = CircularOrder(approved / "2023", "issued", FORMATS, out=tmp_path, passages=tmp_path / "p", pictures=True)
    files = {path.suffix: path.read_bytes() for path in circular(order, FOLDERS).files}
    with zipfile.ZipFile(io.BytesIO(files[".docx"])) as parts:
        pictures = [name for name in parts.namelist() if name.endswith(".png")]
        body = parts.read("word/document.xml").decode()
    assert len(pictures) == body.count("<w:drawing>") == files[".html"].decode().count("<svg ") >= 2
    assert all(len(each) >= 4 for each in re.findall(r'descr="([^"]*)"', body))
    assert "附件3" in read_docx(files[".docx"]).text
    (tmp_path / "circular.docx").write_bytes(files[".docx"])
    assert not OpenXmlValidator().validate(tmp_path / "circular.docx").errors
    assert "图表" not in files[".md"].decode()


def test_without_what_draws_them_a_word_file_has_no_annex_of_pictures(
    approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name == "typst" else find_spec(name))
    order = CircularOrder(approved / "2023", "issued", ("docx",), out=tmp_path, passages=tmp_path / "p", pictures=True)
    made = circular(order, FOLDERS)
    assert [(each.code, dict(each.params)) for each in made.findings] == [("K504", {"format": "docx"})]
    assert "图表" not in read_docx(made.files[0].read_bytes()).text


def test_a_page_needs_nothing_from_anywhere(laid: dict[tuple[str, str, str], dict[str, bytes]]) -> None:
    raw = of(laid["2023", "issued", "full"], "html")
    tags = tags_of(raw)
    assert not [tag for tag, _ in tags if tag in ("script", "img", "link", "iframe", "object", "form")]
    assert not [
        key for _, attributes in tags for key in attributes if key in ("style", "src", "href") or key[:2] == "on"
    ]
    text = raw.decode()
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = [one["content"] for tag, one in tags if tag == "meta" and one.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    allowed = re.findall(r"'(sha256-[^']+)'", policy)
    digest = hashlib.sha256(style.encode()).digest()
    assert [each.removeprefix("sha256-") for each in allowed] == [base64.b64encode(digest).decode()]


def test_the_same_bytes_twice_elsewhere_and_in_another_time_zone(approved: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "另一处" / "2023"
    shutil.copytree(approved / "2023", elsewhere)
    first, second = tmp_path / "1", tmp_path / "2"
    for run, out in ((approved / "2023", first), (elsewhere, second)):
        order = CircularOrder(run, "issued", FORMATS, "full", out=out, passages=tmp_path / "p", pictures=True)
        assert circular(order, FOLDERS).files
    told = ["circular", elsewhere, "--format", "html,docx", "--letterhead", "full", "--audience", "issued"]
    zone = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    asked = [sys.executable, ROOT / "cli.py", *told, "--pictures", "--out", tmp_path / "3"]
    subprocess.run(asked, env=zone, check=True, capture_output=True, cwd=tmp_path)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
        if path.suffix != ".md":
            assert path.read_bytes() == (tmp_path / "3" / path.name).read_bytes()


def test_a_draft_leaves_number_and_date_open_even_after_the_approval(approved: Path, tmp_path: Path) -> None:
    order = CircularOrder(approved / "2023", "issued", ("docx",), "draft", out=tmp_path, passages=tmp_path / "p")
    found = read_docx(circular(order, FOLDERS).files[0].read_bytes())
    assert "澄财绩〔2024〕×号" in found.lines
    assert "2024年×月×日" in found.lines
    assert "澄岚区财政局文件" in found.lines
    assert found.lines[-2].endswith("2024年×月×日印发") or "×月×日印发" in found.text


@pytest.mark.long
def test_an_office_program_sets_22_lines_of_28_characters(
    laid: dict[tuple[str, str, str], dict[str, bytes]], tmp_path: Path
) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or pdftotext is None:
        pytest.skip("LibreOffice or pdftotext is not here")
    (tmp_path / "circular.docx").write_bytes(of(laid["2023", "issued", "full"], "docx"))
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    asked = [soffice, own, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "circular.docx"]
    subprocess.run(asked, check=True, capture_output=True, timeout=180)
    told = subprocess.run([pdftotext, "-layout", tmp_path / "circular.pdf", "-"], check=True, capture_output=True)
    pages = told.stdout.decode().split("\f")
    lines = [squeezed(each) for each in pages[1].splitlines() if each.strip()]
    assert lines[-1] == "—2—"
    assert len(lines) == 23
    assert sum(len(each) in (27, 28, 29) for each in lines if each.isalpha() or "、" in each) > 5
    assert re.fullmatch(r"—\d*[02468]—", squeezed(pages[-2].strip().splitlines()[-1]))
