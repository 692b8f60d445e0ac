"""Who sees what: nothing of unnamed departments, of reviewers or of others leaves the office with a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.app.audit import AuditOrder, audit
from scoring.archive import open_run, write_final
from scoring.resources import shipped_places
from tests.audit.reader import Page
from tests.circular.few import few, written
from tests.circular.test_unnamed import planted, unnamed
from tests.flow.test_unnamed import without_departments

pytestmark = pytest.mark.once

SECRET = "秘[甲乙丙丁]|复核人戊"
Pages = Callable[..., bytes]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runs `whole`, with planted words, and `less`, as if it had never had its unnamed departments; approved."""
    folder = tmp_path_factory.mktemp("runs")
    made = few()
    codes = unnamed(made)
    for name, each in (("whole", planted(made, codes)), ("less", without_departments(planted(made, codes), codes))):
        written(each, folder / name)
        run, _ = open_run(folder / name)
        assert run is not None
        assert write_final(run, by="局党组会议", basis="澄财党纪〔2024〕9号", on="2024-06-03") == []
    return folder


@pytest.mark.parametrize(("audience", "department"), [("issued", ""), ("public", ""), ("department", "B20")])
def test_pages_are_the_same_as_if_they_had_never_been(runs: Path, pages: Pages, audience: str, department: str) -> None:
    whole, less = (pages(runs / name, audience, department) for name in ("whole", "less"))
    assert whole == less
    page = Page(whole)
    assert not re.search(SECRET, page.whole() + page.text)


def test_the_leaders_see_all_of_it(runs: Path, pages: Pages) -> None:
    text = Page(pages(runs / "whole", "approval")).whole()
    for word in ("秘甲", "复核人戊", "不列名", "局党组会议"):
        assert word in text


def test_only_the_sentence_that_the_office_asked_for_tells_how_many(runs: Path, pages: Pages, tmp_path: Path) -> None:
    office = tmp_path / "office.yaml"
    shipped = shipped_places().examples / "2023" / "office.yaml"
    text = shipped.read_text("utf-8")
    assert "unnamed_count" not in text or "unnamed_count: false" in text
    office.write_text(
        text.replace("unnamed_count: false", "unnamed_count: true")
        if "unnamed_count" in text
        else f"{text}show: {{unnamed_count: true}}\n",
        "utf-8",
    )
    told, not_told = (Page(pages(runs / name, "issued", office=office)) for name in ("whole", "less"))
    assert re.fullmatch(r"另有\d+个部门按规定不列名。", told.head.pop("unlisted"))
    assert not_told.head.pop("unlisted") == ""
    assert told.head == not_told.head


def test_a_department_sees_its_own_account_and_the_grades_of_the_others(runs: Path, pages: Pages) -> None:
    page = Page(pages(runs / "whole", "department", "B20"))
    own = [each for each in page.head["rows"] if "account" in each]
    assert [each["code"] for each in own] == ["B20"]
    assert page.entries("B20")
    for row in page.head["rows"]:
        if row["code"] != "B20":
            assert set(row) <= {"code", "name", "short", "group", "grade", "note"}
    assert page.head["marks"] == []


def test_reasons_stay_in_the_office(runs: Path, pages: Pages) -> None:
    issued, public = (Page(pages(runs / "whole", audience)) for audience in ("issued", "public"))
    for page in (issued, public):
        assert page.lines == [""]
        assert page.head["excerpts"] == []
        assert page.head["marks"] == []
        assert not any("self" in row or "before" in row for row in page.head["rows"])
    assert all("points" in row for row in issued.head["rows"] if "total" in row)
    assert not any("points" in row for row in public.head["rows"])
    assert public.head["tree"] == []


def test_a_page_is_not_put_in_place_of_another_file(runs: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("somebody's own")
    done = audit(AuditOrder(runs / "less", out=out), shipped_places())
    assert done.file is None
    assert [each.code for each in done.findings] == ["K521"]
    assert out.read_text() == "somebody's own"


def test_a_department_that_is_not_there_is_said_with_what_was_meant(runs: Path) -> None:
    done = audit(AuditOrder(runs / "less", "department", "生态环境"), shipped_places())
    assert done.file is None
    assert done.unknown == "生态环境"
    assert any("生态环境局" in each for each in done.near)
