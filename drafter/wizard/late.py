"""A parent that came late or changed: answers move over, what changed is asked (drafter/rebase.py)."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from drafter.errors import InputError
from drafter.propose import actions
from drafter.rebase import compare, is_like, moved_answers
from drafter.wizard.chosen import clear, settled, undecide
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State

if TYPE_CHECKING:
    from drafter.outline import Outline


def move_answers(state: State, name: str, before: Mapping[str, Any]) -> None:
    """After parent `name` got a file: links move over from the plan that its entry `before` named; what came of it is noted."""
    driver = state.driver()
    if driver is None or driver[0] != name or not (state.data.get("picks") or state.data.get("local")):
        return
    new, old, now = driver[1], before.get("file"), state.parent(name) or {}
    if not old:
        state.noted["late"] = f"新收到上级方案，共 {len(actions(new))} 条任务，已有的举措保留。"
        return
    if old == now.get("file"):
        if before.get("digest") != now.get("digest"):
            _recheck(state, name, new)
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


def _recheck(state: State, name: str, new: "Outline") -> None:
    """The file was changed under its name, so that nothing tells where the old items went: links that do not fit are undone.

    Measures and texts stay; items that nothing answers any more are asked again.
    """
    nodes = {node.id: node for node in actions(new)}
    proposals = state.proposals()
    taken = {(measure, each.item) for each in proposals for measure in each.take}
    best: dict[str, tuple[float, str]] = {}
    for each in proposals:
        for candidate in each.candidates:
            best[candidate.measure] = max(
                best.get(candidate.measure, (0.0, "")), (candidate.score, each.item)
            )

    def fits(entry: Mapping[str, Any], link: Mapping[str, Any]) -> bool:
        node = nodes.get(str(link.get("item")))
        if node is None:
            return False
        if "measure" in entry:
            measure = str(entry["measure"])
            return (measure, node.id) in taken or best.get(measure, (0.0, ""))[1] == node.id
        # What a person wrote is not judged by its likeness.
        return str(entry.get("rework")).lower() != "true" or is_like(
            node, str(entry["title"]), str(entry["text"])
        )

    undone = 0
    for key in ("picks", "local"):
        for entry in state.data.get(key) or []:
            links = entry.get("answers") or []
            kept = [link for link in links if link.get("parent") != name or fits(entry, link)]
            undone += len(links) - len(kept)
            entry["answers"] = kept
            if not kept:
                del entry["answers"]
    for entry in tuple(state.data.get("decisions") or []):
        node = nodes.get(str(entry.get("item")))
        if entry.get("parent") == name and (node is None or node.title != entry.get("title")):
            undone += 1
            undecide(state, (name, str(entry.get("item"))))
    left = [item for item in nodes if (name, item) not in settled(state)]
    state.noted["late"] = (
        f"上级方案“{(state.parent(name) or {}).get('file')}”的内容改过，原稿已不在：对不上的对应关系取消 {undone} 处，"
        f"要重新定的任务 {len(left)} 条；已有的举措都保留。"
    )


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
