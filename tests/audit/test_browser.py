"""The page in a browser: search, filters, drilling down, comparing, keys, printing; and nothing leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.app.audit import AuditOrder, audit
from scoring.resources import shipped_places
from tests.audit.conftest import HOSTILE
from tests.audit.reader import Page

pytestmark = pytest.mark.once

ROWS = "a.department"


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A tab that keeps what went wrong in it and what it asked of the network."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    tab.faults = []
    tab.asked = []
    tab.on("pageerror", lambda each: tab.faults.append(str(each)))
    tab.on("console", lambda each: tab.faults.append(each.text) if each.type == "error" else None)
    tab.on("request", lambda each: tab.asked.append(each.url))
    yield tab
    assert tab.faults == []
    assert all(each.startswith("file:") for each in tab.asked)
    assert len({each.partition("#")[0] for each in tab.asked}) == 1
    tab.close()


def opened(tab: Any, file: Path, place: str = "#/") -> None:
    tab.goto(file.as_uri() + place)
    tab.wait_for_selector("html[data-ready]", state="attached")


@pytest.fixture
def open_page(tab: Any, run: Path) -> Any:
    opened(tab, run / "audit.html")
    return tab


def names(tab: Any) -> list[str]:
    found: list[str] = tab.locator(ROWS).all_inner_texts()
    return found


def test_the_tables_are_ranked_and_show_the_figures(open_page: Any, assessment: dict[str, Any]) -> None:
    about = {each["code"]: each["name"] for each in assessment["departments"]}
    told = {card["department"]: card for card in assessment["scorecards"]}
    rows = open_page.locator("table.ranking tbody tr").all_inner_texts()
    shown = {name: row for row in rows for name in about.values() if f"\t{name}" in row}
    for code, card in told.items():
        assert card["printed"] in shown[about[code]].split("\t")[2]
    for group in assessment["groups"]:
        ranked = [about[each["department"]] for each in group["standings"]]
        assert [each for each in names(open_page) if each in ranked] == ranked


def test_search_and_filters_narrow_the_tables(open_page: Any, page: Page) -> None:
    rows = page.head["rows"]
    open_page.fill("#query", "B2")
    assert set(names(open_page)) == {each["name"] for each in rows if "B2" in each["code"]}
    assert open_page.evaluate("location.hash") == "#?q=B2"
    open_page.fill("#query", "没有这个部门")
    assert names(open_page) == []
    assert "没有符合条件" in open_page.inner_text("#results")
    open_page.fill("#query", "")
    open_page.click("button.chip >> text=优")
    assert set(names(open_page)) == {each["name"] for each in rows if each["grade"] == "优"}
    open_page.click("button.chip >> text=优")
    open_page.select_option("#group", page.head["groups"][1]["code"])
    assert set(names(open_page)) == {each["name"] for each in rows if each["group"] == 1}
    open_page.select_option("#group", "")
    number, node = next((at, each) for at, each in enumerate(page.head["tree"]) if each["code"] == "1.2")
    open_page.select_option("#article", node["article"])
    open_page.check("#lost")
    wanted = {each["name"] for each in rows if each.get("states", "-" * 99)[number] in "pz"}
    assert wanted
    assert set(names(open_page)) == wanted
    assert node["standard"] in open_page.inner_text(".asked-rule")


def test_one_can_send_a_place(tab: Any, run: Path) -> None:
    opened(tab, run / "audit.html", "#/B20/1.2")
    entry = tab.locator('article.entry[data-criterion="1.2"]').first
    assert entry.locator(".entry-head").get_attribute("aria-expanded") == "true"
    assert tab.evaluate("document.activeElement.closest('article').dataset.criterion") == "1.2"
    opened(tab, run / "audit.html", "#?d=%E8%89%AF")
    assert tab.locator('button.chip[aria-pressed="true"]').inner_text() == "良"


def test_from_the_total_down_to_the_evidence(open_page: Any, assessment: dict[str, Any], page: Page) -> None:
    code, entry, datum = next(
        (row["code"], entry, datum)
        for row in page.head["rows"]
        if "account" in row
        for entry in page.entries(row["code"])
        for datum in entry[9]
        if any(layer[5] for layer in datum[2])
    )
    row = next(each for each in page.head["rows"] if each["code"] == code)
    open_page.get_by_role("link", name=row["name"], exact=True).click()
    assert row["total"] in open_page.inner_text(".facts")
    article = open_page.locator(f'article.entry[data-id="{entry[0]}"]')
    assert entry[7] in article.inner_text()
    assert not article.locator(".proof").is_visible()
    article.locator(".entry-head").click()
    text = article.inner_text()
    assert datum[0] in text
    for layer in datum[2]:
        assert layer[0] in text
        assert all(each in text for each in layer[5])
    excerpt, lines = entry[10][3][0]
    rule = page.head["excerpts"][int(excerpt)]
    assert article.locator(".line.decided").first.inner_text().rstrip() in rule["text"]
    assert lines.split(" ")[0] in article.locator("figcaption").first.inner_text()
    entries = {each["id"]: each["points"] for card in assessment["scorecards"] for each in card["entries"]}
    assert len(open_page.locator("article.entry").all()) <= len(entries)


def test_two_departments_stand_side_by_side(tab: Any, run: Path, page: Page) -> None:
    one, other = [each for each in page.head["rows"] if "account" in each][:2]
    opened(tab, run / "audit.html", f"#/{one['code']}")
    tab.keyboard.press("c")
    tab.select_option("#pick1", other["code"])
    assert tab.evaluate("location.hash") == f"#=/{one['code']}/{other['code']}"
    head = tab.locator("table.compare tbody tr").first.inner_text().split("\t")
    apart = round(float(one["total"]) * 100) - round(float(other["total"]) * 100)
    assert head[0] == "总分"
    assert head[-3:] == [one["total"], other["total"], f"{apart / 100:+.2f}"]
    assert tab.locator("tr.why").count() > 0


def test_keys_alone_lead_everywhere(open_page: Any, page: Page) -> None:
    keys = open_page.keyboard
    focused = "document.activeElement.textContent"
    first, second = names(open_page)[:2]
    keys.press("/")
    assert open_page.evaluate("document.activeElement.id") == "query"
    keys.press("ArrowDown")
    assert open_page.evaluate(focused) == first
    keys.press("ArrowDown")
    assert open_page.evaluate(focused) == second
    keys.press("Enter")
    open_page.wait_for_selector(".head h2")
    assert second in open_page.inner_text(".head h2")
    keys.press("ArrowLeft")
    open_page.wait_for_function("name => document.querySelector('.head h2').textContent.includes(name)", arg=first)
    keys.press("ArrowDown")
    keys.press("Enter")
    assert open_page.locator(".proof:visible").count() == 1
    keys.press("ArrowDown")
    keys.press("Enter")
    assert open_page.locator(".proof:visible").count() == 2
    keys.press("e")
    assert open_page.locator(".proof:visible").count() == open_page.locator(".proof").count()
    keys.press("Escape")
    open_page.wait_for_selector("table.ranking")
    keys.press("Tab")
    assert open_page.evaluate("document.activeElement !== document.body")
    stops = open_page.locator(f'{ROWS}[tabindex="0"]').count()
    assert stops == 1, "the tab key passes the table in one step"


def test_the_open_department_prints_whole(tab: Any, run: Path, page: Page) -> None:
    row = next(each for each in page.head["rows"] if "account" in each)
    opened(tab, run / "audit.html", f"#/{row['code']}")
    tab.emulate_media(media="print")
    text = tab.inner_text("main")
    for entry in page.entries(row["code"]):
        assert entry[7] in text
        assert all(line[1] in text for line in entry[8])
        assert all(datum[0] in text for datum in entry[9])
    assert not tab.locator("#search").is_visible()
    assert not tab.locator(".side").is_visible()
    assert tab.pdf().startswith(b"%PDF")


def test_a_department_s_page_opens_with_its_account(tab: Any, run: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = audit(AuditOrder(run, "department", "B20", file), shipped_places())
    assert done.file == file
    opened(tab, file, "")
    assert "B20" in tab.inner_text(".head h2")
    assert tab.locator("article.entry").count() > 0
    assert tab.inner_text(".stamp") == "反馈件·初步结果"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(tab: Any, run: Path, page: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    codes = [each["code"] for each in page.head["rows"] if "account" in each][:2]
    opened(tab, run / "audit.html")
    for place in ("#/", f"#/{codes[0]}", f"#=/{codes[0]}/{codes[1]}"):
        tab.evaluate("place => { location.hash = place; }", place)
        tab.wait_for_timeout(50)
        if place.startswith("#/B"):
            tab.keyboard.press("e")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_stay_text(tab: Any, hostile: Path) -> None:
    opened(tab, hostile)
    title = tab.title()
    assert HOSTILE["B11"] in names(tab)
    assert HOSTILE["B12"] in names(tab)
    for code in HOSTILE:
        tab.evaluate("code => { location.hash = address(code); }", code)
        tab.wait_for_selector(".head h2")
        tab.keyboard.press("e")
        assert tab.evaluate("document.querySelectorAll('main img, main script, main b b').length") == 0
        assert not tab.evaluate("Object.keys(window).includes('onerror') && window.onerror")
    tab.evaluate("location.hash = versus('B11', 'B12')")
    tab.wait_for_selector("table.compare")
    assert HOSTILE["B12"] in tab.inner_text("table.compare thead")
    tab.keyboard.press("Escape")
    tab.wait_for_selector("table.ranking")
    assert tab.title() == title
    assert tab.evaluate("performance.getEntriesByType('resource').length") == 0
