"""`kaohe feedback`: what goes to each department, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, contradictions, departments
from scoring.commands.sheets import unknown

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.option("--department", default="", help="只生成一个部门的，写编码、全称或者简称；要用 --out 写明存到哪个文件夹")
@click.option("--format", "formats", default="md", show_default=True, help="格式，几种用逗号隔开：md、html、docx、pdf")
@click.option(
    "--letterhead",
    type=click.Choice(["none", "draft", "full"]),
    default="none",
    show_default=True,
    help="反馈函的版头：none 不印（由办公系统添加），draft、full 印",
)
@click.option("--out", type=PATH, help="另存到哪个文件夹；不写的，放在结果文件夹的published中")
@click.option("--force", is_flag=True, help="替换改动过的文书")
@click.pass_obj
def command(
    desk: Desk, run: Path, department: str, formats: str, letterhead: str, out: Path | None, force: bool
) -> None:
    """生成送各部门的反馈函、得分单和复核申请表（RUN），一个部门一个文件夹；审定以后改送正式结果和各部门等次。"""
    from scoring.app.feedback import FeedbackOrder, feedback

    wanted = desk.formats(formats)
    if department and out is None:
        raise click.UsageError("只生成一个部门的，要用 --out 写明存到哪个文件夹。")
    order = FeedbackOrder(run, department, wanted, letterhead, out, desk.office, desk.workplace(), force)
    with contradictions():
        written = feedback(order, desk.folders(), departments)
    if written.unknown:
        raise click.UsageError(unknown(written.unknown, written.near))
    desk.findings(written.findings)
    for path in written.files:
        click.echo(path.as_posix())
    desk.stop(written.findings)
