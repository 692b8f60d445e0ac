"""`kaohe init`: a workplace of the office's own."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def command(desk: Desk, folder: Path) -> None:
    """新建工作文件夹（FOLDER）：考核办法、文书模板、机关设置和报送材料的空架子。"""
    from scoring.app.home import editions
    from scoring.app.start import start
    from scoring.resources import shipped_places

    shipped = shipped_places()
    newest = editions(shipped.rules)[-1]
    made = start(folder, shipped, newest.edition, newest.first_group)
    for name in made:
        click.echo(f"已新建 {folder / name}")
    click.echo("已有的文件没有改动。" if not made else "")
    click.echo("本程序不得用于处理国家秘密、工作秘密，名册和报送材料中也不得填写。")
    click.echo(
        f"下一步：修改 {folder}/office.yaml 和 {folder}/input-{newest.edition}/roster.yaml，再运行 kaohe check。"
    )
