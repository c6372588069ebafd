"""A person at a terminal: questions by questionary, everything else shown by rich; plain lines where neither works."""

import os
import sys
from typing import Any

from drafter import divisions
from drafter.wizard.question import Answer, Choice, Go, Kind, Question
from drafter.wizard.state import State

_HELP, _BACK, _LATER = "?", "<", ">"
_KEYS = {_BACK: Go.BACK, _LATER: Go.LATER}
_FULL = {"？": _HELP, "《": _BACK, "＜": _BACK, "》": _LATER, "＞": _LATER}
"""The same keys as a Chinese input method types them."""
_LINE = 36
"""Characters of a choice and its note in one line."""
_UNKNOWN = "还不知道就回车，以后再填"


class Terminal:
    """Asks a person. Ctrl-C and the end of input raise KeyboardInterrupt."""

    def __init__(self) -> None:
        """Plain lines on a terminal that cannot move its cursor, or where DRAFTER_PLAIN is set."""
        from rich.console import Console  # noqa: PLC0415

        self.console = Console(highlight=False, soft_wrap=False)
        self.plain = bool(os.environ.get("DRAFTER_PLAIN")) or os.environ.get("TERM") in ("dumb", "unknown")

    def say(self, text: str, style: str = "") -> None:
        """Show text as it is: brackets in it are no markup."""
        from rich.text import Text  # noqa: PLC0415

        self.console.print(Text(text, style=style))

    def welcome(self, state: State) -> None:
        """What the conversation is, and the three keys."""
        begun = state.has("place")
        self.say(
            "接着做：只问还没有定的。" if begun else "一问一答，做出一份县情档案，再由它生成方案。", "bold"
        )
        self.say("任何一问都可以：输入 ? 看说明，< 回上一问，> 以后再填；Ctrl-C 随时中断，答过的都会保存。")

    def wants_build(self, paper: str) -> bool:
        """Whether to build `paper` at once."""
        question = Question(
            id="build",
            text=f"现在就生成{paper}吗？",
            kind=Kind.CHOICE,
            choices=(Choice("yes", "现在生成"), Choice("no", "以后再说")),
            put=lambda state, answer: None,
            done=lambda state: False,
            default=lambda state: "yes",
        )
        return bool(self._answer(question, "yes") == "yes")

    def __call__(self, question: Question, state: State, asked: int) -> Answer | Go:
        """Ask until there is an answer that fits."""
        self.console.print()
        about = question.about(state)
        if about:
            self.say(about)
        default = question.default(state)
        typed = ""
        while True:
            reply = self._answer(question, default, asked, typed)
            if reply == _HELP:
                self.say(question.help or "照实回答就可以；不知道的输入 > 以后再填。", "italic")
                continue
            if reply is Go.LATER and not question.open:
                self.say("这一项后面要用到，现在必须回答。")
                continue
            if isinstance(reply, Go):
                return reply
            if reply in ("", ()) and question.kind is not Kind.MANY:
                if question.open and default in (None, ""):
                    return "" if default == "" else Go.LATER
                reply = default if default is not None else reply
            problem = question.problem(state, reply)
            if not problem:
                given: Answer = reply
                return given
            self.say(problem, "bold")
            # What was typed is there to be mended.
            typed = reply if isinstance(reply, str) else ""

    def _answer(self, question: Question, default: Answer | None, asked: int = -1, typed: str = "") -> Any:
        text = f"{asked + 1}. {question.text}" if asked >= 0 else question.text
        if self.plain:
            return _plain(question, text, default)
        try:
            return _fancy(question, text, default, typed)
        except (EOFError, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        except Exception as bad:
            # A console that the library cannot drive (Windows without a screen buffer): plain lines do the same.
            if type(bad).__name__ != "NoConsoleScreenBufferError":
                raise
            self.plain = True
            return _plain(question, text, default)


# ------------------------------------------------------------------ with questionary


def _fancy(question: Question, text: str, default: Answer | None, typed: str) -> Any:
    import questionary  # noqa: PLC0415

    style = questionary.Style([]) if os.environ.get("NO_COLOR") else None
    common: dict[str, Any] = {"qmark": "", "style": style}
    if question.kind is Kind.CHOICE:
        offered = [questionary.Choice(_shown(each), value=each.value) for each in question.choices]
        known = [each.value for each in question.choices]
        chosen = default if default in known else None
        asked = questionary.select(
            text, choices=offered, default=chosen, instruction="（↑↓ 选择，回车确定）", **common
        )
        return _with_keys(asked).unsafe_ask()
    if question.kind is Kind.MANY and question.choices:
        ticked = default if isinstance(default, tuple) else ()
        offered = [
            questionary.Choice(_shown(each), value=each.value, checked=each.value in ticked)
            for each in question.choices
        ]
        # The library would leave “done (2 selections)” behind.
        asked = questionary.checkbox(
            text, choices=offered, instruction="（空格勾选，回车确定）", erase_when_done=True, **common
        )
        reply = _with_keys(asked).unsafe_ask()
        if not isinstance(reply, list):
            return reply
        labels = [each.label for each in question.choices if each.value in reply]
        print(f" {text} {'、'.join(labels) or '都不选'}")
        return tuple(reply)

    if question.kind is Kind.PLACE:
        names = [divisions.in_full(each) for each in divisions.places() if each.level == "county"]
        asked = questionary.autocomplete(
            text, default=typed, choices=names, match_middle=True, ignore_case=False, **common
        )
    else:
        hint = f"（回车取 {default}）" if isinstance(default, str) and default and len(default) < 40 else None
        hint = hint or (f"（{_UNKNOWN}）" if _leaves_open(question, default) else None)
        long = default if isinstance(default, str) and len(default) >= 40 else ""
        asked = questionary.text(text, default=typed or long, instruction=hint, **common)
    return _typed(asked.unsafe_ask())


def _leaves_open(question: Question, default: Answer | None) -> bool:
    """Whether an empty answer leaves a question for later, and its text does not say what Enter does."""
    return question.open and default is None and "回车" not in question.text


def _with_keys(asked: Any) -> Any:
    """A list question that also takes ?, < and >."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # noqa: PLC0415

    keys = KeyBindings()
    for key in (_HELP, _BACK, _LATER, *_FULL):

        @keys.add(key, eager=True)
        def leave(event: Any, key: str = key) -> None:
            event.app.exit(result=_typed(key))

    asked.application.key_bindings = merge_key_bindings([asked.application.key_bindings, keys])
    return asked


def _typed(reply: str) -> Any:
    reply = reply.strip()
    reply = _FULL.get(reply, reply)
    return _KEYS.get(reply, reply)


def _shown(choice: Choice) -> str:
    """Label and note in one line of 80 columns, in which a Chinese character takes two."""
    room = max(_LINE - len(choice.label), 0)
    note = choice.note if len(choice.note) <= room else f"{choice.note[: max(room - 2, 0)]}……"
    return f"{choice.label}  {note}" if note not in ("", "……", choice.label) else choice.label


# ------------------------------------------------------------------ plain lines


def _plain(question: Question, text: str, default: Answer | None) -> Any:
    """The same question by numbers and lines, for terminals that can do no more."""
    print(text)
    listed = question.choices if question.kind in (Kind.CHOICE, Kind.MANY) else ()
    for number, each in enumerate(listed, 1):
        marked = each.value in default if isinstance(default, tuple) else each.value == default
        print(f"  {number:>2}{'*' if marked else ' '} {_shown(each)}")
    hint = "编号，多个用逗号分开" if question.kind is Kind.MANY else "编号" if listed else ""
    hint = "、".join(
        filter(
            None,
            (
                hint,
                "回车取带 * 的" if listed and default else f"回车取 {default}" if default else "",
                _UNKNOWN if not listed and _leaves_open(question, default) else "",
            ),
        )
    )
    sys.stdout.write(f"（{hint}）> " if hint else "> ")
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    reply = _typed(line.strip())
    if isinstance(reply, Go) or reply == _HELP or not listed:
        return reply
    if reply == "":
        return default if default is not None else Go.LATER if question.kind is Kind.CHOICE else ()
    parts = [
        part for part in reply.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if part
    ]
    values = tuple(
        listed[int(part) - 1].value if part.isdigit() and 0 < int(part) <= len(listed) else part
        for part in parts
    )
    return values if question.kind is Kind.MANY else values[0] if len(values) == 1 else reply
