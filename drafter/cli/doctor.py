"""`drafter doctor`: parse, call one step, print, exit code."""

from pathlib import Path

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish
from drafter.errors import Exit

EXAMPLE = "例：drafter doctor --catalog 本单位目录"


def command(
    catalog: Catalog = None, templates: Templates = None, v: Verbose = False, debug: Debug = False
) -> None:
    """检查字体、LibreOffice、终端编码和目录。"""

    def run() -> Exit:
        from drafter.doctor import checks

        found = checks(Path.cwd(), catalog, templates)
        for each in found:
            typer.echo(str(each))
        return Exit.DONE if all(each.well for each in found) else Exit.FINDINGS

    finish(run, v, debug, "检查没有做完")
