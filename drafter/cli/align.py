"""`drafter align`: parse, call one step, print, exit code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.align.sides import Aligned

_STANDARD = "-"
EXAMPLE = "例：drafter align examples/qingping/profile.yaml examples/qingping/parent.txt --html 对照.html"


def command(
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
        Path | None, typer.Option("--json", metavar="文件", help="写成 JSON；各项结果的文件写 - 为标准输出")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="文件", help="写成网页：表格、筛选、两文并排，不需联网")
    ] = None,
    docx_file: Annotated[
        Path | None,
        typer.Option("--docx", metavar="文件", help="写成 Word 修订稿：上级文字改为本级文字，附任务对照表"),
    ] = None,
    xlsx_file: Annotated[
        Path | None, typer.Option("--xlsx", metavar="文件", help="写成可上报的任务对照表")
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
        from drafter.align.sides import aligned_files

        files = {"json": json_file, "html": html_file, "docx": docx_file, "xlsx": xlsx_file}
        outputs = {kind: file for kind, file in files.items() if file is not None}
        _check(outputs, force)
        aligned = aligned_files(child, parent, profile, catalog=catalog, templates=templates)
        _print(aligned, outputs, force)
        covered = aligned.alignment.coverage.measures
        low = min_coverage is not None and covered * 100 < min_coverage - 1e-9
        if low:
            say(f"承接率 {covered:.1%}，低于要求的 {min_coverage:g}%。")
        return Exit.FINDINGS if low else Exit.DONE

    finish(run, v, debug, "没有对照")


def _check(outputs: "Mapping[str, Path]", force: bool) -> None:
    """Refuse what cannot be written before anything is read: two outputs in one place, files of others."""
    from drafter.errors import InputError, error
    from drafter.write.files import check_writable

    places = [str(file) for file in outputs.values()]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        where = "标准输出" if twice == _STANDARD else f"“{twice}”"
        raise InputError(error("output.twice", f"有两项结果要写到{where}", "每项结果各写一个文件"))
    for file in outputs.values():
        if str(file) != _STANDARD:
            check_writable(file, force)


def _print(aligned: "Aligned", outputs: "Mapping[str, Path]", force: bool) -> None:
    """The files that were asked for; the summary on standard output, unless a file goes there."""
    from drafter.align.summary import lines

    made = {file: _report(kind, aligned, str(file) == _STANDARD) for kind, file in outputs.items()}
    standard = next((content for file, content in made.items() if str(file) == _STANDARD), None)
    if standard is None:
        typer.echo("\n".join(lines(aligned.alignment)))
    else:
        for warning in aligned.alignment.warnings:
            say(f"注意：{warning}")
        sys.stdout.flush()
        sys.stdout.buffer.write(standard)
    from drafter.write.files import write_atomically

    for file, content in made.items():
        if str(file) != _STANDARD:
            backup = write_atomically(file, content, force)
            if backup:
                say(f"原文件另存为 {backup}")
            say(f"已写入 {file}")


def _report(kind: str, aligned: "Aligned", bare: bool) -> bytes:
    """A report; one that goes to a file is signed, so that the next run may replace it, and an edited one is kept."""
    from drafter.write.trace import sign

    made, below, above = aligned.alignment, aligned.child, aligned.parent
    if kind == "json":
        import json

        from drafter.align import as_json

        data = (json.dumps(as_json(made), ensure_ascii=False, indent=1) + "\n").encode()
        return data if bare else sign(data, b'\n "signature": "', b'",', b"{")
    if kind == "html":
        from drafter.align.report_html import html_page

        return sign(html_page(made, above.outline, below.outline), b"<!-- ", b" -->\n")
    if kind == "xlsx":
        from drafter.align.report_xlsx import workbook
        from drafter.write.xlsx import xlsx_bytes

        return xlsx_bytes(workbook(made, above.outline, below.outline))
    from drafter.align.report_docx import docx_report

    author = below.outline.meta.issuer or below.outline.meta.locality or "drafter"
    day = aligned.profile.dates.issued if aligned.profile else None
    return docx_report(made, (above.document, above.outline), (below.document, below.outline), author, day)
