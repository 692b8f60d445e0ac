"""What lies in a folder and is no file to read is said, never passed over in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scoring.app.folders import input_files, passed_over
from scoring.finding import Finding
from scoring.render.catalogue import load_catalogue
from scoring.resources import shipped_places


def told(found: list[Finding]) -> list[tuple[str, str]]:
    catalogue, _ = load_catalogue(shipped_places().reports / "findings", "zh")
    for each in found:
        assert catalogue.says(each)
        assert catalogue.remedy(each)
    return [(each.location.file, dict(each.params)["kind"]) for each in found if each.location]


def test_links_folders_and_pipes_with_the_names_of_forms(tmp_path: Path) -> None:
    inputs, elsewhere = tmp_path / "in", tmp_path / "elsewhere.yaml"
    (inputs / "A01.yaml").mkdir(parents=True)
    elsewhere.write_text("format: 1\n", encoding="utf-8")
    (inputs / "A02.yaml").symlink_to(elsewhere)
    (inputs / "A03.yaml").symlink_to(tmp_path / "nowhere.yaml")
    os.mkfifo(inputs / "A04.csv")
    (inputs / "loop").symlink_to(".")
    (inputs / ".hidden.yaml").symlink_to(elsewhere)
    (inputs / "A05.yaml").write_text("format: 1\n", encoding="utf-8")
    (inputs / "A06.yaml").symlink_to("A05.yaml")
    assert told(passed_over(inputs, "in")) == [
        ("in/A01.yaml", "folder"),
        ("in/A02.yaml", "link"),
        ("in/A03.yaml", "link"),
        ("in/A04.csv", "device"),
        ("in/loop", "link"),
    ]
    forms, _, found = input_files(inputs, "in")
    assert sorted(forms) == ["A05.yaml", "A06.yaml"]
    assert len(told(found.found)) == 5


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "A01.yaml").write_text("format: 1\n", encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    forms, _, found = input_files(tmp_path, "in")
    assert not forms
    monkeypatch.undo()
    assert told(found.found) == [("in/A01.yaml", "open")]
