"""Conversations with the wizard for tests: a county of our own, its prefecture's plan, answers by question."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from drafts import EXAMPLE

from drafter.wizard import Made, begin, finish
from drafter.wizard.question import Answer, Go, Question
from drafter.wizard.state import Folders, State
from drafter.wizard.talk import defaults

PLACE = "岚江省/澄州市/青屏县"
TODAY = date(2026, 11, 20)


class Scripted:
    """Answers by question id, everything else by default; `asked` holds the ids. Stops at question number `stop`."""

    def __init__(self, answers: Mapping[str, Any] | None = None, stop: int | None = None) -> None:
        self.answers = {
            key: list(value) if isinstance(value, list) else [value] for key, value in (answers or {}).items()
        }
        self.stop = stop
        self.asked: list[str] = []
        self.shown: dict[str, str] = {}

    def __call__(self, question: Question, state: State, _: int) -> Answer | Go:
        if self.stop == len(self.asked):
            raise KeyboardInterrupt
        self.asked.append(question.id)
        self.shown[question.id] = question.about(state)
        left = self.answers.get(question.id)
        if not left and question.id == "place.divisions" and not question.open:
            return ("乡镇",)
        if not left:
            return defaults(question, state, 0)
        answer: Answer | Go = left.pop(0)
        assert isinstance(answer, Go) or question.problem(state, answer) == "", (question.id, answer)
        return answer


def parent_file(folder: Path, *changes: tuple[str, str]) -> Path:
    """The example's parent plan in `folder`, each old piece of `changes` replaced."""
    path = folder / "parent.txt"
    shutil.copy(EXAMPLE.with_name("parent.txt"), path)
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def started(folder: Path, given: Mapping[str, Answer] | None = None, catalog: Path | None = None) -> State:
    """The wizard at its first open question."""
    return begin(folder / "p.yaml", Folders(folder, catalog, None), dict(given or {}), TODAY)


def talked(folder: Path, ask: Scripted, given: Mapping[str, Answer] | None = None) -> tuple[Made, State]:
    """A conversation held to its end."""
    state = started(folder, given)
    return finish(state, ask), state


def with_parent(folder: Path, *changes: tuple[str, str]) -> dict[str, Answer]:
    """The answers that a first run with a parent begins with."""
    return {"place": PLACE, "parent": (str(parent_file(folder, *changes)),)}
