"""What is said of a command that was not given rightly, in the language of the program: click itself speaks English."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click

_NO_COMMAND = re.compile(r"No such command '(.*)'\.")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_PIECES = {"[OPTIONS]": "[选项]", "[COMMAND]": "[命令]", "COMMAND": "命令", "[ARGS]...": "…"}
_ARGUMENTS = {
    "RUN": "结果文件夹",
    "OLD": "结果文件夹",
    "NEW": "结果文件夹",
    "DEPARTMENT": "部门",
    "EDITION": "年度版本",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "DIR": "文件夹",
}


def usage_error(error: click.UsageError) -> str:
    """The fault, the command as it is written, and where all of it stands."""
    if error.ctx is None:
        return fault(error)
    path = error.ctx.command_path
    pieces = " ".join(" ".join(error.ctx.command.collect_usage_pieces(error.ctx)).split())
    for english, chinese in _PIECES.items():
        pieces = pieces.replace(english, chinese)
    return f"{fault(error)}\n写法：{path} {pieces}\n详细的写法：{path} --help"


def fault(error: click.UsageError) -> str:
    """What is wrong: what a verb says of it itself, or one of the faults that click finds."""
    match error:
        case click.NoSuchOption():
            near = "、".join(sorted(error.possibilities or ()))
            return f"没有选项“{error.option_name}”。" + (f"相近的有：{near}。" if near else "")
        case click.MissingParameter():
            return f"缺少{_hint(error)}。"
        case click.BadOptionUsage():
            wanting = "requires" in error.message
            return f"选项“{error.option_name}”后面{'要写内容' if wanting else '不写内容'}。"
        case click.BadParameter() if error.param is not None:
            if isinstance(error.param.type, click.Choice):
                return f"{_hint(error)}只能写：{'、'.join(map(str, error.param.type.choices))}。"
            return f"{_hint(error)}的内容不对：{error.message}"
    unknown = _NO_COMMAND.fullmatch(error.message)
    if unknown:
        group = error.ctx.command if error.ctx is not None else None
        verbs = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []
        likely = "、".join(get_close_matches(unknown[1], verbs))
        return f"没有命令“{unknown[1]}”。" + (f"相近的有：{likely}。" if likely else "")
    extra = _EXTRA.fullmatch(error.message)
    return f"多写了“{extra[1]}”。" if extra else error.message


def _hint(error: click.BadParameter) -> str:
    """The option or argument that an error is about."""
    if error.param is None:
        return f"“{error.param_hint or ''}”"
    if isinstance(error.param, click.Option):
        return f"选项“{error.param.opts[0]}”"
    name = error.param.human_readable_name
    return f"{_ARGUMENTS.get(name, '')}（{name}）"
