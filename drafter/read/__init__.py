"""Any plan file → Document: `read(path)`. What a file is, its content says; `limits` bound what is taken on."""

from pathlib import Path

from msgspec.structs import replace

from drafter.document import Document
from drafter.errors import InputError, Location, error
from drafter.load import read_bytes
from drafter.read import refuse
from drafter.read.found import Found, bounded
from drafter.read.limits import MAX_CHARACTERS, MAX_FILE, MAX_LINES
from drafter.read.sniff import Kind, sniff
from drafter.structure import Line, structure


def read(path: Path) -> Document:
    """The Document in a file: .docx, .pdf, .html, .md or .txt, and what LibreOffice opens. InputError says why not."""
    return read_with_lines(path)[0]


def read_with_lines(path: Path) -> tuple[Document, tuple[Line, ...]]:
    """As `read`; and the lines of the file as they were before they were joined and mended."""
    data = _bytes(path)
    kind, suffix = sniff(data, path)
    try:
        if kind is Kind.TEXT:
            return _text(data, path)
        found = _found(kind, data, path, suffix)
        return _document(found, path), found.lines
    except RecursionError:
        raise refuse.damaged(path, "", "内容嵌套过深") from None


def _bytes(path: Path) -> bytes:
    """The bytes of a file whose size is within bounds: the size is asked before anything is read."""
    try:
        if path.is_file() and path.stat().st_size > MAX_FILE:
            raise refuse.too_large(path, "文件", refuse.megabytes(MAX_FILE))
        if path.exists() and not path.is_file() and not path.is_dir():
            raise InputError(error("read.format", "这不是普通文件", "给出文件名", Location(str(path))))
    except OSError:
        pass  # read_bytes says what is wrong
    return read_bytes(path)


def _text(data: bytes, path: Path) -> tuple[Document, tuple[Line, ...]]:
    # Imported here, as the other readers are: a command loads only what its file needs.
    from drafter.read import text  # noqa: PLC0415

    if len(data) > 4 * MAX_CHARACTERS:
        raise refuse.too_large(path, "文字", f"{MAX_CHARACTERS // 10_000} 万字")
    return text.read(data, str(path)), tuple(text.lines(text.decode(data, str(path))))


def _found(kind: Kind, data: bytes, path: Path, suffix: str) -> Found:
    if kind is Kind.DOCX:
        from drafter.read.docx import read_docx  # noqa: PLC0415

        return read_docx(data, path)
    if kind is Kind.PDF:
        from drafter.read.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data, path)
    if kind is Kind.HTML:
        from drafter.read.html import read_html  # noqa: PLC0415

        return read_html(data, path)
    from drafter.read.office import read_office  # noqa: PLC0415

    return read_office(data, path, suffix)


def _document(found: Found, path: Path) -> Document:
    """Lines → Document, within bounds; what the reader could not read joins what the structure could not."""
    characters = sum(
        len(line.text) + sum(len(cell) for row in line.rows for cell in row) for line in found.lines
    )
    if characters > MAX_CHARACTERS:
        raise refuse.too_large(path, "文字", f"{MAX_CHARACTERS // 10_000} 万字")
    if len(found.lines) > MAX_LINES:
        raise refuse.too_large(path, "段落", f"{MAX_LINES} 段")
    if not characters:
        raise refuse.no_text(path, "文件")
    document = structure(found.lines, str(path), found.origins)
    return replace(document, unread=bounded([*found.unread, *document.unread]))
