"""Worked examples: the shipped editions meet theirs; one that does not come to its expectation is found at its line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring import resources
from scoring.app.worked import try_editions
from scoring.commands import group
from tests.worked.small import EXAMPLES, FOLDER, INDICATORS, edited, files, params, tried

pytestmark = pytest.mark.once


def kaohe(*words: object) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False)


@pytest.mark.parametrize("edition", ["2022", "2023"])
def test_the_shipped_editions_meet_their_examples_and_reach_everything(edition: str) -> None:
    found, (result,) = try_editions([edition], resources.shipped_places())
    assert not found
    assert result.unmet == result.unexpected == result.unreached == 0
    assert result.examples > 100


def test_the_small_edition_meets_its_examples() -> None:
    found, result = tried(files())
    assert not found
    assert (result.examples, result.departments, result.unmet) == (13, 15, 0)
    assert (result.criteria, result.unexpected, result.unreached) == (3, 0, 0)


DIFFERENT = [
    ('points: {"1.1": 15}', 'points: {"1.1": 16}', "points", "1.1", "16", "15", "迟报天数为1，计分15"),
    ('points: {"1.2": 不适用}', 'points: {"1.2": 0}', "points", "1.2", "0", "不适用", "完成率为不适用，不适用0"),
    ('points: {"1.1": 5}', 'points: {"1": 46}', "points", "1", "46", "45", "“1.1”得5分、“1.2”得40分"),
    ('points: {"1.1": 20,', 'points: {"1.1": 不考核,', "points", "1.1", "不考核", "20", "迟报天数为0，计分20"),
    ("total: 95", "total: 94", "total", "", "94", "95", "“1”得55分、“2”得40分"),
    ("exact: 100", "exact: 25/3", "exact", "", "25/3", "100", "“1”得60分、“2”得40分"),
    ("{total: 80, grade: 合格}", "{total: 80, grade: 不合格}", "grade", "", "不合格", "合格", "按得分“合格”"),
    ("{total: 90, rank: 2}", "{total: 90, rank: 1}", "rank", "", "1", "2", "总分90"),
    ("{total: 85, rank: 1}", "{total: 85, rank: 不排名}", "rank", "", "不排名", "1", "总分85"),
    ("limits: [弄虚作假]", "limits: []", "limits", "", "无", "弄虚作假", ""),
    ("warnings: [差错偏多]", "warnings: []", "warnings", "", "无", "差错偏多", ""),
    ("facts: {迟报天数: 1}", "facts: {迟报天数: 2}", "facts", "迟报天数", "2天", "1天", ""),
    ("facts: {完成率: 1/3}", "facts: {完成率: 33%}", "facts", "完成率", "33%", "33.33%", ""),
    ("facts: {完成率: 1/3}", "facts: {报送日期: 未完成}", "facts", "报送日期", "未完成", "2023-03-31", ""),
    ("kind: gate, points: 0", "kind: cap", "entries", "1.1", "cap", "gate 0", ""),
    ("kind: gate, points: 0", "kind: gate, points: 1", "entries", "1.1", "gate 1", "gate 0", ""),
]


@pytest.mark.parametrize(("old", "new", "kind", "name", "wanted", "actual", "because"), DIFFERENT)
def test_a_broken_expectation_is_found_at_its_line(
    old: str, new: str, kind: str, name: str, wanted: str, actual: str, because: str
) -> None:
    made = edited(EXAMPLES, old, new)
    (found,) = [each for each in tried(made)[0] if each.code != "K606"]
    assert found.code == "K601"
    said = {"kind": kind, "name": name, "wanted": wanted, "actual": actual, "because": because}
    assert params(found) == said
    assert found.location is not None
    assert new in found.location.text
    assert found.location.headings[0].startswith("样例“")


def test_a_changed_rule_is_found_by_all_examples_that_speak_of_it() -> None:
    everything, result = tried(edited(INDICATORS, "deduct: 5", "deduct: 6"))
    found = [each for each in everything if each.code == "K601"]
    places = [(each.location.text.strip(), params(each)["actual"]) for each in found if each.location]
    assert ('expect: {points: {"1.1": 5}}', "2") in places
    assert result.unmet == 4
    assert [each.code for each in everything if each not in found] == ["K607"]  # totals differ now: no tie to break


WRONG = [
    ('points: {"1.1": 5}', 'points: {"1.3": 5}', "K602", {"kind": "code", "text": "1.3", "meant": "1.2"}),
    ("facts: {迟报天数: 1}", "facts: {迟报天: 1}", "K602", {"kind": "fact", "text": "迟报天", "meant": "迟报天数"}),
    ("{total: 80, grade: 合格}", "{grade: 优}", "K602", {"kind": "grade", "text": "优", "meant": ""}),
    ("limits: [弄虚作假]", "limits: [弄虚]", "K602", {"kind": "limits", "text": "弄虚", "meant": "弄虚作假"}),
    ("warnings: [差错偏多]", "warnings: [差错多]", "K602", {"kind": "warnings", "text": "差错多", "meant": "差错偏多"}),
    ("kind: gate,", "kind: gates,", "K602", {"kind": "kind", "text": "gates", "meant": "gate"}),
    ('indicator: "1.1"', 'indicator: "9"', "K602", {"kind": "indicator", "text": "9", "meant": ""}),
    ("group: 街镇", "group: 街道", "K602", {"kind": "group", "text": "街道", "meant": "街镇"}),
    ('points: {"1.1": 5}', 'points: {"1.1": 五分}', "K603", {"kind": "points", "text": "五分"}),
    ("total: 95", "total: 约95", "K603", {"kind": "total", "text": "约95"}),
    ("code: 乙,", "code: 甲,", "K604", {"code": "甲"}),
    ("facts: {完成率: 1/3}", "facts: {完成率: 0.33}", "K311", {"name": "完成率", "text": "0.33", "meant": "33%"}),
    (
        "{facts: {差错: 3}}",
        "{facts: {差错数: 3}}",
        "K305",
        {"name": "差错数", "kind": "fact", "owner": "", "meant": "差错"},
    ),
    (
        "{facts: {差错: 3}}",
        "{facts: {差错: -3}}",
        "K319",
        {"name": "差错", "text": "-3", "unit": "处", "kind": "negative"},
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "said"), WRONG)
def test_an_example_that_cannot_be_understood_is_found_at_its_line(
    old: str, new: str, code: str, said: dict[str, str]
) -> None:
    found = [each for each in tried(edited(EXAMPLES, old, new))[0] if each.code == code]
    assert [params(each) for each in found] == [said]
    assert found[0].location is not None
    assert new in found[0].location.text


def test_a_mistake_in_the_base_is_said_once() -> None:
    found, _ = tried(edited(EXAMPLES, "差错: 2,", "差错: 二,"))
    assert [each.code for each in found if each.code != "K601"].count("K112") == 1


def test_data_that_do_not_count_may_be_the_point_of_an_example() -> None:
    """More done than was to be done is refused; that is no mistake where the example expects it."""
    old = '已完成: 1}}\n    expect: {facts: {完成率: 1/3}, points: {"1.2": 13.33}, total: 73.33'
    new = '已完成: 4}}\n    expect: {points: {"1.2": 未报}, total: 60'
    assert not tried(edited(EXAMPLES, old, new))[0]
    found, _ = tried(edited(EXAMPLES, old, new.replace("未报", "40")))
    assert {each.code for each in found} == {"K601", "K312"}


def test_a_datum_with_a_reason_comes_from_a_spot_check() -> None:
    """Given without a reason it is the department's own word, which is held to the period."""
    made = edited("facts.yaml", "{type: 日期, source: 财政,", "{type: 日期, source: 部门,")
    text = made[EXAMPLES].decode().replace("报送日期: 未完成", "报送日期: 2024-01-01")
    made[EXAMPLES] = text.encode()
    codes = {each.code for each in tried(made)[0]}
    assert codes == {"K601", "K340"}
    made[EXAMPLES] = text.replace("报送日期: 2024-01-01", "报送日期: {value: 2024-01-01, why: 实地抽查}").encode()
    assert [params(each)["actual"] for each in tried(made)[0]] == ["276天"]


