"""Going through the parent's items by section: take, swap, put on the county's level, edit, omit, not applicable."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.lowering import Lowered, lowered, risky
from drafter.propose import Proposal, actions, figures
from drafter.wizard.chosen import (
    Link,
    add_local,
    add_pick,
    answered_by,
    clear,
    decide,
    free_id,
    nearest_group,
    settled,
)
from drafter.wizard.preview import places_of, preview
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State

if TYPE_CHECKING:
    from drafter.outline import Node, Outline

RISK = "涉减负、涉权益，需领导决定"
_DO = {
    "take": "采用建议",
    "own": "照上级这一条改成本级的，以后人工修改",
    "edit": "现在就改写",
    "swap": "换用目录里别的举措",
    "omit": "不列入（要写理由）",
    "not-applicable": "不适用于本县（要写理由）",
}


def item_questions(state: State) -> Iterator[Question]:
    """What becomes of each item of the driving parent: at once, by section, or one by one."""
    driver = state.driver()
    if driver is None or state.words() is None:
        return
    name, plan = driver
    nodes = {node.id: node for node in actions(plan)}
    proposals = {each.item: each for each in state.proposals()}
    # An answer on one item comes before what is taken at once, so that a file of answers can do both.
    for item, proposal in proposals.items():
        if f"items.{item}" in state.given:
            yield _item(state, (name, item), nodes[item], proposal)
    yield _all(state, name, plan, tuple(proposals.values()))
    holders: dict[str, list[Proposal]] = {}
    for each in proposals.values():
        holders.setdefault(".".join(each.item.split(".")[:2]), []).append(each)
    titles = {node.id: node.title for node in plan.nodes}
    for holder, own in holders.items():
        plain = [each for each in own if not _careful(state, each)]
        if plain:
            yield _section(name, plan, plain, holder, titles.get(holder, holder))
        for each in own:
            yield _item(state, (name, each.item), nodes[each.item], each)
            yield from _follow(state, (name, each.item), nodes[each.item], each)


def open_items(state: State) -> list[Proposal]:
    """The proposals for items that nothing answers yet and that nobody decided on."""
    driver = state.driver()
    if driver is None:
        return []
    done = settled(state)
    return [each for each in state.proposals() if (driver[0], each.item) not in done]


# ------------------------------------------------------------------ many at once


def _all(state: State, name: str, plan: "Outline", proposals: tuple[Proposal, ...]) -> Question:
    def about(state: State) -> str:
        todo = [each for each in open_items(state) if not _careful(state, each)]
        own = [each for each in todo if not each.take]
        careful = [each for each in open_items(state) if _careful(state, each)]
        other = (state.parent(name) or {}).get("state") == "other-period"
        told = "上级方案属于其他规划期：只参照结构和任务，目标、年份、数字、文号都不沿用。\n" if other else ""
        told += f"《{(plan.meta.title or '上级方案').strip('《》')}》读出 {len(proposals)} 条任务，还有 {len(todo) + len(careful)} 条没有定："
        told += f"\n  · {len(todo) - len(own)} 条目录里有合适的举措"
        told += f"\n  · {len(own)} 条目录里没有，先照上级条目改成本级的，标明须人工修改"
        return told + (f"\n  · {len(careful)} 条{RISK}，另外逐条问" if careful else "")

    def put(state: State, answer: Answer) -> None:
        state.noted["items"] = str(answer)
        if answer == "take":
            for each in open_items(state):
                if not _careful(state, each):
                    _take(state, name, plan, each)

    return Question(
        id="items",
        text="怎样处理上级的各条任务？",
        kind=Kind.CHOICE,
        help="“按建议全部采用”最快：先出第一稿，以后随时运行 drafter new 档案，或直接改档案。“逐部分看”一部分一部分地定。",
        choices=(Choice("take", "按建议全部采用，先出第一稿"), Choice("review", "逐部分看")),
        default=lambda _: "take",
        about=about,
        put=put,
        done=lambda state: (
            "items" in state.noted or not any(not _careful(state, each) for each in open_items(state))
        ),
        open=False,
    )


def _section(name: str, plan: "Outline", own: list[Proposal], holder: str, title: str) -> Question:
    key = f"section.{holder}"
    return Question(
        id=key,
        text=f"“{title}”这一部分（{len(own)} 条）怎样处理？",
        kind=Kind.CHOICE,
        help="“全部采用建议”按上面箭头后面的写入；“逐条看”可以换用、改写、不列入。",
        choices=(Choice("take", "全部采用建议"), Choice("each", "逐条看")),
        default=lambda _: "take",
        about=lambda state: "\n".join(_line(state, plan, each) for each in own),
        put=lambda state, answer: _put_section(state, name, plan, own, holder, answer),
        done=lambda state: key in state.noted or all((name, each.item) in settled(state) for each in own),
        when=lambda state: state.noted.get("items") == "review",
        open=False,
    )


def _put_section(
    state: State, name: str, plan: "Outline", own: list[Proposal], holder: str, answer: Answer
) -> None:
    state.noted[f"section.{holder}"] = str(answer)
    for each in own if answer == "take" else ():
        if (name, each.item) not in settled(state):
            _take(state, name, plan, each)


def _line(state: State, plan: "Outline", proposal: Proposal) -> str:
    node = next(node for node in plan.nodes if node.id == proposal.item)
    what = (
        "＋".join(state.catalog.measures[each].title for each in proposal.take)
        or "（目录没有）照上级条目改成本级的"
    )
    head = f"  {proposal.item} {_short(node.title)}"
    # Two lines where one would be broken in its middle.
    return f"{head} → {what}" if len(head) + len(what) <= 36 else f"{head}\n      → {what}"


# ------------------------------------------------------------------ one item


def _careful(state: State, proposal: Proposal) -> bool:
    """Items that are never taken silently (PRACTICE 24)."""
    return bool(proposal.caution) or (not proposal.take and risky("。".join(proposal.clauses)))


def _item(state: State, link: Link, node: "Node", proposal: Proposal) -> Question:
    careful = _careful(state, proposal)
    do = dict(_DO)
    if careful or not proposal.take:
        del do["take"]
    if careful:
        do = {
            "omit": "不列入，由领导决定（建议）",
            "own": "列入，须注明依据",
            "not-applicable": _DO["not-applicable"],
        }
    usual = "omit" if careful else "take" if proposal.take else "own"
    default = f"omit：{RISK}" if careful else usual
    ordered = sorted(do.items(), key=lambda each: each[0] != usual)
    return Question(
        id=f"items.{link[1]}",
        text=f"上级 {link[1]}{_quoted(node.title)}怎样处理？",
        kind=Kind.CHOICE,
        help="采用：写入目录举措。改成本级的：先照上级文字写入，标 rework，须人工修改。不列入和不适用要写理由，对照表里会印出。",
        choices=tuple(Choice(default if value == usual else value, label) for value, label in ordered),
        default=lambda _: default,
        check=lambda state, answer: _problem(state, str(answer), proposal),
        about=lambda state: _shown(state, node, proposal),
        put=lambda state, answer: _put(state, link, node, proposal, str(answer)),
        done=lambda state: link in settled(state) or f"items.{link[1]}" in state.noted,
    )


def _quoted(title: str) -> str:
    """A title within a question, in quotation marks; its own become the inner ones."""
    return f"“{_short(title).replace('“', '‘').replace('”', '’')}”"


def _short(title: str) -> str:
    return title if len(title) <= 24 else f"{title[:23]}……"


def _shown(state: State, node: "Node", proposal: Proposal) -> str:
    """The item, what is proposed for it, and what that leaves out."""
    lines = [f"上级原文：{node.title}。{node.text}"]
    if proposal.caution:
        lines.append(f"慎用：{proposal.caution}")
    for each in proposal.take:
        measure = state.catalog.measures[each]
        where = places_of(state, measure)
        taken = _values(state, node, each)
        lines.append(
            f"建议采用：{measure.title}。{preview(state, measure, taken)}"
            + (f"（见于 {where}）" if where else "")
        )
        labels = {
            parameter.name: f"{parameter.label} {taken[parameter.name]}{parameter.unit}"
            for parameter in measure.parameters
            if parameter.name in taken
        }
        if labels:
            lines.append(f"数字取自上级：{'；'.join(labels.values())}")
    if proposal.take and proposal.left:
        lines.append("没有涵盖：" + "；".join(proposal.left[:4]) + ("……" if len(proposal.left) > 4 else ""))
    return "\n".join(lines)


def _problem(state: State, answer: str, proposal: Proposal) -> str:
    what, reason = _parsed(answer)
    if what in _DO:
        if what == "take" and not proposal.take:
            return "目录里没有合适的举措，可用：own、swap、omit：理由、not-applicable：理由"
        return ""
    unknown = [each for each in what.split("、") if each not in state.catalog.measures]
    if unknown:
        return f"没有“{unknown[0]}”；可用：{'、'.join(f'{key}（{label}）' for key, label in _DO.items())}，或目录举措的编号"
    return "" if not reason else "举措编号后面不写理由"


def _parsed(answer: str) -> tuple[str, str]:
    """What to do, and the reason after a colon."""
    head, _, reason = answer.replace(":", "：", 1).partition("：")
    head = next(
        (key for key, label in _DO.items() if head in (label, label.partition("（")[0], key)), head.strip()
    )
    return head.replace(",", "、").replace("，", "、"), reason.strip()


def _put(state: State, link: Link, node: "Node", proposal: Proposal, answer: str) -> None:
    what, reason = _parsed(answer)
    clear(state, link)
    plan = state.driver()
    if plan is None:
        return
    if what == "take":
        _take(state, link[0], plan[1], proposal)
    elif what == "own":
        _own(state, link, plan[1], node)
    elif what in ("omit", "not-applicable"):
        decide(state, link, node.title, what, reason)
    elif what in ("swap", "edit"):
        state.noted[f"items.{link[1]}"] = what
    else:
        for each in what.split("、"):
            add_pick(state, each, [link])


def _take(state: State, name: str, plan: "Outline", proposal: Proposal) -> None:
    link = (name, proposal.item)
    if not proposal.take:
        _own(state, link, plan, next(node for node in plan.nodes if node.id == proposal.item))
    node = next(node for node in plan.nodes if node.id == proposal.item)
    for each in proposal.take:
        add_pick(state, each, [link], _values(state, node, each))


def _values(state: State, node: "Node", measure: str) -> dict[str, str]:
    """The parent's numbers for a measure; none of a parent of another period (PRACTICE 18)."""
    driver = state.driver()
    if driver is None or (state.parent(driver[0]) or {}).get("state") == "other-period":
        return {}
    return figures(f"{node.title}。{node.text}", state.catalog.measures[measure])


