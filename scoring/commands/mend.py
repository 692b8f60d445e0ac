"""`kaohe mend`: rewrite a file in UTF-8 with the punctuation YAML asks for; the original is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import FOUND, USAGE, Desk


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="改好的文件保存为；缺省在原文件旁加“.改好”")
@click.pass_obj
def command(desk: Desk, file: Path, out: Path | None) -> None:
    """把文件（FILE）改为规范的编码和标点，另存一份，原文件保留不动。"""
    from scoring.reading.mend import mend

    if not file.is_file():
        desk.say(f"没有找到文件 {file}。请核对文件名和所在文件夹。")
        sys.exit(USAGE)
    content, changes = mend(file.read_bytes())
    if not changes:
        click.echo("没有需要改的地方。")
        return
    target = out or file.with_name(f"{file.stem}.改好{file.suffix}")
    if target.exists():
        desk.say(f"{target} 已经存在，没有改写。请用 --out 另写一个文件名。")
        sys.exit(USAGE)
    try:
        target.write_bytes(content)
    except OSError as problem:
        desk.say(f"{target} 写不进去：{problem.strerror}。")
        sys.exit(FOUND)
    for change in changes:
        click.echo(change)
    click.echo(f"改好的文件保存为 {target}，请核对后使用。")
