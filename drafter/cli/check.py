"""`drafter check`: parse, call one step, print, exit code."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit, Finding, Location, Severity

if TYPE_CHECKING:
    from drafter.check.papers import Report

EXAMPLE = "例：drafter check 方案.docx --format json"


class Shape(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="文件", help="县情档案、.docx 或任何一份方案文件，可以几个", show_default=False
        ),
    ] = None,
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="档案.yaml", help="用这份档案的稿别和免审项")
    ] = None,
    shape: Annotated[
        Shape, typer.Option("--format", metavar="text|json", help="给人看，或给程序用")
    ] = Shape.TEXT,
    as_template: Annotated[bool, typer.Option("--as-template", help="按今天审：作母本用，要改哪些")] = False,
    disable: Annotated[
        list[str] | None, typer.Option("--disable", metavar="规则", help="不用这条规则，可写几次")
    ] = None,
    explain: Annotated[
        list[str] | None,
        typer.Option("--explain", metavar="规则", help="说明一条规则，可写几次；写 all 列出全部"),
    ] = None,
    fix: Annotated[
        Path | None,
        typer.Option("--fix", metavar="文件", help="把括号、一字线、空格、引号等改好，另存为这个文件"),
    ] = None,
    parent: Annotated[
        Path | None,
        typer.Option("--parent", metavar="上级方案", help="对照上级方案：缺什么、目标低不低、照抄多少"),
    ] = None,
    render: Annotated[
        bool, typer.Option("--render", help="用 LibreOffice 排出页面，查行数、字数、页末标题、版记")
    ] = False,
    docx_file: Annotated[
        Path | None,
        typer.Option("--docx", metavar="文件", help="把问题作为 Word 批注加在原处，另存为这个文件"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件（原文件留作 .bak）")] = False,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """审一份方案：每处问题写明位置、理由和改法。"""

    def run() -> Exit:
        from drafter.check.papers import Asked, explained, judge

        if explain:
            typer.echo(explained(explain))
            return Exit.DONE
        if docx_file is not None:
            _check(files or [], docx_file, force)
        if fix is not None:
            _fix(files or [], fix)
        asked = Asked(
            profile=profile, disabled=tuple(disable or ()), as_template=as_template, catalog=catalog,
            templates=templates, parent=parent, rendered=render, packed=docx_file is not None,
        )  # fmt: skip
        reports = judge(files or [], asked)
        _print(reports, shape)
        if docx_file is not None:
            _comment(reports[0], docx_file, force)
        failed = any(
            finding.severity is Severity.ERROR for report in reports for finding in report.checked.findings
        )
        return Exit.FINDINGS if failed else Exit.DONE

    finish(run, v, debug, "没有审")


def _fix(files: list[Path], target: Path) -> None:
    from drafter.check.fixing import fix
    from drafter.errors import InputError, error

    if len(files) != 1:
        raise InputError(error("fix.one", "--fix 一次只改一个文件", "只写一个要改的文件"))
    changes = fix(files[0], target)
    for change in changes:
        say(f"第{change.line}行：{change.before} → {change.after}  [{change.rule}]")
    say(f"改动 {len(changes)} 处，另存为 {target}")


def _check(files: list[Path], target: Path, force: bool) -> None:
    """Refuse, before anything is read, what cannot be written."""
    from drafter.errors import InputError, error
    from drafter.write.files import check_writable

    if len(files) != 1:
        raise InputError(error("check.docx", "--docx 一次只批注一个文件", "只写一个要审的文件"))
    if target.suffix.lower() != ".docx":
        at = Location(str(target))
        raise InputError(error("check.docx", "批注只能写成 .docx", "在 --docx 后写以 .docx 结尾的文件名", at))
    if files[0].resolve() == target.resolve() or (
        target.exists() and files[0].exists() and files[0].samefile(target)
    ):
        raise InputError(
            error("check.docx", "--docx 不能写到要审的文件上", "换一个文件名", Location(str(target)))
        )
    check_writable(target, force)


def _comment(report: "Report", target: Path, force: bool) -> None:
    from drafter.check.commenting import commented
    from drafter.write.files import write_atomically

    findings = report.checked.findings
    backup = write_atomically(target, commented(report.subject, findings), force)
    if backup:
        say(f"原文件另存为 {backup}")
    say(f"批注 {len(findings)} 条，已写入 {target}")


def _print(reports: "list[Report]", shape: Shape) -> None:
    if shape is Shape.TEXT:
        for report in reports:
            _text(report)
        return
    import json

    findings = [
        made
        for report in reports
        for made in (
            *(_json(finding, None) for finding in report.checked.findings),
            *(_json(finding, reason) for finding, reason in report.checked.waived),
        )
    ]
    checked = list(dict.fromkeys(rule for report in reports for rule in report.checked.rules))
    typer.echo(
        json.dumps(
            {"format": "drafter.check/1", "findings": findings, "checked": checked},
            ensure_ascii=False,
            indent=1,
        )
    )


def _json(finding: Finding, waived: str | None) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "quote": finding.quote,
        "count": finding.count,
        "places": [_place(place) for place in finding.places],
        "waived": waived,
    }


def _place(place: Location) -> dict[str, Any]:
    return {
        "file": place.path,
        "line": place.line,
        "paragraph": place.paragraph,
        "page": place.page,
        "node": place.node,
    }


def _text(report: "Report") -> None:
    typer.echo(f"{report.path}")
    for severity in Severity:
        found = [finding for finding in report.checked.findings if finding.severity is severity]
        if found:
            typer.echo(f"{severity.shown} {len(found)} 项：")
        for finding in found:
            times = f"（{finding.count} 处）" if finding.count > 1 else ""
            quote = f"「{finding.quote}」" if finding.quote else ""
            typer.echo(f"  {quote}{finding.message}{times}  [{finding.rule}]")
            where = "；".join(filter(None, (_where(place) for place in finding.places)))
            typer.echo(f"      {where}" if where else "", nl=bool(where))
            if finding.hint:
                typer.echo(f"      → {finding.hint}")
    for finding, reason in report.checked.waived:
        typer.echo(f"  已免审：「{finding.quote}」{finding.message}  [{finding.rule}]（{reason}）")
    if not report.checked.findings:
        typer.echo("没有发现问题。")


def _where(place: Location) -> str:
    parts = []
    if place.node:
        parts.append(place.node)
    if place.line is not None:
        parts.append(f"第{place.line}行")
    if place.paragraph is not None:
        parts.append(f"第{place.paragraph}段")
    if place.page is not None:
        parts.append(f"第{place.page}页")
    return " ".join(parts)
