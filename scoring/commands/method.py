"""`kaohe method`: an edition as the official scoring table; one of its rules read back as an official sentence."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk


@click.command()
@click.argument("edition")
@click.argument("indicator", default="")
@click.option("--format", "formats", default="md", show_default=True, help="格式，几种用逗号隔开：md、html、docx、xlsx")
@click.option("--out", type=click.Path(path_type=Path), help="存到哪个文件夹；只要md或者html的可以不写，直接输出")
@click.option("--force", is_flag=True, help="替换文件夹中改动过的同名文件")
@click.pass_obj
def command(desk: Desk, edition: str, indicator: str, formats: str, out: Path | None, force: bool) -> None:
    """按评分表印出考核办法（EDITION）；写明指标（INDICATOR，编码或者名称）的，把该项规则读成条文。"""
    from scoring.app import method as app

    wanted = tuple(dict.fromkeys(each.strip() for each in formats.split(",")))
    unknown = [each for each in wanted if each not in app.FORMATS]
    if unknown:
        raise click.UsageError(f"没有“{'、'.join(unknown)}”这种格式，可用的有：{'、'.join(app.FORMATS)}。")
    if indicator and (wanted != (app.MARKDOWN,) or out is not None):
        raise click.UsageError("只读一项规则的，不写 --format 和 --out。")
    if out is None and (len(wanted) > 1 or wanted[0] not in app.TEXTS):
        raise click.UsageError("docx、xlsx和多种格式的，要用 --out 写明存到哪个文件夹。")
    for each in wanted:
        desk.needs(each, app.EXTRA, app.MODULES.get(each, ()))
    folders = desk.folders()
    method, found = app.method_of(edition, folders)
    desk.findings(found)
    if method is None:
        desk.stop(found)
    if indicator:
        code, near = app.named(method, indicator)
        if not code:
            meant = f"相近的有：{'、'.join(near)}。" if near else ""
            raise click.UsageError(f"考核办法中没有“{indicator}”。{meant}")
        text, problems = app.rule_text(method, code, folders)
        desk.findings(problems)
        click.echo(text, nl=False)
        desk.stop([*found, *problems])
    printed = app.method_files(method, wanted, folders)
    desk.findings(printed.findings)
    if out is None:
        for content in printed.files.values():
            click.echo(content.decode(), nl=False)
    elif not printed.findings:
        written, problems = app.write_files(out, printed.files, force)
        desk.findings(problems)
        printed.findings += problems
        for path in written:
            click.echo(path.as_posix())
    desk.stop([*found, *printed.findings])
