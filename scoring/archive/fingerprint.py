"""The SM3 fingerprint of a run (国密校验码), where the OpenSSL of the platform has SM3.

It stands beside the SHA-256 digest and never in a file: whether a platform has SM3 must not show in any byte of a
run. It rests on SM3 alone: the SM3 of the list that `sm3sum` would print, a line a file in order of path, with two
spaces between the SM3 of the file and its path, for all files of the manifest and the manifest itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

SM3 = "sm3"


def available() -> bool:
    """Whether the platform has SM3."""
    return bool(sm3_of_run(Path(), ()))


def sm3_of_run(folder: Path, paths: Iterable[str]) -> str:
    """The fingerprint over these files of a folder; "" where the platform has no SM3."""
    try:
        lines = [f"{_sm3((folder / path).read_bytes())}  {path}\n" for path in sorted(paths)]
        return _sm3("".join(lines).encode())
    except ValueError:  # what hashlib raises for a name that it does not know, or may not use
        return ""


def _sm3(content: bytes) -> str:
    return hashlib.new(SM3, content).hexdigest()
