"""Lays out a document in Markdown: a Jinja2 layout, every value in it made plain text first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.finding import Finding
from scoring.render.formats import Dress, Layout
from scoring.render.markdown import escaped
from scoring.render.template import render


def lay_out(values: Mapping[str, Any], layout: Layout, dress: Dress) -> tuple[bytes, list[Finding]]:
    """The document; pictures have no place in it."""
    text, problems = layout.text()
    if problems:
        return b"", problems
    said, found = render(layout.path, text, **_plain(values))
    return (said.strip("\n") + "\n").encode(), found


def _plain(value: Any) -> Any:
    """The value with every string in it escaped; the keys of mappings are names and stay."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    return value
