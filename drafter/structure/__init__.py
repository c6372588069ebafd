"""Lines → Document: what a paper says by its marks, its order and its words.

Entry point for readers of files:

    from drafter.structure import structure
    document = structure(lines, where, origins)

`lines`: the paper from top to bottom, see `lines.Line`; `where`: the file's name, for messages; `origins`: bookmark → catalog
origin, where the file carries drafter's trace (optional). Raises InputError where nothing of a plan can be found.
A reader need not drop page numbers, menus, separators or empty lines, nor join broken lines (`whole=False`).
"""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from drafter.document import Annex, Document, Notice, Paragraph, Unread
from drafter.errors import InputError, Location, error
from drafter.structure.clean import clean
from drafter.structure.form import detect, without_numbers
from drafter.structure.glued_head import unglue_head
from drafter.structure.gluing import unglue
from drafter.structure.head import Head, read_head
from drafter.structure.joining import join
from drafter.structure.lines import Line, noted
from drafter.structure.markers import marker_at
from drafter.structure.run_together import Cutter, glued_levels, unstopped_levels
from drafter.structure.styled import is_styled, styled
from drafter.structure.tail import Tail, read_tail
from drafter.structure.titles import find_title, fold
from drafter.structure.tree import Tree, grow
from drafter.structure.units import FIRST_LEADS

__all__ = ["Line", "structure"]


def structure(lines: Sequence[Line], where: str, origins: Mapping[str, str] | None = None) -> Document:
    """The Document that stands in `lines`."""
    if is_styled(lines):
        return styled(lines, origins or {})
    joined, mended = join(clean(lines))
    unglued = unglue(joined)
    start = _body_start(unglued.lines)
    head = read_head(unglue_head(unglued.lines[:start]))
    if start is None:
        return _head_alone(head, where, mended)
    tail = read_tail(unglued.lines[start:])
    first_leads = any(FIRST_LEADS.search(line.text) for line in tail.body)
    body = _grow_body(tail, unglued.glued, first_leads)
    annexes = [
        _grow_annex(title, content, tail, unglued.glued, first_leads) for _, title, content in tail.annexes
    ]
    form = detect(body, annexes, first_leads)
    opening = tuple(Paragraph(line.text) for line in head.rest if not line.rows)
    status = (Paragraph(f"（{head.status}）", "status"),) if head.status else ()
    notes = tuple(Paragraph(text, "attachment-note") for text in tail.notes)
    if tail.notes and not tail.annexes:
        tail.unread.append(noted("附件说明列出的附件不在文中：" + "；".join(tail.notes)[:60], "文末"))
    unread = [
        *mended,
        *head.unread,
        *tail.unread,
        *body.unread,
        *(each for tree in annexes for each in tree.unread),
    ]
    return Document(
        form=form,
        letterhead=head.letterhead,
        notice=_signed(head, tail),
        title=head.title,
        blocks=(*status, *opening, *without_numbers(body, form), *notes),
        annexes=tuple(
            Annex(title, without_numbers(tree, form, annex=True), number)
            for (number, title, _), tree in zip(_numbered(tail), annexes, strict=True)
        ),
        imprint=tail.imprint,
        unread=tuple(unread),
    )


def _head_alone(head: Head, where: str, mended: Sequence[Unread]) -> Document:
    """A paper of which only the head can be told; InputError where there is not even that."""
    notice = head.notice
    if not head.title or notice is None or not (notice.title or notice.addressees):
        message = "读不出方案：没有“一、”“（一）”“1.”这样的编号"
        raise InputError(
            error("read.no-plan", message, "确认文件是方案正文（不是新闻、解读或目录页）", Location(where))
        )
    missing = noted("没有“一、”“（一）”“1.”这样的编号，正文未分条", "全文")
    return Document(
        letterhead=head.letterhead,
        notice=notice,
        title=head.title,
        blocks=tuple(Paragraph(line.text) for line in head.rest if not line.rows),
        unread=(*mended, *head.unread, missing),
    )


def _body_start(lines: Sequence[Line]) -> int | None:
    """The first line of the numbered body: 一、, or else the first marker of any level."""
    first = None
    for index, line in enumerate(lines):
        marker = None if line.rows else marker_at(line.text)
        if marker is None or marker.ordinal is None:
            continue
        if marker.level == 1:
            return _after_notice(lines, index)
        first = index if first is None else first
    return first


def _after_notice(lines: Sequence[Line], first: int) -> int:
    """The plan's own 一、 where the notice has numbered paragraphs too: it stands behind the plan's title."""
    texts = [line.text for line in lines]
    named = re.search(r"印发《?([^。：]+?)》?的?通知", "".join(texts[:first])[-3000:])
    title = find_title(texts, first, named.group(1), exact=True) if named else None
    if title is None or any(
        fold(text) == fold("".join(texts[title[0] : title[1]])) for text in texts[:first]
    ):
        return first
    following = (index for index in range(title[1], len(lines)) if _opens_body(lines[index]))
    return next(following, first)


def _opens_body(line: Line) -> bool:
    marker = None if line.rows else marker_at(line.text)
    return marker is not None and marker.level == 1 and marker.ordinal == 1


def _grow_body(tail: Tail, glued: bool, first_leads: bool) -> Tree:
    levels = glued_levels(tail.body, proofs=1 if glued else 3)
    if glued:
        levels |= unstopped_levels(tail.body)
    return grow(tail.body, Cutter(levels, glued=glued), first_leads, glued)


def _grow_annex(title: str, content: Sequence[Line], tail: Tail, glued: bool, first_leads: bool) -> Tree:
    if not glued and not re.search("名词|术语|注释|释义", title):
        return grow(content, Cutter(), first_leads)
    words = "\n".join(line.text for line in tail.body)
    return grow(content, Cutter(frozenset({1, 2, 3, 4}), words), first_leads)


def _numbered(tail: Tail) -> list[tuple[str | None, str, list[Line]]]:
    """Annexes with their number only where it differs from their order."""
    alone = len(tail.annexes) == 1
    expected = [None if alone else str(ordinal) for ordinal in range(1, len(tail.annexes) + 1)]
    return [
        (None if number == should else number or "", title, content)
        for (number, title, content), should in zip(tail.annexes, expected, strict=True)
    ]


def _signed(head: Head, tail: Tail) -> Notice | None:
    """The notice; a plan without one may be signed at its end."""
    if (
        head.notice is not None
        and (head.notice.signature or not tail.signature)
        and (head.notice.date or not tail.date)
    ):
        return head.notice
    if not tail.signature and not tail.date:
        return head.notice
    notice = head.notice or Notice(())
    return replace(notice, signature=notice.signature or tail.signature, date=notice.date or tail.date)
