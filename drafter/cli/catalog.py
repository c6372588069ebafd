"""`drafter catalog …`: parse, call one step, print, exit code."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli import learn
from drafter.cli.command import Catalog, Command, Debug, Group, Templates, Verbose, finish, say
from drafter.errors import Exit, Severity

if TYPE_CHECKING:
    from drafter.model.catalog import Catalog as Entries

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="查看、搜索、核对举措目录。",
    epilog="例：drafter catalog search 志愿者培训",
)


class Shape(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


class PowerOption(StrEnum):
    """事权, as an option."""

    COUNTY = "county"
    COOPERATE = "cooperate"
    REPORT_UP = "report-up"


Family = Annotated[
    str | None,
    typer.Option("--family", metavar="编号", help="哪一类方案的目录；默认只有一类时用它，否则用自带的"),
]
Form = Annotated[Shape, typer.Option("--format", metavar="text|json", help="给人看，或给程序用")]


def _json(made: Any) -> str:
    import json

    return json.dumps(made, ensure_ascii=False, indent=1)


def _open(family: str | None, given: Path | None) -> "Entries":
    """The catalog; what was left out of it and what else there is goes to standard error."""
    from drafter.catalog import open_catalog

    opened = open_catalog(family, given)
    for finding in opened.left_out:
        say(str(finding))
    if opened.others and family is None:
        say(f"另有其他类方案的目录，用 --family 选定：{'、'.join(opened.others)}")
    return opened.catalog


def _finish(run: Callable[[], Exit], v: bool, debug: bool) -> None:
    finish(run, v, debug, "没有结果")


@app.command("list", cls=Command, epilog="例：drafter catalog list --power cooperate")
def list_(
    group: Annotated[str | None, typer.Option("--group", metavar="分组", help="编号或名称")] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="标签", help="带这个标签的")] = None,
    power: Annotated[
        PowerOption | None,
        typer.Option("--power", metavar="county|cooperate|report-up", help="县级实施、落实配合、向上争取"),
    ] = None,
    layer: Annotated[str | None, typer.Option("--layer", metavar="层", help="自带、本地或指定")] = None,
    applies: Annotated[
        str | None, typer.Option("--applies", metavar="特征", help="须具备这项县情特征的")
    ] = None,
    family: Family = None,
    form: Form = Shape.TEXT,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """列出举措：分组、编号、标题、出自哪一层、是否慎用。"""

    def run() -> Exit:
        from drafter.catalog import listing
        from drafter.model.words import Power

        entries = _open(family, catalog)
        wanted = listing.Wanted(group, tag, Power(power.value) if power else None, layer, applies)
        found = listing.rows(entries, wanted)
        made = listing.as_json(entries, found)
        typer.echo(_json(made) if form is Shape.JSON else listing.as_text(entries, found))
        return Exit.DONE

    _finish(run, v, debug)


@app.command(cls=Command, epilog="例：drafter catalog search 志愿者培训")
def search(
    words: Annotated[list[str], typer.Argument(metavar="词...", help="几个词，或一句话", show_default=False)],
    most: Annotated[int, typer.Option("-n", metavar="条数", min=1, help="最多列出几条")] = 10,
    family: Family = None,
    form: Form = Shape.TEXT,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """按平常的说法找举措，错一两个字也能找到。"""

    def run() -> Exit:
        from drafter import search as step

        entries = _open(family, catalog)
        hits = step.search(entries, " ".join(words), most)
        if form is Shape.JSON:
            typer.echo(_json(step.as_json(hits)))
        elif hits:
            typer.echo(step.as_text(hits))
        if not hits:
            say(f"没有找到与“{' '.join(words)}”有关的举措。")
            say("    → 换个说法，或只写一两个词（如 培训、经费、志愿者）；drafter catalog list 列出全部举措")
        return Exit.DONE

    _finish(run, v, debug)


@app.command(cls=Command, epilog="例：drafter catalog show 编号")
def show(
    name: Annotated[
        str, typer.Argument(metavar="编号", help="举措、分组、文字的编号，或名词", show_default=False)
    ],
    family: Family = None,
    form: Form = Shape.TEXT,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """显示一条的全部内容：正文、参数、单位、依据、来源、所在文件。"""

    def run() -> Exit:
        from drafter.catalog import showing

        entries = _open(family, catalog)
        found = showing.entry(entries, name)
        made = showing.as_json(entries, found) if form is Shape.JSON else None
        typer.echo(_json(made) if made else showing.as_text(entries, found, showing.plans_folder()))
        return Exit.DONE

    _finish(run, v, debug)


@app.command(cls=Command, epilog="例：drafter catalog check --catalog 本单位目录")
def check(
    family: Family = None,
    form: Form = Shape.TEXT,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """核对目录：写法、引用、重复、地名、期限、来源、覆盖，一次列全。"""

    def run() -> Exit:
        from datetime import date

        from drafter.catalog import catalog_layers, family_of
        from drafter.catalog.checks import as_json, packs_of
        from drafter.catalog.checks import check as step

        found = catalog_layers(catalog)
        chosen = family_of(found, family)
        checked = step(chosen, found, packs_of(chosen, templates), date.today())
        counts = [
            (severity, sum(each.severity is severity for each in checked.findings)) for severity in Severity
        ]
        if form is Shape.JSON:
            typer.echo(_json(as_json(checked)))
        else:
            for finding in checked.findings:
                typer.echo(str(finding))
            said = "，".join(f"{severity.shown} {count} 项" for severity, count in counts if count)
            typer.echo(f"{len(checked.catalog.measures)} 条举措：{said or '没有问题'}。")
        return Exit.FINDINGS if counts[0][1] else Exit.DONE

    _finish(run, v, debug)


@app.command(cls=Command, epilog="例：drafter catalog stats --html 来源.html")
def stats(
    html: Annotated[Path | None, typer.Option("--html", metavar="文件", help="画成网页")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="文件", help="画成 SVG 图")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件（原文件留作 .bak）")] = False,
    family: Family = None,
    form: Form = Shape.TEXT,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """统计举措出自哪些方案，各方案收入了多少，还缺什么。"""

    def run() -> Exit:
        from drafter.catalog import coverage

        counted = coverage.coverage(_open(family, catalog))
        if html or svg:
            from drafter.catalog import grid

            for path, made in ((html, grid.as_html), (svg, grid.as_svg)):
                if path:
                    grid.write(path, made(counted), force)
                    say(f"已写入 {path}")
        made_json = coverage.as_json(counted)
        typer.echo(_json(made_json) if form is Shape.JSON else coverage.as_text(counted))
        return Exit.DONE

    _finish(run, v, debug)


app.command("learn", cls=Command, epilog=learn.EXAMPLE)(learn.command)
