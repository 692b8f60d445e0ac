"""`kaohe workbook`: the result as a workbook with live formulas, for checking."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.option("--out", type=PATH, help="存到哪个文件夹；不写的，放在结果文件夹旁边")
@click.option("--force", is_flag=True, help="替换改动过的工作簿")
@click.pass_obj
def command(desk: Desk, run: Path, out: Path | None, force: bool) -> None:
    """生成结果（RUN）的核对工作簿：总分、名次、等次为公式，附计分明细和全部数据；供财政部门内部使用。"""
    from scoring.app.workbook import workbook, written

    desk.needs("xlsx", "documents", ("xlsxwriter",))
    made = written(run, workbook, out, force)
    desk.findings(made.findings)
    for path in made.files:
        click.echo(path.as_posix())
    desk.stop(made.findings)
