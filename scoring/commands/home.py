"""A bare `kaohe`: what stands where, and what comes next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scoring.commands.desk import Desk

if TYPE_CHECKING:
    from scoring.app.home import RunAtHand


def show(desk: Desk) -> None:
    """Say in Chinese what is at hand here and which command is the next."""
    from scoring.app.home import editions, inputs, runs

    here = Path.cwd()
    folders = desk.folders()
    known, forms, results = editions(folders.rules), inputs(here), runs(here)
    click.echo("考核：部门预算绩效管理工作考核评分\n")
    click.echo(f"考核办法　{folders.rules}")
    for each in known:
        click.echo(f"  {each.edition}　{each.name}（{each.status}）")
    click.echo("报送材料　" + ("" if forms else "此处没有（名册 roster.yaml 所在文件夹）"))
    for path, edition in forms:
        click.echo(f"  {path}　{edition}年度")
    click.echo("评定结果　" + ("" if results else "此处没有"))
    for run in results:
        state = "已审定" if run.approved else "待审定" if run.complete else "未完成"
        click.echo(f"  {run.path}　{run.edition}年度　{state}")
    click.echo(f"\n下一步：{_next(forms, results)}")
    click.echo("全部命令见 kaohe --help，每个命令的用法见 kaohe 命令 --help。")


def _next(forms: list[tuple[str, str]], results: list[RunAtHand]) -> str:
    """The one command that comes next."""
    for run in results:
        if not run.complete:
            return f"补齐 {run.path} 的待办事项后重新评定，加 --force"
        if not run.approved:
            return f"kaohe circular {run.path}　生成通报送审稿"
    done = {run.edition for run in results}
    for path, edition in reversed(forms):
        if edition not in done:
            return f"kaohe score --edition {edition} --input {path} --out 结果-{edition}"
    if results:
        return f"kaohe verify {results[-1].path}　核对已审定的结果"
    return "kaohe demo　先看一遍示例；或者 kaohe init 文件夹　建立自己的工作文件夹"
