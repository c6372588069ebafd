"""drafter's own papers: the names of their paragraph styles say what each line is (DESIGN, rule 5)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import (
    Annex,
    Document,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Notice,
    Paragraph,
    Responsibility,
    Role,
    Table,
)
from drafter.structure.form import detect, without_numbers
from drafter.structure.lines import Line
from drafter.structure.markers import marker_at
from drafter.structure.tree import Tree
from drafter.structure.units import FIRST_LEADS, is_units, split_units, units
from drafter.typography import BODY, HEADINGS, ITEMS, STYLES

_IDS = {style.name: style.id for style in STYLES}
_LEVELS: Mapping[str, Any] = {
    style.id: level for styles in (HEADINGS, ITEMS) for level, style in enumerate(styles, 1)
}
_ITEMS = frozenset(style.id for style in ITEMS)
_ROLES: Mapping[str, Role] = {
    BODY: "body",
    "gwLast": "body",
    "gwFurther": "item",
    "gwPrinciple": "principle",
    "gwBasis": "basis",
    "gwStatus": "status",
    "gwAnnexNote": "attachment-note",
    "gwAnnexNoteFirst": "attachment-note",
    "gwAnnexNoteNext": "attachment-note",
}
_TITLES = ("gwPlanTitle", "gwPlanTitleAlone")


def is_styled(lines: Sequence[Line]) -> bool:
    """Whether a paper carries drafter's style names, its title among them."""
    found = [_IDS.get(line.style or "") for line in lines]
    return any(style in _TITLES for style in found) and sum(1 for style in found if style) > len(lines) / 2


def styled(lines: Sequence[Line], origins: Mapping[str, str]) -> Document:
    """The Document that drafter wrote. What somebody typed in between in another style becomes a paragraph."""
    reader = _Reader(origins, any(FIRST_LEADS.search(line.text) for line in lines))
    own = [_IDS.get(line.style or "") for line in lines]
    reader.has_notice_title = "gwTitle" in own or "gwPlanTitle" in own
    for line, style in zip(lines, own, strict=True):
        reader.take(line, style or "")
    return reader.document()


