"""`kaohe audit`: every score with its account on one page, for those who may see it."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, contradictions

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.option(
    "--audience",
    type=click.Choice(["approval", "issued", "public", "department"]),
    default="approval",
    show_default=True,
    help="给谁看：approval 送审，issued 印发，public 公开，department 一个部门",
)
@click.option("--department", default="", help="部门编码、全称或者简称，给一个部门看的必须写明")
@click.option("--out", type=PATH, help="另存为哪个文件；不写的，放在结果文件夹旁边")
@click.option("--force", is_flag=True, help="替换同名的其他文件")
@click.pass_obj
def command(desk: Desk, run: Path, audience: str, department: str, out: Path | None, force: bool) -> None:
    """生成结果（RUN）的得分核查页：一个网页文件，不连网络，逐分说明得分依据。"""
    from scoring.app.audit import AuditOrder, audit

    if (audience == "department") != bool(department):
        raise click.UsageError("给一个部门看的，同时写明 --audience department 和 --department。")
    workplace = Path("office.yaml") if Path("office.yaml").is_file() else None
    with contradictions():
        made = audit(AuditOrder(run, audience, department, out, desk.office, workplace, force), desk.folders())
    if made.unknown:
        meant = f"相近的有：{'、'.join(made.near)}。" if made.near else ""
        raise click.UsageError(f"参加考核的部门中没有“{made.unknown}”。{meant}")
    desk.findings(made.findings)
    if made.file is not None:
        click.echo(made.file.as_posix())
    desk.stop(made.findings)
