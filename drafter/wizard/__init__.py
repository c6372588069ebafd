"""`drafter new`: a conversation that ends with a profile from which a draft can be built.

Questions are data (`question`), asked by a function that is passed in (`talk`): a terminal, a file of answers, or the
defaults. What is known is the profile itself (`state`); it is saved after every answer.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from drafter.draft import altered_parent, is_altered
from drafter.errors import InputError, error
from drafter.load import load_profile, read_bytes
from drafter.profile_yaml import note_key, updated
from drafter.wizard.papers import wanted
from drafter.wizard.question import Answer
from drafter.wizard.state import Folders, State
from drafter.wizard.summary import Summary, summary
from drafter.wizard.talk import Ask, converse
from drafter.write.files import write_text
from drafter.yaml_tree import decode, parse

__all__ = ["Folders", "Made", "State", "begin", "finish", "save"]

_AGAIN = "again"
"""Noted where the profile was finished before this run began."""


class Made(Struct, frozen=True):
    """What the wizard gave: where, what was left open, what became of the parent's items."""

    path: Path
    later: tuple[str, ...]
    summary: Summary | None


def begin(
    path: Path,
    folders: Folders,
    given: Mapping[str, Answer],
    today: date | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> State:
    """Read the profile if there is one. `given`: answers by question. `tell`: shows what takes a while.

    Raises InputError where the profile is no YAML or not a profile.
    """
    data: dict[str, Any] = {}
    fresh = True
    if path.exists():
        tree = parse(decode(read_bytes(path), str(path)), str(path))
        if not isinstance(tree.data, dict) or tree.data.get("format") not in (None, "profile/1"):
            raise InputError(
                error("format.kind", f"“{path}”不是县情档案", "给新档案另起一个文件名", tree.at())
            )
        data = _plain(tree.data)
        fresh = "unfinished" in data
        _, faults = load_profile(tree)
        # What is missing is what the questions are for; anything else is mended before.
        faults = [each for each in faults if each.rule not in ("file.missing", "format.missing")]
        if faults:
            raise InputError(faults)
    data.setdefault("format", "profile/1")
    left = data.pop("unfinished", None) or []
    state = State(path, folders, data, today or date.today(), fresh, dict(given), tell=tell)
    for each in left:
        name, sign, value = str(each).partition("=")
        if sign:
            state.noted[name] = value
        else:
            state.later.append(name)
    # Who stops while going over a finished profile is not taken through a first run after that.
    state.fresh = fresh and _AGAIN not in state.noted
    if not state.fresh:
        state.noted[_AGAIN] = "yes"
    for each in () if "parent" in given else data.get("parents") or ():
        if is_altered(each.get("file"), each.get("digest"), path.absolute().parent):
            told, hint = altered_parent(str(each["file"]), path)
            tell(f"{told}。{hint}。")
    return state


def finish(state: State, ask: Ask, write: Callable[[], bool] | None = None) -> Made:
    """Hold the conversation to its end and write the profile. With `write`, nothing is written before it says so."""
    later = converse(
        state, ask, (lambda now: save(now, unfinished=True)) if write is None else lambda _: None
    )
    if write is None or write():
        save(state, unfinished=False)
    # A letter changes nothing in how the plan aligns.
    figures = None if wanted(state) and not state.fresh else summary(state)
    return Made(state.path, later, figures)


def save(state: State, unfinished: bool) -> None:
    """Write the profile; with `unfinished`, also what was asked and left, so that nothing is asked twice."""
    data = dict(state.data)
    if unfinished:
        notes = [f"{key}={value}" for key, value in state.noted.items()]
        data["unfinished"] = [*state.later, *notes]
    for key in [
        key
        for key, value in data.items()
        if value == [] and key in ("picks", "local", "decisions", "targets")
    ]:
        del data[key]
    old = state.path.read_text(encoding="utf-8-sig") if state.path.exists() else ""
    write_text(state.path, updated(old, data, _notes(state)))


def _notes(state: State) -> dict[str, str]:
    """A heading before the first measure of each section; before own texts, the item that they answer."""
    if not state.has("family"):
        return {}
    titles = {group.id: group.title for group in state.catalog.family.groups}
    notes: dict[str, str] = {}
    seen: set[str] = set()
    for pick in state.data.get("picks") or []:
        group = pick.get("section") or state.catalog.group_of.get(str(pick.get("measure")), "")
        if group not in seen and group in titles:
            notes[note_key(pick)] = titles[group]
        seen.add(group)
    return notes


def _plain(value: Any) -> Any:
    """Plain maps and lists, so that they can be copied and changed."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
