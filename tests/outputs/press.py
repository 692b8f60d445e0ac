"""Makes every paper of a run the way an officer does, with the commands, and keeps what they wrote and what they said.

Run as a program it does so in a process of its own: python -m tests.outputs.press RUN OUT.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from scoring.commands import group

EVERY = "md,html,docx,pdf"
ISSUED, PUBLIC, OWN, LEADERS = "issued", "public", "own", "leaders"
OUTSIDE = (ISSUED, PUBLIC, OWN)
"""Whose papers hold nothing of unnamed departments."""

Words = tuple[str, ...]
Orders = dict[str, tuple[Words, ...]]
SINGLE = "B11"
"""The department whose papers are made in every format; those of the others are made as text."""


@dataclass
class Pressed:
    """The files by path below the folder that they were written to, and what each command said on both streams."""

    files: dict[str, bytes] = field(default_factory=dict)
    said: dict[Words, str] = field(default_factory=dict)

    def of(self, *audiences: str) -> dict[str, bytes]:
        return {path: raw for path, raw in self.files.items() if path.partition("/")[0] in audiences}

    def ending(self, ending: str) -> dict[str, bytes]:
        return {path: raw for path, raw in self.files.items() if path.endswith(ending)}


def orders(corrects: Path | None = None) -> Orders:
    """The commands for each audience. Every letterhead and every format is among them, pictures too."""
    made: Orders = {
        ISSUED: (
            ("circular", "--audience", "issued", "--format", EVERY, "--letterhead", "full", "--pictures"),
            ("circular", "--audience", "issued", "--format", "html,docx", "--letterhead", "draft"),
            ("audit", "--audience", "issued"),
        ),
        PUBLIC: (
            ("circular", "--audience", "public", "--format", EVERY, "--pictures"),
            ("audit", "--audience", "public"),
        ),
        OWN: (
            ("feedback", "--format", "md"),
            ("feedback", "--department", SINGLE, "--format", "html,docx,pdf", "--letterhead", "full"),
            ("audit", "--audience", "department", "--department", SINGLE),
        ),
        LEADERS: (
            ("circular", "--format", EVERY, "--letterhead", "draft"),
            ("sheets", "--audience", "approval", "--format", "md"),
            ("sheets", "--audience", "approval", "--format", "html,docx,pdf", "--department", SINGLE),
            ("audit",),
            ("workbook",),
            ("export", "--format", "csv,xlsx,sqlite,parquet,prov"),
            ("explain", SINGLE),
            ("explain", SINGLE, "--format", "json"),
        ),
    }
    if corrects is not None:
        for audience in (ISSUED, PUBLIC):
            made[audience] = (("circular", "--audience", audience, "--format", EVERY, "--corrects", str(corrects)),)
        made[OWN], made[LEADERS] = (), (("circular", "--format", EVERY, "--corrects", str(corrects)),)
    return made


def press(run: Path, out: Path, audiences: Iterable[str], corrects: Path | None = None) -> Pressed:
    """Everything for these audiences; a command that fails stops the test."""
    made = Pressed()
    for audience in audiences:
        for number, (verb, *options) in enumerate(orders(corrects)[audience]):
            folder = out / audience / str(number)
            _ordered(run, folder, verb, options, made, f"{audience}/{number}")
    for path in sorted(each for each in out.rglob("*") if each.is_file()):
        made.files[path.relative_to(out).as_posix()] = path.read_bytes()
    return made


def _ordered(run: Path, folder: Path, verb: str, options: Sequence[str], made: Pressed, name: str) -> None:
    where: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    if verb != "explain":
        where = ["--out", str(folder / "page.html" if verb == "audit" else folder)]
    if verb == "circular" and "--corrects" not in options:
        where += ["--passages", str(folder.parents[1].with_suffix(".yaml"))]
    words = options if verb != "explain" else options[1:]
    first = [verb, str(run), *(options[:1] if verb == "explain" else ())]
    done = CliRunner().invoke(group, [*first, *words, *where])
    assert done.exit_code == 0, (verb, options, done.output, done.exception)
    made.said[(name, verb, *options)] = done.stdout + done.stderr
    if verb == "explain":
        made.files[f"{name}/explain.{'json' if 'json' in options else 'txt'}"] = done.stdout.encode()


if __name__ == "__main__":
    told = press(Path(sys.argv[1]), Path(sys.argv[2]), (*OUTSIDE, LEADERS))
    json.dump({path: hashlib.sha256(raw).hexdigest() for path, raw in told.files.items()}, sys.stdout)
