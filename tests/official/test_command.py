"""`kaohe method`: what is printed where, and what is said when it cannot be."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.commands import group

pytestmark = pytest.mark.once
Kaohe = Callable[..., Result]


@pytest.fixture
def kaohe() -> Kaohe:
    return lambda *words: CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False)


def test_a_text_goes_to_stdout(kaohe: Kaohe) -> None:
    done = kaohe("method", "2023")
    assert done.exit_code == 0
    assert done.stdout.startswith("征求意见稿\n\n# 部门预算绩效管理工作考核办法（2023年样本）评分表\n")
    assert not done.stderr
    assert kaohe("method", "2023", "--format", "html").stdout.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("indicator", ["5.2", "绩效自评质量"])
def test_one_rule_by_code_or_name(kaohe: Kaohe, indicator: str) -> None:
    done = kaohe("method", "2023", indicator)
    assert done.exit_code == 0
    assert "按自评平均偏差分档：5分以下得12分" in done.stdout
    assert "- 自评平均偏差（算出，分）：“自评复核”的各条偏差的平均数" in done.stdout


def test_files_of_several_formats(kaohe: Kaohe, tmp_path: Path) -> None:
    words = ("method", "2022", "--format", "md,docx,xlsx", "--out", tmp_path / "out")
    done = kaohe(*words)
    assert done.exit_code == 0
    names = [f"2022年度考核评分表（征求意见稿）.{ending}" for ending in ("docx", "md", "xlsx")]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert [Path(line).name for line in done.stdout.splitlines()] == names
    assert kaohe(*words).exit_code == 0  # the same again is no conflict


def test_a_file_that_somebody_changed_is_kept(kaohe: Kaohe, tmp_path: Path) -> None:
    words = ("method", "2022", "--out", tmp_path)
    (path,) = (Path(line) for line in kaohe(*words).stdout.splitlines())
    path.write_text("改过", encoding="utf-8")
    done = kaohe(*words)
    assert "K521" in done.stderr
    assert path.read_text(encoding="utf-8") == "改过"
    assert kaohe(*words, "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") != "改过"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2023", "9.9"), "没有“9.9”"),
        (("2023", "绩效自评质"), "绩效自评质量"),
        (("2023", "--format", "pdf"), "docx"),
        (("2023", "--format", "docx"), "--out"),
        (("2023", "5.2", "--format", "html"), "只读一项规则"),
        (("1999",), "2022、2023"),
    ],
)
def test_what_cannot_be_done_says_why(kaohe: Kaohe, words: tuple[str, ...], said: str) -> None:
    done = kaohe("method", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(("format_", "module"), [("docx", "docx"), ("xlsx", "xlsxwriter")])
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    kaohe: Kaohe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = kaohe("method", "2023", "--format", format_, "--out", tmp_path / "out")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.endswith("pip install 'kaohe[documents]'")
    assert not (tmp_path / "out").exists()


def test_an_edition_with_errors_is_not_printed(kaohe: Kaohe, root: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(root / "rules", rules)
    path = rules / "2023/method.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("rebase_to:", "rebase：", 1), encoding="utf-8")
    done = kaohe("--rules", rules, "method", "2023")
    assert done.exit_code == 1
    assert "method.yaml" in done.stderr
    assert not done.stdout


def test_an_offices_own_template_comes_first(kaohe: Kaohe, root: Path, tmp_path: Path) -> None:
    (tmp_path / "method").mkdir()
    (tmp_path / "method/method.md.j2").write_text("{{ title }}，共{{ contents | length }}项。", encoding="utf-8")
    assert kaohe("--reports", tmp_path, "method", "2023").stdout.endswith("评分表，共8项。\n")


def test_a_fault_of_a_template_is_a_finding_with_its_line(kaohe: Kaohe, tmp_path: Path) -> None:
    (tmp_path / "method").mkdir()
    (tmp_path / "method/method.md.j2").write_text("一\n{{ titel }}\n", encoding="utf-8")
    done = kaohe("--reports", tmp_path, "method", "2023")
    assert done.exit_code == 1
    assert "K501" in done.stderr
    assert "第2行" in done.stderr
