"""`kaohe demo`: the whole work on the example district, held to what the example expects."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import FOUND, Desk, contradictions, progress, table
from scoring.commands.ranking import ranking


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo"), help="结果保存到哪个文件夹")
@click.pass_obj
def command(desk: Desk, out: Path) -> None:
    """用示例区（虚构）演示全过程：评定、排名、说明、核对、通报。"""
    from scoring.app.demo import demonstrate
    from scoring.app.explain import explained
    from scoring.app.publish import CircularOrder, circular

    folders = desk.folders()
    with contradictions():
        shown = demonstrate(out, folders, progress)
    for edition, assessment in shown.assessments.items():
        for group, rows in ranking(assessment):
            click.echo(f"\n{edition}年度　{group}")
            desk.show(table(rows, ["名次", "部门", "总分", "等次", "上年名次"], right=(0, 2, 4)))
    for edition, run in shown.runs.items():
        click.echo(f"\n{edition}年度结果　{run}　（已核对{shown.verified[edition]}个文件，逐字节相同）")
        published = circular(CircularOrder(run), folders)
        desk.findings(published.findings)
        for path in published.files:
            click.echo(f"　　{path}")
    newest = max(shown.runs, default="")
    if newest:
        assessment = shown.assessments[newest]
        first = assessment["groups"][0]["standings"][len(assessment["groups"][0]["standings"]) // 2]["department"]
        click.echo(f"\n一个部门的得分说明（kaohe explain {shown.runs[newest]} {first}）\n")
        desk.show(explained(shown.runs[newest], first))
    for line in shown.differs:
        desk.say(f"与示例预期不符：{line}")
    sys.exit(FOUND if shown.differs else 0)
