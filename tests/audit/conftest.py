"""A few departments of the example, some of them with hostile names, their pages, and one browser for all tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.app.assess import Bundle
from scoring.app.audit import AuditOrder, audit
from scoring.resources import shipped_places
from tests.audit.reader import Page
from tests.circular.few import few, written
from tests.flow import district

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FOLDERS = shipped_places()
HOSTILE = {
    "B11": '<img src=x onerror="document.title=1">',
    "B12": "</script><script>document.title=2</script>",
    "B19": "\u202e反写\u202c局\u200b<!--",
    "B20": "javascript:alert(1)//'\"&amp;\u2028",
    "B33": "{{ 7*7 }}\\u003cb\\u003e]]>",
}


def named(made: Bundle, names: dict[str, str]) -> Bundle:
    """The bundle with these names in its roster, and a hostile word wherever a form holds a title."""

    def name(tree: Any) -> None:
        for rows in (value.value for key, value in tree.value if key.value == "departments"):
            for row in rows:
                about = {key.value: value for key, value in row.value}
                if about["code"].value in names:
                    about["name"].value = names[about["code"].value]

    def title(tree: Any) -> None:
        for key, value in tree.value:
            if key.value == "evidence":
                for _, each in value.value:
                    next(text for name, text in each.value if name.value == "title").value = "<b>佐证</b>"

    forms = {**made.forms, "roster.yaml": district.rewrite(made.forms["roster.yaml"], name)}
    for path in forms:
        if path.startswith("submissions/B") and path.endswith(".yaml"):
            forms[path] = district.rewrite(forms[path], title)
    return Bundle(made.edition, made.rules, forms, made.evidence, made.previous)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a few departments; nobody changes it."""
    return written(few(), tmp_path_factory.mktemp("audit") / "2023")


@pytest.fixture(scope="session")
def assessment(run: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((run / "assessment.json").read_bytes())
    return data


@pytest.fixture(scope="session")
def page(run: Path) -> Page:
    """The page that was filed with the run."""
    return Page((run / "audit.html").read_bytes())


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the same departments, some with names that would do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    return written(named(few(), HOSTILE), folder / "2023") / "audit.html"


@pytest.fixture
def pages(tmp_path: Path) -> Callable[..., bytes]:
    """The page of a run for an audience."""

    def made(run: Path, audience: str, department: str = "", **options: Any) -> bytes:
        out = tmp_path / f"{run.parent.name}-{run.name}-{audience}-{department}.html"
        done = audit(AuditOrder(run, audience, department, out, force=True, **options), FOLDERS)
        assert done.file == out, done.findings
        return out.read_bytes()

    return made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser without a head for all tests."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"none of {'、'.join(BROWSERS)} is on the path")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
