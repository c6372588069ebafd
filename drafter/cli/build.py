"""`drafter build`: parse, call one step, print, exit code."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit, Severity

if TYPE_CHECKING:
    from drafter.build import Built

EXAMPLE = "例：drafter build examples/qingping/profile.yaml -o plan.docx"


class To(StrEnum):
    """Kinds of output."""

    DOCX = "docx"
    PDF = "pdf"
    MD = "md"
    HTML = "html"


def command(
    profile: Annotated[Path, typer.Argument(metavar="档案.yaml", help="县情档案", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("-o", metavar="文件", help="写到哪里；默认与档案同名同处")
    ] = None,
    to: Annotated[
        To | None, typer.Option("--to", metavar="docx|pdf|md|html", help="输出格式；默认看 -o 的扩展名")
    ] = None,
    paginate: Annotated[
        bool, typer.Option("--paginate", help="用 LibreOffice 排页：版记落在双页，报告页数")
    ] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="在每项举措旁加 Word 批注：编号、来源、回应的上级条目、待填")
    ] = False,
    clean: Annotated[bool, typer.Option("--clean", help="公开用的副本：不带来源标记")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="覆盖已有或人工改过的文件（原文件留作 .bak）")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有错误就不写文件")] = False,
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="名称", help="模板包的其他文稿，如征求意见函")
    ] = None,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """由县情档案生成方案。"""

    def run() -> Exit:
        from drafter.build import build as step

        built = step(
            profile, out, to.value if to else None, catalog=catalog, templates=templates, paginate=paginate,
            annotate=annotate, clean=clean, force=force,
            strict=strict, paper=paper,
        )  # fmt: skip
        code = report(built)
        if paper and any(finding.rule == "draft.open" for finding in built.findings):
            say(f"待填的可以一问一答地填：drafter new {profile} --paper {paper}")
        return code

    finish(run, v, debug)


def report(built: "Built") -> Exit:
    """What a drafter wants to know after a build: what is open, how long it is, where it is."""
    for severity in Severity:
        found = [finding for finding in built.findings if finding.severity is severity]
        if found:
            say(f"{severity.shown} {len(found)} 项：")
        for finding in found:
            where = f"（见“{finding.at}”）" if finding.at else ""
            times = f"（{finding.count} 处）" if finding.count > 1 else ""
            say(f"  {finding.message}{times}{where}" + (f"\n      → {finding.hint}" if finding.hint else ""))
    length, written = built.length, built.written
    pages = f"约 {length.pages:g} 页"
    if written and written.pages:
        body = f"，其中正文 {written.pages.body} 页" if written.pages.body else ""
        pages = f"全文 {written.pages.total} 页{body}"
    say(f"正文 {length.characters} 字，{pages}。")
    if written is None:
        say("有错误，没有写文件（--strict）。")
        return Exit.FINDINGS
    if written.backup:
        say(f"原文件另存为 {written.backup}")
    say(f"已写入 {written.path}")
    failed = any(finding.severity is Severity.ERROR for finding in built.findings)
    return Exit.FINDINGS if failed else Exit.DONE
