"""`kaohe proof`: a Word file after edits against the result."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.argument("file", type=PATH)
@click.option(
    "--audience",
    type=click.Choice(["approval", "issued", "public"]),
    help="文件是给谁看的；不写的，看文件名中的字样，没有字样的按印发稿",
)
@click.option("--passages", type=PATH, help="手写段落文件；不写的，用结果文件夹旁边的 名称.passages.yaml")
@click.pass_obj
def command(desk: Desk, run: Path, file: Path, audience: str | None, passages: Path | None) -> None:
    """校对修改过的通报（FILE，docx）：数、名称、等次、顺序与结果（RUN）不一致的，逐处列出。"""
    from scoring.app.proof import proof
    from scoring.app.publish import CircularOrder

    desk.formats("docx")
    order = CircularOrder(run, office=desk.office, workplace=desk.workplace(), passages=passages)
    read = proof(order, file, audience or "", desk.folders())
    desk.findings(read.findings)
    if read.against:
        told = f"校对“{read.against}”：{read.paragraphs}段、{read.tables}个表，"
        click.echo(told + (f"有{len(read.findings)}处需要核对。" if read.findings else "与结果一致。"))
    desk.stop(read.findings)
