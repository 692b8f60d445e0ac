"""`kaohe sample`: what an auditor would look at first, each with its reason and where it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import Desk, contradictions, exit_code


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "csv", "json"]), default="text", help="输出格式")
@click.pass_obj
def command(desk: Desk, run: Path, format_: str) -> None:
    """列出抽查建议清单：人工改定、免予考核、临近等次界限、逾期而得满分、自评相差较大等，逐条注明事由和位置。"""
    from scoring.app.sample import sample

    opened = desk.run(run)
    with contradictions():
        made, found = sample(opened, format_, desk.folders().reports)
    desk.findings(found)
    if format_ == "text":
        desk.show(made, nl=False)
    else:
        click.echo(made, nl=False)
    sys.exit(exit_code(found))
