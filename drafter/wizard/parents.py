"""Questions about the plans of the levels above, and about the county's own last plan (PRACTICE 17-20)."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter import divisions
from drafter.draft import parent_digest
from drafter.errors import InputError
from drafter.model.words import Tier
from drafter.wizard.last import take_from_last
from drafter.wizard.late import move_answers
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State

if TYPE_CHECKING:
    from drafter.outline import Outline

_FILES = "支持 .docx .pdf .html .md .txt，有 LibreOffice 时也支持 .doc .wps；可以把文件拖到窗口里"
_NUMBER = re.compile(r"[（(]\s*(\S+?〔\d{4}〕\d+号)\s*[）)]\s*$")
_LEVELS = {Tier.PROVINCE.value: "省级", Tier.PREFECTURE.value: "市级", Tier.STATE.value: "国家"}


def parent_questions(state: State) -> Iterator[Question]:
    """Which plans are out; each one's file, or title and number; whether an unlikely file is meant; the last plan."""
    yield Question(
        id="parent",
        text="上级方案的文件",
        kind=Kind.MANY,
        check=lambda state, answer: "；".join(filter(None, (_file_problem(state, each) for each in answer))),
        put=_put_files,
        done=lambda _: True,
    )
    yield _situation(state)
    for parent in tuple(state.data.get("parents") or []):
        yield from _one(state, parent)
    yield Question(
        id="previous",
        text="本县上一轮方案的文件？（没有就直接回车）",
        kind=Kind.FILE,
        help="从中取单位、主送机关、抄送和自己的做法，省得再填。" + _FILES,
        check=lambda state, answer: _file_problem(state, answer) if answer else "",
        default=lambda _: "",
        put=_put_previous,
        done=lambda state: False,
        when=lambda state: state.fresh and "previous" not in state.noted,
    )


def _put_files(state: State, answer: Answer) -> None:
    """Plans that an option names; where the profile answers an earlier one of the level, its answers move over."""
    for file in answer:
        before = {each["id"]: dict(each) for each in state.data.get("parents") or []}
        name = add_file(state, file)
        move_answers(state, name, before.get(name, {}))


def _put_previous(state: State, answer: Answer) -> None:
    state.noted["previous"] = _relative(state, str(answer)) if answer else ""
    if answer:
        take_from_last(state, state.outline(state.noted["previous"]))


# ------------------------------------------------------------------ which are out


def _above(state: State) -> list[tuple[str, str]]:
    """Level and name of what the place lies in, without the state."""
    place = state.place()
    return [(each.level.value, each.name) for each in place.parents] if place else []


def _situation(state: State) -> Question:
    above = _above(state)
    names = dict(above)
    province, prefecture = names.get("province", "省"), names.get("prefecture")
    choices = [
        Choice("province", f"只有{province}的已经印发" if prefecture else f"{province}的已经印发"),
        Choice("none", "都还没有印发"),
    ]
    if prefecture:
        choices.insert(0, Choice("both", f"{province}和{prefecture}的都已印发"))
        choices.insert(2, Choice("prefecture", f"手上只有{prefecture}的"))
    return Question(
        id="situation",
        text="上级的同类方案印发了没有？",
        kind=Kind.CHOICE,
        help="已经印发的，下一步请给出文件，逐条对照起草。还没有印发的先空着，印发后运行 drafter new 档案 --parent 文件 补上。",
        choices=tuple(choices),
        put=_put_situation,
        done=lambda state: "parents" in state.data,
    )


def _put_situation(state: State, answer: Answer) -> None:
    period = state.get("period")
    wanted = {
        "both": ("province", "prefecture"),
        "province": ("province",),
        "prefecture": ("prefecture",),
    }.get(str(answer), ())
    state.data["parents"] = [
        {"id": level, "level": level, "period": period, "state": "issued" if level in wanted else "pending"}
        for level, _ in _above(state)
        if level in wanted or (wanted and level == "prefecture")
    ]


# ------------------------------------------------------------------ one of them


def _one(state: State, parent: dict[str, Any]) -> Iterator[Question]:
    name, level = parent["id"], _LEVELS.get(str(parent.get("level")), "上级")
    key = f"parents.{name}"
    if parent.get("state") == "pending" and f"{key}.file" not in state.given:
        return
    yield Question(
        id=f"{key}.file",
        text=f"{level}方案的文件在哪里？（没有电子版就直接回车）",
        kind=Kind.FILE,
        help=f"读出其中的每一条任务，逐条给出建议。{_FILES}。",
        check=_file_problem,
        put=lambda state, answer: put_file(state, name, str(answer)),
        done=lambda state: not _lost(state, name),
        about=lambda state: _lost(state, name) if (state.parent(name) or {}).get("file") else "",
    )
    doubt = state.noted.get(f"{key}.doubt", "")
    yield Question(
        id=f"{key}.meant",
        text="确实用这份文件作上级方案吗？",
        kind=Kind.CHOICE,
        choices=(Choice("no", "不是，换一份"), Choice("yes", "就用这一份")),
        default=lambda _: "no",
        when=lambda _: bool(doubt),
        about=lambda _: doubt,
        put=lambda state, answer: _put_meant(state, name, str(answer)),
        done=lambda _: False,
        open=False,
    )
    yield Question(
        id=f"{key}.title",
        text=f"{level}方案的题名和文号？",
        help="照文件写，不加书名号，文号写在最后的括号里，如：某市……实施方案（2026—2030年）（某政办发〔2026〕8号）。",
        put=lambda state, answer: _put_title(state, name, str(answer)),
        done=lambda state: bool((state.parent(name) or {}).get("title")),
        when=lambda state: not (state.parent(name) or {}).get("file"),
    )


