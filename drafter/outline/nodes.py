"""Blocks → numbered nodes: ids, levels, texts and units (INTERFACES, `drafter read`)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from drafter.document import Annex, Block, Document, Form, Heading, Item, Paragraph, Responsibility, Table

_UNPRINTED = ("status", "attachment-note")


class Draft(Struct):
    """A node while the outline is made. `parts`: its paragraphs; `above`: the node that holds it."""

    id: str
    level: int
    number: str | None
    title: str
    above: "Draft | None" = None
    kind: str = "paragraph"
    parts: list[str] = field(default_factory=list)
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    raw: str | None = None
    origin: str | None = None
    tables: list[Table] = field(default_factory=list)
    children: list["Draft"] = field(default_factory=list)
    principle: bool = False
    annex: bool = False

    @property
    def text(self) -> str:
        """The paragraphs under the title, one a line."""
        return "\n".join(filter(None, self.parts))

    def chain(self) -> Iterator["Draft"]:
        """This node and what holds it, upwards."""
        here: Draft | None = self
        while here is not None:
            yield here
            here = here.above


def drafts(document: Document) -> list[Draft]:
    """The nodes of a paper in order, kinds still open."""
    made = list(_body(document))
    last = max((int(node.id) for node in made if node.id.isdecimal()), default=0)
    for place, (annex, label) in enumerate(
        zip(document.annexes, document.annex_labels, strict=True), last + 1
    ):
        made += _annex(annex, label, place, document.form)
    _take_tables(made)
    return made


def _body(document: Document) -> Iterator[Draft]:
    first = next(
        (place for place, block in enumerate(document.blocks) if isinstance(block, Heading | Item)), None
    )
    opening = document.blocks[:first] if first is not None else document.blocks
    preamble = Draft("0", 1, None, "")
    for block in opening:
        _fill(preamble, block)
    if preamble.parts or preamble.tables:
        yield preamble
    if first is not None:
        root = Draft("", 0, None, "")
        yield from _walk(document.blocks[first:], document.form, root)


def _annex(annex: Annex, label: str, place: int, form: Form) -> Iterator[Draft]:
    root = Draft(str(place), 1, label, annex.title, kind="annex", origin=annex.origin, annex=True)
    yield root
    highest = min((block.level for block in annex.blocks if isinstance(block, Heading | Item)), default=1)
    yield from _walk(annex.blocks, form, root, shift=2 - highest, annex=True)


def _walk(
    blocks: Sequence[Block], form: Form, root: Draft, shift: int = 0, annex: bool = False
) -> Iterator[Draft]:
    """Nodes under `root`. `shift` puts an annex's highest marker on level 2."""
    open_nodes = [root]
    for block, number in zip(blocks, form.numbers(blocks, annex), strict=True):
        if isinstance(block, Heading | Item):
            level = block.level + shift
            while len(open_nodes) > 1 and open_nodes[-1].level >= level:
                open_nodes.pop()
            node = _child(open_nodes[-1], level, number, block.title)
            node.origin = block.origin
            if isinstance(block, Item):
                node.parts.append(block.text)
            if block.responsibility:
                _give(node, block.responsibility, form)
            open_nodes.append(node)
            yield node
        elif isinstance(block, Paragraph) and block.role == "principle":
            while len(open_nodes) > 1 and open_nodes[-1].principle:
                open_nodes.pop()
            title, _, rest = block.text.partition("。")
            node = _child(open_nodes[-1], max(3, open_nodes[-1].level + 1), None, title)
            node.principle = True
            node.parts.append(rest.strip())
            open_nodes.append(node)
            yield node
        else:
            _fill(open_nodes[-1], block)


def _child(above: Draft, level: int, number: str | None, title: str) -> Draft:
    prefix = f"{above.id}." if above.id else ""
    node = Draft(
        f"{prefix}{len(above.children) + 1}",
        level,
        number,
        title,
        above if above.id else None,
        annex=above.annex,
    )
    above.children.append(node)
    return node


def _fill(node: Draft, block: Block) -> None:
    if isinstance(block, Table):
        node.tables.append(block)
    elif isinstance(block, Paragraph) and block.role not in _UNPRINTED:
        node.parts.append(block.text)


def _give(node: Draft, units: Responsibility, form: Form) -> None:
    node.lead, node.support = units.lead, units.support
    node.raw = form.units(units) or None


# ------------------------------------------------------------------ tables


def _take_tables(nodes: Sequence[Draft]) -> None:
    """Rows of a table with a 牵头 column give their units to the node whose title they name."""
    named = {bare_title(node.title): node for node in nodes if node.title and not node.annex}
    for node in nodes:
        for table in node.tables:
            columns = _columns(table.rows[0])
            if columns is None:
                continue
            task, lead, support = columns
            for row in table.rows[1:]:
                owner = named.get(bare_title(row[task]))
                if owner is not None and not owner.lead and not owner.support and row[lead] != row[task]:
                    owner.lead = _names(row[lead])
                    owner.support = _names(row[support]) if support is not None else ()


def _columns(head: Sequence[str]) -> tuple[int, int, int | None] | None:
    lead = next((place for place, cell in enumerate(head) if "牵头" in cell), None)
    task = next(
        (place for place, cell in enumerate(head) if re.search("任务|措施|事项|内容|项目|工作", cell)), None
    )
    if lead is None or task is None or task == lead:
        return None
    support = next(
        (
            place
            for place, cell in enumerate(head)
            if place != lead and re.search("配合|责任|参与|参加|协同|协办", cell)
        ),
        None,
    )
    return task, lead, support


def _names(cell: str) -> tuple[str, ...]:
    names = re.split(r"[、，,；; ](?![^（(]*[）)])", cell)
    return tuple(
        bare
        for name in names
        if (bare := re.sub(r"等(?:有关)?(?:单位|部门)?$", "", name.strip())) and bare not in ("—", "-", "/")
    )


def bare_title(text: str) -> str:
    """A title without its marker, white space and closing mark: what a table and a heading have in common."""
    bare = re.sub(
        r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])",
        "",
        unicodedata.normalize("NFKC", text).strip(),
    )
    return re.sub(r"[\s。.；;：:]", "", bare)
