"""`kaohe export`: the result as tables for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.option(
    "--format",
    "formats",
    default="csv",
    show_default=True,
    help="格式，几种用逗号隔开：csv、xlsx、sqlite、parquet、prov（来源，W3C PROV-JSON）",
)
@click.option("--out", type=PATH, help="存到哪个文件夹；不写的，放在结果文件夹旁边")
@click.option("--force", is_flag=True, help="替换改动过的文件")
@click.pass_obj
def command(desk: Desk, run: Path, formats: str, out: Path | None, force: bool) -> None:
    """导出结果（RUN），供其他系统使用：考核结果、指标得分、计分明细、数据及来源，附数据字典。"""
    from scoring.app import export as app
    from scoring.app.workbook import written

    wanted = tuple(dict.fromkeys(each.strip() for each in formats.split(",")))
    unknown = [each for each in wanted if each not in app.FORMATS]
    if unknown:
        raise click.UsageError(f"没有“{'、'.join(unknown)}”这种格式，可用的有：{'、'.join(app.FORMATS)}。")
    for each in wanted:
        desk.needs(each, *app.NEEDS[each])
    made = written(run, app.export(wanted, desk.folders()), out, force)
    desk.findings(made.findings)
    for path in made.files:
        click.echo(path.as_posix())
    desk.stop(made.findings)
