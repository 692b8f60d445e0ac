"""Signs runs (签名) with the office's own keys, and makes such keys. What a signature is worth, signature.py says."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from scoring.archive import Run
from scoring.archive.check import reason_of
from scoring.archive.signature import Signature, available, covered, write_signature
from scoring.finding import Finding, finding
from scoring.location import Location

EXTRA = "sign"
"""The extra of the package that brings `cryptography`."""
PUBLIC = ".pub"
__all__ = ["EXTRA", "available", "new_key", "private_key", "public_key", "sign"]


def new_key(path: Path, passphrase: str = "") -> tuple[list[Path], list[Finding]]:
    """Write a new private key into `path`, for its owner's eyes, and its public half beside it; never over a file."""
    from scoring.archive.ed25519 import new_key as made

    beside = path.with_name(path.name + PUBLIC)
    for each in (path, beside):
        if os.path.lexists(each):
            return [], [finding("K427", Location(each.as_posix()), path=each.as_posix())]
    private, public = made(passphrase)
    try:
        _create(path, private, 0o600)
        _create(beside, public, 0o644)
    except OSError as problem:
        return [], [finding("K414", Location(path.as_posix()), path=path.as_posix(), reason=reason_of(problem))]
    return [path, beside], []


def public_key(path: Path) -> tuple[str, list[Finding]]:
    """The public key in a file; "" where it holds none."""
    from scoring.archive.ed25519 import UnfitKey, public

    try:
        return public(path.read_bytes()), []
    except UnfitKey as problem:
        return "", [_unfit(path, str(problem))]
    except OSError:
        return "", [_unfit(path, "open")]


def private_key(path: Path, passphrase: str = "") -> tuple[bytes, bool, list[Finding]]:
    """The private key in a file, whether it asks for another passphrase, and why it cannot be used."""
    from scoring.archive.ed25519 import UnfitKey, public_of_private

    try:
        pem = path.read_bytes()
        public_of_private(pem, passphrase)
    except UnfitKey as problem:
        return b"", str(problem) == "passphrase", [_unfit(path, str(problem))]
    except OSError:
        return b"", False, [_unfit(path, "open")]
    return pem, False, []


def sign(run: Run, pem: bytes, by: str, passphrase: str = "") -> tuple[Signature | None, list[Finding]]:
    """Sign an approved run; an earlier signature by the same key is replaced."""
    from scoring.archive import ed25519

    if run.approval is None:
        return None, [finding("K430", Location(run.path.as_posix()), run=run.path.as_posix(), kind="sign")]
    made = Signature(by, ed25519.public_of_private(pem, passphrase), covered(run.path))
    made = replace(made, signature=ed25519.sign(pem, made.message, passphrase))
    return made, write_signature(run, made)


def _unfit(path: Path, kind: str) -> Finding:
    return finding("K426", Location(path.as_posix()), file=path.as_posix(), kind=kind)


def _create(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
