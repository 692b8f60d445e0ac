"""`kaohe test`: run the worked examples of an edition; with --mutate, change every number of its rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import click

from scoring.commands.desk import Desk, exit_code

if TYPE_CHECKING:
    from scoring.app.worked import Left, Trials, Tried


@click.command()
@click.argument("editions", nargs=-1)
@click.option("--mutate", is_flag=True, help="把规定中的数逐个改动一个单位，列出没有样例发现的数")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.pass_obj
def command(desk: Desk, editions: tuple[str, ...], mutate: bool, format_: str) -> None:
    """重新计算考核办法的样例（EDITIONS，缺省为全部年度版本），核对得分、等次和名次，并列出样例没有用到的规定。"""
    from scoring.app.worked import try_editions

    found, tried = try_editions(editions, desk.folders(), changes=mutate, progress=changes)
    if format_ == "json":
        from scoring.render.findings import as_json

        click.echo(as_json(found, desk.catalogue()), nl=False)
    else:
        desk.findings(found)
        for each in tried:
            click.echo(summary(each))
            if each.trials is not None:
                click.echo(told(each.trials))
    sys.exit(exit_code(found))


def summary(tried: Tried) -> str:
    """What the examples came to and what they reach, in a line."""
    met = "全部相符" if not tried.unmet else f"{tried.unmet}个不符"
    return (
        f"{tried.edition}：样例{tried.examples}个（部门{tried.departments}个），{met}。"
        f"样例用到评分标准{tried.criteria - tried.unexpected}/{tried.criteria}项，"
        f"档次、情形和条件{tried.spots - tried.unreached}/{tried.spots}处。"
    )


def told(trials: Trials) -> str:
    """What came of the changes, and which numbers were left alone."""
    unnoticed = trials.tried - trials.by_example - trials.by_check
    heard = f"样例发现{trials.by_example}次，核查考核办法时发现{trials.by_check}次，没有发现{unnoticed}次"
    lines = [f"改动数{trials.numbers}个、{trials.tried}次：{heard}。"]
    for reason, several in groupby(sorted(trials.left, key=lambda each: each.reason), key=lambda each: each.reason):
        places = [where(each) for each in several]
        lines.append(f"未改动{len(places)}个（{reason}）：{'；'.join(places)}。")
    return "\n".join(lines)


def where(left: Left) -> str:
    """A number that was left alone, by its place."""
    said = f"{left.number.path}第{left.number.place.line}行 {left.number.text}"
    return f"{said}改为{left.instead}" if left.instead else said


def changes(heard: Iterable[str], total: int) -> Iterable[str]:
    """A progress bar on the changes, on a terminal only."""
    from tqdm import tqdm

    return tqdm(heard, total=total, unit="次", desc="改动", leave=False, disable=None, delay=1)
