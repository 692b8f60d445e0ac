"""A writer may be killed at any moment: no half-written run appears, and no old one is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
]
SCRIPT = Path(__file__).with_name("killed_writer.py")


def killed_writers(*said: object) -> int:
    """How many writers the script killed; it runs on its own, because threads of pytest and forks do not mix."""
    root = str(SCRIPT.parents[2])
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, said)],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("way", ["exchange", "portable"])
@pytest.mark.parametrize(
    ("scenario", "at_least"), [("first", 40), ("replace", 60), ("publish", 30), ("republish", 35), ("final", 10)]
)
def test_after_each_file_system_call(scenario: str, at_least: int, way: str, tmp_path: Path) -> None:
    assert killed_writers("each-call", scenario, way, tmp_path) >= at_least


def test_at_200_random_moments(tmp_path: Path) -> None:
    assert killed_writers("any-moment", 200, 1, tmp_path) == 200


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_at_many_more_random_moments(seed: int, tmp_path: Path) -> None:
    assert killed_writers("any-moment", 1000, seed, tmp_path) == 1000


@pytest.mark.skipif(sys.platform == "win32", reason="two writers are kept apart by a lock that Windows lacks")
def test_several_writers_at_the_same_time(tmp_path: Path) -> None:
    assert killed_writers("side-by-side", 4, tmp_path) == 4
