"""Document → file: docx, pdf, html or drafting markup."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from drafter import markup
from drafter.document import Document
from drafter.model.words import Element, Face
from drafter.write.body import Parity
from drafter.write.files import write_atomically
from drafter.write.package import docx_bytes
from drafter.write.pages import Pages
from drafter.write.trace import Trace, sign

Target = Literal["docx", "pdf", "md", "html"]


class Notes(Struct, frozen=True):
    """Word comments of ours: lines by the origin of the paragraph that they stand at, and their date."""

    lines: Mapping[str, tuple[str, ...]]
    day: date | None = None


class Written(Struct, frozen=True):
    """What was written where. `pages` is known only where the paper was rendered."""

    path: Path
    backup: Path | None
    pages: Pages | None


def write(
    document: Document,
    path: Path,
    to: Target = "docx",
    *,
    fonts: Mapping[Face, str] | None = None,
    sizes: Mapping[Element, float] | None = None,
    trace: Trace | None = None,
    notes: Notes | None = None,
    paginate: bool = False,
    force: bool = False,
) -> Written:
    """Write a Document to `path`, whole or not at all.

    `fonts`, `sizes`: names and points that differ from the usual ones. `trace`: what a .docx remembers; None leaves it
    out. `notes`: comments in a .docx with a trace.
    `paginate`: render with LibreOffice, put the imprint on an even page, count the pages. `force`: also over a file
    that was edited or is not ours, which is kept as .bak. Raises OutputError; then nothing was written.
    """
    pages = None
    if to == "md":
        content = sign(markup.print_document(document).encode(), b"# ", b"\n", at_start_of=b"---\n")
    elif to == "html":
        from drafter.write.html import html_bytes  # noqa: PLC0415

        content = sign(html_bytes(document), b"<!-- ", b" -->\n")
    else:
        content, pdf, pages = _rendered(document, fonts or {}, sizes or {}, trace, paginate, to == "pdf")
        content = sign(pdf, b"%", b"\n") if to == "pdf" else _annotated(content, notes)
    return Written(path, write_atomically(path, content, force), pages)


def packed(
    document: Document,
    fonts: Mapping[Face, str] | None = None,
    sizes: Mapping[Element, float] | None = None,
    trace: Trace | None = None,
    paginate: bool = False,
) -> bytes:
    """The .docx that `write` writes, with the same parameters. OutputError where it is to be paginated and cannot."""
    return _rendered(document, fonts or {}, sizes or {}, trace, paginate, wants_pdf=False)[0]


def _annotated(content: bytes, notes: Notes | None) -> bytes:
    if notes is None:
        return content
    from drafter.write.comments import Comment, origin_paragraphs, with_comments  # noqa: PLC0415

    places = origin_paragraphs(content)
    comments = [Comment(places[origin], lines) for origin, lines in notes.lines.items() if origin in places]
    return with_comments(content, sorted(comments, key=lambda each: each.paragraph), day=notes.day)


def _rendered(
    document: Document,
    fonts: Mapping[Face, str],
    sizes: Mapping[Element, float],
    trace: Trace | None,
    paginate: bool,
    wants_pdf: bool,
) -> tuple[bytes, bytes, Pages | None]:
    """The .docx, its PDF where one was made, and the pages where they were counted."""
    content = docx_bytes(document, fonts, trace, sizes=sizes)
    if not paginate and not wants_pdf:
        return content, b"", None
    # Imported here: a plain build starts no other program and need not wait for what would.
    from drafter.write.render import count_pages, to_pdf  # noqa: PLC0415

    pdf = to_pdf(content)
    pages = count_pages(pdf, "".join(document.title))
    choices: tuple[Parity, ...] = ("next-page", "after-blank") if paginate and document.imprint else ()
    if document.annexes and document.annexes[-1].landscape:
        # The imprint already has a page of its own: a further one before it is blank, and then both have no number.
        choices = choices[1:]
    for parity in choices:
        if pages.total % 2 == 0:
            break
        content = docx_bytes(document, fonts, trace, parity, sizes=sizes)
        pdf = to_pdf(content)
        pages = count_pages(pdf, "".join(document.title))
    return content, pdf, pages
