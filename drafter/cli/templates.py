"""`drafter templates …`: parse, call one step, print, exit code."""

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.command import Catalog, Command, Debug, Group, Templates, Verbose, finish, say
from drafter.errors import Exit, Severity

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="查看、复制、检查模板包：本单位的写法和版式不用改程序。",
    epilog="例：drafter templates check templates/my-office",
)


@app.command("list", cls=Command, epilog="例：drafter templates list")
def list_(
    catalog: Catalog = None, templates: Templates = None, v: Verbose = False, debug: Debug = False
) -> None:
    """列出模板包：编号、名称、出自哪一层。"""

    def run() -> Exit:
        from drafter.packs import listing

        opened, findings = listing(templates)
        for each in opened:
            base = f"，依据 {each.pack.extends}" if each.pack.extends else ""
            typer.echo(f"{each.pack.id}  {each.pack.title}（{each.layer}{base}）")
        for finding in findings:
            say(str(finding))
        return Exit.FINDINGS if findings else Exit.DONE

    finish(run, v, debug, "没有结果")


@app.command(cls=Command, epilog="例：drafter templates show my-office")
def show(
    pack: Annotated[str, typer.Argument(metavar="模板包", help="编号", show_default=False)],
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """一个模板包的标题、各部分、询问、形式、其他文稿。"""

    def run() -> Exit:
        from drafter.packs import description, open_pack

        typer.echo(description(open_pack(pack, templates)))
        return Exit.DONE

    finish(run, v, debug, "没有结果")


@app.command(cls=Command, epilog="例：drafter templates copy my-base templates/my-office --extend")
def copy(
    pack: Annotated[str, typer.Argument(metavar="模板包", help="编号", show_default=False)],
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="新模板包；文件夹名就是它的编号", show_default=False)
    ],
    extend: Annotated[bool, typer.Option("--extend", help="只写 pack.yaml，其余随原来的模板包")] = False,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """复制一个模板包，作为本单位模板的起点。"""

    def run() -> Exit:
        from drafter.packs import copy as step

        written = step(pack, folder, templates, extending=extend)
        for path in written:
            say(f"已写入 {path}")
        say(f"改完用 drafter templates check {folder} 检查；档案里写 pack: {folder.name}")
        return Exit.DONE

    finish(run, v, debug)


@app.command(cls=Command, epilog="例：drafter templates check templates/my-office")
def check(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="模板包所在的文件夹", show_default=False)],
    family: Annotated[
        str | None, typer.Option("--family", metavar="编号", help="用哪一类方案的目录来试；默认看 pack.yaml")
    ] = None,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """用各种稿别、层级、形式和版式的档案试做，一次报出模板包的全部问题。"""

    def run() -> Exit:
        from drafter.packs import own_folder
        from drafter.packs.check import check as step

        checked = step(own_folder(folder), catalog, family)
        for finding in checked.findings:
            typer.echo(str(finding))
        say(f"试做 {checked.papers} 份文稿，{len(checked.findings)} 个问题。")
        failed = any(each.severity is Severity.ERROR for each in checked.findings)
        return Exit.FINDINGS if failed else Exit.DONE

    finish(run, v, debug, "没有结果")
