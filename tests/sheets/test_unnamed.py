"""What a department gets holds no trace of unnamed departments other than itself, nor of who reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.app.assess import Bundle
from scoring.app.sheets import labels
from scoring.filename import is_safe
from scoring.views import DEPARTMENT, alone, sighted
from tests.circular.few import few, written
from tests.circular.test_unnamed import planted, unnamed
from tests.flow.test_unnamed import without_departments
from tests.sheets.conftest import approve, opened
from tests.sheets.paper import everything

pytestmark = pytest.mark.once
pytest.importorskip("docxtpl")
pytest.importorskip("typst")

Write = Callable[..., dict[str, bytes]]
ALL = ("md", "html", "docx", "pdf")
PLANTED = re.compile("秘[甲乙丙丁]|复核人戊")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The runs `whole`, with planted words, and `less`, as if it had never had its unnamed departments."""
    folder = tmp_path_factory.mktemp("pair")
    made: Bundle = few()
    codes = unnamed(made)
    assert codes
    written(planted(made, codes), folder / "whole")
    written(without_departments(planted(made, codes), codes), folder / "less")
    return folder, codes


@pytest.mark.long
@pytest.mark.parametrize("official", [False, True])
def test_files_of_the_others_are_the_same_byte_for_byte(
    pair: tuple[Path, list[str]], tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str], official: bool
) -> None:
    folder, codes = pair
    if official:
        for name in ("whole", "less"):
            approve(folder / name)
    whole = write(folder / "whole", tmp_path / "whole", whole=True, formats=ALL)
    less = write(folder / "less", tmp_path / "less", whole=True, formats=ALL)
    own = {labels(opened(folder / "whole").assessment)[code] for code in codes}
    assert {path: raw for path, raw in whole.items() if path.split("/")[0] not in own} == less
    assert len({path.split("/")[0] for path in whole}) == len({path.split("/")[0] for path in less}) + len(codes)
    for path, raw in less.items():
        assert not PLANTED.search(path + everything(raw))
    for path, raw in whole.items():
        assert path in less or "复核人戊" not in everything(raw)
        assert is_safe(path)
        assert len(path.rpartition("/")[2]) < 60
    assert not PLANTED.search("".join(capsys.readouterr()))


def test_an_unnamed_department_gets_its_sheet_without_a_number(pair: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, codes = pair
    found = labels(opened(folder / "whole").assessment)
    numbers = [label[:4] for code, label in found.items() if code not in codes]
    assert numbers == [f"{number:03d}_" for number in range(1, len(numbers) + 1)]
    assert all(not label[0].isdigit() for code, label in found.items() if code in codes)


def test_a_departments_part_is_the_same_from_itself_alone(data: dict[str, dict[str, Any]]) -> None:
    parts = alone(data["2023"])
    for code, part in parts.items():
        whole = sighted(data["2023"], DEPARTMENT, department=code)
        own = sighted(part, DEPARTMENT, department=code)
        assert own.pop("findings") == sorted(whole.pop("findings"), key=lambda each: bool(each["department"]))
        assert own == whole


def test_only_the_leaders_edition_tells_the_place(pair: tuple[Path, list[str]], tmp_path: Path, write: Write) -> None:
    for audience, told in (("approval", True), ("department", False)):
        text = "".join(
            raw.decode() for raw in write(pair[0] / "whole", tmp_path / audience, audience=audience).values()
        )
        assert ("| 名次 |" in text) == told
