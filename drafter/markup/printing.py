"""Document → drafting markup."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from drafter import yaml_tree
from drafter.document import Annex, Block, Document, Item, Paragraph, Responsibility, Table
from drafter.markup.escape import escape


def print_document(document: Document) -> str:
    """Markup that reads back to the same Document."""
    front = yaml_tree.dump(_front(document))
    return f"---\n{front}---\n\n" + "\n\n".join(_paragraphs(document)) + "\n"


def _front(document: Document) -> dict[str, Any]:
    front: dict[str, Any] = {"meta": _plain(document.meta)}
    if document.letterhead:
        front["letterhead"] = _plain(document.letterhead)
    if document.notice:
        kept = ("addressees", "signature", "date", "note", "sealed")
        front["notice"] = {key: value for key, value in _plain(document.notice).items() if key in kept}
    if document.imprint:
        front["imprint"] = _plain(document.imprint)
    front["form"] = _plain(document.form)
    if document.unread:
        front["unread"] = [_plain(entry) for entry in document.unread]
    return front


def _plain(value: Any) -> Any:
    """A part of a document as dicts and lists, without what is unknown."""
    plain = to_builtins(value)
    return {key: entry for key, entry in plain.items() if entry is not None}


def _paragraphs(document: Document) -> Iterator[str]:
    if document.notice:
        yield "::: notice"
        yield from (f"# {escape(text)}" for text in document.notice.title)
        yield from (escape(text) for text in document.notice.paragraphs)
        yield ":::"
    yield from (f"# {escape(text)}" for text in document.title)
    yield from _print_blocks(document.blocks)
    for annex in document.annexes:
        yield f"::: annex {annex.title}"
        if annex.number is not None or annex.landscape or annex.origin:
            yield "@附件 " + _annex_line(annex)
        yield from _print_blocks(annex.blocks)
        yield ":::"


def _annex_line(annex: Annex) -> str:
    entries = [f"编号={_kept(annex.number)}" if annex.number is not None else ""]
    entries += ["版式=横" if annex.landscape else "", f"出处={_kept(annex.origin)}" if annex.origin else ""]
    return "；".join(filter(None, entries))


def _kept(text: str) -> str:
    """A value of an @ line, so that it reads back as it is."""
    return re.sub(r"([\\；])", r"\\\1", text)


def _print_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield escape(block.text) + _print_group(role=block.role if block.role != "body" else None)
        elif isinstance(block, Table):
            yield _print_table(block)
        else:
            text = escape(block.title)
            if isinstance(block, Item):
                text += "。" + escape(block.text)
            yield (
                "#" * (block.level + 1) + f" {text}" + _print_group(origin=block.origin, number=block.number)
            )
            if block.responsibility:
                yield print_responsibility(block.responsibility)


def _print_group(origin: str | None = None, role: str | None = None, number: str | None = None) -> str:
    parts = [f"@{origin}" if origin else "", f".{role}" if role else ""]
    parts.append(f"={escape(number)}" if number is not None else "")
    inside = " ".join(filter(None, parts))
    return f" {{{inside}}}" if inside else ""


def print_responsibility(units: Responsibility) -> str:
    """The `@责任` line of units."""

    def names(each: tuple[str, ...]) -> str:
        return "、".join(re.sub(r"([\\、；])", r"\\\1", name) for name in each)

    entries = [f"牵头={names(units.lead)}" if units.lead else ""]
    entries.append(f"配合={names(units.support)}" if units.support else "")
    if units.raw is not None:
        entries.append(f"原文={_kept(units.raw)}")
    return ("@责任 " + "；".join(filter(None, entries))).rstrip()


def _print_table(table: Table) -> str:
    head = [f"@表 {escape(table.caption or '')}".rstrip() + _print_group(origin=table.origin)]
    rows = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in table.rows]
    rows.insert(1, "|" + " --- |" * len(table.rows[0]))
    return "\n".join([*(head if table.caption or table.origin else []), "", *rows]).lstrip("\n")
