"""`drafter schema`: parse, call one step, print, exit code."""

from enum import StrEnum
from typing import Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish
from drafter.errors import Exit

EXAMPLE = "例：drafter schema profile"


class Schema(StrEnum):
    """Kinds of YAML file."""

    CATALOG = "catalog"
    PROFILE = "profile"
    PACK = "pack"


def command(
    kind: Annotated[
        Schema, typer.Argument(metavar="catalog|profile|pack", help="哪种文件", show_default=False)
    ],
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """打印 YAML 文件的 JSON Schema，供编辑器提示和校验。"""

    def run() -> Exit:
        import json

        from drafter.load import json_schema

        typer.echo(json.dumps(json_schema(kind.value), ensure_ascii=False, indent=1))
        return Exit.DONE

    finish(run, v, debug)
