"""The conversation: question after question, until nothing is open; back, later, and nothing lost."""

from collections.abc import Callable, Iterable, Iterator

from drafter.errors import Finding, InputError, error
from drafter.nearest import nearest
from drafter.wizard.items import item_questions
from drafter.wizard.last import own_measures
from drafter.wizard.late import late_questions
from drafter.wizard.measures import measure_questions, pick_questions
from drafter.wizard.opening import opening
from drafter.wizard.paper import head_questions, layout_questions, unit_question, value_questions
from drafter.wizard.papers import paper_questions
from drafter.wizard.question import Answer, Go, Question
from drafter.wizard.state import State

Ask = Callable[[Question, State, int], Answer | Go]
"""Puts a question to whoever answers; the number is how many were asked before it."""
Save = Callable[[State], None]


def questions(state: State) -> Iterator[Question]:
    """Every question that there is at this point, in order, answered ones among them."""
    if not state.fresh and tuple(state.given) == ("paper",) and state.has("pack"):
        # Who wants a further paper of a finished profile is asked for that paper alone.
        yield from paper_questions(state)
        return
    yield from opening(state)
    if state.place() is None or state.period() is None:
        return
    if "features" not in state.data and "features" not in state.later:
        return
    yield from late_questions(state)
    yield from item_questions(state)
    yield from own_measures(state)
    yield from measure_questions(state)
    yield from layout_questions(state)
    yield from unit_question(state)
    yield from value_questions(state)
    yield from head_questions(state)
    yield from pick_questions(state)
    yield from paper_questions(state)


def converse(state: State, ask: Ask, save: Save) -> tuple[str, ...]:
    """Ask what is open until nothing is; returns the texts of what was left for later.

    Answers that were given beforehand (`state.given`) are taken without asking; InputError where one does not fit or
    belongs to no question. `save` is called after every answer, so that an interruption loses nothing.
    """
    history: list[tuple[dict[str, object], list[str], dict[str, str]]] = []
    applied: set[str] = set()
    faults: list[Finding] = []
    seen: dict[str, str] = {}
    passed: set[str] = set()
    asked = 0
    while True:
        question = _next(state, applied, passed, seen)
        if question is None:
            break
        if question.id in state.given and question.id not in applied:
            applied.add(question.id)
            faults += _apply(state, question)
            continue
        if question.quiet:
            passed.add(question.id)
            default = question.default(state)
            if default is not None:
                question.put(state, default)
            continue
        reply = ask(question, state, asked)
        if reply is Go.BACK:
            if history:
                state.restore(history.pop())
                asked = max(0, asked - 1)
            continue
        history.append(state.snapshot())
        asked += 1
        if isinstance(reply, Go):
            _leave(state, question)
        else:
            question.put(state, reply)
        save(state)
    # Without a place no other question is reached: then an answer to one is no mistake.
    if not faults or state.place() is not None:
        faults += [_unknown(name, seen) for name in state.given if name not in applied]
    if faults:
        raise InputError(faults)
    return tuple(seen[each] for each in state.later if each in seen)


def _apply(state: State, question: Question) -> list[Finding]:
    """Take an answer that was given beforehand; what is wrong with it, where it does not fit."""
    answer = question.value_of(state.given[question.id])
    problem = question.problem(state, answer)
    if problem or (answer in ("", ()) and question.open and question.default(state) != answer):
        _leave(state, question)
    else:
        question.put(state, answer)
    shown = f"“{question.id}”（{question.text}）：{problem}"
    return [error("answers.unfit", shown, question.help)] if problem else []


def _next(state: State, applied: set[str], passed: set[str], seen: dict[str, str]) -> Question | None:
    """The first question that is open, or that an answer was given for beforehand; `seen` gathers id → text of all."""
    first: Question | None = None
    for question in questions(state):
        if not question.when(state):
            continue
        seen[question.id] = question.text
        if question.id in state.given and question.id not in applied:
            # In order: an earlier open question may decide whether this one is asked at all.
            return first or question
        if first is None and question.id not in (*passed, *state.later) and not question.done(state):
            first = question
    return first


def _leave(state: State, question: Question) -> None:
    question.leave(state)
    if question.id not in state.later:
        state.later.append(question.id)


def _unknown(name: str, known: Iterable[str]) -> Finding:
    return error(
        "answers.unknown", f"没有问题“{name}”，或者在已有的回答之后不会问到它", nearest(name, sorted(known))
    )


# ------------------------------------------------------------------ who answers without a person


def defaults(question: Question, state: State, _: int) -> Answer | Go:
    """--yes: the default, else the question stays open. InputError where neither is possible."""
    default = question.default(state)
    if default is not None and not question.problem(state, default):
        if question.id.endswith(".meant"):
            raise InputError(
                error(
                    "parent.doubt",
                    question.about(state),
                    f"确实要用的，在 --answers 文件里写 {question.id}: yes",
                )
            )
        return default
    if not question.open:
        hint = "、".join(f"{each.value}（{each.label}）" for each in question.choices[:12]) or question.help
        raise InputError(error("answers.missing", f"必须回答：{question.text}（{question.id}）", hint))
    return Go.LATER


class Unanswered:
    """No terminal: the open questions are gathered, nothing waits."""

    def __init__(self) -> None:
        self.open: list[str] = []

    def __call__(self, question: Question, state: State, _: int) -> Answer | Go:
        """Note the question and go on with its default, so that those after it are named too."""
        default = question.default(state)
        shown = f"（默认：{_shown(question, default)}）" if default not in (None, "", ()) else ""
        self.open.append(f"{question.id}：{question.text}{shown}")
        if (
            default is not None
            and not question.problem(state, default)
            and not question.id.endswith(".meant")
        ):
            return default
        if not question.open:
            raise StuckError
        return Go.LATER


class StuckError(Exception):
    """A question without which the next ones cannot be known."""


def _shown(question: Question, answer: Answer | None) -> str:
    labels = {each.value: each.label for each in question.choices}
    given = answer if isinstance(answer, tuple) else (str(answer),)
    return "、".join(labels.get(each, each) for each in given)[:60]
