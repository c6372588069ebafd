"""Document → Outline: a paper understood (INTERFACES, `drafter read`).

    from drafter.outline import as_json, outline
    data = as_json(outline(document))

The outline says what the page says: a draft that was composed and the same draft read back from its file give the same.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, to_builtins

from drafter.document import Document, Table, Unread
from drafter.outline.kinds import set_kinds
from drafter.outline.meta import Facts, facts
from drafter.outline.nodes import Draft, drafts
from drafter.outline.targets import Target

__all__ = ["FORMAT", "Facts", "Node", "Outline", "Target", "as_json", "outline"]

FORMAT = "drafter.read/1"


class Node(Struct, frozen=True):
    """A numbered part of a paper. `id`: the path of its ordinals; `number`: the marker as printed."""

    id: str
    level: int
    number: str | None
    kind: str
    title: str
    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    resp_raw: str | None = None
    origin: str | None = None
    tables: tuple[Table, ...] = ()


class Outline(Struct, frozen=True):
    """A Document understood."""

    meta: Facts
    targets: tuple[Target, ...]
    nodes: tuple[Node, ...]
    unread: tuple[Unread, ...]


def outline(document: Document, promises: bool = True) -> Outline:
    """Nodes, units, targets and meta of a paper. Without `promises` no targets are looked for, which takes half the time."""
    nodes = drafts(document)
    set_kinds(nodes)
    found = _targets(nodes) if promises else ()
    return Outline(facts(document, nodes), found, tuple(map(_node, nodes)), document.unread)


def _targets(nodes: Sequence[Draft]) -> tuple[Target, ...]:
    # Imported here: its patterns take long to compile.
    from drafter.outline.promises import targets  # noqa: PLC0415

    return targets(nodes)


def _node(draft: Draft) -> Node:
    return Node(
        draft.id, draft.level, draft.number, draft.kind, draft.title, draft.text, draft.lead, draft.support, draft.raw,
        draft.origin, tuple(draft.tables),
    )  # fmt: skip


def as_json(made: Outline) -> dict[str, Any]:
    """The JSON of `drafter read`."""
    return {
        "format": FORMAT,
        "meta": _plain(made.meta),
        "targets": [_plain(target) for target in made.targets],
        "nodes": [_node_json(node) for node in made.nodes],
        "unread": [to_builtins(entry) for entry in made.unread],
    }


def _node_json(node: Node) -> dict[str, Any]:
    tables = [{"caption": table.caption, "rows": [list(row) for row in table.rows]} for table in node.tables]
    return {**_plain(node), "tables": tables}


def _plain(part: Any) -> dict[str, Any]:
    """A record as JSON has it."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in to_builtins(part).items()
    }
