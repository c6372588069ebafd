"""The rows as the texts, and what the child remembers, have them."""

from collections.abc import Mapping, Sequence

from drafter.align.addressing import addressed, own_business
from drafter.align.carrying import Carried, carried, lost_points, partial
from drafter.align.entries import Entry
from drafter.align.evidence import evidence
from drafter.align.linking import Linked, link
from drafter.align.types import Pair, Status
from drafter.outline import Outline
from drafter.pairs import Weights

SURE = 0.72
"""A row is sure from this certainty on: that all children named are right, times that the status is."""


def rows(
    asked: Sequence[Entry],
    answering: Sequence[Entry],
    known: Mapping[str, Sequence[str]],
    parent: Outline,
    weight: Weights,
    elsewhere: frozenset[str] = frozenset(),
) -> list[Pair]:
    """One row for each of `asked`, in its order. `known`: parent id → child ids that are known to answer it; `elsewhere`: see link."""
    linked = link(evidence(asked, answering, weight), asked, answering, known, elsewhere)
    held = [
        carried(each, [answering[c] for c in row.children]) for each, row in zip(asked, linked, strict=True)
    ]
    return [
        _pair(each, row, made, answering, parent) for each, row, made in zip(asked, linked, held, strict=True)
    ]


def _pair(
    asked: Entry,
    row: Linked,
    made: Carried,
    answering: Sequence[Entry],
    parent: Outline,
) -> Pair:
    best = max((1.0 if c in row.known else row.chances[c] for c in row.children), default=0.0)
    doubt = 0.0 if row.word_by_word else partial(made, best)
    status: Status = "missing" if not row.children else "partial" if doubt >= 0.5 else "covered"
    certain = row.certainty * (max(doubt, 1 - doubt) if row.children else 1.0)
    source = asked.source
    return Pair(
        parent=asked.id,
        title=source.node.title,
        kind="measure" if source.kind == "measure" else "task" if source.kind == "task" else "schedule",
        addressed=addressed(source.node, parent.meta),
        children=tuple(answering[c].id for c in row.children),
        status=status,
        score=max((row.chances[c] for c in row.children), default=max(row.chances, default=0.0)),
        confidence="sure" if certain >= SURE else "review",
        decided_by="origin" if row.known else "text",
        proposal=own_business(source.node, parent.meta) if status != "covered" else "",
        missing_points=() if status == "covered" else lost_points(made),
    )
