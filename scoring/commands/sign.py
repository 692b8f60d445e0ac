"""`kaohe sign`: vouch for an approved run with the office's own key, or make such a key."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, exit_code

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH, required=False)
@click.option("--key", type=PATH, help="私钥文件")
@click.option("--by", default="", help="签名人")
@click.option("--new-key", type=PATH, help="生成一对新的密钥：私钥写入该文件，公钥写入同名加.pub的文件")
@click.option("--passphrase", is_flag=True, help="生成密钥时设定口令")
@click.pass_obj
def command(desk: Desk, run: Path | None, key: Path | None, by: str, new_key: Path | None, passphrase: bool) -> None:
    """给已审定的结果（RUN）签名，或者生成密钥。

    签名用于机关内部核对结果是否改动，不是电子签名法所称的电子签章。私钥由签名人自行保管，程序不保存。
    """
    from scoring.app import signing

    if not signing.available():
        desk.lacks("签名", [signing.EXTRA])
    if new_key is not None:
        _make(desk, new_key, passphrase)
    elif run is None or key is None:
        raise click.UsageError(
            "签名要写明结果文件夹和私钥：kaohe sign 结果 --key 私钥文件；还没有密钥的，用 --new-key 文件。"
        )
    if run is not None and key is not None:
        _sign(desk, run, key, by)


def _make(desk: Desk, path: Path, passphrase: bool) -> None:
    from scoring.app.signing import new_key

    words = click.prompt("口令", hide_input=True, confirmation_prompt="再输一次", err=True) if passphrase else ""
    written, found = new_key(path, words)
    desk.findings(found)
    if not written:
        desk.stop(found)
    click.echo(f"私钥：{written[0].as_posix()}（由签名人保管，不要交给他人，不要放入结果文件夹）")
    click.echo(f"公钥：{written[1].as_posix()}（校验时用，可以交给任何人，归档时一并保存）")


def _sign(desk: Desk, run: Path, key: Path, by: str) -> None:
    from scoring.app.signing import private_key, sign
    from scoring.app.verify import sealing

    words = ""
    pem, locked, found = private_key(key)
    if locked:
        words = click.prompt("口令", hide_input=True, err=True)
        pem, _, found = private_key(key, words)
    desk.findings(found)
    if not pem:
        desk.stop(found)
    opened = desk.run(run)
    made, found = sign(opened, pem, by, words)
    desk.findings(found)
    if made is None or exit_code(found):
        desk.stop(found)
    sealed = sealing(opened.path)
    click.echo(f"已签名：{by or '没有写明签名人'}，密钥 {made.short}。范围：{'、'.join(sorted(made.covers))}")
    click.echo(f"校验码 {opened.manifest.digest}")
    if sealed.sm3:
        click.echo(f"SM3校验码 {sealed.sm3}")
