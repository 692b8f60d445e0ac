"""Pictures tell the figures of the view, no others, to those who may have them, and any reader can show them."""

from __future__ import annotations

import copy
import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from scoring.app.illustrate import drawn, wanted
from scoring.app.layouts import plain_values
from scoring.finding import Findings
from scoring.render.svg import WIDE, svg
from scoring.views import Office, View, view
from scoring.views.pictures import BARS, HEAT, MOST_ROWS, SLOPES, Picture
from tests.circular.test_hostile import HOSTILE, Stand

pytestmark = pytest.mark.once

TAG = "{http://www.w3.org/2000/svg}"


def seen(data: dict[str, Any], audience: str = "approval", **office: Any) -> View:
    return view(Stand(data), audience, Office(organ="某局", **office))


def of_kind(found: View, kind: str) -> list[Picture]:
    return [each for each in found.pictures if each.kind == kind]


def shown(data: dict[str, Any]) -> list[dict[str, Any]]:
    named = {each["code"] for each in data["departments"] if each["visibility"] == "named"}
    return [card for card in data["scorecards"] if card["department"] in named]


def words(text: str) -> list[str]:
    """What a picture says, mark by mark."""
    return [each.text or "" for each in ElementTree.fromstring(text).iter(f"{TAG}text")]


def test_bars_count_every_shown_department_once(data: dict[str, Any]) -> None:
    (picture,) = of_kind(seen(data), BARS)
    assert [each.title for each in picture.panels] == ["区级部门（46个）", "街道和镇（16个）"]
    for panel, group in zip(picture.panels, ("A", "B"), strict=True):
        codes = {
            each["code"] for each in data["departments"] if each["group"] == data["groups"]["AB".index(group)]["code"]
        }
        totals = [Fraction(card["total"]) for card in shown(data) if card["department"] in codes]
        for number, bar in enumerate(panel.bars):
            low, high = map(int, panel.edges[number : number + 2])
            last = number == len(panel.bars) - 1
            assert bar.count == sum(low <= each < high or (last and each == high) for each in totals)
        assert sum(bar.count for bar in panel.bars) == len(totals)


