"""The shapes of numbering of a paper, found on the page: markers, restart, run-in titles, how units are printed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from drafter.document import Block, Form, Heading, Item, Responsibility
from drafter.structure.tree import Tree

_LABEL = re.compile(r"^(?:责任|牵头|主办|负责|实施|落实)[^:：、，]{0,6}[:：](?:由(?=[^，]*牵头))?")
_SUPPORT = re.compile(r"(配合|参加|参与|协助)(?:落实|实施)?$")


def detect(body: Tree, annexes: Sequence[Tree], first_leads: bool) -> Form:
    """The Form of a paper whose blocks carry their printed numbers."""
    standard = Form()
    found = _responsibilities(body.blocks)
    annex = Tree(
        [block for tree in annexes for block in tree.blocks],
        [mark for tree in annexes for mark in tree.markers],
    )
    return Form(
        markers=_markers(body, standard.markers),
        restart=_restart(body),
        run_in=_run_in(body.blocks, standard.run_in),
        lead="first" if first_leads else "marked",
        responsibility=_place(body.blocks),
        support_word=_most(
            (hit[1] for each in found if (hit := _SUPPORT.search(each.raw or ""))), standard.support_word
        ),
        label=_most((hit.group() if (hit := _LABEL.match(each.raw or "")) else "" for each in found), ""),
        annex_markers=_markers(annex, standard.annex_markers),
    )


def without_numbers(tree: Tree, form: Form, annex: bool = False) -> tuple[Block, ...]:
    """The blocks with `number` only where print differs from what the Form computes."""
    bare: list[Block] = [
        replace(block, number=None) if isinstance(block, Heading | Item) else block for block in tree.blocks
    ]
    computed = form.numbers(bare, annex)
    return tuple(
        replace(block, number=marker.text)
        if marker and isinstance(block, Heading | Item) and marker.text != number
        else block
        for block, marker, number in zip(bare, tree.markers, computed, strict=True)
    )


def _most(values: Iterable[str], otherwise: str) -> str:
    counts = Counter(values)
    return counts.most_common(1)[0][0] if counts else otherwise


def _responsibilities(blocks: Sequence[Block]) -> list[Responsibility]:
    return [
        block.responsibility for block in blocks if isinstance(block, Heading | Item) and block.responsibility
    ]


def _markers(tree: Tree, standard: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    shapes = [
        _most(
            (marker.shape for marker in tree.markers if marker and marker.level == level), standard[level - 1]
        )
        for level in (1, 2, 3, 4)
    ]
    return shapes[0], shapes[1], shapes[2], shapes[3]


def _restart(tree: Tree) -> tuple[bool, bool, bool, bool]:
    """Whether each level counts anew under each heading above it."""
    anew, on = Counter[int](), Counter[int]()
    last: dict[int, int] = {}
    fresh: set[int] = {1, 2, 3, 4}
    for marker in tree.markers:
        if marker is None or marker.ordinal is None:
            continue
        level = marker.level
        if level in fresh and level in last and last[level] > 0:
            (on if marker.ordinal == last[level] + 1 else anew)[level] += 1
        last[level] = marker.ordinal
        fresh.discard(level)
        fresh |= set(range(level + 1, 5))
    flags = [on[level] <= anew[level] for level in (1, 2, 3, 4)]
    return flags[0], flags[1], flags[2], flags[3]


def _run_in(blocks: Sequence[Block], standard: tuple[bool, ...]) -> tuple[bool, bool, bool, bool]:
    counts = Counter(
        (block.level, isinstance(block, Item)) for block in blocks if isinstance(block, Heading | Item)
    )
    flags = [
        counts[level, True] > counts[level, False]
        if counts[level, True] + counts[level, False]
        else standard[level - 1]
        for level in (1, 2, 3, 4)
    ]
    return flags[0], flags[1], flags[2], flags[3]


def _place(blocks: Sequence[Block]) -> Literal["item", "section", "none"]:
    """Where units are printed: after each item or once for a section."""
    deepest = max((block.level for block in blocks if isinstance(block, Heading | Item)), default=1)
    owners = [block for block in blocks if isinstance(block, Heading | Item) and block.responsibility]
    own = sum(
        1 for block in owners if block.level == deepest or (isinstance(block, Item) and block.level > 2)
    )
    if not owners:
        return "none"
    return "item" if own >= len(owners) - own else "section"
