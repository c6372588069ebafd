"""The county's measures hung into the parts and sections of a parent plan (PRACTICE 22)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import chinese_numeral
from drafter.errors import Finding, Location, Severity, error
from drafter.model.plan import Code, PlaceWords, PlanEntry, PlanPart, PlanSection
from drafter.model.profile import Parent, Profile
from drafter.model.words import GroupKind, ParentState
from drafter.nearest import nearest
from drafter.numerals import number
from drafter.yaml_tree import Tree

if TYPE_CHECKING:
    from drafter.outline import Node, Outline

_KINDS = (
    (GroupKind.SAFEGUARD, re.compile("保障|组织实施|组织领导")),
    (GroupKind.PROJECT, re.compile("工程|项目")),
    (GroupKind.GROUP, re.compile("行动|任务")),
)
_COUNT = re.compile(r"[二三四五六七八九十]+(?=[大项个])")
_LEVEL_WORDS = "市州盟省区"


class _Slot(Struct):
    """A section of the parent that holds measures, and what of the county is hung into it."""

    node: "Node"
    part: "Node"
    kind: GroupKind | None
    hung: list[tuple[PlanSection, PlanEntry, tuple[int, ...]]] = field(default_factory=list)


class Hung(Struct, frozen=True):
    """The parts that follow, sections that found no place, and titles of the parent that nothing was hung into."""

    parts: tuple[PlanPart, ...]
    left: tuple[PlanSection, ...]
    dropped: tuple[str, ...]


def hang(
    sections: Sequence[PlanSection],
    parent: "Outline",
    name: str,
    words: PlaceWords,
    units: Callable[[Sequence[PlanEntry]], tuple[tuple[str, ...], tuple[str, ...]]],
    at: Location,
) -> Hung | None:
    """Hang every entry of `sections` into the parent plan `name`; None where the parent has no section with measures.

    An entry goes where the items that it answers stand, else into the section whose title is nearest to its own
    section's. `units`: who leads and supports entries together. `at`: where the profile asks for it.
    """
    slots = _slots(parent)
    if not slots:
        return None
    left = []
    for section in sections:
        rest = tuple(entry for entry in section.entries if not _take(section, entry, slots, name))
        if rest:
            left.append(replace(section, entries=rest))
    return Hung(
        tuple(_parts(slots, parent, words, units, at)),
        tuple(left),
        tuple(f"{slot.node.number or ''}{slot.node.title}" for slot in slots if not slot.hung),
    )


def chosen_parent(profile: Profile) -> Parent | None:
    """The parent plan whose outline is wanted: the one that `layout.parent` names, else the last that has a file."""
    wanted = profile.layout.parent
    fitting = [each for each in profile.parents if each.file and wanted in (None, each.id)]
    return fitting[-1] if fitting and profile.layout.outline == "parent" else None


def why_not(profile: Profile, tree: Tree) -> tuple[Finding, ...]:
    """Why a profile that asks for a parent's outline cannot have it."""
    wanted = profile.layout.parent
    if profile.layout.outline != "parent" or chosen_parent(profile):
        return ()
    if wanted is None:
        hint = "在 parents 中给上级方案写 file: 文件名，或改为 outline: pack"
        at = tree.at("layout", "outline")
        return (error("outline.parent", "outline: parent 需要上级方案的文件", hint, at),)
    known = [each.id for each in profile.parents]
    if wanted not in known:
        message, hint = f"没有上级方案“{wanted}”", nearest(wanted, known)
    else:
        message, hint = f"上级方案“{wanted}”没有文件", "给它写 file: 文件名"
    return (error("outline.parent", message, hint, tree.at("layout", "parent")),)


def advice(profile: Profile, parent: "Outline", hung: Hung, at: Location) -> Iterator[Finding]:
    """What the drafter should know of an outline that was taken over."""
    chosen = chosen_parent(profile)
    own = (profile.period.start, profile.period.end)
    if chosen and (chosen.state is ParentState.OTHER_PERIOD or parent.meta.period not in (None, own)):
        message = f"“{chosen.id}”属于其他规划期：只参照其章节和任务，目标、年份、数字不沿用"
        yield Finding("outline.period", Severity.ADVICE, message, at=at)
    if hung.dropped:
        message = f"上级方案有 {len(hung.dropped)} 个部分没有选用举措，未列入：{'、'.join(hung.dropped)}"
        hint = "需要的，在 picks 或 local 中补选举措，并用 answers 写明对应的条目"
        yield Finding("outline.dropped", Severity.ADVICE, message, hint, at)


# ------------------------------------------------------------------ the parent


def _slots(parent: "Outline") -> list[_Slot]:
    """Sections that hold measures, in the parent's order; a part that holds them without sections is one itself."""
    nodes = {node.id: node for node in parent.nodes}
    acting = [node.id for node in parent.nodes if node.kind in ("measure", "task")]
    holders = dict.fromkeys(_holder(item, nodes) for item in acting)
    slots = []
    for holder in holders:
        node, part = nodes[holder], nodes[holder.partition(".")[0]]
        slots.append(_Slot(node, part, _kind(node.title, part.title)))
    return slots


