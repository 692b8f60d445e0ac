"""`kaohe score`: score every department in one go."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoring.commands.desk import FOUND, Desk, contradictions, exit_code, progress

FOLDER = click.Path(path_type=Path)


@click.command()
@click.option("--edition", required=True, help="年度版本，如 2023")
@click.option("--input", "inputs", required=True, type=FOLDER, help="报送材料所在文件夹")
@click.option("--out", required=True, type=FOLDER, help="结果保存到哪个文件夹")
@click.option("--previous", type=FOLDER, help="上一年度的结果，用于对比名次")
@click.option("--matcher", type=click.Choice(["durable", "plain", "both"]), help="判定方式，缺省自动选择")
@click.option("--force", is_flag=True, help="替换已有结果，原结果改名保留")
@click.option("--corrects", type=FOLDER, help="更正哪一次结果")
@click.option("--by", default="", help="更正由谁决定")
@click.option("--why", default="", help="更正的理由")
@click.pass_obj
def command(
    desk: Desk,
    edition: str,
    inputs: Path,
    out: Path,
    previous: Path | None,
    matcher: str | None,
    force: bool,
    corrects: Path | None,
    by: str,
    why: str,
) -> None:
    """按年度考核办法评定全部部门，写出结果文件夹。"""
    from scoring.app.correct import correct
    from scoring.app.score import Order, score
    from scoring.app.summary import summary
    from scoring.engine import EngineAbsent

    if corrects is not None and not (by and why):
        raise click.UsageError("更正已有结果的，要用 --by 写明由谁决定、用 --why 写明理由。")
    order = Order(edition, inputs, out, inputs.as_posix(), previous, matcher, force, corrects, by, why)
    with contradictions():
        try:
            scored = (score if corrects is None else correct)(order, desk.folders(), progress)
        except EngineAbsent as problem:
            raise click.UsageError(
                f"这台机器上没有 durable-rules（{problem}）。不写 --matcher 即可用内置判定。"
            ) from problem
    desk.findings(scored.findings)
    if scored.assessment is None or not scored.written:
        sys.exit(exit_code(scored.findings) or FOUND)
    click.echo(summary(scored.assessment.data(), out.as_posix(), scored.matcher))
    sys.exit(exit_code(scored.findings) or (0 if scored.assessment.complete else FOUND))
