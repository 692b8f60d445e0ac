"""`kaohe circular`: the circular for the leaders, for all departments or for everybody."""

from __future__ import annotations

from pathlib import Path

import click

from scoring.commands.desk import Desk, papers

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("run", type=PATH)
@click.option("--format", "formats", default="md", show_default=True, help="格式，几种用逗号隔开：md、html、docx、pdf")
@click.option(
    "--letterhead",
    type=click.Choice(["none", "draft", "full"]),
    default="none",
    show_default=True,
    help="版头和版记：none 不印（由办公系统添加），draft 印，文号和日期留空，full 全部印出",
)
@click.option(
    "--audience",
    type=click.Choice(["approval", "issued", "public"]),
    default="approval",
    show_default=True,
    help="给谁看：approval 送审稿，issued 印发稿，public 公开稿",
)
@click.option("--pictures/--no-pictures", default=None, help="图表作为附件（html、docx、pdf）；不写的，送审稿有")
@click.option("--corrects", type=PATH, help="更正哪一次结果；写了的，生成更正通知，不生成通报")
@click.option("--out", type=PATH, help="另存到哪个文件夹；不写的，放在结果文件夹的published中")
@click.option("--passages", type=PATH, help="手写段落文件；不写的，用结果文件夹旁边的 名称.passages.yaml")
@click.option("--force", is_flag=True, help="替换改动过的文书")
@click.pass_obj
def command(
    desk: Desk,
    run: Path,
    formats: str,
    letterhead: str,
    audience: str,
    pictures: bool | None,
    corrects: Path | None,
    out: Path | None,
    passages: Path | None,
    force: bool,
) -> None:
    """生成结果（RUN）的通报，或者用 --corrects 生成更正通知；审定以前都带“送审稿”字样。"""
    from scoring.app.notice import notice
    from scoring.app.publish import CircularOrder, circular

    wanted = desk.formats(formats)
    workplace = Path("office.yaml") if Path("office.yaml").is_file() else None
    order = CircularOrder(run, audience, wanted, letterhead, out, desk.office, workplace, passages, force, pictures)
    published = circular(order, desk.folders(), papers) if corrects is None else notice(order, corrects, desk.folders())
    desk.findings(published.findings)
    for path in published.files:
        click.echo(path.as_posix())
    if published.passages is not None:
        desk.say(f"可以在 {published.passages.as_posix()} 中填写手写段落，重新生成通报时保留。")
    desk.stop(published.findings)
