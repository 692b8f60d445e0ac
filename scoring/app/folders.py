"""Reads folders into bytes: which files belong to an edition, to an input folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scoring.finding import Finding, Findings
from scoring.location import Location
from scoring.reading.secrecy import marked_secret

READ = (".yaml", ".yml", ".csv", ".xlsx", ".xlsm", ".xls")
"""What is read as rules or forms; anything else in an input folder can only be evidence, which is hashed."""


def edition_files(folder: Path) -> dict[str, bytes]:
    """The files of an edition by their path inside its folder, with `/`; hidden files are none of ours."""
    return {path: (folder / path).read_bytes() for path in paths(folder)}


def paths(folder: Path) -> list[str]:
    """Every file below a folder, as sorted paths with `/`; hidden ones and links out of it are left out."""
    found = []
    root = folder.resolve()
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and not hidden and path.resolve().is_relative_to(root):
            found.append(inside.as_posix())
    return sorted(found)


def passed_over(folder: Path, shown: str) -> list[Finding]:
    """What looks like a rule or a form and is no file to read: else a department would be told that it gave nothing.

    A link is not followed out of the folder, because what lies there is no part of what was handed in.
    """
    read = set(paths(folder))
    found = Findings()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.as_posix() in read or any(part.startswith(".") for part in inside.parts):
            continue
        if path.is_symlink() or path.name.lower().endswith(READ):
            kind = "link" if path.is_symlink() else "folder" if path.is_dir() else "device"
            found.add("K115", Location(f"{shown}/{inside.as_posix()}"), kind=kind, most="")
    return found.found


def input_files(folder: Path, shown: str) -> tuple[dict[str, bytes], dict[str, str], Findings]:
    """The forms of an input folder as bytes, and the SHA-256 of every other file, which may be evidence."""
    forms: dict[str, bytes] = {}
    hashes: dict[str, str] = {}
    found = Findings()
    found.extend(passed_over(folder, shown))
    for path in paths(folder):
        try:
            content = (folder / path).read_bytes()
        except OSError:
            found.add("K115", Location(f"{shown}/{path}"), kind="open", most="")
            continue
        if path.lower().endswith(READ):
            forms[path] = content
            continue
        secret = marked_secret(f"{shown}/{path}", content)
        if secret is not None:
            found.extend([secret])
        else:
            hashes[path] = hashlib.sha256(content).hexdigest()
    return forms, hashes, found
