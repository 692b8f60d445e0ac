"""Lays out documents in the formats asked for: the layouts of reports/ are read here, and used in render."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from scoring.app.wording import report_file
from scoring.finding import Findings
from scoring.location import Location
from scoring.render.formats import FORMATS, Dress, Layout
from scoring.resources import Places


def read_layouts(kind: str, formats: Sequence[str], folders: Places, found: Findings) -> dict[str, Layout]:
    """The layout of each format for a kind of document; those that cannot be opened are findings."""
    layouts = {}
    for format_ in formats:
        path = report_file(folders, FORMATS[format_].layout(kind))
        try:
            layouts[format_] = Layout(path.as_posix(), path.read_bytes())
        except OSError:
            found.add("K115", Location(path.as_posix()), kind="open", most="")
    return layouts


def laid_out(
    layouts: Mapping[str, Layout], documents: Mapping[str, Any], dress: Dress, found: Findings
) -> dict[str, bytes]:
    """The files by name, in every format; `documents` are data classes by the name of their file without ending."""
    files: dict[str, bytes] = {}
    for format_, layout in layouts.items():
        for name, document in documents.items():
            content, problems = FORMATS[format_].lay_out(plain_values(document), layout, dress)
            found.extend(problems)
            files[f"{name}.{format_}"] = content
    return files


def recorded(layouts: Iterable[str], dress: Dress) -> dict[str, Any]:
    """What else the bytes in these formats depend on, for the manifest: the fonts of a PDF file."""
    return {name: said for format_ in layouts for name, said in FORMATS[format_].record(dress).items()}


def plain_values(value: Any) -> Any:
    """The value with mappings in place of data classes, by the names of their fields: what a layout is given."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_values(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain_values(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(each) for each in value]
    return value
