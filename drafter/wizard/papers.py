"""Questions for a further paper of the pack, such as 征求意见函: only who wants the paper is asked."""

from collections.abc import Iterator

from msgspec.structs import replace

from drafter.wizard.paper import value_question
from drafter.wizard.question import Choice, Kind, Question
from drafter.wizard.state import State


def paper_questions(state: State) -> Iterator[Question]:
    """Which paper, by an option only; then what it asks. What the others ask a file of answers may set."""
    papers = state.pack.papers
    known = "、".join(paper.label for paper in papers.values()) or "没有"
    yield Question(
        id="paper",
        text="还要哪份文稿？",
        kind=Kind.CHOICE,
        help=f"模板包在方案以外的文稿：{known}。",
        choices=tuple(Choice(name, paper.label) for name, paper in papers.items()),
        check=lambda _, answer: "" if answer in papers else f"模板包没有文稿“{answer}”",
        put=lambda state, answer: state.noted.update(paper=str(answer)),
        done=lambda state: wanted(state) != "",
        quiet=True,
    )
    name = wanted(state)
    # A question that two papers have in common is asked for the one that is wanted.
    for key, paper in sorted(papers.items(), key=lambda each: each[0] != name):
        for parameter in paper.parameters:
            path = f"values.{parameter.name}"
            if parameter.default is None or path in state.given:
                yield replace(value_question(state, parameter, path), quiet=key != name)


def wanted(state: State) -> str:
    """The key of the further paper that is wanted; empty where only the plan is."""
    return state.noted.get("paper", "")
