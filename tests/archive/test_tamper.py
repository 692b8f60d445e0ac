"""Whatever is changed in a run, `verify` fails with exit code 3 and names it.

The run is the signed second correction of tests/archive/semantics: rules, inputs, chain, approval, published papers.
Bytes are changed before the cheap stage of verifying, which ends at the first thing that is wrong; one change in each
file goes through the whole command.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.app.signing import public_key
from scoring.app.verify import sealing
from scoring.archive.manifest import read_manifest
from scoring.assessment import SEMANTICS
from scoring.commands import group
from tests.archive.keep import KEPT
from tests.archive.rewriting import (
    all_files,
    changes,
    drop_signatures,
    reseal,
    rewrite_all,
    rewrite_manifest,
)

pytestmark = pytest.mark.once
KEY = KEPT / str(SEMANTICS) / "key.pub"
CORRECTED, FIRST = KEPT / str(SEMANTICS) / "corrected", KEPT / str(SEMANTICS) / "first"
NAMES = all_files(CORRECTED)
Told = set[tuple[str, str]]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A copy of the run that may be changed."""
    return Path(shutil.copytree(CORRECTED, tmp_path / "run"))


def told(run: Path, key: str = "") -> Told:
    """What the cheap stage of verifying says, by code and file."""
    return {(each.code, dict(each.params)["file"]) for each in sealing(run, key=key).findings}


def verify(run: Path, *options: object) -> Result:
    return CliRunner().invoke(group, ["verify", str(run), *map(str, options)], catch_exceptions=False)


def refused(run: Path, *named: str, key: bool = False) -> Result:
    """The command fails with exit code 3 and names these."""
    done = verify(run, *(["--key", KEY] if key else []))
    assert done.exit_code == 3, done.output
    assert "不符" in done.stdout.splitlines()[0] if done.stdout else True
    for name in named:
        assert name in done.stderr
    return done


def change_bytes(run: Path, positions: Callable[[bytes], list[int]]) -> int:
    """Change every file at these positions, one change at a time; each time that file is named. How many were tried."""
    tried = 0
    for name in NAMES:
        place = run / name
        before = place.read_bytes()
        for position in positions(before):
            for changed in changes(before, position):
                place.write_bytes(changed)
                found = told(run)
                assert name in {file for _, file in found}, (name, position, found)
                assert {code for code, _ in found} <= {"K401", "K402", "K424"}, (name, position, found)
                tried += 1
        place.write_bytes(before)
    assert told(run) == set()
    return tried


def test_a_byte_here_and_there_in_every_file(run: Path) -> None:
    chance = random.Random(5)
    change_bytes(run, lambda raw: sorted({0, len(raw), chance.randrange(len(raw) + 1)}))


