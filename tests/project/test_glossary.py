"""One word a thing: README's glossary, its Chinese edition and the code use the same words."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "scoring").rglob("*.py"))
SAY_NOTHING = {"Manager", "Helper", "Helpers", "Util", "Utils", "Item", "Info", "Result"}


def section(file: str, heading: str) -> str:
    return (ROOT / file).read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def glossary(file: str, heading: str) -> list[tuple[str, str]]:
    """The first two columns of the glossary in one README."""
    return re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", section(file, heading), re.M)[1:]


def verbs(file: str, heading: str) -> set[tuple[str, str]]:
    """The verbs as (English, Chinese), whichever of the two comes first."""
    said = re.search(r"^(?:Verbs: |动词：)(.+?)[.。]$", section(file, heading), re.M)
    assert said
    pairs = (re.findall(r"[a-z]+|[一-鿿]+", part) for part in re.split(r"[,、]", said[1]))
    return {(min(pair), max(pair)) for pair in pairs}


@cache
def names() -> set[str]:
    """Every name that scoring/ gives to a module, class, function, parameter, attribute or key, in lower case."""
    given = {part.removesuffix(".py") for file in FILES for part in file.relative_to(ROOT / "scoring").parts}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                given.add(node.name)
            elif isinstance(node, (ast.Name, ast.arg, ast.Attribute)):
                given.add(getattr(node, "id", None) or getattr(node, "arg", None) or getattr(node, "attr", ""))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                given.add(node.value)
    return {name.lower().removesuffix("s") for name in given}


def test_both_readmes_hold_the_same_glossary() -> None:
    english = glossary("README.md", "Words")
    assert len(english) > 25
    assert english == [(word, chinese) for chinese, word in glossary("README.zh-CN.md", "用语")]
    assert verbs("README.md", "Words") == verbs("README.zh-CN.md", "用语")


def test_one_chinese_word_for_each_and_the_other_way_round() -> None:
    words = glossary("README.md", "Words")
    assert len({word for word, _ in words}) == len({chinese for _, chinese in words}) == len(words)


@pytest.mark.parametrize("word", [word for word, _ in glossary("README.md", "Words")])
def test_the_code_uses_the_word(word: str) -> None:
    assert word.lower().removesuffix("s") in names()


@pytest.mark.parametrize("verb", [verb for verb, _ in sorted(verbs("README.md", "Words"))])
def test_the_code_uses_the_verb(verb: str) -> None:
    assert verb in names()


@pytest.mark.parametrize(("word", "chinese"), glossary("README.md", "Words"))
def test_the_module_of_a_glossary_class_says_the_chinese_word(word: str, chinese: str) -> None:
    for file in FILES:
        text = file.read_text("utf-8")
        if re.search(rf"^class {word}\b", text, re.M):
            assert chinese in text, f"{file.relative_to(ROOT)} has the class {word}"


def test_no_class_has_a_name_that_says_nothing() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and set(re.findall(r"[A-Z][a-z]*", node.name)) & SAY_NOTHING
    ]
    assert not wrong, "\n".join(wrong)
