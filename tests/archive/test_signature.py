"""Signing with the office's own keys: keys are made and refused in plain words, and signatures say what they cover."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scoring.app import signing
from scoring.archive import fingerprint, open_run, signature, write_published
from scoring.archive.manifest import unseal
from scoring.assessment import SEMANTICS
from scoring.commands import group
from tests.archive.keep import KEPT, PRIVATE

pytestmark = pytest.mark.once
Kaohe = Callable[..., Result]


@pytest.fixture
def kaohe() -> Kaohe:
    def call(*words: object, typed: str = "") -> Result:
        return CliRunner().invoke(group, [str(word) for word in words], input=typed, catch_exceptions=False)

    return call


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """An approved run without a signature."""
    return Path(shutil.copytree(KEPT / str(SEMANTICS) / "first", tmp_path / "run"))


@pytest.fixture
def key(kaohe: Kaohe, tmp_path: Path) -> Path:
    assert kaohe("sign", "--new-key", tmp_path / "key.pem").exit_code == 0
    return tmp_path / "key.pem"


def test_a_key_is_for_its_owner_alone_and_never_replaced(kaohe: Kaohe, key: Path) -> None:
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    done = kaohe("sign", "--new-key", key)
    assert done.exit_code == 2
    assert "K427" in done.stderr
    assert key.read_bytes() == before
    key.unlink()
    assert kaohe("sign", "--new-key", key).exit_code == 2  # its public half is still there


def test_signed_and_verified(kaohe: Kaohe, run: Path, key: Path) -> None:
    signed = kaohe("sign", run, "--key", key, "--by", "张三")
    assert signed.exit_code == 0, signed.stderr
    assert "范围：final.json、manifest.json、published/approval/manifest.json" in signed.stdout
    done = kaohe("verify", run, "--key", f"{key}.pub")
    assert done.exit_code == 0, done.stderr
    assert "有指定公钥的签名" in done.stdout
    assert "张三" in done.stdout
    without = kaohe("verify", run)
    assert without.exit_code == 0
    assert "由谁签名，用--key写明公钥核对" in without.stdout


def test_the_same_key_gives_the_same_signature_and_replaces_its_own(kaohe: Kaohe, run: Path, key: Path) -> None:
    kaohe("sign", run, "--key", key, "--by", "张三")
    (one,) = (run / "signatures").iterdir()
    before = one.read_bytes()
    kaohe("sign", run, "--key", key, "--by", "张三")
    assert [each.read_bytes() for each in (run / "signatures").iterdir()] == [before]


def test_two_sign_and_each_is_asked_for_by_its_key(kaohe: Kaohe, run: Path, key: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    kaohe("sign", run, "--new-key", other, "--key", key, "--by", "张三")
    assert kaohe("verify", run, "--key", f"{key}.pub").exit_code == 0
    missing = kaohe("verify", run, "--key", f"{other}.pub")
    assert missing.exit_code == 3
    assert "K423" in missing.stderr
    kaohe("sign", run, "--key", other, "--by", "李四")
    assert kaohe("verify", run, "--key", f"{other}.pub").exit_code == 0
    assert len(list((run / "signatures").iterdir())) == 2


def test_a_locked_key_asks_for_its_passphrase(kaohe: Kaohe, run: Path, tmp_path: Path) -> None:
    key = tmp_path / "locked.pem"
    assert kaohe("sign", "--new-key", key, "--passphrase", typed="山高水长\n山高水长\n").exit_code == 0
    assert b"ENCRYPTED" in key.read_bytes()
    wrong = kaohe("sign", run, "--key", key, typed="水长山高\n")
    assert wrong.exit_code == 2
    assert "口令不对" in wrong.stderr
    assert kaohe("sign", run, "--key", key, typed="山高水长\n").exit_code == 0
    assert kaohe("verify", run, "--key", f"{key}.pub").exit_code == 0


def test_only_what_was_approved_is_signed(kaohe: Kaohe, run: Path, key: Path) -> None:
    (run / "final.json").unlink()
    done = kaohe("sign", run, "--key", key)
    assert done.exit_code == 2
    assert "K430" in done.stderr
    assert not (run / "signatures").exists()


def test_keys_of_the_wrong_half_or_kind(kaohe: Kaohe, run: Path, key: Path, tmp_path: Path) -> None:
    rsa = tmp_path / "other.pem"
    rsa.write_bytes(b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
    for words, said in (
        (["verify", run, "--key", key], "此处应当用公钥"),
        (["sign", run, "--key", f"{key}.pub"], "签名应当用私钥"),
        (["verify", run, "--key", rsa], "不是Ed25519密钥"),
        (["verify", run, "--key", run / "assessment.json"], "不是Ed25519密钥"),
        (["sign", run, "--key", run / "assessment.json"], "不是Ed25519密钥"),
        (["sign", run, "--key", tmp_path / "nowhere"], "不能读取"),
    ):
        done = kaohe(*words)
        assert done.exit_code == 2, words
        assert "K426" in done.stderr
        assert said in done.stderr
    assert kaohe("sign", run).exit_code == 2
    assert kaohe("sign").exit_code == 2


def test_what_was_published_since_is_told_or_refused(kaohe: Kaohe, run: Path, key: Path) -> None:
    kaohe("sign", run, "--key", key, "--by", "张三")
    opened, _ = open_run(run)
    assert opened is not None
    assert write_published(opened, "issued", {"a.md": b"a"}) == []
    done = kaohe("verify", run, "--key", f"{key}.pub")
    assert done.exit_code == 0
    assert "不在签名范围内的：issued" in done.stdout
    assert write_published(opened, "approval", {"a.md": b"a"}) == []
    done = kaohe("verify", run, "--key", f"{key}.pub")
    assert done.exit_code == 3
    assert "重新签名" in done.stderr
    assert kaohe("sign", run, "--key", key, "--by", "张三").exit_code == 0
    assert kaohe("verify", run, "--key", f"{key}.pub").exit_code == 0


def test_without_the_package_all_else_is_verified(
    kaohe: Kaohe, run: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kaohe("sign", run, "--key", key, "--by", "张三")
    for module in (signature, signing):
        monkeypatch.setattr(module, "available", lambda: False)
    monkeypatch.setattr("scoring.app.verification.available", lambda: False)
    monkeypatch.setitem(sys.modules, "scoring.archive.ed25519", None)
    done = kaohe("verify", run)
    assert done.exit_code == 0
    assert "K428" in done.stderr
    assert "签名本身没有核对" in done.stdout
    for words in (["sign", run, "--key", key], ["verify", run, "--key", f"{key}.pub"]):
        refused = kaohe(*words)
        assert refused.exit_code == 2
        assert "pip install 'kaohe[sign]'" in refused.stderr
    (run / "final.json").write_bytes((KEPT / str(SEMANTICS) / "corrected/final.json").read_bytes())
    assert kaohe("verify", run).exit_code == 3


def test_the_signed_words_are_documented(run: Path) -> None:
    """What another program has to check: canonical JSON of four keys."""
    opened, _ = open_run(run)
    assert opened is not None
    made, found = signing.sign(opened, PRIVATE, "张三")
    assert made is not None
    assert found == []
    record = unseal((run / f"signatures/{made.short}.json").read_bytes())
    covers = {
        name: hashlib.sha256((run / name).read_bytes()).hexdigest()
        for name in ("final.json", "manifest.json", "published/approval/manifest.json")
    }
    parts = ",".join(f'"{name}":"{digest}"' for name, digest in covers.items())
    message = f'{{"by":"张三","covers":{{{parts}}},"key":"{record["key"]}","purpose":"kaohe run"}}\n'
    assert made.message == message.encode()


@pytest.mark.skipif(not fingerprint.available(), reason="the OpenSSL of this platform has no SM3")
def test_sm3(kaohe: Kaohe, run: Path) -> None:
    assert hashlib.new("sm3", b"abc").hexdigest().startswith("66c7f0f462eeedd9")  # GB/T 32905-2016, A.1
    names = [path for path in run.rglob("*") if path.is_file() and path.relative_to(run).parts[0] != "published"]
    listed = sorted(path.relative_to(run).as_posix() for path in names if path.name != "final.json")
    lines = "".join(f"{hashlib.new('sm3', (run / name).read_bytes()).hexdigest()}  {name}\n" for name in listed)
    whole = hashlib.new("sm3", lines.encode()).hexdigest()
    assert whole in kaohe("verify", run).stdout
    assert "是机关掌握的最新结果" in kaohe("verify", run, "--head", f"sm3:{whole.upper()}").stdout
    assert kaohe("verify", run, "--head", f"sm3:{'0' * 64}").exit_code == 3


def test_the_page_in_english(kaohe: Kaohe, run: Path, key: Path) -> None:
    unsigned = kaohe("--lang", "en", "verify", run, "--key", f"{key}.pub")
    assert unsigned.exit_code == 3
    assert unsigned.stdout.startswith("Verdict: does not verify")
    assert "Signatures   do not hold" in unsigned.stdout
    kaohe("sign", run, "--key", key)
    signed = kaohe("--lang", "en", "verify", run, "--key", f"{key}.pub")
    assert signed.stdout.startswith("Verdict: verified.")
    assert "nobody named" in signed.stdout


def test_a_platform_without_sm3(kaohe: Kaohe, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "SM3", "no such algorithm")
    done = kaohe("verify", run)
    assert done.exit_code == 0
    assert "本机没有SM3算法" in done.stdout
    assert kaohe("verify", run, "--head", f"sm3:{'0' * 64}").exit_code == 2
