"""`kaohe archive`: one folder for the files office, which can be verified without a network."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, exit_code

PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("run", type=PATH)
@click.option("--out", required=True, type=PATH, help="归档文件夹，不能已经存在")
@click.option("--wheels", type=FOLDER, help="程序所需组件的安装包（*.whl）所在文件夹，一并归档")
@click.pass_obj
def command(desk: Desk, run: Path, out: Path, wheels: Path | None) -> None:
    """把已审定的结果（RUN）归档：结果、文书、程序、归档目录和不联网的校验办法。"""
    from scoring.app.filing import FilingOrder, file_run

    if out.resolve().is_relative_to(run.resolve()):
        raise click.UsageError("归档文件夹不能放在结果文件夹里面，结果文件夹在评分以后不再变化。")
    workplace = Path("office.yaml") if Path("office.yaml").is_file() else None
    filed = file_run(FilingOrder(run, out, desk.office, workplace, wheels), desk.folders())
    desk.findings(filed.findings)
    if not filed.files or filed.verified is None or filed.verified.manifest is None:
        desk.stop(filed.findings)
    click.echo(f"已归档：{out.as_posix()}，共{filed.files}个文件，随附程序{filed.program}")
    click.echo(f"结果校验码 {filed.verified.manifest.digest}")
    if filed.verified.sm3:
        click.echo(f"结果SM3校验码 {filed.verified.sm3}")
    click.echo(f"归档校验清单的SHA-256 {filed.digest}")
    click.echo("请把以上校验码记入归档登记。不联网的校验办法见归档说明.txt。")
    raise SystemExit(exit_code(filed.findings))
