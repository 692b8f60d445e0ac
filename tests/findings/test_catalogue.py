"""The catalogues hold every code in both languages, and ask of a finding only what the code gives it."""

from __future__ import annotations

import ast
import itertools
import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from scoring.finding import SEVERITIES
from scoring.render.catalogue import Catalogue, load_catalogue

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")
CODES = sorted(SEVERITIES)
FORBIDDEN = (
    "一票否决",
    "罚分",
    "自动扣分",
    "数据缺失",
    "默认值",
    "报错",
    "异常",
    "崩溃",
    "bug",
    "垫底",
    "贵单位",
    "您",
    "！",
)


@cache
def catalogue(language: str) -> Catalogue:
    loaded, problems = load_catalogue(ROOT / "reports" / "findings", language)
    assert not problems
    return loaded


def names(language: str, code: str) -> set[str]:
    """The parameters that a code's texts ask for."""
    entry = catalogue(language).entry(code)
    parsed = [Environment().parse(text) for text in (entry.says, entry.remedy)]
    return set[str]().union(*map(meta.find_undeclared_variables, parsed)) - {"word"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_words(code: str, language: str) -> None:
    entry = catalogue(language).entry(code)
    assert entry.title, f"{code} is missing in reports/findings/{language}.yaml"
    assert entry.says
    assert entry.remedy
    assert entry.page.strip()
    names(language, code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stands_in_the_catalogue_alone_or_out_of_order(language: str) -> None:
    codes = list(catalogue(language).entries)
    assert codes == sorted(codes)
    assert set(codes) <= set(CODES)


def test_both_languages_have_the_same_frame_and_words() -> None:
    zh, en = map(catalogue, LANGUAGES)
    assert list(zh.frame) == list(en.frame)
    assert list(zh.words) == list(en.words)


def test_officers_words() -> None:
    for code in CODES:
        entry = catalogue("zh").entry(code)
        text = entry.title + entry.says + entry.remedy + entry.page
        assert not [word for word in FORBIDDEN if word in text], code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [each for each in CODES if each.startswith("K1")])
def test_a_page_shows_a_bad_and_a_good_line(code: str, language: str) -> None:
    page = catalogue(language).entry(code).page.splitlines()
    bad, good = ("错：", "对：") if language == "zh" else ("bad:", "good:")
    assert 3 <= len(page) <= 10
    assert any(line.startswith(bad) for line in page)
    assert any(line.startswith(good) for line in page)


def raised() -> list[tuple[str, set[str], str]]:
    """Every call of `finding` or `add` in scoring/ that names a code, with the parameters it gives and its place.

    Calls that pass parameters on as **mapping are left out, and those of other functions: what they give stands
    elsewhere.
    """
    found = []
    for path in sorted((ROOT / "scoring").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or any(each.arg is None for each in node.keywords):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called not in ("finding", "add") or len(node.args) > 4:
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and re.fullmatch(r"K\d{3}", str(first.value)):
                given = {each.arg for each in node.keywords if each.arg} - {"other", "department"}
                found.append((str(first.value), given, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


@pytest.mark.parametrize(
    ("code", "given", "place"), raised(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_finding_gives_what_its_words_ask_for(code: str, given: set[str], place: str) -> None:
    asked = set(itertools.chain.from_iterable(names(language, code) for language in LANGUAGES))
    assert asked <= given, place
