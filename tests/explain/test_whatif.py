"""What would have been needed: every answer reaches what it promises, and nothing smaller does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from scoring.app.assess import Bundle, assess, scorecards
from scoring.app.score import bundle_of
from scoring.app.whatif import GRADE, HELD, OPEN, RANK, TOP, UNRANKED, Way, WhatIf, what_if
from scoring.app.whatif.bench import Bench, Changes
from scoring.app.whatif.levers import Change, Lever
from scoring.app.whatif.overlay import supposed
from scoring.app.whatif.search import Search
from scoring.app.whatif.told import Teller
from scoring.points import Rational, parse, rounded
from scoring.rank import contend
from scoring.reading.yaml_file import read_yaml
from scoring.resources import schemas
from scoring.scope import Horizon
from scoring.settle.scorecard import Settler
from scoring.submission import Intake
from scoring.timeline import date_text
from tests.explain.district import EDITIONS, Fragment, codes, example, explainer, wording
from tests.shapes.district import submission

pytestmark = pytest.mark.once

SAMPLE = [("2023", "B20")]
EVERYBODY = [(edition, code) for edition in EDITIONS for code in codes(edition)]
LAST = 1500
"""Steps of one datum that are all tried."""


@cache
def bundle(edition: str) -> Bundle:
    run = example(edition)
    return bundle_of({path: run.read(path) for path in run.files}, edition)


@cache
def answer(edition: str, code: str, to: str) -> WhatIf:
    return what_if(bundle(edition), schemas(), code, to)


def ways(found: WhatIf) -> Iterator[Way]:
    yield from (*found.ones, *found.pairs)
    if found.together is not None:
        yield found.together


def reaches(found: WhatIf, total: Rational | None, grade: str | None, rank: Rational | None) -> bool:
    if found.to == RANK:
        return rank is not None and found.before.rank is not None and rank < found.before.rank
    scale = found.bench.method.standing.scale
    return grade in scale and scale.index(grade) <= scale.index(found.target)


def held_against_scoring(edition: str, code: str, to: str) -> None:
    """Each answer laid into the input folder as a file, and everything scored again from the start."""
    found = answer(edition, code, to)
    for way in ways(found):
        changed = supposed(bundle(edition), found.bench.submission, way.changes, "2024-05-31")
        again = assess(changed, schemas(), "plain").assessment
        assert again is not None
        card = next(each for each in again.scorecards if each.department == code)
        places = [each for group in again.groups for each in group.standings if each.department == code]
        rank = places[0].rank if places else None
        assert (card.total, card.grade, rank) == (way.outcome.total, way.outcome.grade, way.outcome.rank)
        assert reaches(found, card.total, card.grade, rank), [each.lever.name for each in way.changes]


def held_against_every_value(edition: str, code: str, to: str) -> None:
    """Every value of every single datum within reach: the first that reaches is the one that was said, if any."""
    found = answer(edition, code, to)
    if found.state != OPEN:
        return
    said = {
        (each.changes[0].lever.name, each.changes[0].lever.key, each.changes[0].lever.fact.name): each
        for each in found.ones
    }
    bench = found.bench
    for lever in bench.levers():
        assert lever.steps is not None
        assert lever.steps <= LAST
        first = None
        for steps in range(1, lever.steps + 1):
            outcome = bench.outcome((Change(lever, steps),))
            if outcome is not None and reaches(found, outcome.total, outcome.grade, outcome.rank):
                first = steps
                break
        bench.tried.clear()
        way = said.get((lever.name, lever.key, lever.fact.name))
        assert (way.changes[0].steps if way else None) == first, lever


@pytest.mark.parametrize(("edition", "code"), SAMPLE)
@pytest.mark.parametrize("to", [GRADE, RANK])
def test_every_answer_reaches_what_it_promises(edition: str, code: str, to: str) -> None:
    held_against_scoring(edition, code, to)


@pytest.mark.parametrize(("edition", "code"), SAMPLE)
@pytest.mark.parametrize("to", [GRADE, RANK])
def test_no_smaller_change_of_one_datum_reaches_it(edition: str, code: str, to: str) -> None:
    held_against_every_value(edition, code, to)


@pytest.mark.long
@pytest.mark.parametrize(("edition", "code"), EVERYBODY)
def test_every_answer_of_the_examples(edition: str, code: str) -> None:
    for to in (GRADE, RANK):
        held_against_scoring(edition, code, to)
        held_against_every_value(edition, code, to)


def test_one_can_neither_rise_above_the_top_nor_be_ranked_from_outside() -> None:
    assert answer("2023", "B13", GRADE).state == TOP
    states = {answer(edition, code, RANK).state for edition, code in [("2023", "B49"), ("2022", "B11")]}
    assert states <= {OPEN, TOP, HELD, UNRANKED}


def test_what_bars_the_way_is_said() -> None:
    found = answer("2023", "B33", GRADE)
    assert not list(ways(found))
    ground = explainer("2023").ground("B33")
    assert ground is not None
    page = Teller(found, ground).text()
    assert "仍达不到“优”" in "".join(page.split())
    assert "等次限定“审计、巡察指出重大问题”仍然适用" in "".join(line.strip() for line in page.splitlines())


def test_text_and_data_say_the_same() -> None:
    found = answer("2023", "B20", RANK)
    ground = explainer("2023").ground("B20")
    assert ground is not None
    told = Teller(found, ground)
    page = told.text()
    assert "由0个增加到1个（多1个）" in "".join(page.split())
    data = told.data()
    assert data["ones"][0]["changes"] == [
        {"fact": "已批复二级单位数", "key": None, "field": None, "from": "0", "to": "1", "evidence": False}
    ]
    assert data["ones"][0]["rank"] == "9"
    assert not wording().findings
    assert "None" not in page


# A method of its own: fine grids, no upper end, a value that is best in the middle, evidence, a bound that moves.

RULES = """
facts:
  得分率: {type: 数, unit: "%", at_least: 0, at_most: 100%, decimals: 1, better: 多, source: 部门, within_reach: 是}
  篇数: {type: 个数, unit: 篇, better: 多, source: 部门, within_reach: 是}
  应办数: {type: 个数, unit: 件, better: 少, source: 部门, within_reach: 是}
  已办数: {type: 个数, unit: 件, at_most: 应办数, better: 多, source: 部门, within_reach: 是}
  办结率: {ratio: [已办数, 应办数], if_zero: 100%}
  有台账: {type: 选项, choices: [是, 否], better: 列前, source: 部门, evidence: 必需, within_reach: 是}
  完成日期: {type: 日期, may_be: [未完成], better: 早, source: 部门, within_reach: 是}
  既成: {type: 数, unit: 分, at_least: 0, at_most: 10, better: 多, source: 部门}
