"""`kaohe final`: record the act of approval. It refuses while something is open."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import FOUND, Desk, exit_code


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="由谁审定")
@click.option("--basis", required=True, help="审定依据，如会议纪要文号")
@click.option("--date", "on", required=True, help="审定日期，如 2024-06-05")
@click.pass_obj
def command(desk: Desk, run: Path, by: str, basis: str, on: str) -> None:
    """登记审定（RUN）；还有未完成事项的不能登记。"""
    from scoring.app.approve import approve, open_points
    from scoring.archive.fingerprint import sm3_of_run
    from scoring.archive.manifest import MANIFEST

    opened = desk.run(run)
    waiting = open_points(opened.assessment)
    if waiting:
        desk.say("还不能登记审定，下列事项没有完成：")
        for line in waiting:
            desk.say(f"  {line}")
        sys.exit(FOUND)
    found = approve(opened, by=by, basis=basis, on=on)
    desk.findings(found)
    if exit_code(found):
        desk.stop(found)
    click.echo(f"已登记审定：{by}，{basis}，{on}。校验码 {opened.manifest.digest}")
    if sm3 := sm3_of_run(opened.path, [*opened.files, MANIFEST]):
        click.echo(f"SM3校验码 {sm3}")
    click.echo("请把校验码记入审定记录；今后核对时用 --head 写明。")
