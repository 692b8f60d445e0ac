"""The benchmark of the page measures a page of the size it names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.audit.reader import Page

pytestmark = pytest.mark.once


def test_the_benchmark_makes_a_page_of_as_many_departments(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    for name in ("audit", "workload"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import audit
    import workload

    page, seconds, _ = audit.made(3)
    assert seconds > 0
    read = Page(page)
    assert len(read.lines) == 3
    for row in read.head["rows"]:
        assert len({entry[1] for entry in read.entries(row["code"])} - {"总分"}) >= workload.CRITERIA
