"""`drafter align`: parse, call one step, print, exit code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit

if TYPE_CHECKING:
    from drafter.align import Alignment

EXAMPLE = "例：drafter align examples/qingping/profile.yaml examples/qingping/parent.txt"


def align(
    child: Annotated[
        Path, typer.Argument(metavar="本级方案", help="县情档案或任何方案文件", show_default=False)
    ],
    parent: Annotated[
        Path, typer.Argument(metavar="上级方案", help="县情档案或任何方案文件", show_default=False)
    ],
    profile: Annotated[
        Path | None,
        typer.Option(
            "--profile", metavar="档案.yaml", help="采用其中的决定和单位名录；本级方案就是档案时不必写"
        ),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="文件", help="把结果写成 JSON；- 为标准输出")
    ] = None,
    min_coverage: Annotated[
        float | None,
        typer.Option("--min-coverage", min=0, max=100, metavar="百分数", help="承接率低于此数时退出码为 1"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件（原文件留作 .bak）")] = False,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """逐条对照上级方案：哪些已承接，哪些缺，哪些低于上级。"""

    def run() -> Exit:
        from drafter.align.sides import align_files

        made = align_files(child, parent, profile, catalog=catalog, templates=templates)
        _print(made, json_file, force)
        low = min_coverage is not None and made.coverage.measures * 100 < min_coverage - 1e-9
        if low:
            say(f"承接率 {made.coverage.measures:.1%}，低于要求的 {min_coverage:g}%。")
        return Exit.FINDINGS if low else Exit.DONE

    finish(run, v, debug, "没有对照")


def _print(made: "Alignment", json_file: Path | None, force: bool) -> None:
    """The JSON where it was asked for; the summary on standard output, or beside a JSON that stands there."""
    import json

    from drafter.align import as_json
    from drafter.align.summary import lines

    text = "\n".join(lines(made))
    if json_file is None:
        typer.echo(text)
        return
    data = json.dumps(as_json(made), ensure_ascii=False, indent=1) + "\n"
    if str(json_file) == "-":
        typer.echo(data, nl=False)
        return
    from drafter.write.files import write_atomically
    from drafter.write.trace import sign

    # Signed, so that the next run may replace it, and an edited one is kept.
    write_atomically(json_file, sign(data.encode(), b'\n "signature": "', b'",', b"{"), force)
    typer.echo(text)
    say(f"已写入 {json_file}")
