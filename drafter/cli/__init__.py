"""Commands: parse, call one step, print, exit code. Nothing else; heavy imports wait until a command runs."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.command import Catalog, Command, Debug, Group, Templates, Verbose, finish, say, trace
from drafter.cli.templates import app as templates_app
from drafter.errors import Exit, Severity

if TYPE_CHECKING:
    from drafter.build import Built

_SAID = {
    r"No such command '([^']*)'.*Did you mean '([^']*)'": "没有命令“{}”；是不是要写“{}”？",
    r"No such command '([^']*)'": "没有命令“{}”",
    r"unexpected extra argument\S* \(([^)]*)\)": "多了参数“{}”",
    r"Option '([^']*)' requires an argument": "“{}”后面缺少内容",
    r"Option '([^']*)' does not take a value": "“{}”后面不带内容",
}
"""What the library says of a wrong command line, and how a drafter is told."""


app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="从数据起草县级实施方案：目录、县情、模板到规范排版的 .docx。",
)

app.add_typer(templates_app, name="templates")


class To(StrEnum):
    """Kinds of output."""

    DOCX = "docx"
    PDF = "pdf"
    MD = "md"
    HTML = "html"


class Schema(StrEnum):
    """Kinds of YAML file."""

    CATALOG = "catalog"
    PROFILE = "profile"
    PACK = "pack"


class Format(StrEnum):
    """How a plan that was read is printed."""

    JSON = "json"
    YAML = "yaml"
    MD = "md"


def _version(wanted: bool) -> None:
    if wanted:
        from drafter import __version__

        typer.echo(f"drafter {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    pass


@app.command(cls=Command, epilog="例：drafter build examples/qingping/profile.yaml -o plan.docx")
def build(
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
    clean: Annotated[bool, typer.Option("--clean", help="公开用的副本：不带来源标记")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="覆盖已有或人工改过的文件（原文件留作 .bak）")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有错误就不写文件")] = False,
    paper: Annotated[
        str | None,
        typer.Option("--paper", metavar="名称", help="模板包的其他文稿，如征求意见函"),
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
            profile, out, to.value if to else None, catalog=catalog, templates=templates, paginate=paginate, clean=clean, force=force,
            strict=strict, paper=paper,
        )  # fmt: skip
        return _report(built)

    finish(run, v, debug)


@app.command(cls=Command, epilog="例：drafter schema profile")
def schema(
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


@app.command(cls=Command, epilog="例：drafter read 上级方案.docx --format md")
def read(
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


# ------------------------------------------------------------------ printing


def _report(built: "Built") -> Exit:
    """What a drafter wants to know after a build: what is open, how long it is, where it is."""
    for severity in Severity:
        found = [finding for finding in built.findings if finding.severity is severity]
        if found:
            say(f"{severity.shown} {len(found)} 项：")
        for finding in found:
            where = f"（见“{finding.at}”）" if finding.at else ""
            say(f"  {finding.message}{where}" + (f"\n      → {finding.hint}" if finding.hint else ""))
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


def _usage(bad: typer.TyperException) -> str:
    """A wrong command line, told in Chinese."""
    kind, said = type(bad).__name__, bad.format_message()
    if kind == "NoSuchOption":
        return f"没有选项“{getattr(bad, 'option_name', '')}”"
    if kind == "MissingParameter":
        parameter = getattr(bad, "param", None)
        return f"缺少参数“{getattr(parameter, 'metavar', None) or getattr(parameter, 'name', '')}”"
    if kind == "BadParameter":
        parameter = getattr(bad, "param", None)
        return f"“{getattr(parameter, 'metavar', None) or getattr(parameter, 'name', '')}”的值不对"
    for pattern, chinese in _SAID.items():
        found = re.search(pattern, said)
        if found:
            return chinese.format(*found.groups())
    return f"命令写法不对（{said}）"


def main() -> int:
    """The command line; returns the exit code. Chinese messages, exit codes of DESIGN, no traceback without --debug."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that cannot show Chinese must not stop the work.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8" if not stream.isatty() else None, errors="replace")
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as bad:
        say(f"{_usage(bad)}\n    → 用 drafter --help 或 drafter 命令 --help 查看写法")
        code = Exit.INPUT
    except (typer.Abort, KeyboardInterrupt):
        say("已中断。")
        code = Exit.INTERRUPTED
    except Exception as bad:
        if "--debug" in sys.argv:
            trace()
        say(f"drafter 内部出错：{type(bad).__name__}: {bad}\n    → 请加 --debug 重试，并把输出反馈给维护者")
        code = Exit.BUG
    return int(code or 0)
