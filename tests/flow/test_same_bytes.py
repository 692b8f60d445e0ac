"""The same meaning gives the same bytes, whatever the order, the machine, the matcher."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flow import district

PROGRAM = "from tests.flow import district; import sys; sys.stdout.buffer.write(district.result(district.bundle()))"


@pytest.fixture(scope="module")
def expected() -> bytes:
    return district.result(district.bundle())


def test_scoring_twice_gives_the_same_bytes(expected: bytes) -> None:
    assert district.result(district.bundle()) == expected


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_files_keys_departments_and_list_elements_means_nothing(expected: bytes, seed: int) -> None:
    assert district.result(district.shuffled(district.bundle(), seed)) == expected


@pytest.mark.once
@pytest.mark.parametrize(
    ("hash_seed", "locale", "zone"), [("0", "C", "UTC"), ("4711", "zh_CN.GB18030", "Asia/Shanghai")]
)
def test_environment_means_nothing(expected: bytes, root: Path, hash_seed: str, locale: str, zone: str) -> None:
    changed = {"PYTHONHASHSEED": hash_seed, "LC_ALL": locale, "LANG": locale, "TZ": zone, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **changed}, cwd="/", capture_output=True, check=True
    )
    assert done.stdout == expected


@pytest.mark.engine
@pytest.mark.parametrize("matcher", ["durable", "both"])
def test_either_matcher_gives_the_same_bytes(expected: bytes, matcher: str) -> None:
    assert district.result(district.bundle(), matcher) == expected
