"""One small district with unnamed departments of every kind, with and without them, and all that is written of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.app.assess import Bundle
from scoring.archive import Run, chain_after, open_run, write_final
from tests.circular.few import written
from tests.outputs import secret
from tests.outputs.press import ISSUED, LEADERS, OUTSIDE, PUBLIC, Pressed, press

DRAFT, OFFICIAL, CORRECTED = "draft", "official", "corrected"
Pressing = Callable[[str, str], Pressed]


def opened(path: Path) -> Run:
    run, found = open_run(path)
    assert run is not None, found
    return run


def approve(path: Path) -> None:
    assert write_final(opened(path), by="局党组会议", basis="澄财党纪〔2024〕9号", on="2024-06-03") == []


def corrected(made: Bundle, old: Run) -> Bundle:
    """Something was wrong with a named department and, where there are any, with an unnamed one."""
    path = "submissions/基础数据.csv"
    rows = [row.split(",") for row in made.forms[path].decode("utf-8-sig").splitlines()]
    wrong = [[*row[:2], "1", *row[3:]] if row[0] in ("B36", "ZQ92") else row for row in rows]
    forms = {**made.forms, path: "\n".join(map(",".join, wrong)).encode()}
    corrects = {"run": old.manifest.digest, "by": "局党组会议", "why": "区投促办填报的二级单位数有误。"}
    return replace(made, forms=forms, corrects=corrects, chain=chain_after(old))


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`whole` and `less`, each as draft, approved and corrected; nobody changes them."""
    folder = tmp_path_factory.mktemp("outputs")
    year, before = secret.whole(), secret.whole("2022")
    pairs = {"whole": secret.after(year, before), "less": secret.after(secret.less(year), secret.less(before))}
    for name, made in pairs.items():
        written(made, folder / name / DRAFT)
        written(made, folder / name / OFFICIAL)
        approve(folder / name / OFFICIAL)
        written(corrected(made, opened(folder / name / OFFICIAL)), folder / name / CORRECTED)
    return folder


@pytest.fixture(scope="session")
def pressed(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Pressing:
    """Everything that is written of a run in a state, made when it is asked for first."""
    kept: dict[tuple[str, str], Pressed] = {}

    def made(name: str, state: str) -> Pressed:
        if (name, state) not in kept:
            out = tmp_path_factory.mktemp("papers") / "out"
            everybody = (*OUTSIDE, LEADERS)
            readers = {DRAFT: everybody, OFFICIAL: everybody, CORRECTED: (ISSUED, PUBLIC, LEADERS)}[state]
            if name == "less":
                readers = tuple(each for each in readers if each != LEADERS)
            old = runs / name / OFFICIAL if state == CORRECTED else None
            found = press(runs / name / state, out, readers, old)
            places = {str(out): "OUT", str(runs / name): "RUNS"}
            for words, told in found.said.items():
                for place, shown in places.items():
                    told = told.replace(place, shown)
                found.said[words] = told
            kept[name, state] = found
        return kept[name, state]

    return made