def _lost(state: State, name: str) -> str:
    """Why the file of a parent has to be asked for; empty where it is there and can be read."""
    file = (state.parent(name) or {}).get("file")
    if not file:
        return "还没有给出文件。"
    problem = _file_problem(state, str(file))
    return f"档案里写的文件用不了：{problem}" if problem else ""


def _put_title(state: State, name: str, answer: str) -> None:
    parent = state.parent(name)
    if parent is None:
        return
    found = _NUMBER.search(answer)
    parent["title"] = answer[: found.start()].strip("《》 ") if found else answer.strip("《》 ")
    if found:
        parent["number"] = found[1]


def _put_meant(state: State, name: str, answer: str) -> None:
    state.noted.pop(f"parents.{name}.doubt", None)
    parent = state.parent(name)
    if answer == "no" and parent is not None:
        for key in ("file", "digest", "title", "number"):
            parent.pop(key, None)
        state.later[:] = [each for each in state.later if each != f"parents.{name}.file"]


def put_file(state: State, name: str, file: str) -> None:
    """Take a plan as parent `name`: title, number and period from the file; doubts about it are noted."""
    parent = state.parent(name)
    if parent is None:
        return
    file = _relative(state, file)
    made = state.outline(file)
    own = state.period()
    period = made.meta.period
    other = bool(period and own and period != (own.start, own.end))
    parent["file"] = file
    parent["digest"] = parent_digest(state.folders.beside / file)
    parent["state"] = "other-period" if other else "issued"
    for key, value in (
        ("title", made.meta.title),
        ("number", made.meta.doc_number),
        ("period", f"{period[0]}—{period[1]}" if period else state.get("period")),
    ):
        if value:
            parent[key] = value
    doubt = doubts(state, made)
    if doubt:
        state.noted[f"parents.{name}.doubt"] = doubt


def add_file(state: State, file: str) -> str:
    """Take a plan that an option names as parent of its own level; returns the parent's id."""
    made = state.outline(_relative(state, file))
    level = made.meta.level if made.meta.level in _LEVELS else None
    place = state.place()
    if level is None and place is not None and place.parents:
        level = place.parents[-1].level.value
    name = level or Tier.PREFECTURE.value
    parents = state.entries("parents")
    if state.parent(name) is None:
        order = [Tier.STATE.value, Tier.PROVINCE.value, Tier.PREFECTURE.value]
        parents.append({"id": name, "level": name})
        parents.sort(key=lambda each: order.index(each["level"]) if each.get("level") in order else 9)
    put_file(state, name, file)
    return name


def _relative(state: State, file: str) -> str:
    """The path as the profile names it: seen from the profile's folder, where that is possible."""
    path = Path(_unquoted(file)).expanduser()
    beside = state.folders.beside
    if not path.is_absolute():
        path = path if not (beside / path).exists() and path.exists() else beside / path
    try:
        return Path(os.path.relpath(path.resolve(), beside.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _unquoted(text: str) -> str:
    """A path as terminals paste it: in quotes, or with blanks after a backslash."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text.replace("\\ ", " ")


def _file_problem(state: State, answer: Answer) -> str:
    try:
        made = state.outline(_relative(state, str(answer)))
    except InputError as bad:
        return f"“{answer}”：" + "；".join(
            each.message + (f"（{each.hint}）" if each.hint else "") for each in bad
        )
    if not any(node.kind == "measure" for node in made.nodes):
        return f"“{answer}”里没有读出任务措施，不像实施方案；请确认是不是选错了文件"
    return ""


# ------------------------------------------------------------------ is it meant


def doubts(state: State, made: "Outline") -> str:
    """Why a plan is an unlikely parent, in Chinese: another kind of plan, a place that does not govern this one."""
    found = []
    title, family = made.meta.title or "", state.catalog.family.title
    if title and _shared(family, title) < 0.5:
        found.append(f"这份文件是《{title.strip('《》')}》，不像“{family}”这一类方案")
    place, locality = state.place(), made.meta.locality or ""
    if place is None or not locality or locality == "全国":
        return "；".join(found)
    chain = [each.name for each in place.parents]
    listed = divisions.find(locality)
    names = {name for each in listed for name in (each.name,)}
    if locality in chain or names & set(chain) or any(locality.endswith(name) for name in chain):
        return "；".join(found)
    if listed:
        theirs = {each.name for one in listed for each in (*divisions.above(one), one)}
        same = chain and chain[0] in theirs
        where = "" if same else "，而且在另一个省"
        found.append(f"这是{locality}的方案，{locality}不管辖{place.name}{where}")
    elif locality != place.name:
        found.append(f"这是“{locality}”的方案，看不出它管辖{place.name}")
    return "；".join(found)


def _shared(family: str, title: str) -> float:
    pairs = {family[at : at + 2] for at in range(len(family) - 1)}
    return sum(pair in title for pair in pairs) / len(pairs) if pairs else 1.0
