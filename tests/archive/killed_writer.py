"""Kills writers of run folders and looks at what they leave. Run as a script, because it forks many times.

    killed_writer.py each-call SCENARIO exchange|portable FOLDER      after each file-system call, and inside each write
    killed_writer.py any-moment NUMBER SEED FOLDER                    at random moments, while writing over and over
    killed_writer.py side-by-side NUMBER FOLDER                       nobody is killed: several write at the same time

Prints how many writers were killed, or wrote; the first thing that is wrong ends it with a traceback.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from scoring.archive import (
    Provenance,
    Run,
    check_manifest,
    disk,
    open_run,
    previous_of,
    recover,
    write_final,
    write_published,
    write_run,
)
from scoring.canonical import canonical, read_canonical

CALLS = ("open", "write", "fsync", "close", "mkdir", "rename", "rmdir", "unlink")
MADE = Provenance("2023", 1, "plain", "0.1.0")
real_exchange = disk.exchange


def content(version: int) -> dict[str, bytes]:
    return {
        "assessment.json": canonical({"version": version}),
        "rules/2023/method.yaml": b"format: 1\n" * (1 + version % 7),
        f"inputs/{version % 3}.yaml": os.urandom(20_000),
    }


def version_of(run: Path) -> int | None:
    """The version of the run in this folder, None where there is no folder; anything but a whole run is refused."""
    if not os.path.lexists(run):
        return None
    found = check_manifest(run)
    assert found == [], (run, found)
    return int(read_canonical((run / "assessment.json").read_bytes())["version"])


def published_of(run: Path) -> int | None:
    folder = run / "published" / "public"
    return int((folder / "通报.md").read_text(encoding="utf-8")) if folder.exists() else None


def write(target: Path, version: int) -> None:
    found = write_run(target, content(version), MADE, force=True)
    assert {each.code for each in found} <= {"K415"}, found


def publish(target: Path, version: int) -> None:
    papers = {"通报.md": str(version).encode(), "annex/1.csv": b"1\n"}
    found = write_published(opened(target), "public", papers)
    assert {each.code for each in found} <= {"K415"}, found


def approve(target: Path) -> None:
    assert write_final(opened(target), by="局长办公会", basis="纪要第3号", on="2024-06-05") == []


def opened(target: Path) -> Run:
    run, found = open_run(target)
    assert run is not None, found
    return run


# Scenarios: what stands there before, the writing that is killed, and what may be found then.


def nothing(target: Path) -> None:
    pass


def two_runs(target: Path) -> None:
    write(target, 1)
    write(target, 2)


def published_run(target: Path) -> None:
    write(target, 2)
    publish(target, 1)


def first_is_all_or_nothing(target: Path, portable: bool) -> None:
    assert version_of(target) in (None, 3)
    recover(target)
    assert version_of(target) in (None, 3)


def old_or_new(target: Path, portable: bool) -> None:
    allowed = (None, 2, 3) if portable else (2, 3)
    assert version_of(target) in allowed
    recover(target)
    now, before = version_of(target), version_of(previous_of(target))
    assert (now, before) in {(2, 1), (3, 2)}, (now, before)


def published_old_or_new(target: Path, portable: bool) -> None:
    assert version_of(target) == 2
    assert published_of(target) in ((None, 1, 3) if portable else (1, 3))
    recover(target)
    assert version_of(target) == 2
    assert published_of(target) in (1, 3)


def published_or_not(target: Path, portable: bool) -> None:
    assert version_of(target) == 2
    assert published_of(target) in (None, 3)


def approved_or_not(target: Path, portable: bool) -> None:
    assert version_of(target) == 2
    assert opened(target).approval in (None, opened(target).approval)


Step = Callable[[Path], None]
SCENARIOS: dict[str, tuple[Step, Step, Callable[[Path, bool], None]]] = {
    "first": (nothing, lambda target: write(target, 3), first_is_all_or_nothing),
    "replace": (two_runs, lambda target: write(target, 3), old_or_new),
    "publish": (lambda target: write(target, 2), lambda target: publish(target, 3), published_or_not),
    "republish": (published_run, lambda target: publish(target, 3), published_old_or_new),
    "final": (lambda target: write(target, 2), approve, approved_or_not),
}


def each_call(scenario: str, portable: bool, folder: Path) -> int:
    prepare, act, look = SCENARIOS[scenario]
    if portable:
        disk.exchange = lambda one, other: False
    template = folder / "template"
    template.mkdir()
    prepare(template / "run")
    killed = 0
    for torn in (False, True):
        for number in range(1, 10_000):
            work = folder / "work"
            shutil.copytree(template, work)
            ended = fork(partial(act_until, number, torn, act, work / "run"))
            look(work / "run", portable)
            recover(work / "run")
            assert [each for each in os.listdir(work) if each.startswith(".")] == []
            if scenario != "final" or not (work / "run" / "final.json").exists():
                act(work / "run")
                assert version_of(work / "run") is not None
            shutil.rmtree(work)
            if ended == 0:
                break
            assert ended == -signal.SIGKILL, ended
            killed += 1
    return killed


def act_until(number: int, torn: bool, act: Step, target: Path) -> None:
    """Do it, and die after the file-system call of this number; with `torn`, amid the write of this number."""
    left = number

    def dying(call: Callable[..., Any], is_write: bool) -> Callable[..., Any]:
        def instead(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= is_write or not torn
            if left == 0 and torn:
                call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            answer = call(*arguments, **named)
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return instead

    for name in CALLS:
        setattr(os, name, dying(getattr(os, name), name == "write"))
    disk.exchange = dying(disk.exchange, False)
    act(target)


def any_moment(number: int, seed: int, folder: Path) -> int:
    chance = random.Random(seed)
    target = folder / "run"
    last = 0
    write(target, last)
    for turn in range(number):
        portable = turn % 4 == 3
        disk.exchange = (lambda one, other: False) if portable else real_exchange
        child = os.fork()
        if child == 0:
            for version in range(last + 1, last + 1_000_000):
                write(target, version)
            os._exit(1)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, f"the writer failed: {status}"
        stands = version_of(target)
        assert stands is not None or portable
        recover(target)
        now, before = version_of(target), version_of(previous_of(target))
        assert now is not None, "the run is lost"
        assert now >= last, (now, last)
        assert before is None or now - before == 1, (now, before)
        assert stands in (None, now), (stands, now)
        assert sorted(os.listdir(folder)) == (["run"] if before is None else ["run", "run.previous"])
        last = now
    assert last > 0, "no writer ever came to its end"
    return number


def side_by_side(number: int, folder: Path) -> int:
    target = folder / "run"
    children = []
    for writer in range(number):
        child = os.fork()
        if child == 0:
            for turn in range(10):
                write(target, 10 * writer + turn)
            os._exit(0)
        children.append(child)
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert version_of(target) is not None
    assert version_of(previous_of(target)) is not None
    assert sorted(os.listdir(folder)) == ["run", "run.previous"]
    return number


def fork(act: Callable[[], None]) -> int:
    """Do it in a child process; its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(verb: str, *said: str) -> int:
    # A killed process loses nothing that it had written; only a power cut would. Waiting for the disk is left out.
    os.fsync = lambda descriptor: None
    folder = Path(said[-1])
    if verb == "each-call":
        return each_call(said[0], said[1] == "portable", folder)
    if verb == "any-moment":
        return any_moment(int(said[0]), int(said[1]), folder)
    return side_by_side(int(said[0]), folder)


if __name__ == "__main__":
    print(main(*sys.argv[1:]))  # noqa: T201
