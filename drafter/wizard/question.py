"""A question as data: what is asked, what may be answered, when, and where the answer goes."""

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from drafter.wizard.state import State

Answer = str | tuple[str, ...]


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    MANY = "many"
    PLACE = "place"
    FILE = "file"


class Go(Enum):
    """What a drafter may do instead of answering."""

    BACK = "back"
    LATER = "later"


class Choice(Struct, frozen=True):
    """One of the answers that are offered. `note`: a preview."""

    value: str
    label: str
    note: str = ""


def _nothing(_: "State") -> Answer | None:
    return None


def _always(_: "State") -> bool:
    return True


def _fine(_: "State", __: Answer) -> str:
    return ""


def _printable(text: str) -> bool:
    """Whether a text can be written to the profile: bytes of another encoding come in as lone surrogates."""
    return not any("\ud800" <= each <= "\udfff" for each in text)


class Question(Struct, frozen=True):
    """Something that a drafter is asked.

    `put` writes an answer that `check` found no fault with (a Chinese sentence is the fault). `default` is what Enter
    gives and --yes takes. `when`: whether it is asked at all; `done`: whether the profile holds an answer. `open`: may be
    left for later. `about`: what is shown above it. `quiet`: never asked, but an answers file may set it. `leave`: what is
    done when it is left for later.
    """

    id: str
    text: str
    put: Callable[["State", Answer], None]
    done: Callable[["State"], bool]
    kind: Kind = Kind.TEXT
    help: str = ""
    choices: tuple[Choice, ...] = ()
    default: Callable[["State"], Answer | None] = _nothing
    check: Callable[["State", Answer], str] = _fine
    when: Callable[["State"], bool] = _always
    about: Callable[["State"], str] = lambda _: ""
    open: bool = True
    quiet: bool = False
    leave: Callable[["State"], None] = lambda _: None

    def problem(self, state: "State", answer: Answer) -> str:
        """What is wrong with an answer, in Chinese; empty where it can be put."""
        several = isinstance(answer, tuple)
        if any(not _printable(each) for each in (answer if isinstance(answer, tuple) else (answer,))):
            return "里面有这里认不出的字（编码与本机不同）；文件就先改名，文字就重新输入"
        if several and self.kind is not Kind.MANY:
            return "只能有一个回答"
        if self.kind in (Kind.CHOICE, Kind.MANY) and self.choices:
            known = [each.value for each in self.choices]
            for each in answer if isinstance(answer, tuple) else (answer,):
                if each not in known and not (self.kind is Kind.CHOICE and self.check is not _fine):
                    return f"没有“{each}”这个选项，可用：" + "、".join(
                        f"{c.value}（{c.label}）" if c.label != c.value else c.value
                        for c in self.choices[:30]
                    )
        if not self.open and not answer and self.kind is not Kind.MANY:
            return "这一项必须回答"
        return self.check(state, answer)

    def value_of(self, answer: Answer) -> Answer:
        """An answer in the form of the file: a shown word becomes its value, one text of a list several."""
        if self.kind is Kind.MANY and isinstance(answer, str):
            if not self.choices:
                return (answer,) if answer else ()
            parts = [part.strip() for part in answer.replace("，", "、").replace(",", "、").split("、")]
            return tuple(self._value(part) for part in parts if part and part != "无")
        if isinstance(answer, tuple):
            return tuple(self._value(each) for each in answer)
        return self._value(answer) if self.kind is Kind.CHOICE else answer

    def _value(self, text: str) -> str:
        return next((each.value for each in self.choices if text == each.label), text)
