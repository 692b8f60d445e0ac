"""`kaohe sheets`: a score sheet for every department, or for one."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, contradictions, departments

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.option("--department", default="", help="只生成一个部门的，写编码、全称或者简称；不写的，全部生成")
@click.option("--format", "formats", default="md", show_default=True, help="格式，几种用逗号隔开：md、html、docx、pdf")
@click.option(
    "--audience",
    type=click.Choice(["department", "approval"]),
    default="department",
    show_default=True,
    help="给谁看：department 反馈件，approval 送审稿",
)
@click.option("--out", type=PATH, help="另存到哪个文件夹；不写的，放在结果文件夹的published中，只要一个部门的直接输出")
@click.option("--force", is_flag=True, help="替换改动过的得分单")
@click.pass_obj
def command(desk: Desk, run: Path, department: str, formats: str, audience: str, out: Path | None, force: bool) -> None:
    """生成结果（RUN）的得分单，一个部门一份；审定以前为初步结果，审定以后为正式结果。"""
    from scoring.app.sheets import SheetsOrder, sheets
    from scoring.render.formats import MARKDOWN

    wanted = desk.formats(formats)
    if department and out is None and wanted != (MARKDOWN,):
        raise click.UsageError("只生成一个部门的，除了md以外，要用 --out 写明存到哪个文件夹。")
    order = SheetsOrder(run, audience, department, wanted, out, desk.office, desk.workplace(), force)
    with contradictions():
        written = sheets(order, desk.folders(), departments)
    if written.unknown:
        raise click.UsageError(unknown(written.unknown, written.near))
    desk.findings(written.findings)
    click.echo(written.text, nl=False)
    for path in written.files:
        click.echo(path.as_posix())
    desk.stop(written.findings)


def unknown(department: str, near: tuple[str, ...]) -> str:
    """That nobody of this name was scored, and who was meant perhaps."""
    meant = f"相近的有：{'、'.join(near)}。" if near else ""
    return f"参加考核的部门中没有“{department}”。{meant}"
