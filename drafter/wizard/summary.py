"""What came of the parent's items: what was decided of each, and how the draft aligns with the parent."""

from collections import Counter

from msgspec import Struct

from drafter.align.sides import aligned_files
from drafter.align.types import Alignment
from drafter.errors import DrafterError
from drafter.propose import actions
from drafter.wizard.chosen import settled
from drafter.wizard.state import State


class Summary(Struct, frozen=True):
    """Items of the parent by what was decided of them; `alignment`: the draft beside the parent.

    `rework`: own texts that a person still has to work over. `alignment` is None while the profile cannot be composed.
    """

    title: str
    items: int
    became: dict[str, int]
    rework: int
    alignment: Alignment | None


def summary(state: State) -> Summary | None:
    """The figures of the profile as it was saved; None without a parent that was read."""
    driver = state.driver()
    if driver is None:
        return None
    name, plan = driver
    nodes = actions(plan)
    done = settled(state)
    return Summary(
        title=plan.meta.title or "",
        items=len(nodes),
        became=dict(Counter(done.get((name, node.id), "open") for node in nodes)),
        rework=sum(1 for each in state.data.get("local") or [] if str(each.get("rework")).lower() == "true"),
        alignment=_aligned(state, name),
    )


def _aligned(state: State, name: str) -> Alignment | None:
    file = (state.parent(name) or {}).get("file")
    if not file or not state.path.exists():
        return None
    folders = state.folders
    try:
        return aligned_files(
            state.path,
            state.path.absolute().parent / str(file),
            catalog=folders.catalog,
            templates=folders.templates,
        ).alignment
    except DrafterError:
        # What the profile still lacks is told by the next build; here it only means that nothing can be compared yet.
        return None
