"""Changing the numbers of the rules one by one: which of them no example notices, and which need not be noticed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring import resources
from scoring.app.folders import edition_files
from scoring.app.worked import try_editions
from scoring.app.worked.numbers import (
    ALREADY_ROUNDED,
    BESIDE,
    HELD,
    NO_DATES,
    NO_WORKING_DAYS,
    ONLY_ORDER,
    SHOWN,
    Number,
    neighbours,
    numbers,
    same,
    unmoving,
)
from scoring.app.worked.trials import BY_CHECK, BY_EXAMPLE, BY_NOBODY, Bench, Change, Trials, mutate
from scoring.commands import group
from tests.worked.small import EXAMPLES, FOLDER, INDICATORS, edited, files, number, params, read, without

pytestmark = pytest.mark.once


def changed(made: dict[str, bytes]) -> Trials:
    return mutate(made, resources.schemas(), read(made), workers=1)


@cache
def of_the_small_edition() -> Trials:
    return changed(files())


def shipped(edition: str) -> dict[str, bytes]:
    return edition_files(resources.rules() / edition)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5", ("6", "4")),
        ("0", ("1", "-1")),
        ("-10", ("-9", "-11")),
        ("0.5", ("0.6", "0.4")),
        ("67.50", ("67.51", "67.49")),
        ("30%", ("31%", "29%")),
        ("67.5%", ("67.6%", "67.4%")),
        ("2023-03-01", ("2023-03-02", "2023-02-28")),
        ("2023-12-31 17:00", ("2024-01-01 17:00", "2023-12-30 17:00")),
    ],
)
def test_the_neighbours_of_a_number(text: str, wanted: tuple[str, str]) -> None:
    assert neighbours(text) == wanted


def test_numbers_are_those_of_the_rules() -> None:
    """Codes, states, names of articles and the format are none, whatever they look like."""
    found = list(numbers(read(files()).documents))
    texts = [each.text for each in found if each.path == INDICATORS]
    assert texts == ["60", "20", "4", "0", "0", "1", "5", "40", "0", "100%", "40", "2", "40", "2", "15"]
    assert not [each for each in found if each.path == EXAMPLES]


def test_only_the_number_changes_in_the_file() -> None:
    made = edited(INDICATORS, "points: 40}", "points: 40}  # 分值40分的40%\r")
    forty = number(made, INDICATORS, "indicators", 1, "bands", 0, "points")
    raw = forty.replaced(made[INDICATORS], "41")
    assert raw == made[INDICATORS].replace(b"points: 40}", b"points: 41}")


def test_the_small_edition_leaves_no_number_unnoticed() -> None:
    trials = of_the_small_edition()
    assert not trials.unnoticed
    assert trials.by_example + trials.by_check == trials.tried
    assert trials.numbers == 23


UNNOTICED = [
    ("迟报4天", "exceptions: [{at_least: 4, points: 0}]", "4"),
    ("没有报送", "if_not_done: 2023-12-31", "2023-12-31"),
    ("完成三分之一", "rounding: {award: 2, total: 2, print: 2, mode: 四舍五入}", "2"),
]


@pytest.mark.parametrize(("name", "line", "text"), UNNOTICED)
def test_a_number_that_one_example_pins_is_found_without_it(name: str, line: str, text: str) -> None:
    """Each stands at its line, with the number and what it could be changed to."""
    made = without(name)
    if name == "完成三分之一":
        made[EXAMPLES] = made[EXAMPLES].decode().replace("total: 91.67", "grade: 合格").encode()
    unnoticed = changed(made).unnoticed
    assert {each.code for each in unnoticed} == {"K608"}
    assert (line, text) in [(each.location.text.strip(), params(each)["text"]) for each in unnoticed if each.location]


def test_a_rate_is_changed_by_a_percentage_point() -> None:
    """A bare 1 beside a rate cannot be read, so 0 becomes 1%."""
    made = files()
    bench = Bench(made, resources.schemas())
    zero = number(made, INDICATORS, "indicators", 0, "parts", 1, "scale", "zero_at")
    assert bench.noticed(Change(zero, "1")) == BY_EXAMPLE
    made[EXAMPLES] = made[EXAMPLES].split(b"  - name: ")[0] + b"  - {name: x, department: {}, expect: {total: 100}}\n"
    bench = Bench(made, resources.schemas())
    assert bench.noticed(Change(zero, "1")) == BY_NOBODY


def test_what_the_check_finds_need_not_be_noticed_by_an_example() -> None:
    made = files()
    bench = Bench(made, resources.schemas())
    marks = number(made, INDICATORS, "indicators", 0, "full_marks")
    assert bench.noticed(Change(marks, "61")) == BY_CHECK
    assert bench.noticed(Change(marks, "60")) == BY_NOBODY


def test_what_cannot_move_anything_is_left_alone_with_its_reason() -> None:
    left = of_the_small_edition().left
    assert {(each.number.place.text.strip(), each.instead, each.reason) for each in left} == {
        ("year: 2023", "", SHOWN),
        ("period: {from: 2023-01-01, by: 2023-12-31}", "", NO_DATES),
        ("rounding: {award: 2, total: 2, print: 2, mode: 四舍五入}", "", SHOWN),
        ("rounding: {award: 2, total: 2, print: 2, mode: 四舍五入}", "3", ALREADY_ROUNDED),
        ("- {name: 差错偏多, when: {fact: 差错, above: 3}, level: 黄}", "", BESIDE),
    }


def left_alone(edition: str) -> list[tuple[Number, str, str]]:
    documents = read(shipped(edition)).documents
    found = []
    for each in numbers(documents):
        for instead in neighbours(each.text):
            reason = unmoving(each, documents) or same(each, instead, documents)
            if reason:
                found.append((each, instead, reason))
    return found


def test_a_calendar_matters_where_working_days_are_counted() -> None:
    assert not [each for each, _, reason in left_alone("2023") if reason == NO_WORKING_DAYS]
    assert {each.path for each, _, reason in left_alone("2022") if reason == NO_WORKING_DAYS} == {"calendar.yaml"}


def test_of_numbers_that_only_put_in_order_those_changes_matter_that_change_the_order() -> None:
    alone = [(each.text, instead) for each, instead, reason in left_alone("2023") if reason == ONLY_ORDER]
    assert alone == [("2", "3"), ("1", "0")]


def test_a_reviewers_figure_is_held_by_the_bounds_of_its_fact() -> None:
    alone = [(each.text, instead) for each, instead, reason in left_alone("2022") if reason == HELD]
    assert alone == [("100%", "101%"), ("0", "-1")]


def test_the_command_lists_the_numbers(tmp_path: Path) -> None:
    for path, raw in without("迟报4天").items():
        (tmp_path / "小样" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "小样" / path).write_bytes(raw)
    words = ["--rules", str(tmp_path), "test", "小样", "--mutate"]
    done = CliRunner().invoke(group, words, catch_exceptions=False)
    assert done.exit_code == 0
    assert "4改为5，没有样例发现" in done.stderr
    assert "改动数23个、45次：" in done.stdout
    assert "没有发现1次。" in done.stdout
    assert "未改动1个（各级得分和总分已先按不多于此的位数取位）：method.yaml第21行 2改为3。" in done.stdout


def test_wrong_examples_are_mended_before_numbers_are_changed(tmp_path: Path) -> None:
    made = edited(EXAMPLES, "total: 95", "total: 96")
    for path, raw in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    _, (result,) = try_editions([str(tmp_path)], resources.shipped_places(), changes=True)
    assert result.trials is None


@pytest.mark.parametrize("edition", ["2022", "2023"])
def test_a_sample_of_the_shipped_numbers_is_noticed(edition: str) -> None:
    made = shipped(edition)
    documents = read(made).documents
    every = [each for each in numbers(documents) if not unmoving(each, documents)]
    bench = Bench(made, resources.schemas())
    for each in every[:: len(every) // 4]:
        for instead in neighbours(each.text):
            if not same(each, instead, documents):
                assert bench.noticed(Change(each, instead)) != BY_NOBODY, (each.path, each.keys, instead)


@pytest.mark.long
@pytest.mark.parametrize("edition", ["2022", "2023"])
def test_the_shipped_editions_leave_no_number_unnoticed(edition: str) -> None:
    found, (result,) = try_editions([edition], resources.shipped_places(), changes=True)
    assert not found
    assert result.trials is not None
    assert result.trials.tried > 250
    assert result.trials.by_example > 0.75 * result.trials.tried


def test_the_folder_of_the_small_edition_is_like_any_other() -> None:
    found, (result,) = try_editions([str(FOLDER)], resources.shipped_places())
    assert {each.code for each in found} <= {"K203"}, "it is called otherwise than its folder"
    assert result.unmet == 0
