"""An archive holds all that is needed to verify a run without a network, and says in its list what is in it."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.archive import open_run, write_published
from scoring.archive.pdf import is_pdf_a, pages
from scoring.archive.wheel import wheel
from scoring.assessment import SEMANTICS
from scoring.commands import group
from tests.archive.keep import KEPT
from tests.archive.rewriting import all_files, changes

pytestmark = pytest.mark.once
Kaohe = Callable[..., Result]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 3 >>\nendobj\n<pdfaid:part>2</pdfaid:part>\n"


@pytest.fixture
def kaohe() -> Kaohe:
    return lambda *words: CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """An approved run with papers published as PDF."""
    made = Path(shutil.copytree(KEPT / str(SEMANTICS) / "first", tmp_path / "run"))
    opened, _ = open_run(made)
    assert opened is not None
    papers = {"2023年度考核通报（送审稿）.pdf": PDF, "2023年度考核送审说明.pdf": PDF}
    assert write_published(opened, "approval", papers) == []
    assert write_published(opened, "issued", {"2023年度考核通报（印发稿）.pdf": PDF}) == []
    assert write_published(opened, "department", {"B11_得分单.pdf": PDF, "B11_得分单.md": b"x"}) == []
    return made


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "office.yaml"
    path.write_text(
        "format: 1\norgan: 澄岚区财政局\nnumber: 澄财绩〔2024〕6号\ndate: 2024-06-07\n"
        "retention: {circular: 永久, review: 30年, sheets: 30年, appeals: 30年, method: 永久,\n"
        "  inputs: 10年, result: 30年}\n",
        encoding="utf-8",
    )
    return path


def rows(archive: Path) -> list[dict[str, str]]:
    raw = (archive / "归档目录.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_list_groups_files_into_pieces(kaohe: Kaohe, run: Path, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    done = kaohe("--office", office, "archive", run, "--out", out)
    assert done.exit_code == 0, done.stderr
    assert "K43" not in done.stderr
    listed = rows(out)
    piece = {row["文件"]: row for row in listed}
    circular = piece["结果/final.json"]
    assert circular["题名"] == "澄岚区财政局关于2023年度部门预算绩效管理工作考核情况的通报"
    assert (circular["文号"], circular["日期"], circular["保管期限"]) == ("澄财绩〔2024〕6号", "2024-06-07", "永久")
    together = {row["文件"] for row in listed if row["件号"] == circular["件号"]}
    assert "结果/published/issued/2023年度考核通报（印发稿）.pdf" in together
    assert "结果/published/approval/2023年度考核通报（送审稿）.pdf" in together
    assert "文书/issued/2023年度考核通报（印发稿）.pdf" in together
    assert piece["文书/approval/2023年度考核送审说明.pdf"]["题名"].endswith("送审材料")
    assert piece["文书/department/B11_得分单.pdf"]["页数"] == "3"
    assert piece["结果/inputs/roster.yaml"]["保管期限"] == "10年"
    assert piece["结果/assessment.json"]["件号"] == piece["程序/kaohe-0.1.0-py3-none-any.whl"]["件号"]
    made_here = {"归档目录.csv", "归档目录.html", "归档说明.txt", "校验清单.txt"}
    assert set(piece) == set(all_files(out)) - made_here
    for row in listed:
        assert hashlib.sha256((out / row["文件"]).read_bytes()).hexdigest() == row["SHA-256"]
    page = (out / "归档目录.html").read_text(encoding="utf-8")
    assert "澄财绩〔2024〕6号" in page
    assert "http" not in page.replace("http-equiv", "")


def test_every_file_is_in_the_sums(kaohe: Kaohe, run: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    assert kaohe("archive", run, "--out", out).exit_code == 0
    sums = dict(reversed(line.split("  ", 1)) for line in (out / "校验清单.txt").read_text("utf-8").splitlines())
    assert set(sums) == set(all_files(out)) - {"校验清单.txt"}
    assert all(hashlib.sha256((out / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())


def test_the_same_run_gives_the_same_archive(kaohe: Kaohe, run: Path, tmp_path: Path) -> None:
    said = [kaohe("archive", run, "--out", tmp_path / name).stdout.splitlines()[1:] for name in ("one", "two")]
    assert said[0] == said[1]
    assert sorted(os.listdir(tmp_path)) == ["one", "run", "two"]


def test_what_is_missing_is_said(kaohe: Kaohe, run: Path, tmp_path: Path) -> None:
    opened, _ = open_run(run)
    assert opened is not None
    assert write_published(opened, "issued", {"通报.md": b"x", "通报.docx": b"x", "附件.csv": b"x"}) == []
    assert write_published(opened, "public", {"通报.pdf": PDF.replace(b"pdfaid", b"x")}) == []
    done = kaohe("archive", run, "--out", tmp_path / "archive")
    assert done.exit_code == 0
    assert "“published/issued”没有PDF，归档的只有docx,md" in done.stderr
    assert "“结果/published/public/通报.pdf”不是PDF/A" in done.stderr
    assert "K434" in done.stderr
    assert "published/department" not in done.stderr


def test_nothing_is_filed_that_is_not_approved_or_does_not_verify(kaohe: Kaohe, run: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    raw = (run / "places.json").read_bytes()
    (run / "places.json").write_bytes(changes(raw, 9)[0])
    assert kaohe("archive", run, "--out", out).exit_code == 3
    (run / "places.json").write_bytes(raw)
    final = (run / "final.json").read_bytes()
    (run / "final.json").unlink()
    done = kaohe("archive", run, "--out", out)
    assert done.exit_code == 2
    assert "K430" in done.stderr
    (run / "final.json").write_bytes(final)
    out.mkdir()
    done = kaohe("archive", run, "--out", out)
    assert done.exit_code == 2
    assert "K431" in done.stderr
    assert os.listdir(out) == []


def test_nothing_is_put_into_the_run(kaohe: Kaohe, run: Path) -> None:
    before = all_files(run)
    assert kaohe("archive", run, "--out", run / "archive").exit_code == 2
    assert kaohe("archive", run, "--out", run / "archive", "--wheels", run / "nowhere").exit_code == 2
    assert all_files(run) == before


def test_wheels_of_other_packages_are_filed_too(kaohe: Kaohe, run: Path, tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels/click-8.1-py3-none-any.whl").write_bytes(b"PK")
    (tmp_path / "wheels/notes.txt").write_bytes(b"")
    assert kaohe("archive", run, "--out", tmp_path / "archive", "--wheels", tmp_path / "wheels").exit_code == 0
    names = sorted(os.listdir(tmp_path / "archive/程序"))
    assert names == ["click-8.1-py3-none-any.whl", "kaohe-0.1.0-py3-none-any.whl"]


def test_the_wheel_holds_what_a_built_one_holds(root: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=root,
        check=True,
        capture_output=True,
    )
    built = zipfile.ZipFile(next(tmp_path.glob("*.whl")))
    name, raw = wheel()
    own = zipfile.ZipFile(io.BytesIO(raw))
    assert own.testzip() is None
    assert name == next(tmp_path.glob("*.whl")).name

    def contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
        names = [each for each in archive.namelist() if ".dist-info/" not in each and "/." not in each]
        return {each: archive.read(each) for each in names}

    assert contents(own) == contents(built)
    about = next(each for each in own.namelist() if each.endswith("METADATA")).rpartition("/")[0]
    needs = re.compile(r"^Requires-Dist: (?!.*extra ==)([\w-]+)", re.M)
    said = [needs.findall(each.read(f"{about}/METADATA").decode()) for each in (own, built)]
    assert set(said[0]) == set(said[1])
    assert own.read(f"{about}/entry_points.txt").split() == built.read(f"{about}/entry_points.txt").split()
    assert raw == wheel()[1]


@pytest.mark.parametrize("way", [pytest.param("pip", marks=pytest.mark.long), "unpacked"])
def test_it_verifies_with_the_wheel_inside_and_without_a_network(
    kaohe: Kaohe, run: Path, tmp_path: Path, way: str
) -> None:
    """As 归档说明.txt says, in a fresh place; what stands for the system's packages are those beside this Python."""
    assert kaohe("archive", run, "--out", tmp_path / "archive").exit_code == 0
    moved = tmp_path / "elsewhere" / "归档"
    moved.parent.mkdir()
    shutil.move(tmp_path / "archive", moved)
    said = (moved / "归档说明.txt").read_text(encoding="utf-8")
    steps = {line.strip().partition(" ")[0]: line.strip() for line in said.splitlines() if line.startswith("  ")}
    head = re.search(r"--head (\w{64})", steps["../校验环境/bin/kaohe"])
    assert head
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP"))}
    offline = {
        **surroundings,
        "PIP_NO_INDEX": "1",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    if way == "pip":
        subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
        python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
        found = subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True
        )
        Path(found.stdout.decode().strip(), "beside.pth").write_text(sysconfig.get_path("purelib") + "\n")
        install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", *moved.glob("程序/*.whl")]
        subprocess.run([python, *install], check=True, env=offline, cwd=moved)
        command = [python.with_name("kaohe")]
    else:
        program = tmp_path / "unpacked"
        subprocess.run([sys.executable, "-m", "zipfile", "-e", *moved.glob("程序/*.whl"), program], check=True)
        offline["PYTHONPATH"] = str(program)
        command = [sys.executable, "-P"] if sys.version_info >= (3, 11) else [sys.executable]
        command += ["-c", "from scoring.commands import main; main()"]
    done = subprocess.run([*command, "verify", "结果", "--head", head[1]], capture_output=True, env=offline, cwd=moved)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().startswith("校验结论：相符")
    where = subprocess.run(
        [python if way == "pip" else sys.executable, "-c", "import scoring; print(scoring.__file__)"],
        capture_output=True,
        env=offline,
        cwd=moved,
        check=True,
    )
    assert str(tmp_path) in where.stdout.decode()


def test_pages_of_a_pdf() -> None:
    import zlib

    packed = zlib.compress(b"<< /Type/Pages/Count 17/Kids[5 0 R] >> << /Type/Pages/Parent 1 0 R/Count 4 >>")
    streamed = b"%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /N 2 >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    assert pages(PDF) == 3
    assert pages(streamed) == 17
    assert pages(b"%PDF-1.7 nothing") is None
    assert is_pdf_a(PDF)
    assert is_pdf_a(b"<rdf:Description pdfaid:part='2'/>")
    assert not is_pdf_a(streamed)