def test_an_edition_without_examples_says_so(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "小样")
    (tmp_path / "小样" / EXAMPLES).unlink()
    done = kaohe("test", tmp_path / "小样")
    assert done.exit_code == 0
    assert "K605" in done.stderr
    assert "小样/examples.yaml" in done.stderr


def test_the_command_says_what_it_found(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "小样")
    done = kaohe("--rules", tmp_path, "test", "小样")
    assert done.exit_code == 0
    assert done.stdout == "小样：样例13个（部门15个），全部相符。样例用到评分标准3/3项，档次、情形和条件17/17处。\n"
    examples = tmp_path / "小样" / EXAMPLES
    examples.write_text(examples.read_text("utf-8").replace("total: 95", "total: 96"), "utf-8")
    done = kaohe("--rules", tmp_path, "test", "小样")
    assert done.exit_code == 1
    assert "总分预期96，算出95（“1”得55分、“2”得40分）" in done.stderr
    assert "样例13个（部门15个），1个不符" in done.stdout
    listed = json.loads(kaohe("--rules", tmp_path, "test", "小样", "--format", "json").stdout)
    assert "K601" in json.dumps(listed)


def test_an_unknown_edition_is_a_usage_error() -> None:
    assert kaohe("test", "1999").exit_code == 2


def test_an_unsound_edition_is_said_to_be_so_first(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "小样")
    rules = tmp_path / "小样" / INDICATORS
    rules.write_text(rules.read_text("utf-8").replace("of: 差错\n", "of: 差错数\n"), "utf-8")
    done = kaohe("test", tmp_path / "小样")
    assert done.exit_code == 1
    assert "K210" in done.stderr
    assert done.stdout == ""


def test_one_wrong_edition_does_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        shutil.copytree(FOLDER, tmp_path / name)
    (tmp_path / "甲" / "facts.yaml").write_text("format: 1\n", "utf-8")
    found, results = try_editions([str(tmp_path / "甲"), str(tmp_path / "乙")], resources.shipped_places())
    wrong = [each for each in found if each.code != "K203"]  # both are called otherwise than their folders
    assert {each.location.file.rsplit("/", 2)[1] for each in wrong if each.location} == {"甲"}
    assert [each.unmet for each in results] == [0]
