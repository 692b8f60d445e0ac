"""`kaohe verify`: does the run still say what its own rules and inputs say?"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from scoring.commands.desk import USAGE, Desk, exit_code


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--head", default="", help="机关掌握的最新校验码；SM3校验码写作 sm3:校验码")
@click.option("--key", type=click.Path(path_type=Path), help="公钥文件；结果必须有这个密钥的签名")
@click.pass_obj
def command(desk: Desk, run: Path, head: str, key: Path | None) -> None:
    """核对结果（RUN）与存档的办法、材料重新计算是否逐字节一致。"""
    from scoring.app import signing
    from scoring.app.verification import page
    from scoring.app.verify import verify
    from scoring.archive.fingerprint import available

    head = head.strip().lower()
    if head and not re.fullmatch(r"(sm3:)?[0-9a-f]{64}", head):
        raise click.UsageError("--head 写64位校验码，或者 sm3: 加64位SM3校验码。")
    if head.startswith("sm3:") and not available():
        raise click.UsageError("这台机器的OpenSSL没有SM3算法，请用SHA-256校验码核对。")
    trusted = ""
    if key is not None:
        if not signing.available():
            desk.lacks("核对签名", [signing.EXTRA])
        trusted, found = signing.public_key(key)
        desk.findings(found)
        if not trusted:
            desk.stop(found)
    folders = desk.folders()
    verified = verify(run, folders.schemas, head, trusted)
    text, problems = page(verified, run.as_posix(), desk.lang, folders)
    desk.findings([*verified.findings, *problems])
    if text:
        click.echo(text)
    sys.exit(USAGE if any(each.code == "K409" for each in verified.findings) else exit_code(verified.findings))
