"""An alignment as reports show it: rows with both texts, and the Chinese words for every value."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from drafter.align.types import Alignment, Pair, SectionShare
from drafter.outline import Node, Outline, Target

STATUS = {
    "covered": "已承接",
    "partial": "部分承接",
    "missing": "未承接",
    "excused": "不承接（有理由）",
    "not-applicable": "不适用",
}
CONFIDENCE = {"sure": "把握较大", "review": "需人工核对"}
DECIDED = {"text": "文字比对", "origin": "起草时已标来源", "person": "人工认定", "rule": "规则认定"}
ADDRESSED = {"own": "上级自办", "subordinate": "对下要求", "both": "上下共办"}
KIND = {"measure": "措施", "task": "任务", "schedule": "进度"}
LEAD = {"same": "牵头一致", "changed": "牵头有变", "missing": "本级未写牵头", "n/a": ""}
VERDICT = {
    "meets": "达到",
    "stricter": "高于上级",
    "below": "低于上级",
    "missing": "未写",
    "other-period": "规划期不同",
}
_LONGEST = 40
"""Characters of a title in a link or a cell."""


class Row(Struct, frozen=True):
    """A pair with its nodes. `part`: titles of what holds the parent's item; `must`, `may`: points that nothing carries."""

    ordinal: int
    pair: Pair
    parent: Node
    children: tuple[Node, ...]
    part: str
    must: tuple[str, ...]
    may: tuple[str, ...]

    @property
    def ordered(self) -> bool:
        """Whether the parent orders lower levels to do this (PRACTICE 28)."""
        return self.pair.addressed != "own"

    @property
    def only_may(self) -> bool:
        """Whether nothing is left out but what may be (PRACTICE 27)."""
        return self.pair.status == "partial" and not self.must

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit of both sides, each once."""
        below = (unit for child in self.children for unit in (*child.lead, *child.support))
        own = (*self.parent.lead, *self.parent.support, *self.pair.lead.parent, *self.pair.lead.child)
        return tuple(dict.fromkeys((*own, *below)))


class Share(Struct, frozen=True):
    """A section of the parent with the numbers of its rows by status; `may`: partial ones that lack no must-carry point."""

    section: SectionShare
    counts: Mapping[str, int]


def rows(alignment: Alignment, parent: Outline, child: Outline) -> tuple[Row, ...]:
    """A row for each pair, in order. A pair whose parent item is not in `parent` is a defect: KeyError."""
    above = {node.id: node for node in parent.nodes}
    below = {node.id: node for node in child.nodes}
    made = []
    for ordinal, pair in enumerate(alignment.pairs, 1):
        points = {
            weight: tuple(p.text for p in pair.missing_points if p.weight == weight)
            for weight in ("must", "may")
        }
        children = tuple(below[each] for each in pair.children if each in below)
        part = " › ".join(node.title for node in holders(pair.parent, above) if node.title)
        made.append(Row(ordinal, pair, above[pair.parent], children, part, points["must"], points["may"]))
    return tuple(made)


def holders(id: str, nodes: Mapping[str, Node]) -> list[Node]:
    """What holds a node, the outermost first."""
    path = id.split(".")
    names = (".".join(path[:end]) for end in range(1, len(path)))
    return [nodes[name] for name in names if name in nodes]


def shares(alignment: Alignment, made: Iterable[Row]) -> tuple[Share, ...]:
    """The parent's sections with what became of their measures; a measure counts in the innermost section that is listed."""
    counts = {
        section.node: dict.fromkeys(("covered", "may", "partial", "missing", "excused", "not-applicable"), 0)
        for section in alignment.sections
    }
    for row in made:
        path = row.pair.parent.split(".")
        above = (".".join(path[:end]) for end in range(len(path), 0, -1))
        section = next((name for name in above if name in counts), None)
        if section and row.pair.kind == "measure":
            counts[section]["may" if row.only_may else row.pair.status] += 1
    return tuple(Share(section, counts[section.node]) for section in alignment.sections)


def named(node: Node) -> str:
    """A node as a reader finds it: its marker and its title, cut where a whole sentence stands for one."""
    title = node.title or "（开头）"
    return f"{node.number or ''}{title if len(title) <= _LONGEST else title[: _LONGEST - 1] + '…'}"


def promised(target: Target | None) -> str:
    """A promise in numbers: 2030年 ≥15%."""
    if target is None:
        return "未写"
    sign = {">=": "≥", ">": "＞", "=": ""}.get(target.op, target.op)
    scope = f"（{target.scope}）" if target.scope else ""
    year = f"{target.year}年 " if target.year else ""
    return f"{year}{target.qualifier or ''}{sign}{target.value:g}{target.unit}{scope}"


def percent(share: float) -> str:
    """A share as a whole percentage; never 100 % while something is left, never 0 % while something is there."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}%"


def verdict(made: Row) -> str:
    """What became of a row, in words: an order to lower levels that is missing is an error (PRACTICE 28)."""
    status = made.pair.status
    if made.only_may:
        return "部分承接（可省）"
    if status == "missing" and made.ordered:
        return "未承接（错误）"
    if status == "excused":
        return {"person": "人工决定不承接", "rule": "按规则不承接"}.get(made.pair.decided_by, STATUS[status])
    return STATUS[status]


def reading(made: Row) -> str:
    """Who decided a row, and why: the words after 认定 of every report."""
    said = DECIDED[made.pair.decided_by]
    if made.pair.decided_by == "text":
        said += f"（{CONFIDENCE[made.pair.confidence]}）"
    parts = [said, made.pair.reason, f"建议：{made.pair.proposal}" if made.pair.proposal else ""]
    return "；".join(filter(None, parts))
