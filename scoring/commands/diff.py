"""`kaohe diff`: what changed between two runs, with the reasons."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, table


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.pass_obj
def command(desk: Desk, old: Path, new: Path) -> None:
    """比较两次结果（OLD、NEW）：得分、等次、名次的变化及其原因。"""
    from scoring.app.compare import compare

    compared = compare(desk.run(old).assessment, desk.run(new).assessment)
    for note in compared.notes:
        desk.show(note)
    if not compared.rows:
        click.echo("两次结果的得分、等次和名次没有变化。")
        return
    desk.show(table(compared.rows, ["部门", "总分", "等次", "名次", "变化原因"]))
    for line in compared.details:
        desk.show(line)
