"""`kaohe findings`: the page of a finding code, or the list of all codes."""

from __future__ import annotations

import sys

import click

from scoring.commands.desk import USAGE, Desk, table


@click.command()
@click.argument("code", required=False)
@click.pass_obj
def command(desk: Desk, code: str | None) -> None:
    """查看问题编号（CODE）的说明；不写编号的，列出全部。"""
    from scoring.finding import SEVERITIES

    catalogue = desk.catalogue()
    if code is None:
        rows = [(each, catalogue.word(SEVERITIES[each]), catalogue.entry(each).title) for each in sorted(SEVERITIES)]
        click.echo(table(rows, ["编号", "级别", "问题"]))
        return
    code = code.upper()
    if code not in SEVERITIES:
        desk.say(f"没有编号 {code}。不写编号，可以列出全部编号。")
        sys.exit(USAGE)
    entry = catalogue.entry(code)
    click.echo(f"{code}　{catalogue.word(SEVERITIES[code])}　{entry.title}\n\n{entry.page.rstrip()}")
