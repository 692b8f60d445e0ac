"""Templates: filled in a sandbox, and never with a blank where a name is missing."""

from __future__ import annotations

import pytest

from scoring.render.template import render

pytestmark = pytest.mark.once


def test_lines_with_only_a_tag_leave_nothing_behind() -> None:
    text = "| a |\n|---|\n{% for each in rows %}\n| {{ each }} |\n{% endfor %}\nend\n"
    assert render("x.md", text, rows=[1, 2]) == ("| a |\n|---|\n| 1 |\n| 2 |\nend\n", [])


def test_only_pages_are_escaped() -> None:
    assert render("x.html", "{{ a }}", a="<b>")[0] == "&lt;b&gt;"
    assert render("x.md", "{{ a }}", a="<b>")[0] == "<b>"


def test_values_may_be_called_anything() -> None:
    assert render("x.md", "{{ name }}{{ text }}", name=1, text=2)[0] == "12"


@pytest.mark.parametrize(
    ("text", "code", "kind", "line", "found"),
    [
        ("甲\n乙 {{ 总份 }}\n", "K501", "", 2, "总份"),
        ("{% for d in rows %}\n{{ d.nam }}\n{% endfor %}", "K501", "", 2, "nam"),
        ("\n\n{% if %}\n", "K502", "syntax", 3, "{% if %}"),
        ("a\n{{ a|nothing }}", "K502", "syntax", 2, "{{ a|nothing }}"),
        ("{% for d in rows %}", "K502", "syntax", 1, "{% for d in rows %}"),
        ("\n{{ ''.__class__.__mro__ }}", "K502", "forbidden", 2, ""),
        ("\n{{ rows + 1 }}", "K502", "value", 2, ""),
        ("{{ range(100000000) }}", "K502", "value", 1, ""),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "K502", "value", 1, ""),
    ],
)
def test_faults_are_findings_with_the_templates_line(text: str, code: str, kind: str, line: int, found: str) -> None:
    said, problems = render("circular.md", text, rows=[{"name": 1}], a=1)
    assert said == ""
    (problem,) = problems
    assert problem.location is not None
    assert (problem.code, problem.location.file, problem.location.line) == (code, "circular.md", line)
    params = dict(problem.params)
    assert (params.get("kind", ""), params["found"]) == (kind, found)
    if found:
        assert problem.location.text[problem.location.column - 1 :].startswith(found)


def test_values_are_never_changed() -> None:
    rows = [1]
    assert render("x.md", "{{ rows.append(2) }}", rows=rows)[1]
    assert rows == [1]
