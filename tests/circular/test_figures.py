"""Every figure of the example's circular, computed again from assessment.json and from the circular's own annexes."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from tests.circular.paper import Paper, annex_tables

pytestmark = pytest.mark.once

Data = dict[str, Any]
GRADES = ["优", "良", "中", "差"]


def half_up(value: Fraction, places: int = 2) -> str:
    scaled = value * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    sign = "-" if scaled < 0 and whole else ""
    return f"{sign}{whole // 10**places}.{whole % 10**places:0{places}}"


def rate(part: Fraction, whole: Fraction) -> str:
    return half_up(100 * part / whole) + "%"


def named(data: Data) -> dict[str, Data]:
    return {each["code"]: each for each in data["departments"] if each["visibility"] == "named"}


def cards(data: Data) -> list[Data]:
    return [each for each in data["scorecards"] if each["department"] in named(data)]


def test_how_many_took_part(data: Data, paper: Paper) -> None:
    said = re.search(r"本次考核共有(\d+)个部门参加，分(\d+)组评定，其中(.+?)。", paper.text)
    assert said
    assert int(said[1]) == len(cards(data))
    sizes = {name: int(number) for name, number in re.findall(r"([^，]+?)(\d+)个", said[3])}
    counted = {
        group["name"]: sum(card["group"] == group["code"] for card in cards(data)) for group in data["method"]["groups"]
    }
    assert sizes == counted
    assert int(said[2]) == len(counted)
    assert sum(len(rows) for _, rows in annex_tables(paper, "1")) == int(said[1])


def test_mean_and_extremes(data: Data, paper: Paper) -> None:
    totals = [Fraction(card["total"]) for card in cards(data)]
    said = re.search(r"(\d+)个部门平均得([\d.]+)分，最高([\d.]+)分，最低([\d.]+)分", paper.text)
    assert said
    assert said[2] == half_up(sum(totals) / len(totals))
    assert (said[3], said[4]) == (half_up(max(totals)), half_up(min(totals)))
    printed = [Fraction(row["总分"]) for _, rows in annex_tables(paper, "1") for row in rows]
    assert half_up(sum(printed) / len(printed)) == said[2]


def test_grades(data: Data, paper: Paper) -> None:
    overall = paper.point("总体情况")
    whole = len(cards(data))
    for grade in GRADES:
        number = sum(card["grade"] == grade for card in cards(data))
        in_annex = sum(row["等次"] == grade for _, rows in annex_tables(paper, "1") for row in rows)
        assert number == in_annex
        share = rate(Fraction(number), Fraction(whole))
        assert (f"“{grade}”的{number}个，占{share}" in overall) == (number > 0)
    assert sum(map(int, re.findall(r"的(\d+)个，占", overall))) == whole


def test_named_lists(data: Data, paper: Paper) -> None:
    codes = {each["name"]: each["code"] for each in named(data).values()}
    totals = {card["department"]: Fraction(card["total"]) for card in cards(data)}
    for group in data["groups"]:
        point = paper.point(group["name"])
        for grade in ("优", "良"):
            wanted = [row["department"] for row in group["standings"] if row["grade"] == grade]
            said = re.search(rf"“{grade}”等次(\d+)个：(.+?)。", point)
            assert said
            told = [codes[name] for name in said[2].split("、")]
            assert int(said[1]) == len(told) == len(wanted)
            assert sorted(told) == sorted(wanted)
            assert [totals[each] for each in told] == sorted((totals[each] for each in told), reverse=True)
        assert "“中”等次" not in point
        assert "“差”等次" not in point


def test_the_first_annex_is_the_standings(data: Data, paper: Paper) -> None:
    names = {code: each["name"] for code, each in named(data).items()}
    printed = {card["department"]: card["printed"] for card in data["scorecards"]}
    tables = dict(annex_tables(paper, "1"))
    for group in data["groups"]:
        told = [(row["名次"], row["部门名称"], row["总分"], row["等次"]) for row in tables[group["name"]]]
        wanted = [
            (str(row["rank"]), names[row["department"]], printed[row["department"]], row["grade"])
            for row in group["standings"]
        ]
        assert told == wanted


def test_every_line_of_the_second_annex_adds_up_on_a_calculator(data: Data, paper: Paper) -> None:
    by_name = {named(data)[card["department"]]["name"]: card for card in cards(data)}
    tops = [node for node in data["method"]["tree"] if node["level"] == 1]
    seen = 0
    for _, rows in annex_tables(paper, "2"):
        for row in rows:
            card = by_name[row["部门名称"]]
            award = [node for node in tops if node["kind"] == "award"]
            points = {
                name: Fraction(0 if cell == "不适用" else cell) for name, cell in row.items() if name != "部门名称"
            }
            assert sum(points[node["name"]] for node in award) + points["折算"] == points["小计"]
            assert points["小计"] + points["附加分"] + points["扣分"] == points["总分"] == Fraction(card["printed"])
            for node in award:
                ledger = [each for each in card["entries"] if each["indicator"] == node["code"]]
                assert points[node["name"]] == Fraction(half_up(sum(Fraction(each["points"]) for each in ledger)))
            seen += 1
    assert seen == len(cards(data))


def test_the_main_problems(data: Data, paper: Paper) -> None:
    """Points lost, from the entries themselves: conversions inside a criterion count, those of the table do not."""
    lost, reached, reachable, losing = {}, {}, {}, {}
    for node in data["method"]["tree"]:
        code = node["code"]
        if node["leaf"] and node["kind"] == "award":
            lost[code] = reached[code] = reachable[code] = Fraction(0)
            losing[code] = 0
            for card in cards(data):
                about = card["nodes"].get(code)
                if about is None or about["left"]:
                    continue
                own = sum(Fraction(each["points"]) for each in card["entries"] if each["criterion"] == code)
                reached[code] += own
                reachable[code] += Fraction(about["available"])
                lost[code] += Fraction(about["available"]) - own
                losing[code] += own < Fraction(about["available"])
    names = {node["code"]: node["name"] for node in data["method"]["tree"]}
    order = sorted(lost, key=lambda code: -lost[code])
    said = re.search(r"以下(\d+)个方面失分较多，合计占全部失分的([\d.]+%)", paper.text)
    assert said
    number = int(said[1])
    assert 3 <= number <= 5
    assert said[2] == rate(sum(lost[code] for code in order[:number]), sum(lost.values()))
    for code in order[:number]:
        assert f"{losing[code]}个部门失分，平均得分率{rate(reached[code], reachable[code])}" in paper.point(names[code])


def test_changes_of_the_method(data: Data, paper: Paper) -> None:
    (text,) = [each for each in paper.paragraphs if "本年度考核办法作了" in each]
    said = re.search(r"作了(\d+)处调整：(.+?)。", text)
    assert said
    clauses = said[2].split("；")
    assert len(clauses) == int(said[1])
    assert [each[:2] for each in clauses] == [f"{number}是" for number in "一二三四五六七八九"[: len(clauses)]]
    marks = {node["code"]: node["marks"] for node in data["method"]["tree"]}
    moved = {each["name"]: each for each in data["method"]["changes"] if each["kind"] in ("raised", "lowered")}
    told = re.findall(r"([^（、；]+)（由([\d.]+)分(调整|调减)为([\d.]+)分）", said[2])
    assert len(told) > 5
    for name, before, word, after in told:
        row = moved[re.sub(r"^.是(提高|调减)", "", name)]
        assert (row["from"], row["to"]) == (before, after) == (before, marks[row["code"]])
        assert (Fraction(after) > Fraction(before)) == (word == "调整")
    for code in ("1.2", "1.3", "6.2", "7.1", "7.2"):
        assert next(each["name"] for each in data["method"]["tree"] if each["code"] == code) in clauses[0]
    assert "设置附加分，对参与绩效试点、主动申报特色工作给予加分" in said[2]


def test_reviews_asked_for(data: Data, paper: Paper) -> None:
    asked = {
        card["department"]: sum(
            layers[-1]["layer"] == "申诉改判" for fact in card["facts"].values() if (layers := fact.get("layers"))
        )
        for card in cards(data)
    }
    said = re.search(r"结果反馈期间，(\d+)个部门提出复核申请(\d+)项", paper.text)
    assert said
    assert int(said[1]) == sum(number > 0 for number in asked.values())
    assert int(said[2]) == sum(asked.values())
