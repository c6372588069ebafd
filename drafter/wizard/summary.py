"""What came of the parent's items, in figures: before and after a build."""

import re
from collections import Counter
from dataclasses import dataclass

from drafter.lowering import put_down
from drafter.propose import actions, clauses
from drafter.wizard.chosen import answered_by, settled
from drafter.wizard.state import State

_ORDERS = re.compile(r"(各县|县（?市|县\(市|各区|各乡镇|各级政府|县级)")


@dataclass(frozen=True, slots=True)
class Summary:
    """Items of the parent by what became of them; `orders`: those that speak to lower levels, and how many of these are answered.

    `copied`: the share of clauses of own texts and measures for them that are the parent's, 0 to 1.
    """

    items: int
    became: dict[str, int]
    orders: int
    ordered: int
    copied: float
    rework: int
    title: str
    other_period: bool


def summary(state: State) -> Summary | None:
    """The figures; None without a parent that was read."""
    driver = state.driver()
    if driver is None:
        return None
    name, plan = driver
    nodes = actions(plan)
    done = settled(state)
    became = Counter(done.get((name, node.id), "open") for node in nodes)
    orders = [node for node in nodes if _ORDERS.search(f"{node.title}。{node.text}")]
    return Summary(
        items=len(nodes),
        became=dict(became),
        orders=len(orders),
        ordered=sum((name, node.id) in done for node in orders),
        copied=_copied(state),
        rework=sum(1 for each in state.data.get("local") or [] if str(each.get("rework")).lower() == "true"),
        title=plan.meta.title or "",
        other_period=(state.parent(name) or {}).get("state") == "other-period",
    )


def _copied(state: State) -> float:
    driver, words = state.driver(), state.words()
    if driver is None or words is None:
        return 0.0
    place = driver[1].meta.locality or ""
    theirs = {
        each
        for node in driver[1].nodes
        for each in clauses(put_down(node.text.replace(",", "，"), place, words))
    }
    ours = [
        each
        for local in state.data.get("local") or []
        if answered_by(local)
        for each in clauses(str(local.get("text")))
    ]
    for pick in state.data.get("picks") or []:
        measure = state.catalog.measures.get(str(pick.get("measure")))
        ours += clauses(measure.text) if measure else []
    same = sum(len(each) for each in ours if each in theirs)
    return same / (sum(len(each) for each in ours) or 1)
