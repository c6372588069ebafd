"""What every command shares: Chinese help, common options, messages, exit codes."""

import os
import platform
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from drafter.errors import DrafterError, Exit

_HELP_WORDS = {
    "Usage: ": "用法：",
    "[OPTIONS] COMMAND [ARGS]...": "[选项] 命令 [参数]...",
    "[OPTIONS]": "[选项]",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Show this message and exit.": "显示本说明。",
    "[required]": "［必填］",
}


class Command(TyperCommand):
    """A command whose help is in Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        return _in_chinese(super().get_help(ctx))


class Group(TyperGroup):
    """A group whose help is in Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        return _in_chinese(super().get_help(ctx))


def _in_chinese(text: str) -> str:
    for english, chinese in _HELP_WORDS.items():
        text = text.replace(english, chinese)
    # The library writes {metavar}, <type> and [default: x] in its own way.
    text = re.sub(r"\{([^{}]*)\}|(?<=\S) <[^<>]*>", r"\1", text)
    return re.sub(r"\[default: ([^\]]*)\]", r"［默认：\1］", text)


Catalog = Annotated[
    Path | None, typer.Option("--catalog", metavar="文件夹", help="本单位的目录，优先于自带目录")
]
Templates = Annotated[
    Path | None, typer.Option("--templates", metavar="文件夹", help="本单位的模板，优先于自带模板")
]
Verbose = Annotated[bool, typer.Option("-v", help="在标准错误上显示各步骤")]
Debug = Annotated[bool, typer.Option("--debug", help="出错时显示详细信息和版本")]


def say(text: str) -> None:
    typer.echo(text, err=True)


def finish(run: Callable[[], Exit], verbose: bool, debug: bool, failed: str = "没有写文件") -> None:
    """Run a command's step; every failure becomes a message and an exit code (DESIGN, Errors)."""
    if verbose or debug:
        import logging

        logging.basicConfig(level=logging.INFO, format="%(name)s：%(message)s", stream=sys.stderr)
    try:
        code = run()
    except KeyboardInterrupt:
        say("已中断。")
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        # Nobody reads on; what follows must not fail for it again.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        code = Exit.DONE
    except DrafterError as bad:
        if debug:
            trace()
        for finding in bad:
            say(str(finding))
        say(f"共 {len(bad.findings)} 个问题，{failed}。")
        code = Exit.INPUT
    raise typer.Exit(code)


def trace() -> None:
    from drafter import __version__

    say(f"drafter {__version__}，Python {platform.python_version()}，{platform.platform()}")
    say(traceback.format_exc())
