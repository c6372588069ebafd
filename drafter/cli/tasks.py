"""`drafter tasks`: parse, call one step, print, exit code."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit

EXAMPLE = "例：drafter tasks examples/qingping/profile.yaml --by organ -o 任务清单.xlsx"


class By(StrEnum):
    """What the tasks are sorted by."""

    ORGAN = "organ"


def command(
    plan: Annotated[Path, typer.Argument(metavar="方案", help="县情档案或任何方案文件", show_default=False)],
    by: Annotated[By, typer.Option("--by", metavar="organ", help="按什么分：organ 责任单位")] = By.ORGAN,
    out: Annotated[
        Path | None,
        typer.Option("-o", metavar="文件.xlsx", help="写到哪里；默认在方案旁边，名称加“-任务清单”"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件（原文件留作 .bak）")] = False,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """每个责任单位一张清单：牵头什么、配合什么、何时完成。"""

    def run() -> Exit:
        from drafter.align.sides import side
        from drafter.tasks import sheets
        from drafter.write.files import check_writable, write_atomically
        from drafter.write.xlsx import xlsx_bytes

        path = out or plan.with_name(f"{plan.stem}-任务清单.xlsx")
        check_writable(path, force)
        made = side(plan, catalog, templates).outline
        pages = sheets(made)
        backup = write_atomically(path, xlsx_bytes(pages), force)
        if backup:
            say(f"原文件另存为 {backup}")
        say(f"{len(pages) - 1} 张清单，已写入 {path}")
        for entry in made.unread:
            say(f"没有读懂：{entry.what}（{entry.where}）")
        return Exit.DONE

    finish(run, v, debug)
