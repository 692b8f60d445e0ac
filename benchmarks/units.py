"""An input folder of as many units as one likes: the example district again and again, under other codes and names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CODE = re.compile(r"(?<![/\w])([BJ]\d\d)(?!\d)")
"""The code of a department, also at the beginning of another code; not in the name of an evidence file."""
OPENING = re.compile(r"(?m)^(?:departments|decisions):\n")
"""Where what is said of each department begins, to the end of a file."""
ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "2023"


def units(folder: Path, number: int) -> int:
    """Write the folder; how many departments are in it, at least the number asked for."""
    whole = (EXAMPLE / "roster.yaml").read_text(encoding="utf-8").count("- code: ")
    copies = -(-number // whole)
    for path in sorted(EXAMPLE.rglob("*")):
        target = folder / path.relative_to(EXAMPLE)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif path.parent.name == "submissions" and path.suffix == ".yaml":
            text = path.read_text(encoding="utf-8")
            for copy in range(copies):
                name = CODE.sub(rf"\g<1>{_suffix(copy)}", path.name)
                (target.parent / name).write_text(_renamed(text, copy), encoding="utf-8")
        elif path.suffix == ".yaml" and (opening := OPENING.search(text := path.read_text(encoding="utf-8"))):
            blocks = [_numbered(_renamed(text[opening.end() :], copy), copy, whole) for copy in range(copies)]
            target.write_text(text[: opening.end()] + "".join(blocks), encoding="utf-8")
        elif path.suffix == ".csv":
            head, _, rows = path.read_text(encoding="utf-8").partition("\n")
            named = [
                re.sub(r"(?m)^(\w+,[^,]+)", rf"\g<1>{_suffix(copy)}", _renamed(rows, copy)) for copy in range(copies)
            ]
            target.write_text("\n".join([head, *(each.rstrip("\n") for each in named)]) + "\n", encoding="utf-8")
        else:
            shutil.copy(path, target)
    return copies * whole


def _suffix(copy: int) -> str:
    return f"{copy:02}" if copy else ""


def _renamed(text: str, copy: int) -> str:
    return CODE.sub(rf"\g<1>{_suffix(copy)}", text)


def _numbered(block: str, copy: int, whole: int) -> str:
    """Names and places in the list are other ones, too: nothing may stand twice in a roster."""
    block = re.sub(r"(?m)^(    (?:name|short): .*)$", rf"\g<1>{_suffix(copy)}", block)
    return re.sub(r"(?m)^(    order: )(\d+)$", lambda found: f"{found[1]}{int(found[2]) + copy * whole}", block)