indicators:
  - code: A1
    name: 得分
    full_marks: 40
    of: 得分率
    bands:
      - {at_least: 90%, points: 40}
      - {at_least: 60%, below: 90%, scale: {zero_at: 0, full_at: 100%, outside: 不再增减}}
      - {below: 60%, points: 10}
  - {code: A2, name: 篇, full_marks: 20, of: 篇数, steps: [{above: 0, per: 1, add: 0.5}], cap: 20}
  - {code: A3, name: 办结, full_marks: 20, of: 办结率, scale: {zero_at: 0, full_at: 100%, outside: 不再增减}}
  - code: A4
    name: 台账
    full_marks: 5
    start: 0
    checks: [{name: 台账, when: {fact: 有台账, is: 是}, add: 5, evidence: 必需}]
  - code: A5
    name: 时间
    full_marks: 5
    of: 完成日期
    bands:
      - {by: 2023-06-30, points: 5}
      - {after: 2023-06-30, by: 2023-09-30, points: 3}
      - {after: 2023-09-30, points: 0}
  - {code: A6, name: 既成, full_marks: 10, points: 既成}
standing:
  rank: {of: 总分, order: 由高到低, within: 全部, ties: 并列占位, tie_breaks: []}
  grades:
    of: 总分
    bands: [{at_least: 85, grade: 优}, {at_least: 60, below: 85, grade: 良}, {below: 60, grade: 差}]
  quotas: [{grade: 优, at_most: 2, within: 全部, of: 总分, tie_at_edge: 均不入选}]
"""
DATA = """
others:
  - code: 甲
    facts: {得分率: 95%, 篇数: 30, 应办数: 4, 已办数: 4,
      有台账: {value: 是, evidence: [E]}, 完成日期: 2023-05-01, 既成: 9}
  - code: 乙
    facts: {得分率: 90%, 篇数: 20, 应办数: 5, 已办数: 4,
      有台账: {value: 是, evidence: [E]}, 完成日期: 2023-07-01, 既成: 8}
asked:
  - {code: 丙, facts: {得分率: 88.8%, 篇数: 9, 应办数: 8, 已办数: 3, 有台账: 否, 完成日期: 未完成, 既成: 6}}
  - {code: 丙, facts: {得分率: 31.5%, 篇数: 38, 应办数: 9, 已办数: 7, 有台账: 是, 完成日期: 2023-11-20, 既成: 10}}
  - {code: 丙, facts: {得分率: 89.9%, 篇数: 27, 应办数: 7, 已办数: 6, 完成日期: 2023-10-08, 既成: 9}}