def _holder(item: str, nodes: "dict[str, Node]") -> str:
    """The section of level 2 above an item, or its part."""
    section = ".".join(item.split(".")[:2])
    return section if section in nodes and nodes[section].level == 2 else item.partition(".")[0]


def _kind(title: str, part: str) -> GroupKind | None:
    """What a section of the parent is: safeguards by the part's title, others by their own first."""
    safeguard, shape = _KINDS[0]
    if shape.search(part):
        return safeguard
    return next((kind for text in (title, part) for kind, found in _KINDS[1:] if found.search(text)), None)


# ------------------------------------------------------------------ hanging


def _nearest(section: PlanSection, entry: PlanEntry, slots: Sequence[_Slot]) -> _Slot | None:
    """The slot of the same kind whose title is nearest to the section's or, where it is a single measure, the entry's.

    Safeguards hang with safeguards only, others never there.
    """
    same = [slot for slot in slots if slot.kind == section.kind]
    others = [slot for slot in slots if slot.kind is not GroupKind.SAFEGUARD]
    if not same and section.kind is not GroupKind.SAFEGUARD:
        same = others

    # Imported here: it takes 30 ms, and most builds hang nothing.
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    def nearness(slot: _Slot) -> float:
        titles = [section.title.text, *([entry.title.text] if slot.node.kind == "measure" else [])]
        return max(ratio(slot.node.title, title) for title in titles)

    return max(same, key=nearness, default=None)


def _take(section: PlanSection, entry: PlanEntry, slots: Sequence[_Slot], name: str) -> bool:
    """Hang one entry; whether there was a place for it."""
    for answer in entry.answers:
        if answer.parent == name:
            for slot in slots:
                if answer.item == slot.node.id or answer.item.startswith(f"{slot.node.id}."):
                    place = tuple(int(step) for step in re.findall(r"\d+", answer.item))
                    slot.hung.append((section, entry, place))
                    return True
    near = _nearest(section, entry, slots)
    if near is None:
        return False
    near.hung.append((section, entry, ()))
    return True


# ------------------------------------------------------------------ the parts that follow


def _parts(
    slots: Sequence[_Slot],
    parent: "Outline",
    words: PlaceWords,
    units: Callable[[Sequence[PlanEntry]], tuple[tuple[str, ...], tuple[str, ...]]],
    at: Location,
) -> Iterable[PlanPart]:
    introduced: set[str] = set()
    for part in {slot.part.id: slot.part for slot in slots}.values():
        own = [slot for slot in slots if slot.part is part]
        used = [slot for slot in own if slot.hung]
        if not used:
            continue
        made = []
        for slot in used:
            section = _section(slot, parent, words, at, introduced)
            lead, support = units(section.entries)
            made.append(replace(section, lead=lead, support=support))
        title = _counted(_levelled(part.title, parent, words), len(own), len(used))
        yield PlanPart(Code(title, at, literal=True), made[0].kind, tuple(made))


def _section(
    slot: _Slot, parent: "Outline", words: PlaceWords, at: Location, introduced: set[str]
) -> PlanSection:
    """A section under the parent's title; introduction and aim are those of the group that most entries are from."""
    # The parent's order first; what answers nothing there comes after it, in the county's own.
    ordered = sorted(slot.hung, key=lambda each: (not each[2], each[2]))
    groups = [section for section, _, _ in ordered]
    home = max(groups, key=lambda section: sum(1 for other in groups if other is section))
    title = "" if slot.node is slot.part else _levelled(slot.node.title, parent, words)
    nothing = Code("", at, literal=True)
    again = home.id in introduced
    introduced.add(home.id)
    return PlanSection(
        id=home.id,
        kind=slot.kind or home.kind,
        title=Code(title, at, literal=True),
        intro=nothing if again else home.intro,
        aim=nothing if again else home.aim,
        entries=tuple(entry for _, entry, _ in ordered),
    )


def _levelled(title: str, parent: "Outline", words: PlaceWords) -> str:
    """A title of the parent on the county's level: its place and its level words become the county's."""
    place = parent.meta.locality or ""
    if place and place != "全国":
        title = title.replace(place, words.name)
        if len(place) > 2:
            title = title.replace(place[:-1], words.short)
    title = re.sub(rf"(?<=[全我本])(?:[{_LEVEL_WORDS}]|国)(?!级)", words.word, title)
    return re.sub(rf"[{_LEVEL_WORDS}](?=级)", words.word, title)


def _counted(title: str, before: int, now: int) -> str:
    """五大行动 becomes 四大行动 where one of the five has no measure here."""

    def counted(found: re.Match[str]) -> str:
        return chinese_numeral(now) if number(found.group()) == before else found.group()

    return _COUNT.sub(counted, title)