def test_the_heat_map_has_the_score_rates_of_the_assessment(data: dict[str, Any]) -> None:
    names = {each["short"] or each["name"]: each["code"] for each in data["departments"]}
    cards = {card["department"]: card for card in data["scorecards"]}
    nodes = {each["name"]: each["code"] for each in data["method"]["tree"] if each["level"] == 1}
    rows = [(row, picture.heads) for picture in of_kind(seen(data), HEAT) for row in picture.rows]
    assert len(rows) == len(shown(data))
    for row, heads in rows:
        for cell, head in zip(row.cells, heads, strict=True):
            node = cards[names[row.name]]["nodes"].get(nodes[head])
            if node is None or node["left"] or Fraction(node["available"]) <= 0:
                assert (cell.text, cell.shade) == ("—", 0)
                continue
            rate = int(Fraction(node["points"]) * 100 / Fraction(node["available"]) + Fraction(1, 2))
            assert cell.text == str(rate)
            assert cell.shade == (0 if rate >= 100 else min(5, 1 + (99 - rate) // 10) if rate >= 60 else 5)


def test_slopes_join_the_places_of_both_years(data: dict[str, Any]) -> None:
    pictures = of_kind(seen(data), SLOPES)
    assert [each.title for each in pictures] == ["区级部门名次变动", "街道和镇名次变动"]
    names = {each["short"] or each["name"]: each["code"] for each in data["departments"]}
    places = {row["department"]: row for group in data["groups"] for row in group["standings"]}
    for picture in pictures:
        for line in picture.lines:
            row = places[names[line.name]]
            assert (line.before, line.after) == (str(row["previous"]["rank"]), str(row["rank"]))
            last, now = Fraction(str(row["previous"]["rank"])), Fraction(str(row["rank"]))
            assert line.moved == (last > now) - (last < now)
        ends = [line.end for line in picture.lines]
        assert sorted(line.start for line in picture.lines) == ends == list(range(1, len(ends) + 1))


def test_what_an_office_keeps_back_no_picture_tells(data: dict[str, Any]) -> None:
    def kinds(audience: str, **office: Any) -> set[str]:
        return {each.kind for each in seen(data, audience, **office).pictures}

    assert kinds("approval") == {BARS, HEAT, SLOPES}
    assert kinds("approval", scores=False) == {SLOPES}
    assert kinds("approval", scores=False, ranks=False) == set()
    assert kinds("issued") == {BARS, HEAT}
    assert kinds("issued", openness="主动公开") == {BARS}
    assert kinds("public") == {BARS}
    assert kinds("public", scores=False) == set()


def test_only_shown_departments_are_in_them(data: dict[str, Any]) -> None:
    hidden = [each for each in data["departments"] if each["visibility"] != "named"]
    assert hidden
    for audience in ("approval", "issued", "public"):
        text = "".join(drawn(seen(data, audience)).values())
        assert not [each for each in hidden if each["short"] in text or each["name"] in text]


def test_the_drawing_says_what_the_figures_say(data: dict[str, Any]) -> None:
    for picture in seen(data).pictures:
        text = svg(plain_values(picture))
        said = words(text)
        cells = [cell.text for row in picture.rows for cell in row.cells]
        counts = [str(bar.count) for panel in picture.panels for bar in panel.bars if bar.count]
        edges = [edge for panel in picture.panels for edge in panel.edges]
        ranks = [f"{line.name}　{line.before}" for line in picture.lines]
        ranks += [f"{line.after}　{line.name}" for line in picture.lines]
        assert Counter(cells + counts + edges + ranks) - Counter(said) == Counter()
        root = ElementTree.fromstring(text)
        assert root.findtext(f"{TAG}title") == picture.title
        assert root.findtext(f"{TAG}desc") == picture.told


def test_pictures_are_plain_svg_that_fits(data: dict[str, Any]) -> None:
    for title, text in drawn(seen(data)).items():
        root = ElementTree.fromstring(text)
        assert title == root.findtext(f"{TAG}title")
        assert not re.search(r"<(style|script|image|foreignObject)|(style|href|id|on\w+)=", text)
        assert {each.tag for each in root.iter()} <= {
            TAG + each for each in ("svg", "title", "desc", "text", "rect", "line")
        }
        high = int(root.get("viewBox", "").split()[3])
        assert high <= 1800
        for each in root.iter(f"{TAG}text"):
            assert 0 <= int(each.get("x", "")) <= WIDE
            assert 0 < int(each.get("y", "")) <= high
        assert drawn(seen(data))[title] == text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_stay_text(few_data: dict[str, Any], hostile: str) -> None:
    data = copy.deepcopy(few_data)
    for each in data["departments"]:
        each["name"] = each["short"] = f"甲{hostile}"
    for group in data["groups"]:
        group["name"] = f"乙{hostile}"
    for text in drawn(seen(data)).values():
        root = ElementTree.fromstring(text)
        assert {each.tag for each in root.iter()} <= {
            TAG + each for each in ("svg", "title", "desc", "text", "rect", "line")
        }
        assert "\u202e" not in text


def test_of_many_departments_groups_are_told(few_data: dict[str, Any]) -> None:
    data = copy.deepcopy(few_data)
    card, place = data["scorecards"][0], data["groups"][0]["standings"][0]
    about = next(each for each in data["departments"] if each["code"] == card["department"])
    about["visibility"] = "named"
    for number in range(MOST_ROWS):
        code = f"Z{number}"
        data["departments"].append({**about, "code": code, "name": f"第{number}单位", "short": ""})
        data["scorecards"].append({**card, "department": code})
        data["groups"][0]["standings"].append(
            {**place, "department": code, "previous": {"rank": number + 1, "grade": "良"}}
        )
    found = seen(data)
    (heat,) = of_kind(found, HEAT)
    assert [row.name for row in heat.rows] == [group["name"] for group in data["groups"]]
    slopes = of_kind(found, SLOPES)[0]
    assert len(slopes.lines) == 36
    assert any("变动最大的36个" in note for note in slopes.notes)


def test_who_gets_pictures() -> None:
    assert wanted(None, Office(), "approval", ["md", "html"], Findings())
    assert not wanted(None, Office(), "approval", ["md"], Findings())
    assert not wanted(None, Office(), "issued", ["html"], Findings())
    assert wanted(None, Office(pictures=True), "public", ["html"], Findings())
    assert not wanted(None, Office(pictures=False), "approval", ["html"], Findings())
    assert wanted(True, Office(pictures=False), "issued", ["html"], Findings())


def test_a_picture_as_png(data: dict[str, Any]) -> None:
    page = pytest.importorskip("scoring.render.typst_page")
    text = next(iter(drawn(seen(data)).values()))
    made = page.png(text)
    assert made.startswith(b"\x89PNG")
    assert made == page.png(text)
    wide = int.from_bytes(made[16:20], "big")
    assert wide == pytest.approx(156 / 25.4 * page.DOTS, abs=2)


def test_the_names_of_colours_are_told_apart_in_grey() -> None:
    from scoring.render.svg import SHADES

    greys = [sum(int(shade[at : at + 2], 16) * part for at, part in ((1, 299), (3, 587), (5, 114))) for shade in SHADES]
    assert all(lighter - darker > 16000 for lighter, darker in pairwise(greys))
