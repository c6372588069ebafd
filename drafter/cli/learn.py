"""`drafter catalog learn`: parse, call one step, print, exit code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit

if TYPE_CHECKING:
    from drafter.learn import Learned

EXAMPLE = "例：drafter catalog learn 外县方案.docx --into catalog"


def command(
    file: Annotated[
        Path, typer.Argument(metavar="方案文件", help=".docx .pdf .html .md .txt 等", show_default=False)
    ],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="文件夹",
            help="写到哪个本地目录；默认为 --catalog 的，否则为当前文件夹下的 catalog",
        ),
    ] = None,
    family: Annotated[str | None, typer.Option("--family", metavar="编号", help="哪一类方案的目录")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件（原文件留作 .bak）")] = False,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """从一份方案中学习：目录里没有的举措写成待整理的条目，地名、单位、数字改为参数。"""

    def run() -> Exit:
        from drafter.learn.layer import learn_file

        made, written = learn_file(
            file, into or catalog or Path("catalog"), family, catalog=catalog, force=force
        )
        _print(made, written)
        return Exit.DONE

    finish(run, v, debug)


def _print(made: "Learned", written: "list[Path]") -> None:
    """What the catalog has already, what is new, what to do next."""
    title = made.facts.title or "方案"
    say(f"《{title}》共 {made.items} 条举措：目录中已有 {len(made.matched)} 条，新的 {len(made.drafts)} 条。")
    for draft in made.drafts:
        doubt = "" if draft.sure else "（可能已有相近条目，请核对）"
        say(f"  {draft.keys['id']}　{draft.node.title}（{draft.heading}）{doubt}")
    for path in written:
        say(f"已写入 {path}")
    if made.unknown:
        say(f"没有对应职能的单位：{'、'.join(made.unknown)}；在条目的 lead、support 中补上")
    if written:
        say(
            "下一步：逐条核对标题、正文和参数，补写 brief、must、deliverable，并入相近条目；整理好后删去标签“待整理”。"
        )
        say(f"    → 用 drafter catalog check --catalog {written[0].parents[2]} 核对")
    else:
        say("没有要写的条目。")