"""


def bench(asked: int) -> Bench:
    fragment = Fragment(RULES)
    document, _ = read_yaml("丙.yaml", ("format: 1" + DATA).encode())
    assert document is not None
    listed = [*document["others"], document["asked"][asked]]
    submissions = tuple(submission(fragment.edition, each, number) for number, each in enumerate(listed))
    intake = Intake("样例", "样例区", "", submissions)
    horizon = Horizon(fragment.engine.match, fragment.edition.calendar)
    method = fragment.edition.method
    others = [contend(method, sheet, card) for _, sheet, card in scorecards(method, intake, horizon)]
    own = submissions[-1]
    return Bench(fragment.edition, intake, own, fragment.engine, others[:-1], Settler(method))


def searched(asked: int, to: str) -> Search:
    made = bench(asked)
    now, scale = made.outcome(()), made.method.standing.scale
    assert now is not None
    assert now.rank == 3
    if to == RANK:
        return Search(made, lambda outcome: outcome.rank is not None and outcome.rank < 3)
    return Search(made, lambda outcome: scale.index(str(outcome.grade)) < scale.index(str(now.grade)))


CASES = [(asked, to) for asked in range(3) for to in (GRADE, RANK)]


@pytest.mark.parametrize(("asked", "to"), CASES)
def test_one_datum_against_every_value_of_its_grid(asked: int, to: str) -> None:
    search = searched(asked, to)
    found = search.ones()
    for lever in search.levers:
        every = range(1, search.most[lever] + 1)
        assert found.get(lever) == next((n for n in every if search.reaches(Change(lever, n))), None), lever


@pytest.mark.parametrize(("asked", "to"), CASES)
def test_two_data_against_every_pair_of_values(asked: int, to: str) -> None:
    search = searched(asked, to)
    ones = search.ones()
    found = list(search.pairs(ones))
    for changes in found:
        assert search.reaches(*changes)
        for number, each in enumerate(changes):
            smaller = [Change(each.lever, each.steps - 1), changes[1 - number]]
            assert not search.reaches(*smaller), [each.lever.name for each in changes]
    small = [each for each in search.levers if search.most[each] <= 8]
    for number, one in enumerate(small):
        for other in small[number + 1 :]:
            steps = {(a.steps, b.steps) for a, b in found if (a.lever, b.lever) == (one, other)}
            assert steps == front(search, one, other, ones)


def front(search: Search, one: Lever, other: Lever, ones: dict[Lever, int]) -> set[tuple[int, int]]:
    """The pairs of steps that reach where neither does alone, and that none is smaller than in both."""
    tops = [ones.get(each, search.most[each] + 1) for each in (one, other)]
    reach = [
        (a, b)
        for a, b in product(range(1, tops[0]), range(1, tops[1]))
        if search.reaches(Change(one, a), Change(other, b))
    ]
    return {(a, b) for a, b in reach if not any(x <= a and y <= b and (x, y) != (a, b) for x, y in reach)}


def test_changed_data_stay_valid() -> None:
    search = searched(0, RANK)
    by_name = {each.name: each for each in search.levers}
    assert "既成" not in by_name
    assert search.most[by_name["已办数"]] == 5
    assert by_name["应办数"].at(1) == 7
    assert by_name["应办数"].at(search.most[by_name["应办数"]]) == 0
    done, due = by_name["已办数"], by_name["应办数"]
    assert search.bench.outcome((Change(done, 5), Change(due, 1))) is None  # 8件办结，应办只有7件
    assert search.bench.outcome((Change(done, 4), Change(due, 1))) is not None
    rate = by_name["得分率"]
    assert [rate.at(n) for n in (0, 1, search.most[rate])] == [parse("88.8%"), parse("88.9%"), 1]
    assert date_text(by_name["完成日期"].at(1)) == "2023-12-31"  # type: ignore[arg-type]
    assert by_name["有台账"].proof
    assert rounded(search.most[by_name["篇数"]], 0) >= 31


def test_a_claim_without_proof_is_proven() -> None:
    search = searched(1, GRADE)
    lever = next(each for each in search.levers if each.name == "有台账")
    assert lever.proof
    assert lever.at(0) == lever.at(1) == 0
    before, after = (search.bench.outcome(changes) for changes in ((), (Change(lever, 1),)))
    assert before is not None
    assert after is not None
    assert (after.total or 0) - (before.total or 0) == 5


def test_what_it_takes_together_is_irreducible() -> None:
    search = searched(0, RANK)
    together = search.together()
    assert together is not None
    assert search.reaches(*together)
    for each in together:
        rest: Changes = tuple(other for other in together if other is not each)
        assert not search.reaches(*rest)
        assert not search.reaches(*rest, Change(each.lever, each.steps - 1))
