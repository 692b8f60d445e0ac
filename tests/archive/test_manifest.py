"""The manifest names every file that is not as it was written, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from scoring.archive import (
    Provenance,
    Run,
    check_manifest,
    manifest_of,
    open_run,
    other_semantics,
    read_manifest,
    write_final,
    write_published,
)
from scoring.archive.manifest import seal, sha256
from scoring.canonical import canonical, read_canonical

pytestmark = pytest.mark.once
MakeRun = Callable[..., Run]


def told(folder: Path) -> set[tuple[str, str]]:
    return {(each.code, dict(each.params)["file"]) for each in check_manifest(folder)}


@pytest.fixture
def whole(make_run: MakeRun) -> Path:
    """A run with everything that can be in it."""
    run = make_run()
    assert write_published(run, "approval", {"通报.md": "送审稿\n".encode(), "annex/1.csv": b"1\n"}) == []
    assert write_final(run, by="局长办公会", basis="纪要第3号", on="2024-06-05") == []
    assert check_manifest(run.path) == []
    return run.path


def all_files(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def test_same_files_same_manifest(files: dict[str, bytes], provenance: Provenance) -> None:
    raw = manifest_of(files, provenance)
    assert raw == manifest_of(dict(reversed(files.items())), provenance)
    manifest = read_manifest(raw)
    assert manifest.provenance == provenance
    assert list(manifest.files) == sorted(files)
    assert manifest.digest in raw.decode()
    assert raw != manifest_of(files, Provenance("2023", 1, "durable", "0.1.0", provenance.options))


def flips(folder: Path, positions: Callable[[bytes], list[int]]) -> None:
    """Change single bits, insert and delete single bytes in every file: each time that file alone is named."""
    for name in all_files(folder):
        place = folder / name
        before = place.read_bytes()
        for position in positions(before):
            head, tail = before[:position], before[position:]
            for changed in (
                head + bytes([tail[0] ^ 1 << position % 8]) + tail[1:] if tail else before + b"x",
                head + b" " + tail,
                head + tail[1:] if tail else before + b"\n",
            ):
                place.write_bytes(changed)
                found = told(folder)
                sealed = name == "final.json" or name.endswith("manifest.json")
                assert found == {("K401" if sealed else "K402", name)}, (name, position, found)
        place.write_bytes(before)
    assert told(folder) == set()


def test_every_byte_of_the_manifest_counts(whole: Path) -> None:
    place = whole / "manifest.json"
    before = place.read_bytes()
    for position in range(len(before)):
        place.write_bytes(before[:position] + bytes([before[position] ^ 1]) + before[position + 1 :])
        assert told(whole) == {("K401", "manifest.json")}
        assert open_run(whole)[0] is None


def test_a_byte_here_and_there_in_every_file(whole: Path) -> None:
    chance = random.Random(7)
    flips(whole, lambda raw: sorted({0, len(raw), *(chance.randrange(len(raw) + 1) for _ in range(4))}))


@pytest.mark.long
def test_every_byte_of_every_file(whole: Path) -> None:
    flips(whole, lambda raw: list(range(len(raw) + 1)))


def test_every_file_removed_and_every_two_swapped(whole: Path) -> None:
    names = all_files(whole)
    for name in names:
        content = (whole / name).read_bytes()
        (whole / name).unlink()
        if name == "final.json":  # taking the approval away leaves a run that was never approved
            assert told(whole) == set()
        else:
            assert ("K403", name) in told(whole)
        (whole / name).write_bytes(content)
    for one, other in pairwise(names):
        contents = (whole / one).read_bytes(), (whole / other).read_bytes()
        (whole / one).write_bytes(contents[1])
        (whole / other).write_bytes(contents[0])
        assert {file for _, file in told(whole)} & {one, other}
        assert {code for code, _ in told(whole)} <= {"K401", "K402", "K407"}
        (whole / one).write_bytes(contents[0])
        (whole / other).write_bytes(contents[1])
    assert told(whole) == set()


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "rules/2023/more.yaml",
        "inputs/.DS_Store",
        "new/folder/x",
        "published/x",
        "published/approval/annex/2.csv",
        "published/approval/more/x",
    ],
)
def test_an_added_file_is_named(whole: Path, name: str) -> None:
    (whole / name).parent.mkdir(parents=True, exist_ok=True)
    (whole / name).write_bytes(b"x")
    assert told(whole) == {("K404", name)}


def test_an_added_folder_is_named(whole: Path) -> None:
    (whole / "empty").mkdir()
    (whole / "published" / "approval" / "empty").mkdir()
    (whole / "published" / "public").mkdir()
    assert told(whole) == {
        ("K404", "empty"),
        ("K404", "published/approval/empty"),
        ("K403", "published/public/manifest.json"),
    }


@pytest.mark.parametrize("name", ["manifest.json", "assessment.json", "final.json", "published/approval/通报.md"])
def test_a_link_is_no_file_even_to_the_same_bytes(whole: Path, tmp_path: Path, name: str) -> None:
    shutil.move(whole / name, tmp_path / "elsewhere")
    (whole / name).symlink_to(tmp_path / "elsewhere")
    assert told(whole) == {("K408", name)}


@pytest.mark.parametrize("name", ["inputs", "published", "published/approval"])
def test_nor_is_a_linked_folder(whole: Path, tmp_path: Path, name: str) -> None:
    shutil.move(whole / name, tmp_path / "elsewhere")
    (whole / name).symlink_to(tmp_path / "elsewhere")
    assert ("K408", name) in told(whole)


def test_an_added_link_and_an_odd_name(whole: Path) -> None:
    (whole / "rules" / "link").symlink_to("/etc/hostname")
    assert told(whole) == {("K408", "rules/link")}
    (whole / "rules" / "link").unlink()
    with open(os.fsencode(whole) + b"/\xff", "wb"):
        pass
    assert told(whole) == {("K404", "\\udcff")}


def test_a_rewritten_manifest_is_whole_but_no_longer_the_same(whole: Path) -> None:
    """What the manifest alone cannot see is left to computing again, and to the digest that the office kept."""
    record = read_canonical((whole / "manifest.json").read_bytes())
    forged = canonical({"total": "99.99", "rank": 1})
    (whole / "assessment.json").write_bytes(forged)
    record.pop("digest")
    record["files"] |= {"assessment.json": sha256(forged)}
    (whole / "manifest.json").write_bytes(seal(record))
    # The approval and what was published spoke of the other run.
    assert told(whole) == {("K407", "final.json"), ("K407", "published/approval/manifest.json")}


def test_an_approval_of_another_run_does_not_belong(make_run: MakeRun) -> None:
    one, other = make_run("one"), make_run("other", **{"assessment.json": canonical({})})
    assert write_final(one, by="甲", basis="乙", on="2024-06-05") == []
    shutil.copy(one.path / "final.json", other.path / "final.json")
    assert told(other.path) == {("K407", "final.json")}
    assert open_run(other.path)[0] is None


def test_paths_that_lead_out_of_the_folder_are_never_followed(
    whole: Path, tmp_path: Path, files: dict[str, bytes], provenance: Provenance
) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (whole / "manifest.json").write_bytes(manifest_of({**files, "../secret": b"x"}, provenance))
    assert ("K403", "../secret") in told(whole)


def test_another_semantics_is_not_tampering(make_run: MakeRun) -> None:
    run = make_run()
    assert other_semantics(run.path, run.manifest, 1) == []
    (found,) = other_semantics(run.path, run.manifest, 2)
    assert found.code == "K405"
    assert dict(found.params)["version"] == "0.1.0"


def test_a_newer_format_asks_for_the_newer_program(whole: Path) -> None:
    record = read_canonical((whole / "manifest.json").read_bytes())
    record.pop("digest")
    record |= {"format": 2, "program": {"name": "kaohe", "version": "9.0"}}
    (whole / "manifest.json").write_bytes(seal(record))
    (found,) = check_manifest(whole)
    assert found.code == "K405"
    assert dict(found.params)["version"] == "9.0"


@pytest.mark.parametrize("missing", ["files", "edition", "program", "options", "matcher", "semantics"])
def test_a_sealed_record_that_is_no_manifest(files: dict[str, bytes], provenance: Provenance, missing: str) -> None:
    record = read_canonical(manifest_of(files, provenance))
    del record[missing], record["digest"]
    with pytest.raises(ValueError, match="not a manifest"):
        read_manifest(seal(record))
