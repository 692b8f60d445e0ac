"""`kaohe explain`: why this score, down to article, rule line, datum, layer and evidence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import Desk, contradictions, exit_code


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("department")
@click.argument("indicator", default="")
@click.option("--headroom", "room_", is_flag=True, help="列出提升空间：满分、得分、还可得，按指标和条款")
@click.option("--to", type=click.Choice(["grade", "rank"]), help="推算差什么能到：高一等次（grade）、更前名次（rank）")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.pass_obj
def command(desk: Desk, run: Path, department: str, indicator: str, room_: bool, to: str | None, format_: str) -> None:
    """说明一个部门（DEPARTMENT，编码、全称或者简称）的得分依据；写明指标（INDICATOR，编码或者名称）的只说明该项。"""
    from scoring.app.explain import as_json, ask_what_if, explain, room

    if bool(indicator) + room_ + bool(to) > 1:
        raise click.UsageError("指标、--headroom、--to一次只能用一样。")
    opened, folders = desk.run(run), desk.folders()
    with contradictions():
        if room_:
            found = room(opened, department, folders.reports)
        elif to:
            found = ask_what_if(opened, department, to, folders.schemas, folders.reports)
        else:
            found = explain(opened, department, indicator, folders.reports, official=opened.approval is not None)
    if found.unknown:
        meant = f"相近的有：{'、'.join(found.near)}。" if found.near else ""
        where = "名册" if found.unknown == department else "考核办法"
        raise click.UsageError(f"{where}中没有“{found.unknown}”。{meant}")
    desk.findings(found.findings)
    desk.show(as_json(found) if format_ == "json" else found.text, nl=False)
    sys.exit(exit_code(found.findings))
