"""The benchmark measures what it says: it runs, and its workload has the size it names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def test_the_benchmark_runs_on_a_workload_of_the_size_it_names(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    for name in ("run", "workload", "peer"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import run
    import workload

    from scoring import resources

    assert run.measure("ledger-plain", 5)["rate"] > 0
    assert run.measure("match-plain", 5)["rate"] > 0
    method = workload.edition(resources.schemas()).method
    criteria = [node for node in method.nodes() if node.mechanism is not None]
    assert len(criteria) == workload.CRITERIA
    assert len(method.facts) == workload.FACTS
