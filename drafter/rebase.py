"""A late or changed parent: which of its items are new, changed or gone, and the answers moved to the new ids."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from drafter.propose import actions

if TYPE_CHECKING:
    from drafter.outline import Node, Outline

ALIKE = 60
"""Items of two versions are one from this likeness on (0 to 100)."""


class Rebased(Struct, frozen=True):
    """What became of the items of a parent: ids of the new plan, but for `dropped`, which are (old id, title).

    `moved`: old id → new id, for every item that is still there; `titles`: new id → title.
    """

    moved: Mapping[str, str]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]
    titles: Mapping[str, str]


def compare(old: "Outline", new: "Outline") -> Rebased:
    """Match the items of two versions of a plan by title and text."""
    # Imported here: most runs rebase nothing.
    from rapidfuzz import fuzz  # noqa: PLC0415

    before, after = list(actions(old)), list(actions(new))
    pairs = sorted(
        (
            (-_likeness(fuzz.ratio, one, other), abs(i - j), i, j)
            for i, one in enumerate(before)
            for j, other in enumerate(after)
        ),
    )
    moved: dict[str, str] = {}
    changed: list[str] = []
    for score, _, i, j in pairs:
        if -score < ALIKE:
            break
        if before[i].id in moved or after[j].id in moved.values():
            continue
        moved[before[i].id] = after[j].id
        if _bare(before[i]) != _bare(after[j]):
            changed.append(after[j].id)
    order = [node.id for node in after]
    return Rebased(
        moved=moved,
        new=tuple(node.id for node in after if node.id not in moved.values()),
        changed=tuple(sorted(changed, key=order.index)),
        dropped=tuple((node.id, node.title) for node in before if node.id not in moved),
        titles={node.id: node.title for node in after},
    )


def is_like(node: "Node", title: str, text: str) -> bool:
    """Whether a text could have been made from an item: alike in title or text from ALIKE on."""
    # Imported here: most runs rebase nothing.
    from rapidfuzz import fuzz  # noqa: PLC0415

    whole = f"{node.title}。{node.text}"
    return fuzz.ratio(node.title, title) >= ALIKE or fuzz.ratio(whole, f"{title}。{text}") >= ALIKE


def moved_answers(data: Mapping[str, Any], parent: str, rebased: Rebased) -> dict[str, Any]:
    """The profile with every link to items of `parent` on the new ids. What answered an item that is gone stays, unlinked."""

    def link(entry: Mapping[str, Any]) -> dict[str, Any] | None:
        if entry.get("parent") != parent:
            return dict(entry)
        item = rebased.moved.get(str(entry.get("item")))
        # A decision names the item by its title too: it goes on with the new one.
        title = {"title": rebased.titles[item]} if item and "title" in entry else {}
        return {**entry, "item": item, **title} if item else None

    made = dict(data)
    for key in ("picks", "local"):
        made[key] = [
            _relinked(entry, [link(each) for each in entry.get("answers") or []])
            for entry in data.get(key) or []
        ]
    made["decisions"] = [each for each in map(link, data.get("decisions") or []) if each]
    return {key: value for key, value in made.items() if value or key in data}


def _relinked(entry: Mapping[str, Any], answers: Sequence[dict[str, Any] | None]) -> dict[str, Any]:
    rest = {key: value for key, value in entry.items() if key != "answers"}
    kept = [each for each in answers if each]
    return rest | ({"answers": kept} if kept else {})


def _likeness(ratio: Any, one: "Node", other: "Node") -> float:
    return max(
        0.5 * float(ratio(one.title, other.title)) + 0.5 * float(ratio(one.text[:300], other.text[:300])),
        95.0 if one.title == other.title and len(one.title) > 5 else 0.0,
    )


def _bare(node: "Node") -> str:
    return re.sub(r"\W", "", node.title + node.text)
