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
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.pass_obj
def command(desk: Desk, run: Path, department: str, indicator: str, format_: str) -> None:
    """说明一个部门（DEPARTMENT，编码、全称或者简称）的得分依据；写明指标（INDICATOR，编码或者名称）的只说明该项。"""
    from scoring.app.explain import as_json, explain

    opened = desk.run(run)
    with contradictions():
        found = explain(opened, department, indicator, desk.folders().reports)
    if found.unknown:
        meant = f"相近的有：{'、'.join(found.near)}。" if found.near else ""
        where = "名册" if found.unknown == department else "考核办法"
        raise click.UsageError(f"{where}中没有“{found.unknown}”。{meant}")
    desk.findings(found.findings)
    click.echo(as_json(found) if format_ == "json" else found.text, nl=False)
    sys.exit(exit_code(found.findings))
