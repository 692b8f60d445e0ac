"""Tells when files changed, so that a check can be repeated while somebody edits (边改边查)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scoring.app.folders import paths

Stamp = tuple[tuple[str, int, int], ...]


def stamp(roots: Iterable[Path]) -> Stamp:
    """Every file below these folders with its time and size; what vanishes meanwhile is left out."""
    found = []
    for root in roots:
        for path in paths(root) if root.is_dir() else ():
            try:
                state = (root / path).stat()
            except OSError:
                continue
            found.append((f"{root}/{path}", state.st_mtime_ns, state.st_size))
    return tuple(found)


def changes(roots: Iterable[Path], wait: Callable[[], None]) -> Iterator[None]:
    """At once, and then after every change; `wait` passes the time between two looks.

    A change counts when nothing has moved since the look before: an editor that saves in two steps is let finish.
    """
    roots = list(roots)
    seen = before = stamp(roots)
    yield
    while True:
        wait()
        now = stamp(roots)
        if now == before and now != seen:
            seen = now
            yield
        before = now