class _Reader(Struct):
    origins: Mapping[str, str]
    first_leads: bool
    has_notice_title: bool = False
    mark: str = ""
    number: str | None = None
    notice_title: list[str] = field(default_factory=list)
    notice: dict[str, Any] = field(default_factory=dict)
    notice_paragraphs: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    annexes: list[tuple[str, list[str], str | None, Tree]] = field(default_factory=list)
    landscape: list[bool] = field(default_factory=list)
    caption: str | None = None
    caption_origin: str | None = None
    copy_to: list[str] = field(default_factory=list)
    printer: str | None = None
    printed: str | None = None

    def take(self, line: Line, style: str) -> None:
        if style in ("gwMark", "gwNumber"):
            self.head(line.text.strip(), style)
        elif style == "gwTitle" or (style == "gwPlanTitleAlone" and self.has_notice_title):
            self.notice_title.append(line.text)
        elif style in _TITLES:
            self.title.append(line.text)
        elif not self.title and not line.rows:
            self.notice_line(line.text, style)
        elif style == "gwAnnexLabel":
            self.annexes.append((line.text.removeprefix("附件"), [], None, Tree()))
            self.landscape.append(line.landscape)
        elif style == "gwAnnexTitle" and self.annexes:
            number, title, origin, tree = self.annexes[-1]
            self.annexes[-1] = (number, [*title, line.text], self.origin(line) or origin, tree)
        elif style in ("gwCopyTo", "gwCopyToNext", "gwPrinter", "gwPrinted"):
            self.imprint(line.text, style)
        else:
            self.block(line, style)

    def head(self, text: str, style: str) -> None:
        if style == "gwMark":
            self.mark += text
        else:
            self.number = text or None

    def notice_line(self, text: str, style: str) -> None:
        keys = {
            "gwAddressees": "addressees",
            "gwSignature": "signature",
            "gwDate": "date",
            "gwDateAndNote": "date",
            "gwNote": "note",
        }
        if style == "gwStatus":
            # The plan's own mark again, which is read below the plan's title.
            return
        if style not in keys:
            self.notice_paragraphs.append(text)
        elif style == "gwAddressees":
            self.notice["addressees"] = text.removesuffix("：")
        elif style == "gwNote":
            self.notice["note"] = text.removeprefix("（").removesuffix("）")
        elif style == "gwSignature":
            # A long name stands in two lines.
            self.notice["signature"] = self.notice.get("signature", "") + text
        else:
            self.notice[keys[style]] = text

    def imprint(self, text: str, style: str) -> None:
        if style == "gwPrinter":
            self.printer = text.strip() or None
        elif style == "gwPrinted":
            self.printed = text.removesuffix("印发") or None
        else:
            self.copy_to.append(text.removeprefix("抄送：").removesuffix("。"))

    def origin(self, line: Line) -> str | None:
        return self.origins.get(line.mark) if line.mark else None

    @property
    def here(self) -> Tree:
        return self.annexes[-1][3] if self.annexes else self.tree

    def block(self, line: Line, style: str) -> None:
        tree = self.here
        if line.rows:
            tree.add(Table(line.rows, self.caption, self.caption_origin))
            self.caption = self.caption_origin = None
        elif style == "gwCaption":
            self.caption, self.caption_origin = line.text, self.origin(line)
        elif style == "gwUnits":
            _give(tree, units(line.text.removeprefix("（").removesuffix("）"), self.first_leads))
        elif style in _LEVELS:
            self.numbered(tree, line, style)
        elif style in _ROLES:
            tree.add(Paragraph(line.text, _ROLES[style]))
        else:
            tree.add(Paragraph(line.text))

    def numbered(self, tree: Tree, line: Line, style: str) -> None:
        level = _LEVELS[style]
        marker = marker_at(line.text)
        start = marker.end if marker else 0
        if style not in _ITEMS:
            tree.add(
                Heading(
                    level,
                    line.text[start:].strip().replace("。", "") or line.text,
                    None,
                    None,
                    self.origin(line),
                ),
                marker,
            )
            return
        end = line.run_in or line.text.find("。") + 1 or len(line.text)
        title, rest = line.text[start:end].strip().removesuffix("。"), line.text[end:].strip()
        split = split_units(rest)
        bracket = re.search(r"（((?:[^（）]|（[^（）]*）)*)）$", rest)
        given: Responsibility | None = None
        if split.raw is not None and bracket and is_units(bracket.group(1), True):
            # What drafter prints stands between the brackets to the letter.
            given, rest = units(bracket.group(1), self.first_leads), rest[: bracket.start()].strip()
        tree.add(
            Item(level, title.replace("。", "") or line.text, rest, None, given, self.origin(line)), marker
        )

    def document(self) -> Document:
        annex_trees = [tree for _, _, _, tree in self.annexes]
        form = detect(self.tree, annex_trees, self.first_leads)
        alone = len(self.annexes) == 1
        has_notice = bool(self.notice_title or self.notice or self.notice_paragraphs)
        return Document(
            form=form,
            letterhead=Letterhead(self.mark, self.number) if self.mark or self.number else None,
            notice=Notice(tuple(self.notice_title), paragraphs=tuple(self.notice_paragraphs), **self.notice)
            if has_notice
            else None,
            title=tuple(self.title),
            blocks=without_numbers(self.tree, form),
            annexes=tuple(
                Annex("".join(title) or "附件", without_numbers(tree, form, annex=True),
                      None if number == ("" if alone else str(ordinal)) else number, self.landscape[ordinal - 1],
                      origin)
                for ordinal, (number, title, origin, tree) in enumerate(self.annexes, 1)
            ),
            imprint=Imprint(tuple(_names(group) for group in self.copy_to), self.printer, self.printed)
            if self.copy_to or self.printer or self.printed
            else None,
        )  # fmt: skip


def _give(tree: Tree, given: Responsibility) -> None:
    """Units in a paragraph of their own: those of an item with further paragraphs, or of a section that ends here.

    Items print theirs in their own paragraph, so that what stands alone closes the deepest heading that has none.
    """
    blocks = tree.blocks
    further = bool(blocks) and isinstance(blocks[-1], Paragraph) and blocks[-1].role == "item"
    level = 5
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if not isinstance(block, Heading | Item) or block.level >= level:
            continue
        last = level == 5
        level = block.level
        if block.responsibility is not None or (
            isinstance(block, Item) and last and not further and _has_sections(blocks)
        ):
            continue
        blocks[place] = replace(block, responsibility=given)
        return


def _has_sections(blocks: Sequence[object]) -> bool:
    return any(isinstance(block, Heading) for block in blocks)


def _names(group: str) -> tuple[str, ...]:
    """The names of a line of 抄送; a comma within brackets, or before a line break, parts none."""
    return tuple(name.strip() for name in re.split("，(?![^（]*）)", group) if name.strip())
