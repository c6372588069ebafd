"""What a Word comment says beside each measure of a draft: where it comes from, what it answers, what is open."""

import re
from collections.abc import Mapping

from drafter.document import Document, Heading, Item
from drafter.load import Inputs
from drafter.model.plan import Plan, PlanEntry

_OPEN = re.compile(r"〔待填：([^〕]*)〕")


def annotations(document: Document, plan: Plan, inputs: Inputs) -> Mapping[str, tuple[str, ...]]:
    """Origin → lines of its comment, for every measure that the paper prints."""
    texts = _texts(document)
    entries = {entry.id: entry for section in plan.sections for entry in section.entries}
    return {
        origin: tuple(_lines(entry, texts[origin], inputs))
        for origin, entry in entries.items()
        if origin in texts
    }


def _texts(document: Document) -> dict[str, str]:
    """Origin → all that is printed for it: title, text and units."""
    found: dict[str, str] = {}
    for block in document.blocks:
        if isinstance(block, Heading | Item) and block.origin:
            units = document.form.units(block.responsibility) if block.responsibility else ""
            found[block.origin] = f"{block.title}{block.text if isinstance(block, Item) else ''}{units}"
    return found


def _lines(entry: PlanEntry, text: str, inputs: Inputs) -> list[str]:
    catalog, profile = inputs.catalog, inputs.profile
    lines = [f"{'举措' if entry.id in catalog.measures else '本地自拟'}：{entry.id}"]
    plans: dict[str, list[str]] = {}
    for source in entry.sources:
        known = catalog.sources.get(source.plan)
        plans.setdefault(known.place if known else source.plan, []).append(source.item)
    if plans:
        lines.append("来源：" + "；".join(f"{place} {'、'.join(items)}" for place, items in plans.items()))
    titles = {parent.id: parent.title for parent in profile.parents}
    answered: dict[str, list[str]] = {}
    for answer in entry.answers:
        answered.setdefault(answer.parent, []).append(answer.item)
    lines += [
        f"回应：{f'《{titles[parent]}》' if titles.get(parent) else parent} {'、'.join(items)}"
        for parent, items in answered.items()
    ]
    if not answered and profile.parents:
        lines.append("回应：没有登记所回应的上级条目")
    unknown = list(dict.fromkeys(_OPEN.findall(text)))
    if unknown:
        lines.append(f"待填：{'、'.join(unknown)}")
    return lines