def county_text(state: State, link: Link, plan: "Outline", node: "Node") -> Lowered:
    """An item on the county's level; figures of another period are left open (PRACTICE 18)."""
    words = state.words()
    assert words is not None, "asked only once the place is known"
    other = (state.parent(link[0]) or {}).get("state") == "other-period"
    units = _units(plan, node)
    return lowered(
        node.title, node.text, units, plan.meta.locality or "", words, state.roles, other_period=other
    )


def _units(plan: "Outline", node: "Node") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An item's units, or those of the section above it."""
    nodes = {each.id: each for each in plan.nodes}
    steps = node.id.split(".")
    for end in range(len(steps), 0, -1):
        here = nodes.get(".".join(steps[:end]))
        if here and (here.lead or here.support):
            return here.lead, here.support
    return (), ()


def _own(state: State, link: Link, plan: "Outline", node: "Node", text: str = "") -> None:
    made = county_text(state, link, plan, node)
    if text:
        title, _, rest = text.partition("。")
        made = Lowered(title if rest else made.title, rest.strip() or text, made.lead, made.support)
    name = f"own-{link[0]}-{link[1].replace('.', '-')}"
    there = next((each for each in state.data.get("local") or [] if each.get("id") == name), None)
    if there is not None and answered_by(there) != [link]:
        # Items were renumbered: the text under this name is another's, and stays.
        name = free_id(state, name)
    add_local(state, name, nearest_group(state, plan, link[1]), made, [link], rework=not text)


