"""What a person decided, and what a rule says, on top of what the texts say. A person's word wins."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.align.types import Pair, Status
from drafter.model.catalog import Measure
from drafter.model.profile import Decision
from drafter.outline import Outline

_CAUTION = "涉减负、涉权益，需领导决定"


class Decided(Struct, frozen=True):
    """Decisions that hold, by parent item, with the ids of pinned children; and what does not hold, in Chinese."""

    held: Mapping[str, tuple[Decision, tuple[str, ...]]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def decided(decisions: Sequence[Decision], parent: Outline, child: Outline) -> Decided:
    """Which decisions still fit both papers: an item that is gone or has another title must be decided anew."""
    titles = {node.id: node.title for node in parent.nodes}
    held: dict[str, tuple[Decision, tuple[str, ...]]] = {}
    warnings = []
    for decision in decisions:
        title = titles.get(decision.item)
        if title is None:
            warnings.append(
                f"档案中的决定所指的上级条目 {decision.item}“{decision.title}”已不存在，未采用；请核对 decisions"
            )
            continue
        if decision.title and decision.title != title:
            warnings.append(
                f"上级条目 {decision.item} 的题目已由“{decision.title}”变为“{title}”，原决定未采用；请核对后改写 title"
            )
            continue
        pinned, lost = _pinned(decision, child)
        warnings += [
            f"上级条目 {decision.item} 指定由“{each}”承接，但本方案中没有它；请核对 children" for each in lost
        ]
        if decision.kind == "pin" and not pinned:
            continue
        held[decision.item] = decision, pinned
    return Decided(held, tuple(warnings))


def _pinned(decision: Decision, child: Outline) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the pinned children, named by id, by the measure they come from or by title; and the names of none."""
    found: list[str] = []
    lost: list[str] = []
    for name in decision.children:
        node = next((node for node in child.nodes if name in (node.id, node.origin, node.title)), None)
        (found if node else lost).append(node.id if node else name)
    return tuple(dict.fromkeys(found)), tuple(lost)


def apply(pair: Pair, decision: Decision, children: tuple[str, ...]) -> Pair:
    """The row as a person decided it."""
    settled = replace(pair, confidence="sure", decided_by="person", reason=decision.reason, proposal="")
    if decision.kind == "pin":
        return replace(settled, children=children, status="covered", missing_points=())
    status: Status = "excused" if decision.kind == "omit" else "not-applicable"
    return replace(settled, status=status, missing_points=())


def excused_by_rule(pair: Pair, text: str, cautions: Sequence[Measure]) -> Pair:
    """A row that is missing and asks for what may only be taken up by decision of the leadership (PRACTICE 24)."""
    for measure in cautions:
        if pair.status == "missing" and any(point in text for point in (measure.title, *measure.must)):
            return replace(pair, status="excused", decided_by="rule", reason=measure.caution or _CAUTION)
    return pair
