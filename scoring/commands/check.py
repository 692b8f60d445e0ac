"""`kaohe check`: lint editions of the method, or check the forms of a year without scoring."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, NoReturn

import click

from scoring.commands.desk import CLEAN, Desk, exit_code

if TYPE_CHECKING:
    from scoring.finding import Finding


@click.command()
@click.argument("editions", nargs=-1)
@click.option("--edition", help="核查报送材料时所依据的年度版本")
@click.option("--input", "inputs", type=click.Path(path_type=Path), help="报送材料所在文件夹")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option("--watch", is_flag=True, help="文件有改动时重新核查，直到按下Ctrl-C")
@click.pass_obj
def command(
    desk: Desk, editions: tuple[str, ...], edition: str | None, inputs: Path | None, format_: str, watch: bool
) -> None:
    """核查考核办法（EDITIONS，缺省为全部年度版本）；或者用 --edition 和 --input 核查报送材料。"""
    from scoring.app.check import check_editions, check_input

    folders = desk.folders()
    if (edition is None) != (inputs is None):
        raise click.UsageError("核查报送材料的，--edition 和 --input 要一起写。")

    def look() -> list[Finding]:
        if edition is not None and inputs is not None:
            found, checked = check_input(edition, inputs, folders)
        else:
            found, checked = check_editions(editions, folders)
        show(desk, found, checked, format_)
        return found

    if watch:
        look_again(look, [folders.rules, *map(Path, editions), *([inputs] if inputs else [])])
    sys.exit(exit_code(look()))


def look_again(look: Callable[[], object], roots: list[Path]) -> NoReturn:
    """Look now and whenever a file changed, once a second, until somebody presses Ctrl-C."""
    from scoring.app.watch import changes

    try:
        for _ in changes(roots, lambda: sleep(1)):
            look()
    except KeyboardInterrupt:
        pass
    sys.exit(CLEAN)


def show(desk: Desk, found: list[Finding], checked: list[str], format_: str) -> None:
    """The findings in the format asked for, and what was checked."""
    if format_ == "json":
        from scoring.render.findings import as_json

        click.echo(as_json(found, desk.catalogue()), nl=False)
    else:
        desk.findings(found)
        if checked:
            click.echo(f"已核查：{'、'.join(checked)}。" + ("" if found else "没有发现问题。"))
