"""`kaohe check --watch`: looks again when a file changed, and ends without a complaint."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scoring.app.watch import changes

pytestmark = pytest.mark.once


def looks(folder: Path, steps: list[Callable[[], object]]) -> int:
    """How often there was something to look at while these steps were taken, one between two looks."""
    waiting: Iterator[Callable[[], object]] = iter(steps)

    def wait() -> None:
        step = next(waiting, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    found = 0
    try:
        for _ in changes([folder], wait):
            found += 1
    except KeyboardInterrupt:
        return found
    raise AssertionError("watching ends only when it is interrupted")


def nothing() -> None:
    """A second in which nobody does anything."""


def test_looks_once_where_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a")
    assert looks(tmp_path, [nothing, nothing, nothing]) == 1


def test_looks_again_after_a_change_a_new_file_and_a_removal(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a")
    other = tmp_path / "b.yaml"
    steps = [lambda: path.write_text("ab"), nothing, lambda: other.write_text("b"), nothing, other.unlink, nothing]
    assert looks(tmp_path, steps) == 4


def test_waits_until_an_editor_has_finished(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a")
    assert looks(tmp_path, [lambda: path.write_text(""), lambda: path.write_text("abc"), nothing, nothing]) == 2


def test_a_folder_that_is_not_there_is_no_change(tmp_path: Path) -> None:
    assert looks(tmp_path / "none", [nothing, nothing]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another signal there")
def test_ctrl_c_ends_with_0(root: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(root / "rules", rules)
    words = [sys.executable, "-u", root / "cli.py", "--rules", rules, "check", "2023", "--watch"]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        preexec_fn=listening,
    ) as run:
        try:
            assert run.stdout is not None
            assert "没有发现问题" in run.stdout.readline()
            path = rules / "2023/facts.yaml"
            path.write_text(path.read_text(encoding="utf-8") + "\n# 改动\n", encoding="utf-8")
            assert "没有发现问题" in run.stdout.readline()
            time.sleep(0.1)
            run.send_signal(signal.SIGINT)
            assert run.wait(timeout=10) == 0
        finally:
            run.kill()


def listening() -> None:
    """What a shell starts in the background is deaf to Ctrl-C, and so would be all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
