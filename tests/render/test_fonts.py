"""Which face sets what: the standard's before any other, the office's before the system's, and never silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scoring.render.coverage import covered
from scoring.render.fonts import OFFICE, PACKAGE, ROLES, SYSTEM, Face, choose, in_another_face, unset

pytestmark = pytest.mark.once

SERIF, SANS = Face("Noto Serif SC", 400, "a", PACKAGE), Face("Noto Sans SC", 400, "b", PACKAGE)
FULL = [
    Face("FZXiaoBiaoSong-B05S", 400, "1", OFFICE),
    Face("FangSong_GB2312", 400, "2", OFFICE),
    Face("SimHei", 400, "3", SYSTEM),
    Face("KaiTi", 400, "4", SYSTEM),
    Face("SimSun", 400, "5", SYSTEM),
]


def chosen(known: list[Face], **settings: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    faces, found = choose(known, settings)
    assert faces is not None
    return {role: face.family for role, face in faces.chosen.items()}, {each.code: dict(each.params) for each in found}


def test_faces_of_the_standard_come_first_wherever_they_stand() -> None:
    families, found = chosen([SERIF, SANS, *FULL])
    assert families == {
        "title": "FZXiaoBiaoSong-B05S",
        "body": "FangSong_GB2312",
        "heading": "SimHei",
        "subheading": "KaiTi",
        "page": "SimSun",
    }
    assert list(found) == ["K540"]
    assert found["K540"]["used"].startswith("标题FZXiaoBiaoSong-B05S，正文FangSong_GB2312")


def test_stand_ins_are_named() -> None:
    families, found = chosen([SERIF, SANS])
    assert families == {**dict.fromkeys(ROLES, "Noto Serif SC"), "heading": "Noto Sans SC"}
    assert list(found) == ["K543"]
    assert found["K543"]["lacking"] == "小标宋、仿宋、黑体、楷体、宋体"


def test_of_equals_the_first_source_counts_and_the_weight() -> None:
    own = Face("SimSun", 400, "own", OFFICE)
    faces, _ = choose([own, *FULL, SERIF, Face("Noto Serif SC", 700, "bold", SYSTEM)], {})
    assert faces is not None
    assert faces.chosen["page"].source == OFFICE
    faces, _ = choose([SERIF, SANS, Face("Noto Serif SC", 700, "bold", SYSTEM)], {})
    assert faces is not None
    assert (faces.chosen["title"].path, faces.chosen["body"].path) == ("bold", "a")
    assert faces.families("heading") == ["Noto Sans SC", "Noto Serif SC"]


def test_what_the_office_names_is_used_or_missed_aloud() -> None:
    families, found = chosen([SERIF, SANS, *FULL], body="noto serif sc")
    assert families["body"] == "Noto Serif SC"
    families, found = chosen([SERIF, SANS, *FULL], body="仿宋体")
    assert families["body"] == "FangSong_GB2312"
    assert found["K541"] == {"role": "正文", "family": "仿宋体", "used": "FangSong_GB2312"}


def test_without_a_chinese_font_there_is_no_file() -> None:
    faces, found = choose([Face("DejaVu Serif", 400, "x", SYSTEM)], {})
    assert faces is None
    assert [each.code for each in found] == ["K542"]


def test_characters_are_named_with_their_code() -> None:
    assert dict(unset("㛃㛃A").params)["characters"] == "㛃（U+36C3）、A（U+0041）"


def test_coverage_is_what_another_reader_of_fonts_says(tmp_path: Path) -> None:
    page: Any = pytest.importorskip("scoring.render.typst_page")
    pymupdf = pytest.importorskip("pymupdf")
    faces, _ = page.faces_for({})
    for path in sorted({face.path for face in faces.chosen.values()}):
        assert covered(path) == set(pymupdf.Font(fontfile=path).valid_codepoints())
    face = faces.chosen["body"]
    (told,) = in_another_face(["预算\U0010fffd绩效"], face)
    assert dict(told.params) == {"family": face.family, "characters": "\U0010fffd（U+10FFFD）"}
    assert in_another_face(["预算绩效 \n"], face) == []
    (tmp_path / "no.ttf").write_bytes(b"no font")
    assert covered(str(tmp_path / "no.ttf")) == covered(str(tmp_path / "nowhere.ttf")) == frozenset()
    assert in_another_face(["字"], Face("No", 400, str(tmp_path / "no.ttf"), OFFICE)) == []


def test_the_folder_of_the_office(tmp_path: Path) -> None:
    page: Any = pytest.importorskip("scoring.render.typst_page")
    found = page.faces_for({"folder": str(tmp_path / "字体")})[1]
    assert found[0].code == "K545"
    faces, _ = page.faces_for({})
    own = tmp_path / "字体"
    own.mkdir()
    body = Path(faces.chosen["body"].path)
    (own / body.name).write_bytes(body.read_bytes())
    mine, found = page.faces_for({"folder": str(own)})
    assert mine.chosen["body"].source == OFFICE
    assert mine.record()["body"] == faces.record()["body"]
