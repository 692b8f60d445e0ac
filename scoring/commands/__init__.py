"""The command line (命令): click only. A verb reads its arguments, runs one use case, prints, and sets the exit code.

Verbs are imported when they are called, so that `kaohe --help` need not wait for what it does not use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from scoring import __version__
from scoring.commands.desk import Desk, streams_in_utf8

VERBS = {
    "check": "核查考核办法或者报送材料，不评分",
    "test": "重新计算考核办法的样例",
    "method": "按评分表印出考核办法，或者把一项规则读成条文",
    "score": "按年度考核办法评定全部部门",
    "explain": "逐分说明一个部门的得分依据",
    "audit": "生成得分核查页",
    "sample": "列出抽查建议清单",
    "verify": "核对结果与存档的办法、材料是否一致",
    "final": "登记审定",
    "sign": "给已审定的结果签名",
    "archive": "归档：结果、程序、目录和校验办法",
    "diff": "比较两次结果",
    "circular": "生成通报或者更正通知",
    "sheets": "生成各部门的得分单",
    "feedback": "生成送各部门的反馈函、得分单和复核申请表",
    "proof": "校对修改过的通报",
    "workbook": "生成核对用的工作簿",
    "export": "导出结果，供其他系统使用",
    "init": "新建工作文件夹",
    "mend": "把文件改为规范的UTF-8编码和英文标点",
    "findings": "查看问题编号的说明",
    "demo": "用示例区演示全过程",
}
"""Each verb with its one line of help, in the order of the work."""


class Verbs(click.Group):
    """The verbs, each imported only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"scoring.commands.{cmd_name}").command
        return command

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a verb; what was not given rightly is said in the language of the program, with exit code 2."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except click.UsageError as error:
            english = error.ctx is not None and error.ctx.find_root().params.get("lang") == "en"
            if english:
                error.show()
            else:
                from scoring.commands.usage import usage_error

                click.echo(usage_error(error), err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("已中止。", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, invoke_without_command=True)
@click.option("--rules", type=click.Path(path_type=Path), help="考核办法所在文件夹")
@click.option("--reports", type=click.Path(path_type=Path), help="文书模板所在文件夹")
@click.option("--office", type=click.Path(path_type=Path), help="机关设置文件 office.yaml")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="提示语言：zh 中文，en 英文")
@click.version_option(__version__, prog_name="kaohe")
@click.pass_context
def group(ctx: click.Context, rules: Path | None, reports: Path | None, office: Path | None, lang: str) -> None:
    """考核：部门预算绩效管理工作考核评分。"""
    ctx.obj = Desk(rules, reports, office, lang)
    if ctx.invoked_subcommand is None:
        from scoring.commands.home import show

        show(ctx.obj)


def main() -> None:
    """The entry point of the installed command and of cli.py."""
    streams_in_utf8()
    try:
        group(prog_name="kaohe")
    except BrokenPipeError:
        sys.exit(1)
