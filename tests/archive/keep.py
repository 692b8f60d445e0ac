"""Keeps small runs scored under the present semantics in tests/archive/semantics: run as a script, once a semantics.

    python -m tests.archive.keep

What is kept stands for runs that lie in archives: it is never made again once a version with this semantics is out.
When a change moves a byte of assessment.json or places.json, test_semantics fails; then SEMANTICS is raised and this
script run again, which leaves the folders of earlier semantics alone.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from scoring.app.assess import Bundle
from scoring.app.signing import sign
from scoring.archive import Provenance, Run, chain_after, open_run, write_final, write_published, write_run
from scoring.assessment import SEMANTICS
from scoring.canonical import canonical
from tests.circular.few import written
from tests.flow import district
from tests.flow.test_unnamed import without_departments

KEPT = Path(__file__).parent / "semantics"
NEWER = 99
DEPARTMENTS = {"B11", "B19", "B33", "J01", "J05"}
_KEY = Ed25519PrivateKey.from_private_bytes(b"kept in the open, for tests only")
PRIVATE = _KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
PUBLIC = _KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def small(edition: str) -> Bundle:
    """The bundle of a few departments of the example; worked examples score nobody and are left out."""
    made = district.bundle(edition)
    rows = [row.split()[0] for row in made.forms["roster.yaml"].decode().split("- code: ")[1:]]
    few = without_departments(made, [code for code in rows if code not in DEPARTMENTS])
    rules = {
        year: {path: raw for path, raw in files.items() if path != "examples.yaml"} for year, files in few.rules.items()
    }
    return replace(few, rules=rules)


def approved(made: Bundle, folder: Path, basis: str) -> Run:
    """The run of a bundle, published and approved."""
    run, found = open_run(written(made, folder))
    assert run is not None, found
    assert write_published(run, "approval", {"通报.md": "送审稿\n".encode(), "annex/1.csv": b"1\n"}) == []
    assert write_final(run, by="局长办公会", basis=basis, on="2024-06-05") == []
    return run


def corrected(run: Run, made: Bundle, why: str) -> Bundle:
    """The bundle of a correction of this run."""
    corrects = {"run": run.manifest.digest, "by": "局长办公会", "why": why}
    return replace(made, corrects=corrects, chain=chain_after(run))


def keep(folder: Path) -> None:
    """Two runs: a first one, and the second correction of it, signed."""
    folder.mkdir(parents=True)
    made = small("2023")
    first = approved(made, folder / "first", "会议纪要〔2024〕3号")
    again = approved(corrected(first, made, "漏计附加分"), folder / "second", "会议纪要〔2024〕7号")
    last = approved(corrected(again, made, "复核申请补充材料"), folder / "corrected", "会议纪要〔2024〕9号")
    shutil.rmtree(again.path)  # of it, its records in the chain are enough
    assert sign(last, PRIVATE, "绩效管理科")[1] == []
    (folder / "key.pub").write_bytes(PUBLIC)


def keep_newer(folder: Path) -> None:
    """A run of a semantics that is not there yet; nothing in it could be computed by this program."""
    folder.mkdir(parents=True)
    files = {"assessment.json": canonical({"semantics": NEWER}), "rules/2030/method.yaml": b"format: 2\n"}
    assert write_run(folder / "first", files, Provenance("2030", NEWER, "other", "9.0.0")) == []


if __name__ == "__main__":
    for number, make in ((SEMANTICS, keep), (NEWER, keep_newer)):
        if (KEPT / str(number)).exists():
            shutil.rmtree(KEPT / str(number))
        make(KEPT / str(number))
