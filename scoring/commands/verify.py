"""`kaohe verify`: does the run still say what its own rules and inputs say?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import CONTRADICTION, USAGE, Desk


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--head", default="", help="机关掌握的最新校验码")
@click.pass_obj
def command(desk: Desk, run: Path, head: str) -> None:
    """核对结果（RUN）与存档的办法、材料重新计算是否逐字节一致。"""
    from scoring.app.verify import verify

    verified = verify(run, desk.folders().schemas, head)
    desk.findings(verified.findings)
    if verified.manifest is None or not verified.sound:
        sys.exit(USAGE if any(each.code == "K409" for each in verified.findings) else CONTRADICTION)
    made = verified.manifest.provenance
    click.echo("本次结果与存档的办法、材料重新计算一致，逐字节相同。")
    click.echo(f"核对文件{len(verified.manifest.files)}个；评定时程序版本{made.version}，核对时{verified.version}；")
    click.echo(f"评定时判定方式{made.matcher}，核对时{verified.matcher}；校验码{verified.manifest.digest}")
