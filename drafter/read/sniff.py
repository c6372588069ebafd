"""What a file is, by its first bytes; its name decides only where they leave it open."""

import io
import re
import zipfile
from enum import Enum
from pathlib import Path

from drafter.read import refuse

_HTML = re.compile(
    rb"(?is)\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|title|table|div|p)\b"
)
_ARCHIVE = re.compile(
    rb"(?is)\A\s*(From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type):.{0,4000}multipart/related"
)
_PICTURES = {
    b"\x89PNG": "PNG 图片", b"\xff\xd8\xff": "JPEG 图片", b"GIF8": "GIF 图片", b"II*\x00": "TIFF 图片",
    b"MM\x00*": "TIFF 图片", b"BM": "BMP 图片", b"Rar!": "RAR 压缩包", b"7z\xbc\xaf": "7z 压缩包", b"\x1f\x8b": "gzip 压缩包",
    b"MZ": "Windows 程序", b"\x7fELF": "Linux 程序",
}  # fmt: skip
_WORD_XML = re.compile(rb'(?s)\s*<\?xml.*(progid="Word\.Document"|<pkg:package|<w:wordDocument)')
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")
_OFFICE = (".docx", ".docm", ".doc", ".wps", ".pdf", ".odt")
# UTF-16 names of streams within an OLE file: what Word, WPS and encryption leave there.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SUFFIXES = (".doc", ".wps", ".dot", ".wpt")
_ODF = "application/vnd.oasis.opendocument."


class Kind(Enum):
    """How a file is read."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    OFFICE = "office"


def sniff(data: bytes, path: Path) -> tuple[Kind, str]:
    """The kind of a file and, for LibreOffice, the suffix of its format. InputError for what is none of ours."""
    suffix = path.suffix.lower()
    head = data[:8192]
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise refuse.empty(path)
    if head.startswith(b"PK"):
        return _zip(data, path)
    if head.startswith(_OLE):
        return _ole(data, path, suffix)
    for kind, form, fits in (
        (Kind.PDF, suffix, b"%PDF-" in head[:1024]),
        (Kind.OFFICE, ".rtf", head.lstrip().startswith(b"{\\rtf")),
        (Kind.OFFICE, ".xml", bool(_WORD_XML.match(head))),
    ):
        if fits:
            return kind, form
    _refuse_binary(head, path, suffix)
    is_page = suffix in _PAGES or _HTML.match(head) or _ARCHIVE.match(head)
    return (Kind.HTML if is_page else Kind.TEXT), suffix


def _refuse_binary(head: bytes, path: Path, suffix: str) -> None:
    """InputError for what is not even text."""
    if _is_text(head):
        return
    if suffix in _OFFICE:
        raise refuse.damaged(path, f" {suffix} ", "开头不是这种格式的内容")
    for start, name in _PICTURES.items():
        if head.startswith(start):
            raise refuse.binary(path, name)


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _zip(data: bytes, path: Path) -> tuple[Kind, str]:
    """Which Office format a zip package is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            mime = b""
            if "mimetype" in names:
                with package.open("mimetype") as source:
                    mime = source.read(200)
    except Exception as bad:  # zipfile raises whatever a broken header leads it to
        raise refuse.damaged(path, "压缩包", type(bad).__name__) from None
    if mime.decode("ascii", "replace").startswith(_ODF + "text"):
        return Kind.OFFICE, ".odt"
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX, ".docx"
    for start, what in (("xl/", "Excel 表格"), ("ppt/", "演示文稿"), ("OFD.xml", "OFD 版式文件")):
        if any(name.startswith(start) for name in names):
            raise refuse.binary(path, what)
    if "[Content_Types].xml" in names:
        return Kind.DOCX, ".docx"
    raise refuse.binary(path, "压缩包")


def _ole(data: bytes, path: Path, suffix: str) -> tuple[Kind, str]:
    """A .doc or .wps; or a .docx with a password, which stands in such a container."""
    if _ENCRYPTED in data:
        raise refuse.encrypted(path, " Word ")
    for stream, what in (("Workbook", "Excel 表格"), ("PowerPoint Document", "演示文稿")):
        if stream.encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
            raise refuse.binary(path, what)
    return Kind.OFFICE, suffix if suffix in _OLE_SUFFIXES else ".doc"
