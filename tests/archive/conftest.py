"""A small run to write, read and tamper with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.archive import Provenance, Run, open_run, write_run
from scoring.canonical import canonical


@pytest.fixture
def provenance() -> Provenance:
    return Provenance(edition="2023", semantics=1, matcher="plain", version="0.1.0", options={"input": "区级"})


@pytest.fixture
def files() -> dict[str, bytes]:
    return {
        "assessment.json": canonical({"total": "92.50", "rank": 1}),
        "places.json": canonical({"A1": {"file": "rules/2023/method.yaml", "line": 3}}),
        "rules/2023/method.yaml": "format: 1\nname: 考核办法\n".encode(),
        "rules/2023/indicators/01-目标.yaml": b"format: 1\n",
        "inputs/submissions/区文旅局.yaml": b"format: 1\nfacts: {}\n",
        "inputs/submissions/empty.csv": b"",
    }


@pytest.fixture
def make_run(tmp_path: Path, files: dict[str, bytes], provenance: Provenance) -> Callable[..., Run]:
    """Writes the small run under a name, with some of its files replaced, and opens it."""

    def make(name: str = "run", **changed: bytes) -> Run:
        target = tmp_path / name
        content = {**files, **{path: changed[path] for path in sorted(changed)}}
        assert write_run(target, content, provenance, force=True) == []
        run, found = open_run(target)
        assert found == []
        assert run is not None
        return run

    return make
