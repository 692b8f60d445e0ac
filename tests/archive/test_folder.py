"""Writing run folders: what is refused, what is kept, what comes after scoring."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.archive import (
    Provenance,
    Run,
    check_manifest,
    disk,
    open_run,
    recover,
    write_final,
    write_published,
    write_run,
)
from scoring.canonical import canonical
from scoring.finding import Finding

pytestmark = pytest.mark.once
MakeRun = Callable[..., Run]
OTHER = canonical({"total": "88.00"})


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


@pytest.fixture(params=["exchange", "portable"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "portable":
        monkeypatch.setattr(disk, "exchange", lambda one, other: False)


def test_a_run_reads_back(make_run: MakeRun, files: dict[str, bytes]) -> None:
    run = make_run()
    assert run.files == tuple(sorted(files))
    assert {path: run.read(path) for path in run.files} == files
    assert run.assessment == {"total": "92.50", "rank": 1}
    assert run.places["A1"]["line"] == 3
    assert run.approval is None
    assert run.published("public") is None
    assert check_manifest(run.path) == []
    with pytest.raises(KeyError):
        run.read("../elsewhere")


def test_missing_folders_above_are_made(tmp_path: Path, files: dict[str, bytes], provenance: Provenance) -> None:
    assert write_run(tmp_path / "a" / "b" / "run", files, provenance) == []
    assert check_manifest(tmp_path / "a" / "b" / "run") == []


def test_an_existing_run_stays_without_force(
    make_run: MakeRun, files: dict[str, bytes], provenance: Provenance, tmp_path: Path
) -> None:
    run = make_run()
    assert codes(write_run(run.path, {**files, "assessment.json": OTHER}, provenance)) == ["K410"]
    assert run.read("assessment.json") == files["assessment.json"]
    assert os.listdir(tmp_path) == ["run"]


@pytest.mark.usefixtures("either_way")
def test_with_force_the_old_run_is_kept(make_run: MakeRun, files: dict[str, bytes], tmp_path: Path) -> None:
    for number in range(4):
        run = make_run(**{"assessment.json": canonical({"number": number})})
        assert run.assessment == {"number": number}
        if number:
            previous, found = open_run(tmp_path / "run.previous")
            assert found == []
            assert previous is not None
            assert previous.assessment == {"number": number - 1}
    assert sorted(os.listdir(tmp_path)) == ["run", "run.previous"]


def test_an_approved_run_stays_even_with_force(
    make_run: MakeRun, files: dict[str, bytes], provenance: Provenance
) -> None:
    run = make_run()
    assert write_final(run, by="局长办公会", basis="纪要第3号", on="2024-06-05") == []
    assert run.approval is not None
    assert run.approval.basis == "纪要第3号"
    assert codes(write_run(run.path, files, provenance)) == ["K411"]
    assert codes(write_run(run.path, files, provenance, force=True)) == ["K411"]
    assert codes(write_final(run, by="他人", basis="别的", on="2024-06-06")) == ["K411"]
    assert run.approval.by == "局长办公会"
    assert check_manifest(run.path) == []


def test_an_approved_previous_run_stays_too(make_run: MakeRun, files: dict[str, bytes], provenance: Provenance) -> None:
    approved = make_run("run.previous")
    assert write_final(approved, by="局长办公会", basis="纪要第3号", on="2024-06-05") == []
    run = make_run()
    assert codes(write_run(run.path, files, provenance, force=True)) == ["K411"]


def test_what_is_no_run_is_never_replaced(tmp_path: Path, files: dict[str, bytes], provenance: Provenance) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "file").write_text("a", encoding="utf-8")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    for name in ("letters", "file", "broken"):
        assert codes(write_run(tmp_path / name, files, provenance, force=True)) == ["K412"]
    assert sorted(os.listdir(tmp_path)) == ["broken", "file", "letters"]


def test_a_link_to_a_run_is_not_replaced_but_can_be_read(
    make_run: MakeRun, files: dict[str, bytes], provenance: Provenance, tmp_path: Path
) -> None:
    run = make_run()
    (tmp_path / "link").symlink_to(run.path)
    assert codes(write_run(tmp_path / "link", files, provenance, force=True)) == ["K412"]
    through, found = open_run(tmp_path / "link")
    assert found == []
    assert through is not None
    assert through.path == run.path


def test_an_empty_folder_may_be_filled(tmp_path: Path, files: dict[str, bytes], provenance: Provenance) -> None:
    (tmp_path / "run").mkdir()
    assert write_run(tmp_path / "run", files, provenance) == []
    assert check_manifest(tmp_path / "run") == []


@pytest.mark.parametrize("path", ["../x", "/x", "a\\b", "inputs/con.yaml", "x.", "e\u0301"])
def test_unsafe_names_are_told_and_nothing_is_written(
    tmp_path: Path, files: dict[str, bytes], provenance: Provenance, path: str
) -> None:
    found = write_run(tmp_path / "run", {**files, path: b""}, provenance)
    assert [(each.code, dict(each.params)["file"]) for each in found] == [("K413", path)]
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("path", ["manifest.json", "final.json", "published/public/x"])
def test_names_of_the_run_folder_itself_are_a_fault_of_the_program(
    tmp_path: Path, files: dict[str, bytes], provenance: Provenance, path: str
) -> None:
    with pytest.raises(ValueError, match="belong to the run folder"):
        write_run(tmp_path / "run", {**files, path: b""}, provenance)


@pytest.mark.usefixtures("either_way")
def test_publishing_replaces_all_of_it(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run()
    assert write_published(run, "public", {"a.md": b"a", "old.md": b"old"}) == []
    assert write_published(run, "approval", {"a.md": b"b"}, options={"letterhead": "draft"}) == []
    assert write_published(run, "public", {"a.md": b"c", "annex/1.csv": b"1"}) == []
    folder = run.published("public")
    assert folder is not None
    assert sorted(os.listdir(folder)) == ["a.md", "annex", "manifest.json"]
    assert (folder / "a.md").read_bytes() == b"c"
    assert check_manifest(run.path) == []
    assert os.listdir(tmp_path) == ["run"]


def test_what_was_changed_by_hand_is_not_replaced_unasked(make_run: MakeRun) -> None:
    run = make_run()
    assert write_published(run, "public", {"a.md": b"a", "b.md": b"b"}) == []
    (run.path / "published" / "public" / "b.md").write_bytes(b"by hand")
    found = write_published(run, "public", {"a.md": b"new"})
    assert [(each.code, dict(each.params)["file"]) for each in found] == [("K416", "published/public/b.md")]
    assert (run.path / "published" / "public" / "b.md").read_bytes() == b"by hand"
    assert write_published(run, "public", {"a.md": b"new"}, force=True) == []
    assert check_manifest(run.path) == []


def test_publishing_never_writes_through_a_link(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run()
    (tmp_path / "elsewhere").mkdir()
    (run.path / "published").symlink_to(tmp_path / "elsewhere")
    assert codes(write_published(run, "public", {"a.md": b"a"}, force=True)) == ["K408"]
    (run.path / "published").unlink()
    (run.path / "published").mkdir()
    (run.path / "published" / "public").symlink_to(tmp_path / "elsewhere")
    assert codes(write_published(run, "public", {"a.md": b"a"})) == ["K416"]
    assert write_published(run, "public", {"a.md": b"a"}, force=True) == []
    assert os.listdir(tmp_path / "elsewhere") == []
    assert check_manifest(run.path) == []


def test_figures_of_one_run_do_not_enter_another(make_run: MakeRun) -> None:
    opened = make_run()
    make_run(**{"assessment.json": OTHER})
    assert codes(write_published(opened, "public", {"a.md": b"a"})) == ["K418"]
    assert codes(write_final(opened, by="甲", basis="乙", on="2024-06-05")) == ["K418"]


@pytest.mark.parametrize("audience", ["", "..", "a/b", "Public", "con-1"])
def test_an_audience_is_a_plain_word(make_run: MakeRun, audience: str) -> None:
    run = make_run()
    with pytest.raises(ValueError, match="cannot be published"):
        write_published(run, audience, {})


def test_a_full_disk_is_a_finding_and_changes_nothing(
    make_run: MakeRun, files: dict[str, bytes], provenance: Provenance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()

    def full(descriptor: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        (found,) = write_run(run.path, {**files, "assessment.json": OTHER}, provenance, force=True)
    assert (found.code, dict(found.params)["reason"]) == ("K414", "ENOSPC")
    assert check_manifest(run.path) == []
    assert run.assessment == {"total": "92.50", "rank": 1}
    assert os.listdir(tmp_path) == ["run"]


def test_a_rename_that_fails_halfway_is_taken_back(
    make_run: MakeRun, files: dict[str, bytes], provenance: Provenance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses a rename while another program looks into the folder."""
    run = make_run()
    real = os.rename

    def refusing(source: Path, target: Path) -> None:
        if Path(target) == run.path and ".partial-" in str(source):
            raise PermissionError(errno.EACCES, "in use", str(source))
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "exchange", lambda one, other: False)
        patched.setattr(os, "rename", refusing)
        found = write_run(run.path, {**files, "assessment.json": OTHER}, provenance, force=True)
    assert codes(found) == ["K414"]
    assert os.listdir(tmp_path) == ["run"]
    assert run.assessment == {"total": "92.50", "rank": 1}


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs to know which file a descriptor is")
@pytest.mark.usefixtures("either_way")
def test_all_is_on_the_disk_before_it_gets_its_name(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut, unlike a SIGKILL, loses what was not written through."""
    run = make_run()
    done: list[tuple[str, str]] = []
    sync, rename, exchange = os.fsync, os.rename, disk.exchange

    def noting_sync(descriptor: int) -> None:
        done.append(("sync", os.readlink(f"/proc/self/fd/{descriptor}")))
        sync(descriptor)

    def noting_rename(source: Path, target: Path) -> None:
        done.append(("rename", str(target)))
        rename(source, target)

    def noting_exchange(one: Path, other: Path) -> bool:
        done.append(("rename", str(other)))
        return exchange(one, other)

    monkeypatch.setattr(os, "fsync", noting_sync)
    monkeypatch.setattr(os, "rename", noting_rename)
    monkeypatch.setattr(disk, "exchange", noting_exchange)
    make_run(**{"assessment.json": OTHER})

    partial = str(run.path.parent / ".run.partial-1")
    entered = done.index(("rename", str(run.path)))
    written = {path for what, path in done[:entered] if what == "sync"}
    inside = [each.relative_to(run.path) for each in run.path.rglob("*")]
    assert {partial, *(str(Path(partial) / each) for each in inside)} <= written
    kept = done.index(("rename", f"{run.path}.previous"))
    assert ("sync", str(run.path.parent)) in done[entered:kept]
    assert ("sync", str(run.path.parent)) in done[kept:]


def test_a_run_on_its_way_is_put_back_by_reading(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run()
    os.rename(run.path, tmp_path / ".run.swap-1")
    (tmp_path / ".run.partial-1").mkdir()
    again, found = open_run(tmp_path / "run")
    assert codes(found) == ["K415"]
    assert again is not None
    assert os.listdir(tmp_path) == ["run"]


def test_a_run_on_its_way_is_put_back_before_writing(
    make_run: MakeRun, files: dict[str, bytes], provenance: Provenance, tmp_path: Path
) -> None:
    """Else a missing name would let the new run in although nobody said --force."""
    run = make_run()
    os.rename(run.path, tmp_path / ".run.swap-1")
    assert codes(write_run(run.path, {**files, "assessment.json": OTHER}, provenance)) == ["K415", "K410"]
    assert run.read("assessment.json") == files["assessment.json"]
    assert os.listdir(tmp_path) == ["run"]


def test_a_leftover_never_pushes_out_an_approved_run(make_run: MakeRun, tmp_path: Path) -> None:
    approved = make_run("run.previous")
    assert write_final(approved, by="局长办公会", basis="纪要第3号", on="2024-06-05") == []
    os.rename(make_run().path, tmp_path / ".run.swap-1")
    make_run("other")
    os.rename(tmp_path / "other", tmp_path / "run")
    assert recover(tmp_path / "run") == []
    assert sorted(os.listdir(tmp_path)) == [".run.swap-1", "run", "run.previous"]
    assert approved.approval is not None


def test_only_leftovers_of_this_very_run_are_touched(make_run: MakeRun, tmp_path: Path) -> None:
    make_run()
    others = [".run.partial-x", ".run2.partial-1", ".run.partial-1.partial-1", ".run.swap-old", "run.partial-1"]
    for name in others:
        (tmp_path / name).mkdir()
    assert recover(tmp_path / "run") == []
    assert sorted(os.listdir(tmp_path)) == sorted([*others, "run"])


@pytest.mark.parametrize("name", ["nothing", "letters", "file"])
def test_opening_what_is_no_run(tmp_path: Path, name: str) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "file").touch()
    run, found = open_run(tmp_path / name)
    assert run is None
    assert codes(found) == ["K409"]


def test_a_run_in_which_a_file_was_changed_is_not_opened(make_run: MakeRun) -> None:
    run = make_run()
    (run.path / "rules" / "2023" / "method.yaml").write_text("x", encoding="utf-8")
    again, found = open_run(run.path)
    assert again is None
    assert codes(found) == ["K402"]
    assert dict(found[0].params)["file"] == "rules/2023/method.yaml"