@pytest.mark.long
def test_thousands_of_positions(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(6)

    def positions(raw: bytes) -> list[int]:
        everywhere = range(len(raw) + 1)
        return list(everywhere) if len(raw) < 300 else sorted(chance.sample(everywhere, 300))

    tried = change_bytes(run, positions)
    with capsys.disabled():
        print(f" {tried} changes in {len(NAMES)} files")  # noqa: T201
    assert tried > 10_000


@pytest.mark.parametrize("name", NAMES)
def test_the_command_names_the_changed_file(run: Path, name: str) -> None:
    raw = (run / name).read_bytes()
    (run / name).write_bytes(changes(raw, len(raw) // 2)[-1])
    refused(run, name)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_emptied_or_taken_away(run: Path, name: str) -> None:
    raw = (run / name).read_bytes()
    if raw:
        (run / name).write_bytes(b"")
        assert name in {file for _, file in told(run)}
    (run / name).unlink()
    key = public_key(KEY)[0]
    assert told(run, key), name
    if not name.startswith("signatures/"):
        assert name in refused(run, key=True).stderr


def test_any_two_files_swapped(run: Path) -> None:
    for one, other in [*itertools.pairwise(NAMES), *zip(NAMES, reversed(NAMES), strict=True)]:
        contents = (run / one).read_bytes(), (run / other).read_bytes()
        if contents[0] == contents[1]:
            continue
        (run / one).write_bytes(contents[1])
        (run / other).write_bytes(contents[0])
        assert {one, other} & {file for _, file in told(run)}, (one, other)
        (run / one).write_bytes(contents[0])
        (run / other).write_bytes(contents[1])
    assert told(run) == set()


@pytest.mark.parametrize(
    "name", ["x", "规则.txt", "rules/2023/more.yaml", "inputs/~$B11.yaml", "chain/003.json", "signatures/x.json"]
)
def test_an_unlisted_file_even_an_empty_one(run: Path, name: str) -> None:
    (run / name).touch()
    refused(run, name)


@pytest.mark.parametrize("name", ["assessment.json", "chain/001.json", "signatures", "chain", "published/approval"])
def test_links(run: Path, tmp_path: Path, name: str) -> None:
    shutil.move(run / name, tmp_path / "elsewhere")
    (run / name).symlink_to(tmp_path / "elsewhere")
    refused(run, name)


@pytest.mark.parametrize("name", ["Assessment.json", "rules/2023/METHOD.yaml", "Chain/001.json", "Final.json"])
def test_names_that_differ_in_case(run: Path, name: str) -> None:
    right = next(each for each in NAMES if each.lower() == name.lower())
    content = (run / right).read_bytes()
    (run / name).parent.mkdir(exist_ok=True)
    (run / name).write_bytes(content)
    refused(run, name)
    if right != "final.json":  # an approval taken away leaves a run that was never approved, see the signature for that
        (run / right).unlink()
        refused(run, name)


def test_an_older_manifest_replayed(run: Path) -> None:
    """The manifest of the corrected run is in the folder; put in the place of this one's it fits nothing."""
    shutil.copy(run / "chain/002.json", run / "manifest.json")
    refused(run, "assessment.json", "final.json")
    shutil.copy(run / "chain/002.final.json", run / "final.json")
    refused(run, "assessment.json")


def test_an_older_run_passed_off_as_the_newest() -> None:
    newest = read_manifest((CORRECTED / "manifest.json").read_bytes()).digest
    done = verify(FIRST, "--head", newest)
    assert done.exit_code == 3
    assert "K419" in done.stderr
    assert "与机关掌握的校验码不同" in done.stdout
    assert verify(CORRECTED, "--head", newest).exit_code == 0


def drop_first(run: Path) -> None:
    for ending in ("json", "final.json"):
        os.replace(run / f"chain/002.{ending}", run / f"chain/001.{ending}")


def drop_last(run: Path) -> None:
    for ending in ("json", "final.json"):
        (run / f"chain/002.{ending}").unlink()


def reorder(run: Path) -> None:
    for ending in ("json", "final.json"):
        os.replace(run / f"chain/002.{ending}", run / "aside")
        os.replace(run / f"chain/001.{ending}", run / f"chain/002.{ending}")
        os.replace(run / "aside", run / f"chain/001.{ending}")


def leave_a_gap(run: Path) -> None:
    for ending in ("json", "final.json"):
        (run / f"chain/001.{ending}").unlink()


def alter_first(run: Path) -> None:
    """Another reason for an earlier correction, with a manifest that fits itself."""
    reseal(run / "chain/001.json", matcher="durable")


def alter_last(run: Path) -> None:
    reseal(run / "chain/002.json", matcher="durable")


def other_approval(run: Path) -> None:
    shutil.copy(run / "chain/001.final.json", run / "chain/002.final.json")


def stranger(run: Path) -> None:
    (run / "chain/notes.txt").touch()


def one_too_many(run: Path) -> None:
    for ending in ("json", "final.json"):
        shutil.copy(run / f"chain/002.{ending}", run / f"chain/003.{ending}")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (drop_first, "chain"),
        (drop_last, "chain/001.json"),
        (reorder, "chain/002.json"),
        (leave_a_gap, "chain/001.json"),
        (alter_first, "chain/001.json"),
        (alter_last, "chain/002.json"),
        (other_approval, "chain/002.final.json"),
        (stranger, "chain/notes.txt"),
        (one_too_many, "chain/002.json"),
    ],
)
def test_links_of_the_chain(run: Path, change: Callable[[Path], None], named: str) -> None:
    """Found where the manifest stayed, and where everything was rewritten to match."""
    change(run)
    assert any(file.startswith("chain") for _, file in told(run))
    drop_signatures(run)
    rewrite_all(run)
    assert {code for code, _ in told(run)} <= {"K403", "K407", "K420"}
    refused(run, named)


def test_a_chain_that_is_cut_off_altogether(run: Path) -> None:
    shutil.rmtree(run / "chain")
    drop_signatures(run)
    rewrite_all(run)
    refused(run, "chain", "K420")
    rewrite_all(run, corrects=None)
    refused(run, "manifest.json", "K406")
    (run / "corrects.json").unlink()
    rewrite_all(run)
    refused(run, "assessment.json", "K406")


@pytest.mark.parametrize("name", ["assessment.json", "places.json", "corrects.json", "inputs/roster.yaml"])
def test_a_file_changed_and_the_records_rewritten_to_match(run: Path, name: str) -> None:
    """The approval speaks of another run; where that is rewritten too, computing again gives something else."""
    raw = (run / name).read_bytes()
    changed = {
        "assessment.json": raw.replace("良".encode(), "优".encode(), 1),
        "places.json": raw.replace(b'"line":3', b'"line":4', 1),
        "corrects.json": raw.replace("补充".encode(), "更换".encode(), 1),
        "inputs/roster.yaml": raw.replace("区".encode(), "县".encode(), 1),
    }[name]
    assert changed != raw
    (run / name).write_bytes(changed)
    drop_signatures(run)
    rewrite_manifest(run)
    refused(run, "final.json", "K407")
    rewrite_all(run)
    refused(run, "assessment.json" if name.startswith(("inputs", "corrects")) else name, "K406")


@pytest.mark.parametrize("name", ["evidence.json", "corrects.json", "rules/2023/method.yaml", "inputs/office.yaml"])
def test_files_that_cannot_be_read_any_more_are_no_fault_of_the_program(run: Path, name: str) -> None:
    (run / name).write_bytes(b"[")
    drop_signatures(run)
    rewrite_all(run)
    done = verify(run)
    assert done.exit_code == (0 if name == "inputs/office.yaml" and not done.stderr else 3)


def test_everything_rewritten_is_found_by_the_signature(run: Path) -> None:
    """Whoever rewrites inputs, computes again and rewrites all records has a run that holds by itself."""
    for name in NAMES:
        if name.split("/")[0] in ("manifest.json", "final.json", "signatures", "published"):
            continue
        before = (run / name).read_bytes()
        (run / name).write_bytes(before + b"\n")
        rewrite_all(run)
        found = told(run, public_key(KEY)[0])
        assert any(code == "K424" for code, _ in found), (name, found)
        (run / name).write_bytes(before)
    drop_signatures(run)
    rewrite_all(run)
    assert ("K423", "manifest.json") in told(run, public_key(KEY)[0])
    refused(run, "K423", key=True)


def test_a_run_that_was_scored_anew_from_changed_inputs_holds_by_itself_but_not_with_the_key(tmp_path: Path) -> None:
    from tests.archive.keep import approved, small

    forged = approved(small("2023"), tmp_path / "run", "会议纪要〔2024〕9号").path
    assert verify(forged).exit_code == 0
    assert "K423" in refused(forged, key=True).stderr
    shutil.copytree(CORRECTED / "signatures", forged / "signatures")
    assert "K424" in refused(forged).stderr


def test_a_signature_cannot_be_reused_or_renamed(run: Path, tmp_path: Path) -> None:
    (signature,) = (run / "signatures").iterdir()
    content = signature.read_bytes()
    for change in ({"by": "他人"}, {"signature": "0" * 128}, {"covers": {}}, {"key": "ab" * 32}, {"signature": "x"}):
        signature.write_bytes(content)
        reseal(signature, **change)
        assert "signatures/" in refused(run).stderr, change
    signature.write_bytes(content)
    signature.rename(signature.with_name("another.json"))
    refused(run, "signatures/another.json")


def test_what_was_published_is_covered_by_the_signature(run: Path) -> None:
    (run / "published/approval/通报.md").write_text("改过的通报\n", encoding="utf-8")
    rewrite_all(run)
    refused(run, "published/approval/manifest.json", "K424")
    drop_signatures(run)
    assert verify(run).exit_code == 0  # which is why one signs


def test_a_page_changed_with_its_records_is_a_warning_at_least(run: Path) -> None:
    page = run / "audit.html"
    page.write_bytes(page.read_bytes().replace("良".encode(), "优".encode(), 1))
    drop_signatures(run)
    rewrite_all(run)
    done = verify(run)
    assert done.exit_code == 0
    assert "K425" in done.stderr
    assert "仅核对校验码　audit.html" in done.stdout
