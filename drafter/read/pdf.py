"""A .pdf with a text layer → Lines. A locked or scanned one is refused with the reason."""

from pathlib import Path

import pypdfium2

from drafter.document import Unread
from drafter.errors import InputError
from drafter.read import refuse
from drafter.read.found import Found, bounded, unread
from drafter.read.limits import MAX_CHARACTERS, MAX_PAGES
from drafter.read.pdf_layout import paragraphs
from drafter.read.pdf_pages import PdfPage, read_page
from drafter.read.pdf_streams import check_streams

_FEW = 20
_LOST_SHARE = 0.2


def read_pdf(data: bytes, path: Path) -> Found:
    """The lines of a PDF. InputError for one that is damaged, locked, scanned or swollen."""
    check_streams(data, path)
    pages = _pages(data, path)
    characters = sum(len(page.chars) for page in pages)
    lost = sum(page.lost for page in pages)
    if lost > _LOST_SHARE * (characters + lost) and lost > _FEW:
        raise refuse.unnamed_characters(path)
    if characters < _FEW:
        raise (
            refuse.pictures(path, len(pages))
            if any(page.pictures for page in pages)
            else refuse.no_text(path, " PDF ")
        )
    lines, healed = paragraphs(pages)
    return Found(lines, bounded([*_unread(pages), *healed]))


def _pages(data: bytes, path: Path) -> list[PdfPage]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as bad:
        raise _refusal(path, str(bad)) from None
    try:
        if len(document) > MAX_PAGES:
            raise refuse.too_large(path, "页数", f"{MAX_PAGES} 页")
        pages: list[PdfPage] = []
        characters = 0
        for page in document:
            pages.append(read_page(page))
            page.close()
            characters += len(pages[-1].chars)
            if characters > MAX_CHARACTERS:
                raise refuse.too_large(path, "字数", f"{MAX_CHARACTERS // 10_000} 万字")
    except pypdfium2.PdfiumError as bad:
        raise _refusal(path, str(bad)) from None
    finally:
        document.close()
    if not pages:
        raise refuse.no_text(path, " PDF ")
    return pages


def _refusal(path: Path, said: str) -> InputError:
    if "assword" in said or "ecurity" in said:
        return refuse.encrypted(path, " PDF ")
    return refuse.damaged(path, " PDF ")


def _unread(pages: list[PdfPage]) -> list[Unread]:
    found = []
    for number, page in enumerate(pages, 1):
        where = f"第{number}页"
        if len(page.chars) < _FEW and page.pictures:
            found.append(unread("这一页是图片，没有文字层，没有读", where))
        elif page.pictures:
            found.append(unread(f"图片 {page.pictures} 幅，其中若有文字没有读", where))
        if page.turned:
            found.append(unread(f"斜排或竖排的文字 {page.turned} 字（多为水印），没有读", where))
        if page.lost:
            found.append(unread(f"{page.lost} 个字符没有编码，无法辨认", where))
    return found
