"""File-system calls that keep their word through a SIGKILL and a power cut: written through, and named at one stroke.

A rename inside one folder is the only step that readers can see; whatever leads to it happens under a hidden name
and is on the disk before.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def write_tree(root: Path, files: Mapping[str, bytes]) -> None:
    """Make the new folder `root` with these files in it, all of it written through to the disk."""
    os.mkdir(root)
    folders = [root]
    for name in sorted({parent for path in files for parent in _parents(path)}):
        folders.append(root / name)
        os.mkdir(folders[-1])
    for path in sorted(files):
        _write(root / path, files[path])
    # Only now, and not after each file: the first call carries the others along.
    for path in sorted(files):
        sync(root / path)
    for folder in reversed(folders):
        sync(folder)


def make_folders(folder: Path) -> None:
    """Make the folder and those above it that are missing, each one's name written through to the disk."""
    if not folder.is_dir():
        make_folders(folder.parent)
        os.makedirs(folder, exist_ok=True)
        sync(folder.parent)


def write_file(path: Path, content: bytes) -> None:
    """Make the new file `path`, written through to the disk."""
    _write(path, content)
    sync(path)


def sync(path: Path) -> None:
    """Wait until the disk holds this file, or the names in this folder."""
    if sys.platform == "win32":
        if path.is_dir():  # Windows cannot open a folder; NTFS keeps its names in a journal
            return
        descriptor = os.open(path, os.O_RDWR)
    else:
        descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders at one stroke; False, and nothing done, where the system cannot do that."""
    if sys.platform != "linux":
        return False
    import ctypes  # costs time at start-up, and only a replacement needs it

    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    if swap is None:
        return False
    here, both_ways = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of <fcntl.h>, <stdio.h>
    return bool(swap(here, os.fsencode(one), here, os.fsencode(other), both_ways) == 0)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other writers out of the folder; the lock goes with the process, so that a killed one leaves none.

    Where the system has no such lock two writers may meet: the names they use are made so that one of them fails.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Delete a file or a whole folder, links themselves and not what they point to.

    What cannot be deleted now, because another program has it open, stays for the next time.
    """
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            os.unlink(path)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _parents(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:depth]) for depth in range(1, len(steps))]