# ------------------------------------------------------------------ what follows an answer


def _follow(state: State, link: Link, node: "Node", proposal: Proposal) -> Iterator[Question]:
    """The reason for leaving an item out, the measures to swap in, the text to edit."""
    plan = state.driver()
    decision = next(
        (
            each
            for each in state.data.get("decisions") or []
            if (each.get("parent"), each.get("item")) == link
        ),
        None,
    )
    yield Question(
        id=f"items.{link[1]}.reason",
        text=f"上级 {link[1]}{_quoted(node.title)}不写入的理由？",
        help="对照表里会照印，领导和上级看得到。如：市级项目，由市科协组织实施。",
        put=lambda state, answer: decide(
            state, link, node.title, str((decision or {}).get("kind")), str(answer)
        ),
        done=lambda _: decision is None or bool(decision.get("reason")),
        open=False,
    )
    doing = state.noted.get(f"items.{link[1]}")

    def swap(state: State, answer: Answer) -> None:
        state.noted.pop(f"items.{link[1]}", None)
        for each in answer:
            add_pick(state, each, [link])

    yield Question(
        id=f"items.{link[1]}.swap",
        text="换用哪些举措？（可多选）",
        kind=Kind.MANY,
        choices=tuple(
            Choice(
                each.measure,
                state.catalog.measures[each.measure].title,
                preview(state, state.catalog.measures[each.measure]),
            )
            for each in proposal.candidates
        ),
        check=lambda _, answer: "" if answer else "至少选一条",
        put=swap,
        done=lambda _: False,
        when=lambda _: doing == "swap",
        open=False,
    )

    def edit(state: State, answer: Answer) -> None:
        state.noted.pop(f"items.{link[1]}", None)
        if plan:
            _own(state, link, plan[1], node, str(answer))

    def draft(state: State) -> Answer:
        made = county_text(state, link, plan[1], node) if plan else None
        return f"{made.title}。{made.text}" if made else ""

    yield Question(
        id=f"items.{link[1]}.edit",
        text="改成怎样？（第一个句号之前是标题）",
        help="已照上级原文改成本级的，请按本县实际修改；改过的不再标 rework。",
        put=edit,
        default=draft,
        done=lambda _: False,
        when=lambda _: doing == "edit",
        open=False,
    )
