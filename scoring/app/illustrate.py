"""Lays out a circular with its pictures: for the formats that can show them it has an annex more.

Pictures are an annex because the text of a circular has none. The leaders get them; departments and the public only
where the office wants it (`show.pictures` in office.yaml, or `--pictures`), and then only of what they may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from scoring.app.layouts import laid_out, plain_values
from scoring.app.parts import parted
from scoring.finding import Findings
from scoring.render.formats import FORMATS, PDF, Dress, Layout
from scoring.render.svg import svg
from scoring.views import APPROVAL, Document, Office, View

Progress = Callable[[Iterable[tuple[str, str]], int], Iterable[tuple[str, str]]]
"""Hears of each file, by format and document, before it is laid out."""


def wanted(asked: bool | None, office: Office, audience: str, formats: Iterable[str], found: Findings) -> bool:
    """Whether a circular carries pictures: as it was asked, else as the office has it, else those for the leaders."""
    said = asked if asked is not None else office.pictures
    if not (said if said is not None else audience == APPROVAL):
        return False
    able = [FORMATS[each] for each in formats if FORMATS[each].draws is not None]
    for each in able:
        if not each.shows_pictures():
            found.add("K504", format=each.name)
    return any(each.shows_pictures() for each in able)


def drawn(view: View) -> dict[str, str]:
    """The pictures of a view as SVG, by their titles."""
    return {each.title: svg(plain_values(each)) for each in view.pictures}


def laid_out_with(
    pictures: Mapping[str, str],
    illustrated: Mapping[str, Document],
    layouts: Mapping[str, Layout],
    documents: Mapping[str, Document],
    dress: Dress,
    found: Findings,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """The files of all documents; where pictures can be shown, those of `illustrated` instead of their plain selves."""
    files: dict[str, bytes] = {}
    pairs = [(name, title) for name in layouts for title in documents]
    for name, title in progress(pairs, len(pairs)) if progress else pairs:
        shows = bool(pictures) and title in illustrated and FORMATS[name].shows_pictures()
        own = {title: illustrated[title] if shows else documents[title]}
        worn = replace(dress, pictures=pictures) if shows else dress
        files |= laid_out({name: layouts[name]}, parted(own) if name == PDF else own, worn, found)
    return files
