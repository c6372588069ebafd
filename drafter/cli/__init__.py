"""Commands: parse, call one step, print, exit code. Nothing else; heavy imports wait until a command runs."""

import re
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated

import typer

from drafter.cli.command import Command, Group, say, trace
from drafter.errors import Exit

_SAID = {
    r"No such command '([^']*)'.*Did you mean '([^']*)'": "没有命令“{}”；是不是要写“{}”？",
    r"No such command '([^']*)'": "没有命令“{}”",
    r"unexpected extra argument\S* \(([^)]*)\)": "多了参数“{}”",
    r"Option '([^']*)' requires an argument": "“{}”后面缺少内容",
    r"Option '([^']*)' does not take a value": "“{}”后面不带内容",
}
"""What the library says of a wrong command line, and how a drafter is told."""


_COMMANDS = ("new", "build", "align", "check", "tasks", "accept", "read", "schema", "doctor")
_GROUPS = ("catalog", "templates")


def application(asked: str = "") -> typer.Typer:
    """The command line, with every command.

    `asked`: the one command that is wanted; where there is one of that name, no other is made, for making them all
    takes longer than checking a paper.
    """
    made = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        help="从数据起草县级实施方案：目录、县情、模板到规范排版的 .docx。",
    )
    made.callback()(_main)
    names = (*_COMMANDS, *_GROUPS)
    for name in (asked,) if asked in names else names:
        module = import_module(f"drafter.cli.{name}")
        if name in _GROUPS:
            made.add_typer(module.app, name=name)
        else:
            made.command(name, cls=Command, epilog=module.EXAMPLE)(module.command)
    return made


def _version(wanted: bool) -> None:
    if wanted:
        from drafter import __version__

        typer.echo(f"drafter {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    pass


def _usage(bad: typer.TyperException) -> str:
    """A wrong command line, told in Chinese."""
    kind, said = type(bad).__name__, bad.format_message()
    if kind == "NoSuchOption":
        return f"没有选项“{getattr(bad, 'option_name', '')}”"
    if kind == "MissingParameter":
        parameter = getattr(bad, "param", None)
        return f"缺少参数“{getattr(parameter, 'metavar', None) or getattr(parameter, 'name', '')}”"
    if kind == "BadParameter":
        parameter = getattr(bad, "param", None)
        return f"“{getattr(parameter, 'metavar', None) or getattr(parameter, 'name', '')}”的值不对"
    for pattern, chinese in _SAID.items():
        found = re.search(pattern, said)
        if found:
            return chinese.format(*found.groups())
    return f"命令写法不对（{said}）"


def main() -> int:
    """The command line; returns the exit code. Chinese messages, exit codes of DESIGN, no traceback without --debug."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A terminal or pipe that cannot show Chinese must not stop the work. ASCII only says that nobody set a locale.
        if isinstance(stream, TextIOWrapper):
            known = stream.isatty() and stream.encoding.lower() not in ("ascii", "us-ascii", "ansi_x3.4-1968")
            errors = "surrogateescape" if stream is sys.stdin else "replace"
            stream.reconfigure(encoding=None if known else "utf-8", errors=errors)
    try:
        code = application(*sys.argv[1:2])(standalone_mode=False)
    except typer.TyperException as bad:
        say(f"{_usage(bad)}\n    → 用 drafter --help 或 drafter 命令 --help 查看写法")
        code = Exit.INPUT
    except (typer.Abort, KeyboardInterrupt):
        say("已中断。")
        code = Exit.INTERRUPTED
    except Exception as bad:
        if "--debug" in sys.argv:
            trace()
        say(f"drafter 内部出错：{type(bad).__name__}: {bad}\n    → 请加 --debug 重试，并把输出反馈给维护者")
        code = Exit.BUG
    return int(code or 0)
