"""The only door to typst: documents as PDF/A-2b files, and pictures as PNG.

Texts go in as JSON and are never spliced into the markup, so whatever they hold stays text. The layout sees its own
folder, which is empty, and the faces chosen for it; time is that of the document. The same values, faces and version
of typst give the same bytes anywhere.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from scoring.finding import Finding, finding
from scoring.location import Location, Mark, Source
from scoring.render.fonts import OFFICE, PACKAGE, ROLES, SYSTEM, Face, Faces, choose, in_another_face, no_folder, unset
from scoring.render.formats import Dress, Layout
from scoring.render.titles import title_lines

FONT_PACKAGE = "pylopdf_fonts_zh_cn"
STANDARD = "a-2b"
DOTS = 220
"""How fine a picture is as PNG, in dots an inch."""
UNDATED = datetime(2000, 1, 1, tzinfo=timezone.utc)
"""The time in the properties of a file whose document has no date yet; nobody sees it printed."""
ACROSS, TURNED = 19, 27
"""How many characters of a title go on a line, and on one of a turned page; one less than fit, for wide digits."""

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")
_NO_NAME = re.compile(r'(?:does not contain key "|unknown variable: )([^"\s]+)')
_WRITTEN = re.compile(r"\\u\{([0-9a-f]+)\}")
_SYNTAX = re.compile(r"error: (?:expected|unexpected|unclosed|invalid|the character)")


def lay_out(values: Mapping[str, Any], layout: Layout, dress: Dress) -> tuple[bytes, list[Finding]]:
    """The document as a PDF file, with what set it; or what is wrong with the layout, the fonts or a character."""
    text, found = layout.text()
    faces, told = faces_for(dress.fonts)
    found = [*found, *told]
    if faces is None or not text:
        return b"", found
    given = {
        **_with_lines(values),
        "faces": {role: faces.families(role) for role in ROLES},
        "pictures": [{"caption": caption, "svg": svg} for caption, svg in dress.pictures.items()],
    }
    try:
        made = _compiled(text, given, faces, timestamp=_dated(values.get("date", "")), pdf_standards=STANDARD)
        return made, [*found, *in_another_face(_texts(values), faces.chosen["body"])]
    except typst.TypstError as error:
        return b"", [*found, _fault(layout.path, text, error)]


def record(dress: Dress) -> dict[str, Any]:
    """The faces under this dress, with their digests."""
    faces, _ = faces_for(dress.fonts)
    return {} if faces is None else {"fonts": faces.record()}


def png(svg: str, fonts: Mapping[str, str] | None = None) -> bytes:
    """A picture as PNG, for formats that cannot show SVG; empty where there is no font to write in."""
    faces, _ = faces_for(fonts or {})
    if faces is None:
        return b""
    layout = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        '#image(bytes(json(bytes(sys.inputs.data)).svg), format: "svg")\n'
    )
    return _compiled(layout, {"svg": svg}, faces, format="png", ppi=DOTS)


def faces_for(settings: Mapping[str, str]) -> tuple[Faces | None, list[Finding]]:
    """The faces under the office's setting `fonts`, and what an officer should know of them."""
    folder = settings.get("folder", "")
    found = [] if not folder or Path(folder).is_dir() else [no_folder(folder)]
    known = [*(_faces(folder, OFFICE) if folder and not found else ()), *_faces("", SYSTEM), *_faces("", PACKAGE)]
    faces, told = choose(known, settings)
    return faces, [*found, *told]


def _faces(folder: str, source: str) -> list[Face]:
    """The faces of one source, in the order of families and files."""
    fonts = _fonts(folder, source == SYSTEM, source == PACKAGE).fonts()
    found = [Face(each.family, each.weight, each.path or "", source) for each in fonts if each.style == "normal"]
    return sorted(found, key=lambda each: (each.family, each.weight, each.path))


@cache
def _fonts(folder: str, system: bool, package: bool) -> typst.Fonts:
    """The fonts of these sources; looked for once, because that takes longer than setting a page."""
    folders = [folder] if folder else []
    spec = find_spec(FONT_PACKAGE) if package else None
    folders += [Path(spec.origin).parent.as_posix()] if spec is not None and spec.origin else []
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=folders)


def _compiled(layout: str, given: Mapping[str, Any], faces: Faces, **how: Any) -> bytes:
    with tempfile.TemporaryDirectory() as root:
        made: tuple[Any, Any] = typst.compile_with_warnings(
            layout.encode(),
            root=root,
            font_paths=_fonts(faces.folder, True, True),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
            package_path=root,
            package_cache_path=root,
            **{"format": "pdf", **how},
        )
    return bytes(made[0])


def _with_lines(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with every title broken into lines."""
    found = dict(values)
    if isinstance(values.get("title"), str):
        found["title_lines"] = title_lines(values["title"], TURNED if values.get("wide") else ACROSS)
    if isinstance(values.get("annexes"), (list, tuple)):
        found["annexes"] = [_with_lines(each) if isinstance(each, Mapping) else each for each in values["annexes"]]
    return found


def _texts(value: Any) -> Iterator[str]:
    """Every string of the values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


def _dated(date: str) -> datetime:
    """The time in the properties of the file: the day of the document, never the clock's."""
    said = _DATE.fullmatch(date)
    try:
        return datetime(int(said[1]), int(said[2]), int(said[3]), tzinfo=timezone.utc) if said else UNDATED
    except ValueError:
        return UNDATED


def _fault(path: str, text: str, error: typst.TypstError) -> Finding:
    """What typst objects to: characters that no face has, a name that is not there, or the layout itself."""
    said = error.diagnostic or error.message
    lacking = "".join(_WRITTEN.sub(lambda code: chr(int(code[1], 16)), each) for each in _LACKING.findall(said))
    if lacking:
        return unset(lacking)
    place = _PLACE.search(said)
    name = _NO_NAME.search(said)
    kind = "syntax" if _SYNTAX.search(said) else "value"
    source = Source(path, text.splitlines())
    where = source.at(Mark(int(place[1]), int(place[2]), 1)) if place else Location(path)
    return finding("K501", where, found=name[1]) if name else finding("K502", where, kind=kind, found="")
