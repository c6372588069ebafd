"""A parent that came late or changed: answers move over, what changed is asked (drafter/rebase.py)."""

from collections.abc import Iterator

from drafter.errors import InputError
from drafter.propose import actions
from drafter.rebase import compare, moved_answers
from drafter.wizard.chosen import clear, settled
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State


def move_answers(state: State, name: str, old: str | None) -> None:
    """After parent `name` got a new file: links move from the plan `old`, and what is new, changed or gone is noted."""
    driver = state.driver()
    if driver is None or driver[0] != name or not (state.data.get("picks") or state.data.get("local")):
        return
    new = driver[1]
    if old is None or old == (state.parent(name) or {}).get("file"):
        state.noted["late"] = f"新收到上级方案，共 {len(actions(new))} 条任务，已有的举措保留。"
        return
    try:
        made = compare(state.outline(old), new)
    except InputError:
        state.noted["late"] = f"原来的上级方案“{old}”已经读不到，按原编号沿用已有的回答，请留意核对。"
        return
    state.data.update(moved_answers(state.data, name, made))
    titles = {node.id: node.title for node in actions(new)}
    lines = [
        f"上级方案换了文件：沿用 {len(made.moved)} 条，新增 {len(made.new)} 条，改动 {len(made.changed)} 条，取消 {len(made.dropped)} 条。"
    ]
    lines += [f"  新增 {each} {titles[each]}" for each in made.new]
    lines += [f"  取消 {item} {title}（原来的举措保留，不再对应）" for item, title in made.dropped]
    state.noted["late"] = "\n".join(lines)
    if made.changed:
        state.noted["changed"] = "、".join(made.changed)


def late_questions(state: State) -> Iterator[Question]:
    """Of the items that the parent changed: which to decide anew."""
    driver = state.driver()
    if driver is None:
        return
    changed = [each for each in state.noted.get("changed", "").split("、") if each]
    titles = {node.id: node for node in actions(driver[1])}
    known = settled(state)
    choices = tuple(
        Choice(each, f"{each} {titles[each].title[:30]}", titles[each].text[:60])
        for each in changed
        if each in titles and (driver[0], each) in known
    )

    def put(state: State, answer: Answer) -> None:
        state.noted.pop("changed", None)
        for each in answer:
            clear(state, (driver[0], each))

    yield Question(
        id="changed",
        text="上级改动了这些条目，哪些要重新定？（可多选，不选就沿用原来的回答）",
        kind=Kind.MANY,
        choices=choices,
        default=lambda _: (),
        put=put,
        done=lambda _: False,
        when=lambda _: bool(choices),
    )
