"""`drafter read`: parse, call one step, print, exit code."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit

EXAMPLE = "例：drafter read 上级方案.docx --format md"


class Format(StrEnum):
    """How a plan that was read is printed."""

    JSON = "json"
    YAML = "yaml"
    MD = "md"


def command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="方案文件", help=".docx .pdf .html .md .txt，或 .doc .wps .rtf .odt", show_default=False
        ),
    ],
    form: Annotated[
        Format,
        typer.Option("--format", metavar="json|yaml|md", help="结构（json、yaml）或可再编辑的标记文本（md）"),
    ] = Format.JSON,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """读出任何一份方案的结构：层次、任务、责任单位、目标、依据。"""

    def run() -> Exit:
        import json

        from drafter.read import read as step

        document = step(file)
        if form is Format.MD:
            from drafter.markup import print_document

            typer.echo(print_document(document), nl=False)
            return Exit.DONE
        from drafter.outline import as_json, outline

        made = as_json(outline(document))
        if form is Format.JSON:
            typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
        else:
            from drafter.yaml_tree import dump

            typer.echo(dump(made), nl=False)
        for entry in document.unread:
            say(f"没有读懂：{entry.what}（{entry.where}）")
        return Exit.DONE

    finish(run, v, debug, "没有读出内容")
