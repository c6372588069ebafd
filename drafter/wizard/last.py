"""What the county's own last plan gives: units, addressees, copies, issuer, form, and its own measures."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from drafter.lowering import lowered
from drafter.places import fill
from drafter.propose import FITTING, propose
from drafter.wizard.bureaus import joint_roles
from drafter.wizard.chosen import add_local, free_id, nearest_group
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State

if TYPE_CHECKING:
    from drafter.outline import Outline

_MANY = re.compile(r"各|有关|相关|等|单位|乡镇|街道")
"""What names no single unit."""


def take_from_last(state: State, last: "Outline") -> None:
    """Put what needs no question: units under the names they had, addressees, copies, the shape of numbering."""
    facts, place = last.meta, state.place()
    locality = facts.locality or (place.name if place else "")
    if "organs" not in state.data:
        organs = _units(state, last, locality)
        if organs:
            state.data["organs"] = organs
    letterhead = state.data.get("letterhead")
    head: dict[str, Any] = letterhead if isinstance(letterhead, dict) else {}
    if facts.addressees:
        head.setdefault("addressees", facts.addressees.rstrip("：:"))
    if facts.cc:
        head.setdefault("copy_to", [list(facts.cc)])
    issuer = _issuer(state, facts.issuer or "")
    if issuer:
        head.setdefault("issuer", issuer)
    if head:
        state.data["letterhead"] = head
    form = _form(state, last)
    if form and not state.has("layout.form"):
        state.set("layout.form", form)


def last_targets(state: State, indicator: str) -> str:
    """What the last plan said of a target, for the drafter to compare with what came of it; empty where nothing."""
    last = _last(state)
    if last is None or not indicator:
        return ""
    found = [each.text for each in last.targets if indicator in each.indicator or indicator in each.text]
    return f"上一轮方案写的是：{found[0]}。实际完成多少？" if found else ""


def own_measures(state: State) -> Iterator[Question]:
    """Which of the last plan's own measures are kept: those for which the catalog has nothing."""
    last = _last(state)
    if last is None:
        return
    own = {
        each.item: node
        for each, node in zip(
            propose(last, state.catalog, state.data.get("features") or ()),
            (node for node in last.nodes if node.kind == "measure"),
            strict=True,
        )
        if not each.candidates or each.candidates[0].score < FITTING
    }
    if not own:
        return
    yield Question(
        id="previous.local",
        text="上一轮方案里这些做法目录没有，保留哪些？（可多选）",
        kind=Kind.MANY,
        help="保留的照原文写入档案的 local，数字和年份留作〔待填〕，须人工修改；不选的不再写入。",
        choices=tuple(Choice(item, node.title[:40], node.text[:60]) for item, node in own.items()),
        default=lambda _: tuple(own),
        put=lambda state, answer: _keep(state, last, answer),
        done=lambda _: False,
        when=lambda state: state.fresh and "previous.local" not in state.noted,
    )


def _keep(state: State, last: "Outline", answer: Answer) -> None:
    state.noted["previous.local"] = "done"
    words = state.words()
    for node in last.nodes:
        if words is None or node.id not in answer:
            continue
        made = lowered(
            node.title,
            node.text,
            (node.lead, node.support),
            last.meta.locality or "",
            words,
            state.roles,
            other_period=True,
        )
        group = nearest_group(state, last, node.id)
        name = free_id(state, f"last-{node.id.replace('.', '-')}")
        add_local(state, name, group, made, answers=())


def _last(state: State) -> "Outline | None":
    return state.outline(state.noted["previous"]) if state.noted.get("previous") else None


# ------------------------------------------------------------------ what it gives


def _units(state: State, last: "Outline", locality: str) -> list[dict[str, Any]]:
    """Units whose role is known, under the name that the plan uses most; several roles of one name together.

    Names that speak of several roles are noted, for the drafter to confirm, and so are those that tell nothing.
    """
    names = Counter(name for node in last.nodes for name in (*node.lead, *node.support))
    known: dict[str, Counter[str]] = {}
    for name, count in names.items():
        for role in state.roles.served(name):
            known.setdefault(role, Counter())[name] += count
    # Those used most come first.
    readings = joint_roles([name for name, _ in names.most_common()], locality, state.catalog.organs)
    joint = _joint(readings, known)
    for roles in joint.values():
        for role in roles:
            known.pop(role, None)
    words = state.words()
    told = {name for found in known.values() for name in found}
    told |= {fill(each.name, words) for each in state.catalog.former} if words else set()
    told |= {name for name, roles in readings.items() if roles in joint.values()}
    start = (words.word, words.party, words.name) if words else ()
    unclear = [
        name for name in names if name not in told and name.startswith(start) and not _MANY.search(name)
    ]
    if joint or unclear:
        titles = {role: organ.title.removesuffix("部门") for role, organ in state.catalog.organs.items()}

        def roles_of(name: str) -> str:
            return "、".join(titles[role] for role in readings.get(name, ()))

        state.noted["units"] = "；".join(f"{name}={roles_of(name)}" for name in joint)
        # What another unit of the plan bears too is only a guess.
        state.noted["units.unclear"] = "、".join(
            f"{name}（可能是{roles_of(name)}）" if roles_of(name) else name for name in unclear[:8]
        )
    served: dict[str, list[str]] = {}
    for role, found in known.items():
        served.setdefault(found.most_common(1)[0][0], []).append(role)
    return [{"name": name, "serves": roles} for name, roles in served.items()]


def _joint(
    readings: Mapping[str, tuple[str, ...]], known: Mapping[str, Counter[str]]
) -> dict[str, tuple[str, ...]]:
    """Merged bureaus → their roles, where no other unit of the plan bears one of them; the first of `readings` wins."""
    made: dict[str, tuple[str, ...]] = {}
    for name, roles in readings.items():
        alone = all(set(known.get(role, {})) <= {name} for role in roles)
        if alone and not {role for each in made.values() for role in each} & set(roles):
            made[name] = roles
    return made


def _issuer(state: State, name: str) -> str:
    """The kind of issuing body that is called so here, with or without the city before it."""
    words = state.words()
    if words is None or not name:
        return ""
    kinds = {fill(kind.name, words): each for each, kind in state.catalog.issuers.items() if kind.name}
    return next((each for called, each in kinds.items() if name.endswith(called)), "")


def _form(state: State, last: "Outline") -> str:
    """The pack's form whose markers the measures of the plan bear."""
    kinds = [node for node in last.nodes if node.kind == "measure" and node.number]
    if not kinds:
        return ""
    shape = Counter((node.level, _shape(node.number or "")) for node in kinds).most_common(1)[0][0]
    for name, entry in state.pack.forms.items():
        if 1 <= shape[0] <= 4 and _shape(entry.markers[shape[0] - 1]) == shape[1]:
            return name
    return ""


def _shape(marker: str) -> str:
    return "".join(
        "1" if each.isdigit() else "一" if each in "一二三四五六七八九十" else each for each in marker
    )[:3]
