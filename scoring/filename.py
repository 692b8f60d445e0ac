"""File names that hold on every system an office uses: what is written on Kylin must open on Windows.

A path in a run folder is relative and written with `/`. Windows decides what is safe, because it forbids most.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_FORBIDDEN = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {port + digit for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
# Control, format and surrogate characters: invisible, able to turn the shown name around, or no text at all.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})

NAME_UNITS, PATH_UNITS = 100, 180
"""Longest name and path, in the UTF-16 units that Windows counts: 260 for a whole path, of which the folder that
the user chose needs its share."""
_NAME_BYTES = 240  # of the 255 that Linux allows, so that a short ending may be added


def is_safe(path: str) -> bool:
    """Whether a relative path can be stored, copied and opened everywhere under just this name."""
    return _units(path) <= PATH_UNITS and all(_is_safe_name(name) for name in path.split("/"))


def safe_name(text: str) -> str:
    """A name of one file or folder as near to `text` as is safe everywhere; a safe name is left as it is."""
    kept = "".join(
        "_" if character in _FORBIDDEN else character
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character) not in _UNSEEN
    )
    name = unicodedata.normalize("NFC", kept).rstrip(" .")
    if _is_device(name):
        stem, dot, ending = name.partition(".")
        name = f"{stem.rstrip(' ')}_{dot}{ending}"
    if not _fits(name):
        name = _shortened(name)
    return name or "_"


def clashes(paths: Iterable[str]) -> list[str]:
    """Those of the paths that would fall on another one where upper and lower case are the same, in order.

    A file that has the name of a folder is one too.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    clashing = set()
    for path in sorted(paths):
        steps = path.split("/")
        for depth in range(1, len(steps)):
            folder = "/".join(steps[:depth])
            if folders.setdefault(folder.casefold(), folder) != folder:
                clashing.add(path)
        if files.setdefault(path.casefold(), path) != path:
            clashing.add(path)
    clashing.update(path for folded, path in files.items() if folded in folders)
    return sorted(clashing)


def _is_safe_name(name: str) -> bool:
    return (
        bool(name)
        and name[-1] not in " ."
        and _FORBIDDEN.isdisjoint(name)
        and _UNSEEN.isdisjoint(map(unicodedata.category, name))
        and unicodedata.is_normalized("NFC", name)
        and not _is_device(name)
        and _fits(name)
    )


def _is_device(name: str) -> bool:
    """CON, NUL and their like are devices on Windows, with any ending."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _fits(name: str) -> bool:
    return _units(name) <= NAME_UNITS and len(name.encode("utf-8", "surrogatepass")) <= _NAME_BYTES


def _shortened(name: str) -> str:
    """The name with its middle cut out: the ending after the last dot says what opens the file."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    while not _fits(stem + dot + ending):
        stem = stem[:-1]
    return (stem + dot + ending).rstrip(" .")
