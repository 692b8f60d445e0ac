"""The only door to Jinja2: templates that an officer may edit are filled in a sandbox, and never fail silently.

A name that does not exist is a finding with the template's line, because a blank in a circular would be printed
and signed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scoring.finding import Finding, finding
from scoring.location import Location, Mark, Source

_ESCAPED = (".html", ".htm", ".xml", ".svg")
_QUOTED_NAME = re.compile(r"'([^']*)'")


def render(name: str, text: str, /, **values: Any) -> tuple[str, list[Finding]]:
    """The template filled with the values, and why not where it could not be.

    `name` is what findings call the template; its ending decides whether values are escaped for a web page.
    Nothing is left blank: on any fault the text is empty and one finding says what and where.
    """
    try:
        template = _compiled(name, text)
    except jinja2.TemplateSyntaxError as error:
        return "", [_at(name, text, error.lineno, "K502", kind="syntax", found=_odd_part(text, error.lineno))]
    try:
        return template.render(values), []
    except jinja2.UndefinedError as error:
        line = _line_of(error, name)
        return "", [_at(name, text, line, "K501", found=_missing_name(error))]
    except Exception as error:  # whatever a template asks of a value: the template is an officer's, not ours
        kind = "forbidden" if isinstance(error, jinja2.exceptions.SecurityError) else "value"
        return "", [_at(name, text, _line_of(error, name), "K502", kind=kind, found="")]


@lru_cache(maxsize=2)
def _environment(escaped: bool) -> jinja2.Environment:
    """Lines that hold only a tag leave no blank line behind, because Markdown tables break at blank lines."""
    return ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )


@lru_cache(maxsize=1024)
def _compiled(name: str, text: str) -> jinja2.Template:
    environment = _environment(name.lower().endswith(_ESCAPED))
    code = environment.compile(text, name, name)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _line_of(error: BaseException, name: str) -> int:
    """The last line of the template that was being filled; Jinja2 rewrites the traceback to template lines."""
    line, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == name:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _missing_name(error: jinja2.UndefinedError) -> str:
    """The name that is not there; of "'x' has no attribute 'y'" the last one."""
    names: list[str] = _QUOTED_NAME.findall(str(error))
    return names[-1] if names else ""


def _odd_part(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip()[:40] if 0 < line <= len(lines) else ""


def _at(name: str, text: str, line: int, code: str, **params: Any) -> Finding:
    if not line:
        return finding(code, Location(name), **params)
    source = Source(name, text.splitlines())
    shown = source.lines[line - 1] if line <= len(source.lines) else ""
    column = shown.find(params["found"] or "\0")
    mark = Mark(line, column + 1, len(params["found"])) if column >= 0 else Mark(line, 0, 1)
    return finding(code, source.at(mark), **params)
