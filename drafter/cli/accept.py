"""`drafter accept`: parse, call one step, print, exit code."""

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish
from drafter.errors import Exit

EXAMPLE = "例：drafter accept profile.yaml youth-curriculum"


def command(
    profile: Annotated[Path, typer.Argument(metavar="档案.yaml", help="县情档案", show_default=False)],
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="举措", help="只接受这些举措；默认全部", show_default=False),
    ] = None,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """显示目录文字的改动，并改用目录的新文字。"""

    def run() -> Exit:
        from drafter.accept import accept as step

        for change in step(profile, tuple(measures or ()), catalog, templates):
            typer.echo(str(change))
        return Exit.DONE

    finish(run, v, debug, "没有写文件")
