"""`kaohe explain`: by code or name, one indicator, two formats, and what it says where it cannot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.app.explain import explain, explained
from scoring.app.score import Order, score
from scoring.commands import group
from scoring.resources import examples, shipped_places
from tests.explain.district import example

pytestmark = pytest.mark.once

EDITION = "2022"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("runs") / EDITION
    order = Order(EDITION, examples() / EDITION, target, f"examples/{EDITION}", matcher="plain")
    assert score(order, shipped_places()).written
    return target


def kaohe(*words: str | Path) -> Result:
    return CliRunner().invoke(group, ["explain", *map(str, words)])


def test_by_code_full_and_short_name(run: Path) -> None:
    department = example(EDITION).assessment["departments"][3]
    pages = [kaohe(run, department[key]) for key in ("code", "name", "short")]
    assert [page.exit_code for page in pages] == [0, 0, 0]
    assert len({page.stdout for page in pages}) == 1
    assert pages[0].stdout.startswith(
        f"{department['name']}（{department['code']}）{EDITION}年度得分说明（初步结果）\n"
    )
    assert explained(run, department["code"]) == pages[0].stdout


def test_a_name_nobody_bears_is_met_with_what_was_meant(run: Path) -> None:
    name = example(EDITION).assessment["departments"][3]["name"]
    found = kaohe(run, name[:-1])
    assert found.exit_code == 2
    assert not found.stdout
    assert "名册中没有" in found.output
    assert name in found.output
    assert "相近的有" not in kaohe(run, "这个部门不存在于任何名册").output


def test_one_indicator_by_code_or_name(run: Path) -> None:
    node = next(each for each in example(EDITION).assessment["method"]["tree"] if each["code"] == "5.2")
    by_code, by_name = kaohe(run, "B01", "5.2"), kaohe(run, "B01", node["name"])
    assert by_code.stdout == by_name.stdout
    assert "5.2#1" in by_code.stdout
    assert "5.1#1" not in by_code.stdout
    found = kaohe(run, "B01", node["name"][:-1])
    assert found.exit_code == 2
    assert "5.2" in found.output


def test_json_holds_the_same_for_programs(run: Path) -> None:
    found = kaohe(run, "B01", "--format", "json")
    assert found.exit_code == 0
    data = json.loads(found.stdout)
    card = example(EDITION).card("B01")
    assert {each["id"]: each["points"] for each in data["entries"]} == {
        each["id"]: each["points"] for each in card["entries"]
    }
    for each in data["entries"]:
        assert each["sentence"]
        assert each["calculation"]
        assert each["basis"]["rule"]
        assert each["basis"]["places"][0]["file"].startswith(f"rules/{EDITION}/")
    assert data["sum"]["value"] == card["total"]
    assert [each["outcome"] for each in data["grade_steps"]] == [each["grade"] for each in card["grade_steps"]]


def test_a_department_that_was_not_assessed_is_told_so(run: Path) -> None:
    department = next(each for each in example(EDITION).assessment["departments"] if not each["assessed"])
    found = kaohe(run, department["code"])
    assert found.exit_code == 0
    assert "本年度不参加考核，没有得分。" in found.stdout


def test_altered_files_are_not_explained(run: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered"
    shutil.copytree(run, altered)
    method = altered / "rules" / EDITION / "method.yaml"
    method.write_bytes(method.read_bytes() + b"\n")
    found = kaohe(altered, "B01")
    assert found.exit_code == 3
    assert not found.stdout


def test_a_fault_of_ones_own_template_is_a_finding_with_its_line(run: Path, tmp_path: Path) -> None:
    own = tmp_path / "reports"
    (own / "explain").mkdir(parents=True)
    (own / "explain" / "scale.yaml").write_text("format: 1\nfact: |-\n  {{ name }}{{ 数值 }}\n", encoding="utf-8")
    found = CliRunner().invoke(group, ["--reports", str(own), "explain", str(run), "B01"])
    assert found.exit_code == 1
    assert "scale.fact" in found.stderr
    assert "得分说明" in found.stdout


def test_without_its_rules_an_old_run_is_still_explained() -> None:
    """The figures come from the ledger; only the words of the rules are poorer."""
    whole = example(EDITION)
    bare = type(whole)({}, whole.assessment, whole.places)
    found = explain(bare, "B01")
    assert not found.findings
    assert found.data is not None
    assert "计算：" in found.text


def test_headroom_and_what_if(run: Path) -> None:
    page = kaohe(run, "J15", "--headroom")
    assert page.exit_code == 0
    assert "提升空间" in page.stdout.splitlines()[0]
    data = json.loads(kaohe(run, "J15", "--headroom", "--format", "json").stdout)
    assert data["department"] == "J15"
    assert data["total"]["code"] == "总分"
    top = kaohe(run, "B13", "--to", "grade", "--format", "json")
    assert top.exit_code == 0
    assert json.loads(top.stdout)["to"] == "grade"
    assert kaohe(run, "J15", "5.2", "--headroom").exit_code == 2
    assert kaohe(run, "J15", "--headroom", "--to", "rank").exit_code == 2
    assert kaohe(run, "不存在", "--to", "rank").exit_code == 2


def test_the_sampling_list(run: Path) -> None:
    found = CliRunner().invoke(group, ["sample", str(run)])
    assert found.exit_code == 0
    assert "抽查建议" in found.stdout.splitlines()[0]
    assert CliRunner().invoke(group, ["sample", str(run), "--format", "csv"]).stdout.startswith("\ufeff")
