"""`drafter new`: parse, call one step, print, exit code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.build import report
from drafter.cli.command import Catalog, Debug, Templates, Verbose, finish, say
from drafter.errors import Exit

if TYPE_CHECKING:
    from drafter.wizard import Made, State
    from drafter.wizard.question import Answer
    from drafter.wizard.summary import Summary

EXAMPLE = "例：drafter new 双峰.yaml --place 双峰县 --parent 娄底方案.docx"


def command(
    profile: Annotated[
        Path, typer.Argument(metavar="档案.yaml", help="写到哪里；已有的档案接着做", show_default=False)
    ] = Path("profile.yaml"),
    place: Annotated[
        str | None, typer.Option("--place", metavar="地名", help="县名、全称或六位区划代码")
    ] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="2026-2030", help="规划期")] = None,
    parent: Annotated[
        list[str] | None, typer.Option("--parent", metavar="文件", help="上级方案，可写几次")
    ] = None,
    previous: Annotated[str | None, typer.Option("--previous", metavar="文件", help="本县上一轮方案")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="文件", help="事先写好的回答（YAML）")
    ] = None,
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="名称", help="再问其他文稿要填的，如征求意见函")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="全取默认值，什么都不问，生成初稿的档案")] = False,
    catalog: Catalog = None,
    templates: Templates = None,
    v: Verbose = False,
    debug: Debug = False,
) -> None:
    """一问一答，生成县情档案；中断了再运行一次就接着做。"""

    def run() -> Exit:
        given: dict[str, Any] = {}
        if answers is not None:
            from drafter.wizard.answers import read_answers

            given |= read_answers(answers)
        options = {
            "place": place,
            "period": period,
            "previous": _here(previous),
            "paper": paper,
            "parent": tuple(_here(each) for each in parent or ()),
        }
        given |= {key: value for key, value in options.items() if value}
        return _new(profile, given, yes, catalog, templates)

    finish(run, v, debug, "没有写文件")


def _here(file: str | None) -> str | None:
    """A path of the command line: seen from the working folder, not from the profile's."""
    return str(Path(file).expanduser().absolute()) if file else None


def _new(
    profile: Path,
    given: "dict[str, Answer]",
    yes: bool,
    catalog: Path | None,
    templates: Path | None,
) -> Exit:
    """Choose who answers, hold the conversation, tell what came of it."""
    from drafter.errors import InputError, error
    from drafter.lock import locked
    from drafter.wizard import Folders, begin, finish, save
    from drafter.wizard.papers import wanted
    from drafter.wizard.talk import StuckError, Unanswered, defaults

    person = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    folders = Folders(profile.absolute().parent, catalog, templates)
    with locked(profile):
        state = begin(profile, folders, given, tell=say)
        if yes:
            code = _told(finish(state, defaults, write=lambda: True), state)
            _next(profile, state)
            return code
        if not person:
            silent = Unanswered()
            try:
                made = finish(state, silent, write=lambda: not silent.open)
            except StuckError:
                made = None
            if silent.open:
                raise InputError(
                    error("answers.open", f"这里没有终端，还有 {len(silent.open)} 个问题没有回答：\n  " + "\n  ".join(silent.open),
                          "用 --answers 文件回答，或加 --yes 取默认值")
                )  # fmt: skip
            assert made is not None, "stuck only at an open question"
            code = _told(made, state)
            _next(profile, state)
            return code
        from drafter.wizard.terminal import Terminal

        terminal = Terminal()
        try:
            terminal.welcome(state)
            made = finish(state, terminal)
        except KeyboardInterrupt:
            # Where there is one kind of plan, nobody was asked for it.
            if state.has("place") or (state.has("family") and len(state.families()) > 1):
                save(state, unfinished=True)
                say(f"\n已保存到 {profile}。接着做：drafter new {profile}")
                return Exit.INTERRUPTED
            say("\n还没有可保存的回答。")
            return Exit.INTERRUPTED
        code = _told(made, state)
        asked = wanted(state)
        if terminal.wants_build(state.pack.papers[asked].label if asked else "第一稿"):
            from drafter.build import build

            say("正在生成……")
            code = report(build(profile, catalog=catalog, templates=templates, paper=asked or None))
        _next(profile, state)
        return code


def _told(made: "Made", state: "State") -> Exit:
    """What a drafter wants to know at the end, and the next two commands."""
    if state.noted.get("late"):
        say(state.noted["late"])
    figures = made.summary
    if figures:
        shown = {
            "catalog": "采用目录举措",
            "own": "照上级条目改写",
            "omit": "不列入",
            "not-applicable": "不适用",
            "open": "没有定",
        }
        say(
            f"对照《{figures.title.strip('《》')}》：共 {figures.items} 条任务，"
            + "，".join(f"{shown[key]} {count} 条" for key, count in figures.became.items())
            + "。"
        )
        _aligned(figures)
        if figures.rework:
            say(f"照上级条目改写的 {figures.rework} 条在档案的 local 里，标着 rework: true，须人工修改。")
    if made.later:
        say(f"留待以后填写的 {len(made.later)} 项：")
        for text in made.later[:10]:
            say(f"  · {text.removesuffix('？')}")
        if len(made.later) > 10:
            say("  · ……")
    say(f"已写入 {made.path}")
    return Exit.DONE


def _aligned(figures: "Summary") -> None:
    """Coverage, orders to lower levels, what is missing, and the share that is the parent's own text."""
    made = figures.alignment
    if made is None:
        return
    if made.other_period:
        say("上级方案属于其他规划期：只参照其结构和任务，目标、年份、数字、文号都没有沿用。")
    from drafter.align.figures import counted

    count = counted(made)
    say(
        f"与上级对照：已承接 {count['covered']} 条，部分承接 {count['partial']} 条，未承接 {count['missing']} 条，"
        f"承接率 {count['coverage']}。"
    )
    rows = [pair for pair in made.pairs if pair.kind == "measure"]
    orders = [pair for pair in rows if pair.addressed != "own"]
    if orders:
        answered = sum(pair.status != "missing" for pair in orders)
        say(f"要求下级办的 {len(orders)} 条，已有着落 {answered} 条。")
    say(f"照抄上级的约占 {count['copied']}。")


def _next(profile: Path, state: "State") -> None:
    """The last lines: what to run now."""
    from drafter.wizard.papers import wanted

    say(f"下一步：\n  drafter new {profile}      补填或修改\n  drafter build {profile}    生成方案")
    files = [each["file"] for each in state.data.get("parents") or [] if each.get("file")]
    if files:
        file = profile.parent / files[-1]
        say(f"  drafter align {profile} {file} --html 对照.html    逐条对照上级方案")
    if wanted(state):
        label = state.pack.papers[wanted(state)].label
        say(f"  drafter build {profile} --paper {label}    生成{label}")
