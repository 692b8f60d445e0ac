"""A parameter of a finding must be one that its sentence can read: a template has words of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

SOURCES = Path(__file__).parents[2] / "scoring"
TAKEN = {"none", "true", "false", "None", "True", "False", "word", "loop", "range", "dict", "namespace", "cycler"}
"""`{% if none %}` asks for nothing at all, and `word` is handed to every sentence of the catalogue."""


def test_no_parameter_of_a_finding_has_a_name_that_templates_take() -> None:
    clashes = []
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            code = node.args[0].value
            if isinstance(code, str) and len(code) == 4 and code[0] == "K" and code[1:].isdigit():
                clashes += [f"{path.name}:{node.lineno} {each.arg}" for each in node.keywords if each.arg in TAKEN]
    assert not clashes
